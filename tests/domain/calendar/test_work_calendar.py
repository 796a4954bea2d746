from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendar.work_calendar import Slot, schedule
from domain.calendar.working_days import WorkingDays

DAYS = WorkingDays(frozenset({date(2026, 12, 24), date(2026, 12, 25), date(2027, 1, 1)}))


def test_topics_follow_each_other_over_the_year_end():
    assert schedule([("1.1", 5), ("1.2", 1), ("2.1", 6)], date(2026, 12, 19), DAYS) == (
        Slot("1.1", date(2026, 12, 21), date(2026, 12, 29)),
        Slot("1.2", date(2026, 12, 30), date(2026, 12, 30)),
        Slot("2.1", date(2026, 12, 31), date(2027, 1, 8)),
    )


def test_no_topics_no_slots():
    assert schedule([], date(2026, 12, 19), DAYS) == ()


def test_a_topic_without_a_day_is_a_mistake():
    with pytest.raises(ValueError, match=r"1\.2"):
        schedule([("1.1", 1), ("1.2", 0)], date(2026, 12, 19), DAYS)


@given(
    st.lists(st.integers(1, 12), min_size=1, max_size=8),
    st.dates(date(2026, 1, 1), date(2026, 12, 31)),
    st.frozensets(st.dates(date(2026, 1, 1), date(2027, 6, 30)), max_size=40),
)
def test_every_topic_has_exactly_its_days_and_none_between_is_idle(counts, start, off):
    days = WorkingDays(off)
    slots = schedule([(str(n), count) for n, count in enumerate(counts)], start, days)
    assert slots[0].starts == days.next_on_or_after(start)
    for slot, count in zip(slots, counts, strict=True):
        assert days.is_working(slot.starts)
        assert days.between(slot.starts, slot.ends) == count - 1
    for before, after in pairwise(slots):
        assert days.between(before.ends, after.starts) == 1
