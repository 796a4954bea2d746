"""What use cases of meetings hand back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from domain.meetings.agenda import Pace
from domain.meetings.attendance import Attendance, Reply
from domain.meetings.meeting import Change, Meeting, Plan
from domain.meetings.minutes import Entry, Point
from usecases.outcomes import Outcome, Person


@dataclass(frozen=True, slots=True)
class MeetingFacts:
    """What everybody invited may know of a meeting; its moments are in the `zone` of its Pokja."""

    meeting: Meeting
    zone: str
    pokja: str

    @property
    def id(self) -> int:
        """The meeting's number."""
        return self.meeting.id

    @property
    def state(self) -> str:
        """The meeting's state."""
        return self.meeting.state

    @property
    def plan(self) -> Plan:
        """What people are told of it."""
        return self.meeting.plan


@dataclass(frozen=True, slots=True)
class MeetingLine:
    """A meeting in a list; `mine` is what the actor answered, empty without an answer, None where not invited."""

    id: int
    title: str
    starts: datetime
    state: str
    zone: str
    mine: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Meetings(Outcome):
    """The meetings of a Pokja, or of the topic at that index."""

    title: str
    lines: Sequence[MeetingLine]
    topic_index: int | None
    may_plan: bool
    page: int = 0


@dataclass(frozen=True, slots=True)
class MaterialLine:
    """Something to bring or prepare."""

    id: int
    text: str
    who: str
    done: bool
    mine: bool


@dataclass(frozen=True, slots=True)
class Counts:
    """How many of those invited answered what."""

    coming: int
    declined: int
    deputed: int
    silent: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingCard(Outcome):
    """A meeting as the actor sees it; `can` are the actions of the rules that are theirs now.

    `mine` is their answer about the present time; `here` says whether they are checked in; `bring` is what they see to;
    `needed` how many are there and how many it takes; `manage` shows the keys to change what was announced;
    `may_print` says whether the meeting's documents are theirs to have; `is_due` that it should have begun.
    """

    facts: MeetingFacts
    invited: int
    counts: Counts
    am_invited: bool
    mine: Reply | None
    here: bool
    can: Sequence[str]
    may_guide: bool
    bring: Sequence[str]
    topic_index: int | None
    needed: tuple[int, int] = (0, 0)
    manage: bool = False
    may_print: bool = False
    is_due: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingPreview(Outcome):
    """What the invitation will look like, how many get it, and who can't be reached."""

    facts: MeetingFacts
    invited: int
    unreachable: Sequence[Person]
    unassigned: int
    may_announce: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaEditor(Outcome):
    """The agenda to be edited, one of its points perhaps chosen (`at`); `unsent`: differs from what people know."""

    facts: MeetingFacts
    at: int = 0
    unsent: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitees(Outcome):
    """Everybody in the Pokja, and whether each is invited."""

    facts: MeetingFacts
    people: Sequence[tuple[Person, bool]]
    page: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Materials(Outcome):
    """The checklist of materials and equipment; `mode` is what pressing a number does: tick, who or drop."""

    facts: MeetingFacts
    lines: Sequence[MaterialLine]
    may_guide: bool
    mode: str = "tick"


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingReplies(Outcome):
    """Who answered what, by name."""

    facts: MeetingFacts
    coming: Sequence[Person]
    declined: Sequence[tuple[Person, str]]
    deputed: Sequence[tuple[Person, str]]
    silent: Sequence[Person]


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveMeeting(Outcome):
    """A meeting that runs: how it stands against its clock, and whether there is a quorum.

    `awaits_me` says whether the actor is invited and has not checked in.
    """

    facts: MeetingFacts
    done: frozenset[int]
    pace: Pace
    attendance: Attendance
    share: str
    written: int
    now: datetime
    can: Sequence[str]
    awaits_me: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LivePoint(Outcome):
    """A point of the agenda of a meeting with what was written under it; point 0 is what belongs to none.

    `late` are the texts of the overdue tindak lanjut it is about; `live` tells whether the meeting still runs.
    """

    facts: MeetingFacts
    key: int
    title: str
    done: bool
    entries: Sequence[Entry]
    late: Sequence[str]
    live: bool
    drop: bool = False


@dataclass(frozen=True, slots=True)
class Seat:
    """Somebody invited, and how they came: `late` minutes, whom they sent, who marked them; `at` None: not there."""

    person: Person
    at: datetime | None = None
    late: int = 0
    deputy: str = ""
    entered_by: str = ""
    excuse: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AttendanceList(Outcome):
    """Who is there and who isn't; `mode` is what pressing a name does: here, deputy or undo."""

    facts: MeetingFacts
    seats: Sequence[Seat]
    attendance: Attendance
    mode: str = "here"
    page: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingCode(Outcome):
    """The code for checking in, to be shown on a screen."""

    facts: MeetingFacts
    code: str


@dataclass(frozen=True, slots=True)
class Written:
    """The minutes as they stand: the points with what was written, who came, what was given to whom by when."""

    facts: MeetingFacts
    opened: datetime | None
    points: Sequence[Point]
    seats: Sequence[Seat]
    attendance: Attendance
    share: str
    given: Sequence[tuple[str, str, date]]
    until: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Minutes(Outcome):
    """The minutes, and what the actor may do with them; `open` corrections wait to be decided.

    They are ripe when nothing stands in the way of making them final.
    """

    written: Written
    open: int
    corrections: int
    can: Sequence[str]
    may_write: bool
    may_correct: bool
    may_decide: bool
    is_ripe: bool = False


@dataclass(frozen=True, slots=True)
class CorrectionLine:
    """What somebody would correct; `state` is open, taken or refused."""

    id: int
    by: str
    text: str
    state: str
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrections(Outcome):
    """What people want corrected in the minutes; `at` is the one looked at, or 0."""

    facts: MeetingFacts
    lines: Sequence[CorrectionLine]
    may_decide: bool
    at: int = 0


@dataclass(frozen=True, slots=True)
class Notice:
    """An unasked message about a meeting, drawn when it is delivered: `page` names its template.

    `to` is the name of its reader, empty for a group; with `file` the calendar's file comes along.
    """

    page: str
    facts: MeetingFacts
    to: str
    changes: Sequence[Change]
    reason: str
    bring: Sequence[str]
    file: bool
    cancelled: bool
    created: datetime
    written: Written | None = None
