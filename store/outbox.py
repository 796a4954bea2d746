"""What the bot says unasked, as rows with a reason of their own: the same thing is never said twice.

A row is claimed (state 'sending') before it is sent and marked afterwards. Of one chat only one row is under
way at any moment, over all processes, and a chat's rows go in the order of priority, moment and number.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, Final, cast

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from store import outbox_statements as ready
from store.engine.database import connection_of
from store.outbox_statements import OUTBOX
from store.tables.core import Outgoing, UtcDateTime

QUEUED: Final = ready.QUEUED
SENDING: Final = ready.SENDING
SENT: Final = ready.SENT
FAILED: Final = ready.FAILED
# Rows looked at for each one wanted: a broadcast's rows are of many chats, a reminder's of few.
LOOK_AHEAD: Final = 5
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


FIELDS: Final = tuple(each.name for each in fields(Message))


async def queue(session: AsyncSession, messages: Sequence[Message]) -> int:
    """Adds messages whose reason is new; returns how many those were."""
    if not messages:
        return 0
    rows = [_row(message) for message in messages]
    statement = ready.add(session.get_bind().dialect.name)
    return len((await session.execute(statement, rows)).all())


def _row(message: Message) -> dict[str, object]:
    return {**{name: getattr(message, name) for name in FIELDS}, "state": QUEUED, "attempts": 0}


async def claim(
    session: AsyncSession, now: datetime, limit: int, *, resting: Collection[int] = ()
) -> list[Outgoing]:
    """Takes up to `limit` due rows for sending, the first of each chat, none of `resting` chats."""
    connection = await connection_of(session)
    if connection.dialect.name == "postgresql":
        await connection.execute(ready.TAKE_TURNS)
    asked = {"now": now, "most": limit * LOOK_AHEAD, "resting": list(resting)}
    chosen: dict[int, int] = {}
    for row_id, chat_id in (await connection.execute(ready.CANDIDATES, asked)).all():
        chosen.setdefault(chat_id, row_id)
    return await _take(session, list(chosen.values())[:limit], now) if chosen else []


async def _take(session: AsyncSession, ids: list[int], now: datetime) -> list[Outgoing]:
    taken = (await session.scalars(ready.TAKE, {"ids": ids, "now": now})).all()
    return sorted(taken, key=lambda row: (row.priority, row.not_before, row.id))


async def mark_sent(session: AsyncSession, outgoing_id: int, message_id: int | None, now: datetime) -> None:
    """Notes that a row is done; without a message when it turned out not to be needed any more."""
    values = {"outgoing_id": outgoing_id, "message": message_id, "now": now}
    await (await connection_of(session)).execute(ready.MARK_SENT, values)


async def mark_failed(session: AsyncSession, outgoing_id: int, error: str) -> None:
    """Notes that a row will never be sent, and why."""
    await _set(session, outgoing_id, state=FAILED, error=_storable(error))


async def known(session: AsyncSession, reasons: Collection[str]) -> frozenset[str]:
    """The reasons among these for which there is a message, sent or not."""
    found = sa.select(OUTBOX.c.reason).where(OUTBOX.c.reason.in_(list(reasons)))
    return frozenset(await session.scalars(found)) if reasons else frozenset()


async def expired(
    session: AsyncSession, now: datetime, pokja_id: int | None = None, *, lock: bool = True
) -> Sequence[Outgoing]:
    """Waiting rows (of one Pokja) that must not go any more; one that is held is no other process's to deal with."""
    asked: dict[str, object] = {"now": now}
    query = ready.EXPIRED_LOCKED if lock else ready.EXPIRED
    if pokja_id is not None:
        asked["pokja_id"] = pokja_id
        query = ready.EXPIRED_LOCKED_IN if lock else ready.EXPIRED_IN
    return (await session.scalars(query, asked)).all()


