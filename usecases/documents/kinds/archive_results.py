"""All adopted results for the archive, every version; without what tells who wrote or chose what.

The ids of cards, rows and contributions are made of the member's number, and the ballots are each member's: neither is
handed on, since people were promised that nobody's name stands beside what they wrote.
"""

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from domain.documents import seals
from domain.documents.archives import AdoptedResult
from domain.documents.editions import Source
from domain.instruments.worksheet.columns import ORIGIN
from store import results
from store.results import Adopted
from usecases.documents.kinds.base import Ground
from usecases.library import full_title

TELLING = frozenset({"sources", "source", "links"})
"""Fields that name items by their ids."""

WRITTEN = frozenset({"cards", "worksheet", "narrative"})
"""Instruments whose results' own ids tell who wrote what."""


async def of(ground: Ground) -> tuple[AdoptedResult, ...]:
    """The results in the order of the process, each with its versions in order."""
    found = await results.of_pokja(ground.session, ground.pokja.id)
    made = [await _result(ground, each) for each in found]
    order = [topic.key for topic in ground.process.topics()] if ground.process else []
    return tuple(
        sorted(made, key=lambda each: order.index(each.topic) if each.topic in order else len(order))
    )


async def _result(ground: Ground, found: Adopted) -> AdoptedResult:
    kept = found.result
    process = await ground.library.get(ground.session, kept.process_version_id)
    spec = process.activity(found.activity.topic_key, found.activity.key)
    source = Source(found.activity.id, found.path, spec.title, kept.version, kept.sha256)
    hidden = TELLING | {"id"} if spec.instrument in WRITTEN else TELLING
    return AdoptedResult(
        path=found.path,
        title=full_title(found.activity, spec),
        instrument=spec.instrument,
        version=kept.version,
        process=f"{process.title}, versi {process.version}",
        adopted_by=found.by,
        adopted_at=kept.adopted_at.astimezone(ZoneInfo(ground.pokja.zone)),
        seal=seals.line(source),
        result=without(kept.data["result"], hidden),
        items=tuple(without(each, TELLING | {"id"}) for each in kept.items),
    )


def without(value: object, hidden: frozenset[str]) -> Any:
    """Plain data without the fields of those names, and without those that say where a reference came from."""
    if isinstance(value, Mapping):
        kept = {
            key: each for key, each in value.items() if key not in hidden and not key.endswith(f".{ORIGIN}")
        }
        return {key: without(each, hidden) for key, each in kept.items()}
    return [without(each, hidden) for each in value] if isinstance(value, list) else value
