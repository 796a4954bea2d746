"""A process of its own for what keeps a processor busy: taps don't wait for it, and if it dies, the bot doesn't.

It is started when it is first needed. One job is in it at a time: one that kills it can't take another with it.
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
from documents import chat_pictures

NICENESS: Final = 10
Made = TypeVar("Made")


class Workshop:
    """Jobs are functions of a module, with what can be pickled; they are done in the order they come."""

    def __init__(self) -> None:
        self._turn = asyncio.Lock()
        self._process: ProcessPoolExecutor | None = None

    async def do(self, job: Callable[..., Made], *given: Any) -> Made:
        """What the job gives or raises. A process that was killed is replaced once: then it is the job's own fault."""
        loop = asyncio.get_running_loop()
        async with self._turn:
            try:
                return await loop.run_in_executor(self._running(), job, *given)
            except BrokenProcessPool:
                self.close()
            return await loop.run_in_executor(self._running(), job, *given)

    async def draw(self, html: str) -> Sequence[Attachment]:
        """A stretch of a document as pictures for a chat."""
        made = await self.do(chat_pictures.sheets, html)
        return [Attachment(each.name, each.content, picture=each.is_picture) for each in made]

    def close(self) -> None:
        """Ends the process when it has done what it is at."""
        if self._process is not None:
            self._process.shutdown(wait=False, cancel_futures=True)
            self._process = None

    def _running(self) -> ProcessPoolExecutor:
        if self._process is None:
            context = multiprocessing.get_context("spawn")
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
