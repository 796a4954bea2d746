"""What every kind of thing that reminds has to tell of itself."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from domain.reminders.state import Subject
from store.reminder_facts import Reader
from store.tables.core import Activity, Pokja
from usecases.library import Library
from usecases.reminders.outcomes import DigestLine

Line = Mapping[str, Any]
"""A reminder as the outbox keeps it: domain.reminders.state.Reminder as plain data."""


@dataclass(frozen=True, slots=True)
class Look:
    """A look at all that reminds in a Pokja at a moment; `closing` are its activities with a closing moment."""

    session: AsyncSession
    library: Library
    pokja: Pokja
    now: datetime
    closing: Sequence[Activity]

    @property
    def zone(self) -> ZoneInfo:
        """The zone of the Pokja."""
        return ZoneInfo(self.pokja.zone)


@dataclass(frozen=True, slots=True)
class Delivery:
    """The moment a digest is delivered: for whom, on which day there; `names` of members where they are told."""

    session: AsyncSession
    library: Library
    me: Reader
    names: Mapping[int, str]
    moment: datetime

    @property
    def today(self) -> date:
        """The date where the reader is."""
        return self.day_of(self.moment)

    def day_of(self, moment: datetime) -> date:
        """The date of a moment where the reader is."""
        return moment.astimezone(self.me.zone).date()

    def when(self, moment: datetime) -> str:
        """A moment as reasons carry it."""
        return moment.astimezone(self.me.zone).isoformat(timespec="minutes")


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of subject that reminds: the table it is kept in, who waits for what, and what of it still holds.

    `lines` gives those of the lines of a digest that still hold at its delivery, by their reasons.
    """

    table: type[Any]
    subjects: Callable[[Look], Awaitable[Sequence[Subject]]]
    lines: Callable[[Delivery, Sequence[Line]], Awaitable[Mapping[str, DigestLine]]]


def is_about(line: Line, when: str) -> bool:
    """Whether a line is about that day or moment: what was moved since has a reason with another."""
    return str(line["reason"]).endswith(f" {when} to {line['to']}")
