"""Breakout groups: each works on a copy of the activity, and the plenary brings the copies together."""

from collections.abc import Iterator, Mapping, Sequence

from domain import breakout
from domain.breakout import Seat
from domain.dialog.questions import Answers, Choice, Option, Question, Several
from domain.faults import Rejected
from domain.freezing import plain
from domain.process.states import CLOSED, DRAFT, OPEN, PARTED
from store import activities
from store.activities import MOVES, GivenAnswer
from store.tables.core import Activity
from usecases.activities.audit import note_of
from usecases.activities.desk import show, view
from usecases.activities.outcomes import Desk
from usecases.activities.scenes import Scene, kept_move, permitted, scene
from usecases.outcomes import Note, Outcome
from usecases.work import Form, Subject, Work

BY_CHANCE, BY_INSTANSI, BY_HAND = "acak", "instansi", "sendiri"


async def _divisible(work: Work, activity_id: int) -> Scene:
    """The activity, if it can (still) be divided, or its participants chosen. Raises Rejected."""
    found = await scene(work, activity_id)
    found.guide()
    if found.activity.state != DRAFT or found.activity.parent_id:
        raise Rejected("divide_before_start")
    return found


async def _ask_division(work: Work, subject: Subject, answers: Answers) -> Sequence[Question]:
    """How many groups, and how members are divided; by hand, who is in each group but the last."""
    found = await _divisible(work, subject["activity"])
    most = min(breakout.MOST, len(found.voters) // 2)
    if most < breakout.FEWEST:
        raise Rejected("too_few_to_divide", members=len(found.voters))
    counts = tuple(Option(str(n), str(n)) for n in range(breakout.FEWEST, most + 1))
    ways = tuple(Option(way, about=way) for way in (BY_CHANCE, BY_INSTANSI, BY_HAND))
    asked: list[Question] = [
        Choice(key="count", about="count", options=counts, facts={"members": len(found.voters)}),
        Choice(key="way", about="way", options=ways),
    ]
    if answers.get("way") == BY_HAND and answers.get("count"):
        asked += _ask_members(found, int(answers["count"]), answers)
    return asked


def _ask_members(found: Scene, groups: int, answers: Answers) -> list[Question]:
    """Each group but the last chooses among those who are left; the last takes the rest."""
    left = {str(member.id): f"{member.name} ({member.instansi})" for member, _ in found.voters}
    asked: list[Question] = []
    for number in range(1, groups):
        key, options = f"g{number}.{groups}", tuple(Option(*each) for each in left.items())
        most = len(left) - (groups - number)
        asked.append(
            Several(
                key=key, about="members", options=options, most=most, facts={"number": number, "of": groups}
            )
        )
        chosen = set(answers.get(key) or ())
        left = {value: label for value, label in left.items() if value not in chosen}
    return asked


async def _divide(work: Work, subject: Subject, answers: Answers) -> Outcome:
    found = await _divisible(work, subject["activity"])
    groups = _groups(found, int(answers["count"]), answers)
    for old in await activities.parts(work.session, found.activity.id):
        await work.session.delete(old)
    await work.session.flush()
    for number, members in enumerate(groups, 1):
        await _make_part(work, found, number, members)
    note_of(work, found, "divide", groups=plain(groups), way=answers["way"])
    return await view(
        work, found.activity.id, Note("divided", {"lines": _representation(found, groups)}, stays=True)
    )


def _groups(found: Scene, count: int, answers: Answers) -> Sequence[Sequence[int]]:
    seats = _seats(found)
    if answers["way"] == BY_CHANCE:
        return breakout.spread(seats, count, f"{found.activity.id}")
    if answers["way"] == BY_INSTANSI:
        return breakout.together(seats, count)
    chosen = [[int(member) for member in answers[f"g{number}.{count}"]] for number in range(1, count)]
    placed = {member for group in chosen for member in group}
    return [*chosen, [seat.id for seat in seats if seat.id not in placed]]


def _seats(found: Scene) -> list[Seat]:
    return [Seat(member.id, member.instansi) for member, _ in found.voters]


def _representation(found: Scene, groups: Sequence[Sequence[int]]) -> list[Mapping[str, int]]:
    """Who is in each group, by instansi as their members wrote it."""
    names = {" ".join(member.instansi.casefold().split()): member.instansi for member, _ in found.voters}
    counted = [breakout.representation(_seats(found), group) for group in groups]
    return [{names[key]: count for key, count in group.items()} for group in counted]


async def _make_part(work: Work, found: Scene, number: int, members: Sequence[int]) -> None:
    whole = found.activity
    part = Activity(
        topic_run_id=whole.topic_run_id,
        pokja_id=whole.pokja_id,
        topic_key=whole.topic_key,
        key=whole.key,
        instrument=whole.instrument,
        state=DRAFT,
        items=whole.items,
        context=whole.context,
        inputs=whole.inputs,
        drawn=whole.drawn,
        part=number,
        name=f"Kelompok {number}",
        parent_id=whole.id,
        authors_shown=whole.authors_shown,
        opened_by=found.me.id,
        opened_at=work.now,
    )
    work.session.add(part)
    await work.session.flush()
    await activities.set_participants(work.session, part.id, members)


async def undivide(work: Work, activity_id: int) -> Desk:
    """Everybody works on one copy again, as long as nothing has begun."""
    found = await _divisible(work, activity_id)
    for part in await activities.parts(work.session, activity_id):
        await work.session.delete(part)
    await work.session.flush()
    return await show(work, found, Note("undivided"))


async def unite(work: Work, activity_id: int) -> Desk:
    """Brings what the groups made to the plenary, where it is tidied and adopted. Raises Rejected while one works."""
    found = await scene(work, activity_id, lock=True)
    found.guide()
    if found.activity.state != PARTED:
        return await show(work, found)
    parts = await activities.parts(work.session, activity_id)
    waiting = [part.name for part in parts if part.state in {DRAFT, OPEN}]
    if waiting:
        raise Rejected("groups_still_open", names=waiting)
    brought: list[GivenAnswer] = []
    for part in parts:
        number = found.newest_move + 1 + sum(each.ballot == MOVES for each in brought)
        brought += _brought(found, await scene(work, part.id), number)
    await activities.save_answers(work.session, activity_id, brought, work.now)
    found.activity.state, found.activity.closed_at = CLOSED, work.now
    note_of(work, found, "unite")
    await work.session.flush()
    return await view(work, activity_id, Note("united", {"count": len(parts)}))


def _brought(whole: Scene, part: Scene, number: int) -> Iterator[GivenAnswer]:
    """The group's own moves that hold in the plenary, numbered from `number`, and its ballots."""
    members = [member.id for member, _ in part.voters]
    own = [move for move in part.sheet.moves if move.number > whole.newest_move]
    for move in part.instrument.carried(own, members, number):
        yield kept_move(move, whole.me)
    for ballot, answers in part.instrument.brought(part.desk(), members).items():
        for key, value in answers.items():
            yield GivenAnswer(ballot, key, value, by=ballot if ballot in members else whole.me.id)


async def _ask_participants(work: Work, subject: Subject, answers: Answers) -> Sequence[Question]:
    """Asks whose answers are asked for; all of them means everybody."""
    found = await _divisible(work, subject["activity"])
    everybody = await _everybody(work, found)
    options = tuple(Option(str(id_), label) for id_, label in everybody)
    return (Several(key="members", about="members", options=options[:60], facts={"title": found.title}),)


async def _everybody(work: Work, found: Scene) -> list[tuple[int, str]]:
    return [
        (m.id, f"{m.name} ({m.instansi})")
        for m, _ in await permitted(work.session, found.activity, found.spec)
    ]


async def _choose_participants(work: Work, subject: Subject, answers: Answers) -> Outcome:
    found = await _divisible(work, subject["activity"])
    chosen = [int(member) for member in answers["members"]]
    everybody = await _everybody(work, found)
    await activities.set_participants(
        work.session, found.activity.id, [] if len(chosen) == len(everybody) else chosen
    )
    found.activity.revision += 1
    note_of(work, found, "participants", members=chosen)
    await work.session.flush()
    return await view(work, found.activity.id, Note("participants_chosen", {"count": len(chosen)}))


DIVIDE = Form("divide", _ask_division, _divide)
PARTICIPANTS = Form("participants", _ask_participants, _choose_participants)
