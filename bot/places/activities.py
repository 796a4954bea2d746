"""Where the keys of an activity's desk, its turnout and its result lead."""

from bot.places.base import Place, form
from domain.instruments.base import PLENARY
from usecases.activities import (
    adopting,
    breakouts,
    deadlines,
    desk,
    excel_import,
    move_form,
    moving,
    opening,
    results,
    skipping,
    tracing,
    turnout,
)
from usecases.activities.scenes import scene
from usecases.answering import dialog
from usecases.answering.tasks import TaskRef
from usecases.outcomes import Outcome
from usecases.work import Subject, Work


async def _activity(work: Work, activity_id: int) -> Subject:
    return {"activity": activity_id}


DESK = Place("desk", desk.view, "activity_id")
START = Place("start", opening.start, "activity_id", done_at=DESK)


async def _fill_in_plenary(work: Work, activity_id: int) -> Outcome:
    """Opens it for the room, and asks what the room says."""
    await opening.start_in_plenary(work, activity_id)
    return await dialog.show(work, TaskRef("a", activity_id, PLENARY))


START_IN_PLENARY = Place("start_in_plenary", _fill_in_plenary, "activity_id", done_at=DESK)
ASK_MEMBERS = Place("ask_members", opening.ask_members, "activity_id", done_at=DESK)
CLOSE = Place("close", opening.close, "activity_id", done_at=DESK)
REOPEN = Place("reopen", opening.reopen, "activity_id", more="sure", done_at=DESK)
DRAW_AGAIN = Place("draw_again", opening.draw_again, "activity_id", done_at=DESK)
ADOPT = Place("adopt", adopting.adopt, "activity_id", more="sure", done_at=DESK)
UNDO = Place("undo", moving.undo, "activity_id", more="number", done_at=DESK)
DROP_PLENARY = Place("drop_plenary", moving.drop_plenary, "activity_id", done_at=DESK)
DEADLINE = form("deadline", deadlines.FORM, _activity, "activity_id")
SKIP_ACTIVITY = form("skip_activity", skipping.FORM, _activity, "activity_id")

DIVIDE = form("divide", breakouts.DIVIDE, _activity, "activity_id")
UNDIVIDE = Place("undivide", breakouts.undivide, "activity_id", done_at=DESK)
UNITE = Place("unite", breakouts.unite, "activity_id", done_at=DESK)
PARTICIPANTS = form("participants", breakouts.PARTICIPANTS, _activity, "activity_id")


async def _move(work: Work, activity_id: int, kind: str) -> Subject:
    instrument = (await scene(work, activity_id)).spec.instrument
    return {"activity": activity_id, "kind": kind, "instrument": instrument}


MOVE = form("move", move_form.FORM, _move, "activity_id", word="kind")
EXCEL = Place("excel", excel_import.form, "activity_id")

TURNOUT = Place("turnout", turnout.view, "activity_id")
NUDGE = Place("nudge", turnout.nudge, "activity_id", done_at=TURNOUT)


async def _on_behalf(work: Work, activity_id: int, page: int = 0) -> Outcome:
    return await turnout.view(work, activity_id, choose=True, page=page)


ON_BEHALF = Place("on_behalf", _on_behalf, "activity_id", more="page")

RESULT = Place("result", results.view, "activity_id")
MATERIAL = Place("material", results.material, "activity_id")
ROWS = Place("rows", tracing.rows, "activity_id", more="page")
TRACE = Place("trace", tracing.trace, "activity_id", word="item_id")
