"""What the bot has pinned in a group, and what ought to be pinned there: boards of what is open, the next meeting."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from domain.meetings.meeting import COMING, IN_SESSION
from store.engine.upsert import insert_into
from store.outbox import SENT
from store.tables.chats import Board, Pin
from store.tables.core import Activity, Outgoing, Pokja
from store.tables.meetings import MeetingRow

SAID: Final = ("meeting_group_invited", "meeting_group_changed")
LATE: Final = timedelta(hours=6)
"""So long after its time a meeting that nobody has opened is still the next one."""


async def chats(session: AsyncSession) -> Sequence[int]:
    """The groups where something is pinned or may have to be."""
    linked = sa.select(Pokja.group_chat_id).where(Pokja.group_chat_id.is_not(None))
    return list(await session.scalars(sa.union(linked, sa.select(Pin.chat_id))))


async def kept(session: AsyncSession, chat_id: int) -> Mapping[str, int]:
    """Message by subject of what is pinned in a group."""
    rows = await session.scalars(sa.select(Pin).where(Pin.chat_id == chat_id))
    return {row.subject: row.message_id for row in rows}


async def keep(session: AsyncSession, chat_id: int, subject: str, message_id: int) -> None:
    """Notes that a message is being pinned."""
    values = {"chat_id": chat_id, "subject": subject, "message_id": message_id}
    statement = insert_into(session, Pin).values(values)
    changes = {"message_id": message_id}
    await session.execute(
        statement.on_conflict_do_update(index_elements=["subject", "chat_id"], set_=changes)
    )


async def drop(session: AsyncSession, chat_id: int, subject: str) -> None:
    """Forgets a message: it is unpinned, or never was pinned."""
    await session.execute(sa.delete(Pin).where(Pin.chat_id == chat_id, Pin.subject == subject))


async def forget_chat(session: AsyncSession, chat_id: int) -> None:
    """Forgets all of a group that is out of reach."""
    await session.execute(sa.delete(Pin).where(Pin.chat_id == chat_id))


async def wanted(session: AsyncSession, chat_id: int, now: datetime) -> Mapping[str, int]:
    """Message by subject of what ought to be pinned in a group; nothing where no Pokja has it."""
    boards = (
        sa.select(Board.activity_id, Board.message_id)
        .join(Activity, Activity.id == Board.activity_id)
        .join(Pokja, Pokja.id == Activity.pokja_id)
        .where(Pokja.group_chat_id == chat_id, Board.chat_id == chat_id)
        .where(Activity.state == "open", Board.message_id > 0)
    )
    found = {f"activity {row.activity_id}": row.message_id for row in await session.execute(boards)}
    return {**found, **await _meeting(session, chat_id, now)}


async def _meeting(session: AsyncSession, chat_id: int, now: datetime) -> Mapping[str, int]:
    """What was last said in the group of the next meeting that isn't over."""
    upcoming = (
        sa.select(MeetingRow.id, MeetingRow.sequence)
        .join(Pokja, Pokja.id == MeetingRow.pokja_id)
        .where(Pokja.group_chat_id == chat_id, MeetingRow.state.in_([*COMING, IN_SESSION]))
        .where((MeetingRow.starts > now - LATE) | (MeetingRow.state == IN_SESSION))
        .order_by(MeetingRow.starts, MeetingRow.id)
        .limit(1)
    )
    row = (await session.execute(upcoming)).one_or_none()
    if row is None:
        return {}
    reasons = [
        f"meeting {row.id} {page} {sequence} to group"
        for page in SAID
        for sequence in range(row.sequence + 1)
    ]
    newest = (
        sa.select(Outgoing.message_id)
        .where(Outgoing.reason.in_(reasons), Outgoing.chat_id == chat_id, Outgoing.state == SENT)
        .order_by(Outgoing.id.desc())
        .limit(1)
    )
    message = await session.scalar(newest)
    return {f"meeting {row.id}": message} if message else {}
