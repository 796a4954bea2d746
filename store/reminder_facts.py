"""What decides who is reminded in a Pokja: a few statements, made once, for every look of every minute pays for them.

They read past the session what is written already; who has changed something flushes it before.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from domain.calendar.working_days import DAY
from domain.meetings.attendance import Reply
from domain.meetings.meeting import COMING, Meeting
from domain.reminders.state import Absence, Snooze
from domain.roles import KETUA
from store import people
from store.engine.database import connection_of
from store.meetings import COLUMNS, brief
from store.tables.core import Activity, Membership, Pokja, User
from store.tables.meetings import Invitee, MeetingReply, MeetingRow
from store.tables.reminders import AbsenceRow, SnoozeRow

OF_POKJA = Membership.pokja_id == sa.bindparam("pokja_id")
IS_ACTIVE = Membership.state == people.ACTIVE
IS_IN_REACH = IS_ACTIVE & (User.reach == "started")
SPECIAL = (
    sa.select(Membership.id, IS_ACTIVE & (Membership.role == KETUA), IS_IN_REACH)
    .join(User, User.id == Membership.user_id)
    .where(OF_POKJA, sa.not_(IS_IN_REACH) | (Membership.role == KETUA))
    .order_by(Membership.id)
)
ABSENCES = (
    sa.select(AbsenceRow.membership_id, AbsenceRow.first, AbsenceRow.last)
    .join(Membership, Membership.id == AbsenceRow.membership_id)
    .where(OF_POKJA, AbsenceRow.last >= sa.bindparam("today"))
)
SNOOZES = (
    sa.select(SnoozeRow.membership_id, SnoozeRow.kind, SnoozeRow.subject_id, SnoozeRow.day, SnoozeRow.until)
    .join(Membership, Membership.id == SnoozeRow.membership_id)
    .where(OF_POKJA)
)
MEETINGS = sa.select(*COLUMNS).where(
    MeetingRow.pokja_id == sa.bindparam("pokja_id"),
    MeetingRow.state.in_(sorted(COMING)),
    MeetingRow.starts > sa.bindparam("now"),
)
INVITED = (
    sa.select(Invitee.meeting_id, Invitee.membership_id)
    .where(Invitee.meeting_id.in_(sa.bindparam("ids", expanding=True)))
    .order_by(Invitee.id)
)
REPLIES = (
    sa.select(
        MeetingReply.meeting_id,
        MeetingReply.membership_id,
        MeetingReply.answer,
        MeetingReply.at,
        MeetingReply.reason,
        MeetingReply.deputy,
    )
    .where(MeetingReply.meeting_id.in_(sa.bindparam("ids", expanding=True)))
    .order_by(MeetingReply.id)
)
READER = (
    sa.select(
        Membership.id, Membership.role, Pokja.id, Pokja.name, Pokja.zone, AbsenceRow.first, AbsenceRow.last
    )
    .join(Pokja, Pokja.id == Membership.pokja_id)
    .outerjoin(
        AbsenceRow, (AbsenceRow.membership_id == Membership.id) & (AbsenceRow.last >= sa.bindparam("since"))
    )
    .where(Membership.id == sa.bindparam("membership_id"), IS_ACTIVE)
)
CLOSING = (
    sa.select(Activity)
    .where(
        Activity.pokja_id == sa.bindparam("pokja_id"),
        Activity.state == "open",
        Activity.closes_at.is_not(None) & (Activity.closes_at > Activity.opened_at),
    )
    .order_by(Activity.id)
)


@dataclass(frozen=True, slots=True)
class Circle:
    """Of the members of a Pokja: who is its Ketua, and who can't be written to (gone, never started, has blocked)."""

    ketua: tuple[int, ...]
    unreachable: frozenset[int]


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads a reminder, in which role and of which Pokja; `absences` those that aren't over."""

    id: int
    role: str
    pokja_id: int
    pokja: str
    zone: ZoneInfo
    absences: tuple[Absence, ...]

    def is_away(self, today: date) -> bool:
        """Whether the reader is absent on that day."""
        return any(each.first <= today <= each.last for each in self.absences)


async def circle(session: AsyncSession, pokja_id: int) -> Circle:
    """The Ketua of a Pokja, and the members who can't be reached."""
    found = await _rows(session, SPECIAL, pokja_id=pokja_id)
    return Circle(
        tuple(who for who, is_ketua, _ in found if is_ketua),
        frozenset(who for who, _, is_in_reach in found if not is_in_reach),
    )


async def reader(session: AsyncSession, membership_id: int, now: datetime) -> Reader | None:
    """An active member with their Pokja; None where there is none (any more)."""
    since = now.date() - DAY  # wherever they are
    found = await _rows(session, READER, membership_id=membership_id, since=since)
    if not found:
        return None
    who, role, pokja_id, pokja, zone, *_ = found[0]
    away = tuple(Absence(who, first, last) for *_, first, last in found if first)
    return Reader(who, role, pokja_id, pokja, ZoneInfo(zone), away)


async def absences(session: AsyncSession, pokja_id: int, today: date) -> tuple[Absence, ...]:
    """Who is away today or later."""
    return tuple(Absence(*row) for row in await _rows(session, ABSENCES, pokja_id=pokja_id, today=today))


async def snoozes(session: AsyncSession, pokja_id: int) -> tuple[Snooze, ...]:
    """All snoozes of a Pokja; one is over when its subject's day moves."""
    return tuple(Snooze(*row) for row in await _rows(session, SNOOZES, pokja_id=pokja_id))


async def meetings(session: AsyncSession, pokja_id: int, now: datetime) -> Sequence[Meeting]:
    """The announced meetings that are still to begin; the agenda is left out."""
    return [brief(row) for row in await _rows(session, MEETINGS, pokja_id=pokja_id, now=now)]


async def invited(session: AsyncSession, ids: Collection[int]) -> Mapping[int, list[int]]:
    """Who is invited to each of these meetings."""
    found: defaultdict[int, list[int]] = defaultdict(list)
    for meeting_id, who in await _rows(session, INVITED, ids=list(ids)) if ids else ():
        found[meeting_id].append(who)
    return found


async def replies(session: AsyncSession, ids: Collection[int]) -> Mapping[int, list[Reply]]:
    """What was answered to each of these invitations."""
    found: defaultdict[int, list[Reply]] = defaultdict(list)
    for meeting_id, *reply in await _rows(session, REPLIES, ids=list(ids)) if ids else ():
        found[meeting_id].append(Reply(*reply))
    return found


async def closing(session: AsyncSession, pokja_id: int) -> Sequence[Activity]:
    """The open activities with a moment at which answering should be over; one before it was opened is past."""
    return (await session.scalars(CLOSING, {"pokja_id": pokja_id})).all()


async def _rows(session: AsyncSession, statement: sa.Executable, **values: object) -> Sequence[Any]:
    connection = await connection_of(session)
    return (await connection.execute(statement, values)).all()
