"""Recurring broadcasts: which occurrence is due and when the next one comes, from the rule alone."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import count

from domain.calendar.work_calendar import OfficeHours


@dataclass(frozen=True, slots=True)
class Weekly:
    """Every `every` weeks on `weekday` (0: Monday) at a time in the Pokja's zone, after `since` until `last`.

    On a day that isn't worked it moves to the next that is, at the same time.
    """

    weekday: int
    at: time
    since: datetime
    last: date | None = None
    every: int = 1


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One of them: the day it was meant for, by which it is known for ever, and the moment it goes."""

    planned: date
    at: datetime


def occurrences(weekly: Weekly, hours: OfficeHours) -> Iterator[Occurrence]:
    """All of them in order; without end where there is no last day."""
    first = hours.local_day(weekly.since)
    start = first + timedelta((weekly.weekday - first.weekday()) % 7)
    for number in count():
        planned = start + timedelta(7 * weekly.every * number)
        if weekly.last is not None and planned > weekly.last:
            return
        day = hours.days.next_on_or_after(planned)
        at = datetime.combine(day, weekly.at, hours.zone)
        if at > weekly.since:
            yield Occurrence(planned, at)


def latest(weekly: Weekly, hours: OfficeHours, now: datetime, done: date | None) -> Occurrence | None:
    """What is due now: the latest whose moment has come, unless it (planned for `done`) or a later one was sent.

    So a bot that was away for three weeks sends one, not three.
    """
    found = None
    for each in occurrences(weekly, hours):
        if each.at > now:
            break
        found = each
    return found if found and (done is None or found.planned > done) else None


def upcoming(weekly: Weekly, hours: OfficeHours, now: datetime) -> Occurrence | None:
    """The first whose moment is still to come; None when it has come to its end."""
    return next((each for each in occurrences(weekly, hours) if each.at > now), None)
