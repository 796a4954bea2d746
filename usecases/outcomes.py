"""What use cases hand back: plain facts for a screen. One class for each thing a person can be shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from domain.dialog.engine import Progress
from domain.dialog.questions import Question, Value
from domain.faults import Fault
from domain.instruments.worksheet.form import BlankForm, Trouble
from domain.process.figures import Figure
from domain.process.model import ActivitySpec, Topic
from usecases.answering.tasks import ActivityFacts, Task, TaskRef


@dataclass(frozen=True, slots=True)
class Note:
    """A short word that stands above the screen, or on the button's toast; `alert` makes it a dialog.

    One that `stays` stands above the screen after a button too: too much, or too grave, for a toast.
    """

    code: str
    details: Mapping[str, Any] = field(default_factory=dict)
    stays: bool = field(default=False, kw_only=True)
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
class Paused(Outcome):
    """A resting place in a long activity: what was answered is kept, the rest can wait."""

    task: Task
    progress: Progress


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
    """What waits for the actor, soonest first; `meeting` is the line of their next one (a MeetingLine)."""

    pokja: str
    role: str
    name: str
    waiting: Sequence[Waiting]
    pending: int
    several: bool
    today: date
    next_meeting: str = ""
    meeting: Any = None


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
    """Everybody in the Pokja, and who waits to be let in; who `may_chair` sets whether writers are named."""

    pokja: str
    people: Sequence[Person]
    pending: Sequence[Person]
    may_manage: bool
    may_chair: bool
    authors_shown: bool
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
    stale: bool = False


@dataclass(frozen=True, slots=True)
class StageLine:
    """A stage: how many of its topics are settled (done or skipped), how many open, how much is to be reviewed."""

    key: str
    title: str
    settled: int
    total: int
    open: int
    stale: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Framework(Outcome):
    """The whole process: every stage, and the topics of the one at `here` (from 0)."""

    process: str
    percent: int
    stages: Sequence[StageLine]
    here: int
    topics: Sequence[TopicLine]


@dataclass(frozen=True, slots=True)
class ActivityLine:
    """An activity in its topic; `id` is None until it has begun."""

    index: int
    spec: ActivitySpec
    id: int | None
    state: str
    blocked_by: str = ""
    stale: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicCard(Outcome):
    """A topic: what the guide says of it and where its activities stand."""

    index: int
    topic: Topic
    state: str
    activities: Sequence[ActivityLine]
    may_guide: bool
    whole: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class MoveOffer:
    """A move the facilitator can make now."""

    index: int
    kind: str


@dataclass(frozen=True, slots=True)
class PartLine:
    """A breakout group's copy of an activity, and how many of the group are done."""

    id: int
    name: str
    state: str
    done: int
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk(Outcome):
    """The facilitator's view of an activity. `last_move` is the number of the move that can be taken back, or 0.

    `stale` names the results beneath it that have changed since; `parts` are breakout groups' copies, `parent_id`
    the whole a copy belongs to, or 0; one that `repeats` is done anew each period. `takes_forms`: filled in by file.
    `closes_at` is when answering should be over, in `zone`.
    """

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
    reason: str = ""
    stale: Sequence[str] = ()
    parts: Sequence[PartLine] = ()
    parent_id: int = 0
    repeats: bool = False
    takes_forms: bool = False
    closes_at: datetime | None = None
    zone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExcelForm(Outcome):
    """A table to fill in with Excel."""

    form: BlankForm


@dataclass(frozen=True, slots=True, kw_only=True)
class FaultyForm(Outcome):
    """A form that came back and can't be taken in: the first cells with what is wrong, and how many more there are.

    `letters` and `titles` name the columns by key. Nothing of it was taken in.
    """

    activity_id: int
    title: str
    letters: Mapping[str, str]
    titles: Mapping[str, str]
    troubles: Sequence[Trouble]
    more: int


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
    """An adopted result; `figure` is what it is drawn as, where it is drawn. `pictured`: chats get it as pictures."""

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
    stale: bool = False
    traceable: bool = False
    figure: Figure | None = None
    pictured: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnData(Outcome):
    """What is kept of a person."""

    name: str
    memberships: Sequence[tuple[str, Person]]
    answers: int
    follow_ups: int
