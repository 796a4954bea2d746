"""What people sent that nothing on their screen took: kept until they say what it is for."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from store.tables.chats import KeptWords


async def keep(
    session: AsyncSession,
    chat_id: int,
    given: dict[str, Any],
    places: Sequence[tuple[str, str]],
    now: datetime,
) -> int:
    """Keeps it with the places (task, key of the question) it could go to; returns its number."""
    made = KeptWords(chat_id=chat_id, given=given, places=[list(each) for each in places], at=now)
    session.add(made)
    await session.flush()
    return made.id


async def take(session: AsyncSession, chat_id: int, number: int) -> KeptWords | None:
    """What was kept, which is not kept any longer; None where it isn't (any more), or is another's."""
    query = sa.delete(KeptWords).where(KeptWords.id == number, KeptWords.chat_id == chat_id)
    return await session.scalar(query.returning(KeptWords))
