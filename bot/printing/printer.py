"""Makes the documents that were ordered, one after another, in a process of its own: people's taps don't wait for it.

An order is gathered from the database at one moment, made format by format, and its files go out through the outbox.
What a killed process left half-done is made again; what it had made already isn't made or sent again.
"""

import asyncio
import contextlib
import hashlib
import logging
from collections.abc import AsyncIterator
from dataclasses import asdict, replace
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery.boards import Boards, Drawn
from bot.delivery.outbox import Clock, Delivery
from bot.printing.pool import WorkerPool
from bot.screens import documents as screens
from bot.screens.painter import Painter, shown_for
from bot.transport.sending import Telegram
from bot.transport.waiting import happens_within, unless
from documents.editions import printing
from domain.documents.editions import Edition
from store import documents, outbox
from store.engine.availability import is_unavailable
from store.engine.database import Database
from store.tables.documents import DocumentFile, DocumentOrder
from usecases.documents import letter_numbers
from usecases.documents import ordering as usecase
from usecases.documents.kinds.base import Ground, Paper, ground
from usecases.documents.kinds.registry import find
from usecases.library import Library

log = logging.getLogger(__name__)

IDLE_SECONDS: Final = 5.0
"""So soon another process's order is seen, or one that couldn't be read before."""
INTERVAL: Final = 1.0
CLAIM_SECONDS: Final = 30.0
"""So often a claim is renewed; store.documents.FORGOTTEN_AFTER is longer."""
PRIORITY: Final = 4
LARGEST: Final = 50_000_000
"""Bytes: a bot may send no larger file."""


