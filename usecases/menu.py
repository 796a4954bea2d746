"""The menu: what waits for a person, in all their Pokja, soonest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from domain.faults import Rejected
from domain.guiding.steps import RUNNING, Step
from store import activities, follow_ups, meetings, people
from store.tables.core import Membership, Pokja
from usecases.answering.tasks import TaskRef
from usecases.answering.waiting import unanswered
from usecases.guiding import situation
from usecases.meetings import lists
from usecases.meetings.outcomes import MeetingLine
from usecases.outcomes import Note, Outcome
from usecases.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class Welcome(Outcome):
    """For somebody who is in no Pokja yet; `waiting` names those they have asked to join."""

    name: str
    waiting: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that waits for a person: a task to answer, or a tindak lanjut with its day.

    `pokja` is where, for somebody who is in several.
    """

    label: str
    task: TaskRef | None = None
    follow_up_id: int | None = None
    detail: str = ""
    due: date | None = None
    begun: bool = False
    pokja: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Menu(Outcome):
    """What waits for the actor in any of their Pokja, soonest first; the rest is about the one they are working in.

    `steps` wait for them as one who guides, `elsewhere` says how many in their other Pokja (number, name, count);
    `meeting` is their next one.
    """

    pokja: str
    role: str
    name: str
    waiting: Sequence[Waiting]
    steps: Sequence[Step]
    elsewhere: Sequence[tuple[int, str, int]] = ()
    several: bool
    today: date
    next_meeting: str = ""
    meeting: MeetingLine | None = None


async def show(work: Work, note: Note | None = None) -> Outcome:
    """The menu of the active Pokja, or the welcome for somebody who is in none."""
    try:
        me, pokja = await work.current()
    except Rejected as rejected:
        if rejected.fault.code == "left_pokja":
            work.shown_in = 0
            return await show(work, note or Note("fault.left_pokja"))
        return await _outside(work, note)
    user = await work.user()
    mine = [
        (member, each)
        for member, each in await people.memberships_of(work.session, user.id)
        if member.state == people.ACTIVE
    ]
    return Menu(
        pokja=pokja.name,
        role=me.role,
        name=me.name,
        waiting=await _waiting(work, mine),
        steps=await situation.steps(work, me, pokja),
        elsewhere=await _elsewhere(work, [pair for pair in mine if pair[1].id != pokja.id]),
        several=len(mine) > 1,
        today=work.today(pokja.zone),
        next_meeting=await _next_meeting(work, pokja),
        meeting=await lists.next_of(work, me, pokja),
        note=note,
    )


async def _outside(work: Work, note: Note | None) -> Outcome:
    user = await work.user()
    asked = [pokja.name for _, pokja in await people.memberships_of(work.session, user.id)]
    return Welcome(name=work.actor.name, waiting=asked, note=note)


async def _waiting(work: Work, mine: Sequence[tuple[Membership, Pokja]]) -> list[Waiting]:
    """Tindak lanjut by their day, then unanswered activities in the order they were opened."""
    due: list[Waiting] = []
    tasks: list[Waiting] = []
    for me, pokja in mine:
        name = pokja.name if len(mine) > 1 else ""
        due += [
            Waiting(follow_up.text, follow_up_id=follow_up.id, due=follow_up.due, pokja=name)
            for follow_up in await follow_ups.open_of(work.session, me.id)
        ]
        tasks += [
            Waiting(ballot.title, task, begun=bool(ballot.answers), pokja=name)
            for task, ballot in await unanswered(work, me)
        ]
    return sorted(due, key=lambda each: each.due or date.max) + tasks


async def _elsewhere(
    work: Work, others: Sequence[tuple[Membership, Pokja]]
) -> Sequence[tuple[int, str, int]]:
    """The other Pokja in which steps wait for the actor."""
    counts = [
        (
            pokja.id,
            pokja.name,
            sum(step.kind is not RUNNING for step in await situation.steps(work, me, pokja)),
        )
        for me, pokja in others
    ]
    return [each for each in counts if each[2]]


async def _next_meeting(work: Work, pokja: Pokja) -> str:
    """The earliest of the dates that were adopted by poll and are still to come, as its ISO text."""
    run = await activities.current_run(work.session, pokja.id)
    dates = (
        [str(item.get("detail", "")) for item in await meetings.polled(work.session, run.id)] if run else []
    )
    return min((each for each in dates if each[:10] >= work.today(pokja.zone).isoformat()), default="")
