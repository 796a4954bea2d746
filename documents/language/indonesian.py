"""Dates, times, numbers and money as Indonesian offices write them."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

from babel.dates import format_date
from babel.numbers import format_decimal

LOCALE = "id"
ZONES: Mapping[str, str] = {"Asia/Jakarta": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT"}


def long_date(day: date | str) -> str:
    """'Senin, 23 November 2026'; takes a date or its ISO text."""
    return format_date(_day(day), "EEEE, d MMMM y", locale=LOCALE)


def short_date(day: date | str) -> str:
    """'23 Nov 2026'."""
    return format_date(_day(day), "d MMM y", locale=LOCALE)


def written_date(day: date | str) -> str:
    """'23 November 2026', as letters are dated."""
    return format_date(_day(day), "d MMMM y", locale=LOCALE)


def period(first: date, last: date, month: str = "MMMM") -> str:
    """'2–13 Februari 2026', '23 November – 4 Desember 2026': from the first to the last day, both included."""
    ends = format_date(last, f"d {month} y", locale=LOCALE)
    if first == last:
        return ends
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{ends}"
    year = "" if first.year == last.year else " y"
    return f"{format_date(first, f'd {month}{year}', locale=LOCALE)} – {ends}"


def short_period(first: date, last: date) -> str:
    """'23 Nov – 4 Des 2026', as `period`."""
    return period(first, last, "MMM")


def written_month(day: date | str) -> str:
    """'November 2026', as covers are dated."""
    return format_date(_day(day), "MMMM y", locale=LOCALE)


def written_day(when: datetime, zone: str) -> str:
    """'23 November 2026' in the Pokja's zone."""
    return written_date(when.astimezone(ZoneInfo(zone)).date())


def month(day: date) -> str:
    """'Nov 2026'."""
    return format_date(day, "MMM y", locale=LOCALE)


def clock_time(moment: time | str) -> str:
    """'09.30'; takes a time or 'HH:MM'."""
    return (time.fromisoformat(moment) if isinstance(moment, str) else moment).strftime("%H.%M")


def moment(when: datetime | str, zone: str) -> str:
    """'Senin, 23 November 2026 pukul 09.30 WIB' in the Pokja's zone; takes a moment or its ISO text."""
    local = (datetime.fromisoformat(when) if isinstance(when, str) else when).astimezone(ZoneInfo(zone))
    return f"{long_date(local)} pukul {clock_time(local.timetz())} {ZONES.get(zone, zone)}"


def day_of(when: datetime, zone: str) -> str:
    """'23 Nov 2026' in the Pokja's zone."""
    return short_date(when.astimezone(ZoneInfo(zone)).date())


def zone_name(zone: str) -> str:
    """'WIB' for Asia/Jakarta."""
    return ZONES.get(zone, zone)


def steps(days: Iterable[int]) -> str:
    """'H-7, H-3 dan hari-H' for (7, 3, 0); 'tidak' where there are none."""
    *most, last = [f"H-{day}" if day else "pada hari itu juga" for day in days] or ["pada waktunya saja"]
    return f"{', '.join(most)} dan {last}" if most else last


def number(value: Decimal | Fraction | str | float, decimals: int = 2) -> str:
    """'1.250,5': at most `decimals` decimals, rounded half to even."""
    return _formatted(value, "#,##0." + "#" * decimals)


def fixed(value: Decimal | Fraction | str | float, decimals: int) -> str:
    """'1.250,50': exactly `decimals` decimals, so that the numbers of a column stand one under the other."""
    return _formatted(value, "#,##0." + "0" * decimals)


def _formatted(value: Decimal | Fraction | str | float, pattern: str) -> str:
    exact = Fraction(value)
    return str(format_decimal(Decimal(exact.numerator) / exact.denominator, pattern, locale=LOCALE))


def money(rupiah: int | str) -> str:
    """'Rp1.250.000'."""
    return "Rp" + format_decimal(int(rupiah), locale=LOCALE)


def letter(position: int) -> str:
    """0 → 'A', 25 → 'Z', 26 → 'AA'."""
    first, last = divmod(position, 26)
    return (letter(first - 1) if first else "") + chr(ord("A") + last)


def _day(day: date | str) -> date:
    return date.fromisoformat(day) if isinstance(day, str) else day


FILTERS: Mapping[str, Callable[..., object]] = {
    "long_date": long_date,
    "short_date": short_date,
    "written_date": written_date,
    "written_day": written_day,
    "written_month": written_month,
    "period": period,
    "short_period": short_period,
    "clock_time": clock_time,
    "moment": moment,
    "day_of": day_of,
    "zone_name": zone_name,
    "steps": steps,
    "number": number,
    "fixed": fixed,
    "money": money,
    "letter": letter,
}
