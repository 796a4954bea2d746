"""The moments at which the worlds of tests begin: none is the machine's own."""

from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

WIB = ZoneInfo("Asia/Jakarta")

PLAIN: Final = datetime(2026, 9, 14, 8, tzinfo=WIB)
"""A Monday, three weeks after one day off and three months before the next."""
