"""A year of a Pokja: thirty members, two hundred tindak lanjut, meetings moved and called off, days of downtime."""

import random
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import count

import pytest

from domain.follow_ups.board import subject as of_follow_up
from domain.follow_ups.follow_up import (
    ACCEPT,
    ASK,
    CANCEL,
    FINISH,
    GIVE,
    HAND_OVER,
    LIVE,
    REOPEN,
    Event,
    FollowUp,
    apply,
    check,
    fold,
)
from domain.meetings.attendance import NO, Reply
from domain.meetings.attendance import subject as of_meeting
from domain.meetings.meeting import COMING, Meeting, Plan, announce, cancel, revise
from domain.reminders.due import due, next_wake, reasons
from domain.reminders.rules import DEFAULT, FOLLOW_UP, MEETING
from domain.reminders.state import GROUP, Absence, Message, State
from domain.reminders.timeline import timeline
from domain.roles import ANGGOTA, KETUA
from store import holidays
from tests.support.reminders_calendar import CHAIR, DAYS, DOWN, FIRST, MEMBERS, awake, downtimes, told_on
from tests.support.reminders_world import WIT

LAST = date(2027, 1, 29)
DOWN_HERE = (*DOWN, date(2026, 9, 29))


@dataclass
class Year:
    """What is so at the moment reached, and everything said until then."""

    zone: object
    chance: random.Random
    follow_ups: dict[int, FollowUp] = field(default_factory=dict)
    meetings: dict[int, Meeting] = field(default_factory=dict)
    replies: list[Reply] = field(default_factory=list)
    absences: list[Absence] = field(default_factory=list)
    blocked: set[int] = field(default_factory=set)
    sent: frozenset[str] = frozenset()
    log: list[tuple[datetime, Message]] = field(default_factory=list)
    expected: int = 0
    missing: list[str] = field(default_factory=list)

    def state(self) -> State:
        subjects = [of_follow_up(each) for each in self.follow_ups.values()]
        subjects += [of_meeting(each, MEMBERS, self.replies, self.zone) for each in self.meetings.values()]
        return State(
            pokja=7,
            rules=DEFAULT,
            zone=self.zone,
            days=DAYS,
            subjects=tuple(subjects),
            ketua=(CHAIR,),
            absences=tuple(self.absences),
            unreachable=frozenset(self.blocked),
            sent=self.sent,
            report_since=datetime.combine(FIRST, time(0), self.zone),
        )

    def wake(self, now: datetime) -> datetime | None:
        state = self.state()
        at = timeline(state, now)
        messages = due(state, now, at)
        for message in messages:
            self.verify(now, message)
        self.log += [(now, message) for message in messages]
        self.sent |= reasons(messages)
        self.look_for_missing(now, messages)
        return next_wake(replace(state, sent=self.sent), now, at)

    def verify(self, now: datetime, message: Message) -> None:
        """Nobody who is away, gone, done or not concerned; every reminder is about what is so now."""
        day = now.astimezone(self.zone).date()
        assert message.to not in self.blocked
        assert not any(each.who == message.to and each.first <= day <= each.last for each in self.absences)
        for each in message.reminders:
            if each.kind == FOLLOW_UP:
                follow_up = self.follow_ups[each.id]
                assert follow_up.state in LIVE
                assert each.days == (follow_up.due - day).days
                assert each.as_ketua or each.to in {owner.who for owner in follow_up.owners}
            else:
                plan = self.meetings[each.id].plan
                assert now < plan.starts
                assert plan.starts.isoformat(timespec="minutes") in each.reason
                assert (each.id, each.to) not in self.declined()

    def declined(self) -> set[tuple[int, int]]:
        asked = {each.id: each.asked_at for each in self.meetings.values()}
        return {(4, reply.who) for reply in self.replies if asked.get(4) and reply.at >= asked[4]}

    def look_for_missing(self, now: datetime, messages: tuple[Message, ...]) -> None:
        """At every opening: each owner who has to hear of it today by a plain reading of the rules does."""
        day = now.astimezone(self.zone).date()
        opening = datetime.combine(day, DEFAULT.opens, self.zone)
        if now != opening:
            return
        told = {
            (message.to, each.id)
            for message in messages
            for each in message.reminders
            if each.kind == FOLLOW_UP
        }
        for follow_up in self.follow_ups.values():
            if follow_up.state not in LIVE or day not in told_on(follow_up.due):
                continue
            for owner in follow_up.owners:
                away = any(each.who == owner.who and each.first <= day <= each.last for each in self.absences)
                if not away and owner.who not in self.blocked and owner.since < opening:
                    self.expected += 1
                    if (owner.who, follow_up.id) not in told:
                        self.missing.append(f"{follow_up.id} {day} {owner.who}")


