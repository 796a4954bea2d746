"""Reading what Indonesians type: numbers with points and commas, rupiah, dates, times, plain text."""

import re
import unicodedata
from datetime import date, time, timedelta
from decimal import Decimal
from fractions import Fraction

from domain.faults import Rejected

MONTHS = (
    "januari",
    "februari",
    "maret",
    "april",
    "mei",
    "juni",
    "juli",
    "agustus",
    "september",
    "oktober",
    "november",
    "desember",
)
WEEKDAYS = ("senin", "selasa", "rabu", "kamis", "jumat", "sabtu", "minggu")
OTHER_SPELLINGS = {"peb": 2, "pebruari": 2, "agt": 8, "ags": 8, "nop": 11, "nopember": 11}
RELATIVE_DAYS = {"hari ini": 0, "besok": 1, "lusa": 2}
MULTIPLES = {
    "": 1,
    "rb": 10**3,
    "ribu": 10**3,
    "jt": 10**6,
    "juta": 10**6,
    "m": 10**9,
    "miliar": 10**9,
    "milyar": 10**9,
    "t": 10**12,
    "triliun": 10**12,
    "trilyun": 10**12,
}
LONGEST_NUMBER = 24  # characters; sums of thousands of such numbers stay exact in 28 digits
_GROUPED = re.compile(r"[+-]?[1-9]\d{0,2}(\.\d{3})+(,\d+)?")
_PLAIN = re.compile(r"[+-]?\d+([.,]\d+)?")
_MONEY = re.compile(r"(?:rp\.?)?([\d.,]*\d)(?:,-)?([a-z]*?)(?:,-)?(?:rupiah)?")
_TIME = re.compile(r"(?:pukul|jam)?\s*(\d{1,2})(?:[.:](\d{2}))?\s*(?:wib|wita|wit)?")
_BLANKS = re.compile(r"[^\S\n]+")
_EMPTY_LINES = re.compile(r"\n{3,}")
# Marks that turn the writing direction round: they could make one text look like another.
_DIRECTION = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")


def read_text(text: str, shortest: int, longest: int, example: str = "") -> str:
    """The text in composed Unicode, without control characters or outer blanks; lengths in characters."""
    clean = _EMPTY_LINES.sub("\n\n", "\n".join(_tidy(line) for line in text.splitlines()).strip())
    if not any(unicodedata.category(character)[0] in "LNPS" for character in clean):
        clean = ""  # nothing to see: zero-width marks alone are not a text
    if len(clean) < shortest:
        raise Rejected("text_too_short", least=shortest, example=example)
    if len(clean) > longest:
        raise Rejected("text_too_long", most=longest, given=len(clean))
    return clean


def _tidy(line: str) -> str:
    kept = "".join(
        c
        for c in _BLANKS.sub(" ", line)
        if unicodedata.category(c) not in {"Cc", "Cs"} and c not in _DIRECTION
    )
    return _BLANKS.sub(" ", unicodedata.normalize("NFC", kept)).strip()


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


def canonical(number: Decimal) -> str:
    """One text for one number: no exponent, no zeros after the last decimal, no '-0'."""
    text = f"{number:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def _decimal(text: str) -> Decimal:
    compact = "".join(text.split()).replace("\N{MINUS SIGN}", "-")
    if len(compact) > LONGEST_NUMBER:
        raise Rejected("not_a_number")
    if _GROUPED.fullmatch(compact):
        return Decimal(compact.replace(".", "").replace(",", "."))
    if _PLAIN.fullmatch(compact):
        return Decimal(compact.replace(",", "."))
    raise Rejected("not_a_number")


def read_money(text: str, highest: int) -> int:
    """Whole rupiah from 'Rp1.250.000', 'Rp 1.250.000,-', '1250000' or '1,5 juta'. Raises Rejected."""
    match = _MONEY.fullmatch("".join(text.lower().split()))
    if not match or match[2] not in MULTIPLES:
        raise Rejected("not_money")
    try:
        rupiah = Fraction(_decimal(match[1])) * MULTIPLES[match[2]]
    except Rejected as error:
        raise Rejected("not_money") from error
    if rupiah.denominator != 1:
        raise Rejected("not_money")
    if rupiah > highest:
        raise Rejected("money_out_of_range", highest=highest)
    return int(rupiah)


def read_date(text: str, today: date, earliest: date | None = None, latest: date | None = None) -> date:
    """A day from '23/11/2026', '2026-11-23', '23 Nov', 'Senin, 23 November 2026' or 'besok'.

    Without a year it is this year's, or next year's where this year's is before `earliest`. Raises Rejected.
    """
    try:
        day = _date(" ".join(text.lower().split()), today, earliest)
    except (ValueError, IndexError, OverflowError) as error:
        raise Rejected("not_a_date", example=today) from error
    if (earliest and day < earliest) or (latest and day > latest):
        raise Rejected("date_out_of_range", earliest=earliest, latest=latest)
    return day


def _date(text: str, today: date, earliest: date | None) -> date:
    if text in RELATIVE_DAYS:
        return today + timedelta(days=RELATIVE_DAYS[text])
    parts = [part for part in re.split(r"[\s/.,\-]+", text) if part]
    if parts and parts[0] in WEEKDAYS:
        parts = parts[1:]
    if len(parts) == 2:  # noqa: PLR2004 - day and month
        return _without_year(int(parts[0]), _month(parts[1]), today, earliest)
    if len(parts) != 3 or not (parts[0] + parts[2]).isdecimal():  # noqa: PLR2004 - day, month, year
        raise ValueError(text)
    if len(parts[0]) == 4:  # noqa: PLR2004 - a year comes first in ISO form
        return date(int(parts[0]), _month(parts[1]), int(parts[2]))
    return date(_year(parts[2]), _month(parts[1]), int(parts[0]))


def _without_year(day: int, month: int, today: date, earliest: date | None) -> date:
    this_year = date(today.year, month, day)
    return date(today.year + 1, month, day) if earliest and this_year < earliest else this_year


def _year(text: str) -> int:
    if len(text) not in {2, 4}:
        raise ValueError(text)
    return int(text) + (2000 if len(text) == 2 else 0)  # noqa: PLR2004 - two digits mean this century


def _month(text: str) -> int:
    if text.isdecimal() or text in OTHER_SPELLINGS:
        return OTHER_SPELLINGS.get(text) or int(text)
    found = [number for number, name in enumerate(MONTHS, 1) if name.startswith(text)]
    if len(found) != 1 or len(text) < 3:  # noqa: PLR2004 - 'm' and 'de' are slips, not months
        raise ValueError(text)
    return found[0]


def read_time(text: str) -> time:
    """A time of day from '09.30', '9:30', '9' or 'pukul 13.00 WIB'. Raises Rejected."""
    match = _TIME.fullmatch(text.strip().lower())
    if not match:
        raise Rejected("not_a_time")
    try:
        return time(int(match[1]), int(match[2] or 0))
    except ValueError as error:
        raise Rejected("not_a_time") from error
