"""The control API for whoever runs in the simulator's own loop: the same calls without HTTP."""

from __future__ import annotations

import asyncio
import functools
import re
from collections.abc import Mapping
from typing import Any, cast

import orjson
from starlette.routing import compile_path

from simulator.control import people, settling, world
from simulator.control.arguments import REFUSED, status_of
from simulator.control.client import ControlClient, ControlRefusedError
from simulator.control.people import Handler
from simulator.json_types import JsonObject
from simulator.simulation import Simulation

_TURNS = 3
"""Of the loop: as many as a call takes on its way, and an answer on its way back, over HTTP.

Meanwhile the bot goes on with what it has begun, as it does while a real phone waits for the network.
"""


class ControlWithin(ControlClient):
    """Files, and what isn't the control API's, still come over HTTP."""

    def __init__(self, url: str, sim: Simulation) -> None:
        """`url` is the base URL of the simulator that serves this world."""
        super().__init__(url)
        self._sim = sim

    async def _call(
        self, method: str, path: str, query: JsonObject | None = None, body: object = None
    ) -> Any:
        found = _route(method, path)
        if found is None:
            return await super()._call(method, path, query, body)
        await _turns()
        handler, named = found
        arguments = {**(query or {}), **_copied(body or {}), **named}
        try:
            result = handler(self._sim, arguments)
            answer = _copied(await result if asyncio.iscoroutine(result) else result)
        except REFUSED as error:
            raise ControlRefusedError(status_of(error), str(error)) from error
        await _turns()
        return answer


async def _turns() -> None:
    for _ in range(_TURNS):
        await asyncio.sleep(0)


def _copied(content: object) -> Any:
    """As it would come over HTTP: what is read stays as it was then."""
    return orjson.loads(orjson.dumps(content))


@functools.cache
def _patterns() -> list[tuple[str, re.Pattern[str], Handler]]:
    tables = people.ROUTES + world.ROUTES
    waiting = [("GET", path, cast("Handler", wait)) for path, wait in settling.ROUTES]
    return [
        *(
            (method, compile_path(f"/control{path}")[0], handler)
            for method, path, handler in tables + waiting
        ),
        *((method, compile_path("/clock")[0], world.clock) for method in ("GET", "POST")),
    ]


@functools.lru_cache(maxsize=1000)
def _route(method: str, path: str) -> tuple[Handler, Mapping[str, str]] | None:
    """What carries out a call, with the arguments its path names."""
    for its_method, pattern, handler in _patterns():
        if its_method == method and (match := pattern.match(path)):
            return handler, match.groupdict()
    return None
