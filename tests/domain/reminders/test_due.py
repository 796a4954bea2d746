"""What is said when: steps before and after a day, one digest a morning, weekly reports."""

from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

import pytest

from domain.reminders.due import due, next_wake, reasons
from domain.reminders.rules import Rules
from tests.support.reminders_world import (
    DUE,
    GROUP,
    KETUA,
    WIB,
    WIT,
    WITA,
    activity,
    at,
    by_itself,
    follow_up,
    lines,
    meeting,
    openings,
    run,
    world,
)

FOUR = ["H-7", "H-3", "H-1", "H"]


def test_the_course_of_a_tindak_lanjut():
    state, said = by_itself(world(follow_up(DUE)), at(11, 16), at(12, 12))
    assert lines(said) == [
        f"follow-up 17 {step} 2026-11-27 to 5" for step in [*FOUR, "H+3", "H+4", "H+5", "H+6", "H+7", "H+14"]
    ]
    assert [message.reason for _, message in said][:2] == ["digest 5 2026-11-20", "digest 5 2026-11-24"]
    assert [message.reminders[0].days for _, message in said] == [7, 3, 1, 0, -3, -4, -5, -6, -7, -14]
    assert due(state, at(12, 12)) == ()


@pytest.mark.parametrize(
    ("zone", "first"),
    [(WIB, "2026-11-20T01:00"), (WITA, "2026-11-20T00:00"), (WIT, "2026-11-19T23:00")],
)
def test_each_zone_has_its_own_morning(zone, first):
    _, said = by_itself(world(follow_up(DUE), zone=zone), at(11, 16), at(11, 21))
    assert [when.astimezone(ZoneInfo("UTC")).isoformat()[:16] for when, _ in said] == [first]


def test_three_days_of_downtime_are_one_message_with_the_latest_step():
    state = world(follow_up(DUE), follow_up(date(2026, 11, 26), number=18))
    _, said = run(state, [at(11, 20), at(11, 26, 11, 40)])  # Friday; then not before Thursday
    assert [message.reason for _, message in said] == ["digest 5 2026-11-20", "digest 5 2026-11-26"]
    assert lines(said[1:]) == [
        "follow-up 18 H 2026-11-26 to 5",
        "follow-up 17 H-1 2026-11-27 to 5",
    ]


def test_a_bot_that_comes_up_in_the_evening_waits_for_the_morning():
    state = world(follow_up(DUE))
    assert due(state, at(11, 20, 17, 0)) == ()
    assert next_wake(state, at(11, 20, 17, 0)) == at(11, 23)
    assert lines([(at(11, 23), message) for message in due(state, at(11, 23))]) == [
        "follow-up 17 H-7 2026-11-27 to 5"
    ]


def test_several_matters_are_one_digest_the_most_urgent_first():
    state = world(
        follow_up(DUE, 5, number=1),
        follow_up(date(2026, 11, 20), 5, 6, number=2),
        activity(at(11, 24, 15), 5),
        meeting(at(11, 26, 9), 5, 6),
    )
    (five, six) = due(state, at(11, 24))
    assert [(each.kind, each.id, each.step, each.days) for each in five.reminders] == [
        ("follow-up", 2, "H+4", -4),
        ("activity", 9, "H", 0),
        ("meeting", 4, "H-3", 2),  # H-3 was Monday; nobody was awake
        ("follow-up", 1, "H-3", 3),
    ]
    assert (six.to, six.reason) == (6, "digest 6 2026-11-24")


def test_an_hour_before_the_meeting_comes_alone_after_the_digest():
    state = world(meeting(at(11, 24, 10)), activity(at(11, 24, 15)))
    _, said = by_itself(state, at(11, 24), at(11, 25))
    assert [(when, message.reason) for when, message in said] == [
        (at(11, 24), "digest 5 2026-11-24"),
        (at(11, 24, 9), "meeting 4 M-60 2026-11-24T10:00+07:00 to 5"),
    ]


def test_a_second_matter_of_the_same_day_waits_for_tomorrows_digest():
    state, _ = run(world(follow_up(DUE)), [at(11, 24)])
    state = replace(state, subjects=(*state.subjects, follow_up(DUE, number=18)))
    assert due(state, at(11, 24, 9)) == ()
    assert next_wake(state, at(11, 24, 9)) == at(11, 25)
    assert lines([(at(11, 25), each) for each in due(state, at(11, 25))]) == [
        "follow-up 18 H-3 2026-11-27 to 5"
    ]


