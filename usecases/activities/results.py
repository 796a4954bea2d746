"""Adopted results, read back as they were frozen."""

from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from domain.faults import Rejected
from domain.freezing import revive
from domain.instruments.base import Sheet
from domain.process.sources import SHOWN
from store import activities, documents
from store.tables.core import Activity, Membership, Pokja
from store.tables.core import Result as ResultRow
from usecases.activities.outcomes import Result
from usecases.activities.scenes import scene
from usecases.activities.trace_outcomes import Material
from usecases.library import Library, full_title, read_drawn
from usecases.work import Work


async def view(work: Work, activity_id: int) -> Result:
    """The newest adopted result, for a member. Raises Rejected('no_result')."""
    await scene(work, activity_id)
    kept = await activities.latest_result(work.session, activity_id)
    if kept is None:
        raise Rejected("no_result")
    return await read(work.session, work.library, kept.id)


async def material(work: Work, activity_id: int) -> Material:
    """The earlier results that are shown while an activity is answered."""
    found = await scene(work, activity_id)
    begun = await activities.activities_of_run(work.session, found.run.id)
    drawn = [source.path for source in found.spec.draws.get(SHOWN, ())]
    results = [
        (begun[path].id, found.process.activity(*path.split("/")).title)
        for path in drawn
        if path in begun and found.activity.drawn.get(path)
    ]
    return Material(activity_id=activity_id, title=found.title, results=results, items=found.sheet.context)


async def read(session: AsyncSession, library: Library, result_id: int) -> Result:
    """A kept result as an outcome; nothing is computed again."""
    query = (
        sa.select(ResultRow, Activity, Pokja, Membership.name)
        .join(Activity, Activity.id == ResultRow.activity_id)
        .join(Pokja, Pokja.id == Activity.pokja_id)
        .join(Membership, Membership.id == ResultRow.adopted_by)
        .where(ResultRow.id == result_id)
    )
    kept, activity, pokja, adopted_by = (await session.execute(query)).one()
    process = await library.get(session, kept.process_version_id)
    spec = process.activity(activity.topic_key, activity.key)
    return Result(
        activity_id=activity.id,
        title=full_title(activity, spec),
        instrument=spec.instrument,
        prompt=spec.prompt,
        version=kept.version,
        adopted_by=adopted_by,
        adopted_at=kept.adopted_at,
        sha256=kept.sha256,
        zone=pokja.zone,
        sheet=_sheet(kept.data, spec.settings, kept.adopted_at.date()),
        result=revive(kept.data["result"]),
        pokja=pokja.name,
        traceable=bool(kept.items),
        figure=spec.figure,
        pictured=await documents.wants_pictures(session, pokja.id),
    )


def _sheet(data: dict[str, Any], settings: Any, adopted_on: date) -> Sheet[Any]:
    drawn = read_drawn(data["items"], data["context"], data.get("inputs", {}))
    return drawn.sheet(settings, (), adopted_on, voters=data["voters"])
