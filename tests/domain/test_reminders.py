from collections import Counter
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.faults import Rejected
from domain.reminders import due, left_alone, next_wake, reasons, snooze
from domain.reminders_rules import Rules
from domain.reminders_state import FOLLOW_UP, MEETING, Absence, Snooze
from tests.domain.reminders_world import (
    BEGIN,
    END,
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
    minutes,
    moments,
    openings,
    people_of,
    run,
    world,
    worlds,
)

DUE = date(2026, 11, 27)  # a Friday
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


def test_who_has_just_been_told_is_not_reminded_of_steps_gone_by():
    state = world(follow_up(DUE, since=at(11, 24, 10)))
    assert due(state, at(11, 24, 10)) == ()
    assert next_wake(state, at(11, 24, 10)) == at(11, 26)


def test_who_is_told_at_the_very_moment_of_a_step_is_not_told_twice():
    assert due(world(follow_up(DUE, since=at(11, 24))), at(11, 24, 9)) == ()


def test_an_extension_reminds_of_the_new_day():
    state, _ = run(world(follow_up(DUE)), openings(at(11, 20), 7))
    extended = replace(state, subjects=(follow_up(date(2026, 12, 4), since=at(11, 26, 9)),))
    _, said = by_itself(extended, at(11, 26, 9), at(12, 4))
    assert [reason.split()[2] for reason in lines(said)] == FOUR
    assert all("2026-12-04" in reason for reason in lines(said))


def test_the_ketua_hears_of_what_is_overdue_but_not_twice_of_their_own():
    state = world(follow_up(DUE, 5), follow_up(DUE, KETUA, number=18), ketua=(KETUA,))
    _, said = by_itself(state, at(11, 30), at(12, 7, 9))
    told = [message for _, message in said if message.to == KETUA]
    assert [(each.id, each.step, each.as_ketua) for each in told[0].reminders] == [
        (17, "H+1", True),
        (18, "H+3", False),
    ]
    assert [each.reason for message in told for each in message.reminders if each.as_ketua] == [
        "follow-up 17 ketua H+1 2026-11-27 to 1",
        "follow-up 17 ketua H+8 2026-11-27 to 1",
    ]


def test_what_waits_for_nobody_reminds_nobody():
    done = replace(follow_up(DUE), waits=())
    state = world(done, ketua=(KETUA,))
    assert due(state, at(12, 2)) == ()
    assert next_wake(state, at(12, 2)) is None


def test_who_is_away_is_left_in_peace_and_told_the_latest_on_return():
    state = world(follow_up(DUE), absences=(Absence(5, date(2026, 11, 23), date(2026, 11, 25)),))
    _, said = by_itself(state, at(11, 16), at(11, 26))
    assert lines(said) == ["follow-up 17 H-7 2026-11-27 to 5", "follow-up 17 H-1 2026-11-27 to 5"]


def test_who_cannot_be_written_to_is_not_and_others_are():
    state = world(follow_up(DUE, 5, 6), unreachable=frozenset({5}))
    _, said = by_itself(state, at(11, 16), at(11, 21))
    assert people_of(said) == {6}


def test_what_is_due_while_somebody_is_away_is_for_the_ketua_to_know():
    mine, others, later = (
        follow_up(DUE, 5),
        follow_up(DUE, 6, number=2),
        follow_up(date(2026, 12, 4), number=3),
    )
    assert left_alone((mine, others, later), Absence(5, date(2026, 11, 23), DUE)) == (mine,)


def test_snoozed_once_until_a_later_morning():
    state, _ = run(world(follow_up(DUE)), [at(11, 20)])
    later = snooze(state, 5, FOLLOW_UP, 17, at(11, 20, 9), 3)
    assert later == Snooze(5, FOLLOW_UP, 17, DUE, date(2026, 11, 25))
    state = replace(state, snoozes=(later,))
    assert next_wake(state, at(11, 20, 9)) == at(11, 25)
    _, said = by_itself(state, at(11, 20, 9), at(11, 27))
    assert lines(said) == [
        "follow-up 17 tunda 2026-11-25 2026-11-27 to 5",  # H-3 of the 24th is passed over
        "follow-up 17 H-1 2026-11-27 to 5",
        "follow-up 17 H 2026-11-27 to 5",
    ]


@pytest.mark.parametrize(
    ("who", "kind", "number", "days", "code"),
    [
        (6, FOLLOW_UP, 17, 1, "snooze_over"),
        (5, FOLLOW_UP, 18, 1, "snooze_over"),
        (5, FOLLOW_UP, 17, 1, "snoozed_before"),
        (5, MEETING, 4, 4, "snooze_too_long"),
        (5, MEETING, 4, 0, "snooze_too_long"),
        (5, MEETING, 4, 2, "snooze_too_late"),
    ],
)
def test_what_cannot_be_snoozed(who, kind, number, days, code):
    state = world(
        follow_up(DUE), meeting(at(11, 24, 8)), snoozes=(Snooze(5, FOLLOW_UP, 17, DUE, date(2026, 11, 21)),)
    )
    with pytest.raises(Rejected) as caught:
        snooze(state, who, kind, number, at(11, 20), days)
    assert caught.value.fault.code == code


def test_after_an_extension_one_may_snooze_again():
    used = Snooze(5, FOLLOW_UP, 17, DUE, date(2026, 11, 23))
    state = world(follow_up(date(2026, 12, 4)), snoozes=(used,))
    assert snooze(state, 5, FOLLOW_UP, 17, at(12, 1), 1).day == date(2026, 12, 4)


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


