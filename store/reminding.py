"""What decides who is reminded in a Pokja, read from the tables, and what was said already."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import cast

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from domain.meetings import COMING, Meeting, Plan
from domain.meetings_people import Reply
from domain.reminders_state import Absence, Snooze
from store import people
from store.meeting_tables import Invitee, MeetingReply, MeetingRow
from store.reminding_tables import AbsenceRow, ReminderSent, SnoozeRow
from store.tables import Activity, AuditEntry, Membership, Outgoing, Pokja, User
from store.upsert import insert_into

SENT = cast("sa.Table", ReminderSent.__table__)
OF_PEOPLE = "digest", "weekly"
"""Kinds of reasons that are about a day, not about something that is to be done."""
KEPT_DAYS = timedelta(days=31)
"""A report or digest older than this is never looked for again."""
REASONS = "reasons"
"""The key of an outbox payload under which its reasons stand, to be taken back when it doesn't go."""


async def pokjas(session: AsyncSession) -> Sequence[int]:
    """Every Pokja there is."""
    return list(await session.scalars(sa.select(Pokja.id).order_by(Pokja.id)))


async def hold(session: AsyncSession, pokja_id: int) -> Pokja | None:
    """The Pokja, held so that of several processes one decides at a time. Others may still refer to it."""
    query = sa.select(Pokja).where(Pokja.id == pokja_id)
    return await session.scalar(query.with_for_update(key_share=True))


async def reader(session: AsyncSession, membership_id: int) -> tuple[Membership, Pokja] | None:
    """A member with their Pokja."""
    query = sa.select(Membership, Pokja).join(Pokja, Pokja.id == Membership.pokja_id)
    row = (await session.execute(query.where(Membership.id == membership_id))).first()
    return (row[0], row[1]) if row else None


async def unreachable(session: AsyncSession, pokja_id: int) -> frozenset[int]:
    """Members that can't be written to: gone from the Pokja, never started, blocked the bot."""
    out_of_reach = (Membership.state != people.ACTIVE) | (User.reach != "started")
    query = sa.select(Membership.id).join(User, User.id == Membership.user_id)
    return frozenset(await session.scalars(query.where(Membership.pokja_id == pokja_id, out_of_reach)))


async def absences(session: AsyncSession, pokja_id: int, today: date) -> tuple[Absence, ...]:
    """Who is away today or later."""
    query = (
        sa.select(AbsenceRow.membership_id, AbsenceRow.first, AbsenceRow.last)
        .join(Membership, Membership.id == AbsenceRow.membership_id)
        .where(Membership.pokja_id == pokja_id, AbsenceRow.last >= today)
    )
    return tuple(Absence(*row) for row in await session.execute(query))


async def is_away(session: AsyncSession, membership_id: int, today: date) -> bool:
    """Whether a member is away on that day."""
    mine = (
        (AbsenceRow.membership_id == membership_id) & (AbsenceRow.first <= today) & (AbsenceRow.last >= today)
    )
    return await session.scalar(sa.select(AbsenceRow.id).where(mine).limit(1)) is not None


async def absences_of(session: AsyncSession, membership_id: int, today: date) -> Sequence[AbsenceRow]:
    """When a member is away, today or later."""
    query = sa.select(AbsenceRow).where(AbsenceRow.membership_id == membership_id, AbsenceRow.last >= today)
    return list(await session.scalars(query.order_by(AbsenceRow.first, AbsenceRow.id)))


async def snoozes(session: AsyncSession, pokja_id: int) -> tuple[Snooze, ...]:
    """What was put off, ever: it is over when its subject's day moves."""
    query = (
        sa.select(
            SnoozeRow.membership_id, SnoozeRow.kind, SnoozeRow.subject_id, SnoozeRow.day, SnoozeRow.until
        )
        .join(Membership, Membership.id == SnoozeRow.membership_id)
        .where(Membership.pokja_id == pokja_id)
    )
    return tuple(Snooze(*row) for row in await session.execute(query))


