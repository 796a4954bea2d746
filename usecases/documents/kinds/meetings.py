"""What all papers of a meeting rest on: the meeting, who belongs to it, who came, who signs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from zoneinfo import ZoneInfo

from domain import roles
from domain.documents.editions import Edition, Signer
from domain.meetings.attendance import Attendance
from domain.meetings.meeting import CANCELLED, COMING, IN_SESSION, PLANNED
from store import meeting_papers, meetings, people
from store.tables.core import Membership, User
from store.tables.meetings import MeetingRow
from usecases.documents.kinds.base import Ground
from usecases.meetings.attendance import seats
from usecases.meetings.meeting import facts_of, present
from usecases.meetings.outcomes import MeetingFacts, Seat

NOT_ANNOUNCED, NOT_HELD, STILL_IN_SESSION, CALLED_OFF, NOBODY = (
    "Pengumuman rapat (masih rencana)",
    "Pelaksanaan rapat (belum dimulai)",
    "Penutupan rapat (masih berlangsung)",
    "Rapat ini dibatalkan",
    "Kehadiran peserta",
)
"""Things that a paper of a meeting lacks."""


@dataclass(frozen=True, slots=True)
class Gathering:
    """A meeting with its people, those invited and those who came; its moments are in the Pokja's zone."""

    row: MeetingRow
    facts: MeetingFacts
    members: Sequence[tuple[Membership, User]]
    seats: Sequence[Seat]
    attendance: Attendance

    @property
    def day(self) -> str:
        """The day it is held, as a file's name tells it: '23-11-2026'."""
        return f"{self.facts.plan.starts:%d-%m-%Y}"

    @property
    def has_begun(self) -> bool:
        """Whether the meeting has begun."""
        return self.row.state not in {PLANNED, CANCELLED} | COMING

    @property
    def is_over(self) -> bool:
        """Whether the meeting was held to its end."""
        return self.has_begun and self.row.state != IN_SESSION

    def not_held(self) -> tuple[str, ...]:
        """What a paper about what happened lacks because it didn't happen (yet)."""
        if self.row.state == CANCELLED:
            return (CALLED_OFF,)
        if not self.has_begun:
            return (NOT_HELD,)
        return () if self.attendance.present else (NOBODY,)


async def gathering(ground: Ground) -> Gathering:
    """The meeting the papers are about."""
    row = await meetings.find(ground.session, ground.subject)
    assert row is not None
    members = await meeting_papers.attending(ground.session, row.id)
    return Gathering(
        row,
        facts_of(row, ground.pokja),
        members,
        [_local(each, ground.pokja.zone) for each in await seats(ground.session, row, members)],
        await present(ground.session, row, members),
    )


def _local(seat: Seat, zone: str) -> Seat:
    return replace(seat, at=seat.at.astimezone(ZoneInfo(zone))) if seat.at else seat


def edition(
    ground: Ground, found: Gathering, template: str, title: str, facts: Mapping[str, Any], **more: Any
) -> Edition:
    """A paper of that meeting."""
    return ground.edition(template, title, {"meeting": found.facts, **facts}, subject=found.day, **more)


@dataclass(frozen=True, slots=True)
class Officers:
    """Who signs for the Pokja: those of its stationery, else its Ketua and its Sekretaris.

    A post that nobody holds has no name: there it is signed by hand.
    """

    signers: tuple[Signer, ...]

    @property
    def chair(self) -> Signer:
        """Who signs letters: the Ketua, wherever in the order."""
        return next((each for each in self.signers if _is_chair(each.post)), self.signers[0])

    def named(self, post: str, name: str) -> Signer:
        """Somebody in another post, with the NIP if it is known."""
        nip = next((each.nip for each in self.signers if each.name.casefold() == name.casefold()), "")
        return Signer(post, name, nip)


def _is_chair(post: str) -> bool:
    words = post.casefold().split()
    return "ketua" in words and "wakil" not in words


async def officers(ground: Ground) -> Officers:
    """The Pokja's officers."""
    set_up = tuple(Signer(**each) for each in ground.stationery.signers or ())
    return Officers(set_up or await _elected(ground))


async def _elected(ground: Ground) -> tuple[Signer, ...]:
    found = await people.members(ground.session, ground.pokja.id, roles=roles.MANAGERS)
    names = {member.role: member.name for member, _ in reversed(found)}
    posts = ((roles.KETUA, "Ketua"), (roles.SEKRETARIS, "Sekretaris"))
    return tuple(Signer(title, names.get(role, "")) for role, title in posts)
