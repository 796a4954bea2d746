"""Meetings: bringing one together, its card, and the lists of those of a topic and of the Pokja."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from domain import roles
from domain.faults import Rejected
from domain.meetings.agenda import AgendaItem
from domain.meetings.attendance import Attendance, Reply, attendance, counted, standing
from domain.meetings.meeting import CANCELLED, COMING, PLANNED, Meeting, Plan, open_to
from store import activities, meetings
from store.tables.core import Membership, Pokja, TopicRun, User
from store.tables.meetings import MeetingRow
from usecases.meetings.outcomes import Counts, MeetingCard, MeetingFacts
from usecases.outcomes import Note
from usecases.work import Work, require


@dataclass(frozen=True, slots=True)
class Sitting:
    """A meeting with the actor's place in it; `invited` are active members."""

    row: MeetingRow
    pokja: Pokja
    me: Membership
    invited: Sequence[tuple[Membership, User]]

    @property
    def meeting(self) -> Meeting:
        """The meeting as it stands now."""
        return meetings.of_row(self.row)

    @property
    def ids(self) -> list[int]:
        """The memberships invited."""
        return [member.id for member, _ in self.invited]

    @property
    def guides(self) -> bool:
        """Whether the actor may plan and conduct it."""
        return self.me.role in roles.FACILITATORS

    def guide(self) -> Membership:
        """The actor, if they may plan and conduct it. Raises Rejected."""
        return require(self.me, roles.FACILITATORS)

    def replan(self, plan: Plan) -> None:
        """Keeps another plan that nobody has to be told of."""
        meetings.keep(self.row, replace(self.meeting, plan=plan))

    def facts(self, agenda: Sequence[AgendaItem] | None = None) -> MeetingFacts:
        """What may be known of it, perhaps with another agenda."""
        return facts_of(self.row, self.pokja, agenda)


def facts_of(row: MeetingRow, pokja: Pokja, agenda: Sequence[AgendaItem] | None = None) -> MeetingFacts:
    """What may be known of a meeting, in the Pokja's zone."""
    meeting = meetings.of_row(row)
    plan = meeting.plan if agenda is None else meeting.plan.with_agenda(agenda)
    local = replace(plan, starts=plan.starts.astimezone(ZoneInfo(pokja.zone)))
    return MeetingFacts(replace(meeting, plan=local), pokja.zone, pokja.name)


async def sitting(work: Work, meeting_id: int, *, lock: bool = False) -> Sitting:
    """A meeting of the actor's. Raises Rejected for strangers, for guests not invited, and for plans not told yet."""
    row = await meetings.find(work.session, meeting_id, lock=lock)
    if row is None:
        raise Rejected("unknown_button")
    me = await work.member_in(row.pokja_id)
    invited = await meetings.invited(work.session, meeting_id)
    if row.state == PLANNED and me.role not in roles.FACILITATORS:
        raise Rejected("meeting_not_announced")
    if me.role == roles.TAMU and all(member.id != me.id for member, _ in invited):
        raise Rejected("not_invited")
    return Sitting(row, await work.session.get_one(Pokja, row.pokja_id), me, invited)


async def planning(work: Work, meeting_id: int) -> Sitting:
    """A meeting that can still be planned, for those who may. Raises Rejected."""
    found = await sitting(work, meeting_id, lock=True)
    found.guide()
    if found.row.state not in {PLANNED} | COMING:
        raise Rejected("meeting_state", state=found.row.state)
    return found


def record(work: Work, found: Sitting, action: str, **details: object) -> None:
    """Notes an action on the meeting in the audit trail."""
    work.record(f"meeting.{action}", f"meeting {found.row.id}", found.me, **details)


async def share(session: AsyncSession, meeting_id: int) -> Fraction:
    """The share of those entitled that makes a quorum."""
    return Fraction((await session.get_one(MeetingRow, meeting_id)).quorum)


async def present(
    session: AsyncSession, row: MeetingRow, invited: Sequence[tuple[Membership, User]]
) -> Attendance:
    """Who is there, and whether it is a quorum of the members invited; guests are not counted."""
    entitled = [member.id for member, _ in invited if member.role in roles.VOTERS]
    came = await meetings.check_ins(session, row.id)
    return attendance(meetings.of_row(row), entitled, came, await share(session, row.id))


async def card(work: Work, meeting_id: int, note: Note | None = None, *, manage: bool = False) -> MeetingCard:
    """A meeting as the actor sees it."""
    found = await sitting(work, meeting_id)
    replies = await meetings.replies(work.session, meeting_id)
    came = await present(work.session, found.row, found.invited)
    return MeetingCard(
        facts=found.facts(),
        invited=len(found.invited),
        counts=_counts(found, replies),
        am_invited=found.me.id in found.ids,
        mine=standing(found.meeting, replies).get(found.me.id),
        here=any(each.who == found.me.id for each in came.present),
        can=open_to(found.meeting, found.me.role),
        may_guide=found.guides,
        bring=await brought(work, meeting_id, found.me.id),
        topic_index=await topic_index(work, found.row),
        needed=(came.counted, came.needed),
        manage=manage,
        is_due=found.row.state in COMING and found.row.starts <= work.now,
        may_print=not manage and found.me.role != roles.TAMU and found.row.state != CANCELLED,
        note=note,
    )


def _counts(found: Sitting, replies: Sequence[Reply]) -> Counts:
    each = counted(found.meeting, found.ids, replies)
    return Counts(len(each.coming), len(each.declined), len(each.deputed), len(each.silent))


async def brought(work: Work, meeting_id: int, member_id: int) -> list[str]:
    """What a member has to bring or prepare and hasn't yet."""
    kept = await meetings.materials(work.session, meeting_id)
    return [each.text for each in kept if each.membership_id == member_id and not each.done]


async def topic_index(work: Work, row: MeetingRow) -> int | None:
    """The place in the process of the topic it is about, from 0."""
    if row.topic_run_id is None:
        return None
    run = await activities.current_run(work.session, row.pokja_id)
    topic_run = await work.session.get_one(TopicRun, row.topic_run_id)
    if run is None or topic_run.run_id != run.id:
        return None
    process = await work.library.get(work.session, run.process_version_id)
    return [topic.key for topic in process.topics()].index(topic_run.key)
