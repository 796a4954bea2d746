"""Small worlds to try reminders on, and a bot that wakes in them and remembers what it said."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from domain.calendar.working_days import WorkingDays
from domain.reminders.due import due, next_wake, reasons
from domain.reminders.rules import ACTIVITY, DEFAULT, FOLLOW_UP, MEETING, Rules
from domain.reminders.state import GROUP, Absence, Message, Recipient, Snooze, State, Subject

WIB, WITA, WIT = ZoneInfo("Asia/Jakarta"), ZoneInfo("Asia/Makassar"), ZoneInfo("Asia/Jayapura")
CHRISTMAS = frozenset({date(2026, 12, 24), date(2026, 12, 25), date(2027, 1, 1)})
LONG_AGO = datetime(2026, 1, 1, tzinfo=WIB)
KETUA = 1
DUE = date(2026, 11, 27)  # a Friday

Said = list[tuple[datetime, Message]]


def at(month: int, day: int, hour: int = 8, minute: int = 0, zone: ZoneInfo = WIB) -> datetime:
    return datetime(2027 if month < 6 else 2026, month, day, hour, minute, tzinfo=zone)


def world(*subjects: Subject, zone: ZoneInfo = WIB, rules: Rules = DEFAULT, **options: Any) -> State:
    return State(7, rules, zone, WorkingDays(CHRISTMAS), subjects, **options)


def follow_up(due_on: date, *people: int, number: int = 17, since: datetime = LONG_AGO) -> Subject:
    return Subject(FOLLOW_UP, number, due_on, tuple(Recipient(who, since) for who in people or (5,)))


def meeting(starts: datetime, *people: int, number: int = 4, since: datetime = LONG_AGO) -> Subject:
    recipients = tuple(Recipient(who, since) for who in people or (5,))
    return Subject(MEETING, number, starts.date(), recipients, starts)


def activity(closes: datetime, *people: int, number: int = 9, since: datetime = LONG_AGO) -> Subject:
    recipients = tuple(Recipient(who, since) for who in people or (5,))
    return Subject(ACTIVITY, number, closes.date(), recipients, closes)


def run(state: State, moments: Iterable[datetime]) -> tuple[State, Said]:
    """Wakes at each moment, sends what is due and remembers it."""
    said: Said = []
    for now in moments:
        messages = due(state, now)
        said += [(now, message) for message in messages]
        state = replace(state, sent=state.sent | reasons(messages))
    return state, said


def by_itself(state: State, begin: datetime, end: datetime) -> tuple[State, Said]:
    """Wakes when `next_wake` says so, and only then."""
    said: Said = []
    now: datetime | None = begin
    while now is not None and now <= end:
        state, more = run(state, [now])
        said += more
        now = next_wake(state, now)
    return state, said


def minutes(begin: datetime, end: datetime, every: int = 1) -> Iterator[datetime]:
    while begin <= end:
        yield begin
        begin += timedelta(minutes=every)


def openings(begin: datetime, count: int) -> Iterator[datetime]:
    return (begin + timedelta(n) for n in range(count))


def lines(said: Said) -> list[str]:
    """The reason of every reminder said, in order."""
    return [reminder.reason for _, message in said for reminder in message.reminders]


# Worlds of a fortnight around the end of the year, for properties.

BEGIN, END = date(2026, 12, 16), date(2027, 1, 6)
people = st.integers(1, 4)
days = st.sampled_from([BEGIN + timedelta(n) for n in range((END - BEGIN).days + 1)])
zones = st.sampled_from([WIB, WITA, WIT])


@st.composite
def moments(draw: st.DrawFn, zone: ZoneInfo = WIB, first: date = BEGIN, last: date = END) -> datetime:
    """Any minute; drawn in three, where dates and times would be drawn in seven."""
    hour, minute = draw(st.integers(0, 23)), draw(st.integers(0, 59))
    day = first + timedelta(draw(st.integers(0, (last - first).days)))
    return datetime.combine(day, time(hour, minute), zone)


@st.composite
def subjects(draw: st.DrawFn, number: int, zone: ZoneInfo, latest_since: date) -> Subject:
    kind = draw(st.sampled_from([FOLLOW_UP, MEETING, ACTIVITY]))
    since = moments(zone, BEGIN - timedelta(10), latest_since)
    recipients = tuple(Recipient(who, draw(since)) for who in draw(st.sets(people, max_size=3)))
    if kind == FOLLOW_UP:
        return Subject(kind, number, draw(days), recipients)
    moment = draw(moments(zone))
    return Subject(kind, number, moment.date(), recipients, moment)


rules = st.builds(
    Rules,
    follow_up_days=st.sampled_from([(7, 3, 1, 0), (2,), (), (5, 4, 3, 2, 1, 0)]),
    meeting_days=st.sampled_from([(3, 1), (1, 0), ()]),
    meeting_minutes=st.sampled_from([0, 15, 60, 600]),
    overdue_daily=st.integers(0, 3),
    overdue_every=st.integers(1, 7),
    ketua_after=st.integers(1, 3),
    opens=st.sampled_from([time(8), time(7, 30)]),
    closes=st.sampled_from([time(17), time(12)]),
)


@st.composite
def worlds(draw: st.DrawFn, most: int = 4, latest_since: date = END) -> State:
    zone = draw(zones)
    count = draw(st.integers(1, most))
    found = tuple(draw(subjects(number, zone, latest_since)) for number in range(count))
    return State(
        pokja=7,
        rules=draw(rules),
        zone=zone,
        days=WorkingDays(draw(st.frozensets(days, max_size=8)) | CHRISTMAS),
        subjects=found,
        ketua=draw(st.sampled_from([(), (KETUA,), (KETUA, 2)])),
        absences=tuple(_absence(draw) for _ in range(draw(st.integers(0, 2)))),
        snoozes=tuple(_snooze(draw, draw(st.sampled_from(found))) for _ in range(draw(st.integers(0, 2)))),
        unreachable=draw(st.frozensets(people, max_size=1)),
        report_since=draw(st.none() | moments(zone)),
    )


def _absence(draw: st.DrawFn) -> Absence:
    first = draw(days)
    return Absence(draw(people), first, first + timedelta(draw(st.integers(0, 6))))


def _snooze(draw: st.DrawFn, subject: Subject) -> Snooze:
    return Snooze(draw(people), subject.kind, subject.id, subject.day, draw(days))


def people_of(said: Said) -> set[int]:
    return {message.to for _, message in said} - {GROUP}
