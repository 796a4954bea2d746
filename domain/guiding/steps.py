"""What waits for whoever guides a Pokja: facts in, next steps out, the most pressing first."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import Final

from domain.guiding.course import Course
from domain.meetings.meeting import COMING, CORRECTING, IN_SESSION, PLANNED
from domain.process.model import Topic
from domain.process.states import AHEAD, CLOSED, OPEN, PARTED, SKIPPED
from domain.roles import FACILITATORS, KETUA, MANAGERS

PAUSE: Final = 3
"""So many working days nothing has gone on before the next step is called to mind."""
NEAR: Final = timedelta(days=1)
"""So long before its time is over an activity that lacks answers is worth a look."""


class Telling(Enum):
    """When a step is told unasked; whoever does it before that hears nothing."""

    AT_ONCE = "at once"
    IN_HOURS = "in hours"
    NEXT_MORNING = "next morning"
    AFTER_A_PAUSE = "after a pause"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of step: its name in words and buttons, whose it is, and when it is told."""

    name: str
    roles: frozenset[str]
    telling: Telling


NOT_HELD = Kind("not_held", FACILITATORS, Telling.IN_HOURS)
CIRCULATE = Kind("circulate", MANAGERS, Telling.NEXT_MORNING)
CORRECTIONS = Kind("corrections", MANAGERS, Telling.NEVER)
FINALISE = Kind("finalise", frozenset({KETUA}), Telling.IN_HOURS)
ANNOUNCE = Kind("announce", MANAGERS, Telling.NEXT_MORNING)
JOIN = Kind("join", MANAGERS, Telling.NEVER)
CLOSE = Kind("close", FACILITATORS, Telling.AT_ONCE)
TIME_OVER = Kind("time_over", FACILITATORS, Telling.NEVER)
FILL = Kind("fill", FACILITATORS, Telling.NEXT_MORNING)
UNITE = Kind("unite", FACILITATORS, Telling.NEXT_MORNING)
DECIDE = Kind("decide", FACILITATORS, Telling.NEXT_MORNING)
ADOPT = Kind("adopt", MANAGERS, Telling.NEXT_MORNING)
DUE = Kind("due", FACILITATORS, Telling.IN_HOURS)
REVIEW = Kind("review", MANAGERS, Telling.NEXT_MORNING)
BEGIN = Kind("begin", FACILITATORS, Telling.AFTER_A_PAUSE)
CLOSE_TOPIC = Kind("close_topic", FACILITATORS, Telling.AFTER_A_PAUSE)
OPEN_TOPIC = Kind("open_topic", FACILITATORS, Telling.AFTER_A_PAUSE)
RUNNING = Kind("running", FACILITATORS, Telling.NEVER)

ORDER: Final[Sequence[Kind]] = (
    NOT_HELD,
    CIRCULATE,
    CORRECTIONS,
    FINALISE,
    JOIN,
    CLOSE,
    TIME_OVER,
    UNITE,
    DECIDE,
    ADOPT,
    FILL,
    DUE,
    REVIEW,
    ANNOUNCE,
    BEGIN,
    CLOSE_TOPIC,
    OPEN_TOPIC,
    RUNNING,
)
"""All kinds, the most pressing first. Who asks to join and whose time is over is told where it happens."""


@dataclass(frozen=True, slots=True)
class Standing:
    """An activity that isn't settled, or a breakout group's copy of one (`of_group`).

    `done` of `total` have answered in full; `lacks` says whether something is to be decided before it can be adopted;
    `in_plenary` that the room alone is asked, and `filled` that it has answered. `pending_groups` counts copies that
    still work. `guide` is the membership that began it.
    """

    id: int
    title: str
    state: str
    opened_at: datetime
    closed_at: datetime | None = None
    closes_at: datetime | None = None
    done: int = 0
    total: int = 0
    lacks: bool = False
    in_plenary: bool = False
    filled: bool = False
    of_group: bool = False
    pending_groups: int = 0
    guide: int = 0


@dataclass(frozen=True, slots=True)
class MeetingStanding:
    """A meeting that isn't over. `until` is when its time for corrections is over, `undecided` how many wait."""

    id: int
    title: str
    state: str
    planned_at: datetime
    starts: datetime
    ends: datetime
    until: datetime | None = None
    undecided: int = 0


@dataclass(frozen=True, slots=True)
class Applicant:
    """Somebody who asks to join."""

    id: int
    name: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Situation:
    """All that decides what waits in a Pokja. `stale` are adopted activities, by id and title, in their order.

    `moved_at` is when the process last went on: an adoption, a topic opened or closed.
    """

    now: datetime
    course: Course | None = None
    activities: Sequence[Standing] = ()
    meetings: Sequence[MeetingStanding] = ()
    applicants: Sequence[Applicant] = ()
    stale: Sequence[tuple[int, str]] = ()
    moved_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """Something to do next, and the facts that are told of it.

    `id` is the number of an activity, a meeting or a member, or a topic's place in the process; an activity that is
    ahead has a `number` in that topic.
    `since` is when it began to wait; `guide` whose business it is first (a membership, 0: the Ketua's). `stamp` tells
    it from the same step at another time: what was told once isn't told again.
    """

    kind: Kind
    id: int
    title: str
    since: datetime
    number: int = 0
    done: int = 0
    total: int = 0
    until: datetime | None = None
    guide: int = 0
    stamp: str = ""

    @property
    def key(self) -> str:
        """The same within a Pokja as long as the same thing waits."""
        return f"{self.kind.name} {self.id} {self.stamp}".rstrip()


