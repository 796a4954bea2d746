"""A relay between a bot and its PostgreSQL server, which can hang and break."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Iterator

import sqlalchemy as sa


class Relay:
    """Passes on what comes and goes, except while it hangs."""

    def __init__(self, server: sa.URL) -> None:
        self._server = server
        self._awake = asyncio.Event()
        self._awake.set()
        self._busy: set[asyncio.Task[None]] = set()

    @contextlib.asynccontextmanager
    async def listening(self) -> AsyncIterator[int]:
        """Gives the port."""
        async with await asyncio.start_server(self.serve, "127.0.0.1") as server:
            yield int(server.sockets[0].getsockname()[1])

    def cut(self) -> None:
        """Breaks every connection."""
        for task in self._busy:
            task.cancel()

    @contextlib.contextmanager
    def hanging(self) -> Iterator[None]:
        """Nothing gets through meanwhile."""
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
        try:
            while data := await source.read(65536):
                await self._awake.wait()
                target.write(data)
                await target.drain()
        except OSError:
            pass  # one end is gone: so is the other
        finally:
            target.close()
