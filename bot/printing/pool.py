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
BENCHES: Final = 2
"""Jobs that may be done at the same time, each by a process of some 100 MB."""
Made = TypeVar("Made")


class Workshop:
    """Jobs are functions of a module, with what can be pickled; they are begun in the order they come."""

    def __init__(self) -> None:
        self._benches = [_Bench() for _ in range(BENCHES)]
        self._free: asyncio.LifoQueue[_Bench] = asyncio.LifoQueue()
        for bench in reversed(self._benches):
            self._free.put_nowait(bench)
        self._beginning: asyncio.Future[Any] | None = None

    async def do(self, job: Callable[..., Made], *given: Any) -> Made:
        """What the job gives or raises. A process that was killed is replaced once: then it is the job's own fault."""
        bench = await self._free.get()
        try:
            return await bench.do(job, *given)
        finally:
            self._free.put_nowait(bench)

    def get_ready(self) -> None:
        """Begins the processes: soon somebody will want something. That takes seconds, the first time."""
        if self._beginning is None:
            begun = (bench.do(os.getpid) for bench in self._benches)
            self._beginning = asyncio.gather(*begun, return_exceptions=True)

    async def draw(self, html: str) -> Sequence[Attachment]:
        """A stretch of a document as pictures for a chat."""
        made = await self.do(pictures.sheets, html)
        return [Attachment(each.name, each.content, picture=each.is_picture) for each in made]

    def close(self) -> None:
        """Ends the processes when they have done what they are at."""
        if self._beginning is not None:
            self._beginning.cancel()
        for bench in self._benches:
            bench.close()


class _Bench:
    """Where one job at a time is done."""

    def __init__(self) -> None:
        self._process: ProcessPoolExecutor | None = None

    async def do(self, job: Callable[..., Made], *given: Any) -> Made:
        try:
            return await self._done(job, *given)
        except BrokenProcessPool:
            self.close()
        return await self._done(job, *given)

    async def _done(self, job: Callable[..., Made], *given: Any) -> Made:
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
                1, mp_context=context, initializer=_be_humble, initargs=(NICENESS,)
            )
        return self._process


def _be_humble(niceness: int) -> None:
    """People's taps come first; Ctrl+C is the bot's to answer."""
    os.nice(niceness)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_leave_with_the_bot, daemon=True).start()


def _leave_with_the_bot() -> None:
    """A bot that was killed can't tell: whoever waits for its next job would wait for ever."""
    bot = multiprocessing.parent_process()
    assert bot is not None
    bot.join()
    os._exit(1)
