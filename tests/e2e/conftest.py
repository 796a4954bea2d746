"""The whole house for a test: a simulator, a bot on a fresh database, and phones."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from datetime import datetime

import pytest

from bot import app
from bot.settings import Settings, read_settings
from bot.transport.limits import Rates
from simulator.phones.phone import Simulator
from simulator.server import running_simulator
from simulator.simulation import DEFAULT_TOKEN, Config, make_simulation
from tests.support.moments import PLAIN
from tests.support.patience import PATIENCE


@pytest.fixture
def start() -> datetime:
    """When the test's world begins."""
    return PLAIN


@pytest.fixture
async def sim(start: datetime) -> AsyncIterator[Simulator]:
    async with (
        running_simulator(make_simulation(Config(start=start.timestamp(), flood=False))) as url,
        Simulator(url, patience=PATIENCE, quiet=1.5, zone=start.tzinfo) as opened,
    ):
        yield opened
        assert await opened.faults() == []


HURRIED = Rates(overall=1000, chat_seconds=0.001, chat_burst=100, group=10_000)
"""People on these phones type faster than Telegram would let a bot answer."""


def settings_for(sim: Simulator, database_url: str) -> Settings:
    return read_settings(
        token=DEFAULT_TOKEN, api_url=sim.control.url, database_url=database_url, clock_url=f"{sim.control.url}/clock",
        log="WARNING",
    )  # fmt: skip


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


@pytest.fixture
async def bot(sim: Simulator, database_url: str) -> AsyncIterator[app.Running]:
    """The bot on each kind of database."""
    async with working_bot(settings_for(sim, database_url)) as running:
        yield running


@pytest.fixture
async def sqlite_bot(sim: Simulator, sqlite_url: str) -> AsyncIterator[app.Running]:
    """The bot on SQLite, where one kind is enough."""
    async with working_bot(settings_for(sim, sqlite_url)) as running:
        yield running
