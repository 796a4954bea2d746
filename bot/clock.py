"""The time the bot goes by: the real one, or one that a simulator moves forward."""

import asyncio
import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import aiohttp
import orjson

from bot.transport.waiting import happens_within

LOG: Final = logging.getLogger(__name__)
ASK_SECONDS: Final = 0.5


class SystemClock:
    """The real time."""

    def now(self) -> datetime:
        return datetime.now(UTC)


class FollowedClock:
    """The real time, moved by what a simulator at `url` answers: {"now": unix time, "offset": seconds}.

    It is the real time until it has asked once.
    """

    def __init__(self, url: str, *, ask_seconds: float = ASK_SECONDS) -> None:
        self._url = url
        self._ask_seconds = ask_seconds
        self._offset = timedelta()
        self.on_jump: Callable[[], None] = lambda: None
        """Called when the simulator has moved the time."""

    def now(self) -> datetime:
        """The moment, in UTC, as the simulator last told it."""
        return datetime.now(UTC) + self._offset

    async def begin(self) -> None:
        """Asks until the simulator has told its time: nothing may be done at another."""
        async with self._session() as session:
            while True:
                if await self._ask(session):
                    return
                await asyncio.sleep(self._ask_seconds)

    async def run(self, stop: asyncio.Event) -> None:
        """Asks until `stop`; while nobody answers the last offset holds."""
        async with self._session() as session:
            while not stop.is_set():
                await self._ask(session)
                await happens_within(stop, self._ask_seconds)

    @staticmethod
    def _session() -> aiohttp.ClientSession:
        return aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=5))

    async def _ask(self, session: aiohttp.ClientSession) -> bool:
        """Whether it was told."""
        try:
            async with session.get(self._url) as response:
                self._follow(orjson.loads(await response.read()))
        except (aiohttp.ClientError, OSError, ValueError, LookupError, TypeError) as error:
            LOG.debug("the simulator's clock can't be read: %r", error)
            return False
        return True

    def _follow(self, told: Any) -> None:
        before, self._offset = self._offset, timedelta(seconds=float(told["offset"]))
        if before != self._offset:
            self.on_jump()


async def clock_told_by(url: str) -> SystemClock | FollowedClock:
    """The clock of the simulator at `url`, once it has told its time; the real one where there is no url."""
    if not url:
        return SystemClock()
    clock = FollowedClock(url)
    await clock.begin()
    return clock
