"""The audit trail of a Pokja: who did what to which subject, when."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from store.tables.core import AuditEntry


async def entries(session: AsyncSession, pokja_id: int) -> Sequence[AuditEntry]:
    """All entries of a Pokja, oldest first."""
    query = sa.select(AuditEntry).where(AuditEntry.pokja_id == pokja_id)
    return list(await session.scalars(query.order_by(AuditEntry.id)))


async def count(session: AsyncSession, action: str, subject: str, since: datetime) -> int:
    """How often that was done to the subject since then."""
    query = sa.select(sa.func.count()).where(
        AuditEntry.action == action, AuditEntry.subject == subject, AuditEntry.at > since
    )
    return await session.scalar(query) or 0


def note(
    session: AsyncSession,
    action: str,
    subject: str,
    now: datetime,
    *,
    pokja_id: int | None = None,
    user_id: int | None = None,
    **details: object,
) -> None:
    """Adds an entry; `details` are kept as JSON."""
    entry = AuditEntry(
        pokja_id=pokja_id, user_id=user_id, action=action, subject=subject, details=details, at=now
    )
    session.add(entry)
