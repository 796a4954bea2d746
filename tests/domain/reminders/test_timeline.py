"""What is asked of memory, and corners of the timeline of a subject."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from domain.reminders.due import due, in_question, next_wake
from domain.reminders.rules import FOLLOW_UP
from domain.reminders.state import Snooze
from domain.reminders.timeline import timeline
from tests.support.reminders_world import (
    KETUA,
    at,
    by_itself,
    follow_up,
    lines,
    moments,
    run,
    world,
    worlds,
)

FRIDAY = date(2026, 11, 27)


def test_what_the_ketua_put_off_while_owning_it_is_not_told_before_it_is_late():
    put_off = Snooze(KETUA, FOLLOW_UP, 17, FRIDAY, date(2026, 11, 25))
    handed_on = world(follow_up(FRIDAY, 5, since=at(11, 24)), ketua=(KETUA,), snoozes=(put_off,))
    _, said = by_itself(handed_on, at(11, 24, 9), at(12, 1, 9))
    assert [each for each in lines(said) if each.endswith(f"to {KETUA}")] == [
        f"follow-up 17 ketua H+1 {FRIDAY} to {KETUA}"
    ]


@given(worlds(), st.lists(moments(), min_size=2, max_size=6).map(sorted))
def test_only_what_is_in_question_needs_to_be_remembered(state, when):
    """Whatever else was said before, what is due and when to wake are the same."""
    *before, now = when
    everything, _ = run(state, before)
    asked = in_question(everything, now, timeline(everything, now))
    known = replace(everything, sent=everything.sent & asked)
    assert due(known, now) == due(everything, now)
    assert next_wake(known, now) == next_wake(everything, now)
