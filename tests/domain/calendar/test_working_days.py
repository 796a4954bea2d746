from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendar.working_days import WorkingDays

# Idul Fitri 2026 with its cuti bersama, Nyepi before it, and the turn of the year.
LEBARAN = frozenset(date(2026, 3, day) for day in (18, 19, 20, 23, 24))
YEAR_END = frozenset({date(2026, 12, 24), date(2026, 12, 25), date(2027, 1, 1)})
DAYS = WorkingDays(LEBARAN | YEAR_END)

dates = st.dates(date(2026, 1, 1), date(2027, 12, 31))
holidays = st.frozensets(dates, max_size=60)


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        (date(2026, 11, 20), True),  # Friday
        (date(2026, 11, 21), False),  # Saturday
        (date(2026, 11, 22), False),  # Sunday
        (date(2026, 3, 18), False),  # cuti bersama Nyepi
        (date(2026, 12, 25), False),
        (date(2026, 12, 28), True),
    ],
)
def test_which_days_are_worked(day, worked):
    assert DAYS.is_working(day) is worked


@pytest.mark.parametrize(
    ("day", "after", "before"),
    [
        (date(2026, 11, 20), date(2026, 11, 20), date(2026, 11, 19)),
        (date(2026, 11, 21), date(2026, 11, 23), date(2026, 11, 20)),
        (date(2026, 3, 18), date(2026, 3, 25), date(2026, 3, 17)),
        (date(2027, 1, 1), date(2027, 1, 4), date(2026, 12, 31)),
        (date(2026, 12, 27), date(2026, 12, 28), date(2026, 12, 23)),
    ],
)
def test_neighbours_over_weekends_lebaran_and_the_year_end(day, after, before):
    assert DAYS.next_on_or_after(day) == after
    assert DAYS.previous(day) == before


@pytest.mark.parametrize(
    ("day", "count", "wanted"),
    [
        (date(2026, 3, 17), 1, date(2026, 3, 25)),
        (date(2026, 3, 25), -1, date(2026, 3, 17)),
        (date(2026, 12, 23), 3, date(2026, 12, 30)),
        (date(2026, 12, 31), 1, date(2027, 1, 4)),
        (date(2026, 11, 21), 0, date(2026, 11, 23)),
        (date(2026, 11, 22), 1, date(2026, 11, 23)),
        (date(2026, 11, 22), -1, date(2026, 11, 20)),
    ],
)
def test_counting_on(day, count, wanted):
    assert DAYS.plus(day, count) == wanted


@given(holidays, dates, st.integers(1, 40))
def test_counting_on_and_counting_agree(off, day, count):
    days = WorkingDays(off)
    there = days.plus(day, count)
    assert days.is_working(there)
    assert days.between(day, there) == count
    assert days.between(there, day) == -count


@given(holidays, dates)
def test_neighbours_skip_days_off_only(off, day):
    days = WorkingDays(off)
    after, before = days.next_on_or_after(day), days.last_on_or_before(day)
    skipped = [before + timedelta(n) for n in range(1, (after - before).days)]
    assert days.is_working(after)
    assert days.is_working(before)
    assert not any(map(days.is_working, skipped))


@given(holidays, dates, dates, dates)
def test_counts_add_up(off, first, second, third):
    days = WorkingDays(off)
    assert days.between(first, second) + days.between(second, third) == days.between(first, third)
