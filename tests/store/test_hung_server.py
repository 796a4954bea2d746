"""A PostgreSQL server that is there and doesn't answer: between it and the bot nothing gets through for a while."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Iterator

import pytest
import sqlalchemy as sa

from store.engine import database as engine
from store.engine.availability import is_unavailable
from store.engine.database import Database
from tests import databases

SOON = 0.3


class Relay:
    """Passes on what comes and goes, except while it hangs."""

    def __init__(self, server: sa.URL) -> None:
        self._server = server
        self._awake = asyncio.Event()
        self._awake.set()
        self._busy: set[asyncio.Task[None]] = set()

    @contextlib.contextmanager
    def hanging(self) -> Iterator[None]:
        self._awake.clear()
        try:
            yield
        finally:
            self._awake.set()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, back = await self._connect()
        for source, target in ((reader, back), (there, writer)):
            task = asyncio.create_task(self._pass_on(source, target))
            self._busy.add(task)
            task.add_done_callback(self._busy.discard)

    async def _connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        folder, port = self._server.query.get("host"), self._server.port or 5432
        if isinstance(folder, str):
            return await asyncio.open_unix_connection(f"{folder}/.s.PGSQL.{port}")
        return await asyncio.open_connection(self._server.host, port)

    async def _pass_on(self, source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            while data := await source.read(65536):
                await self._awake.wait()
                target.write(data)
                await target.drain()
        target.close()


@pytest.fixture
async def relay(postgres: sa.URL) -> Relay:
    return Relay(postgres)


@pytest.fixture
async def hasty(postgres: sa.URL, relay: Relay, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Database]:
    """A database behind the relay that is given up soon."""
    monkeypatch.setattr(engine, "CONNECT_SECONDS", SOON)
    name = sa.make_url(await databases.fresh_postgres(postgres)).database
    async with await asyncio.start_server(relay.serve, "127.0.0.1") as server:
        port = server.sockets[0].getsockname()[1]
        url = postgres.set(host="127.0.0.1", port=port, database=name, query={})
        database = Database(url.render_as_string(hide_password=False), command_seconds=SOON)
        yield database
        await database.close()


async def ask(database: Database) -> int:
    async with database.transaction() as session:
        return int(await session.scalar(sa.text("SELECT 1")) or 0)


async def refusal(database: Database) -> BaseException:
    with pytest.raises(Exception) as refused:  # noqa: PT011 - which class it is, is what this is about
        await ask(database)
    return refused.value


async def test_a_server_that_hangs_is_noticed_and_forgiven(hasty: Database, relay: Relay) -> None:
    """By a connection that was open, by the next one, and in the middle of the work."""
    assert await ask(hasty) == 1
    with relay.hanging():
        for _ in range(3):
            assert is_unavailable(await refusal(hasty))
    assert await ask(hasty) == 1

    async def hangs_half_way() -> None:
        async with hasty.transaction() as session:
            await session.execute(sa.text("SELECT 1"))
            with relay.hanging():
                await session.execute(sa.text("SELECT 2"))

    with pytest.raises(Exception) as refused:  # noqa: PT011 - which class it is, is what this is about
        await hangs_half_way()
    assert is_unavailable(refused.value)
    assert await ask(hasty) == 1
