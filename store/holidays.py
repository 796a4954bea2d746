"""Indonesia's national holidays and cuti bersama, from the `holidays` package; names in Indonesian.

Moon-dependent days of years not decreed yet are estimates (their names end in '(perkiraan)'), and cuti bersama is
known only for years the government has decided on. Years the package doesn't know have no holidays but weekends.
"""

from collections.abc import Iterable, Mapping
from datetime import MAXYEAR, MINYEAR, date
from functools import lru_cache
from types import MappingProxyType

import holidays

from domain.calendar.working_days import WorkingDays

CATEGORIES = ("public", "government")
"""In the package's terms: hari libur nasional, and cuti bersama."""


@lru_cache(maxsize=256)
def of_year(year: int) -> Mapping[date, str]:
    """The days off of one year with their names, in order of date; empty for years that are not known."""
    if not MINYEAR <= year <= MAXYEAR:
        return MappingProxyType({})
    found = holidays.country_holidays("ID", categories=CATEGORIES, language="id", years=year)
    return MappingProxyType(dict(sorted(found.items())))


def of_years(years: Iterable[int]) -> Mapping[date, str]:
    """The days off of several years, in order of date."""
    return {day: name for year in sorted(set(years)) for day, name in of_year(year).items()}


def working_days(first: date, last: date) -> WorkingDays:
    """Knows every day off from the year before `first` to the year after `last`, so that counts may run over."""
    return WorkingDays(frozenset(of_years(range(first.year - 1, last.year + 2))))
