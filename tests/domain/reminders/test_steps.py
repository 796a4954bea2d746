from datetime import UTC, date, datetime, time, timedelta
from itertools import islice, pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendar.work_calendar import OfficeHours
from domain.calendar.working_days import WorkingDays
from domain.reminders.rules import DEFAULT, Rules
from domain.reminders.steps import ahead, for_ketua, overdue, shortly_before, upto, weekly

WIB, WITA, WIT = ZoneInfo("Asia/Jakarta"), ZoneInfo("Asia/Makassar"), ZoneInfo("Asia/Jayapura")
LEBARAN = [date(2026, 3, day) for day in (18, 19, 20, 23, 24)]  # Wed-Fri, Mon-Tue
YEAR_END = [date(2026, 12, 24), date(2026, 12, 25), date(2027, 1, 1)]
HOURS = OfficeHours(WorkingDays(frozenset(LEBARAN + YEAR_END)), WITA)

off = st.frozensets(st.dates(date(2026, 1, 1), date(2026, 4, 30)), max_size=50)
dues = st.dates(date(2026, 1, 20), date(2026, 3, 31))


def days(steps, most=20):
    return [(step.name, step.at.date()) for step in islice(steps, most)]


@pytest.mark.parametrize(
    ("due", "wanted"),
    [
        pytest.param(
            date(2026, 11, 27),  # Friday
            [("H-7", (11, 20)), ("H-3", (11, 24)), ("H-1", (11, 26)), ("H", (11, 27))],
            id="an ordinary week",
        ),
        pytest.param(
            date(2026, 11, 25),  # Wednesday; H-3 is a Sunday
            [("H-7", (11, 18)), ("H-3", (11, 23)), ("H-1", (11, 24)), ("H", (11, 25))],
            id="a step on a Sunday moves to Monday",
        ),
        pytest.param(
            date(2026, 11, 23),  # Monday; H-1 would move to the day itself
            [("H-7", (11, 16)), ("H-3", (11, 20)), ("H-1", (11, 20)), ("H", (11, 23))],
            id="H-1 of a Monday goes back to Friday",
        ),
        pytest.param(
            date(2026, 3, 25),  # the first day after Lebaran
            [("H-7", (3, 17)), ("H-3", (3, 17)), ("H-1", (3, 17)), ("H", (3, 25))],
            id="due right after Lebaran: told on the last day before",
        ),
        pytest.param(
            date(2026, 11, 21),  # Saturday
            [("H-7", (11, 16)), ("H-3", (11, 18)), ("H-1", (11, 20)), ("H", (11, 20))],
            id="due on a Saturday: the last word on Friday",
        ),
        pytest.param(
            date(2027, 1, 4),
            [("H-7", (12, 28)), ("H-3", (12, 31)), ("H-1", (12, 31)), ("H", (1, 4))],
            id="over the year end",
        ),
    ],
)
def test_days_before(due, wanted):
    found = days(ahead(DEFAULT.follow_up_days, due, due, HOURS))
    assert [(name, (day.month, day.day)) for name, day in found] == wanted


def test_overdue_daily_at_first_then_weekly():
    assert days(overdue(DEFAULT, date(2026, 11, 27), HOURS), 8) == [
        ("H+3", date(2026, 11, 30)),
        ("H+4", date(2026, 12, 1)),
        ("H+5", date(2026, 12, 2)),
        ("H+6", date(2026, 12, 3)),
        ("H+7", date(2026, 12, 4)),
        ("H+14", date(2026, 12, 11)),
        ("H+21", date(2026, 12, 18)),
        ("H+28", date(2026, 12, 28)),  # the 25th is Christmas: moved, known by the day it was meant for
    ]


def test_the_ketua_hears_from_the_day_after_and_then_weekly():
    assert days(for_ketua(DEFAULT, date(2026, 11, 26), HOURS), 3) == [
        ("H+1", date(2026, 11, 27)),
        ("H+8", date(2026, 12, 4)),
        ("H+15", date(2026, 12, 11)),
    ]


def test_a_pokja_sets_its_own_days():
    rules = Rules(follow_up_days=(2,), overdue_daily=0, overdue_every=3, ketua_after=4)
    due = date(2026, 11, 26)
    assert days(ahead(rules.follow_up_days, due, due, HOURS)) == [("H-2", date(2026, 11, 24))]
    assert days(overdue(rules, due, HOURS), 2) == [("H+3", date(2026, 11, 30)), ("H+6", date(2026, 12, 2))]
    assert days(for_ketua(rules, due, HOURS), 1) == [("H+4", date(2026, 11, 30))]