def happenings(year: Year) -> list[tuple[datetime, object]]:
    """What people do, in order: a moment and a function of the moment."""
    found = [each for number in range(1, 201) for each in _follow_up(year, number)]
    found += [each for number in range(1, 25) for each in _meeting(year, number)]
    found += [(_at(year, FIRST, 300), _leave(year)) for _ in range(25)]
    found += [(_at(year, date(2026, 5, 4), 10), lambda now: year.blocked.add(13))]
    return sorted(found, key=lambda each: each[0])


def _at(year: Year, first: date, span: int) -> datetime:
    """Any minute of any day, at night and on Sundays too."""
    minute = year.chance.randrange(span * 24 * 60)
    return datetime.combine(first, time(0), year.zone) + timedelta(minutes=minute)


def _leave(year: Year):
    def leave(now: datetime) -> None:
        first = now.astimezone(year.zone).date()
        year.absences.append(
            Absence(year.chance.choice(MEMBERS), first, first + timedelta(year.chance.randrange(14)))
        )

    return leave


def _follow_up(year: Year, number: int) -> Iterator[tuple[datetime, object]]:
    chance = year.chance
    given = _at(year, FIRST, 330)
    due_on = given.date() + timedelta(chance.randrange(1, 40))
    owners = tuple(chance.sample(MEMBERS, chance.choice([1, 1, 2, 3])))

    def give(now: datetime) -> None:
        year.follow_ups[number] = fold(number, [Event(GIVE, CHAIR, now, due=due_on, owners=owners)])

    def act(kind: str, role: str, **details: object):
        def happen(now: datetime) -> None:
            follow_up, today = year.follow_ups[number], now.astimezone(year.zone).date()
            by = CHAIR if role == KETUA else follow_up.owners[0].who
            days = details.get("days")
            event = Event(
                kind, by, now, "Alasan", today + timedelta(days) if days else None, details.get("owners", ())
            )
            try:
                check(follow_up, event, role, today)
            except Exception:  # noqa: BLE001 - people try what can't be done, too
                return
            year.follow_ups[number] = apply(follow_up, event)

        return happen

    later = (given + timedelta(minutes=chance.randrange(60, 60 * 24 * 50)) for _ in count())
    yield given, give
    if chance.random() < 0.3:
        asked = next(later)
        yield asked, act(ASK, ANGGOTA, days=chance.randrange(5, 40))
        yield asked + timedelta(hours=chance.randrange(100)), act(ACCEPT, KETUA)
    if chance.random() < 0.2:
        yield next(later), act(HAND_OVER, ANGGOTA, owners=tuple(chance.sample(MEMBERS, 2)))
    if chance.random() < 0.8:
        done = next(later)
        yield done, act(FINISH, ANGGOTA)
        if chance.random() < 0.1:
            yield done + timedelta(days=3), act(REOPEN, KETUA)
    if chance.random() < 0.05:
        yield next(later), act(CANCEL, KETUA)


