"""The facilitator's desk: opening, guiding, closing, reopening and adopting an activity."""

from dataclasses import asdict
from typing import Any

from domain import roles
from domain.dialog import next_question
from domain.faults import Rejected
from domain.freezing import plain, seal
from domain.instruments.base import PLENARY, Item, MoveForm, in_force
from domain.process import ActivitySpec, Process, qualified
from store import activities, people, talks
from store.activities import MOVES
from store.tables import Activity, Membership, Result, Run, TopicRun
from usecases import announcing
from usecases.outcomes import Desk, MoveOffer, Note
from usecases.scenes import Scene, scene
from usecases.work import Work, require

DRAFT, OPEN, CLOSED, ADOPTED = "draft", "open", "closed", "adopted"


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
        items=await _drawn(work, run, topic.key, spec.items_from, spec.take),
        context=await _drawn(work, run, topic.key, spec.shown_from, 0),
        opened_by=me.id,
        opened_at=work.now,
    )
    work.session.add(activity)
    await work.session.flush()
    return activity


async def _drawn(work: Work, run: Run, topic_key: str, reference: str, take: int) -> list[dict[str, Any]]:
    """The adopted items of an earlier activity, numbered anew so that they fit in a button; each keeps its source."""
    if not reference:
        return []
    source = qualified(topic_key, reference)
    earlier = await activities.find_activity(work.session, run.id, *source.split("/"))
    result = earlier and await activities.latest_result(work.session, earlier.id)
    if earlier is None or result is None or earlier.state != ADOPTED:
        raise Rejected("input_not_adopted", source=source)
    chosen = result.items[:take] if take else result.items
    return [
        asdict(Item(str(number), item["text"], f"{source}#{item['id']}", item["detail"]))
        for number, item in enumerate(chosen, 1)
    ]


async def view(work: Work, activity_id: int, note: Note | None = None) -> Desk:
    """The desk as it stands; members who may not guide see it without the facilitator's moves."""
    return await show(work, await scene(work, activity_id), note)


async def show(work: Work, found: Scene, note: Note | None = None) -> Desk:
    """The desk of a scene that holds all ballots."""
    result = found.instrument.tally(found.sheet, found.ballots)
    voters = {
        member.id for member, _ in await people.members(work.session, found.pokja.id, roles=roles.VOTERS)
    }
    members = {ballot: answers for ballot, answers in found.ballots.items() if ballot in voters and answers}
    done = sum(found.instrument.done(found.sheet, answers) for answers in members.values())
    adopted = await activities.latest_result(work.session, found.activity.id)
    may_guide = found.me.role in roles.FACILITATORS
    return Desk(
        activity_id=found.activity.id,
        activity=found.facts,
        topic_index=found.topic_index,
        state=found.activity.state,
        sheet=found.sheet,
        result=result,
        done=done,
        total=found.sheet.voters,
        partly=len(members) - done,
        plenary=bool(found.ballots.get(PLENARY)),
        offers=offers(found) if may_guide else (),
        last_move=_last_move(found) if may_guide else 0,
        lacking=_lacking(found, result),
        hint=found.instrument.hint(found.desk()) if may_guide and found.activity.state == CLOSED else None,
        adopted=adopted.sha256 if adopted and found.activity.state == ADOPTED else "",
        may_answer=found.me.role in roles.VOTERS and found.activity.state == OPEN,
        may_guide=may_guide,
        note=note,
    )


def _last_move(found: Scene) -> int:
    """The number of the move that can be taken back, or 0."""
    return (
        0
        if found.activity.state == ADOPTED
        else max((move.number for move in in_force(found.moves)), default=0)
    )


def _lacking(found: Scene, result: Any) -> Any:
    if found.activity.state == DRAFT:
        return found.instrument.ready(found.sheet)
    return found.instrument.lacking(found.sheet, result) if found.activity.state == CLOSED else None


def offers(found: Scene) -> list[MoveOffer]:
    """The moves that can be made now by the actor."""
    desk = found.desk()
    return [
        MoveOffer(index, move.kind)
        for index, move in enumerate(found.instrument.moves)
        if found.activity.state in move.phases
        and (found.me.role == roles.KETUA or not move.chair_only)
        and move.available(desk)
    ]


async def start(work: Work, activity_id: int) -> Desk:
    """Lets members answer and invites them. Raises Rejected with what is still needed."""
    found = await scene(work, activity_id, lock=True)
    found.guide()
    if found.activity.state != DRAFT:
        return await show(work, found)
    await open_to_members(work, found)
    return await show(work, found, Note("opened"))


