"""Where the board of each activity stands: the group's message that tells how many have answered, then the result."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from store.engine.upsert import insert_into
from store.tables.chats import Board
from store.tables.core import Activity


async def find(session: AsyncSession, activity_id: int) -> Board | None:
    """The board of an activity; None where it has none yet."""
    return await session.get(Board, activity_id)


async def put(session: AsyncSession, activity_id: int, chat_id: int, message_id: int) -> None:
    """Notes which message is the activity's board from now on."""
    statement = insert_into(session, Board).values(
        activity_id=activity_id, chat_id=chat_id, message_id=message_id, is_settled=False
    )
    changes = {"chat_id": chat_id, "message_id": message_id}
    await session.execute(statement.on_conflict_do_update(index_elements=["activity_id"], set_=changes))


async def is_behind(session: AsyncSession, activity_id: int, chat_id: int | None) -> None:
    """Notes that a board is to show something else: it is made up for even after a kill.

    One that has no board yet gets its place in the group `chat_id`, where there is one.
    """
    statement = sa.update(Board).where(Board.activity_id == activity_id).values(is_settled=False)
    await session.execute(statement)
    if chat_id is not None:
        new = insert_into(session, Board).values(
            activity_id=activity_id, chat_id=chat_id, message_id=0, is_settled=False
        )
        await session.execute(new.on_conflict_do_nothing())


async def settle(session: AsyncSession, activity_id: int, state: str) -> None:
    """Notes that a board shows an activity as it stands in this state, unless it has left that meanwhile."""
    is_so = sa.select(Activity.id).where(Activity.id == activity_id, Activity.state == state)
    statement = sa.update(Board).where(Board.activity_id.in_(is_so)).values(is_settled=True)
    await session.execute(statement)


async def unsettled(session: AsyncSession) -> Sequence[int]:
    """The ids of activities whose board may be behind: open ones, and those whose change wasn't shown yet."""
    query = (
        sa.select(Activity.id)
        .outerjoin(Board, Board.activity_id == Activity.id)
        .where((Activity.state == "open") | Board.is_settled.is_(False))
    )
    return list(await session.scalars(query))
