"""Kalender Kerja: topics one after the other in working days, and the hours in which people may be disturbed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from domain.calendar.working_days import DAY, WorkingDays

LAST_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Slot:
    """When a topic is worked on: from its first to its last working day, both included."""

    key: str
    starts: date
    ends: date


def schedule(topics: Sequence[tuple[str, int]], start: date, days: WorkingDays) -> tuple[Slot, ...]:
    """The topics (key, number of working days) in their order, the first from the first working day of `start` on.

    A topic begins on the working day after the one before it ended. Raises ValueError where a topic has no day.
    """
    slots: list[Slot] = []
    for key, count in topics:
        if count < 1:
            raise ValueError(f"a topic takes at least one working day: {key}")
        begins = days.next_on_or_after(slots[-1].ends + DAY if slots else start)
        slots.append(Slot(key, begins, days.plus(begins, count - 1)))
    return tuple(slots)


@dataclass(frozen=True, slots=True)
class OfficeHours:
    """When a Pokja may be disturbed: on its working days from `opens` until before `closes`, in its own zone."""

    days: WorkingDays
    zone: tzinfo
    opens: time = time(8)
    closes: time = time(17)

    def local_day(self, moment: datetime) -> date:
        """The date of that moment in the zone."""
        return moment.astimezone(self.zone).date()

    def allows(self, moment: datetime) -> bool:
        """Whether people may be disturbed at that moment."""
        local = moment.astimezone(self.zone)
        return self.days.is_working(local.date()) and self.opens <= local.time() < self.closes

    def opening(self, day: date) -> datetime:
        """The moment the hours of that day begin, be it worked or not."""
        return datetime.combine(day, self.opens, self.zone)

    def next_opening(self, moment: datetime) -> datetime:
        """The first opening of a working day after that moment."""
        day = self.days.next_on_or_after(self.local_day(moment))
        opening = self.opening(day)
        return opening if opening > moment else self.opening(self.days.next_on_or_after(day + DAY))

    def next_moment(self, moment: datetime) -> datetime:
        """That moment if it is allowed, else the next opening."""
        return moment if self.allows(moment) else self.next_opening(moment)

    def last_hour_before(self, moment: datetime) -> datetime:
        """The latest beginning of a working day's last hour that isn't after that moment."""
        day = self.days.last_on_or_before(self.local_day(moment))
        begins = self._last_hour(day)
        return begins if begins <= moment else self._last_hour(self.days.previous(day))

    def _last_hour(self, day: date) -> datetime:
        return max(self.opening(day), datetime.combine(day, self.closes, self.zone) - LAST_HOUR)
