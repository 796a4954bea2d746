"""Meetings: their rows, who is invited, who answered, who came, and what was written down."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, fields
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from domain.follow_ups.follow_up import LIVE
from domain.meetings.agenda import AgendaItem
from domain.meetings.attendance import CheckIn, Reply
from domain.meetings.meeting import CANCELLED, FINAL, IN_SESSION, Meeting, Plan
from domain.meetings.minutes import Entry
from store.engine.upsert import insert_into
from store.people import ACTIVE
from store.tables.core import Activity, FollowUp, Membership, Outgoing, Result, TopicRun, User
from store.tables.meetings import (
    Invitee,
    MeetingCheckIn,
    MeetingMaterial,
    MeetingReply,
    MeetingRow,
    MeetingTick,
    MinuteCorrection,
    MinuteEntry,
)


def read_agenda(data: Iterable[dict[str, Any]]) -> tuple[AgendaItem, ...]:
    """The points as they were kept."""
    return tuple(AgendaItem(**{**each, "follow_ups": tuple(each["follow_ups"])}) for each in data)


def agenda_data(agenda: Iterable[AgendaItem]) -> list[dict[str, object]]:
    """The points as JSON; `read_agenda` reads them back."""
    return [{**asdict(item), "follow_ups": list(item.follow_ups)} for item in agenda]


PLAN = tuple(each.name for each in fields(Plan) if each.name != "agenda")
"""The fields of a plan that are columns as they are: all but the agenda, which is kept as JSON."""
COLUMNS = tuple(getattr(MeetingRow, name) for name in ("id", "state", "sequence", "asked_at", *PLAN))
"""What a meeting is read from where nobody wants its agenda."""


def of_row(row: MeetingRow) -> Meeting:
    """The meeting as the rules see it."""
    return brief(row, read_agenda(row.agenda))


def brief(row: Any, agenda: tuple[AgendaItem, ...] = ()) -> Meeting:
    """The meeting of a row of COLUMNS, without its agenda if none is given."""
    plan = Plan(**{name: getattr(row, name) for name in PLAN}, agenda=agenda)
    return Meeting(row.id, row.state, plan, row.sequence, row.asked_at)


def plan_data(plan: Plan) -> dict[str, Any]:
    """The columns of a plan; `of_row` reads them back."""
    return {**{name: getattr(plan, name) for name in PLAN}, "agenda": agenda_data(plan.agenda)}


def keep(row: MeetingRow, meeting: Meeting) -> None:
    """Writes what the rules made of the meeting into its row."""
    for name, value in plan_data(meeting.plan).items():
        setattr(row, name, value)
    row.state, row.sequence, row.asked_at = meeting.state, meeting.sequence, meeting.asked_at


async def find(session: AsyncSession, meeting_id: int, *, lock: bool = False) -> MeetingRow | None:
    """A meeting by its number. `lock` keeps others from changing it meanwhile."""
    query = sa.select(MeetingRow).where(MeetingRow.id == meeting_id)
    return await session.scalar(query.with_for_update() if lock else query)


async def by_code(session: AsyncSession, code: str) -> MeetingRow | None:
    """The meeting whose screen shows this code."""
    query = sa.select(MeetingRow).where(MeetingRow.code == code).order_by(MeetingRow.id.desc()).limit(1)
    return await session.scalar(query)


async def runs_with_code(session: AsyncSession, code: str, user_id: int) -> bool:
    """Whether this is the code of a meeting that runs in one of the Pokja somebody is in."""
    query = sa.select(MeetingRow.id).join(Membership, Membership.pokja_id == MeetingRow.pokja_id)
    mine = query.where(Membership.user_id == user_id, Membership.state == ACTIVE)
    found = mine.where(MeetingRow.code == code, MeetingRow.state == IN_SESSION).limit(1)
    return await session.scalar(found) is not None


async def listed(
    session: AsyncSession, pokja_id: int, topic_run_id: int | None = None
) -> Sequence[MeetingRow]:
    """The meetings of a Pokja, or of one topic, the newest date first."""
    query = sa.select(MeetingRow).where(MeetingRow.pokja_id == pokja_id)
    if topic_run_id is not None:
        query = query.where(MeetingRow.topic_run_id == topic_run_id)
    return list(await session.scalars(query.order_by(MeetingRow.starts.desc(), MeetingRow.id.desc())))


async def next_for(
    session: AsyncSession, membership_id: int, states: Collection[str], since: datetime
) -> MeetingRow | None:
    """The earliest meeting in one of those states a member is invited to, that doesn't begin before `since`."""
    query = (
        sa.select(MeetingRow)
        .join(Invitee, Invitee.meeting_id == MeetingRow.id)
        .where(Invitee.membership_id == membership_id, MeetingRow.state.in_(list(states)))
        .where(MeetingRow.starts >= since)
    )
    return await session.scalar(query.order_by(MeetingRow.starts, MeetingRow.id).limit(1))


