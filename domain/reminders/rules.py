"""When who is reminded, as plain data that each Pokja can set.

Day counts are days of the calendar (H-3 is three days before), as offices write them; `overdue_daily` alone counts
working days. Where a day isn't worked, the reminder is moved (`reminders_steps`).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import time
from typing import Any

from domain.faults import Rejected

MOST_STEPS = 6
WEEK = 7


@dataclass(frozen=True, slots=True)
class Rules:
    """A Pokja's rules.

    `follow_up_days`, `meeting_days` and `activity_days` are days before the day itself, from far to near; 0 is the
    day itself. `meeting_minutes` is how long before a meeting a last word is said (0: none). An overdue owner is
    reminded on each of the first `overdue_daily` working days, then every `overdue_every` days; the Ketua hears of
    it from `ketua_after` days after, as often as that; it stands on the agenda from `agenda_after` days after.
    The weekly report goes to the group on `report_weekday` (0: Monday, 4: Friday). A snooze lasts at most
    `snooze_most` working days.
    """

    follow_up_days: tuple[int, ...] = (7, 3, 1, 0)
    meeting_days: tuple[int, ...] = (3, 1)
    meeting_minutes: int = 60
    activity_days: tuple[int, ...] = (1, 0)
    overdue_daily: int = 5
    overdue_every: int = 7
    ketua_after: int = 1
    agenda_after: int = 3
    report_weekday: int = 4
    snooze_most: int = 3
    opens: time = time(8)
    closes: time = time(17)


DEFAULT = Rules()


def read_rules(data: Mapping[str, object]) -> Rules:
    """The rules kept as JSON; what isn't named is as in DEFAULT.

    Raises Rejected: rule_unknown, rule_days, rule_range, rule_time, rule_hours.
    """
    unknown = sorted(set(data) - set(SETTINGS))
    if unknown:
        raise Rejected("rule_unknown", rule=unknown[0])
    rules = replace(DEFAULT, **{name: SETTINGS[name].read(name, value) for name, value in data.items()})
    if rules.opens >= rules.closes:
        raise Rejected("rule_hours", opens=_written(rules.opens), closes=_written(rules.closes))
    return rules


def rules_data(rules: Rules) -> dict[str, object]:
    """The rules as JSON; `read_rules` reads them back."""
    return {each.name: _plain(getattr(rules, each.name)) for each in fields(rules)}


def _days(name: str, value: Any) -> tuple[int, ...]:
    is_list = isinstance(value, list | tuple) and len(value) <= MOST_STEPS
    if not is_list or not all(_is_whole(day) and 0 <= day <= 60 for day in value):  # noqa: PLR2004 - two months
        raise Rejected("rule_days", rule=name, most=MOST_STEPS, highest=60)
    return tuple(sorted(set(value), reverse=True))


def _whole(least: int, most: int) -> Callable[[str, object], int]:
    def read(name: str, value: Any) -> int:
        if not _is_whole(value) or not least <= value <= most:
            raise Rejected("rule_range", rule=name, least=least, most=most)
        return int(value)

    return read


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _time(name: str, value: Any) -> time:
    try:
        read = time.fromisoformat(value)
    except (TypeError, ValueError):
        raise Rejected("rule_time", rule=name) from None
    if read.tzinfo is not None or read.second or read.microsecond:
        raise Rejected("rule_time", rule=name)
    return read


def _written(value: time) -> str:
    return value.isoformat("minutes")


def _plain(value: Any) -> object:
    if isinstance(value, time):
        return _written(value)
    return list(value) if isinstance(value, tuple) else value


@dataclass(frozen=True, slots=True)
class Setting:
    """How a rule's value is read, and the values to choose from, whose words are `<unit>.<value>` (none: typed)."""

    read: Callable[[str, Any], Any]
    unit: str = ""
    offered: tuple[int, ...] = ()


SETTINGS: Mapping[str, Setting] = {
    "opens": Setting(_time),
    "closes": Setting(_time),
    "follow_up_days": Setting(_days, "day", (14, 7, 5, 3, 2, 1, 0)),
    "overdue_daily": Setting(_whole(0, 60), "daily", (0, 3, 5, 10)),
    "overdue_every": Setting(_whole(1, 60), "every", (1, 3, 7, 14)),
    "ketua_after": Setting(_whole(1, 60), "after", (1, 2, 3, 5, 7)),
    "agenda_after": Setting(_whole(0, 60), "after", (1, 3, 5, 7, 14)),
    "meeting_days": Setting(_days, "day", (7, 5, 3, 2, 1, 0)),
    "meeting_minutes": Setting(_whole(0, 600), "minutes", (0, 15, 30, 60, 120)),
    "activity_days": Setting(_days, "day", (7, 5, 3, 2, 1, 0)),
    "report_weekday": Setting(_whole(0, 4), "weekday", (0, 1, 2, 3, 4)),
    "snooze_most": Setting(_whole(1, 10)),
}
"""Every rule that can be set, in the order they are offered."""

FOLLOW_UP, MEETING, ACTIVITY = "follow-up", "meeting", "activity"


@dataclass(frozen=True, slots=True)
class Pattern:
    """How a kind of subject reminds, by which rules: `days` before its day, and `minutes` before its moment.

    One that is `overdue` goes on reminding after its day, and the Ketua hears of it.
    """

    days: str
    minutes: str = ""
    overdue: bool = False


PATTERNS: Mapping[str, Pattern] = {
    FOLLOW_UP: Pattern("follow_up_days", overdue=True),
    MEETING: Pattern("meeting_days", "meeting_minutes"),
    ACTIVITY: Pattern("activity_days"),
}
"""Every kind of subject that reminds."""