@pytest.mark.parametrize(
    ("starts", "at"),
    [
        pytest.param((2026, 11, 25, 10, 0), (2026, 11, 25, 9, 0), id="an hour before"),
        pytest.param((2026, 11, 25, 8, 30), (2026, 11, 25, 8, 0), id="early: when the hours begin"),
        pytest.param((2026, 11, 25, 8, 0), (2026, 11, 24, 16, 0), id="at the opening: the evening before"),
        pytest.param((2026, 11, 23, 7, 30), (2026, 11, 20, 16, 0), id="early on Monday: on Friday"),
        pytest.param(
            (2026, 11, 25, 19, 30), (2026, 11, 25, 16, 0), id="in the evening: before the hours end"
        ),
        pytest.param((2026, 11, 25, 18, 0), (2026, 11, 25, 16, 0), id="17.00 sharp is too late"),
        pytest.param((2026, 11, 25, 17, 59), (2026, 11, 25, 16, 59), id="16.59 is not"),
        pytest.param((2026, 11, 22, 9, 0), (2026, 11, 20, 16, 0), id="on a Sunday: on Friday"),
        pytest.param((2027, 1, 1, 9, 0), (2026, 12, 31, 16, 0), id="on New Year"),
    ],
)
def test_shortly_before_a_meeting(starts, at):
    step = shortly_before(60, datetime(*starts, tzinfo=WITA), HOURS)
    assert step.at == datetime(*at, tzinfo=WITA)
    assert step.alone


@pytest.mark.parametrize(
    ("zone", "moment"),
    [
        (WIB, datetime(2026, 12, 31, 1, 0, tzinfo=UTC)),
        (WITA, datetime(2026, 12, 31, 0, 0, tzinfo=UTC)),
        (WIT, datetime(2026, 12, 30, 23, 0, tzinfo=UTC)),
    ],
)
def test_eight_o_clock_is_the_pokjas_own(zone, moment):
    hours = OfficeHours(HOURS.days, zone)
    assert next(ahead((0,), date(2026, 12, 31), date(2026, 12, 31), hours)).at == moment
    assert hours.allows(moment)
    assert not hours.allows(moment - timedelta(microseconds=1))
    assert hours.allows(moment + timedelta(hours=9, microseconds=-1))
    assert not hours.allows(moment + timedelta(hours=9))
    assert hours.next_opening(moment) == moment + timedelta(days=4)  # New Year, then a weekend


def test_weekly_report_on_friday_moves_over_a_holiday():
    assert days(weekly(4, date(2026, 12, 15), HOURS), 4) == [
        ("2026-12-18", date(2026, 12, 18)),
        ("2026-12-25", date(2026, 12, 28)),
        ("2027-01-01", date(2027, 1, 4)),
        ("2027-01-08", date(2027, 1, 8)),
    ]


@given(off, dues, st.sets(st.integers(0, 20), max_size=6))
def test_steps_before_are_in_order_on_working_days_and_in_time(holidays, due, counts):
    hours = OfficeHours(WorkingDays(holidays), WIB)
    steps = list(ahead(sorted(counts, reverse=True), due, due, hours))
    assert len(steps) == len(counts), "none is lost"
    assert all(hours.allows(step.at) for step in steps)
    assert all(one.at <= other.at for one, other in pairwise(steps))
    assert all(step.at.date() <= due for step in steps)
    assert all(step.at.date() < due for step in steps if step.name != "H")


@given(off, dues, st.integers(0, 8), st.integers(1, 20))
def test_overdue_steps_never_end_come_in_order_and_have_names_of_their_own(holidays, due, daily, every):
    hours = OfficeHours(WorkingDays(holidays), WIT)
    steps = list(islice(overdue(Rules(overdue_daily=daily, overdue_every=every), due, hours), 30))
    assert len({step.name for step in steps}) == 30
    assert all(hours.allows(step.at) and step.at.date() > due for step in steps)
    assert all(one.at <= other.at for one, other in pairwise(steps))
    worked = [due + timedelta(n) for n in range(1, 400) if hours.days.is_working(due + timedelta(n))]
    assert [step.at.date() for step in steps[:daily]] == worked[:daily]


@given(
    off,
    st.builds(datetime.combine, dues, st.times(), st.just(WITA)),
    st.integers(1, 600),
    st.integers(0, 22),
    st.integers(1, 23),
)
def test_the_last_word_is_always_before_the_meeting_within_hours(holidays, starts, minutes, opens, open_for):
    closes = min(opens + open_for, 23)
    hours = OfficeHours(WorkingDays(holidays), WITA, time(opens), time(closes))
    step = shortly_before(minutes, starts, hours)
    assert step.at < starts
    assert hours.allows(step.at)


@given(off, dues, st.integers(0, 3), st.integers(1, 20), st.integers(-10, 300), st.times())
def test_leaving_out_outdated_steps_changes_neither_the_last_nor_the_next(
    holidays, due, daily, often, later, clock
):
    hours = OfficeHours(WorkingDays(holidays), WITA)
    rules = Rules(overdue_daily=daily, overdue_every=often)
    today = due + timedelta(later)
    now = datetime.combine(today, clock, WITA)
    for steps in (overdue, for_ketua):
        all_come, following = upto(steps(rules, due, hours), now)
        come, coming = upto(steps(rules, due, hours, today), now)
        assert (come[-1:], coming) == (all_come[-1:], following)
    all_come, following = upto(weekly(4, due, hours), now)
    come, coming = upto(weekly(4, due, hours, today), now)
    assert (come[-1:], coming) == (all_come[-1:], following)
