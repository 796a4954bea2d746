"""What papers of a meeting need to know beyond what its screens show: also of those who have left since."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from store.activities import WHOLE
from store.people import ACTIVE
from store.tables.core import Activity, AuditEntry, Membership, User
from store.tables.meetings import Invitee, MeetingCheckIn, MeetingTick


async def attending(session: AsyncSession, meeting_id: int) -> Sequence[tuple[Membership, User]]:
    """Those invited who are still in the Pokja, and all who came, in the order they came into the Pokja."""
    came = sa.select(MeetingCheckIn.membership_id).where(MeetingCheckIn.meeting_id == meeting_id)
    asked = sa.select(Invitee.membership_id).where(Invitee.meeting_id == meeting_id)
    still = Membership.id.in_(asked) & (Membership.state == ACTIVE)
    query = (
        sa.select(Membership, User)
        .join(User, User.id == Membership.user_id)
        .where(still | Membership.id.in_(came))
        .order_by(Membership.id)
    )
    return [(row[0], row[1]) for row in await session.execute(query)]


async def ticked_at(session: AsyncSession, meeting_id: int) -> Mapping[int, datetime]:
    """When each point was dealt with, by its key."""
    query = sa.select(MeetingTick.item_key, MeetingTick.at).where(MeetingTick.meeting_id == meeting_id)
    return {int(row[0]): row[1] for row in await session.execute(query)}


async def opened_by(session: AsyncSession, pokja_id: int, meeting_id: int) -> Membership | None:
    """Who began the meeting."""
    query = (
        sa.select(Membership)
        .join(AuditEntry, AuditEntry.user_id == Membership.user_id)
        .where(Membership.pokja_id == pokja_id, AuditEntry.pokja_id == pokja_id)
        .where(AuditEntry.action == "meeting.open", AuditEntry.subject == f"meeting {meeting_id}")
    )
    return await session.scalar(query.order_by(AuditEntry.id.desc()).limit(1))


async def agreements(session: AsyncSession, topic_runs: Collection[int]) -> Sequence[Activity]:
    """The activities of those topics that ask for agreement, in the order they were begun; none skipped."""
    query = sa.select(Activity).where(
        Activity.topic_run_id.in_(topic_runs),
        Activity.instrument == "agreement",
        Activity.part == WHOLE,
        Activity.state != "skipped",
    )
    return list(await session.scalars(query.order_by(Activity.id)))
