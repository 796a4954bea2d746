"""A plain HTTP client in the bot's place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import aiohttp

from simulator.api_error import ApiError
from simulator.simulation import Config
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


def keyboard(*rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {"inline_keyboard": list(rows)}


def button(text: str, data: str) -> dict[str, str]:
    return {"text": text, "callback_data": data}
