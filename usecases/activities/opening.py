"""Beginning an activity, opening it to members, closing it, opening it again."""

from collections.abc import Sequence

from domain import roles
from domain.faults import Rejected
from domain.process.model import ActivitySpec, Process
from domain.process.states import ADOPTED, CLOSED, DRAFT, OPEN, PARTED, SKIPPED
from store import activities
from store.tables.core import Activity, Membership, Pokja, Run, TopicRun
from usecases.activities import inputs
from usecases.activities.announcing import AGAIN, FIRST, PERIOD, invite_to_answer, redraw_board
from usecases.activities.audit import note_of
from usecases.activities.desk import asking, show, view
from usecases.activities.outcomes import MEMBERS, NOBODY, ROOM, Desk
from usecases.activities.scenes import Scene, scene, write_move
from usecases.outcomes import AskFirst, Note
from usecases.work import Work, require


async def begin(
    work: Work, run: Run, topic: TopicRun, process: Process, spec: ActivitySpec, me: Membership
) -> Activity:
    """Begins an activity of an open topic, with what earlier activities adopted. Raises Rejected."""
    require(me, roles.FACILITATORS)
    activity = Activity(
        topic_run_id=topic.id,
        pokja_id=run.pokja_id,
        topic_key=topic.key,
        key=spec.key,
        instrument=spec.instrument,
        state=DRAFT,
        items=[],
        context=[],
        opened_by=me.id,
        opened_at=work.now,
        authors_shown=(await work.session.get_one(Pokja, run.pokja_id)).authors_shown,
    )
    (await inputs.draw(work, run, process, topic.key, spec)).onto(activity)
    work.session.add(activity)
    await work.session.flush()
    return activity


async def start(work: Work, activity_id: int) -> Desk:
    """Lets members answer and invites them; an activity that asks nothing is closed at once. Raises Rejected."""
    found = await scene(work, activity_id, lock=True)
    found.guide()
    if found.activity.state != DRAFT:
        return await show(work, found)
    _must_be_ready(found)
    if asking(found) == NOBODY:
        return await _close_unasked(work, found)
    if asking(found) == ROOM:
        return await _open_in_plenary(work, found)
    parts = await activities.parts(work.session, activity_id)
    if parts:
        return await _start_parts(work, found, parts)
    await open_to_members(work, found)
    return await show(work, found, Note("opened"))


async def start_in_plenary(work: Work, activity_id: int) -> Desk:
    """Opens the activity for the room alone: nobody is invited, and no board is placed. Raises Rejected."""
    found = await scene(work, activity_id, lock=True)
    found.guide()
    if found.activity.state != DRAFT:
        return await show(work, found)
    _must_be_ready(found)
    return await _open_in_plenary(work, found)


async def _open_in_plenary(work: Work, found: Scene) -> Desk:
    found.activity.in_plenary = True
    found.activity.revision += 1
    await open_to_members(work, found)
    return await show(work, found, Note("opened_in_plenary"))


async def ask_members(work: Work, activity_id: int) -> Desk:
    """Lets members answer after all what was opened for the room alone. Raises Rejected."""
    found = await scene(work, activity_id, lock=True)
    found.guide()
    if found.activity.state != OPEN or not found.activity.in_plenary:
        return await show(work, found)
    found.activity.in_plenary = False
    found.activity.revision += 1
    await open_to_members(work, found)
    return await view(work, activity_id, Note("opened"))


def _must_be_ready(found: Scene) -> None:
    fault = found.instrument.ready(found.sheet)
    if fault:
        raise Rejected(fault.code, instrument=found.spec.instrument, **fault.details)


async def _close_unasked(work: Work, found: Scene) -> Desk:
    """Closes an activity that asks nobody: its result follows from its inputs."""
    found.activity.state, found.activity.closed_at = CLOSED, work.now
    note_of(work, found, "close")
    await work.session.flush()
    return await show(work, found, Note("nothing_to_ask"))


