"""Which updates are done: written in the transaction of the work, so that twice delivered is once counted."""

import json
from datetime import datetime
from typing import Final, cast

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from store.engine.database import connection_of
from store.engine.upsert import insert_into
from store.tables.core import DeadLetter, HandledUpdate, UtcDateTime

HANDLED: Final = cast("sa.Table", HandledUpdate.__table__)
# Every update pays for this statement, so it is built once; both databases read it alike.
MARK: Final = sa.text(
    "INSERT INTO handled_updates (update_id, at) VALUES (:update_id, :at) ON CONFLICT DO NOTHING"
).bindparams(sa.bindparam("update_id", type_=sa.BigInteger), sa.bindparam("at", type_=UtcDateTime))
DEAD_LETTERS: Final = cast("sa.Table", DeadLetter.__table__)
ERROR_CHARACTERS: Final = 4000


async def mark_handled(session: AsyncSession, update_id: int, now: datetime) -> bool:
    """Notes that the work of this transaction answers an update; False when it was answered before."""
    connection = await connection_of(session)
    return (await connection.execute(MARK, {"update_id": update_id, "at": now})).rowcount == 1


async def keep_dead_letter(
    session: AsyncSession, update_id: int, payload: dict[str, object], error: str, now: datetime
) -> None:
    """Keeps an update that can't be handled for somebody to look at, and lets the others go on."""
    values = {"update_id": update_id, "payload": _as_json(payload), "error": _storable(error), "at": now}
    letter = insert_into(session, DEAD_LETTERS).values(values).on_conflict_do_nothing()
    await session.execute(letter)
    await mark_handled(session, update_id, now)


async def forget_before(session: AsyncSession, moment: datetime) -> int:
    """Forgets updates handled before a moment (Telegram repeats none older than 24 hours); returns their number."""
    connection = await session.connection()
    return (await connection.execute(sa.delete(HANDLED).where(HANDLED.c.at < moment))).rowcount


def _storable(error: str) -> str:
    """No text has half a character, PostgreSQL's has no NUL; of a long trace the end says what happened."""
    return error.replace("\0", "").encode(errors="backslashreplace").decode()[-ERROR_CHARACTERS:]


def _as_json(payload: dict[str, object]) -> dict[str, object]:
    """Half a character, which some clients send, is no text that a database takes: it stays as its escape."""
    try:
        json.dumps(payload, ensure_ascii=False).encode()
    except (UnicodeEncodeError, TypeError, ValueError):
        return {"escaped": json.dumps(payload, default=repr)}
    return payload