def _meeting(year: Year, number: int) -> Iterator[tuple[datetime, object]]:
    chance = year.chance
    told = _at(year, FIRST, 330)

    def starts(after: datetime) -> datetime:
        day = DAYS.plus(after.astimezone(year.zone).date(), chance.randrange(3, 12))
        return datetime.combine(day, chance.choice([time(8), time(9), time(13, 30), time(19)]), year.zone)

    def tell(now: datetime) -> None:
        plan = Plan("Pertemuan", starts(now), 120, "Aula", "", ())
        year.meetings[number] = announce(Meeting(number, "planned", plan), KETUA, now)
        year.replies += [Reply(9, NO, now + timedelta(minutes=5), "Dinas luar")] if number == 4 else []

    def move(now: datetime) -> None:
        if now < year.meetings[number].plan.starts and year.meetings[number].state in COMING:
            plan = replace(year.meetings[number].plan, starts=starts(now))
            year.meetings[number], _ = revise(year.meetings[number], plan, KETUA, now)

    def call_off(now: datetime) -> None:
        year.meetings[number] = cancel(year.meetings[number], KETUA, "Batal")

    yield told, tell
    if number % 3 == 0:
        yield told + timedelta(minutes=chance.randrange(60 * 24 * 4)), move
    if number % 5 == 0:
        yield told + timedelta(minutes=chance.randrange(60 * 24 * 6)), call_off


def live(zone) -> Year:
    lived = Year(zone, random.Random(str(zone)))
    events = deque(happenings(lived))
    now = datetime.combine(FIRST, time(0), lived.zone)
    end = datetime.combine(LAST, time(23), lived.zone)
    wake: datetime | None = now
    while now < end:
        if events and (wake is None or events[0][0] <= wake):
            now, happen = events.popleft()
            happen(now)
            coming = next_wake(lived.state(), now)
            wake = coming and awake(coming, lived.zone, DOWN_HERE)
        elif wake is not None:
            now = wake
            coming = lived.wake(now)
            wake = coming and awake(coming, lived.zone, DOWN_HERE)
        else:
            break
    assert not events
    return lived


def something_happened(year):
    kinds = Counter(each.kind for _, message in year.log for each in message.reminders)
    assert kinds[FOLLOW_UP] > 500
    assert kinds[MEETING] > 500
    assert sum(message.to == GROUP for _, message in year.log) > 45


def none_twice(year):
    said = Counter(each.reason for _, message in year.log for each in message.reminders)
    assert [reason for reason, times in said.items() if times > 1] == []
    messages = Counter((message.to, message.reason) for _, message in year.log)
    assert [reason for reason, times in messages.items() if times > 1] == []


def none_missing(year):
    assert year.expected > 800
    assert year.missing == []


def none_outside_hours_or_on_a_holiday(year):
    for now, _ in year.log:
        local = now.astimezone(year.zone)
        assert time(8) <= local.time() < time(17)
        assert local.weekday() < 5
        assert local.date() not in holidays.of_year(local.year)


def one_digest_a_person_and_day(year):
    digests = Counter(
        (message.to, now.astimezone(year.zone).date())
        for now, message in year.log
        if message.to != GROUP and not all(each.alone for each in message.reminders)
    )
    assert max(digests.values()) == 1


def none_while_the_bot_was_down(year):
    for begins, ends in downtimes(year.zone, DOWN_HERE):
        assert [now for now, _ in year.log if begins <= now < ends] == []
    assert any(now.astimezone(UTC).minute == 17 for now, _ in year.log), "it caught up when it came back"


def who_let_it_run_late_was_told_until_the_end_and_so_was_the_ketua(year):
    """What still stands open at the end: told about in the last fortnight, unless the owner can't be reached."""
    end = datetime.combine(LAST, time(23), year.zone)
    recent = [
        (message.to, each.id)
        for now, message in year.log
        for each in message.reminders
        if now > end - timedelta(days=14) and each.kind == FOLLOW_UP
    ]
    late = [each for each in year.follow_ups.values() if each.state in LIVE and each.due < date(2026, 12, 1)]
    assert late
    for follow_up in late:
        assert {(owner.who, follow_up.id) for owner in follow_up.owners if owner.who != 13} <= set(recent)
        assert (CHAIR, follow_up.id) in recent


@pytest.mark.parametrize("zone", [WIT], ids=["WIT"])  # farthest from the clock of a server
def test_a_year(zone):
    """One test for one year: it takes some seconds to live through."""
    year = live(zone)
    something_happened(year)
    none_twice(year)
    none_missing(year)
    none_outside_hours_or_on_a_holiday(year)
    one_digest_a_person_and_day(year)
    none_while_the_bot_was_down(year)
    who_let_it_run_late_was_told_until_the_end_and_so_was_the_ketua(year)
