"""Reminders in any world, however the bot was woken: nobody twice, nobody wrongly, nothing lost."""

from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.reminders.rules import FOLLOW_UP
from tests.support.reminders_world import BEGIN, END, by_itself, lines, minutes, moments, run, worlds


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
            waiting = {recipient.who: recipient.since for recipient in subject.recipients}
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
        for recipient in subject.recipients if subject.kind == FOLLOW_UP else ():
            told = [
                now.astimezone(state.zone).date()
                for now, message in said
                for each in message.reminders
                if (each.kind, each.id, each.to) == (FOLLOW_UP, subject.id, recipient.who)
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
