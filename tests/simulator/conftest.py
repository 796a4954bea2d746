"""A running simulator with a plain HTTP client in the bot's place."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import aiohttp
import pytest

from simulator.api_error import ApiError
from simulator.phones.phone import Person, Simulator
from simulator.server import running_simulator
from simulator.simulation import Config, make_simulation
from tests.support.moments import PLAIN

CONFIG = Config(start=PLAIN.timestamp(), flood=False)


@dataclass
class BotSide:
    """Calls the Bot API as a bot would."""

    url: str
    session: aiohttp.ClientSession
    token: str = CONFIG.token

    async def answer(self, method: str, **values: Any) -> dict[str, Any]:
        """The whole answer, good or bad."""
        address = f"{self.url}/bot{self.token}/{method}"
        async with self.session.post(address, json=values) as answer:
            body: dict[str, Any] = await answer.json()
            assert answer.status == (200 if body["ok"] else body["error_code"])
            return body

    async def call(self, method: str, **values: Any) -> Any:
        """The result; ApiError for a refusal."""
        body = await self.answer(method, **values)
        if not body["ok"]:
            raise ApiError(body["error_code"], body["description"], body.get("parameters"))
        return body["result"]

    async def refusal(self, method: str, **values: Any) -> str:
        """What a refused call says; it must be refused."""
        body = await self.answer(method, **values)
        assert not body["ok"], body
        return f"{body['error_code']} {body['description']}"

    async def updates(self, **values: Any) -> list[dict[str, Any]]:
        """What waits for the bot."""
        found: list[dict[str, Any]] = await self.call("getUpdates", **values)
        return found

    async def newest_update(self) -> dict[str, Any]:
        """The last update; all are confirmed."""
        found = await self.updates()
        await self.call("getUpdates", offset=found[-1]["update_id"] + 1)
        return found[-1]


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
    person = await sim.person("Siti Aminah", username="siti_aminah")
    await person.starts(settles=False)
    return person


@pytest.fixture
async def budi(sim: Simulator) -> Person:
    person = await sim.person("Budi Santoso")
    await person.starts(settles=False)
    return person


def keyboard(*rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {"inline_keyboard": list(rows)}


def button(text: str, data: str) -> dict[str, str]:
    return {"text": text, "callback_data": data}
