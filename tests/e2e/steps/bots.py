"""The bot at work in the test's own process."""

import asyncio
import contextlib
from collections.abc import AsyncIterator

from bot import app
from bot.settings import Settings, read_settings
from bot.transport.limits import Rates
from simulator.phones.phone import Simulator
from simulator.simulation import DEFAULT_TOKEN

HURRIED = Rates(overall=1000, chat_seconds=0.001, chat_burst=100, group=10_000)
"""People on these phones type faster than Telegram would let a bot answer."""


def settings_for(sim: Simulator, database_url: str) -> Settings:
    return read_settings(
        token=DEFAULT_TOKEN,
        api_url=sim.control.url,
        database_url=database_url,
        clock_url=f"{sim.control.url}/clock",
        log="WARNING",
    )


@contextlib.asynccontextmanager
async def working_bot(settings: Settings) -> AsyncIterator[app.Running]:
    """The bot at work in this process until the block ends."""
    stop = asyncio.Event()
    async with app.assembled(settings, HURRIED) as running, asyncio.TaskGroup() as group:
        group.create_task(running.work(stop))
        try:
            yield running
        finally:
            stop.set()
