"""Whole numbers and dates in Indonesian words, as official records open: 'Senin tanggal dua puluh tiga bulan ...'."""

from collections.abc import Callable, Mapping
from datetime import date

from babel.dates import format_date

from documents.language.indonesian import LOCALE

UNITS = (
    "nol",
    "satu",
    "dua",
    "tiga",
    "empat",
    "lima",
    "enam",
    "tujuh",
    "delapan",
    "sembilan",
    "sepuluh",
    "sebelas",
)
STEPS = (
    (10**12, "triliun"),
    (10**9, "miliar"),
    (10**6, "juta"),
    (1000, "ribu"),
    (100, "ratus"),
    (10, "puluh"),
)
ONES = frozenset({1000, 100, 10})
"""One of these is 'se-' and not 'satu': seribu, seratus, sepuluh."""
MOST = 10**15


def in_words(number: int) -> str:
    """2026 → 'dua ribu dua puluh enam'. Raises ValueError below zero and from 10^15 on."""
    if not 0 <= number < MOST:
        raise ValueError(f"{number} is not written in words")
    if number < len(UNITS):
        return UNITS[number]
    if number < 20:  # noqa: PLR2004 - the teens are 'belas'
        return f"{UNITS[number - 10]} belas"
    step, name = next((step, name) for step, name in STEPS if number >= step)
    count, rest = divmod(number, step)
    head = f"se{name}" if count == 1 and step in ONES else f"{in_words(count)} {name}"
    return f"{head} {in_words(rest)}" if rest else head


def date_in_words(day: date) -> str:
    """'Senin tanggal dua puluh tiga bulan November tahun dua ribu dua puluh enam'."""
    weekday, month = format_date(day, "EEEE", locale=LOCALE), format_date(day, "MMMM", locale=LOCALE)
    return f"{weekday} tanggal {in_words(day.day)} bulan {month} tahun {in_words(day.year)}"


FILTERS: Mapping[str, Callable[..., str]] = {"in_words": in_words, "date_in_words": date_in_words}
