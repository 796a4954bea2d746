"""Faults of the database as they come in the field, at their full length: `make drill`.

The bot is a program of its own. Whatever was asked meanwhile is answered, once, within seconds after the fault has
ended; the bot lives, and ends when it is told to, even in the middle of the fault.
"""

import asyncio
import contextlib
import sqlite3
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest
import sqlalchemy as sa

from simulator.phones.phone import Simulator
from simulator.simulation import DEFAULT_TOKEN
from tests import databases
from tests.bot.support.programs import begun_anew
from tests.support.cast import SITI
from tests.support.relay import Relay

pytestmark = pytest.mark.drill
AFTER_SECONDS = 10.0
ASKED = 3

Fault = AbstractAsyncContextManager[None]
Place = AbstractAsyncContextManager[tuple[str, Callable[[], Fault]]]
"""The address of a database, and what befalls it."""


@contextlib.asynccontextmanager
async def locked(postgres: sa.URL, folder: Path) -> AsyncIterator[tuple[str, Callable[[], Fault]]]:
    @contextlib.asynccontextmanager
    async def fault() -> AsyncIterator[None]:
        with contextlib.closing(sqlite3.connect(folder / "pokja.db", isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            yield
            other.rollback()

    yield f"sqlite:///{folder}/pokja.db", fault


@contextlib.asynccontextmanager
async def hung(postgres: sa.URL, folder: Path) -> AsyncIterator[tuple[str, Callable[[], Fault]]]:
    relay = Relay(postgres)

    @contextlib.asynccontextmanager
    async def fault() -> AsyncIterator[None]:
        with relay.hanging():
            yield

    async with relay.listening() as port:
        yield await behind(postgres, port), fault


@contextlib.asynccontextmanager
async def stopped(postgres: sa.URL, folder: Path) -> AsyncIterator[tuple[str, Callable[[], Fault]]]:
    """Nobody listens any more, and what was open is cut."""
    relay = Relay(postgres)
    server = await asyncio.start_server(relay.serve, "127.0.0.1")
    port = int(server.sockets[0].getsockname()[1])
    servers = [server]

    @contextlib.asynccontextmanager
    async def fault() -> AsyncIterator[None]:
        servers.pop().close()
        relay.cut()
        yield
        servers.append(await asyncio.start_server(relay.serve, "127.0.0.1", port))

    yield await behind(postgres, port), fault
    servers.pop().close()


@contextlib.asynccontextmanager
async def read_only(postgres: sa.URL, folder: Path) -> AsyncIterator[tuple[str, Callable[[], Fault]]]:
    url = await databases.fresh_postgres(postgres)
    name = sa.make_url(url).database

    async def become(state: str) -> None:
        await databases.admin(postgres, f"ALTER DATABASE {name} SET default_transaction_read_only = {state}")
        await databases.admin(
            postgres,
            f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'",  # noqa: S608
        )

    @contextlib.asynccontextmanager
    async def fault() -> AsyncIterator[None]:
        await become("on")
        yield
        await become("off")

    yield url, fault


async def behind(postgres: sa.URL, port: int) -> str:
    """A fresh database's address through the relay at that port."""
    name = sa.make_url(await databases.fresh_postgres(postgres)).database
    url = postgres.set(host="127.0.0.1", port=port, database=name, query={})
    return url.render_as_string(hide_password=False)


DRILLS: dict[str, tuple[Callable[[sa.URL, Path], Place], float]] = {
    "SQLite locked 25 s": (locked, 25),
    "SQLite locked 70 s": (locked, 70),
    "PostgreSQL hung 30 s": (hung, 30),
    "PostgreSQL stopped 30 s": (stopped, 30),
    "PostgreSQL read-only 30 s": (read_only, 30),
}


@pytest.mark.parametrize("drill", DRILLS)
async def test_nothing_is_lost_and_nobody_restarts_anything(
    sim: Simulator, postgres: sa.URL, tmp_path: Path, drill: str, record_property: Callable[[str, str], None]
) -> None:
    place, seconds = DRILLS[drill]
    siti = await sim.person(SITI)
    async with place(postgres, tmp_path) as (url, fault):
        settings = {"token": DEFAULT_TOKEN, "api_url": sim.control.url, "database_url": url, "log": "ERROR"}
        async with begun_anew("run", **settings) as bot:
            await siti.starts(settles=False)
            await siti.sees("Selamat datang")
            await sim.handled_everything()
            before = sum(message["from_bot"] for message in await siti.messages(50))
            async with fault():
                for _ in range(ASKED):
                    await siti.types("/menu", settles=False)
                await asyncio.sleep(seconds)
                assert bot.returncode is None
            ended = time.monotonic()
            await sim.handled_everything()
            took = time.monotonic() - ended
            after = sum(message["from_bot"] for message in await siti.messages(50))
            assert after - before == ASKED
            record_property("table", f"{drill}: {took:.1f} s")
            assert took < AFTER_SECONDS
            async with fault():
                await siti.types("/menu", settles=False)
                await asyncio.sleep(1)
                told = time.monotonic()
                bot.terminate()
                assert await bot.wait() == 0
                record_property("table", f"{drill}, told to end: {time.monotonic() - told:.1f} s")
