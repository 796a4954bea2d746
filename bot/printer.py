"""Makes the documents that were ordered, one after another, in a process of its own: people's taps don't wait for it.

An order is gathered from the database at one moment, made format by format, and its files go out through the outbox.
What a killed process left half-done is made anew.
"""

import asyncio
import hashlib
import logging
import multiprocessing
import os
import signal
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import asdict, replace
from typing import Final

from bot.boards import Boards, Drawn
from bot.delivery import Clock, Delivery
from bot.screens import documents as screens
from bot.screens.painter import Painter
from bot.sending import Telegram
from bot.waiting import happens_within
from documents import printing
from domain.editions import Edition
from store import documents, outbox
from store.availability import is_away
from store.database import Database
from store.document_tables import DocumentFile, DocumentOrder
from usecases import documents as usecase
from usecases.library import Library
from usecases.papers.base import ground
from usecases.papers.registry import find

log = logging.getLogger(__name__)

IDLE_SECONDS: Final = 5.0
"""So soon another process's order is seen, or one that couldn't be read before."""
INTERVAL: Final = 1.0
NICENESS: Final = 10
PRIORITY: Final = 4


class Printer:
    """Takes orders until it is stopped. `wake` says that there is a new one."""

    def __init__(
        self,
        database: Database,
        library: Library,
        clock: Clock,
        painter: Painter,
        telegram: Telegram,
        delivery: Delivery,
    ) -> None:
        self._database, self._library, self._clock = database, library, clock
        self._painter, self._delivery = painter, delivery
        self.progress = Boards(self._draw, telegram, INTERVAL)
        self._woken = asyncio.Event()
        self._press: ProcessPoolExecutor | None = None

    def wake(self) -> None:
        """There is something to do."""
        self._woken.set()

    async def run(self, stop: asyncio.Event) -> None:
        """Makes what is ordered until `stop`."""
        try:
            while not stop.is_set():
                self._woken.clear()
                if not await self._next():
                    await happens_within(self._woken, IDLE_SECONDS)
        finally:
            self._close()

    async def _next(self) -> bool:
        """Whether there was an order."""
        try:
            async with self._database.transaction() as session:
                order = await documents.take_next(session, self._clock.now())
            if order is not None:
                await self._fulfil(order)
        except Exception as error:
            if not is_away(error):
                raise
            log.warning("documents wait: %r", error)
            return False
        return order is not None

    async def _fulfil(self, order: DocumentOrder) -> None:
        """What fails is told to whoever ordered it; the operator finds the reason in the log."""
        self.progress.touch(order.id)
        try:
            edition = await self._gather(order)
            for kind in order.formats:
                await self._keep(order, kind, await self._print(edition, kind))
            await self._finish(order, documents.READY)
        except Exception as error:
            if is_away(error):
                raise
            log.exception("document %s failed", order.id)
            await self._finish(order, documents.FAILED)

    async def _gather(self, order: DocumentOrder) -> Edition:
        """The edition; with it the order gets its version."""
        async with self._database.reading() as session:
            found = await ground(session, self._library, order.pokja_id, self._clock.now(), order.subject)
            paper = find(found, order.paper)
            if paper is None:
                raise LookupError(order.paper)
            edition = await paper.gather(found)
        async with self._database.transaction() as session:
            kept = await session.get_one(DocumentOrder, order.id, with_for_update=True)
            kept.version = kept.version or await documents.next_version(session, kept)
            kept.title, kept.missing = edition.title, list(edition.missing)
            kept.sources = [asdict(each) for each in edition.sources]
            kept.made_at = edition.made_at
            kept.is_final = kept.is_final and not edition.missing
            return replace(edition, version=kept.version, is_final=kept.is_final)

    async def _print(self, edition: Edition, kind: str) -> printing.File:
        """A press that was killed is replaced once: then it is the document's own fault."""
        loop = asyncio.get_running_loop()
        try:
            return await loop.run_in_executor(self._workshop(), printing.printed, edition, kind)
        except BrokenProcessPool:
            self._close()
        return await loop.run_in_executor(self._workshop(), printing.printed, edition, kind)

    async def _keep(self, order: DocumentOrder, kind: str, file: printing.File) -> None:
        """The file is kept and goes into the outbox in one transaction."""
        async with self._database.transaction() as session:
            if kind in {each.format for each in await documents.files_of(session, [order.id])}:
                return  # made before a kill, and queued then
            made = DocumentFile(
                order_id=order.id, format=kind, name=file.name, content=file.content,
                sha256=hashlib.sha256(file.content).hexdigest(),
            )  # fmt: skip
            session.add(made)
            await session.flush()
            message = outbox.Message(
                f"document file {made.id}", order.chat_id, "document", {"file_id": made.id}, self._clock.now(),
                priority=PRIORITY, pokja_id=order.pokja_id,
            )  # fmt: skip
            await outbox.queue(session, [message])
        self._delivery.wake()
        self.progress.touch(order.id)

    async def _finish(self, order: DocumentOrder, state: str) -> None:
        async with self._database.transaction() as session:
            kept = await session.get_one(DocumentOrder, order.id)
            kept.state = state
            if state == documents.READY:
                await documents.forget_old(session, kept)
        self.progress.touch(order.id)

    async def _draw(self, order_id: int) -> Drawn | None:
        async with self._database.reading() as session:
            found = await usecase.progress(session, order_id)
        if found is None or found[0].message_id is None:
            return None
        order, shown = found
        return order.chat_id, order.message_id, screens.printing(self._painter, shown)

    def _workshop(self) -> ProcessPoolExecutor:
        if self._press is None:
            self._press = ProcessPoolExecutor(
                1, mp_context=multiprocessing.get_context("spawn"), initializer=_be_humble
            )
        return self._press

    def _close(self) -> None:
        if self._press is not None:
            self._press.shutdown(wait=False, cancel_futures=True)
            self._press = None


def _be_humble() -> None:
    """People's taps come first; Ctrl+C is the bot's to answer."""
    os.nice(NICENESS)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
