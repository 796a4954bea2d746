"""The application, and a way to run it inside of a test."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from simulator.people.robot_runner import RobotRunner
from simulator.simulation import Simulation
from simulator.web.bot_api import bot_api_endpoint, file_endpoint
from simulator.web.control import control_routes
from simulator.web.webhook_sender import WebhookSender

_STATIC = Path(__file__).parent / "page"


def create_app(simulation: Simulation) -> Starlette:
    """The server of a world, which is at ``app.state.simulation``."""
    routes = [
        Route("/bot{token}/{method}", bot_api_endpoint, methods=["GET", "POST"]),
        Route("/file/bot{token}/{path:path}", file_endpoint),
        *control_routes(),
        Route("/", _page),
        Mount("/static", StaticFiles(directory=_STATIC)),
    ]
    app = Starlette(routes=routes, lifespan=_lifespan)
    app.state.simulation = simulation
    return app


async def _page(_: Request) -> Response:
    return FileResponse(_STATIC / "index.html", headers={"Cache-Control": "no-store"})


@contextlib.asynccontextmanager
async def _lifespan(app: Starlette) -> AsyncIterator[None]:
    sim: Simulation = app.state.simulation
    robots = RobotRunner(sim)
    robots.start()
    sender = asyncio.create_task(WebhookSender(sim).run())
    try:
        yield
    finally:
        sim.journal.close()
        robots.stop()
        sender.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await sender


class _QuietServer(uvicorn.Server):
    """Leaves the signals to whoever runs it, and lets long polls end before it stops."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave signals to the program around the server."""
        yield


@contextlib.asynccontextmanager
async def running_simulator(simulation: Simulation) -> AsyncIterator[str]:
    """Run a simulator in this event loop on a free port; returns its base URL."""
    app = create_app(simulation)
    with _listener() as listener:
        server = _QuietServer(server_settings(app))
        serving = asyncio.create_task(server.serve(sockets=[listener]))
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            simulation.journal.close()
            server.should_exit = True
            await serving


def _listener() -> socket.socket:
    """A free port; the protocol is named because asyncio sets TCP_NODELAY only then."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.bind(("127.0.0.1", 0))
    listener.listen(100)
    return listener


def server_settings(app: Starlette) -> uvicorn.Config:
    """How uvicorn runs the application: only errors are told, and without waiting for idle streams."""
    return uvicorn.Config(
        app,
        log_level="error",
        access_log=False,
        ws="none",
        timeout_keep_alive=75,  # longer than the bot keeps an idle connection: else both let go of it at once
        timeout_graceful_shutdown=2,
    )
