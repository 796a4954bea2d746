"""Brings together what decides what waits for those who guide a Pokja."""

from contextlib import suppress
from dataclasses import replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from domain import roles
from domain.calendar.working_days import DAY
from domain.guiding.steps import Applicant, MeetingStanding, Situation, Standing, Step, next_steps
from domain.meetings.meeting import CORRECTING
from domain.process.states import ADOPTED, CLOSED, DRAFT, OPEN, PARTED
from store import activities, meetings, people
from store.process_files import FaultyProcess
from store.tables.core import Activity, Membership, Pokja
from store.tables.meetings import MeetingRow
from usecases.activities import inputs, progress
from usecases.activities.course import course_of
from usecases.library import Library
from usecases.meetings.minutes import until
from usecases.work import Work


async def steps(work: Work, me: Membership, pokja: Pokja) -> tuple[Step, ...]:
    """What waits for this member as one who guides; nothing for others.

    Nothing either where the process can't be read: the menu stands, and whoever opens a topic hears of it.
    """
    if me.role not in roles.FACILITATORS:
        return ()
    with suppress(FaultyProcess):
        return next_steps(await situation(work.session, work.library, pokja, work.now), me.role)
    return ()


async def situation(session: AsyncSession, library: Library, pokja: Pokja, now: datetime) -> Situation:
    """All that decides what waits in a Pokja now."""
    applicants = await people.members(session, pokja.id, people.PENDING)
    found = Situation(
        now=now,
        meetings=[
            await _meeting(session, row, pokja) for row in await meetings.unfinished(session, pokja.id)
        ],
        applicants=[Applicant(member.id, member.name, member.joined_at) for member, _ in applicants],
        activities=[
            await standing(session, library, each) for each in await activities.unsettled(session, pokja.id)
        ],
    )
    return await _with_course(session, library, pokja, found)


async def _with_course(session: AsyncSession, library: Library, pokja: Pokja, found: Situation) -> Situation:
    run = await activities.current_run(session, pokja.id)
    if run is None:
        return found
    process = await library.get(session, run.process_version_id)
    topics = await activities.topic_runs(session, run.id)
    begun = await activities.activities_of_run(session, run.id)
    holding = await activities.versions_alike(session, [each.id for each in begun.values()])
    stale = [path for path in inputs.stale(process, begun, holding) if begun[path].state == ADOPTED]
    moments = [each.closed_at or each.opened_at for each in topics.values()]
    moments += [each.closed_at or each.opened_at for each in begun.values()]
    adopted = await activities.last_adoption(session, run.id)
    return replace(
        found,
        course=course_of(process, topics, begun),
        stale=[(begun[path].id, process.activity(*path.split("/")).title) for path in stale],
        moved_at=max([run.created_at, *moments, *([adopted] if adopted else [])]),
    )


async def standing(session: AsyncSession, library: Library, activity: Activity) -> Standing:
    """How far an unsettled activity is; who has answered is counted only where it matters."""
    frame = await library.frame(session, activity.id, activity.revision)
    found = Standing(
        activity.id,
        frame.title,
        activity.state,
        activity.opened_at,
        activity.closed_at,
        activity.closes_at,
        of_group=activity.parent_id is not None,
        guide=activity.opened_by,
    )
    if activity.state == OPEN:
        far = await progress.far(session, library, activity)
        count = far.headcount
        return replace(
            found, done=len(count.done), total=len(count.asked), in_plenary=far.in_plenary, filled=far.filled
        )
    if activity.state == CLOSED and not found.of_group:
        return replace(found, lacks=await progress.lacks(session, library, activity))
    if activity.state == PARTED:
        parts = await activities.parts(session, activity.id)
        return replace(found, pending_groups=sum(part.state in {DRAFT, OPEN} for part in parts))
    return found


async def _meeting(session: AsyncSession, row: MeetingRow, pokja: Pokja) -> MeetingStanding:
    ends = row.starts + timedelta(minutes=row.minutes)
    found = MeetingStanding(row.id, row.title, row.state, row.created_at, row.starts, ends)
    if row.state != CORRECTING:
        return found
    waiting = [each for each in await meetings.corrections(session, row.id) if each.state == "open"]
    return replace(found, until=_over(row, pokja), undecided=len(waiting))


def _over(row: MeetingRow, pokja: Pokja) -> datetime | None:
    """When the last day for corrections has ended."""
    last = until(row, pokja)
    return datetime.combine(last + DAY, time(), ZoneInfo(pokja.zone)) if last else None
