"""Daftar hadir: before a meeting the list to be signed, afterwards who came, how and when, and who didn't and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from domain.documents.editions import Edition
from domain.meetings.attendance import DEPUTY, Reply, standing
from domain.meetings.meeting import CANCELLED, IN_SESSION
from store import meetings
from usecases.documents.kinds.base import OF_MEETING, WITH_EXCEL, Ground, Paper
from usecases.documents.kinds.meetings import (
    CALLED_OFF,
    NOBODY,
    STILL_IN_SESSION,
    Gathering,
    edition,
    gathering,
    officers,
)
from usecases.outcomes import Person


@dataclass(frozen=True, slots=True)
class Absentee:
    """Somebody who didn't come: the reason given, or whom they meant to send."""

    person: Person
    reason: str = ""
    deputy: str = ""


async def gather(ground: Ground) -> Edition:
    """The attendance list as it stands now."""
    found = await gathering(ground)
    replies = standing(meetings.of_row(found.row), await meetings.replies(ground.session, found.row.id))
    facts = {
        "is_ahead": not found.has_begun,
        "is_over": found.is_over,
        "invited": found.seats,
        "present": tuple(seat for seat in found.seats if seat.at),
        "absent": tuple(_absentee(seat.person, replies) for seat in found.seats if not seat.at),
        "attendance": found.attendance,
        "signer": (await officers(ground)).chair,
    }
    return edition(ground, found, "attendance", "Daftar Hadir", facts, missing=tuple(_missing(found)))


def _absentee(who: Person, replies: Mapping[int, Reply]) -> Absentee:
    reply = replies.get(who.id)
    if reply is None:
        return Absentee(who)
    return Absentee(who, reply.reason, reply.deputy if reply.answer == DEPUTY else "")


def _missing(found: Gathering) -> Sequence[str]:
    lacking = {
        CALLED_OFF: found.row.state == CANCELLED,
        STILL_IN_SESSION: found.row.state == IN_SESSION,
        "Yang diundang": not found.seats,
        NOBODY: found.is_over and not found.attendance.present,
    }
    return [name for name, lacks in lacking.items() if lacks]


PAPERS = (Paper("daftar-hadir", "Daftar Hadir", gather, OF_MEETING, WITH_EXCEL),)
