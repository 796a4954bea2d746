"""The number of a civil servant (NIP), or of one on contract (NI PPPK): eighteen digits that tell of their bearer.

Eight are the day of birth, the next six the year and month of the appointment (of one on contract: the year and a
code from 21 on), one the sex, three a serial number. Source: Peraturan Kepala BKN Nomor 22 Tahun 2007; for NI PPPK
Peraturan BKN Nomor 1 Tahun 2019.
"""

import re
from datetime import date

from domain.faults import Rejected

EXAMPLE = "19700817 199503 1 002"
_SHAPE = re.compile(r"(\d{4})(\d{2})(\d{2})(\d{4})(\d{2})([12])(\d{3})", re.ASCII)
_BETWEEN = re.compile(r"[\s.\-]+")
MONTHS, CONTRACTS = range(1, 13), range(21, 100)
OLD_ENOUGH = 16
"""Years: nobody is appointed younger."""


def read(text: str) -> str:
    """The number as it is written under a name: '19700817 199503 1 002'. Raises Rejected('not_a_nip')."""
    found = _SHAPE.fullmatch(_BETWEEN.sub("", text))
    if found is None or not _is_sound(*map(int, found.groups()[:5])):
        raise Rejected("not_a_nip", example=EXAMPLE)
    digits = found[0]
    return f"{digits[:8]} {digits[8:14]} {digits[14]} {digits[15:]}"


def _is_sound(year: int, month: int, day: int, appointed: int, code: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return appointed - year >= OLD_ENOUGH and (code in MONTHS or code in CONTRACTS)
