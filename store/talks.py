"""What is kept of conversations: drafts of forms, live messages, boards, the audit trail."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from store.engine.upsert import insert_into
from store.tables.core import Activity, AuditEntry, Board, Draft, LiveMessage


async def begin_draft(
    session: AsyncSession, user_id: int, form: str, subject: dict[str, Any], now: datetime
) -> Draft:
    """A new draft; an unfinished one of the same form and subject is taken up again."""
    if (kept := await unfinished(session, user_id, form, subject)) is not None:
        return kept
    made = Draft(user_id=user_id, form=form, subject=subject, answers={}, created_at=now)
    session.add(made)
    await session.flush()
    return made


async def unfinished(session: AsyncSession, user_id: int, form: str, subject: dict[str, Any]) -> Draft | None:
    """Somebody's draft of that form about that subject."""
    kept = await session.scalars(sa.select(Draft).where(Draft.user_id == user_id, Draft.form == form))
    return next((each for each in kept if each.subject == subject), None)


async def draft(session: AsyncSession, draft_id: int) -> Draft | None:
    """A draft by its number."""
    return await session.get(Draft, draft_id)


async def focus(session: AsyncSession, chat_id: int) -> LiveMessage | None:
    """The live message that takes what is typed now."""
    query = sa.select(LiveMessage).where(LiveMessage.chat_id == chat_id)
    return await session.scalar(
        query.order_by(LiveMessage.focused_at.desc(), LiveMessage.message_id.desc()).limit(1)
    )


async def live_message(session: AsyncSession, chat_id: int, task: str) -> int | None:
    """The message that carries this task in this chat."""
    query = sa.select(LiveMessage.message_id).where(LiveMessage.chat_id == chat_id, LiveMessage.task == task)
    return await session.scalar(query)


async def set_live(session: AsyncSession, chat_id: int, task: str, message_id: int, now: datetime) -> None:
    """This message carries the task from now on, and has the focus."""
    statement = insert_into(session, LiveMessage).values(
        chat_id=chat_id, task=task, message_id=message_id, focused_at=now
    )
    changes = {"message_id": message_id, "focused_at": now}
    await session.execute(statement.on_conflict_do_update(index_elements=["chat_id", "task"], set_=changes))


async def drop_live(session: AsyncSession, chat_id: int, task: str) -> None:
    """The task needs no message any more."""
    await session.execute(
        sa.delete(LiveMessage).where(LiveMessage.chat_id == chat_id, LiveMessage.task == task)
    )


async def board(session: AsyncSession, activity_id: int) -> Board | None:
    """The board of an activity."""
    return await session.get(Board, activity_id)


async def place_board(session: AsyncSession, activity_id: int, chat_id: int, message_id: int) -> None:
    """Remembers where the board stands."""
    statement = insert_into(session, Board).values(
        activity_id=activity_id, chat_id=chat_id, message_id=message_id
    )
    changes = {"chat_id": chat_id, "message_id": message_id}
    await session.execute(statement.on_conflict_do_update(index_elements=["activity_id"], set_=changes))


async def open_boards(session: AsyncSession) -> Sequence[int]:
    """Activities whose board may be behind: those that are open."""
    return list(await session.scalars(sa.select(Activity.id).where(Activity.state == "open")))


async def noted(session: AsyncSession, pokja_id: int) -> Sequence[AuditEntry]:
    """The audit trail of a Pokja, oldest first."""
    query = sa.select(AuditEntry).where(AuditEntry.pokja_id == pokja_id)
    return list(await session.scalars(query.order_by(AuditEntry.id)))


def note(
    session: AsyncSession,
    action: str,
    subject: str,
    now: datetime,
    *,
    pokja_id: int | None = None,
    user_id: int | None = None,
    **details: Any,
) -> None:
    """Leaves an audit entry."""
    entry = AuditEntry(
        pokja_id=pokja_id, user_id=user_id, action=action, subject=subject, details=details, at=now
    )
    session.add(entry)
