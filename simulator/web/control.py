"""The HTTP face of the control API, the waiting, the event stream and the clock."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

import orjson
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from simulator.api_error import ApiError
from simulator.control import people, settling, world
from simulator.control.arguments import REFUSED, ControlError, status_of
from simulator.control.people import Handler
from simulator.control.settling import Waiting
from simulator.json_types import JsonObject
from simulator.simulation import Simulation
from simulator.web.bot_api import json_response

_KEEP_ALIVE = 15.0


def control_routes() -> list[Route]:
    """All routes under ``/control`` and the clock."""
    tables = people.ROUTES + world.ROUTES
    routes = [
        Route(f"/control{path}", _endpoint(handler), methods=[method]) for method, path, handler in tables
    ]
    return [
        *routes,
        Route("/clock", _endpoint(world.clock), methods=["GET", "POST"]),
        *(Route(f"/control{path}", _waiting(wait)) for path, wait in settling.ROUTES),
        Route("/control/files/{file_id}", _file),
        Route("/control/events", _events),
    ]


def _endpoint(handler: Handler) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        sim: Simulation = request.app.state.simulation
        try:
            return json_response(handler(sim, await _arguments(request)))
        except REFUSED as error:
            return _refusal(error)

    return endpoint


def _refusal(error: Exception) -> Response:
    return json_response({"error": str(error)}, status_of(error))


async def _arguments(request: Request) -> JsonObject:
    body = await request.body()
    given = orjson.loads(body) if body else {}
    if not isinstance(given, dict):
        msg = "a JSON object is expected"
        raise ControlError(msg)
    return {**request.query_params, **given, **request.path_params}


def _waiting(wait: Waiting) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        try:
            result = await wait(request.app.state.simulation, dict(request.query_params))
        except REFUSED as error:
            return _refusal(error)
        return json_response(result)

    return endpoint


async def _file(request: Request) -> Response:
    sim: Simulation = request.app.state.simulation
    try:
        stored = sim.world.files.get(request.path_params["file_id"])
    except ApiError as error:
        return _refusal(error)
    # Always as a download: a file somebody sent must never run in this page.
    headers = {
        "Content-Disposition": "attachment",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "sandbox",
    }
    return Response(stored.content, media_type=stored.mime_type, headers=headers)


async def _events(request: Request) -> Response:
    sim: Simulation = request.app.state.simulation
    headers = {"Cache-Control": "no-store"}
    return StreamingResponse(_stream(sim), media_type="text/event-stream", headers=headers)


async def _stream(sim: Simulation) -> AsyncIterator[bytes]:
    queue: asyncio.Queue[JsonObject] = asyncio.Queue()
    sim.journal.listeners.append(queue.put_nowait)
    try:
        yield _event({"kind": "hello", "version": sim.journal.version})
        while not sim.journal.is_closed:
            try:
                yield _event(await asyncio.wait_for(queue.get(), _KEEP_ALIVE))
            except TimeoutError:
                yield b": still here\n\n"
    finally:
        sim.journal.listeners.remove(queue.put_nowait)


def _event(content: JsonObject) -> bytes:
    return b"data: " + orjson.dumps(content) + b"\n\n"
