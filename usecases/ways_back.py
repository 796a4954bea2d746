"""Where somebody is again who cancels a form: at what it was about."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from usecases import menu
from usecases.activities import desk
from usecases.broadcasts import views as broadcasts
from usecases.documents import ordering
from usecases.documents.stationery import card as stationery
from usecases.follow_ups import follow_up, lists
from usecases.meetings import (
    agenda,
    attendance,
    corrections,
    inviting,
    live,
    materials,
    meeting,
    minutes,
)
from usecases.meetings import lists as meetings
from usecases.outcomes import Outcome
from usecases.reminders import absences, rules_form
from usecases.topics import topic
from usecases.work import Subject, Work

Back = Callable[[Work, Subject], Awaitable[Outcome]]


async def _menu(work: Work, subject: Subject) -> Outcome:
    return await menu.show(work)


async def _desk(work: Work, subject: Subject) -> Outcome:
    return await desk.view(work, subject["activity"])


async def _topic(work: Work, subject: Subject) -> Outcome:
    return await topic.card(work, subject["topic"])


async def _follow_up(work: Work, subject: Subject) -> Outcome:
    return await follow_up.card(work, subject["follow_up"])


async def _follow_ups(work: Work, subject: Subject) -> Outcome:
    """Of the topic that offered it, or else of the Pokja."""
    index = subject["topic"]
    return await (lists.of_topic(work, index) if index >= 0 else lists.of_pokja(work))


async def _meetings(work: Work, subject: Subject) -> Outcome:
    """Of the topic it was planned from, or else of the Pokja."""
    index = subject["topic"]
    return await (meetings.of_topic(work, index) if index >= 0 else meetings.listing(work))


async def _meeting(work: Work, subject: Subject) -> Outcome:
    return await meeting.card(work, subject["meeting"])


async def _agenda(work: Work, subject: Subject) -> Outcome:
    return await agenda.view(work, subject["meeting"])


async def _invitees(work: Work, subject: Subject) -> Outcome:
    return await inviting.view(work, subject["meeting"])


async def _materials(work: Work, subject: Subject) -> Outcome:
    number = subject["meeting"] or await materials.meeting_of(work, subject["material"])
    return await materials.view(work, number)


async def _live(work: Work, subject: Subject) -> Outcome:
    return await live.view(work, subject["meeting"])


async def _attendance(work: Work, subject: Subject) -> Outcome:
    return await attendance.view(work, subject["meeting"])


async def _point(work: Work, subject: Subject) -> Outcome:
    return await minutes.point(work, subject["meeting"], subject["item"])


async def _point_of(work: Work, subject: Subject) -> Outcome:
    found, entry = await minutes.entry_of(work, subject["entry"])
    return await minutes.point(work, found.row.id, int(entry.item_key))


async def _minutes(work: Work, subject: Subject) -> Outcome:
    return await minutes.view(work, subject["meeting"])


async def _correction(work: Work, subject: Subject) -> Outcome:
    return await corrections.one(work, subject["correction"])


async def _absences(work: Work, subject: Subject) -> Outcome:
    return await absences.view(work)


async def _rules(work: Work, subject: Subject) -> Outcome:
    return await rules_form.view(work)


async def _broadcasts(work: Work, subject: Subject) -> Outcome:
    return await broadcasts.listing(work)


async def _paper(work: Work, subject: Subject) -> Outcome:
    return await ordering.card(work, subject["paper"])


async def _stationery(work: Work, subject: Subject) -> Outcome:
    return await stationery.view(work)


WAYS_BACK: Final[Mapping[str, Back]] = {
    "found": _menu,
    "join": _menu,
    "check": _menu,
    "absence": _absences,
    "rule": _rules,
    "broadcast": _broadcasts,
    "decree": _paper,
    "stationery": _stationery,
    "skip": _topic,
    "follow_up": _follow_ups,
    **dict.fromkeys(("deadline", "skip_activity", "divide", "participants", "move", "fill"), _desk),
    **dict.fromkeys(
        ("fu_done", "fu_blocked", "fu_extend", "fu_grant", "fu_refuse", "fu_hand", "fu_cancel", "fu_reopen"),
        _follow_up,
    ),
    "meeting": _meetings,
    **dict.fromkeys(("meeting_change", "meeting_cancel", "meeting_no", "meeting_deputy"), _meeting),
    **dict.fromkeys(("agenda_item", agenda.SEND), _agenda),
    **dict.fromkeys(("meeting_guest", "meeting_invite"), _invitees),
    "meeting_material": _materials,
    **dict.fromkeys(("meeting_quorum", "meeting_close"), _live),
    "meeting_came": _attendance,
    **dict.fromkeys(("minute", "meeting_follow_up"), _point),
    "minute_rewrite": _point_of,
    "minute_correction": _minutes,
    **dict.fromkeys(("correction_take", "correction_refuse"), _correction),
}
"""By the form's name."""
