"""A running simulator, phones, and a plain HTTP client in the bot's place, on the loop of each test or of them all."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from typing import Any, Literal

import aiohttp
import pytest_asyncio

from simulator.phones.phone import Person, Simulator
from simulator.server import running_simulator
from simulator.simulation import make_simulation
from tests.simulator.support.bot_side import CONFIG, BotSide
from tests.support.cast import BUDI, SITI


def fixtures(loop_scope: Literal["function", "session"]) -> tuple[Callable[..., Any], ...]:
    """The fixtures `url`, `sim`, `bot`, `siti` and `budi`: pytest finds them by these names."""
    fixture = pytest_asyncio.fixture(loop_scope=loop_scope)

    @fixture
    async def url() -> AsyncIterator[str]:
        async with running_simulator(make_simulation(CONFIG)) as address:
            yield address

    @fixture
    async def sim(url: str) -> AsyncIterator[Simulator]:
        async with Simulator(url, patience=2.0, quiet=0.0) as simulator:
            yield simulator

    @fixture
    async def bot(url: str) -> AsyncIterator[BotSide]:
        async with aiohttp.ClientSession() as session:
            yield BotSide(url, session)

    @fixture
    async def siti(sim: Simulator) -> Person:
        return await _begun(sim, SITI, "siti_aminah")

    @fixture
    async def budi(sim: Simulator) -> Person:
        return await _begun(sim, BUDI)

    return url, sim, bot, siti, budi


async def _begun(sim: Simulator, name: str, username: str = "") -> Person:
    """Somebody who has pressed Start."""
    person = await sim.person(name, username=username)
    await person.starts(settles=False)
    return person
