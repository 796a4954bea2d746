"""Whom a reminder leaves in peace: who was just told, is away, can't be written to, or asked for a later day."""

from dataclasses import replace
from datetime import date

import pytest

from domain.faults import Rejected
from domain.reminders.due import due, left_alone, next_wake, snooze
from domain.reminders.rules import FOLLOW_UP, MEETING
from domain.reminders.state import Absence, Snooze
from tests.support.reminders_world import (
    DUE,
    KETUA,
    at,
    by_itself,
    follow_up,
    lines,
    meeting,
    people_of,
    run,
    world,
)


def test_who_has_just_been_told_is_not_reminded_of_steps_gone_by():
    state = world(follow_up(DUE, since=at(11, 24, 10)))
    assert due(state, at(11, 24, 10)) == ()
    assert next_wake(state, at(11, 24, 10)) == at(11, 26)


def test_who_is_told_at_the_very_moment_of_a_step_is_not_told_twice():
    assert due(world(follow_up(DUE, since=at(11, 24))), at(11, 24, 9)) == ()


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
    done = replace(follow_up(DUE), recipients=())
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
