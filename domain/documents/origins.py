"""The way back of a row in a document: the adopted results it came through."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.faults import Fault


@dataclass(frozen=True, slots=True)
class Step:
    """One stop on the way back from a row to where it began: item `item_id` of an activity's result.

    `writers` are the names of those whose words it is, where the Pokja shows them.
    """

    activity_id: int
    item_id: str
    topic: str
    title: str
    instrument: str
    text: str
    detail: str
    told: Fault | None
    adopted_by: str
    adopted_at: datetime
    version: int
    writers: Sequence[str] = ()


Ways = Mapping[str, Sequence[Step]]
"""Steps, the newest first, by an item's id."""
