"""The minutes (notulen): decisions and notes by agenda point, corrections until a day, then final."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from domain.faults import Rejected
from domain.meetings.agenda import AgendaItem
from domain.meetings.meeting import CORRECTING, IN_SESSION, Meeting

DECISION, NOTE = "decision", "note"
GENERAL = 0
"""Stands for an agenda point where something belongs to none."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Something written down: its number, which agenda point (`item`, or GENERAL), what kind, by whom and when.

    `gone` entries were struck out and stay known.
    """

    id: int
    item: int
    kind: str
    text: str
    by: int
    at: datetime
    gone: bool = False


@dataclass(frozen=True, slots=True)
class Correction:
    """What a member wants changed, in an entry (`entry`, None: something is missing). `taken` None: not decided."""

    by: int
    at: datetime
    text: str
    entry: int | None = None
    taken: bool | None = None


@dataclass(frozen=True, slots=True)
class Point:
    """An agenda point with what was written under it; without an item: what belongs to no point."""

    item: AgendaItem | None
    entries: tuple[Entry, ...]


def by_point(agenda: Sequence[AgendaItem], entries: Iterable[Entry]) -> tuple[Point, ...]:
    """The minutes in the order of the agenda; what belongs to no (or a removed) point comes last."""
    kept = sorted((each for each in entries if not each.gone), key=lambda each: (each.at, each.id))
    keys = {item.key for item in agenda}
    points = [Point(item, tuple(each for each in kept if each.item == item.key)) for item in agenda]
    rest = tuple(each for each in kept if each.item not in keys)
    return (*points, Point(None, rest)) if rest else tuple(points)


def check_writing(meeting: Meeting) -> None:
    """Whether the minutes can still be written. Raises Rejected('minutes_closed')."""
    if meeting.state not in {IN_SESSION, CORRECTING}:
        raise Rejected("minutes_closed")


def check_correction(meeting: Meeting, until: date, today: date) -> None:
    """Whether a member can still ask for a correction: up to and including that day. Raises as `check_writing`."""
    if meeting.state != CORRECTING or today > until:
        raise Rejected("minutes_closed", until=until)


def undecided(corrections: Iterable[Correction]) -> tuple[Correction, ...]:
    """Those still to be taken up or not; while there are any the minutes can't become final."""
    return tuple(each for each in corrections if each.taken is None)


def check_final(corrections: Iterable[Correction], until: date, today: date) -> None:
    """Whether the minutes can become final. Raises Rejected: corrections_undecided, corrections_running."""
    waiting = undecided(corrections)
    if waiting:
        raise Rejected("corrections_undecided", count=len(waiting))
    if today <= until:
        raise Rejected("corrections_running", until=until)
