"""What the bot says unasked, as rows with a reason of their own: the same thing is never said twice.

A row is claimed (state 'sending') before it is sent and marked afterwards. Of one chat only one row is under
way at any moment, over all processes, and a chat's rows go in the order of priority, moment and number.
"""

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Final, cast

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from store.tables import Outgoing
from store.upsert import insert_into

OUTBOX: Final = cast("sa.Table", Outgoing.__table__)
QUEUED: Final = "queued"
SENDING: Final = "sending"
SENT: Final = "sent"
FAILED: Final = "failed"
# Rows looked at for each one wanted: a broadcast's rows are of many chats, a reminder's of few.
LOOK_AHEAD: Final = 5
CLAIM_LOCK: Final = 0x504F4B4A41  # any number, the same in every process
ERROR_CHARACTERS: Final = 1000


@dataclass(frozen=True, slots=True)
class Message:
    """Something to say. `reason` is unique, lower `priority` goes first, `kind` tells what `payload` is.

    After `not_after` it must not go any more.
    """

    reason: str
    chat_id: int
    kind: str
    payload: dict[str, Any]
    not_before: datetime
    priority: int = 5
    pokja_id: int | None = None
    not_after: datetime | None = None


async def queue(session: AsyncSession, messages: Sequence[Message]) -> int:
    """Adds messages whose reason is new; gives how many those were."""
    if not messages:
        return 0
    rows = [{**asdict(message), "state": QUEUED, "attempts": 0} for message in messages]
    statement = insert_into(session, OUTBOX).on_conflict_do_nothing(index_elements=["reason"])
    return len((await session.execute(statement.returning(OUTBOX.c.id), rows)).all())


async def claim(
    session: AsyncSession, now: datetime, limit: int, *, resting: Collection[int] = ()
) -> list[Outgoing]:
    """Takes up to `limit` due rows for sending, the first of each chat, none of `resting` chats."""
    await _take_turns(session)
    chosen: dict[int, int] = {}
    for row_id, chat_id in await session.execute(_candidates(now, limit, resting)):
        chosen.setdefault(chat_id, row_id)
    return await _take(session, list(chosen.values())[:limit], now) if chosen else []


async def mark_sent(session: AsyncSession, outgoing_id: int, message_id: int | None, now: datetime) -> None:
    """Notes that a row is done; without a message when it turned out not to be needed any more."""
    await _set(session, outgoing_id, state=SENT, message_id=message_id, sent_at=now, error=None)


async def mark_failed(session: AsyncSession, outgoing_id: int, error: str) -> None:
    """Notes that a row will never be sent, and why."""
    await _set(session, outgoing_id, state=FAILED, error=_storable(error))


async def known(session: AsyncSession, reasons: Collection[str]) -> frozenset[str]:
    """Those of these reasons for which there is a message, sent or not."""
    found = sa.select(OUTBOX.c.reason).where(OUTBOX.c.reason.in_(list(reasons)))
    return frozenset(await session.scalars(found)) if reasons else frozenset()


async def overtaken(
    session: AsyncSession, now: datetime, pokja_id: int | None = None, *, hold: bool = True
) -> Sequence[Outgoing]:
    """Waiting rows (of one Pokja) that must not go any more; one that is held is no other process's to deal with."""
    query = sa.select(Outgoing).where(Outgoing.state == QUEUED, Outgoing.not_after <= now)
    if pokja_id is not None:
        query = query.where(Outgoing.pokja_id == pokja_id)
    return list(await session.scalars(query.with_for_update(skip_locked=True) if hold else query))


async def withdraw(session: AsyncSession, row: Outgoing, why: str) -> None:
    """A row that is not sent after all: it stays as failed, and its reason can be said anew."""
    reason = f"{row.reason} (ditarik {row.id})"
    await _set(session, row.id, state=FAILED, error=_storable(why), reason=reason)


async def release(session: AsyncSession, outgoing_id: int) -> None:
    """Puts a claimed row back as it was before: nothing has been tried."""
    attempts = OUTBOX.c.attempts - 1
    await _set(session, outgoing_id, state=QUEUED, claimed_at=None, attempts=attempts)