async def withdraw(session: AsyncSession, row: Outgoing, why: str) -> None:
    """A row that is not sent after all: it stays as failed, and its reason can be said again."""
    reason = f"{row.reason} (ditarik {row.id})"
    await _set(session, row.id, state=FAILED, error=_storable(why), reason=reason)


async def drop_queued(session: AsyncSession, chat_id: int, pokja_id: int) -> None:
    """Deletes what waits to be sent to a chat about a Pokja that is no business of its person any more."""
    mine = (Outgoing.chat_id == chat_id, Outgoing.pokja_id == pokja_id, Outgoing.state == QUEUED)
    await session.execute(sa.delete(Outgoing).where(*mine))


async def release(session: AsyncSession, outgoing_id: int) -> None:
    """Puts a claimed row back as it was before: nothing has been tried."""
    await (await connection_of(session)).execute(ready.RELEASE, {"outgoing_id": outgoing_id})


async def postpone(
    session: AsyncSession, outgoing_id: int, now: datetime, until: datetime, error: str = ""
) -> None:
    """Puts a claimed row back for later, and the rest of its chat with it, so that their order stays."""
    since = sa.func.coalesce(OUTBOX.c.failing_since, sa.literal(now, UtcDateTime))
    await _set(
        session,
        outgoing_id,
        state=QUEUED,
        claimed_at=None,
        error=_storable(error) or None,
        failing_since=since,
    )
    chat = sa.select(OUTBOX.c.chat_id).where(OUTBOX.c.id == outgoing_id).scalar_subquery()
    earlier = (OUTBOX.c.chat_id == chat) & (OUTBOX.c.state == QUEUED) & (OUTBOX.c.not_before < until)
    await session.execute(sa.update(OUTBOX).where(earlier).values(not_before=until))


async def release_stale(session: AsyncSession, before: datetime, *, keep: Collection[int] = ()) -> int:
    """Puts rows back which a process claimed before a moment and never finished; returns their number.

    Such a row may have been sent: saying it twice costs less than not at all. `keep` are still under way.
    """
    stale = (OUTBOX.c.state == SENDING) & (OUTBOX.c.claimed_at < before) & OUTBOX.c.id.not_in(list(keep))
    statement = sa.update(OUTBOX).where(stale).values(state=QUEUED, claimed_at=None)
    return (await (await session.connection()).execute(statement)).rowcount


async def rekey_chat(session: AsyncSession, old: int, new: int) -> int:
    """Sends what waits for a group to its new number (it became a supergroup); returns how many rows."""
    waiting = (OUTBOX.c.chat_id == old) & OUTBOX.c.state.in_([QUEUED, SENDING])
    statement = sa.update(OUTBOX).where(waiting).values(chat_id=new)
    return (await (await session.connection()).execute(statement)).rowcount


async def withdraw_chat(session: AsyncSession, chat_id: int, why: str) -> int:
    """What waits for a chat is not sent any more; returns how many rows."""
    waiting = (OUTBOX.c.chat_id == chat_id) & OUTBOX.c.state.in_([QUEUED, SENDING])
    statement = sa.update(OUTBOX).where(waiting).values(state=FAILED, error=_storable(why))
    return (await (await session.connection()).execute(statement)).rowcount


async def tried(session: AsyncSession, since: datetime) -> Sequence[tuple[int, datetime]]:
    """To which chats something was sent, or begun to be, after a moment, and when: the earliest first."""
    found = await (await connection_of(session)).execute(ready.TRIED, {"since": since})
    return [(chat_id, at) for chat_id, at in found.all()]


async def next_due(session: AsyncSession) -> datetime | None:
    """The moment the earliest waiting row may go; None when nothing waits."""
    return cast("datetime | None", await (await connection_of(session)).scalar(ready.NEXT_DUE))


async def _set(session: AsyncSession, outgoing_id: int, **values: object) -> None:
    await session.execute(sa.update(OUTBOX).where(OUTBOX.c.id == outgoing_id).values(**values))


def _storable(error: str) -> str:
    return error.replace("\0", "")[:ERROR_CHARACTERS]
