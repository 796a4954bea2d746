from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.broadcasts.broadcast import (
    CANCELLED,
    DRAFT,
    READ,
    SCHEDULED,
    SENDING,
    SENT,
    Asked,
    Audience,
    Delivery,
    Failure,
    Person,
    Progress,
    check_cancel,
    check_time,
    progress,
    select,
    unreachable,
)
from domain.broadcasts.weekly import Occurrence, Weekly, latest, occurrences, upcoming
from domain.calendar.work_calendar import OfficeHours
from domain.calendar.working_days import WorkingDays
from domain.faults import Rejected
from tests.support.reminders_world import CHRISTMAS, WIB, WIT, at

PEOPLE = (
    Person(1, "ketua", "Bappeda"),
    Person(2, "sekretaris", "Bappeda", reach="blocked"),
    Person(3, "anggota", "PDAM", frozenset({"A"})),
    Person(4, "anggota", "Dinas PU", frozenset({"B"}), reach="unknown"),
    Person(5, "tamu", "DPRD"),
)


def numbers(people):
    return [person.id for person in people]


@pytest.mark.parametrize(
    ("audience", "wanted"),
    [
        (Audience(), [1, 2, 3, 4, 5]),
        (Audience(roles=("anggota",)), [3, 4]),
        (Audience(instansi=("Bappeda", "DPRD")), [1, 2, 5]),
        (Audience(groups=("B",)), [4]),
        (Audience(people=(5, 1)), [1, 5]),
        (Audience(roles=("tamu",), groups=("A",), people=(1,)), [1, 3, 5]),
    ],
)
def test_audiences(audience, wanted):
    assert numbers(select(audience, PEOPLE)) == wanted


def test_those_who_have_not_done_it_are_only_those_who_were_asked():
    asked = Asked(asked=frozenset({1, 3, 4}), done=frozenset({3, 5}))
    assert numbers(select(Audience(lacking=READ, of=8), PEOPLE, asked)) == [1, 4]
    assert numbers(select(Audience(roles=("anggota",), lacking=READ, of=8), PEOPLE, asked)) == [4]


def test_an_audience_of_nobody_is_told():
    with pytest.raises(Rejected) as caught:
        select(Audience(instansi=("Bapedalda",)), PEOPLE)
    assert caught.value.fault.code == "audience_empty"
    with pytest.raises(ValueError, match="without who has"):
        select(Audience(lacking=READ, of=8), PEOPLE)


def test_who_cannot_be_written_to_is_known_beforehand():
    assert numbers(unreachable(PEOPLE)) == [2, 4]


def test_progress_by_name():
    found = progress(
        [
            Delivery(1, "sent", read=True),
            Delivery(2, "failed", "blocked"),
            Delivery(3, "sent"),
            Delivery(4, "failed", "unknown"),
            Delivery(5, "queued"),
            Delivery(6, "sending"),
            Delivery(7, "failed", "Bad Request: file too big"),
        ]
    )
    assert found == Progress(
        total=7,
        sent=2,
        read=1,
        waiting=2,
        failures=(Failure(2, "other_means"), Failure(4, "invite"), Failure(7, "resend")),
    )


deliveries = st.lists(
    st.builds(
        Delivery,
        st.integers(1, 99),
        st.sampled_from(["queued", "sending", "sent", "failed"]),
        st.sampled_from(["", "blocked", "gone"]),
        st.booleans(),
    ),
    unique_by=lambda each: each.who,
)


@given(deliveries)
def test_everybody_is_counted_once(given_deliveries):
    found = progress(given_deliveries)
    assert found.sent + found.waiting + len(found.failures) == found.total == len(given_deliveries)
    assert found.read <= found.sent


@pytest.mark.parametrize(
    ("state", "code"),
    [(SENDING, "broadcast_under_way"), (SENT, "broadcast_under_way"), (CANCELLED, "broadcast_cancelled")],
)
def test_called_off_before_it_is_sent_only(state, code):
    check_cancel(DRAFT)
    check_cancel(SCHEDULED)
    with pytest.raises(Rejected) as caught:
        check_cancel(state)
    assert caught.value.fault.code == code


def test_a_time_gone_by_is_no_time_to_send():
    check_time(at(11, 20, 9), at(11, 20, 8))
    with pytest.raises(Rejected) as caught:
        check_time(at(11, 20, 8), at(11, 20, 8))
    assert caught.value.fault.code == "broadcast_past"


# Recurring ones.

HOURS = OfficeHours(WorkingDays(CHRISTMAS), WIB)
FRIDAYS = Weekly(4, time(9), at(12, 11, 10))  # set on a Friday an hour too late


def test_every_friday_moved_over_christmas_until_the_last_day():
    ending = Weekly(4, time(9), at(12, 11, 10), last=date(2027, 1, 8))
    assert list(occurrences(ending, HOURS)) == [
        Occurrence(date(2026, 12, 18), at(12, 18, 9)),
        Occurrence(date(2026, 12, 25), at(12, 28, 9)),
        Occurrence(date(2027, 1, 1), at(1, 4, 9)),
        Occurrence(date(2027, 1, 8), at(1, 8, 9)),
    ]
    assert upcoming(ending, HOURS, at(1, 8, 9)) is None


def test_every_second_week_in_the_zone_of_the_pokja():
    weekly = Weekly(0, time(8, 30), at(11, 16, 9), every=2)
    eastern = OfficeHours(HOURS.days, WIT)
    first = upcoming(weekly, eastern, at(11, 16, 9))
    assert first == Occurrence(date(2026, 11, 30), at(11, 30, 8, 30, zone=WIT))
    assert first.at == at(11, 30, 6, 30)


def test_weeks_of_downtime_send_one_and_each_is_sent_once():
    now = at(1, 6, 12)
    assert latest(FRIDAYS, HOURS, at(12, 18, 8), None) is None
    due = latest(FRIDAYS, HOURS, now, date(2026, 12, 18))
    assert due == Occurrence(date(2027, 1, 1), at(1, 4, 9))
    assert latest(FRIDAYS, HOURS, now, due.planned) is None


@given(
    st.integers(0, 6),
    st.integers(1, 3),
    st.frozensets(st.dates(date(2026, 11, 1), date(2027, 3, 1)), max_size=50),
    st.lists(st.integers(0, 24 * 90), max_size=40).map(sorted),
)
def test_whatever_the_wakes_each_occurrence_goes_at_most_once_and_on_a_working_day(
    weekday, every, off, wakes
):
    hours = OfficeHours(WorkingDays(off), WIB)
    weekly = Weekly(weekday, time(9), at(11, 2), every=every)
    done, sent = None, []
    for hour in wakes:
        now = at(11, 2) + timedelta(hours=hour)
        found = latest(weekly, hours, now, done)
        if found:
            done = found.planned
            sent.append(found)
            coming = upcoming(weekly, hours, now)
            assert coming.at > now >= found.at
    assert len({each.planned for each in sent}) == len(sent)
    assert all(hours.days.is_working(each.at.date()) and each.at.time() == time(9) for each in sent)
    assert all(each.planned.weekday() == weekday for each in sent)
    awake = list(_upto(weekly, hours, at(11, 2) + timedelta(hours=max(wakes, default=0))))
    assert set(sent) <= set(awake)
    assert not awake or sent[-1] == awake[-1]


def _upto(weekly, hours, end: datetime):
    for each in occurrences(weekly, hours):
        if each.at > end:
            return
        yield each
