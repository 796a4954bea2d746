"""Where the board of each activity stands: the group's message that tells how many have answered."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from store.engine.upsert import insert_into
from store.tables.core import Activity, Board


async def find(session: AsyncSession, activity_id: int) -> Board | None:
    """The board of an activity; None where it has none yet."""
    return await session.get(Board, activity_id)


async def put(session: AsyncSession, activity_id: int, chat_id: int, message_id: int) -> None:
    """Notes which message is the activity's board from now on."""
    statement = insert_into(session, Board).values(
        activity_id=activity_id, chat_id=chat_id, message_id=message_id
    )
    changes = {"chat_id": chat_id, "message_id": message_id}
    await session.execute(statement.on_conflict_do_update(index_elements=["activity_id"], set_=changes))


async def of_open_activities(session: AsyncSession) -> Sequence[int]:
    """The ids of open activities: their boards may be behind."""
    return list(await session.scalars(sa.select(Activity.id).where(Activity.state == "open")))
