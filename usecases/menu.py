"""The menu: what waits for a person in their Pokja, soonest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from domain import roles
from domain.faults import Rejected
from store import activities, follow_ups, meetings, people
from store.tables.core import Membership, Pokja
from usecases.answering import ballots
from usecases.answering.tasks import TaskRef
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
    """Something that waits for a person: a task to answer, or a tindak lanjut with its day."""

    label: str
    task: TaskRef | None = None
    follow_up_id: int | None = None
    detail: str = ""
    due: date | None = None
    begun: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Menu(Outcome):
    """What waits for the actor, soonest first; `meeting` is their next one."""

    pokja: str
    role: str
    name: str
    waiting: Sequence[Waiting]
    pending: int
    several: bool
    today: date
    next_meeting: str = ""
    meeting: MeetingLine | None = None


async def show(work: Work, note: Note | None = None) -> Outcome:
    """The menu of the active Pokja, or the welcome for somebody who is in none."""
    try:
        me, pokja = await work.current()
    except Rejected:
        return await _outside(work, note)
    user = await work.user()
    mine = [
        member
        for member, _ in await people.memberships_of(work.session, user.id)
        if member.state == people.ACTIVE
    ]
    pending = (
        await people.members(work.session, pokja.id, people.PENDING) if me.role in roles.MANAGERS else []
    )
    return Menu(
        pokja=pokja.name,
        role=me.role,
        name=me.name,
        waiting=await _waiting(work, me, pokja),
        pending=len(pending),
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


async def _waiting(work: Work, me: Membership, pokja: Pokja) -> list[Waiting]:
    """Tindak lanjut by their day, then unanswered activities in the order they were opened."""
    due = [
        Waiting(follow_up.text, follow_up_id=follow_up.id, due=follow_up.due)
        for follow_up in await follow_ups.open_of(work.session, me.id)
    ]
    return sorted(due, key=lambda each: each.due or work.today(pokja.zone)) + await _tasks(work, me, pokja)


async def _tasks(work: Work, me: Membership, pokja: Pokja) -> list[Waiting]:
    tasks = []
    for activity in await activities.open_activities(work.session, pokja.id):
        frame = await work.library.frame(work.session, activity.id, activity.revision)
        if not frame.asks(me.id, me.role):
            continue
        found, _ = await ballots.load(work, activity.id, None)
        if not found.instrument.done(found.sheet, found.answers):
            tasks.append(Waiting(found.title, TaskRef("a", activity.id), begun=bool(found.answers)))
    return tasks


async def _next_meeting(work: Work, pokja: Pokja) -> str:
    """The earliest of the dates that were adopted by poll and are still to come, as its ISO text."""
    run = await activities.current_run(work.session, pokja.id)
    dates = (
        [str(item.get("detail", "")) for item in await meetings.polled(work.session, run.id)] if run else []
    )
    return min((each for each in dates if each[:10] >= work.today(pokja.zone).isoformat()), default="")
