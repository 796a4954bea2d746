"""'Dari mana ini?': from a row of a result back to the card, the scores and the agreements it came through."""

from domain.faults import Rejected
from domain.freezing import revive
from domain.instruments.base import Item
from domain.instruments.registry import INSTRUMENTS
from store import activities
from store.tables import Activity, Membership, Result
from usecases.library import full_title, read_drawn, read_items
from usecases.scenes import Scene, scene
from usecases.trace_outcomes import Rows, Step, Trace
from usecases.work import Work

FARTHEST = 20
"""Steps back at most: longer than any chain of a guide."""


async def rows(work: Work, activity_id: int, page: int = 0) -> Rows:
    """The rows that can be asked about. Raises Rejected('no_result')."""
    found, result = await _adopted(work, activity_id)
    items = [(item.id, item.text) for item in read_items(result.items)]
    return Rows(activity_id=activity_id, title=found.title, rows=items, page=page)


async def trace(work: Work, activity_id: int, item_id: str) -> Trace:
    """The way back from one row. Raises Rejected for a row that isn't there."""
    found, result = await _adopted(work, activity_id)
    item = _item(result, item_id)
    if item is None:
        raise Rejected("unknown_button")
    steps = [await _step(work, found, found.activity, result, item)]
    here: Activity = found.activity
    while len(steps) < FARTHEST and "#" in item.source:
        path, _, earlier_id = item.source.partition("#")
        earlier = await _earlier(work, found, here, result, path)
        back = _item(earlier[1], earlier_id) if earlier else None
        if earlier is None or back is None:
            break
        (here, result), item = earlier, back
        steps.append(await _step(work, found, here, result, item))
    return Trace(activity_id=activity_id, steps=steps, zone=found.pokja.zone)


async def _adopted(work: Work, activity_id: int) -> tuple[Scene, Result]:
    found = await scene(work, activity_id)
    result = await activities.latest_result(work.session, activity_id)
    if result is None:
        raise Rejected("no_result")
    return found, result


def _item(result: Result, item_id: str) -> Item | None:
    return next((item for item in read_items(result.items) if item.id == item_id), None)


async def _earlier(
    work: Work, found: Scene, here: Activity, result: Result, path: str
) -> tuple[Activity, Result] | None:
    """The activity at that path, in the version that this result was made from."""
    if path.startswith("@"):
        return None
    activity = await activities.find_activity(work.session, found.run.id, *path.split("/"))
    version = result.data.get("drawn", here.drawn).get(path, 0)
    earlier = activity and await activities.result_of_version(work.session, activity.id, version)
    return (activity, earlier) if activity and earlier else None


async def _step(work: Work, found: Scene, activity: Activity, result: Result, item: Item) -> Step:
    spec = found.process.activity(activity.topic_key, activity.key)
    data = result.data
    drawn = read_drawn(data["items"], data["context"], data.get("inputs", {}))
    sheet = drawn.sheet(spec.settings, (), result.adopted_at.date(), voters=data["voters"])
    adopted_by = await work.session.get_one(Membership, result.adopted_by)
    return Step(
        activity_id=activity.id,
        topic=activity.topic_key,
        title=full_title(activity, spec),
        instrument=spec.instrument,
        text=item.text,
        detail=item.detail,
        told=INSTRUMENTS[spec.instrument].trace(sheet, revive(data["result"]), item.id),
        adopted_by=adopted_by.name,
        adopted_at=result.adopted_at,
        version=result.version,
    )
