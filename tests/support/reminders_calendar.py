"""The calendar of the year that is lived through: who is there, when the bot is down, what a plain reading demands."""

from datetime import date, datetime, time, timedelta, tzinfo
from functools import cache

from domain.calendar.working_days import WorkingDays
from store import holidays

CHAIR, MEMBERS = 1, range(1, 31)
FIRST = date(2026, 1, 2)
DAYS = WorkingDays(frozenset(holidays.of_years([2025, 2026, 2027])))
DOWN = (date(2026, 3, 16), date(2026, 6, 9), date(2026, 12, 28))
"""On these days the bot goes down at 7 o'clock, for three days, 3 hours and 17 minutes."""


def downtimes(zone: tzinfo, days: tuple[date, ...] = DOWN) -> list[tuple[datetime, datetime]]:
    """From when to when the bot is down."""
    begins = [datetime.combine(day, time(7), zone) for day in days]
    return [(each, each + timedelta(days=3, hours=3, minutes=17)) for each in begins]


def awake(moment: datetime, zone: tzinfo, days: tuple[date, ...] = DOWN) -> datetime:
    """That moment, or when the bot comes up again if it is down then."""
    return next((ends for begins, ends in downtimes(zone, days) if begins <= moment < ends), moment)


@cache
def told_on(due_on: date) -> set[date]:
    """The days on which an owner hears of something due then, read plainly off the default rules."""
    before = {_moved(due_on - timedelta(n), due_on - timedelta(1)) for n in (7, 3, 1)}
    late: list[date] = []
    day = due_on
    while len(late) < 5:
        day += timedelta(1)
        late += [day] if DAYS.is_working(day) else []
    weeks = {_moved(late[-1] + timedelta(7 * n), date.max) for n in range(1, 60)}
    return before | {_moved(due_on, due_on)} | set(late) | weeks


def _moved(day: date, limit: date) -> date:
    kept = day
    while not DAYS.is_working(kept):
        kept += timedelta(1)
    while kept > limit or not DAYS.is_working(kept):
        kept -= timedelta(1)
    return kept
