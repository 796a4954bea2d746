"""What a person looks at in their private chat: what they send answers that question."""

from dataclasses import dataclass
from typing import Final, cast

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from store.engine.database import connection_of
from store.tables.chats import ChatFocus

TABLE: Final = cast("sa.Table", ChatFocus.__table__)
# On the way of every tap, so they are built once; both databases read them alike.
FIND: Final = sa.select(TABLE.c.task, TABLE.c.key).where(TABLE.c.chat_id == sa.bindparam("chat"))
MOVE: Final = sa.text(
    "INSERT INTO chat_focus (chat_id, task, key) VALUES (:chat, :task, :key) "
    "ON CONFLICT (chat_id) DO UPDATE SET task = excluded.task, key = excluded.key "
    "WHERE chat_focus.task <> excluded.task OR chat_focus.key <> excluded.key "
    "OR chat_focus.key IS NULL OR excluded.key IS NULL"
).bindparams(sa.bindparam("chat", type_=sa.BigInteger))
LEAVE: Final = (
    sa.update(TABLE)
    .where(TABLE.c.chat_id == sa.bindparam("chat"), sa.or_(TABLE.c.task != "", TABLE.c.key.is_(None)))
    .values(task="", key="")
)


@dataclass(frozen=True, slots=True)
class Focus:
    """A task and the key of its question, as in `ChatFocus`."""

    task: str = ""
    key: str | None = ""


async def find(session: AsyncSession, chat_id: int) -> Focus:
    """What the person looks at; no task where that is no question."""
    row = (await (await connection_of(session)).execute(FIND, {"chat": chat_id})).first()
    return Focus(row.task, row.key) if row else Focus()


async def move(session: AsyncSession, chat_id: int, focus: Focus) -> None:
    """Notes what the person looks at from now on; writes only where that is something else."""
    connection = await connection_of(session)
    if focus == Focus():
        await connection.execute(LEAVE, {"chat": chat_id})
    else:
        await connection.execute(MOVE, {"chat": chat_id, "task": focus.task, "key": focus.key})
