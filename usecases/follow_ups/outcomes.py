"""What use cases of tindak lanjut and reminders hand back: plain facts for a screen."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from domain.process.model import FollowUpSpec
from usecases.outcomes import Outcome


@dataclass(frozen=True, slots=True)
class FollowUpLine:
    """A tindak lanjut in a list; `late` in days, `wish` where more time was asked for."""

    id: int
    text: str
    owners: str
    due: date
    state: str
    late: int
    mine: bool
    wish: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUps(Outcome):
    """A page of tindak lanjut out of `total`: of the Pokja, of a topic, or of one group of a view of the board.

    `offered` are those of the guide not yet given to anybody, `topic_index` the topic they are of.
    """

    title: str
    lines: Sequence[FollowUpLine]
    total: int
    page: int
    view: str = ""
    group: int | None = None
    offered: Sequence[tuple[int, FollowUpSpec]] = ()
    topic_index: int | None = None
    may_guide: bool = False


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """Something that happened: when, who, what kind, why; `due` and `people` where it was about them."""

    at: datetime
    by: str
    kind: str
    reason: str = ""
    due: date | None = None
    people: Sequence[str] = ()
    files: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpCard(Outcome):
    """One tindak lanjut: how it stands, the newest of its history, and what the actor may do (`offers`).

    The first of `owners` leads; `wish` is the extension that waits for an answer; `files` how many files prove it.
    """

    id: int
    text: str
    topic: str
    owners: Sequence[str]
    state: str
    due: date
    first_due: date
    late: int
    wish: HistoryLine | None
    history: Sequence[HistoryLine]
    happened: int
    files: int
    offers: Sequence[str]
    zone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpHistory(Outcome):
    """A page of everything that happened to a tindak lanjut, the newest first."""

    id: int
    text: str
    lines: Sequence[HistoryLine]
    total: int
    page: int
    zone: str


@dataclass(frozen=True, slots=True)
class EvidenceFile:
    """A file Telegram keeps; a `picture` is shown as such."""

    file_id: str
    picture: bool
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence(Outcome):
    """The files that prove a tindak lanjut."""

    id: int
    text: str
    files: Sequence[EvidenceFile]
    zone: str


@dataclass(frozen=True, slots=True)
class BoardGroup:
    """A part of the board; `label` is a name, or for states and ages their key."""

    label: str
    count: int
    late: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpBoard(Outcome):
    """The tindak lanjut of a Pokja by `view` (state, person, topic, age), a page of groups out of `total`."""

    pokja: str
    view: str
    groups: Sequence[BoardGroup]
    page: int
    total: int
    live: int
    done: int
    late: int
