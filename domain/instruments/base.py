"""What an instrument is: a pure fold from settings, items, moves and answers to questions and a result."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar, Generic, TypeVar, cast

from domain.dialog.questions import Answers, Question, Value
from domain.faults import Fault
from domain.process.reading import Reader

S = TypeVar("S")
R = TypeVar("R")
S_co = TypeVar("S_co", covariant=True)

PLENARY = 0
"""The ballot on which a facilitator enters what the room decided; where it decides, it alone is counted.

Cards and rows that the room adds lie beside the members' own.
"""

Ballots = Mapping[int, Answers]
"""Membership id (or PLENARY) → that member's answers."""


@dataclass(frozen=True, slots=True)
class Item:
    """A thing worked on: a card, an issue, an action. `source` tells where it came from ('isu/12').

    `fields` are plain facts about it that later activities filter by, compute with or show: text, whole rupiah,
    yes/no, numbers as canonical decimal text or as a fraction ('7/3').
    """

    id: str
    text: str
    source: str = ""
    detail: str = ""
    fields: Mapping[str, Value] = field(default_factory=dict, hash=False)  # by name


@dataclass(frozen=True, slots=True)
class Move:
    """A facilitator's move: what was done (`kind`), with which values, by whom; `number` gives the order."""

    number: int
    kind: str
    values: Answers
    by: str = ""


@dataclass(frozen=True, slots=True)
class Sheet(Generic[S_co]):
    """All that is common to the members of an activity.

    `items` come from earlier results, `context` are items shown while asking (agreed criteria), `inputs` what
    else the instrument draws, by name (see domain.process.sources),
    `moves` are those in force (undone ones are gone), `voters` counts who may answer, `today` is the day
    in the Pokja's zone (the domain has no clock; date questions open their calendar there). `plenary` says whether
    it is the room's ballot that is filled in.
    """

    settings: S_co
    items: tuple[Item, ...] = ()
    context: tuple[Item, ...] = ()
    moves: tuple[Move, ...] = ()
    voters: int = 0
    inputs: Mapping[str, tuple[Item, ...]] = field(default_factory=dict, kw_only=True)
    plenary: bool = field(default=False, kw_only=True)
    today: date = field(kw_only=True)


Similarity = Callable[[str, str], float]
"""How alike two texts are, 0 to 100."""


def unlike(first: str, second: str) -> float:
    """The similarity where none is known: equal or not."""
    return 100.0 if first.casefold() == second.casefold() else 0.0