async def open_to_members(work: Work, found: Scene) -> None:
    """Opens (again) and tells everybody whose answer is awaited."""
    fault = found.instrument.ready(found.sheet)
    if fault:
        raise Rejected(fault.code, instrument=found.spec.instrument, **fault.details)
    found.activity.state, found.activity.opened_at, found.activity.closed_at = OPEN, work.now, None
    await work.session.flush()
    await announcing.invite_to_answer(work, found)
    _audit(work, found, "open")


async def close(work: Work, activity_id: int) -> Desk:
    """Ends the answering; late taps are told so."""
    found = await scene(work, activity_id, lock=True)
    found.guide()
    if found.activity.state != OPEN:
        return await show(work, found)
    found.activity.state, found.activity.closed_at = CLOSED, work.now
    _audit(work, found, "close")
    work.boards.add(activity_id)
    await work.session.flush()
    return await show(work, found, Note("closed_now"))


async def reopen(work: Work, activity_id: int) -> Desk:
    """Lets members answer again; an adopted result stays kept, and the next adoption makes a new version."""
    found = await scene(work, activity_id, lock=True)
    found.guide()
    if found.activity.state in {CLOSED, ADOPTED}:
        await open_to_members(work, found)
    return await show(work, found, Note("reopened"))


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
    _audit(work, found, "adopt", version=result.version, sha256=result.sha256)
    await work.session.flush()
    await announcing.publish(work, found, result)
    return await show(work, found, Note("adopted"))


async def _freeze(work: Work, found: Scene, tallied: Any) -> Result:
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


def frozen(found: Scene, tallied: Any) -> dict[str, Any]:
    """All that a result was made of, as plain data."""
    return {
        "process": f"{found.process.name} {found.process.version}",
        "activity": f"{found.activity.topic_key}/{found.activity.key}",
        "voters": found.sheet.voters,
        "items": plain(found.sheet.items),
        "context": plain(found.sheet.context),
        "moves": plain(found.sheet.moves),
        "ballots": plain(found.ballots),
        "result": plain(tallied),
    }


def move_form(found: Scene, kind: str) -> MoveForm:
    """The move of that kind, if it can be made now. Raises Rejected."""
    found.guide()
    offered = {offer.kind for offer in offers(found)}
    if kind not in offered:
        raise Rejected("move_not_now")
    return next(move for move in found.instrument.moves if move.kind == kind)


async def make_move(work: Work, activity_id: int, kind: str, values: dict[str, Any]) -> Desk:
    """Carries out a facilitator's move."""
    found = await scene(work, activity_id, lock=True)
    form = move_form(found, kind)
    missing = next_question(form.questions(found.desk(), values), values)
    if missing is not None:
        raise Rejected("move_not_now")
    await _keep_move(work, found, kind, {**values, **form.keeps(found.desk())})
    found = await scene(work, activity_id)
    if form.reopens:
        await open_to_members(work, found)
    note = Note(f"moved.{kind}", instrument=found.spec.instrument)
    return await show(work, found, note)


async def undo(work: Work, activity_id: int, number: int) -> Desk:
    """Takes the last move back, if it still is that one: a second tap on the same button takes nothing more."""
    found = await scene(work, activity_id, lock=True)
    found.guide()
    if not number or number != _last_move(found):
        return await show(work, found)
    await _keep_move(work, found, "undo", {})
    return await view(work, activity_id, Note("undone"))


async def drop_plenary(work: Work, activity_id: int) -> Desk:
    """Takes back all that was entered for the room, so that the members' own answers count again."""
    found = await scene(work, activity_id, lock=True)
    found.guide()
    entered = found.ballots.get(PLENARY)
    if not entered or found.activity.state != OPEN:
        return await show(work, found)
    await activities.forget_answers(work.session, activity_id, PLENARY, list(entered))
    _audit(work, found, "drop_plenary", **plain(entered))
    await work.session.flush()
    return await view(work, activity_id, Note("plenary_dropped"))


async def _keep_move(work: Work, found: Scene, kind: str, values: dict[str, Any]) -> None:
    number = 1 + max((move.number for move in found.moves), default=0)
    value = {"kind": kind, "values": plain(values), "by": found.me.name}
    await activities.save_answer(
        work.session, found.activity.id, MOVES, f"m{number}", value, found.me.id, work.now
    )
    _audit(work, found, f"move.{kind}", **plain(values))


def _audit(work: Work, found: Scene, action: str, **details: Any) -> None:
    talks.note(
        work.session,
        f"activity.{action}",
        f"activity {found.activity.id}",
        work.now,
        pokja_id=found.pokja.id,
        user_id=found.me.user_id,
        **details,
    )
