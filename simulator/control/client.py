"""HTTP calls to a simulator's control API."""

from __future__ import annotations

from typing import Any

import aiohttp
import orjson

from simulator.json_types import JsonObject


class ControlRefusedError(Exception):
    """The simulator said no: 404 for somebody or something that isn't there, 400 for nonsense."""

    def __init__(self, status: int, reason: str) -> None:
        """Keep the status, so that callers can tell "not there yet" from a mistake."""
        super().__init__(reason)
        self.status = status


class ControlClient:
    """Speaks JSON with one simulator; the connection opens with the first call."""

    def __init__(self, url: str) -> None:
        """`url` is the simulator's base URL."""
        self.url = url.rstrip("/")
        self._session: aiohttp.ClientSession | None = None

    async def get(self, path: str, **query: object) -> Any:
        """Read something."""
        given = {name: str(value) for name, value in query.items() if value is not None}
        return await self._call("GET", path, query=given)

    async def post(self, path: str, **arguments: object) -> Any:
        """Do something; arguments that are None are left out."""
        given = {name: value for name, value in arguments.items() if value is not None}
        return await self._call("POST", path, body=given)

    async def delete(self, path: str) -> Any:
        """Clear something."""
        return await self._call("DELETE", path)

    async def fetch(self, path: str) -> bytes:
        """The bytes of a file."""
        async with self._open_session().get(self.url + path) as answer:
            return await answer.read()

    async def close(self) -> None:
        """Close the connection."""
        if self._session is not None:
            await self._session.close()

    async def _call(
        self, method: str, path: str, query: JsonObject | None = None, body: object = None
    ) -> Any:
        data = orjson.dumps(body) if body is not None else None
        session, address = self._open_session(), self.url + path
        async with session.request(method, address, params=query, data=data) as answer:
            content = orjson.loads(await answer.read())
            if answer.status >= 400:  # noqa: PLR2004
                raise ControlRefusedError(answer.status, str(content.get("error")))
            return content

    def _open_session(self) -> aiohttp.ClientSession:
        if self._session is None or self._session.closed:
            timeout = aiohttp.ClientTimeout(total=120)
            self._session = aiohttp.ClientSession(timeout=timeout)
        return self._session
