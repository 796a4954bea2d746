"""Where the keys of tindak lanjut and reminders lead."""

from collections.abc import Awaitable, Callable, Mapping

from bot.callbacks import Go
from usecases.answering import dialog, forms
from usecases.follow_ups import follow_up, lists, steps
from usecases.outcomes import Outcome
from usecases.reminders import absences, rules_form, sending
from usecases.work import Work

Place = Callable[[Work, Go], Awaitable[Outcome]]


def _form(name: str, subject: str) -> Place:
    """A place that begins a form about what the button's number names."""

    async def begin(work: Work, press: Go) -> Outcome:
        return await dialog.show(work, await forms.begin(work, name, **{subject: press.id}))

    return begin


async def _give(work: Work, press: Go) -> Outcome:
    ref = await forms.begin(work, "follow_up", topic=press.id, number=press.more - 1)
    return await dialog.show(work, ref)


async def _give_by_hand(work: Work, press: Go) -> Outcome:
    return await dialog.show(work, await forms.begin(work, "follow_up", topic=-1, number=-1))


async def _absence(work: Work, press: Go) -> Outcome:
    return await dialog.show(work, await forms.begin(work, "absence"))


async def _rule(work: Work, press: Go) -> Outcome:
    return await dialog.show(work, await forms.begin(work, "rule", rule=press.word))


PLACES: Mapping[str, Place] = {
    "follow_ups": lambda work, press: lists.of_pokja(work, press.more),
    "topic_follow_ups": lambda work, press: lists.of_topic(work, press.id, press.more),
    "fu_board": lambda work, press: lists.overview(work, press.word or "state", press.more),
    "fu_group": lambda work, press: lists.of_group(work, press.word, press.id, press.more),
    "follow_up": lambda work, press: follow_up.card(work, press.id),
    "fu_history": lambda work, press: follow_up.history(work, press.id, press.more),
    "fu_files": lambda work, press: follow_up.evidence(work, press.id),
    "give": _give,
    "give_by_hand": _give_by_hand,
    "fu_resume": lambda work, press: steps.resume(work, press.id),
    "fu_accept": lambda work, press: steps.accept(work, press.id),
    **{form.name: _form(form.name, "follow_up") for form in steps.FORMS},
    "snooze": lambda work, press: sending.snooze(work, press.word, press.id),
    "absences": lambda work, press: absences.view(work),
    "absence": _absence,
    "absence_off": lambda work, press: absences.cancel(work, press.id),
    "rules": lambda work, press: rules_form.view(work),
    "rule": _rule,
    "deadline": _form("deadline", "activity"),
}
DONE_AT: Mapping[str, str] = {
    "fu_resume": "follow_up",
    "fu_accept": "follow_up",
    "snooze": "follow_ups",
    "absence_off": "absences",
}
"""Where it can be seen that something is done."""
COMMANDS: Mapping[str, str] = {"izin": "absences", "pengingat": "rules"}
"""Commands, and the places they lead to."""
