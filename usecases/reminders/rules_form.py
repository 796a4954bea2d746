"""The rules by which a Pokja is reminded: shown in words, each changed by the Ketua for itself."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from domain import roles
from domain.dialog.questions import Answers, Choice, Option, Question, Several, Time
from domain.faults import Rejected
from domain.reminders.rules import DEFAULT, MOST_STEPS, PATTERNS, SETTINGS, Rules, read_rules, rules_data
from usecases.outcomes import Note, Outcome
from usecases.reminders.outcomes import ReminderRules
from usecases.reminders.state import rules_of
from usecases.work import Form, Subject, Work

KETUA = frozenset({roles.KETUA})


async def view(work: Work, note: Note | None = None) -> ReminderRules:
    """The rules as they are."""
    me, pokja = await work.current()
    return ReminderRules(
        pokja=pokja.name,
        zone=pokja.zone,
        rules=rules_of(pokja),
        kinds=tuple(PATTERNS),
        changeable=tuple(ASKED) if me.role in KETUA else (),
        note=note,
    )


def _choice(name: str) -> Sequence[Question]:
    setting = SETTINGS[name]
    options = tuple(Option(str(value), about=f"{setting.unit}.{value}") for value in setting.offered)
    if isinstance(getattr(DEFAULT, name), tuple):
        return (Several(key=name, about=name, options=options, least=0, most=MOST_STEPS),)
    return (Choice(key=name, about=name, options=options),)


def _hours() -> Sequence[Question]:
    return Time(key="opens", about="opens"), Time(key="closes", about="closes")


ASKED: Mapping[str, Callable[[], Sequence[Question]]] = {
    "hours": _hours,
    **{name: partial(_choice, name) for name, setting in SETTINGS.items() if setting.offered},
}
"""What can be changed, and what is asked for it. The names are those of the rules; hours are two."""


async def _questions(work: Work, subject: Subject, answers: Answers) -> Sequence[Question]:
    await work.current_as(KETUA)
    if subject["rule"] not in ASKED:
        raise Rejected("unknown_button")
    return ASKED[subject["rule"]]()


def _value(given: Any) -> Any:
    """Options are texts; days, minutes and weekdays are numbers; times stay as they are."""
    if isinstance(given, list):
        return [int(each) for each in given]
    return int(given) if str(given).isdigit() else given


async def _finish(work: Work, subject: Subject, answers: Answers) -> Outcome:
    me, pokja = await work.current_as(KETUA)
    asked = {question.key for question in ASKED[subject["rule"]]()}
    given = {key: _value(value) for key, value in answers.items() if key in asked}
    rules = read_rules({**(pokja.rules or {}), **given})
    pokja.rules = _differing(rules)
    work.record("pokja.rules", f"pokja {pokja.id}", me, **given)
    await work.session.flush()
    return await view(work, Note("rules_changed"))


def _differing(rules: Rules) -> dict[str, object]:
    usual = rules_data(DEFAULT)
    return {name: value for name, value in rules_data(rules).items() if value != usual[name]}


FORM = Form("rule", _questions, _finish)
