"""Lists of meetings: those of the Pokja, those of a topic, and the next one for the menu."""

from collections.abc import Sequence
from datetime import timedelta

from domain import roles
from domain.meetings.attendance import standing
from domain.meetings.meeting import CANCELLED, COMING, CORRECTING, IN_SESSION, PLANNED
from store import activities, meetings
from store.tables.core import Membership, Pokja
from store.tables.meetings import MeetingRow
from usecases.meetings.outcomes import MeetingLine, Meetings
from usecases.outcomes import Note
from usecases.topics import topic as topic_
from usecases.work import Work

AHEAD = timedelta(hours=12)
"""A meeting that should have begun so long ago and never did is not the next one any more."""


async def listing(work: Work, page: int = 0, note: Note | None = None) -> Meetings:
    """The meetings of the Pokja, the newest date first."""
    me, pokja = await work.current()
    rows = await meetings.listed(work.session, pokja.id)
    return Meetings(
        title=pokja.name,
        lines=await _lines(work, rows, me, pokja),
        topic_index=None,
        may_plan=me.role in roles.FACILITATORS,
        page=page,
        note=note,
    )


async def of_topic(work: Work, index: int, page: int = 0) -> Meetings:
    """The meetings of one topic."""
    me, pokja, run, process = await topic_.current_run(work)
    topic = topic_.topic_at(process, index)
    topic_run = await activities.topic_run(work.session, run.id, topic.key)
    rows = await meetings.listed(work.session, pokja.id, topic_run.id) if topic_run else []
    return Meetings(
        title=f"{topic.key} {topic.title}",
        lines=await _lines(work, rows, me, pokja),
        topic_index=index,
        may_plan=me.role in roles.FACILITATORS,
        page=page,
    )


async def _lines(work: Work, rows: Sequence[MeetingRow], me: Membership, pokja: Pokja) -> list[MeetingLine]:
    return [await line(work, row, me, pokja) for row in rows if await _is_shown(work, row, me)]


async def _is_shown(work: Work, row: MeetingRow, me: Membership) -> bool:
    """Plans are for those who make them; guests see what they are invited to."""
    if row.state == PLANNED or (row.state == CANCELLED and row.asked_at is None):
        return row.state == PLANNED and me.role in roles.FACILITATORS
    return me.role != roles.TAMU or await _is_invited(work, row, me)


async def _is_invited(work: Work, row: MeetingRow, me: Membership) -> bool:
    return any(member.id == me.id for member, _ in await meetings.invited(work.session, row.id))


async def line(work: Work, row: MeetingRow, me: Membership, pokja: Pokja) -> MeetingLine:
    """A meeting in a list, with what the actor answered where an answer is (still) asked."""
    mine = None
    if row.state in COMING and await _is_invited(work, row, me):
        given = standing(meetings.of_row(row), await meetings.replies(work.session, row.id)).get(me.id)
        mine = given.answer if given else ""
    return MeetingLine(row.id, row.title, row.starts, row.state, pokja.zone, mine)


async def next_of(work: Work, me: Membership, pokja: Pokja) -> MeetingLine | None:
    """The next meeting the actor is invited to, for the menu; one whose minutes are open comes after."""
    for states in ({IN_SESSION}, COMING, {CORRECTING}):
        since = work.now - (AHEAD if CORRECTING not in states else timedelta(days=14))
        row = await meetings.next_for(work.session, me.id, states, since)
        if row is not None:
            return await line(work, row, me, pokja)
    return None
