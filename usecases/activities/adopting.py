"""Adopting: a closed activity's result is frozen with all it was made of."""

from collections.abc import Mapping
from dataclasses import asdict

from domain import roles
from domain.faults import Rejected
from domain.freezing import plain, seal
from domain.instruments.ranks import AGAIN, DECIDE
from domain.process.states import ADOPTED, CLOSED
from store import activities
from store.tables.core import Result
from usecases.activities.announcing import publish
from usecases.activities.audit import note_of
from usecases.activities.desk import offers, show, stale_below
from usecases.activities.outcomes import Desk
from usecases.activities.scenes import Scene, scene
from usecases.outcomes import AskFirst, Note
from usecases.work import Work, require

SETTLING = frozenset({AGAIN, DECIDE})
"""The moves that are offered as long as equals are undecided."""


async def adopt(work: Work, activity_id: int, *, sure: bool = False) -> Desk | AskFirst:
    """Freezes the result: a new version with who, when, the process version and a seal over all it was made of.

    Asks first where something is left open that can be settled. Raises Rejected.
    """
    found = await scene(work, activity_id, lock=True)
    require(found.me, roles.MANAGERS)
    if found.activity.state != CLOSED:
        return await show(work, found)
    tallied = found.instrument.tally(found.sheet, found.ballots)
    fault = found.instrument.lacking(found.sheet, tallied)
    if fault:
        raise Rejected(fault.code, instrument=found.spec.instrument, **fault.details)
    doubts = None if sure else await _doubts(work, found)
    if doubts is not None:
        return AskFirst(step="adopt", id=activity_id, details=doubts)
    earlier = await activities.latest_result(work.session, activity_id)
    result = await _freeze(work, found, tallied, earlier)
    found.activity.state = ADOPTED
    note_of(work, found, "adopt", version=result.version, sha256=result.sha256)
    await work.session.flush()
    if earlier is not None and is_alike(earlier, result):
        return await show(work, found, Note("adopted_unchanged"))
    await publish(work, found, result)
    return await show(work, found, Note("adopted"))


def is_alike(earlier: Result, result: Result) -> bool:
    """Whether a result says the same as the one before, whatever it was made of."""
    return earlier.items == result.items and earlier.data["result"] == result.data["result"]


async def _doubts(work: Work, found: Scene) -> Mapping[str, object] | None:
    """What is left open in a result that could be adopted: equals, a changed source, what the instrument points at."""
    tied = not SETTLING.isdisjoint(offer.kind for offer in offers(found))
    stale, hint = await stale_below(work, found), found.instrument.hint(found.desk())
    if not (tied or stale or hint):
        return None
    return {
        "title": found.title,
        "tied": tied,
        "stale": stale,
        "hint": hint,
        "instrument": found.spec.instrument,
    }


async def _freeze(work: Work, found: Scene, tallied: object, earlier: Result | None) -> Result:
    data = frozen(found, tallied)
    result = Result(
        activity_id=found.activity.id,
        version=earlier.version + 1 if earlier else 1,
        process_version_id=found.run.process_version_id,
        items=[asdict(item) for item in found.instrument.items(found.sheet, tallied)],
        data=data,
        sha256=seal(data),
        adopted_by=found.me.id,
        adopted_at=work.now,
    )
    work.session.add(result)
    await work.session.flush()
    return result


def frozen(found: Scene, tallied: object) -> dict[str, object]:
    """All that a result was made of, as plain data."""
    return {
        "process": f"{found.process.name} {found.process.version}",
        "activity": f"{found.activity.topic_key}/{found.activity.key}",
        "voters": found.sheet.voters,
        "items": plain(found.sheet.items),
        "context": plain(found.sheet.context),
        "inputs": plain(found.sheet.inputs),
        "drawn": found.activity.drawn,
        "moves": plain(found.sheet.moves),
        "ballots": plain(found.ballots),
        "result": plain(tallied),
    }
