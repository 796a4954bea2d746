"""Processes of their own for what keeps a processor busy: taps don't wait for it, and if one dies, the bot doesn't.

They are started when they are first needed. One job is in each at a time: one that kills it can't take another with it.
They are forked from a process that has loaded what jobs need (bot/printing/preload.py): a new one is there at once.
"""

import asyncio
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any, Final, TypeVar

from bot.screen import Attachment
from documents.chat import pictures

NICENESS: Final = 10
WORKERS: Final = 2
"""Jobs that may be done at the same time, each by a process of some 100 MB."""
Made = TypeVar("Made")


class WorkerPool:
    """Jobs are functions of a module, with what can be pickled; they are begun in the order they come."""

    def __init__(self) -> None:
        self._workers = [_Worker() for _ in range(WORKERS)]
        self._free: asyncio.LifoQueue[_Worker] = asyncio.LifoQueue()
        for worker in reversed(self._workers):
            self._free.put_nowait(worker)
        self._beginning: asyncio.Future[Any] | None = None

    async def do(self, job: Callable[..., Made], *given: object) -> Made:
        """Returns or raises what the job does. A process that was killed is replaced once.

        Then it is the job's own fault.
        """
        worker = await self._free.get()
        try:
            return await worker.do(job, *given)
        finally:
            self._free.put_nowait(worker)

    def warm_up(self) -> None:
        """Starts the processes, since a job will come soon. That takes seconds, the first time."""
        if self._beginning is None:
            begun = (worker.do(os.getpid) for worker in self._workers)
            self._beginning = asyncio.gather(*begun, return_exceptions=True)

    async def draw(self, html: str) -> Sequence[Attachment]:
        """A stretch of a document as pictures for a chat."""
        made = await self.do(pictures.sheets, html)
        return [Attachment(each.name, each.content, picture=each.is_picture) for each in made]

    def close(self) -> None:
        """Ends the processes when they have done what they are at."""
        if self._beginning is not None:
            self._beginning.cancel()
        for worker in self._workers:
            worker.close()


class _Worker:
    """A process that does one job at a time."""

    def __init__(self) -> None:
        self._process: ProcessPoolExecutor | None = None

    async def do(self, job: Callable[..., Made], *given: object) -> Made:
        try:
            return await self._done(job, *given)
        except BrokenProcessPool:
            self.close()
        return await self._done(job, *given)

    async def _done(self, job: Callable[..., Made], *given: object) -> Made:
        """A process that must be begun first keeps a thread waiting, not the loop."""
        return await asyncio.wrap_future(await asyncio.to_thread(self._running().submit, job, *given))

    def close(self) -> None:
        if self._process is not None:
            self._process.shutdown(wait=False, cancel_futures=True)
            self._process = None

    def _running(self) -> ProcessPoolExecutor:
        if self._process is None:
            context = multiprocessing.get_context("forkserver")
            context.set_forkserver_preload(["bot.printing.preload"])
            self._process = ProcessPoolExecutor(
                1, mp_context=context, initializer=_lower_priority, initargs=(NICENESS,)
            )
        return self._process


def _lower_priority(niceness: int) -> None:
    """Lowers this process's priority, since people's taps come first; Ctrl+C is the bot's to answer."""
    os.nice(niceness)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_exit_with_the_bot, daemon=True).start()


def _exit_with_the_bot() -> None:
    """A bot that was killed can't tell: whoever waits for its next job would wait for ever."""
    bot = multiprocessing.parent_process()
    assert bot is not None
    bot.join()
    os._exit(1)