async def invited(session: AsyncSession, meeting_id: int) -> Sequence[tuple[Membership, User]]:
    """Active members who are invited, in the order they came into the Pokja."""
    query = (
        sa.select(Membership, User)
        .join(Invitee, Invitee.membership_id == Membership.id)
        .join(User, User.id == Membership.user_id)
        .where(Invitee.meeting_id == meeting_id, Membership.state == ACTIVE)
        .order_by(Membership.id)
    )
    return [(row[0], row[1]) for row in await session.execute(query)]


async def invite(session: AsyncSession, meeting_id: int, members: Iterable[int]) -> list[int]:
    """Invites members; returns those who were not invited before."""
    rows = [{"meeting_id": meeting_id, "membership_id": member} for member in members]
    if not rows:
        return []
    statement = insert_into(session, Invitee).on_conflict_do_nothing(
        index_elements=["meeting_id", "membership_id"]
    )
    return list(await session.scalars(statement.returning(Invitee.membership_id), rows))


async def uninvite(session: AsyncSession, meeting_id: int, membership_id: int) -> None:
    """Deletes an invitation."""
    which = (Invitee.meeting_id == meeting_id) & (Invitee.membership_id == membership_id)
    await session.execute(sa.delete(Invitee).where(which))


async def count_sent(session: AsyncSession, reason: str) -> int:
    """Returns the number of messages in the outbox whose reason begins with `reason`."""
    query = sa.select(sa.func.count()).where(Outgoing.reason.startswith(reason, autoescape=True))
    return await session.scalar(query) or 0


async def replies(session: AsyncSession, meeting_id: int) -> list[Reply]:
    """Every answer to the invitation, oldest first."""
    query = sa.select(MeetingReply).where(MeetingReply.meeting_id == meeting_id)
    rows = await session.scalars(query.order_by(MeetingReply.at, MeetingReply.id))
    return [Reply(each.membership_id, each.answer, each.at, each.reason, each.deputy) for each in rows]


async def check_ins(session: AsyncSession, meeting_id: int) -> list[CheckIn]:
    """Who came, in the order they came."""
    query = sa.select(MeetingCheckIn).where(MeetingCheckIn.meeting_id == meeting_id)
    rows = await session.scalars(query.order_by(MeetingCheckIn.at, MeetingCheckIn.id))
    return [CheckIn(each.membership_id, each.at, each.by, each.deputy) for each in rows]


async def check_in(session: AsyncSession, meeting_id: int, each: CheckIn) -> bool:
    """Keeps that somebody came; the first time stands. Returns whether this was it."""
    statement = insert_into(session, MeetingCheckIn).values(
        meeting_id=meeting_id, membership_id=each.who, by=each.by, deputy=each.deputy, at=each.at
    )
    once = statement.on_conflict_do_nothing(index_elements=["meeting_id", "membership_id"])
    return (await session.execute(once.returning(MeetingCheckIn.id))).first() is not None


async def delete_check_in(session: AsyncSession, meeting_id: int, membership_id: int) -> None:
    """Deletes a check-in that was made by mistake."""
    which = (MeetingCheckIn.meeting_id == meeting_id) & (MeetingCheckIn.membership_id == membership_id)
    await session.execute(sa.delete(MeetingCheckIn).where(which))


async def ticks(session: AsyncSession, meeting_id: int) -> frozenset[int]:
    """The keys of the points that are dealt with."""
    query = sa.select(MeetingTick.item_key).where(MeetingTick.meeting_id == meeting_id)
    return frozenset(int(key) for key in await session.scalars(query))