class Printer:
    """Takes orders until it is stopped. `begin` says that there is a new one."""

    def __init__(
        self,
        database: Database,
        library: Library,
        clock: Clock,
        painter: Painter,
        telegram: Telegram,
        delivery: Delivery,
        workers: WorkerPool,
        *,
        is_alone: bool = False,
    ) -> None:
        self._database, self._library, self._clock = database, library, clock
        self._painter, self._delivery, self._workers = painter, delivery, workers
        self._is_alone = is_alone
        self.progress = Boards(self._draw, telegram, INTERVAL, placed=self._placed, shown=self._shown)
        self._woken = asyncio.Event()
        self._has_recovered = False
        self._says_the_end: dict[int, bool] = {}
        """Whether the message of an order, as drawn last, says how it ended."""

    def begin(self, order_id: int) -> None:
        """There is something to do, and the message of its order has just been written."""
        self.progress.touch(order_id, redraw=True)
        self._woken.set()

    async def run(self, stop: asyncio.Event) -> None:
        """Makes the documents that are ordered until `stop`."""
        try:
            while not stop.is_set():
                self._woken.clear()
                if not await self._next():
                    await unless(stop, happens_within(self._woken, IDLE_SECONDS))
        finally:
            self._workers.close()

    async def _next(self) -> bool:
        """Carries out the next order; returns whether there was one."""
        try:
            await self._recover()
            order = await self._taken()
            if order is not None:
                async with self._claiming(order):
                    await self._fulfil(order)
        except Exception as error:
            log.warning("documents wait: %r", error, exc_info=not is_unavailable(error))
            return False
        return order is not None

    async def _recover(self) -> None:
        """What a killed process had claimed, or made to the end and not shown, is done again, once at the start.

        Where we are alone, what is claimed is a dead process's.
        """
        if self._has_recovered:
            return
        async with self._database.transaction() as session:
            if self._is_alone:
                await documents.release_claims(session)
            for order_id in await documents.unreported(session):
                self.progress.touch(order_id)
        self._has_recovered = True

    async def _taken(self) -> DocumentOrder | None:
        """The next order; looking for one writes nothing."""
        async with self._database.reading() as session:
            if not await documents.is_any_open(session, self._clock.now()):
                return None
        async with self._database.transaction() as session:
            return await documents.take_next(session, self._clock.now())

    @contextlib.asynccontextmanager
    async def _claiming(self, order: DocumentOrder) -> AsyncIterator[None]:
        """Renews the claim while the block lasts, so that no other process takes the order for a dead one's."""
        renewing = asyncio.create_task(self._renew(order))
        try:
            yield
        finally:
            renewing.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await renewing

    async def _renew(self, order: DocumentOrder) -> None:
        while True:
            await asyncio.sleep(CLAIM_SECONDS)
            with contextlib.suppress(Exception):  # the next time, or it is taken for forgotten: no harm done
                async with self._database.transaction() as session:
                    await documents.renew_claim(session, order.id, self._clock.now())

    async def _fulfil(self, order: DocumentOrder) -> None:
        """What fails is told to whoever ordered it; the operator finds the reason in the log."""
        self.progress.touch(order.id)
        try:
            await self._make_all(order, await self._gather(order))
            await self._finish(order, documents.READY)
        except Exception as error:
            if is_unavailable(error):
                raise
            log.exception("document %s failed", order.id)
            await self._finish(order, documents.FAILED)

    async def _make_all(self, order: DocumentOrder, edition: Edition) -> None:
        """The files are made side by side, and sent in their order. Raises what the first of them does."""
        kinds = await self._lacking(order)
        makings = [asyncio.create_task(self._workers.do(printing.printed, edition, kind)) for kind in kinds]
        try:
            for kind, making in zip(kinds, makings, strict=True):
                await self._keep(order, kind, await making)
        finally:
            for making in makings:
                making.cancel()
            await asyncio.gather(*makings, return_exceptions=True)

    async def _lacking(self, order: DocumentOrder) -> list[str]:
        """The formats that were not made before a kill: what is kept has been queued, too."""
        async with self._database.reading() as session:
            kept = {each.format for each in await documents.files_of(session, [order.id])}
        return [kind for kind in order.formats if kind not in kept]

    async def _gather(self, order: DocumentOrder) -> Edition:
        """The edition; with it the order gets its version, and a final letter its number.

        What a killed process began is gathered as of the moment it began it: its files are of one date.
        """
        async with self._database.reading() as session:
            now = order.made_at or self._clock.now()
            found = await ground(session, self._library, order.pokja_id, now, order.subject)
            paper = find(found, order.paper)
            if paper is None:
                raise LookupError(order.paper)
            edition = await paper.gather(found)
        return await self._entered(order, found, paper, edition)

    async def _entered(self, order: DocumentOrder, found: Ground, paper: Paper, edition: Edition) -> Edition:
        async def enter(session: AsyncSession) -> Edition:
            kept = await session.get_one(DocumentOrder, order.id, with_for_update=True)
            kept.version = kept.version or await documents.next_version(session, kept)
            kept.title, kept.missing = edition.title, list(edition.missing)
            kept.sources = [asdict(each) for each in edition.sources]
            kept.made_at = edition.made_at
            kept.is_final = kept.is_final and not edition.missing
            within = replace(found, session=session)
            number = await letter_numbers.number_of(within, paper) if kept.is_final else ""
            return replace(edition, version=kept.version, is_final=kept.is_final, letter_number=number)

        return await self._database.run(enter)

    async def _keep(self, order: DocumentOrder, kind: str, file: printing.File) -> None:
        """The file is kept; what is too large to be sent is told of instead."""
        if len(file.content) > LARGEST:
            log.warning(
                "document %s as %s is too large to be sent: %s bytes", order.id, kind, len(file.content)
            )
            return

        async def keep(session: AsyncSession) -> None:
            made = DocumentFile(
                order_id=order.id,
                format=kind,
                name=file.name,
                content=file.content,
                sha256=hashlib.sha256(file.content).hexdigest(),
            )
            session.add(made)

        await self._database.run(keep)
        self.progress.touch(order.id)

    async def _finish(self, order: DocumentOrder, state: str) -> None:
        """What was made goes into the outbox in the transaction that ends the order: all of it, and once."""

        async def finish(session: AsyncSession) -> None:
            kept = await session.get_one(DocumentOrder, order.id)
            kept.state = state
            await self._send(session, order)
            if state == documents.READY:
                await documents.forget_old(session, kept)

        await self._database.run(finish)
        self._delivery.wake()
        self.progress.touch(order.id)

    async def _send(self, session: AsyncSession, order: DocumentOrder) -> None:
        """Several files go as one album, one by itself; an earlier version of the bot may have sent some of them."""
        files = await documents.files_of(session, [order.id])
        single = {documents.reason(order.id, each.format, order.chat_id): [each.id] for each in files}
        known = await outbox.known(session, single)
        wanted = {reason: ids for reason, ids in single.items() if reason not in known}
        if len(wanted) > 1 and sum(await documents.sizes_of(session, order.id)) <= LARGEST:
            together = [number for ids in wanted.values() for number in ids]
            wanted = {documents.reason(order.id, documents.ALBUM, order.chat_id): together}
        now = self._clock.now()
        messages = [
            outbox.Message(
                reason,
                order.chat_id,
                "document",
                {"file_id": ids[0]} if len(ids) == 1 else {"file_ids": ids},
                now,
                priority=PRIORITY,
                pokja_id=order.pokja_id,
            )
            for reason, ids in wanted.items()
        ]
        await outbox.queue(session, messages)

    async def _draw(self, order_id: int) -> Drawn | None:
        async with self._database.reading() as session:
            found = await usecase.progress(session, order_id)
        if found is None or found[0].message_id is None:
            return None
        order, shown = found
        self._says_the_end[order_id] = order.state not in documents.WAITING
        screen = shown_for(order.pokja_id, screens.printing(self._painter, shown))
        return order.chat_id, order.message_id, screen

    async def _placed(self, order_id: int, chat_id: int, message_id: int) -> None:
        """The message was deleted, and sent again."""

        async def note(session: AsyncSession) -> None:
            (await session.get_one(DocumentOrder, order_id)).message_id = message_id

        await self._database.run(note)

    async def _shown(self, order_id: int, chat_id: int) -> None:
        """An order may have ended while its message was on its way: what counts is what the message says."""

        async def note(session: AsyncSession) -> None:
            (await session.get_one(DocumentOrder, order_id)).is_told = True

        if self._says_the_end.get(order_id):
            await self._database.run(note)
        self._says_the_end.pop(order_id, None)
