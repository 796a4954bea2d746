"""What was said of all that reminds, each reason once; who is away; when a closing moment was set."""

import functools
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from store.engine.database import connection_of
from store.engine.upsert import insert_of
from store.tables.core import AuditEntry, Outgoing, Pokja
from store.tables.reminders import AbsenceRow, ReminderSent

SENT = cast("sa.Table", ReminderSent.__table__)
SAID = sa.select(SENT.c.reason).where(SENT.c.reason.in_(sa.bindparam("reasons", expanding=True)))
AT_ONCE = 10_000
"""Neither database takes more than some 32,000 parameters."""
REASONS = "reasons"
"""The key of an outbox payload under which its reasons stand, to be taken back when it doesn't go."""


async def pokjas(session: AsyncSession) -> Sequence[int]:
    """Every Pokja there is."""
    return list(await session.scalars(sa.select(Pokja.id).order_by(Pokja.id)))


async def hold(session: AsyncSession, pokja_id: int) -> Pokja | None:
    """The Pokja, held so that of several processes one decides at a time. Others may still refer to it."""
    query = sa.select(Pokja).where(Pokja.id == pokja_id)
    return await session.scalar(query.with_for_update(key_share=True))


async def absences_of(session: AsyncSession, membership_id: int, today: date) -> Sequence[AbsenceRow]:
    """When a member is away, today or later."""
    query = sa.select(AbsenceRow).where(AbsenceRow.membership_id == membership_id, AbsenceRow.last >= today)
    return list(await session.scalars(query.order_by(AbsenceRow.first, AbsenceRow.id)))


DEADLINE = "activity.deadline"
"""The audit trail's word for setting that moment."""


async def deadlines_told(session: AsyncSession, pokja_id: int) -> Mapping[str, datetime]:
    """When each activity's closing moment was set last, by the subject of the audit trail."""
    query = (
        sa.select(AuditEntry.subject, sa.func.max(AuditEntry.at))
        .where(AuditEntry.pokja_id == pokja_id, AuditEntry.action == DEADLINE)
        .group_by(AuditEntry.subject)
    )
    return {row[0]: row[1] for row in await session.execute(query)}


async def sent(session: AsyncSession, reasons: Collection[str]) -> frozenset[str]:
    """The reasons among these that were sent before."""
    found: set[str] = set()
    connection, wanted = await connection_of(session), list(reasons)
    for start in range(0, len(wanted), AT_ONCE):
        found.update(await connection.scalars(SAID, {"reasons": wanted[start : start + AT_ONCE]}))
    return frozenset(found)


Said = tuple[str, int | None, str, int]
"""A reason; to which member it was said (None: to the group); of what kind, and which of that kind."""


async def remember(
    session: AsyncSession, pokja_id: int, said: Sequence[Said], now: datetime
) -> frozenset[str]:
    """Keeps reasons, each of them once; returns those that were new. Of two processes only one is given a reason."""
    if not said:
        return frozenset()
    rows = [
        {
            "reason": reason,
            "membership_id": who,
            "kind": kind,
            "subject_id": of,
            "pokja_id": pokja_id,
            "at": now,
        }
        for reason, who, kind, of in said
    ]
    return frozenset(await session.scalars(_keep(session.get_bind().dialect.name), rows))


@functools.cache
def _keep(dialect: str) -> Any:
    statement = insert_of(dialect)(SENT).on_conflict_do_nothing(index_elements=["reason"])
    return statement.returning(SENT.c.reason)


async def forget(session: AsyncSession, reasons: Sequence[str]) -> None:
    """Deletes reasons: what they stand for was not sent after all."""
    if reasons:
        await session.execute(sa.delete(ReminderSent).where(ReminderSent.reason.in_(reasons)))


def reasons_of(row: Outgoing) -> Sequence[str]:
    """The reasons a row of the outbox stands for."""
    return list(row.payload.get(REASONS, ()))
