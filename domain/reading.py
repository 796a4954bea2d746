"""Reading what Indonesians type: numbers with points and commas, rupiah, dates, times, plain text."""

import re
import unicodedata
from datetime import date, time, timedelta
from decimal import Decimal, InvalidOperation

from domain.faults import Rejected

MONTHS = (
    "januari", "februari", "maret", "april", "mei", "juni",
    "juli", "agustus", "september", "oktober", "november", "desember",
)  # fmt: skip
RELATIVE_DAYS = {"hari ini": 0, "besok": 1, "lusa": 2}
MULTIPLES = {"rb": 10**3, "ribu": 10**3, "jt": 10**6, "juta": 10**6, "m": 10**9, "miliar": 10**9, "milyar": 10**9}
_GROUPED = re.compile(r"[+-]?\d{1,3}(\.\d{3})+(,\d+)?")
_PLAIN = re.compile(r"[+-]?\d+([.,]\d+)?")
_MONEY = re.compile(r"(?:rp\.?)?\s*([\d.,]+)\s*([a-z]*)")
_CONTROL = re.compile(r"[^\S\n]+")


def read_text(text: str, shortest: int, longest: int, example: str = "") -> str:
    """The text in composed Unicode, without control characters or outer blanks; lengths in characters."""
    clean = "".join(c for c in unicodedata.normalize("NFC", text) if c == "\n" or unicodedata.category(c) != "Cc")
    clean = "\n".join(_CONTROL.sub(" ", line).strip() for line in clean.splitlines()).strip()
    if len(clean) < shortest:
        raise Rejected("text_too_short", least=shortest, example=example)
    if len(clean) > longest:
        raise Rejected("text_too_long", most=longest, given=len(clean))
    return clean


def read_number(
    text: str, decimals: int = 2, lowest: Decimal | None = None, highest: Decimal | None = None
) -> Decimal:
    """A number as Indonesians write it: '1.250,5', '1250,5' or '1250.5'. Exact; raises Rejected."""
    number = _decimal(text)
    if -number.as_tuple().exponent > decimals:  # type: ignore[operator]  # finite by construction
        raise Rejected("too_many_decimals", most=decimals)
    if (lowest is not None and number < lowest) or (highest is not None and number > highest):
        raise Rejected("number_out_of_range", lowest=lowest, highest=highest)
    return number


def _decimal(text: str) -> Decimal:
    compact = text.strip().replace(" ", "").replace("\N{MINUS SIGN}", "-")
    if _GROUPED.fullmatch(compact):
        compact = compact.replace(".", "").replace(",", ".")
    elif _PLAIN.fullmatch(compact):
        compact = compact.replace(",", ".")
    else:
        raise Rejected("not_a_number")
    try:
        return Decimal(compact)
    except InvalidOperation as error:
        raise Rejected("not_a_number") from error


def read_money(text: str, highest: int) -> int:
    """Whole rupiah from 'Rp1.250.000', '1250000', '1,5 juta'. Raises Rejected."""
    match = _MONEY.fullmatch(text.strip().lower())
    if not match or (match[2] and match[2] not in MULTIPLES):
        raise Rejected("not_money")
    try:
        rupiah = _decimal(match[1]) * MULTIPLES.get(match[2], 1)
    except Rejected as error:
        raise Rejected("not_money") from error
    if rupiah != int(rupiah) or not 0 <= rupiah <= highest:
        raise Rejected("not_money")
    return int(rupiah)


def read_date(text: str, today: date, earliest: date | None = None, latest: date | None = None) -> date:
    """A day from '23/11/2026', '23-11-2026', '2026-11-23', '23 Nov 2026', '23 November' or 'besok'."""
    day = _date(" ".join(text.lower().split()), today)
    if (earliest and day < earliest) or (latest and day > latest):
        raise Rejected("date_out_of_range", earliest=earliest, latest=latest)
    return day


def _date(text: str, today: date) -> date:
    if text in RELATIVE_DAYS:
        return today + timedelta(days=RELATIVE_DAYS[text])
    parts = re.split(r"[\s/.\-]+", text)
    try:
        if len(parts[0]) == 4:  # noqa: PLR2004 - a year comes first in ISO form
            return date(int(parts[0]), int(parts[1]), int(parts[2]))
        return date(_year(parts[2]) if len(parts) > 2 else today.year, _month(parts[1]), int(parts[0]))  # noqa: PLR2004
    except (ValueError, IndexError) as error:
        raise Rejected("not_a_date", example=today) from error


def _year(text: str) -> int:
    year = int(text)
    return year + 2000 if year < 100 else year  # noqa: PLR2004 - two digits mean this century


def _month(text: str) -> int:
    if text.isdigit():
        return int(text)
    found = [number for number, name in enumerate(MONTHS, 1) if len(text) > 2 and name.startswith(text)]  # noqa: PLR2004
    if len(found) != 1:
        raise ValueError(text)
    return found[0]


def read_time(text: str) -> time:
    """A time of day from '09.30', '9:30', '9' or '13.00 WIB'."""
    match = re.fullmatch(r"(?:pukul|jam)?\s*(\d{1,2})(?:[.:](\d{2}))?\s*(?:wib|wita|wit)?", text.strip().lower())
    try:
        return time(int(match[1]), int(match[2] or 0))  # type: ignore[index]  # None is the TypeError caught below
    except (TypeError, ValueError) as error:
        raise Rejected("not_a_time") from error
