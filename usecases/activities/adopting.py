"""Adopting: a closed activity's result is frozen with all it was made of."""

from dataclasses import asdict

from domain import roles
from domain.faults import Rejected
from domain.freezing import plain, seal
from domain.process.states import ADOPTED, CLOSED
from store import activities
from store.tables.core import Result
from usecases.activities.announcing import publish
from usecases.activities.audit import note_of
from usecases.activities.desk import show
from usecases.activities.outcomes import Desk
from usecases.activities.scenes import Scene, scene
from usecases.outcomes import Note
from usecases.work import Work, require


async def adopt(work: Work, activity_id: int) -> Desk:
    """Freezes the result: a new version with who, when, the process version and a seal over all it was made of."""
    found = await scene(work, activity_id, lock=True)
    require(found.me, roles.MANAGERS)
    if found.activity.state != CLOSED:
        return await show(work, found)
    tallied = found.instrument.tally(found.sheet, found.ballots)
    fault = found.instrument.lacking(found.sheet, tallied)
    if fault:
        raise Rejected(fault.code, instrument=found.spec.instrument, **fault.details)
    result = await _freeze(work, found, tallied)
    found.activity.state = ADOPTED
    note_of(work, found, "adopt", version=result.version, sha256=result.sha256)
    await work.session.flush()
    await publish(work, found, result)
    return await show(work, found, Note("adopted"))


async def _freeze(work: Work, found: Scene, tallied: object) -> Result:
    earlier = await activities.latest_result(work.session, found.activity.id)
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
