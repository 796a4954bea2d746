"""A facilitator's moves: making one, taking the last one back, dropping what the room entered."""

from domain.dialog.engine import next_question
from domain.faults import Rejected
from domain.freezing import plain
from domain.instruments.base import PLENARY, Move, MoveForm
from domain.process.states import OPEN
from store import activities
from usecases.activities.announcing import ROUND
from usecases.activities.audit import note_of
from usecases.activities.desk import last_move, may_undo, offers, show, view
from usecases.activities.opening import open_to_members
from usecases.activities.outcomes import Desk
from usecases.activities.scenes import Scene, scene, write_move
from usecases.outcomes import Note
from usecases.work import Work


def move_form(found: Scene, kind: str) -> MoveForm:
    """The move of that kind, if it can be made now. Raises Rejected."""
    found.guide()
    offered = {offer.kind for offer in offers(found)}
    if kind not in offered:
        raise Rejected("move_not_now")
    return next(move for move in found.instrument.moves if move.kind == kind)


async def make_move(work: Work, activity_id: int, kind: str, values: dict[str, object]) -> Desk:
    """Carries out a facilitator's move."""
    found = await scene(work, activity_id, lock=True)
    form = move_form(found, kind)
    missing = next_question(form.questions(found.desk(), values), values)
    if missing is not None:
        raise Rejected("move_not_now")
    await keep_move(work, found, kind, {**values, **form.keeps(found.desk())})
    found = await scene(work, activity_id)
    if form.reopens:
        await open_to_members(work, found, ROUND)
    note = Note(f"moved.{kind}", instrument=found.spec.instrument)
    return await show(work, found, note)


async def undo(work: Work, activity_id: int, number: int) -> Desk:
    """Takes the last move back, if it still is that one: a second tap on the same button takes nothing more.

    Raises Rejected for who could not have made it.
    """
    found = await scene(work, activity_id, lock=True)
    found.guide()
    if not number or number != last_move(found):
        return await show(work, found)
    if not may_undo(found):
        raise Rejected("not_allowed", role=found.me.role)
    await keep_move(work, found, "undo", {})
    return await view(work, activity_id, Note("undone"))


async def drop_plenary(work: Work, activity_id: int) -> Desk:
    """Takes back all that was entered for the room, so that the members' own answers count again."""
    found = await scene(work, activity_id, lock=True)
    found.guide()
    entered = found.ballots.get(PLENARY)
    if not entered or found.activity.state != OPEN:
        return await show(work, found)
    await activities.forget_answers(work.session, activity_id, PLENARY, list(entered), found.me.id, work.now)
    note_of(work, found, "drop_plenary", **plain(entered))
    await work.session.flush()
    return await view(work, activity_id, Note("plenary_dropped"))


async def keep_move(work: Work, found: Scene, kind: str, values: dict[str, object]) -> None:
    """Keeps a move after all those made before."""
    move = Move(found.newest_move + 1, kind, values, found.me.name)
    await write_move(work, found.activity.id, move, found.me)
    note_of(work, found, f"move.{kind}", **plain(values))
