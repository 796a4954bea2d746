"""Where rows of adopted results come from: the card, the scores and the agreements that each of them went through.

All results that some rest on are read at once, one query for each step back: then any number of rows is traced without
asking the database again.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from domain.documents.origins import Step
from domain.freezing import revive
from domain.instruments.base import AnyInstrument, Item, Sheet
from domain.instruments.registry import INSTRUMENTS
from store import people, results
from store.results import Adopted, Place, Version
from usecases.library import Library, full_title, read_drawn, read_items

FARTHEST = 20
"""Steps back at most: longer than any chain of a guide."""


@dataclass(frozen=True, slots=True)
class Station:
    """An adopted result as one comes by it on the way back; `drawn` is which version of which path it was made from.

    `names` are those of the members, where its writers may be told.
    """

    activity_id: int
    topic: str
    title: str
    instrument: str
    sheet: Sheet[object]
    result: object
    items: Mapping[str, Item]
    drawn: Mapping[str, int]
    adopted_by: str
    adopted_at: datetime
    version: int
    names: Mapping[int, str] = field(default_factory=dict)

    @property
    def knows_how(self) -> AnyInstrument:
        """What made the result."""
        return INSTRUMENTS[self.instrument]

    def before(self, item: Item) -> tuple[Place, str] | None:
        """The result an item was drawn from, and which item of it; None where it began here."""
        path, mark, earlier = self.knows_how.origin(self.sheet, item).partition("#")
        version = self.drawn.get(path, 0)
        return ((path, version), earlier) if mark and version else None

    def step(self, item: Item) -> Step:
        """What this result made of one of its items."""
        return Step(
            activity_id=self.activity_id,
            item_id=item.id,
            topic=self.topic,
            title=self.title,
            instrument=self.instrument,
            text=item.text,
            detail=item.detail,
            adopted_by=self.adopted_by,
            adopted_at=self.adopted_at,
            version=self.version,
            told=self.knows_how.trace(self.sheet, self.result, item.id),
            writers=self._writers(item),
        )

    def _writers(self, item: Item) -> list[str]:
        wrote = self.knows_how.writers(self.result, item.id) if self.names else ()
        return [self.names[each] for each in wrote if each in self.names]


@dataclass(frozen=True, slots=True)
class Past:
    """The results that were asked for, with all they rest on."""

    starts: Mapping[Version, Station] = field(default_factory=dict)
    earlier: Mapping[Place, Station] = field(default_factory=dict)

    def way_back(self, start: Version, item_id: str) -> tuple[Step, ...]:
        """From an item of a result back to where it began; nothing for one that isn't there."""
        steps: list[Step] = []
        here = self.starts.get(start)
        while here is not None and item_id in here.items and len(steps) < FARTHEST:
            item = here.items[item_id]
            steps.append(here.step(item))
            place, item_id = here.before(item) or (None, "")
            here = self.earlier.get(place) if place else None
        return tuple(steps)


async def past(session: AsyncSession, library: Library, run_id: int, wanted: Collection[Version]) -> Past:
    """The results of these versions, and step by step those of the run that their items came from."""
    first = await results.of_versions(session, wanted)
    starts = {
        (each.activity.id, each.result.version): await _station(session, library, each) for each in first
    }
    earlier: dict[Place, Station] = {}
    newest = list(starts.values())
    while missing := {place for each in newest for place in _rests_on(each)} - earlier.keys():
        found = await results.at_places(session, run_id, missing)
        read = {(each.path, each.result.version): await _station(session, library, each) for each in found}
        earlier |= read
        newest = list(read.values())
    return Past(starts, earlier)


def _rests_on(station: Station) -> set[Place]:
    return {found[0] for item in station.items.values() if (found := station.before(item))}


async def _station(session: AsyncSession, library: Library, found: Adopted) -> Station:
    kept, data = found.result, found.result.data
    process = await library.get(session, kept.process_version_id)
    spec = process.activity(found.activity.topic_key, found.activity.key)
    drawn = read_drawn(data["items"], data["context"], data.get("inputs", {}))
    return Station(
        activity_id=found.activity.id,
        topic=found.activity.topic_key,
        title=full_title(found.activity, spec),
        instrument=spec.instrument,
        sheet=drawn.sheet(spec.settings, (), kept.adopted_at.date(), voters=data["voters"]),
        result=revive(data["result"]),
        items={item.id: item for item in read_items(kept.items)},
        drawn=data.get("drawn", found.activity.drawn),
        adopted_by=found.by,
        adopted_at=kept.adopted_at,
        version=kept.version,
        names=await people.names(session, found.activity.pokja_id) if found.activity.authors_shown else {},
    )
