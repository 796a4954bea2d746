"""Undangan: the official letter that calls a meeting together, to all at once or to each by name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from domain import roles
from domain.documents.editions import Edition
from domain.meetings.meeting import CANCELLED, MOVED, PLANNED
from store import meetings, people
from usecases.documents.kinds.base import OF_MEETING, Ground, Paper
from usecases.documents.kinds.meetings import (
    CALLED_OFF,
    NOT_ANNOUNCED,
    Gathering,
    edition,
    gathering,
    officers,
)
from usecases.outcomes import Person

MOST_GUESTS, ROOM, SIGNS = 4, 9, 75
"""Guests named in a letter; the lines of that many characters a page has for addressees, things to bring and agenda."""


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter: to whom (`to` None: to all, by their groups), what they were asked to bring.

    `attached`: the agenda is in the lampiran, for want of room.
    """

    to: Person | None
    bring: tuple[str, ...]
    attached: bool


async def gather_general(ground: Ground) -> Edition:
    """One letter to everybody."""
    found = await gathering(ground)
    invited = [seat.person for seat in found.seats]
    guests = tuple(each for each in invited if each.role == roles.TAMU)
    listed = len(guests) > MOST_GUESTS or not await _is_whole(ground, found)
    named = [] if listed else [f"{each.jabatan}, {each.instansi}" for each in guests]
    facts = {
        "letters": (Letter(None, (), attached=_is_full(found, named)),),
        "guests": guests,
        "listed": listed,
        "guided": any(each.role == roles.FASILITATOR for each in invited),
    }
    return await _edition(ground, found, "Undangan Rapat", facts)


async def gather_personal(ground: Ground) -> Edition:
    """A page for each of those invited."""
    found = await gathering(ground)
    kept = [each for each in await meetings.materials(ground.session, found.row.id) if not each.done]
    letters = []
    for seat in found.seats:
        bring = tuple(each.text for each in kept if each.membership_id == seat.person.id)
        letters.append(Letter(seat.person, bring, attached=_is_full(found, bring)))
    facts = {"letters": tuple(letters), "guests": (), "listed": False, "guided": False}
    return await _edition(ground, found, "Undangan Rapat per Orang", facts)


def _is_full(found: Gathering, texts: Sequence[str]) -> bool:
    """Whether the agenda and those texts together are too much for a page."""
    agenda = [item.text for item in found.facts.plan.agenda]
    return sum(1 + len(text) // SIGNS for text in (*agenda, *texts)) > ROOM


async def _is_whole(ground: Ground, found: Gathering) -> bool:
    """Whether all members of the Pokja are invited, so that they can be addressed together."""
    members = await people.members(ground.session, ground.pokja.id, roles=roles.VOTERS)
    return {member.id for member, _ in members} <= {seat.person.id for seat in found.seats}


async def _edition(ground: Ground, found: Gathering, title: str, facts: Mapping[str, Any]) -> Edition:
    return edition(
        ground,
        found,
        "invitation",
        title,
        {
            **facts,
            "seats": found.seats,
            "moved": found.row.state == MOVED,
            "signer": (await officers(ground)).chair,
        },
        missing=tuple(_missing(ground, found)),
    )


def _missing(ground: Ground, found: Gathering) -> Sequence[str]:
    kept, row = ground.stationery, found.row
    lacking = {
        "Kop surat": not (kept.lines or kept.address or kept.logo),
        "Tempat atau tautan rapat": not (row.place or row.link),
        "Yang diundang": not found.seats,
        NOT_ANNOUNCED: row.state == PLANNED,
        CALLED_OFF: row.state == CANCELLED,
    }
    return [name for name, lacks in lacking.items() if lacks]


LETTER = "undangan"
"""One letter, whether it names everybody or one of them: it has one number."""

PAPERS = (
    Paper("undangan", "Undangan Rapat", gather_general, OF_MEETING, letter=LETTER),
    Paper("undangan-orang", "Undangan Rapat per Orang", gather_personal, OF_MEETING, letter=LETTER),
)
