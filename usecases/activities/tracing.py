"""'Dari mana ini?': from a row of a result back to the card, the scores and the agreements it came through."""

from domain.faults import Rejected
from store import activities
from store.tables.core import Result
from usecases.activities import origins
from usecases.activities.scenes import Scene, scene
from usecases.activities.trace_outcomes import Rows, Trace
from usecases.library import read_items
from usecases.work import Work


async def rows(work: Work, activity_id: int, page: int = 0) -> Rows:
    """The rows that can be asked about. Raises Rejected('no_result')."""
    found, result = await _adopted(work, activity_id)
    items = [(item.id, item.text) for item in read_items(result.items)]
    return Rows(activity_id=activity_id, title=found.title, rows=items, page=page)


async def trace(work: Work, activity_id: int, item_id: str) -> Trace:
    """The way back from one row. Raises Rejected for a row that isn't there."""
    found, result = await _adopted(work, activity_id)
    start = (activity_id, result.version)
    past = await origins.past(work.session, work.library, found.run.id, [start])
    steps = past.way_back(start, item_id)
    if not steps:
        raise Rejected("unknown_button")
    return Trace(activity_id=activity_id, steps=steps, zone=found.pokja.zone)


async def _adopted(work: Work, activity_id: int) -> tuple[Scene, Result]:
    found = await scene(work, activity_id)
    result = await activities.latest_result(work.session, activity_id)
    if result is None:
        raise Rejected("no_result")
    return found, result