async def _start_parts(work: Work, found: Scene, parts: Sequence[Activity]) -> Desk:
    """Opens each group's copy to its members; the whole activity waits."""
    for part in parts:
        for move in found.moves:
            await write_move(work, part.id, move, found.me)
        await open_to_members(work, await scene(work, part.id, lock=True))
    found.activity.state = PARTED
    note_of(work, found, "part")
    await work.session.flush()
    return await show(work, found, Note("parted", {"count": len(parts)}))


async def open_to_members(work: Work, found: Scene, why: str = FIRST) -> None:
    """Opens (again) and tells everybody whose answer is awaited, and `why` it is."""
    _must_be_ready(found)
    found.activity.state, found.activity.opened_at, found.activity.closed_at = OPEN, work.now, None
    await work.session.flush()
    if asking(found) == MEMBERS:
        await invite_to_answer(work, found, why)
    note_of(work, found, "open")


async def close(work: Work, activity_id: int) -> Desk:
    """Closes the activity: nobody can answer any more. Raises Rejected."""
    found = await scene(work, activity_id, lock=True)
    found.guide()
    if found.activity.state != OPEN:
        return await show(work, found)
    found.activity.state, found.activity.closed_at = CLOSED, work.now
    note_of(work, found, "close")
    await work.session.flush()
    await redraw_board(work, found)
    return await show(work, found, Note("closed_now"))


async def reopen(work: Work, activity_id: int, *, sure: bool = False) -> Desk | AskFirst:
    """Lets members answer again; an adopted result stays kept, and the next adoption makes a new version.

    Asks first where other results rest on it.
    """
    found = await scene(work, activity_id, lock=True)
    found.guide()
    if found.activity.state == SKIPPED:
        return await _take_up(work, found)
    if found.activity.state not in {CLOSED, ADOPTED}:
        return await show(work, found)
    resting = [] if sure else await _resting(work, found)
    if resting:
        return AskFirst(step="reopen", id=activity_id, details={"title": found.title, "resting": resting})
    is_period = found.spec.repeats and found.activity.state == ADOPTED
    await open_to_members(work, found, PERIOD if is_period else AGAIN)
    return await show(work, found, Note("reopened"))


async def _take_up(work: Work, found: Scene) -> Desk:
    """Reopens a skipped activity, with what earlier results say now."""
    found.activity.state, found.activity.reason = DRAFT, ""
    note_of(work, found, "take_up")
    await work.session.flush()
    return await show(work, found, Note("taken_up"))


async def _resting(work: Work, found: Scene) -> list[str]:
    """What an adopted result's reopening unsettles; another period of one that repeats unsettles nothing."""
    if found.activity.state != ADOPTED or found.spec.repeats:
        return []
    path = f"{found.activity.topic_key}/{found.activity.key}"
    return await inputs.resting_on(work, found.run, found.process, path)


async def refresh(work: Work, run: Run, process: Process, activity: Activity) -> None:
    """Takes up what earlier results say now, where somebody has only looked at the activity before."""
    path = f"{activity.topic_key}/{activity.key}"
    if path in await inputs.stale_in_run(work, run, process):
        spec = process.activity(activity.topic_key, activity.key)
        await inputs.draw_again(work, run, process, activity, spec)
        await work.session.flush()


async def draw_again(work: Work, activity_id: int) -> Desk:
    """Takes up what earlier results say now. Raises Rejected while members answer or once it is adopted."""
    found = await scene(work, activity_id, lock=True)
    found.guide()
    if found.activity.state not in {DRAFT, CLOSED}:
        raise Rejected("draw_when_closed")
    await inputs.draw_again(work, found.run, found.process, found.activity, found.spec)
    note_of(work, found, "draw", versions=found.activity.drawn)
    await work.session.flush()
    return await show(work, await scene(work, activity_id), Note("drawn_again"))
