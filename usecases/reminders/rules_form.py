"""The rules by which a Pokja is reminded: shown in words, each changed by the Ketua for itself."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from domain import roles
from domain.dialog.questions import Answers, Choice, Option, Question, Several, Time
from domain.faults import Rejected
from domain.reminders.rules import DEFAULT, Rules, read_rules, rules_data
from usecases.outcomes import Note, Outcome
from usecases.reminders.outcomes import ReminderRules
from usecases.reminders.state import rules_of
from usecases.work import Form, Subject, Work

KETUA = frozenset({roles.KETUA})


async def view(work: Work, note: Note | None = None) -> ReminderRules:
    """The rules as they are."""
    me, pokja = await work.current()
    rules = rules_of(pokja)
    changed = {name: value != getattr(DEFAULT, name) for name, value in asdict(rules).items()}
    return ReminderRules(
        pokja=pokja.name,
        zone=pokja.zone,
        rules=rules,
        may_change=me.role in KETUA,
        changed=changed,
        note=note,
    )


def _days(name: str, *days: int) -> Callable[[], Sequence[Question]]:
    options = tuple(Option(str(day), about=f"day.{day}") for day in days)
    return lambda: (Several(key=name, about=name, options=options, least=0, most=6),)


def _one_of(name: str, about: str, *numbers: int) -> Callable[[], Sequence[Question]]:
    options = tuple(Option(str(number), about=f"{about}.{number}") for number in numbers)
    return lambda: (Choice(key=name, about=name, options=options),)


def _hours() -> Sequence[Question]:
    return Time(key="opens", about="opens"), Time(key="closes", about="closes")


ASKED: Mapping[str, Callable[[], Sequence[Question]]] = {
    "hours": _hours,
    "follow_up_days": _days("follow_up_days", 14, 7, 5, 3, 2, 1, 0),
    "meeting_days": _days("meeting_days", 7, 5, 3, 2, 1, 0),
    "meeting_minutes": _one_of("meeting_minutes", "minutes", 0, 15, 30, 60, 120),
    "activity_days": _days("activity_days", 7, 5, 3, 2, 1, 0),
    "overdue_daily": _one_of("overdue_daily", "daily", 0, 3, 5, 10),
    "overdue_every": _one_of("overdue_every", "every", 1, 3, 7, 14),
    "ketua_after": _one_of("ketua_after", "after", 1, 2, 3, 5, 7),
    "agenda_after": _one_of("agenda_after", "after", 1, 3, 5, 7, 14),
    "report_weekday": _one_of("report_weekday", "weekday", 0, 1, 2, 3, 4),
}
"""What can be changed, and what is asked for it. The names are those of domain.reminders.rules; hours are two."""


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


def _differing(rules: Rules) -> dict[str, Any]:
    usual = rules_data(DEFAULT)
    return {name: value for name, value in rules_data(rules).items() if value != usual[name]}


FORM = Form("rule", _questions, _finish)
