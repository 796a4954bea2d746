"""Numbers as they stand in tables made elsewhere: 1.250,5 · 0,3 · 30% · 1/3 · Rp1.000,- · (0,03) · 2,5 juta · ranks.

'1.250' and '1,250' can be read in two ways. The rest of the table mostly tells which: whoever writes 3,5 groups by
points, whoever writes 3.5 groups by commas. `Writing` is that way of writing.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Final

from domain.dialog.reading import LONGEST_NUMBER


@dataclass(frozen=True, slots=True)
class Number:
    """An exact number and how finely it was written: `decimals` after the comma, None for one without rounding.

    They are below 0 where thousands or millions were counted: -5 for '2,5 juta'.
    `kept`: a program kept it, with all the decimals it has.
    """

    value: Fraction
    decimals: int | None = 0
    percent: bool = False
    kept: bool = False


@dataclass(frozen=True, slots=True)
class Writing:
    """The sign before decimals, and the one between thousands."""

    decimal: str
    group: str


INDONESIAN: Final = Writing(",", ".")
ENGLISH: Final = Writing(".", ",")

LARGEST: Final = 10**18
"""Numbers beyond it stand for nothing anybody counts, and can't be shown with their decimals."""

LONGEST: Final = 80
"""Characters of a number with the remark behind it."""

_BODY = re.compile(r"[+-]?(?P<digits>[0-9]+(?:[.,][0-9]+)*|[.,][0-9]+)(?P<percent>%?)")
_FRACTION = re.compile(r"([+-]?[0-9]{1,9})/([1-9][0-9]{0,8})")
_MONEY = re.compile(r"(?:rp\.?|idr)\s*", re.IGNORECASE)
_NO_CENTS = re.compile(r"(?<=[0-9])[,.]\s*[-–=]+$")
_LARGE = re.compile(
    r"(?<=[0-9])\s*(?P<word>ribu|rb|juta|jt|miliar|milyar|milliar|mlr|triliun|trilyun)\.?", re.IGNORECASE
)
_POWERS: Final = {"r": 3, "j": 6, "m": 9, "t": 12}
_BILLIONS = re.compile(r"(?<=[0-9])\s*M$")
"""Where rupiah are counted; elsewhere they are metres."""

