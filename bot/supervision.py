"""A background task that fails begins again: none of them may end the bot."""

import logging
from asyncio import Event
from collections.abc import Awaitable, Callable
from typing import Final

from bot.transport.waiting import happens_within

LOG: Final = logging.getLogger(__name__)
FIRST_WAIT: Final = 1.0
LONGEST_WAIT: Final = 60.0


async def supervised(
    name: str, run: Callable[[Event], Awaitable[None]], stop: Event, first_wait: float = FIRST_WAIT
) -> None:
    """Runs it until it ends by itself, as all do after `stop`; each time it fails it begins again a little later."""
    wait = first_wait
    while True:
        try:
            await run(stop)
        except Exception:
            LOG.exception("%s failed, and begins again", name)
        else:
            return
        if await happens_within(stop, wait):
            return
        wait = min(2 * wait, LONGEST_WAIT)
