"""What use cases hand back when somebody looks back: where a row comes from, what an activity builds on."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.documents.origins import Step
from domain.instruments.base import Item
from usecases.outcomes import Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace(Outcome):
    """Where a row of a result comes from, step by step back to its beginning."""

    activity_id: int
    steps: Sequence[Step]
    zone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows(Outcome):
    """The rows of a result, to ask of one where it comes from."""

    activity_id: int
    title: str
    rows: Sequence[tuple[str, str]]
    page: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Material(Outcome):
    """What earlier results give to keep in mind while answering an activity: their items, and where to read them."""

    activity_id: int
    title: str
    items: Sequence[Item]
    results: Sequence[tuple[int, str]]
