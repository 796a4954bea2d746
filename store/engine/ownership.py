"""One bot per database: whoever runs it holds a lock that ends with its process, however that ends.

With SQLite it is on a file beside the database, with PostgreSQL it belongs to a connection of its own. Because of it,
what a dead process had begun is free at once: nobody else can be at it. Several processes on one PostgreSQL would make
of this lock the right to lead.
"""

import asyncio
import contextlib
import logging
import os
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import IO, Final, Protocol

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine
from sqlalchemy.pool import NullPool

from store.engine.database import CLOSE_SECONDS, Database, postgres_limits

try:
    import fcntl
except ImportError:  # Windows, where only the demo is at home
    fcntl = None  # type: ignore[assignment]

LOG: Final = logging.getLogger(__name__)
OWNER_LOCK: Final = 0x504F4B4A42  # any number, the same in every process
TAKE: Final = sa.select(sa.func.pg_try_advisory_lock(OWNER_LOCK))
PATIENCE: Final = 15.0
"""Seconds: a bot that is told to end is gone by then."""
RETRY_SECONDS: Final = 0.25
LOOK_SECONDS: Final = 5.0


class AlreadyOwnedError(Exception):
    """Another process has this database."""


class Lock(Protocol):
    """What says that the database is ours. `take` returns whether it is, `holds` whether it still is."""

    async def take(self) -> bool: ...
    async def holds(self) -> bool: ...
    async def release(self) -> None: ...


class FileLock:
    """The system lets go of it when the process is gone; the file stays, empty of meaning."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: IO[str] | None = None

    async def take(self) -> bool:
        """Takes it, unless somebody has it."""
        if fcntl is None:
            return True
        file = self._path.open("a")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.close()
            return False
        self._file = file
        return True

    async def holds(self) -> bool:
        """It can't be lost."""
        return True

    async def release(self) -> None:
        """Lets go."""
        if self._file is not None:
            self._file.close()


class ServerLock:
    """It is the session's: the server lets go of it when the connection breaks."""

    def __init__(self, url: sa.URL) -> None:
        self._engine = create_async_engine(
            url, poolclass=NullPool, isolation_level="AUTOCOMMIT", connect_args=postgres_limits()
        )
        self._connection: AsyncConnection | None = None

    async def take(self) -> bool:
        """Takes it on a new connection, unless somebody has it."""
        await self._drop()
        connection = self._connection = await self._engine.connect()
        return bool(await connection.scalar(TAKE))

    async def holds(self) -> bool:
        """Whether the connection still answers."""
        try:
            return self._connection is not None and bool(await self._connection.scalar(sa.select(1)))
        except Exception as error:  # noqa: BLE001 - whatever it is, the lock may be lost with it
            LOG.warning("the connection that holds the database is lost: %r", error)
            return False

    async def release(self) -> None:
        """Lets go."""
        await self._drop()
        await self._engine.dispose()

    async def _drop(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            # It may be broken: then the server has let go already, or will when it finds nobody there.
            with contextlib.suppress(Exception):
                async with asyncio.timeout(CLOSE_SECONDS):
                    await connection.close()


class Ownership:
    """The lock of a database, for as long as it is wanted."""

    def __init__(self, lock: Lock, patience: float) -> None:
        self._lock = lock
        self._patience = patience

    async def take(self) -> None:
        """Waits a while for whoever has it. Raises AlreadyOwnedError."""
        async with _within(self._patience):
            while not await self._lock.take():  # noqa: ASYNC110 - another process rings no bell
                await asyncio.sleep(RETRY_SECONDS)

    async def keep(self, pause: Callable[[float], Awaitable[object]]) -> None:
        """Looks after it for ever: after an outage it is taken again. Raises AlreadyOwnedError if another was first.

        `pause` waits for so many seconds.
        """
        while True:
            await pause(LOOK_SECONDS)
            if not await self._lock.holds():
                await self._retake(pause)

    async def _retake(self, pause: Callable[[float], Awaitable[object]]) -> None:
        while True:
            try:
                await self.take()
            except AlreadyOwnedError:
                raise
            except Exception as error:  # noqa: BLE001 - the server is away: it is waited for
                LOG.warning("the database can't be taken again yet: %r", error)
                await pause(LOOK_SECONDS)
            else:
                LOG.warning("the database is ours again")
                return


@contextlib.asynccontextmanager
async def _within(seconds: float) -> AsyncIterator[None]:
    scope = asyncio.timeout(seconds)
    try:
        async with scope:
            yield
    except TimeoutError as error:
        if not scope.expired():
            raise
        raise AlreadyOwnedError from error


@contextlib.asynccontextmanager
async def owned(database: Database, patience: float = PATIENCE) -> AsyncIterator[Ownership]:
    """The database is this process's alone while the block lasts. Raises AlreadyOwnedError."""
    lock: Lock = FileLock(_beside(database)) if database.is_sqlite else ServerLock(database.url)
    ownership = Ownership(lock, patience)
    try:
        await ownership.take()
        yield ownership
    finally:
        await lock.release()


def _beside(database: Database) -> Path:
    return Path(f"{os.path.realpath(database.url.database or 'pokja.db')}.lock")
