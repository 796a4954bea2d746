"""Documents: orders, the files that were made of them, and the paper they are printed on."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import defer

from store.document_tables import DocumentFile, DocumentOrder, Stationery

ORDERED, PRINTING, READY, FAILED = "ordered", "printing", "ready", "failed"
WAITING = (ORDERED, PRINTING)
FORGOTTEN_AFTER = timedelta(minutes=10)
"""An order that was taken up so long ago was the work of a process that is gone."""
KEPT = 5
"""Versions of a document of which the files are kept."""


async def stationery(session: AsyncSession, pokja_id: int) -> Stationery:
    """The Pokja's paper; an empty one, not yet kept, where nobody has set it up."""
    return await session.get(Stationery, pokja_id) or Stationery(pokja_id=pokja_id)


async def take_next(session: AsyncSession, now: datetime) -> DocumentOrder | None:
    """The oldest order that nobody is at, now being printed."""
    forgotten = sa.and_(DocumentOrder.state == PRINTING, DocumentOrder.claimed_at < now - FORGOTTEN_AFTER)
    query = (
        sa.select(DocumentOrder)
        .where(sa.or_(DocumentOrder.state == ORDERED, forgotten))
        .order_by(DocumentOrder.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    order = await session.scalar(query)
    if order is not None:
        order.state, order.claimed_at = PRINTING, now
    return order


async def next_version(session: AsyncSession, order: DocumentOrder) -> int:
    """One more than the newest of the same document."""
    newest = await session.scalar(
        sa.select(sa.func.max(DocumentOrder.version)).where(
            *_same(order.pokja_id, order.paper, order.subject)
        )
    )
    return (newest or 0) + 1


async def kept(
    session: AsyncSession, pokja_id: int, paper: str, subject: int
) -> Sequence[tuple[DocumentOrder, Sequence[DocumentFile]]]:
    """The versions whose files are kept, the newest first; without the files' content."""
    orders = await session.scalars(
        sa.select(DocumentOrder)
        .where(*_same(pokja_id, paper, subject), DocumentOrder.state == READY)
        .order_by(DocumentOrder.version.desc())
        .limit(KEPT)
    )
    found = list(orders)
    files = await files_of(session, [each.id for each in found])
    return [(each, [file for file in files if file.order_id == each.id]) for each in found]


async def files_of(session: AsyncSession, order_ids: Sequence[int]) -> Sequence[DocumentFile]:
    """The files of those orders without their content."""
    query = (
        sa.select(DocumentFile)
        .options(defer(DocumentFile.content, raiseload=True))
        .where(DocumentFile.order_id.in_(order_ids))
        .order_by(DocumentFile.id)
    )
    return (await session.scalars(query)).all()


async def forget_old(session: AsyncSession, order: DocumentOrder) -> None:
    """Of versions older than the newest few nothing but the order stays."""
    gone = sa.select(DocumentOrder.id).where(
        *_same(order.pokja_id, order.paper, order.subject), DocumentOrder.version <= order.version - KEPT
    )
    await session.execute(sa.delete(DocumentFile).where(DocumentFile.order_id.in_(gone)))


async def find_file(session: AsyncSession, file_id: int) -> tuple[DocumentOrder, DocumentFile] | None:
    """A file with its order."""
    query = (
        sa.select(DocumentOrder, DocumentFile)
        .join(DocumentFile, DocumentFile.order_id == DocumentOrder.id)
        .where(DocumentFile.id == file_id)
    )
    row = (await session.execute(query)).one_or_none()
    return (row[0], row[1]) if row else None


async def under_way(session: AsyncSession) -> Sequence[int]:
    """Orders that wait or are at work."""
    query = sa.select(DocumentOrder.id).where(DocumentOrder.state.in_(WAITING))
    return (await session.scalars(query)).all()


def _same(pokja_id: int, paper: str, subject: int) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        DocumentOrder.pokja_id == pokja_id,
        DocumentOrder.paper == paper,
        DocumentOrder.subject == subject,
    )