def next_steps(found: Situation, role: str) -> tuple[Step, ...]:
    """What waits for somebody of that role, the most pressing first; of one kind what has waited longest."""
    steps = [step for step in all_steps(found) if role in step.kind.roles]
    return tuple(sorted(steps, key=lambda step: (ORDER.index(step.kind), step.since, step.id, step.number)))


def all_steps(found: Situation) -> Iterator[Step]:
    """What waits for anybody who guides, in no order."""
    for meeting in found.meetings:
        yield from _of_meeting(meeting, found.now)
    if found.applicants:
        first = min(found.applicants, key=lambda each: each.since)
        yield Step(JOIN, first.id, first.name, first.since, total=len(found.applicants))
    for activity in found.activities:
        yield from of_activity(activity, found.now)
    if found.stale:
        (number, title), since = found.stale[0], found.moved_at or found.now
        yield Step(REVIEW, number, title, since, total=len(found.stale), stamp=f"{since:%Y%m%d}")
    if found.course is not None:
        yield from _of_course(found.course, found)


def _of_meeting(each: MeetingStanding, now: datetime) -> Iterator[Step]:
    if each.state == PLANNED and each.starts > now:
        yield Step(ANNOUNCE, each.id, each.title, each.planned_at, until=each.starts)
    elif each.state in COMING and each.ends <= now:
        stamp = f"{each.starts:%Y%m%d%H%M}"
        yield Step(NOT_HELD, each.id, each.title, each.ends, until=each.starts, stamp=stamp)
    elif each.state == IN_SESSION and each.ends <= now:
        yield Step(CIRCULATE, each.id, each.title, each.ends)
    elif each.state == CORRECTING and each.undecided:
        yield Step(CORRECTIONS, each.id, each.title, min(each.ends, now), total=each.undecided)
    elif each.state == CORRECTING and each.until is not None and each.until <= now:
        yield Step(FINALISE, each.id, each.title, each.until)


def of_activity(each: Standing, now: datetime) -> Iterator[Step]:
    """What one activity waits for, if for anything."""
    kind = _kind_of(each, now)
    if kind is None:
        return
    since = {CLOSE: each.opened_at, DUE: (each.closes_at or now) - NEAR, TIME_OVER: each.closes_at}.get(kind)
    yield Step(
        kind,
        each.id,
        each.title,
        since or each.closed_at or each.opened_at,
        done=each.done,
        total=each.total,
        until=each.closes_at,
        guide=each.guide,
        stamp=_stamp(kind, each),
    )


def _kind_of(each: Standing, now: datetime) -> Kind | None:
    if each.state == OPEN:
        return _of_open(each, now)
    if each.of_group:
        return None
    if each.state == PARTED:
        return RUNNING if each.pending_groups else UNITE
    if each.state == CLOSED:
        return DECIDE if each.lacks else ADOPT
    return None


def _of_open(each: Standing, now: datetime) -> Kind:
    """What an open activity waits for."""
    if each.filled or (each.total and each.done == each.total):
        return CLOSE
    if each.in_plenary:
        return FILL
    if each.closes_at is None or each.closes_at <= each.opened_at:
        return RUNNING
    if each.closes_at <= now:
        return TIME_OVER
    return DUE if each.closes_at - NEAR <= now else RUNNING


def _stamp(kind: Kind, each: Standing) -> str:
    moments = {
        CLOSE: f"{each.opened_at:%Y%m%d%H%M%S} {each.total}",
        DUE: f"{each.closes_at:%Y%m%d%H%M}" if each.closes_at else "",
    }
    return moments.get(kind, f"{each.closed_at or each.opened_at:%Y%m%d%H%M%S}")


def _of_course(course: Course, found: Situation) -> Iterator[Step]:
    """What can be begun: the next activity of each open topic where none is under way, else the next topic."""
    since = found.moved_at or found.now
    open_topics = [each for each in course.process.topics() if course.topics.get(each.key) == OPEN]
    found_steps = [onward(course, topic, since) for topic in open_topics] or [after(course, since)]
    yield from (step for step in found_steps if step is not None and step.kind not in {ADOPT, RUNNING})


def in_topic(course: Course, topic: Topic, since: datetime) -> Step | None:
    """The step a screen of a topic leads to: what is ahead or open there, and after its end the next topic."""
    state = course.topics.get(topic.key, AHEAD)
    if state == OPEN:
        return onward(course, topic, since)
    if state in {AHEAD, SKIPPED}:
        return _opening(course, topic, since)
    return after(course, since)


def onward(course: Course, topic: Topic, since: datetime) -> Step | None:
    """What comes next in an open topic by the states alone: what is under way, what can begin, or the topic's end."""
    index, running, following = place_of(course, topic), course.running(topic), course.next_activity(topic)
    if running is not None:
        kind = ADOPT if course.state_of(topic, running) == CLOSED else RUNNING
        return Step(kind, course.ids[f"{topic.key}/{running.key}"], running.title, since)
    if following is not None:
        number = topic.activities.index(following)
        return Step(BEGIN, index, following.title, since, number=number, stamp=following.key)
    if not course.unsettled(topic):
        return Step(CLOSE_TOPIC, index, f"{topic.key} {topic.title}", since)
    return None


def after(course: Course, since: datetime) -> Step | None:
    """The topic that can be opened next."""
    topic = course.next_topic()
    return _opening(course, topic, since) if topic is not None else None


def _opening(course: Course, topic: Topic, since: datetime) -> Step:
    return Step(OPEN_TOPIC, place_of(course, topic), f"{topic.key} {topic.title}", since)


def place_of(course: Course, topic: Topic) -> int:
    """A topic's place in the process, counted from 0."""
    return [each.key for each in course.process.topics()].index(topic.key)
