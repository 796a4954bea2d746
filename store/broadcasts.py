"""Broadcasts, whom each goes to, and what became of it for each of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, cast

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from domain.broadcasts.broadcast import SCHEDULED
from store import outbox
from store.engine.upsert import insert_into
from store.tables.broadcasts import BroadcastRecipient, BroadcastRow
from store.tables.core import Activity, Membership, Outgoing, Participant, User

RECIPIENTS: Final = cast("sa.Table", BroadcastRecipient.__table__)
WAITING: Final = (outbox.QUEUED, outbox.SENDING)


@dataclass(frozen=True, slots=True)
class Addressed:
    """One person a broadcast goes to: `state` and `error` as in the outbox; a row that is gone was sent long ago.

    `standing` is the member's state in the Pokja.
    """

    recipient_id: int
    member_id: int
    chat_id: int
    standing: str
    state: str
    error: str
    is_read: bool


async def of_pokja(
    session: AsyncSession, pokja_id: int, *, limit: int, offset: int = 0
) -> Sequence[BroadcastRow]:
    """The broadcasts of a Pokja: those still to come first, then the newest."""
    to_come = sa.case((BroadcastRow.state == SCHEDULED, 0), else_=1)
    query = (
        sa.select(BroadcastRow)
        .where(BroadcastRow.pokja_id == pokja_id)
        .order_by(to_come, BroadcastRow.id.desc())
    )
    return list(await session.scalars(query.limit(limit).offset(offset)))


async def asking_to_be_read(session: AsyncSession, pokja_id: int, limit: int) -> Sequence[BroadcastRow]:
    """The newest broadcasts that were sent and ask for 'sudah baca'."""
    query = sa.select(BroadcastRow).where(
        BroadcastRow.pokja_id == pokja_id, BroadcastRow.wants_read, BroadcastRow.last_planned.is_not(None)
    )
    return list(await session.scalars(query.order_by(BroadcastRow.id.desc()).limit(limit)))


async def due(session: AsyncSession, now: datetime) -> Sequence[BroadcastRow]:
    """The broadcasts whose moment has come, earliest first."""
    query = sa.select(BroadcastRow).where(BroadcastRow.state == SCHEDULED, BroadcastRow.at <= now)
    return list(await session.scalars(query.order_by(BroadcastRow.at, BroadcastRow.id)))


async def next_at(session: AsyncSession) -> datetime | None:
    """The moment of the next planned broadcast; None when none is planned."""
    earliest = sa.select(sa.func.min(BroadcastRow.at)).where(BroadcastRow.state == SCHEDULED)
    return cast("datetime | None", await session.scalar(earliest))


async def change(session: AsyncSession, row: BroadcastRow, **values: object) -> bool:
    """Changes one that is still as `row` has it: whoever comes second, in whatever process, gets False."""
    as_seen = (BroadcastRow.id == row.id) & (BroadcastRow.state == row.state) & (BroadcastRow.at == row.at)
    statement = sa.update(BroadcastRow).where(as_seen).values(**values)
    changed = (await (await session.connection()).execute(statement)).rowcount
    await session.refresh(row)
    return changed == 1


async def address(
    session: AsyncSession, broadcast_id: int, planned: datetime, members: Iterable[int]
) -> Mapping[int, int]:
    """Notes whom it goes to this time; returns the recipients' numbers by membership."""
    rows = [{"broadcast_id": broadcast_id, "membership_id": each, "planned": planned} for each in members]
    if rows:
        await session.execute(insert_into(session, RECIPIENTS).on_conflict_do_nothing(), rows)
    query = sa.select(BroadcastRecipient.membership_id, BroadcastRecipient.id).where(
        BroadcastRecipient.broadcast_id == broadcast_id, BroadcastRecipient.planned == planned
    )
    return {row[0]: row[1] for row in await session.execute(query)}


async def attach(session: AsyncSession, reasons: Mapping[int, str]) -> None:
    """Ties recipients to the rows of the outbox with these reasons."""
    query = sa.select(Outgoing.reason, Outgoing.id).where(Outgoing.reason.in_(list(reasons.values())))
    rows = {row[0]: row[1] for row in await session.execute(query)}
    changes = [{"id": each, "outbox_id": rows[reason]} for each, reason in reasons.items()]
    if changes:
        await session.execute(sa.update(BroadcastRecipient), changes)


@dataclass(frozen=True, slots=True)
class Count:
    """How many of those it goes to are alike: in the outbox, in having read it, in their standing."""

    state: str
    is_read: bool
    standing: str
    count: int