@dataclass(frozen=True, slots=True)
class Desk(Generic[S]):
    """What a facilitator's move can look at. Neither sheet nor ballots change as long as it is in use."""

    sheet: Sheet[S]
    ballots: Ballots
    similarity: Similarity = unlike
    _tallied: dict[object, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    def tallied(self, tally: Callable[[Sheet[S], Ballots], R]) -> R:
        """What this tally makes of the desk, made once: a move's form looks at it for each of its questions."""
        if tally not in self._tallied:
            self._tallied[tally] = tally(self.sheet, self.ballots)
        return cast("R", self._tallied[tally])


@dataclass(frozen=True, slots=True)
class MoveForm:
    """A kind of move: the questions that make it up, and when it is offered.

    `keeps` adds what the move must remember beside what was asked (the items that were tied).
    `phases` are the activity states it is offered in: a move that looks at answers waits until they are shown.
    `reopens` lets members answer again after it. `chair_only` leaves it to the Ketua.
    The words of its questions are named '<kind>.<key>'.
    """

    kind: str
    questions: Callable[[Desk[Any], Answers], Sequence[Question]]
    available: Callable[[Desk[Any]], bool] = lambda _: True
    keeps: Callable[[Desk[object]], Answers] = lambda _: {}
    phases: frozenset[str] = frozenset({"closed"})
    reopens: bool = False
    chair_only: bool = False


class Instrument(ABC, Generic[S, R]):
    """One way of asking, checking and tallying. Stateless; sees no clock, no store and no Telegram."""

    name: ClassVar[str]
    moves: ClassVar[tuple[MoveForm, ...]] = ()
    grows: ClassVar[bool] = False
    """Whether how much is asked depends on what is answered (cards and rows of one's own)."""

    @abstractmethod
    def read(self, reader: Reader) -> S:
        """The activity's settings from its process file; faults go to the reader."""

    @abstractmethod
    def questions(self, sheet: Sheet[S], mine: Answers) -> Sequence[Question]:
        """All questions for one member in asking order, given the answers so far."""

    def check(self, sheet: Sheet[S], mine: Answers, key: str, value: Value) -> None:
        """Rules that a single question can't know. Raises Rejected."""

    @abstractmethod
    def tally(self, sheet: Sheet[S], ballots: Ballots) -> R:
        """The result: frozen dataclasses of plain data and exact numbers, whatever the order of the ballots.

        Only fields survive being kept and read back (see domain.freezing), so a result has no properties.
        """

    @abstractmethod
    def items(self, sheet: Sheet[S], result: R) -> tuple[Item, ...]:
        """The items later activities may start from."""

    def origin(self, sheet: Sheet[S], item: Item) -> str:
        """Where an item of the result came from, as `Item.source` says it."""
        return item.source

    def ready(self, sheet: Sheet[S]) -> Fault | None:
        """Why members can't be asked yet (a date poll without dates), or None."""
        return None

    def lacking(self, sheet: Sheet[S], result: R) -> Fault | None:
        """Why the result can't be adopted yet (a tie for the lead), or None."""
        return None

    def hint(self, desk: Desk[S]) -> Fault | None:
        """Something the facilitator may want to correct once the activity is closed (two cards that say the same)."""
        return None

    def pulse(self, desk: Desk[S]) -> Fault | None:
        """What the facilitator may know while members still answer: how far they agree, never what they said."""
        return None

    def trace(self, sheet: Sheet[S], result: R, item_id: str) -> Fault | None:
        """What is told of one of this result's items when somebody asks where it comes from, or None."""
        return None

    def writers(self, result: R, item_id: str) -> tuple[int, ...]:
        """Whose words one of this result's items is: membership ids. Nobody where the guide or the room wrote it."""
        return ()

    def brought(self, desk: Desk[S], members: Sequence[int]) -> Ballots:
        """What a breakout group's copy brings to the plenary's: its members' ballots.

        Where the group's room decided, that is the answer of each of its members.
        """
        kept = counted(desk.ballots)
        return dict.fromkeys(members, kept[PLENARY]) if PLENARY in kept else kept

    def carried(self, moves: Sequence[Move], members: Sequence[int], number: int) -> Sequence[Move]:
        """Those of a breakout group's own moves that hold in the plenary, too, numbered from `number` there.

        None where the plenary decides again.
        """
        return ()

    def done(self, sheet: Sheet[S], mine: Answers) -> bool:
        """Whether the member has done their part."""
        return all(question.key in mine for question in self.questions(sheet, mine))


UNDO = "undo"


def in_force(moves: Sequence[Move]) -> tuple[Move, ...]:
    """The moves that hold after each 'undo' has taken back the last one before it."""
    standing: list[Move] = []
    for move in sorted(moves, key=lambda m: m.number):
        if move.kind != UNDO:
            standing.append(move)
        elif standing:
            standing.pop()
    return tuple(standing)


def counted(ballots: Ballots) -> Ballots:
    """The ballots to tally: the plenary's alone where the room has decided, else every member's."""
    if ballots.get(PLENARY):
        return {PLENARY: ballots[PLENARY]}
    return {member: answers for member, answers in ballots.items() if member != PLENARY and answers}


DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def short_id(number: int) -> str:
    """A number from 0 in base 36, lower case: ids made of it fit in a button's data."""
    rest, last = divmod(number, len(DIGITS))
    return (short_id(rest) if rest else "") + DIGITS[last]


AnyInstrument = Instrument[Any, Any]
"""An instrument whichever: its own settings and results are its own business."""


@dataclass(frozen=True, slots=True)
class Registry:
    """The instruments by name."""

    by_name: Mapping[str, AnyInstrument] = field(default_factory=dict)

    def __iter__(self) -> Iterator[AnyInstrument]:
        return iter(self.by_name.values())

    def __getitem__(self, name: str) -> AnyInstrument:
        return self.by_name[name]

    def __contains__(self, name: object) -> bool:
        return name in self.by_name
