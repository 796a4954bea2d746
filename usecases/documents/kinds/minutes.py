"""Notulen: how a meeting went, point by point, what was decided and given to whom; a draft until it is final."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from domain import roles
from domain.documents.editions import Edition
from domain.meetings.meeting import FINAL
from domain.meetings.minutes import Entry, by_point
from store import follow_ups, meeting_papers, meetings, people
from store.tables.meetings import MinuteCorrection
from usecases.documents.kinds.base import OF_MEETING, Ground, Paper
from usecases.documents.kinds.meetings import Gathering, edition, gathering, officers
from usecases.meetings.corrections import TAKEN
from usecases.meetings.meeting import share
from usecases.meetings.minutes import SOURCE

NOTHING_WRITTEN, NOT_FINAL = "Catatan atau keputusan rapat", "Penetapan notulen oleh Ketua"


@dataclass(frozen=True, slots=True)
class Given:
    """A tindak lanjut as the meeting gave it: to whom, the first of them leading, and by which day."""

    text: str
    owners: tuple[str, ...]
    due: date


@dataclass(frozen=True, slots=True)
class AcceptedCorrection:
    """A correction of the minutes that was accepted."""

    text: str
    by: str
    on: date


async def gather(ground: Ground) -> Edition:
    """The minutes as they stand."""
    found = await gathering(ground)
    entries = await meetings.entries(ground.session, found.row.id)
    facts = {
        "has_begun": found.has_begun,
        "is_over": found.is_over,
        "seats": found.seats,
        "attendance": found.attendance,
        "share": str(await share(ground.session, found.row.id)),
        "points": by_point(found.facts.plan.agenda, entries),
        "ticked": await _ticked(ground, found),
        "given": await given_by(ground, found.row.id),
        "corrections": await _accepted_corrections(ground, found),
        **await _signing(ground, found, entries),
    }
    return edition(ground, found, "minutes", "Notulen Rapat", facts, missing=tuple(_missing(found, entries)))


def _missing(found: Gathering, entries: Sequence[Entry]) -> Sequence[str]:
    nothing = [] if entries else [NOTHING_WRITTEN]
    return [*found.not_held(), *nothing, *([] if found.row.state == FINAL else [NOT_FINAL])]


async def _ticked(ground: Ground, found: Gathering) -> Mapping[int, str]:
    """The time each point was dealt with, as a clock shows it ('09:30')."""
    zone = ZoneInfo(found.facts.zone)
    times = await meeting_papers.ticked_at(ground.session, found.row.id)
    return {key: f"{at.astimezone(zone):%H:%M}" for key, at in times.items()}


async def given_by(ground: Ground, meeting_id: int) -> tuple[Given, ...]:
    """The tindak lanjut of a meeting as they were given there, whatever became of them since."""
    rows = [
        row for row, _ in await meetings.given_at(ground.session, ground.pokja.id, SOURCE.format(meeting_id))
    ]
    kept = await follow_ups.among(ground.session, [row.id for row in rows])
    names = await people.names(ground.session, ground.pokja.id)
    first = [(row, kept[row.id].now.history[0].owners) for row in rows]
    return tuple(
        Given(row.text, tuple(names[each] for each in owners), row.first_due or row.due)
        for row, owners in first
    )


async def _accepted_corrections(ground: Ground, found: Gathering) -> tuple[AcceptedCorrection, ...]:
    zone = ZoneInfo(found.facts.zone)
    names = await people.names(ground.session, ground.pokja.id)

    def read(each: MinuteCorrection) -> AcceptedCorrection:
        return AcceptedCorrection(each.text, names.get(each.by, ""), each.at.astimezone(zone).date())

    kept = await meetings.corrections(ground.session, found.row.id)
    return tuple(read(each) for each in kept if each.state == TAKEN)


async def _signing(ground: Ground, found: Gathering, entries: Sequence[Entry]) -> Mapping[str, object]:
    """Who led the meeting: the Ketua, or in the Ketua's absence who began it; and who wrote most of the minutes."""
    by = await officers(ground)
    names = await people.names(ground.session, ground.pokja.id)
    writers = Counter(each.by for each in entries).most_common(1)
    return {
        "leader": by.named("Pimpinan Rapat", await leader(ground, found)),
        "writer": by.named("Notulis", names[writers[0][0]] if writers else ""),
    }


async def leader(ground: Ground, found: Gathering) -> str:
    """The name of who led the meeting, empty before it began."""
    chair = [
        seat.person.name
        for seat in found.seats
        if seat.at and not seat.deputy and seat.person.role == roles.KETUA
    ]
    opener = await meeting_papers.opened_by(ground.session, ground.pokja.id, found.row.id)
    return chair[0] if chair else opener.name if opener else ""


PAPERS = (Paper("notulen", "Notulen Rapat", gather, OF_MEETING),)
