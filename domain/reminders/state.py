"""What decides who is reminded in a Pokja, and what comes out: data only."""

from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from domain.calendar.work_calendar import OfficeHours
from domain.calendar.working_days import WorkingDays
from domain.reminders.rules import Rules

GROUP = 0
"""Stands for the group where a person's number would be."""


@dataclass(frozen=True, slots=True)
class Recipient:
    """A member who is reminded, `since` they were told of the subject with its present day.

    Earlier steps are over.
    """

    who: int
    since: datetime


@dataclass(frozen=True, slots=True)
class Subject:
    """Something that reminds: a tindak lanjut, a meeting or an activity that closes.

    `day` is when it is due, in the Pokja's zone; `moment` when exactly it begins or closes (None: the day ends).
    It reminds those in `waits`, until there are none; how, is told by the pattern of its `kind`.
    """

    kind: str
    id: int
    day: date
    recipients: tuple[Recipient, ...]
    moment: datetime | None = None


@dataclass(frozen=True, slots=True)
class Absence:
    """A member is away (dinas luar, izin) from `first` to `last`, both included."""

    who: int
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Snooze:
    """A member asked to be reminded of a subject on `until` instead, once for the day it is due."""

    who: int
    kind: str
    id: int
    day: date
    until: date


@dataclass(frozen=True, slots=True)
class State:
    """All that decides who is reminded in one Pokja.

    `ketua` hear of overdue tindak lanjut; `unreachable` can't be written to; `sent` are the reasons said before (see
    `reasons`), at least those that are `in_question`. The weekly report goes to the group from `report_since` on
    (None: there is no group).
    """

    pokja: int
    rules: Rules
    zone: tzinfo
    days: WorkingDays
    subjects: tuple[Subject, ...] = ()
    ketua: tuple[int, ...] = ()
    absences: tuple[Absence, ...] = ()
    snoozes: tuple[Snooze, ...] = ()
    unreachable: frozenset[int] = frozenset()
    sent: frozenset[str] = frozenset()
    report_since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Reminder:
    """One line of a digest: the `step` of a subject for a person, told `as_ketua` or because it waits for them.

    `days` is how many days are left, negative when overdue; `reason` is never used again.
    """

    reason: str
    to: int
    kind: str
    id: int
    step: str
    days: int
    as_ketua: bool
    alone: bool


@dataclass(frozen=True, slots=True)
class Message:
    """What goes to one person now, most urgent first; to GROUP without reminders: the weekly report."""

    to: int
    reason: str
    reminders: tuple[Reminder, ...]


def hours_of(state: State) -> OfficeHours:
    """The hours in which the Pokja's people may be disturbed."""
    return OfficeHours(state.days, state.zone, state.rules.opens, state.rules.closes)