def test_nothing_of_a_meeting_once_it_has_begun():
    state = world(meeting(at(11, 24, 10)))
    assert due(state, at(11, 24, 9, 59)) != ()
    assert due(state, at(11, 24, 10)) == ()
    assert next_wake(state, at(11, 24, 10)) is None


def test_what_closes_when_the_day_begins_has_its_last_word_the_day_before():
    _, said = by_itself(world(activity(at(11, 25, 8))), at(11, 23), at(11, 26))
    assert [(when, each.step) for when, message in said for each in message.reminders] == [(at(11, 24), "H")]


def test_a_moved_meeting_reminds_anew_of_its_new_time_only():
    state, said = run(world(meeting(at(11, 24, 10))), openings(at(11, 19), 5))
    assert lines(said) == ["meeting 4 H-1 2026-11-24T10:00+07:00 to 5"]  # H-3 is a Saturday, moved to Monday
    moved = replace(state, subjects=(meeting(at(11, 27, 13), since=at(11, 23, 9)),))
    _, said = by_itself(moved, at(11, 23, 9), at(12, 1))
    assert lines(said) == [
        "meeting 4 H-3 2026-11-27T13:00+07:00 to 5",
        "meeting 4 H-1 2026-11-27T13:00+07:00 to 5",
        "meeting 4 M-60 2026-11-27T13:00+07:00 to 5",
    ]


def test_an_extension_reminds_of_the_new_day():
    state, _ = run(world(follow_up(DUE)), openings(at(11, 20), 7))
    extended = replace(state, subjects=(follow_up(date(2026, 12, 4), since=at(11, 26, 9)),))
    _, said = by_itself(extended, at(11, 26, 9), at(12, 4))
    assert [reason.split()[2] for reason in lines(said)] == FOUR
    assert all("2026-12-04" in reason for reason in lines(said))


def test_the_weekly_report_goes_to_the_group_on_fridays_moved_over_christmas():
    state = world(report_since=at(12, 14, 10))
    _, said = by_itself(state, at(12, 14, 10), at(1, 9))
    assert [(when, message.to, message.reason) for when, message in said] == [
        (at(12, 18), GROUP, "weekly 7 2026-12-18"),
        (at(12, 28), GROUP, "weekly 7 2026-12-25"),
        (at(1, 4), GROUP, "weekly 7 2027-01-01"),
        (at(1, 8), GROUP, "weekly 7 2027-01-08"),
    ]


def test_weeks_of_downtime_make_one_report():
    _, said = run(world(report_since=at(11, 1)), [at(12, 16, 14)])
    assert [message.reason for _, message in said] == ["weekly 7 2026-12-11"]


def test_over_the_year_end():
    state = world(follow_up(date(2027, 1, 4)), ketua=(KETUA,))
    _, said = by_itself(state, at(12, 21), at(1, 8))
    told = [(when.date(), message.to, each.step) for when, message in said for each in message.reminders]
    assert told == [
        (date(2026, 12, 28), 5, "H-7"),
        (date(2026, 12, 31), 5, "H-1"),  # H-3 and H-1 fall on days off; the last day worked has the last word
        (date(2027, 1, 4), 5, "H"),
        (date(2027, 1, 5), 1, "H+1"),
        (date(2027, 1, 5), 5, "H+1"),
        (date(2027, 1, 6), 5, "H+2"),
        (date(2027, 1, 7), 5, "H+3"),
        (date(2027, 1, 8), 5, "H+4"),
    ]


def test_a_pokjas_own_hours():
    rules = Rules(opens=at(11, 20, 9, 30).time(), closes=at(11, 20, 10).time())
    state = world(follow_up(DUE), rules=rules)
    assert next_wake(state, at(11, 19)) == at(11, 20, 9, 30)
    assert due(state, at(11, 20, 9)) == ()
    assert due(state, at(11, 20, 9, 59)) != ()
    assert due(state, at(11, 20, 10)) == ()


def test_reasons_remember_the_message_and_each_line():
    messages = due(world(follow_up(DUE)), at(11, 20))
    assert reasons(messages) == {"digest 5 2026-11-20", "follow-up 17 H-7 2026-11-27 to 5"}
