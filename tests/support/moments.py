"""The moments at which the worlds of tests begin: none is the machine's own."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

WIB, WIT = ZoneInfo("Asia/Jakarta"), ZoneInfo("Asia/Jayapura")

PLAIN: Final = datetime(2026, 9, 14, 8, tzinfo=WIB)
"""A Monday, three weeks after one day off and three months before the next."""

TELLING: Final[Mapping[str, datetime]] = {
    "senin-biasa": PLAIN,
    "jelang-lebaran": datetime(
        2027, 3, 5, 9, tzinfo=WIB
    ),  # a Friday; the next working day comes 11 days later
    "24-desember": datetime(2026, 12, 24, 10, tzinfo=WIB),  # cuti bersama on a Thursday
    "28-februari": datetime(2027, 2, 28, 9, tzinfo=WIB),  # a Sunday: tomorrow is another month
    "jumat-16.30": datetime(2026, 10, 9, 16, 30, tzinfo=WIB),  # the office closes in half an hour
    "tengah-malam-wit": datetime(2026, 10, 14, tzinfo=WIT),  # it is still yesterday in Jakarta and in UTC
    "akhir-tahun": datetime(2026, 12, 31, 23, 30, tzinfo=WIB),
}
"""What a test of time may begin at."""
