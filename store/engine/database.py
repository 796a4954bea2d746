"""The engine and its transactions: made once, told apart for SQLite and PostgreSQL here and nowhere else."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, cast

import orjson
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, AsyncSession, create_async_engine

from store.engine import inline_sqlite

READ_ONLY = "pokja_read_only"
"""The execution option of connections that read only."""

CONNECTION = "connection"
SQLITE_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
)


class Database:
    """Sessions on one database. SQLite takes one writer at a time, so here writers queue instead of colliding."""

    def __init__(self, url: str) -> None:
        self.url = sa.make_url(url)
        self.engine = _make_engine(self.url)
        self._read_only = self.engine.execution_options(**{READ_ONLY: True})
        self._turn: contextlib.AbstractAsyncContextManager[object] = (
            asyncio.Lock() if self.is_sqlite else contextlib.nullcontext()
        )

    @property
    def is_sqlite(self) -> bool:
        """Whether this is the one-file database."""
        return self.url.get_backend_name() == "sqlite"

    @contextlib.asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncSession]:
        """One unit of work: committed when the block ends, rolled back when it raises."""
        async with self._turn, AsyncSession(self.engine, expire_on_commit=False) as session, session.begin():
            yield session

    @contextlib.asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncSession]:
        """A read-only session: nothing of it is committed."""
        async with AsyncSession(self._read_only, expire_on_commit=False) as session:
            yield session

    async def close(self) -> None:
        """Closes all connections."""
        await self.engine.dispose()


async def connection_of(session: AsyncSession) -> AsyncConnection:
    """The connection of a session's one transaction, for statements on the way of every tap."""
    if CONNECTION not in session.info:
        session.info[CONNECTION] = await session.connection()
    return cast("AsyncConnection", session.info[CONNECTION])


def _make_engine(url: sa.URL) -> AsyncEngine:
    # Parameters are what people typed: they don't belong in a log.
    options: dict[str, object] = {
        "hide_parameters": True,
        "json_serializer": lambda value: orjson.dumps(value).decode(),
        "json_deserializer": _from_json,
    }
    if url.get_backend_name() != "sqlite":
        return create_async_engine(url, pool_pre_ping=True, **options)
    path = url.database or "pokja.db"
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    engine = create_async_engine(url, async_creator=lambda: inline_sqlite.connect(path), **options)
    _harden_sqlite(engine)
    return engine


def _from_json(kept: Any) -> object:
    """A JSON column's value; SQLite keeps a text that is a number ('5') as that number."""
    return kept if isinstance(kept, int) else orjson.loads(kept)


def _harden_sqlite(engine: AsyncEngine) -> None:
    """Durable settings, and transactions that take the write lock at once instead of failing half-way.

    Those that only read must not take it: whoever waits for the lock waits on the loop's own thread.
    """

    @sa.event.listens_for(engine.sync_engine, "connect")
    def _(connection: Any, record: object) -> None:
        cursor = connection.cursor()
        for pragma in SQLITE_PRAGMAS:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @sa.event.listens_for(engine.sync_engine, "begin")
    def _(connection: sa.Connection) -> None:
        read_only = connection.get_execution_options().get(READ_ONLY, False)
        cursor = connection.connection.cursor()  # past SQLAlchemy: every transaction pays for this
        cursor.execute("BEGIN" if read_only else "BEGIN IMMEDIATE")
        cursor.close()