_state = sa.func.coalesce(Outgoing.state, outbox.SENT)
_is_read = BroadcastRecipient.read_at.is_not(None)


async def counted(session: AsyncSession, row: BroadcastRow) -> Sequence[Count]:
    """The numbers of a broadcast's newest sending; cheap also where it goes to thousands."""
    query = _newest(sa.select(_state, _is_read, Membership.state, sa.func.count()), row)
    return [
        Count(*each) for each in await session.execute(query.group_by(_state, _is_read, Membership.state))
    ]


async def addressed(
    session: AsyncSession,
    row: BroadcastRow,
    *,
    state: str = "",
    unread: bool = False,
    limit: int | None = None,
) -> Sequence[Addressed]:
    """Everybody its newest sending goes to, in the order of the members; `state` and `unread` narrow."""
    error = sa.func.coalesce(Outgoing.error, "")
    query: Any = sa.select(
        BroadcastRecipient.id, Membership.id, User.telegram_id, Membership.state, _state, error, _is_read
    )
    query = _newest(query, row).join(User, User.id == Membership.user_id).order_by(Membership.id)
    query = query.where(_state == state) if state else query
    query = query.where(~_is_read) if unread else query
    return [Addressed(*each) for each in await session.execute(query.limit(limit))]


def _newest(query: Any, row: BroadcastRow) -> Any:
    return (
        query.select_from(BroadcastRecipient)
        .join(Membership, Membership.id == BroadcastRecipient.membership_id)
        .outerjoin(Outgoing, Outgoing.id == BroadcastRecipient.outbox_id)
        .where(BroadcastRecipient.broadcast_id == row.id, BroadcastRecipient.planned == row.last_planned)
    )


async def named(session: AsyncSession, members: Sequence[int]) -> Mapping[int, Membership]:
    """The memberships of these ids, by id."""
    found = await session.scalars(sa.select(Membership).where(Membership.id.in_(members)))
    return {member.id: member for member in found}


async def received(
    session: AsyncSession, recipient_id: int
) -> tuple[BroadcastRecipient, BroadcastRow, Membership, User] | None:
    """A recipient with the broadcast, the membership and the account; None for an unknown id."""
    query = (
        sa.select(BroadcastRecipient, BroadcastRow, Membership, User)
        .join(BroadcastRow, BroadcastRow.id == BroadcastRecipient.broadcast_id)
        .join(Membership, Membership.id == BroadcastRecipient.membership_id)
        .join(User, User.id == Membership.user_id)
        .where(BroadcastRecipient.id == recipient_id)
    )
    row = (await session.execute(query)).first()
    return (row[0], row[1], row[2], row[3]) if row else None


async def under_way(session: AsyncSession) -> Sequence[int]:
    """The ids of broadcasts that still have rows waiting in the outbox."""
    query = (
        sa.select(BroadcastRecipient.broadcast_id)
        .join(Outgoing, Outgoing.id == BroadcastRecipient.outbox_id)
        .where(Outgoing.state.in_(WAITING))
        .distinct()
    )
    return list(await session.scalars(query))


async def message_of(session: AsyncSession, reason: str) -> tuple[str, int, int | None] | None:
    """State, chat and message of a row of the outbox, by its reason."""
    query = sa.select(Outgoing.state, Outgoing.chat_id, Outgoing.message_id).where(Outgoing.reason == reason)
    row = (await session.execute(query)).first()
    return (row[0], row[1], row[2]) if row else None


async def groups(session: AsyncSession, pokja_id: int, limit: int) -> Sequence[Activity]:
    """Activities that ask chosen participants only, breakout groups' copies among them, newest first."""
    chosen = sa.select(Participant.activity_id)
    query = sa.select(Activity).where(Activity.pokja_id == pokja_id, Activity.id.in_(chosen))
    return list(await session.scalars(query.order_by(Activity.id.desc()).limit(limit)))


async def groups_of_members(session: AsyncSession, pokja_id: int) -> Mapping[int, frozenset[str]]:
    """Which activities ask each member by name, as texts of their numbers."""
    query = (
        sa.select(Participant.membership_id, Participant.activity_id)
        .join(Activity, Activity.id == Participant.activity_id)
        .where(Activity.pokja_id == pokja_id)
    )
    found: dict[int, set[str]] = {}
    for member, activity in await session.execute(query):
        found.setdefault(member, set()).add(str(activity))
    return {member: frozenset(names) for member, names in found.items()}