async def meetings(session: AsyncSession, pokja_id: int, now: datetime) -> Sequence[Meeting]:
    """The announced meetings that are still to begin; the agenda is left out."""
    query = sa.select(MeetingRow).where(
        MeetingRow.pokja_id == pokja_id, MeetingRow.state.in_(COMING), MeetingRow.starts > now
    )
    return [_meeting(row) for row in await session.scalars(query)]


def _meeting(row: MeetingRow) -> Meeting:
    plan = Plan(row.title, row.starts, row.minutes, row.place, row.link, ())
    return Meeting(row.id, row.state, plan, row.sequence, row.asked_at)


async def invited(session: AsyncSession, ids: Iterable[int]) -> Mapping[int, list[int]]:
    """Who is invited to each of these meetings."""
    query = sa.select(Invitee.meeting_id, Invitee.membership_id).where(Invitee.meeting_id.in_(list(ids)))
    found: defaultdict[int, list[int]] = defaultdict(list)
    for meeting_id, who in await session.execute(query.order_by(Invitee.id)):
        found[meeting_id].append(who)
    return found


async def replies(session: AsyncSession, ids: Iterable[int]) -> Mapping[int, list[Reply]]:
    """What was answered to each of these invitations."""
    query = sa.select(MeetingReply).where(MeetingReply.meeting_id.in_(list(ids))).order_by(MeetingReply.id)
    found: defaultdict[int, list[Reply]] = defaultdict(list)
    for row in await session.scalars(query):
        reply = Reply(row.membership_id, row.answer, row.at, row.reason, row.deputy)
        found[row.meeting_id].append(reply)
    return found


async def closing(session: AsyncSession, pokja_id: int) -> Sequence[Activity]:
    """The open activities with a moment at which answering should be over; one before it was opened is past."""
    is_set = Activity.closes_at.is_not(None) & (Activity.closes_at > Activity.opened_at)
    query = sa.select(Activity).where(Activity.pokja_id == pokja_id, Activity.state == "open", is_set)
    return list(await session.scalars(query.order_by(Activity.id)))


DEADLINE = "activity.deadline"
"""The audit trail's word for setting that moment."""


async def deadlines_told(session: AsyncSession, pokja_id: int) -> Mapping[str, datetime]:
    """When each activity's closing moment was set last, by the subject of the audit trail."""
    query = (
        sa.select(AuditEntry.subject, sa.func.max(AuditEntry.at))
        .where(AuditEntry.pokja_id == pokja_id, AuditEntry.action == DEADLINE)
        .group_by(AuditEntry.subject)
    )
    return {row[0]: row[1] for row in await session.execute(query)}


async def sent(
    session: AsyncSession, pokja_id: int, subjects: Mapping[str, Sequence[int]], now: datetime
) -> frozenset[str]:
    """The reasons that were said of these subjects (numbers by kind), and the recent digests and reports."""
    wanted = [(SENT.c.kind == kind) & SENT.c.subject_id.in_(ids) for kind, ids in subjects.items()]
    recent = SENT.c.kind.in_(OF_PEOPLE) & (SENT.c.at >= now - KEPT_DAYS)
    query = sa.select(SENT.c.reason).where(SENT.c.pokja_id == pokja_id, sa.or_(recent, *wanted))
    return frozenset(await session.scalars(query))


async def remember(session: AsyncSession, rows: Sequence[ReminderSent]) -> frozenset[str]:
    """Keeps reasons; gives those that were new. Of two processes only one is given a reason."""
    if not rows:
        return frozenset()
    names = ("reason", "pokja_id", "membership_id", "kind", "subject_id", "at")
    unique = {row.reason: {name: getattr(row, name) for name in names} for row in rows}
    statement = insert_into(session, SENT).on_conflict_do_nothing(index_elements=["reason"])
    result = await session.execute(statement.returning(SENT.c.reason), list(unique.values()))
    return frozenset(result.scalars())


async def forget(session: AsyncSession, reasons: Sequence[str]) -> None:
    """Takes reasons back: what they stand for was not said after all."""
    if reasons:
        await session.execute(sa.delete(ReminderSent).where(ReminderSent.reason.in_(reasons)))


def reasons_of(row: Outgoing) -> Sequence[str]:
    """The reasons an outbox row would have said."""
    return list(row.payload.get(REASONS, ()))
