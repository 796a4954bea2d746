"""The steps at which something reminds (H-7 … H+1 …), each at a moment people may be disturbed.

A step whose day isn't worked moves to the next working day; where that would be too late (H-1 on the day itself,
a word before a meeting after it began) it moves back to the last working day before, so that it is never lost.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import count

from domain.calendar.work_calendar import OfficeHours
from domain.calendar.working_days import DAY
from domain.reminders.rules import WEEK, Rules

REMEMBERED = 4096
"""So many courses of steps are kept: every look asks for the same ones again."""


@dataclass(frozen=True, slots=True)
class Step:
    """A point in the timeline of a reminder: its `name` ('H-3'), the moment, and whether it goes `alone`.

    A step that goes alone is a message of its own; the others are lines of the day's digest.
    """

    name: str
    at: datetime
    alone: bool = False


def ahead(counts: Sequence[int], day: date, last: date, hours: OfficeHours) -> Iterator[Step]:
    """H-n for each of `counts` (from far to near); `last` is the last day on which H-0 is still of use."""
    return iter(_ahead(tuple(counts), day, last, hours))


@lru_cache(REMEMBERED)
def _ahead(counts: tuple[int, ...], day: date, last: date, hours: OfficeHours) -> tuple[Step, ...]:
    steps = []
    for number in counts:
        limit = last if number == 0 else min(last, day - DAY)
        moved = hours.days.next_on_or_after(day - timedelta(number))
        kept = moved if moved <= limit else hours.days.last_on_or_before(limit)
        steps.append(Step(f"H-{number}" if number else "H", hours.opening(kept)))
    return tuple(steps)


def shortly_before(minutes: int, starts: datetime, hours: OfficeHours) -> Step:
    """The word `minutes` before a moment, while people may be disturbed and before it is too late."""
    wanted = starts - timedelta(minutes=minutes)
    moved = hours.next_moment(wanted)
    at = moved if moved < starts else hours.last_hour_before(wanted)
    return Step(f"M-{minutes}", at.astimezone(hours.zone), alone=True)


def overdue(rules: Rules, due: date, hours: OfficeHours, today: date | None = None) -> Iterator[Step]:
    """H+n without end: on each of the first working days, then every few days; `today` as in `every`."""
    daily = _overdue_daily(rules.overdue_daily, due, hours)
    yield from daily
    day = daily[-1].at.date() if daily else due
    for planned, at in every(rules.overdue_every, day + timedelta(rules.overdue_every), hours, today):
        yield Step(f"H+{(planned - due).days}", at)


@lru_cache(REMEMBERED)
def _overdue_daily(count: int, due: date, hours: OfficeHours) -> tuple[Step, ...]:
    worked = [hours.days.plus(due, number) for number in range(1, count + 1)]
    return tuple(Step(f"H+{(day - due).days}", hours.opening(day)) for day in worked)


def for_ketua(rules: Rules, due: date, hours: OfficeHours, today: date | None = None) -> Iterator[Step]:
    """H+n without end, for the Ketua; `today` as in `every`."""
    for planned, at in every(rules.overdue_every, due + timedelta(rules.ketua_after), hours, today):
        yield Step(f"H+{(planned - due).days}", at)


def weekly(weekday: int, since: date, hours: OfficeHours, today: date | None = None) -> Iterator[Step]:
    """That weekday of every week from `since` on; each is named after the day it was meant for."""
    first = since + timedelta((weekday - since.weekday()) % WEEK)
    for planned, at in every(WEEK, first, hours, today):
        yield Step(planned.isoformat(), at)


def every(
    days: int, first: date, hours: OfficeHours, today: date | None = None
) -> Iterator[tuple[date, datetime]]:
    """Every few days without end: the day it is meant for, and the opening it is moved to.

    With `today` those that others have followed before today are left out: they are outdated.
    """
    passed = 0 if today is None else (hours.days.previous(today) - first).days // days
    for number in count(max(0, passed)):
        planned = first + timedelta(days * number)
        yield planned, hours.opening(hours.days.next_on_or_after(planned))


def upto(steps: Iterator[Step], now: datetime) -> tuple[tuple[Step, ...], Step | None]:
    """The steps whose moment has come, and the first still to come. The moments must not go back."""
    come: list[Step] = []
    for step in steps:
        if step.at > now:
            return tuple(come), step
        come.append(step)
    return tuple(come), None