async def tick(session: AsyncSession, meeting_id: int, key: int, by: int, now: datetime) -> None:
    """Marks a point of the agenda as dealt with."""
    statement = insert_into(session, MeetingTick).values(
        meeting_id=meeting_id, item_key=str(key), by=by, at=now
    )
    await session.execute(statement.on_conflict_do_nothing(index_elements=["meeting_id", "item_key"]))


async def untick(session: AsyncSession, meeting_id: int, key: int) -> None:
    """Marks a point of the agenda as open again."""
    which = (MeetingTick.meeting_id == meeting_id) & (MeetingTick.item_key == str(key))
    await session.execute(sa.delete(MeetingTick).where(which))


async def entries(session: AsyncSession, meeting_id: int) -> list[Entry]:
    """What was written down, oldest first."""
    query = sa.select(MinuteEntry).where(MinuteEntry.meeting_id == meeting_id)
    rows = await session.scalars(query.order_by(MinuteEntry.at, MinuteEntry.id))
    return [Entry(each.id, int(each.item_key), each.kind, each.text, each.by, each.at) for each in rows]


async def corrections(session: AsyncSession, meeting_id: int) -> Sequence[MinuteCorrection]:
    """The corrections people asked for, oldest first."""
    query = sa.select(MinuteCorrection).where(MinuteCorrection.meeting_id == meeting_id)
    return list(await session.scalars(query.order_by(MinuteCorrection.id)))


async def unfinished(session: AsyncSession, pokja_id: int) -> Sequence[MeetingRow]:
    """Meetings from the plan to the minutes that aren't final, the earliest first."""
    query = sa.select(MeetingRow).where(
        MeetingRow.pokja_id == pokja_id, MeetingRow.state.not_in((CANCELLED, FINAL))
    )
    return list(await session.scalars(query.order_by(MeetingRow.starts, MeetingRow.id)))


async def materials(session: AsyncSession, meeting_id: int) -> Sequence[MeetingMaterial]:
    """What is to be brought or prepared."""
    query = sa.select(MeetingMaterial).where(MeetingMaterial.meeting_id == meeting_id)
    return list(await session.scalars(query.order_by(MeetingMaterial.id)))


async def polled(session: AsyncSession, run_id: int) -> list[dict[str, object]]:
    """The items date polls adopted that still hold, the newest poll first."""
    query = (
        sa.select(Result.items, Activity.id)
        .join(Activity, Activity.id == Result.activity_id)
        .join(TopicRun, TopicRun.id == Activity.topic_run_id)
        .where(TopicRun.run_id == run_id, Activity.instrument == "date_poll", Activity.state == "adopted")
        .order_by(Result.adopted_at.desc(), Result.id.desc())
    )
    newest: dict[int, list[dict[str, object]]] = {}
    for items, activity_id in await session.execute(query):
        newest.setdefault(activity_id, items)
    return [items[0] for items in newest.values() if items]


async def late_follow_ups(session: AsyncSession, pokja_id: int, due_by: date) -> Sequence[int]:
    """The numbers of tindak lanjut that are not over and were due by that day, the latest first."""
    query = sa.select(FollowUp.id).where(
        FollowUp.pokja_id == pokja_id, FollowUp.state.in_(sorted(LIVE)), FollowUp.due <= due_by
    )
    return list(await session.scalars(query.order_by(FollowUp.due, FollowUp.id)))


async def given_at(
    session: AsyncSession, pokja_id: int, source: str
) -> Sequence[tuple[FollowUp, Membership]]:
    """The tindak lanjut that came out of a meeting ('pertemuan/12')."""
    query = (
        sa.select(FollowUp, Membership)
        .join(Membership, Membership.id == FollowUp.owner_id)
        .where(FollowUp.pokja_id == pokja_id)
        .where((FollowUp.source == source) | FollowUp.source.startswith(f"{source}/", autoescape=True))
    )
    return [(row[0], row[1]) for row in await session.execute(query.order_by(FollowUp.id))]


async def groups(session: AsyncSession, topic_run_id: int) -> list[tuple[int, str]]:
    """Breakout groups of a topic: the activity that is theirs, and their name (the newest of each name)."""
    query = sa.select(Activity.id, Activity.name).where(
        Activity.topic_run_id == topic_run_id, Activity.parent_id.is_not(None)
    )
    named = {row[1]: row[0] for row in await session.execute(query.order_by(Activity.id))}
    return [(number, name) for name, number in named.items()]