async def postpone(session: AsyncSession, outgoing_id: int, until: datetime, error: str = "") -> None:
    """Puts a claimed row back for later, and the rest of its chat with it, so that their order stays."""
    await _set(session, outgoing_id, state=QUEUED, claimed_at=None, error=_storable(error) or None)
    chat = sa.select(OUTBOX.c.chat_id).where(OUTBOX.c.id == outgoing_id).scalar_subquery()
    earlier = (OUTBOX.c.chat_id == chat) & (OUTBOX.c.state == QUEUED) & (OUTBOX.c.not_before < until)
    await session.execute(sa.update(OUTBOX).where(earlier).values(not_before=until))


async def release_stale(session: AsyncSession, before: datetime, *, keep: Collection[int] = ()) -> int:
    """Puts rows back which a process claimed before a moment and never finished; gives how many.

    Such a row may have been sent: saying it twice costs less than not at all. `keep` are still under way.
    """
    stale = (OUTBOX.c.state == SENDING) & (OUTBOX.c.claimed_at < before) & OUTBOX.c.id.not_in(list(keep))
    statement = sa.update(OUTBOX).where(stale).values(state=QUEUED, claimed_at=None)
    return (await (await session.connection()).execute(statement)).rowcount


async def rekey_chat(session: AsyncSession, old: int, new: int) -> int:
    """Sends what waits for a group to its new number (it became a supergroup); gives how many rows."""
    waiting = (OUTBOX.c.chat_id == old) & OUTBOX.c.state.in_([QUEUED, SENDING])
    statement = sa.update(OUTBOX).where(waiting).values(chat_id=new)
    return (await (await session.connection()).execute(statement)).rowcount


async def next_due(session: AsyncSession) -> datetime | None:
    """The moment the earliest waiting row may go; None when nothing waits."""
    earliest = sa.select(sa.func.min(OUTBOX.c.not_before)).where(OUTBOX.c.state == QUEUED)
    return cast("datetime | None", await session.scalar(earliest))


async def _take_turns(session: AsyncSession) -> None:
    """One claim at a time over all processes: SKIP LOCKED alone lets two take rows of one chat at once."""
    if session.get_bind().dialect.name == "postgresql":
        await session.execute(sa.select(sa.func.pg_advisory_xact_lock(CLAIM_LOCK)))


def _candidates(now: datetime, limit: int, resting: Collection[int]) -> sa.Select[int, int]:
    busy = sa.select(OUTBOX.c.chat_id).where(OUTBOX.c.state == SENDING)
    is_free = OUTBOX.c.chat_id.not_in(busy) & OUTBOX.c.chat_id.not_in(list(resting))
    in_time = OUTBOX.c.not_after.is_(None) | (OUTBOX.c.not_after > now)
    return (
        sa.select(OUTBOX.c.id, OUTBOX.c.chat_id)
        .where(OUTBOX.c.state == QUEUED, OUTBOX.c.not_before <= now, is_free, in_time)
        .order_by(OUTBOX.c.priority, OUTBOX.c.not_before, OUTBOX.c.id)
        .limit(limit * LOOK_AHEAD)
        .with_for_update(skip_locked=True)
    )


async def _take(session: AsyncSession, ids: list[int], now: datetime) -> list[Outgoing]:
    statement = (
        sa.update(Outgoing)
        .where(Outgoing.id.in_(ids))
        .values(state=SENDING, claimed_at=now, attempts=Outgoing.attempts + 1)
        .returning(Outgoing)
        .execution_options(synchronize_session=False, populate_existing=True)
    )
    taken = (await session.execute(statement)).scalars().all()
    return sorted(taken, key=lambda row: (row.priority, row.not_before, row.id))


async def _set(session: AsyncSession, outgoing_id: int, **values: Any) -> None:
    await session.execute(sa.update(OUTBOX).where(OUTBOX.c.id == outgoing_id).values(**values))


def _storable(error: str) -> str:
    return error.replace("\0", "")[:ERROR_CHARACTERS]
