"""How a Pokja's letters are numbered: a pattern, filled in when a letter is given its number."""

import re
from datetime import date

from domain.faults import Rejected

USUAL = "{nomor}/POKJA/{bulan}/{tahun}"
NUMBER, MONTH, YEAR = "{nomor}", "{bulan}", "{tahun}"
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
LONGEST = 60
DIGITS = 3
_FIELD = re.compile("|".join(map(re.escape, (NUMBER, MONTH, YEAR))))


def read(text: str) -> str:
    """A pattern somebody typed. Numbers begin again each year, so it needs the year beside the number.

    Raises Rejected('not_a_numbering').
    """
    pattern = " ".join(text.split())
    rest = _FIELD.sub("", pattern)
    is_sound = NUMBER in pattern and YEAR in pattern and not set("{}") & set(rest)
    if not is_sound or len(pattern) > LONGEST:
        raise Rejected("not_a_numbering", example=USUAL)
    return pattern


def written(pattern: str, sequence: int, day: date) -> str:
    """The number as it stands on the letter of that day: '005/POKJA/XI/2026'."""
    facts = {NUMBER: f"{sequence:0{DIGITS}}", MONTH: ROMAN[day.month - 1], YEAR: f"{day.year}"}
    return _FIELD.sub(lambda found: facts[found[0]], pattern)
