"""Working days: Monday to Friday, except holidays (national ones and cuti bersama alike)."""

from dataclasses import dataclass
from datetime import date, timedelta

DAY = timedelta(days=1)
SATURDAY = 5


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """Which days are worked. `holidays` are the days off besides Saturday and Sunday."""

    holidays: frozenset[date] = frozenset()

    def is_working(self, day: date) -> bool:
        """Whether that day is a working day."""
        return day.weekday() < SATURDAY and day not in self.holidays

    def next_on_or_after(self, day: date) -> date:
        """The day itself if it is worked, else the first one after it that is."""
        while not self.is_working(day):
            day += DAY
        return day

    def last_on_or_before(self, day: date) -> date:
        """The day itself if it is worked, else the last one before it that is."""
        while not self.is_working(day):
            day -= DAY
        return day

    def previous(self, day: date) -> date:
        """The last working day before that day."""
        return self.last_on_or_before(day - DAY)

    def plus(self, day: date, count: int) -> date:
        """The `count`-th working day after that day (before it, if negative); 0: the next on or after it.

        The day itself is never counted: from Sunday, 1 leads to Monday and -1 to Friday.
        """
        if count == 0:
            return self.next_on_or_after(day)
        for _ in range(abs(count)):
            day = self.next_on_or_after(day + DAY) if count > 0 else self.previous(day)
        return day

    def between(self, first: date, last: date) -> int:
        """How many working days come after `first` up to and including `last`; negative if `last` is earlier.

        So `between(day, plus(day, n)) == n` for n > 0.
        """
        if last < first:
            return -self.between(last, first)
        span = (last - first).days
        return sum(self.is_working(first + n * DAY) for n in range(1, span + 1))
