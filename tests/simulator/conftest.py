"""A running simulator with a plain HTTP client in the bot's place."""

from __future__ import annotations

from collections.abc import AsyncIterator

import aiohttp
import pytest

from simulator.phones.phone import Person, Simulator
from simulator.server import running_simulator
from simulator.simulation import make_simulation
from tests.simulator.support.bot_side import CONFIG, BotSide, begun
from tests.support.cast import BUDI, SITI


@pytest.fixture
async def url() -> AsyncIterator[str]:
    async with running_simulator(make_simulation(CONFIG)) as address:
        yield address


@pytest.fixture
async def sim(url: str) -> AsyncIterator[Simulator]:
    async with Simulator(url, patience=2.0, quiet=0.0) as simulator:
        yield simulator


@pytest.fixture
async def bot(url: str) -> AsyncIterator[BotSide]:
    async with aiohttp.ClientSession() as session:
        yield BotSide(url, session)


@pytest.fixture
async def siti(sim: Simulator) -> Person:
    return await begun(sim, SITI, "siti_aminah")


@pytest.fixture
async def budi(sim: Simulator) -> Person:
    return await begun(sim, BUDI)
