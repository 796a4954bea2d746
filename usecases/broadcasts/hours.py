"""The hours in which a Pokja may be disturbed, and its recurring broadcasts as they are kept."""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from domain.broadcasts.weekly import Weekly
from domain.calendar.work_calendar import OfficeHours
from domain.reminders.rules import read_rules
from store import holidays
from store.tables.core import Pokja


def hours_of(pokja: Pokja, now: datetime) -> OfficeHours:
    """When the people of a Pokja may be disturbed."""
    rules, zone = read_rules(pokja.rules), ZoneInfo(pokja.zone)
    today = now.astimezone(zone).date()
    return OfficeHours(holidays.working_days(today, today), zone, rules.opens, rules.closes)


def weekly_data(weekly: Weekly) -> dict[str, object]:
    """The rule as plain data."""
    return {
        "weekday": weekly.weekday,
        "at": weekly.at.isoformat("minutes"),
        "since": weekly.since.isoformat(),
        "last": weekly.last.isoformat() if weekly.last else None,
        "every": weekly.every,
    }


def read_weekly(data: Mapping[str, Any]) -> Weekly:
    """The rule from plain data."""
    return Weekly(
        weekday=data["weekday"],
        at=time.fromisoformat(data["at"]),
        since=datetime.fromisoformat(data["since"]),
        last=date.fromisoformat(data["last"]) if data["last"] else None,
        every=data["every"],
    )
