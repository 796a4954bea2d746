"""Live messages: in each chat one message shows each task."""

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from store.engine.upsert import insert_into
from store.tables.chats import LiveMessage


async def find(session: AsyncSession, chat_id: int, task: str) -> int | None:
    """The id of the message that shows this task in this chat."""
    query = sa.select(LiveMessage.message_id).where(LiveMessage.chat_id == chat_id, LiveMessage.task == task)
    return await session.scalar(query)


async def put(session: AsyncSession, chat_id: int, task: str, message_id: int) -> None:
    """Notes that this message shows the task from now on."""
    statement = insert_into(session, LiveMessage).values(chat_id=chat_id, task=task, message_id=message_id)
    changes = {"message_id": message_id}
    await session.execute(statement.on_conflict_do_update(index_elements=["chat_id", "task"], set_=changes))


async def drop(session: AsyncSession, chat_id: int, task: str) -> None:
    """Forgets which message shows the task: it is over."""
    await session.execute(
        sa.delete(LiveMessage).where(LiveMessage.chat_id == chat_id, LiveMessage.task == task)
    )
