"""The agenda of a meeting: filled from a topic's sessions, timed, edited, and followed while the meeting runs.

The review of the last results and tindak lanjut comes first and the next date last, whatever is edited between.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from domain.faults import Rejected
from domain.process.model import Session

REVIEW, LATE, ORDINARY, BREAK, CLOSING = "review", "late", "ordinary", "break", "closing"
PLACES = {REVIEW: 0, LATE: 1, ORDINARY: 2, BREAK: 2, CLOSING: 3}
"""Where each kind stands; within ORDINARY and BREAK the order is free."""
LONGEST, MOST = 480, 40
STEP = 5
"""Minutes are dealt out in fives where the length of the session allows."""


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """A point of the agenda: its number (`key`, never used again), `kind`, text and length in minutes.

    The LATE item stands for overdue tindak lanjut, whose numbers are its `follow_ups`.
    """

    key: int
    kind: str
    text: str
    minutes: int
    follow_ups: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Words:
    """The texts of the points every agenda has, and words that show that a guide's own text is one of them."""

    review: str
    late: str
    pause: str
    closing: str
    review_marks: tuple[str, ...] = ()
    closing_marks: tuple[str, ...] = ()


def build(
    sessions: Sequence[Session], words: Words, late: Sequence[int] = (), pause: int = 0
) -> tuple[AgendaItem, ...]:
    """The agenda of a meeting that takes those sessions, with a break of `pause` minutes between two.

    Every session's minutes are dealt out exactly over its points. `late` are overdue tindak lanjut to be spoken of.
    """
    drafts: list[AgendaItem] = []
    for number, session in enumerate(sessions):
        if number and pause:
            drafts.append(AgendaItem(0, BREAK, words.pause, pause))
        points = _points(session, words, late, first=number == 0, last=number == len(sessions) - 1)
        shares = shared_out(session.minutes, len(points))
        drafts += [replace(point, minutes=each) for point, each in zip(points, shares, strict=True)]
    return tuple(replace(each, key=number) for number, each in enumerate(drafts, start=1))


def _points(
    session: Session, words: Words, late: Sequence[int], *, first: bool, last: bool
) -> list[AgendaItem]:
    points = [AgendaItem(0, ORDINARY, text, 0) for text in session.agenda]
    if first:
        points = [*_opening(points, words), *points[_is_said(points[:1], words.review_marks) :]]
        points[1:1] = [AgendaItem(0, LATE, words.late, 0, tuple(late))] if late else []
    if last and _is_said(points[-1:], words.closing_marks):
        points[-1] = replace(points[-1], kind=CLOSING)
    elif last:
        points.append(AgendaItem(0, CLOSING, words.closing, 0))
    return points


def _opening(points: Sequence[AgendaItem], words: Words) -> list[AgendaItem]:
    """The agenda's first point, a review of earlier meetings: the guide's own if it has one."""
    own = _is_said(points[:1], words.review_marks)
    return [AgendaItem(0, REVIEW, points[0].text if own else words.review, 0)]


def _is_said(points: Sequence[AgendaItem], marks: Sequence[str]) -> bool:
    return any(mark in point.text.casefold() for point in points for mark in marks)


