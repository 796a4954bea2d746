"""Documents: orders, the files that were made of them, and the paper they are printed on."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import defer

from store.engine.upsert import insert_into
from store.tables.documents import DocumentFile, DocumentOrder, Stationery

ORDERED, PRINTING, READY, FAILED = "ordered", "printing", "ready", "failed"
WAITING = (ORDERED, PRINTING)
FORGOTTEN_AFTER = timedelta(minutes=2)
"""A claim that was not renewed for so long is that of a process that is gone."""
KEPT = 5
"""Versions of a document of which the files are kept."""


async def stationery(session: AsyncSession, pokja_id: int) -> Stationery:
    """The Pokja's paper; an empty one, not yet kept, where nobody has set it up."""
    return await session.get(Stationery, pokja_id) or Stationery(pokja_id=pokja_id)


async def set_stationery(session: AsyncSession, pokja_id: int, **parts: object) -> None:
    """Changes these parts of the Pokja's paper; two who change different parts don't undo each other's."""
    blank = Stationery(pokja_id=pokja_id)
    usual = {column.key: getattr(blank, column.key) for column in sa.inspect(Stationery).columns}
    statement = insert_into(session, Stationery).values(usual | parts)
    await session.execute(statement.on_conflict_do_update(index_elements=["pokja_id"], set_=parts))
    kept = await session.get_one(Stationery, pokja_id)
    await session.refresh(kept)


async def wants_pictures(session: AsyncSession, pokja_id: int) -> bool:
    """Whether tables come to the Pokja's chats as pictures."""
    query = sa.select(Stationery.pictures).where(Stationery.pokja_id == pokja_id)
    return bool(await session.scalar(query))


async def is_any_open(session: AsyncSession, now: datetime) -> bool:
    """Whether there is an order that no process has claimed."""
    return await session.scalar(sa.select(sa.exists().where(_open(now)))) or False


async def take_next(session: AsyncSession, now: datetime) -> DocumentOrder | None:
    """Claims the oldest open order for printing and returns it; None where there is none."""
    query = sa.select(DocumentOrder).where(_open(now)).order_by(DocumentOrder.id).limit(1)
    order = await session.scalar(query.with_for_update(skip_locked=True))
    if order is not None:
        order.state, order.claimed_at = PRINTING, now
    return order


async def unreported(session: AsyncSession) -> Sequence[int]:
    """The ids of orders that are done, but whose progress message doesn't say so yet."""
    query = sa.select(DocumentOrder.id).where(
        DocumentOrder.state.not_in(WAITING),
        DocumentOrder.is_told.is_(False),
        DocumentOrder.message_id.is_not(None),
    )
    return (await session.scalars(query)).all()


async def renew_claim(session: AsyncSession, order_id: int, now: datetime) -> None:
    """Extends the claim of the process that is printing the order."""
    claim = sa.update(DocumentOrder).where(DocumentOrder.id == order_id, DocumentOrder.state == PRINTING)
    await session.execute(claim.values(claimed_at=now))


async def release_claims(session: AsyncSession) -> None:
    """All that was taken up is to be done again: for whoever is alone with the database, and has just begun."""
    taken = sa.update(DocumentOrder).where(DocumentOrder.state == PRINTING)
    await session.execute(taken.values(state=ORDERED, claimed_at=None))


async def next_version(session: AsyncSession, order: DocumentOrder) -> int:
    """The number of the document's next version."""
    newest = await session.scalar(
        sa.select(sa.func.max(DocumentOrder.version)).where(
            *_same(order.pokja_id, order.paper, order.subject)
        )
    )
    return (newest or 0) + 1


async def kept(
    session: AsyncSession, pokja_id: int, paper: str, subject: int
) -> Sequence[tuple[DocumentOrder, Sequence[DocumentFile]]]:
    """The finished versions that have files, the newest first; without the files' content."""
    with_files = DocumentOrder.id.in_(sa.select(DocumentFile.order_id))
    orders = await session.scalars(
        sa.select(DocumentOrder)
        .where(*_same(pokja_id, paper, subject), DocumentOrder.state == READY, with_files)
        .order_by(DocumentOrder.version.desc())
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
    """Of versions older than the newest few nothing but the order stays; the newest final one stays whole."""
    same = _same(order.pokja_id, order.paper, order.subject)
    final = sa.select(sa.func.max(DocumentOrder.version)).where(*same, DocumentOrder.is_final)
    gone = sa.select(DocumentOrder.id).where(
        *same,
        DocumentOrder.version <= order.version - KEPT,
        DocumentOrder.version != sa.func.coalesce(final.scalar_subquery(), 0),
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


async def made_as(session: AsyncSession, sha256: str) -> DocumentOrder | None:
    """The order that made a file of exactly this content."""
    query = sa.select(DocumentOrder).join(DocumentFile, DocumentFile.order_id == DocumentOrder.id)
    return await session.scalar(
        query.where(DocumentFile.sha256 == sha256).order_by(DocumentOrder.id).limit(1)
    )


async def under_way(session: AsyncSession, like: DocumentOrder) -> DocumentOrder | None:
    """An order that waits or is at work, and will bring the same files to the same chat."""
    query = sa.select(DocumentOrder).where(
        *_same(like.pokja_id, like.paper, like.subject),
        DocumentOrder.chat_id == like.chat_id,
        DocumentOrder.is_final == like.is_final,
        DocumentOrder.state.in_(WAITING),
    )
    return next((each for each in await session.scalars(query) if each.formats == like.formats), None)


ALBUM = "album"
"""In the reason of a message, instead of a format: all files of the order."""


async def sizes_of(session: AsyncSession, order_id: int) -> Sequence[int]:
    """How many bytes each file of an order has."""
    query = sa.select(sa.func.length(DocumentFile.content)).where(DocumentFile.order_id == order_id)
    return (await session.scalars(query)).all()


def reason(order_id: int, kind: str, chat_id: int) -> str:
    """Why a file is sent: to each chat once, whoever asked for it; files lose their numbers, orders never."""
    return f"document {order_id} {kind} to {chat_id}"


async def shown_at(session: AsyncSession, chat_id: int, message_id: int) -> DocumentOrder | None:
    """The newest order whose progress that message shows."""
    query = sa.select(DocumentOrder).where(
        DocumentOrder.chat_id == chat_id, DocumentOrder.message_id == message_id
    )
    return await session.scalar(query.order_by(DocumentOrder.id.desc()).limit(1))


def _open(now: datetime) -> sa.ColumnElement[bool]:
    forgotten = sa.and_(DocumentOrder.state == PRINTING, DocumentOrder.claimed_at < now - FORGOTTEN_AFTER)
    return sa.or_(DocumentOrder.state == ORDERED, forgotten)


def _same(pokja_id: int, paper: str, subject: int) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        DocumentOrder.pokja_id == pokja_id,
        DocumentOrder.paper == paper,
        DocumentOrder.subject == subject,
    )