def _is_in_hours(state, when):
    local = when.astimezone(state.zone)
    is_worked = local.weekday() < 5 and local.date() not in state.days.holidays
    return is_worked and state.rules.opens <= local.time() < state.rules.closes


wakes = st.lists(moments(), max_size=40).map(sorted)


@given(worlds(), wakes)
@settings(max_examples=200)
def test_whatever_the_wakes_nobody_is_disturbed_wrongly_or_twice(state, when):
    _, said = run(state, when)
    assert all(_is_in_hours(state, now) for now, _ in said)
    assert max(Counter(lines(said)).values(), default=1) == 1
    assert max(Counter(message.reason for _, message in said).values(), default=1) == 1
    digests = [
        (message.to, now.astimezone(state.zone).date())
        for now, message in said
        if not all(each.alone for each in message.reminders)
    ]
    assert len(digests) == len(set(digests)), "one digest a person and day"


@given(worlds(), wakes)
@settings(max_examples=200)
def test_only_who_is_concerned_and_there_is_reminded_and_only_in_time(state, when):
    known = {(each.kind, each.id): each for each in state.subjects}
    _, said = run(state, when)
    for now, message in said:
        day = now.astimezone(state.zone).date()
        assert message.to not in state.unreachable
        assert not any(each.who == message.to and each.first <= day <= each.last for each in state.absences)
        for each in message.reminders:
            subject = known[each.kind, each.id]
            waiting = {waits.who: waits.since for waits in subject.waits}
            assert message.to == each.to
            assert subject.moment is None or now < subject.moment
            assert waiting[each.to] < now if not each.as_ketua else each.to in state.ketua
            if each.as_ketua:
                assert waiting
                assert day > subject.day


@given(worlds(most=3), moments(last=END - timedelta(8)))
@settings(max_examples=12)
def test_waking_when_told_says_the_same_at_the_same_minute_as_waking_every_minute(state, begin):
    end = begin + timedelta(days=7)
    _, wakeful = run(state, minutes(begin, end))
    _, thrifty = by_itself(state, begin, end)
    assert thrifty == wakeful


@given(worlds(), wakes, moments())
@settings(max_examples=150)
def test_rare_wakes_say_nothing_that_frequent_ones_do_not(state, when, begin):
    when = [now for now in when if now >= begin]
    end = max(when, default=begin)
    _, rare = run(state, when)
    _, often = by_itself(state, begin, end)
    assert set(lines(rare)) <= set(lines(often))


@given(worlds(), wakes)
@settings(max_examples=150)
def test_nothing_is_lost_whatever_was_slept_through(state, when):
    """However the wakes fell, after some more days the last word on everything is the same as without any sleep."""
    state = replace(state, absences=(), unreachable=frozenset())
    slept, said = run(state, when)
    after = max([*when, datetime.combine(BEGIN, state.rules.opens, state.zone)])
    _, more = by_itself(slept, after, after + timedelta(days=14))
    _, awake = by_itself(
        state, datetime.combine(BEGIN, state.rules.opens, state.zone), after + timedelta(days=14)
    )
    assert _last_words(state, said + more, after) == _last_words(state, awake, after)


def _last_words(state, said, after):
    """Of everything that isn't over by then: the last that each person was told."""
    living = {
        (s.kind, s.id) for s in state.subjects if s.moment is None or s.moment > after + timedelta(days=14)
    }
    return {
        (each.kind, each.id, each.to): each.reason
        for _, message in said
        for each in message.reminders
        if (each.kind, each.id) in living
    }


@given(worlds(latest_since=BEGIN - timedelta(1)))
@settings(max_examples=100)
def test_a_bot_that_never_sleeps_reminds_as_the_rules_say(state):
    """Against a naive reading of the rules, day by day, for tindak lanjut of people who are there."""
    state = replace(state, absences=(), snoozes=(), unreachable=frozenset(), ketua=())
    begin = datetime.combine(BEGIN, state.rules.opens, state.zone)
    _, said = by_itself(state, begin, datetime.combine(END, state.rules.closes, state.zone))
    caught_up = state.days.next_on_or_after(BEGIN)  # what was due before the bot began is said on that day
    for subject in state.subjects:
        for waits in subject.waits if subject.kind == FOLLOW_UP else ():
            told = [
                now.astimezone(state.zone).date()
                for now, message in said
                for each in message.reminders
                if (each.kind, each.id, each.to) == (FOLLOW_UP, subject.id, waits.who)
            ]
            wanted = _told_naively(state, subject.day)
            assert [day for day in told if day > caught_up] == [day for day in wanted if day > caught_up]


def _told_naively(state, due_on):
    worked = [BEGIN - timedelta(30) + timedelta(n) for n in range(120)]
    worked = [day for day in worked if state.days.is_working(day)]
    found = set()
    for count in state.rules.follow_up_days:
        limit = due_on - timedelta(1) if count else due_on
        moved = min(day for day in worked if day >= due_on - timedelta(count))
        found.add(moved if moved <= limit else max(day for day in worked if day <= limit))
    late = [day for day in worked if day > due_on][: state.rules.overdue_daily]
    anchor = late[-1] if late else due_on
    weeks = [anchor + timedelta(state.rules.overdue_every * n) for n in range(1, 40)]
    weeks = [day for day in weeks if day <= END + timedelta(15)]
    found |= set(late) | {min(day for day in worked if day >= each) for each in weeks}
    return sorted(day for day in found if day <= END)


def test_reasons_remember_the_message_and_each_line():
    messages = due(world(follow_up(DUE)), at(11, 20))
    assert reasons(messages) == {"digest 5 2026-11-20", "follow-up 17 H-7 2026-11-27 to 5"}
