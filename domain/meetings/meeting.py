"""A meeting: what was announced, its states, and what a change means for people and for their calendars."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime, timedelta

from domain.faults import Rejected
from domain.meetings.agenda import AgendaItem, Timed, length, timed
from domain.roles import FACILITATORS, KETUA, MANAGERS

PLANNED, ANNOUNCED, MOVED, CANCELLED, IN_SESSION, CORRECTING, FINAL = (
    "planned",
    "announced",
    "moved",
    "cancelled",
    "held",
    "correcting",
    "final",
)
"""States. CORRECTING: the minutes are with everybody for corrections until a day."""
ANNOUNCE, REVISE, CANCEL, OPEN, CIRCULATE, FINALISE = (
    "announce",
    "revise",
    "cancel",
    "open",
    "circulate",
    "finalise",
)
"""What can be done with a meeting; OPEN begins it."""
COMING = frozenset({ANNOUNCED, MOVED})
"""Announced and still to be held."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What people are told of a meeting. `starts` is aware; `minutes` its length; `place` or `link` may be empty.

    A field added here is kept as a column of the same name, and told as changed by the word `meeting_field.<name>`.
    """

    title: str
    starts: datetime
    minutes: int
    place: str
    link: str
    agenda: tuple[AgendaItem, ...]

    @property
    def ends(self) -> datetime:
        """When it is over, in the zone of its start."""
        return self.starts + timedelta(minutes=self.minutes)

    @property
    def points(self) -> tuple[Timed, ...]:
        """The agenda with its moments, in the zone of its start."""
        return timed(self.agenda, self.starts)

    def with_agenda(self, agenda: Sequence[AgendaItem]) -> "Plan":
        """The same with another agenda, as long as that takes."""
        return replace(self, agenda=tuple(agenda), minutes=length(agenda))


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting as it stands.

    `sequence` counts what its calendar file told since it was announced (0); `asked_at` is when its present time was
    announced: an answer given before is about another time.
    """

    id: int
    state: str
    plan: Plan
    sequence: int = 0
    asked_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """A field of the plan that is different now."""

    field: str
    old: object
    new: object


@dataclass(frozen=True, slots=True)
class Rule:
    """From which states to which one something leads (`after` None: the state stays), and who may do it."""

    states: frozenset[str]
    after: str | None
    roles: frozenset[str]


RULES: Mapping[str, Rule] = {
    ANNOUNCE: Rule(frozenset({PLANNED}), ANNOUNCED, MANAGERS),
    REVISE: Rule(frozenset({PLANNED}) | COMING, None, MANAGERS),
    CANCEL: Rule(frozenset({PLANNED}) | COMING, CANCELLED, MANAGERS),
    OPEN: Rule(COMING, IN_SESSION, FACILITATORS),
    CIRCULATE: Rule(frozenset({IN_SESSION}), CORRECTING, MANAGERS),
    FINALISE: Rule(frozenset({CORRECTING}), FINAL, frozenset({KETUA})),
}


def check(meeting: Meeting, action: str, role: str) -> None:
    """Whether that may be done now by somebody of that role. Raises Rejected: not_allowed, meeting_state."""
    rule = RULES[action]
    if role not in rule.roles:
        raise Rejected("not_allowed", role=role)
    if meeting.state not in rule.states:
        raise Rejected("meeting_state", state=meeting.state)


def open_to(meeting: Meeting, role: str) -> tuple[str, ...]:
    """What somebody of that role may do now, as buttons are shown."""
    return tuple(
        action for action, rule in RULES.items() if role in rule.roles and meeting.state in rule.states
    )


def announce(meeting: Meeting, role: str, now: datetime) -> Meeting:
    """The meeting, now announced. Raises Rejected as `check`, and meeting_past."""
    check(meeting, ANNOUNCE, role)
    _check_ahead(meeting.plan, now)
    return replace(meeting, state=ANNOUNCED, asked_at=now)


def revise(meeting: Meeting, plan: Plan, role: str, now: datetime) -> tuple[Meeting, tuple[Change, ...]]:
    """The meeting with another plan, and the changes people have to be told of.

    There are none where nothing differs, or where it has not been announced. A meeting at another time is MOVED, and
    everybody is asked again whether they come. Raises Rejected as `check`, and meeting_past.
    """
    check(meeting, REVISE, role)
    changed = changes(meeting.plan, plan)
    if any(each.field == "starts" for each in changed):
        _check_ahead(plan, now)
    if meeting.state == PLANNED or not changed:
        return replace(meeting, plan=plan), ()
    after = replace(meeting, plan=plan, sequence=meeting.sequence + 1)
    if any(each.field == "starts" for each in changed):
        after = replace(after, state=MOVED, asked_at=now)
    return after, changed


def cancel(meeting: Meeting, role: str, reason: str) -> Meeting:
    """The meeting, now cancelled. Raises Rejected as `check`, and reason_missing."""
    check(meeting, CANCEL, role)
    if meeting.state in COMING and not reason.strip():
        raise Rejected("reason_missing")
    told = 1 if meeting.state in COMING else 0
    return replace(meeting, state=CANCELLED, sequence=meeting.sequence + told)


def proceed(meeting: Meeting, action: str, role: str) -> Meeting:
    """The meeting after OPEN, CIRCULATE or FINALISE. Raises Rejected as `check`."""
    check(meeting, action, role)
    return replace(meeting, state=RULES[action].after or meeting.state)


def changes(old: Plan, new: Plan) -> tuple[Change, ...]:
    """Each field that differs; the same moment in another zone, or points counted otherwise, is no difference."""
    before, after = _told(old), _told(new)
    return tuple(Change(name, before[name], after[name]) for name in before if before[name] != after[name])


def _told(plan: Plan) -> Mapping[str, object]:
    """Each field as people know it: of the agenda the texts and minutes, not the numbers of its points."""
    points = tuple((item.text, item.minutes) for item in plan.agenda)
    return {**{each.name: getattr(plan, each.name) for each in fields(plan)}, "agenda": points}


def _check_ahead(plan: Plan, now: datetime) -> None:
    if plan.starts <= now:
        raise Rejected("meeting_past")


@dataclass(frozen=True, slots=True)
class CalendarMarks:
    """What ties a meeting's calendar files together (RFC 5545 §3.8.7.4, RFC 5546 §2.1.4).

    `uid` is the same for ever, `sequence` grows with each change.
    """

    uid: str
    sequence: int
    is_cancelled: bool

    @property
    def method(self) -> str:
        """PUBLISH or CANCEL, never REQUEST.

        People open the file by hand and answer on buttons; a REQUEST would ask their calendar to answer an organiser
        by mail, and needs the addresses of both (RFC 5546 §3.2.2), which nobody gave us.
        """
        return "CANCEL" if self.is_cancelled else "PUBLISH"

    @property
    def status(self) -> str:
        """CONFIRMED or CANCELLED."""
        return "CANCELLED" if self.is_cancelled else "CONFIRMED"


def calendar_marks(meeting: Meeting, created: datetime, host: str) -> CalendarMarks:
    """The marks; `created` and `host` make the UID one of a kind among all bots' meetings."""
    uid = f"pertemuan-{meeting.id}-{created.astimezone(UTC):%Y%m%dT%H%M%SZ}@{host}"
    return CalendarMarks(uid, meeting.sequence, meeting.state == CANCELLED)
