"""The facilitator's desk: where an activity stands and what can be done with it."""

from domain import roles
from domain.faults import Fault
from domain.guiding.course import SETTLED
from domain.guiding.steps import Step, in_topic
from domain.instruments.base import PLENARY, MoveForm, in_force
from domain.instruments.worksheet.moves import FILL
from domain.process.states import ADOPTED, CLOSED, DRAFT, OPEN
from domain.rights import MAKE_CHAIRS_MOVE, MAKE_MOVE, READ_TALLY, may
from domain.secrecy import are_shown
from store import activities
from store.tables.core import Activity
from usecases.activities import inputs, progress
from usecases.activities.course import course_of
from usecases.activities.outcomes import MEMBERS, NOBODY, ROOM, Desk, MoveOffer, PartLine
from usecases.activities.scenes import Scene, scene
from usecases.library import for_the_room
from usecases.outcomes import Note
from usecases.work import Work


async def view(work: Work, activity_id: int, note: Note | None = None) -> Desk:
    """The desk as it stands; members who may not guide see it without the facilitator's moves."""
    return await show(work, await scene(work, activity_id), note)


async def show(work: Work, found: Scene, note: Note | None = None) -> Desk:
    """The desk of a scene that holds all ballots."""
    shows_tally = are_shown(found.activity.state) and may(found.me.role, READ_TALLY, found.activity.state)
    result = found.instrument.tally(found.sheet, found.ballots if shows_tally else {})
    count = found.headcount
    adopted = await activities.latest_result(work.session, found.activity.id)
    may_guide = found.me.role in roles.FACILITATORS
    return Desk(
        activity_id=found.activity.id,
        activity=found.facts,
        topic_index=found.topic_index,
        state=found.activity.state,
        sheet=found.sheet,
        result=result,
        shows_tally=shows_tally,
        done=len(count.done),
        total=len(count.asked),
        partly=len(count.begun),
        mine_done=found.me.id in count.done,
        asks=asking(found),
        plenary=bool(found.ballots.get(PLENARY)),
        filled=found.is_filled,
        in_plenary=found.activity.in_plenary,
        offers=offers(found) if may_guide else (),
        last_move=last_move(found) if may_guide and may_undo(found) else 0,
        lacking=_lacking(found, result),
        hint=_hint(found) if may_guide else None,
        adopted=adopted.sha256 if adopted and found.activity.state == ADOPTED else "",
        may_answer=found.asks_me() and found.activity.state == OPEN,
        may_guide=may_guide,
        reason=found.activity.reason,
        stale=await stale_below(work, found),
        parts=await _parts(work, found.activity),
        parent_id=found.activity.parent_id or 0,
        repeats=found.spec.repeats,
        takes_forms=may_guide and takes_forms(found),
        closes_at=found.closes_at if found.activity.state in {DRAFT, OPEN} else None,
        zone=found.pokja.zone,
        onward=await _onward(work, found) if may_guide else None,
        note=note,
    )


async def _onward(work: Work, found: Scene) -> Step | None:
    """What comes next in its topic, once the activity is settled."""
    if found.activity.state not in SETTLED:
        return None
    topics = await activities.topic_runs(work.session, found.run.id)
    begun = await activities.activities_of_run(work.session, found.run.id)
    course = course_of(found.process, topics, begun)
    return in_topic(course, found.process.topic(found.activity.topic_key), work.now)


def asking(found: Scene) -> str:
    """Who has anything to answer: members, the room alone, or nobody."""
    if found.instrument.questions(found.sheet, {}) and not found.activity.in_plenary:
        return MEMBERS
    return ROOM if found.instrument.questions(for_the_room(found.sheet), {}) else NOBODY


def last_move(found: Scene) -> int:
    """The number of the move that can be taken back, or 0."""
    if found.activity.state == ADOPTED:
        return 0
    return max((move.number for move in in_force(found.moves)), default=0)


def may_make(found: Scene, move: MoveForm) -> bool:
    """Whether the actor's role may make that kind of move."""
    return may(found.me.role, MAKE_CHAIRS_MOVE if move.chair_only else MAKE_MOVE)


def may_undo(found: Scene) -> bool:
    """Whether the actor may take the last move back: whoever may make it."""
    forms = {move.kind: move for move in found.instrument.moves}
    last = next((move for move in found.moves if move.number == last_move(found)), None)
    form = forms.get(last.kind) if last else None
    return may_make(found, form) if form else may(found.me.role, MAKE_MOVE)


def _lacking(found: Scene, result: object) -> Fault | None:
    if found.activity.state == DRAFT:
        return found.instrument.ready(found.sheet)
    return found.instrument.lacking(found.sheet, result) if found.activity.state == CLOSED else None


def _hint(found: Scene) -> Fault | None:
    """What is worth a look: while members answer only how far they agree, after closing what might be corrected."""
    if found.activity.state == OPEN:
        return found.instrument.pulse(found.whole_desk)
    return found.instrument.hint(found.desk()) if found.activity.state == CLOSED else None


async def stale_below(work: Work, found: Scene) -> list[str]:
    """Titles of what has changed below this activity since it drew from it."""
    path = f"{found.activity.topic_key}/{found.activity.key}"
    if not found.activity.drawn:
        return []
    return (await inputs.stale_in_run(work, found.run, found.process)).get(path, [])


def takes_forms(found: Scene) -> bool:
    """Whether the table can be filled in with a file now."""
    by_file = any(move.kind == FILL for move in found.instrument.moves)
    return by_file and found.activity.state in {DRAFT, OPEN, CLOSED}


async def _parts(work: Work, activity: Activity) -> list[PartLine]:
    lines = []
    for part in await activities.parts(work.session, activity.id):
        found = await progress.count(work.session, work.library, part)
        lines.append(PartLine(part.id, part.name, part.state, len(found.done), len(found.asked)))
    return lines


def offers(found: Scene) -> list[MoveOffer]:
    """The moves that can be made now by the actor."""
    desk = found.desk()
    return [
        MoveOffer(index, move.kind)
        for index, move in enumerate(found.instrument.moves)
        if found.activity.state in move.phases and may_make(found, move) and move.available(desk)
    ]