_BELOW_ZERO = re.compile(r"\((?P<inner>[^()-]+)\)|(?P<before>[^()-]*[0-9%])\s*-")
_SPACED = re.compile(r"[+-]?[0-9]{1,3}(?: [0-9]{3})+(?:[.,][0-9]{1,2})?")
_PERSEN = re.compile(r"(?<=[0-9])\s*(?:persen|prosen)$", re.IGNORECASE)
_REMARK = re.compile(r"(?<=[0-9%])\s*(?:\([^()]*\)|\*+)$")
_DOUBTFUL = re.compile(r"[1-9][0-9]{0,2}(?P<mark>[.,])[0-9]{3}")
_GROUPS = re.compile(r"[1-9][0-9]{0,2}(?:(?P<mark>[.,])[0-9]{3})(?:(?P=mark)[0-9]{3})*")
_RANK = re.compile(r"(?:peringkat|ranking|rank|prioritas|urutan|ke|no|#)?[\s.:#-]*([0-9]{1,4})\.?")
_ROMAN = re.compile(r"(x{0,3})(ix|iv|v?i{0,3})")
_ONES = {"": 0, "i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9}


def read(text: str, writing: Writing = INDONESIAN) -> Number | None:
    """The number, or None where the text is none. A remark in brackets behind it is passed over: '4 (baik)'."""
    return _read(text, writing) if len(text) <= LONGEST else None


@lru_cache(maxsize=20_000)
def _read(text: str, writing: Writing) -> Number | None:
    """Reads a number; cached, since the same scores stand in a table over and over."""
    plain, power = _scaled(_signed(_bare(text)))
    if len(plain) > LONGEST_NUMBER:
        return None
    if part := _FRACTION.fullmatch(plain):
        return Number(Fraction(int(part[1]), int(part[2])) * 10**power, None)
    body = _BODY.fullmatch(plain)
    decimal = _decimal_text(body["digits"], writing) if body else None
    if body is None or decimal is None:
        return None
    value = Fraction(decimal) * (-1 if plain.startswith("-") else 1) * 10**power
    if abs(value) >= LARGEST:
        return None
    decimals = len(decimal.partition(".")[2]) - power
    return Number(value / 100, decimals + 2, percent=True) if body["percent"] else Number(value, decimals)


def _bare(text: str) -> str:
    """Without the sign of money, and what stands for 'no cents'; billions of rupiah in words."""
    plain = " ".join(text.split()).replace("\N{MINUS SIGN}", "-")
    lead = _MONEY.search(plain[:6])
    if lead:
        plain = _BILLIONS.sub(" miliar", plain[: lead.start()] + plain[lead.end() :])
    return _PERSEN.sub("%", _NO_CENTS.sub("", plain))


def _signed(plain: str) -> str:
    """With the minus in front: accountants write (0,03) and 0,03-."""
    found = _BELOW_ZERO.fullmatch(plain)
    return f"-{(found['inner'] or found['before']).strip()}" if found else plain


def _scaled(plain: str) -> tuple[str, int]:
    """Without the word for thousands or millions, and the power of ten it means."""
    found = _LARGE.search(plain)
    power = _POWERS[found["word"][0].lower()] if found else 0
    tidy = _tidied(plain[: found.start()] + plain[found.end() :] if found else plain)
    return (tidy.replace(" ", "") if _SPACED.fullmatch(tidy) else tidy), power


def is_doubtful(text: str) -> bool:
    """Whether it can be read in two ways: '1.250'."""
    return bool(_DOUBTFUL.fullmatch(_unsigned(text)))


def writings(texts: Iterable[str]) -> tuple[Writing, ...]:
    """The ways the numbers may have been written, the likelier first; one where the texts leave no doubt."""
    found = [_unsigned(text) for text in texts]
    marks = {mark for text in found if (mark := _decimal_mark(text))}
    if marks == {ENGLISH.decimal}:
        return (ENGLISH,)
    if len(marks) == 1 or not any(_DOUBTFUL.fullmatch(text) for text in found):
        return (INDONESIAN,)
    return (INDONESIAN, ENGLISH)


def read_rank(text: str, writing: Writing = INDONESIAN) -> Fraction | None:
    """The rank of '2', '2.', 'II', 'ke-2' or 'Peringkat 2'; '1,5' is the shared one of two."""
    plain = _REMARK.sub("", text.strip().casefold())
    plain = plain[1:-1].strip() if plain[:1] == "(" and plain[-1:] == ")" else plain
    if found := _RANK.fullmatch(plain):
        return Fraction(found[1])
    roman = _ROMAN.fullmatch(plain)
    if roman and plain:
        return Fraction(10 * len(roman[1]) + _ONES[roman[2]])
    number = read(plain, writing)
    return number.value if number else None


def _tidied(text: str) -> str:
    plain = _REMARK.sub("", text.strip().replace("\N{MINUS SIGN}", "-"))
    return re.sub(r"\s+(?=%)|(?<=[0-9])\s*(?=/)|(?<=/)\s*(?=[0-9])", "", plain)


def _unsigned(text: str) -> str:
    return _scaled(_signed(_bare(text)))[0].lstrip("+-").removesuffix("%")


def _decimal_mark(text: str) -> str:
    """The decimal sign of a number that can be read in one way only; '' where it shows none."""
    body = _BODY.fullmatch(text)
    marks = re.findall(r"[.,]", text) if body else []
    if not marks or _DOUBTFUL.fullmatch(text):
        return ""
    if len(marks) == 1:
        return str(marks[0])
    other = {".": ",", ",": "."}
    return other[marks[0]] if len(set(marks)) == 1 else str(marks[-1])


def _decimal_text(digits: str, writing: Writing) -> str | None:
    """The digits with a point before the decimals and no groups, or None where they are badly grouped."""
    if _DOUBTFUL.fullmatch(digits):
        return digits.replace(writing.group, "").replace(writing.decimal, ".")
    mark = _decimal_mark(digits) or writing.decimal
    whole, _, decimals = digits.rpartition(mark) if mark in digits else (digits, "", "")
    if re.search("[.,]", whole) and not _GROUPS.fullmatch(whole):
        return None
    return re.sub("[.,]", "", whole or "0") + (f".{decimals}" if decimals else "")
