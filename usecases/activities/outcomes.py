"""What use cases of activities hand back: the desk, forms, who has answered, results."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from domain.faults import Fault
from domain.guiding.steps import Step
from domain.instruments.worksheet.form import BlankForm, Trouble
from domain.process.figures import Figure
from usecases.answering.tasks import ActivityFacts
from usecases.outcomes import Outcome, Person

MEMBERS, ROOM, NOBODY = "members", "room", "nobody"
"""Who has anything to answer in an activity."""


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

    `stale` names the results below it that have changed since; `parts` are breakout groups' copies, `parent_id`
    the whole a copy belongs to, or 0; one that `repeats` is done again each period. `takes_forms`: filled in by file.
    `plenary`: the room has begun to answer, `filled`: in full; one done `in_plenary` asks no
    member. `asks` is who has anything to answer, `mine_done` whether the actor has done so.
    `closes_at` is when answering should be over, in `zone`. `onward` is what comes next once it is settled.
    `shows_tally` says whether the actor may read what was answered; where not, `result` is of nothing.
    """

    activity_id: int
    activity: ActivityFacts | None = None
    topic_index: int = 0
    state: str = "open"
    sheet: object = None
    result: object = None
    done: int = 0
    total: int = 0
    partly: int = 0
    mine_done: bool = False
    asks: str = MEMBERS
    plenary: bool = False
    filled: bool = False
    in_plenary: bool = False
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
    onward: Step | None = None
    shows_tally: bool = True


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
    """Who has answered an activity and who has not; `offered` are those one may answer for."""

    activity_id: int
    title: str
    answered: Sequence[Person]
    missing: Sequence[Person]
    offered: Sequence[Person] = ()
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
    sheet: object
    result: Any
    pokja: str = ""
    stale: bool = False
    traceable: bool = False
    figure: Figure | None = None
    pictured: bool = False
