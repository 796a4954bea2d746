"""A bot and the simulated Telegram it talks to, in one event loop."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from telegram import Bot

from bot.transport.request import AiohttpRequest
from simulator.phones.phone import Simulator
from simulator.server import running_simulator
from simulator.simulation import Config, Simulation, make_simulation
from tests.support.moments import PLAIN


@dataclass(frozen=True)
class Side:
    url: str
    world: Simulation
    phones: Simulator
    bot: Bot


def make_bot(url: str, token: str, *, read_timeout: float = 10.0) -> Bot:
    return Bot(
        token,
        base_url=f"{url}/bot",
        base_file_url=f"{url}/file/bot",
        request=AiohttpRequest(read_timeout=read_timeout),
        get_updates_request=AiohttpRequest(connections=2),
    )


@asynccontextmanager
async def simulated_telegram() -> AsyncIterator[Side]:
    world = make_simulation(Config(start=PLAIN.timestamp()))
    async with (
        running_simulator(world) as url,
        Simulator(url) as phones,
        make_bot(url, world.config.token) as bot,
    ):
        yield Side(url, world, phones, bot)