def shared_out(minutes: int, count: int) -> tuple[int, ...]:
    """The minutes in `count` nearly equal parts that add up exactly, the longer ones first.

    In fives where that leaves something for each; where there are fewer minutes than parts, the last get none.
    """
    step = STEP if minutes % STEP == 0 and minutes >= STEP * count else 1
    each, over = divmod(minutes // step, count)
    return tuple(step * (each + (number < over)) for number in range(count))


@dataclass(frozen=True, slots=True)
class Timed:
    """A point with the moments it begins and ends, in the zone of the meeting's start."""

    item: AgendaItem
    starts: datetime
    ends: datetime


def timed(agenda: Iterable[AgendaItem], starts: datetime) -> tuple[Timed, ...]:
    """The points one after the other from `starts` on."""
    found: list[Timed] = []
    for item in agenda:
        ends = starts + timedelta(minutes=item.minutes)
        found.append(Timed(item, starts, ends))
        starts = ends
    return tuple(found)


def length(agenda: Iterable[AgendaItem]) -> int:
    """The agenda's length in minutes."""
    return sum(item.minutes for item in agenda)


def add(
    agenda: Sequence[AgendaItem], text: str, minutes: int, at: int | None = None, kind: str = ORDINARY
) -> tuple[AgendaItem, ...]:
    """A further ordinary point or break at a place (0 is the first; None: the end), as near as its kind may stand.

    Raises Rejected: agenda_full, agenda_minutes.
    """
    if len(agenda) >= MOST:
        raise Rejected("agenda_full", most=MOST)
    key = 1 + max((item.key for item in agenda), default=0)
    return _placed(agenda, AgendaItem(key, kind, text, _checked(minutes)), len(agenda) if at is None else at)


def remove(agenda: Sequence[AgendaItem], key: int) -> tuple[AgendaItem, ...]:
    """The agenda without that point. Raises Rejected: agenda_unknown."""
    gone = find(agenda, key)
    return tuple(item for item in agenda if item is not gone)


def move(agenda: Sequence[AgendaItem], key: int, at: int) -> tuple[AgendaItem, ...]:
    """That point at another place among the others. Raises Rejected: agenda_unknown, agenda_fixed."""
    item = find(agenda, key)
    if item.kind not in {ORDINARY, BREAK}:
        raise Rejected("agenda_fixed")
    return _placed(remove(agenda, key), item, at)


def change(
    agenda: Sequence[AgendaItem], key: int, *, text: str | None = None, minutes: int | None = None
) -> tuple[AgendaItem, ...]:
    """That point with another text or length. Raises Rejected: agenda_unknown, agenda_minutes."""
    old = find(agenda, key)
    new = replace(
        old,
        text=old.text if text is None else text,
        minutes=old.minutes if minutes is None else _checked(minutes),
    )
    return tuple(new if item is old else item for item in agenda)


def speak_of(
    agenda: Sequence[AgendaItem], late: Sequence[int], text: str, minutes: int
) -> tuple[AgendaItem, ...]:
    """With the tindak lanjut that are overdue by now: the point for them appears, changes, or goes with the last."""
    kept = tuple(item for item in agenda if item.kind != LATE)
    if not late:
        return kept
    old = next((item for item in agenda if item.kind == LATE), None)
    key = old.key if old else 1 + max((item.key for item in agenda), default=0)
    item = replace(old, follow_ups=tuple(late)) if old else AgendaItem(key, LATE, text, minutes, tuple(late))
    return _placed(kept, item, 0)


def find(agenda: Iterable[AgendaItem], key: int) -> AgendaItem:
    """The point of that number. Raises Rejected: agenda_unknown."""
    for item in agenda:
        if item.key == key:
            return item
    raise Rejected("agenda_unknown")


def _placed(agenda: Sequence[AgendaItem], item: AgendaItem, at: int) -> tuple[AgendaItem, ...]:
    mine = PLACES[item.kind]
    least = sum(PLACES[each.kind] < mine for each in agenda)
    most = sum(PLACES[each.kind] <= mine for each in agenda)
    place = min(max(at, least), most)
    return (*agenda[:place], item, *agenda[place:])


def _checked(minutes: int) -> int:
    if not 1 <= minutes <= LONGEST:
        raise Rejected("agenda_minutes", least=1, most=LONGEST)
    return minutes


@dataclass(frozen=True, slots=True)
class Pace:
    """Where a running meeting is: the point it should be at now, what is still to do, how many minutes it is behind.

    `behind` is how long ago the first unfinished point should have ended, in whole minutes rounded up; 0 in time.
    """

    now_on: AgendaItem | None
    left: tuple[AgendaItem, ...]
    behind: int


def pace(points: Sequence[Timed], done: Collection[int], now: datetime) -> Pace:
    """How the meeting stands against its clock; `done` are the keys of the points that were ticked."""
    left = [point for point in points if point.item.key not in done]
    now_on = next((point.item for point in points if point.starts <= now < point.ends), None)
    late = (now - left[0].ends) if left else timedelta(0)
    minutes = -(-late // timedelta(minutes=1))
    return Pace(now_on, tuple(point.item for point in left), max(0, minutes))
