"""What use cases hand back: plain facts for a screen. One class for each thing a person can be shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from domain.dialog import Progress
from domain.faults import Fault
from domain.process import ActivitySpec, FollowUpSpec, Topic
from domain.questions import Question, Value
from usecases.tasks import ActivityFacts, Task, TaskRef


@dataclass(frozen=True, slots=True)
class Note:
    """A short word that stands above the screen, or on the button's toast; `alert` makes it a dialog."""

    code: str
    details: Mapping[str, Any] = field(default_factory=dict)
    alert: bool = False
    instrument: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """The base of all. `note` is said first; `task` is what the message carries from now on."""

    note: Note | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked(Outcome):
    """The question to answer. `given` is the answer it has already; `editing` shows an answered question again."""

    task: Task
    question: Question
    progress: Progress
    given: Value = None
    editing: bool = False
    can_go_back: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished(Outcome):
    """All questions of an activity are answered; answers may be changed until it is closed."""

    task: Task
    waiting: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Said(Outcome):
    """A sentence by its word key, with the way on ('menu', 'members', …)."""

    code: str
    details: Mapping[str, Any] = field(default_factory=dict)
    way_on: str = "menu"
    alert: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Nothing(Outcome):
    """Silence, or a toast alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Welcome(Outcome):
    """For somebody who is in no Pokja yet; `waiting` names those they have asked to join."""

    name: str
    waiting: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that waits for a person: a task to answer, or a tindak lanjut with its day."""

    label: str
    task: TaskRef | None = None
    follow_up_id: int | None = None
    detail: str = ""
    due: date | None = None
    begun: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Menu(Outcome):
    """What waits for the actor, soonest first."""

    pokja: str
    role: str
    name: str
    waiting: Sequence[Waiting]
    pending: int
    several: bool
    today: date
    next_meeting: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """A member as others see them."""

    id: int
    name: str
    instansi: str
    jabatan: str
    role: str
    reach: str = "started"
    entered: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Members(Outcome):
    """Everybody in the Pokja, and who waits to be let in."""

    pokja: str
    people: Sequence[Person]
    pending: Sequence[Person]
    may_manage: bool
    page: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberCard(Outcome):
    """One member, with what the actor may do about them."""

    person: Person
    state: str
    may_manage: bool
    may_chair: bool
    is_me: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Sure(Outcome):
    """Are you sure? `action` is carried out on yes."""

    action: str
    id: int
    details: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Invited(Outcome):
    """The invitation link and code, for members and for guests."""

    pokja: str
    code: str
    guest_code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PokjaList(Outcome):
    """The Pokja a person is in, to choose the active one."""

    choices: Sequence[tuple[int, str, bool]]


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupCard(Outcome):
    """Whether a group is linked, and how to."""

    pokja_id: int
    pokja: str
    linked: bool


@dataclass(frozen=True, slots=True)
class TopicLine:
    """A topic in the list."""

    index: int
    key: str
    title: str
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Topics(Outcome):
    """The topics of the process with their states."""

    process: str
    stages: Sequence[tuple[str, Sequence[TopicLine]]]


@dataclass(frozen=True, slots=True)
class ActivityLine:
    """An activity in its topic; `id` is None until it has begun."""

    index: int
    spec: ActivitySpec
    id: int | None
    state: str
    blocked_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicCard(Outcome):
    """A topic: what the guide says of it and where its activities stand."""

    index: int
    topic: Topic
    state: str
    activities: Sequence[ActivityLine]
    may_guide: bool
    whole: bool = False


@dataclass(frozen=True, slots=True)
class MoveOffer:
    """A move the facilitator can make now."""

    index: int
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk(Outcome):
    """The facilitator's view of an activity. `last_move` is the number of the move that can be taken back, or 0."""

    activity_id: int
    activity: ActivityFacts | None = None
    topic_index: int = 0
    state: str = "open"
    sheet: Any = None
    result: Any = None
    done: int = 0
    total: int = 0
    partly: int = 0
    plenary: bool = False
    offers: Sequence[MoveOffer] = ()
    last_move: int = 0
    lacking: Fault | None = None
    hint: Fault | None = None
    adopted: str = ""
    may_answer: bool = False
    may_guide: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Turnout(Outcome):
    """Who has answered an activity and who has not."""

    activity_id: int
    title: str
    answered: Sequence[Person]
    missing: Sequence[Person]
    is_open: bool = True
    choose: bool = False
    page: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Result(Outcome):
    """An adopted result."""

    activity_id: int
    title: str
    instrument: str
    prompt: str
    version: int
    adopted_by: str
    adopted_at: datetime
    sha256: str
    zone: str
    sheet: Any
    result: Any
    pokja: str = ""


@dataclass(frozen=True, slots=True)
class FollowUpLine:
    """A tindak lanjut in a list."""

    id: int
    text: str
    owner: str
    due: date
    state: str
    mine: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUps(Outcome):
    """The tindak lanjut of a topic or of a person; `offered` are those of the guide not yet given to anybody."""

    title: str
    lines: Sequence[FollowUpLine]
    offered: Sequence[tuple[int, FollowUpSpec]] = ()
    topic_index: int | None = None
    may_guide: bool = False
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpCard(Outcome):
    """One tindak lanjut."""

    line: FollowUpLine
    topic: str
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnData(Outcome):
    """What is kept of a person."""

    name: str
    memberships: Sequence[tuple[str, Person]]
    answers: int
    follow_ups: int
