"""The engine and its transactions: made once, told apart for SQLite and PostgreSQL here and nowhere else."""

import asyncio
import contextlib
import itertools
import random
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any, Final, TypeVar, cast

import orjson
import sqlalchemy as sa
from sqlalchemy import exc
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, AsyncSession, create_async_engine

from store.engine import inline_sqlite
from store.engine.availability import UnavailableError, is_in_conflict, state_of

READ_ONLY = "pokja_read_only"
"""The execution option of connections that read only."""

CONNECTION = "connection"
SQLITE_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
)
LOCKED: Final = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
LOCKED_SECONDS: Final = 5.0
"""So long another program's lock on the SQLite file is waited for; then whoever wants to write hears of it."""
LOCKED_PAUSE: Final = 0.05

CONNECT_SECONDS: Final = 5.0
CLOSE_SECONDS: Final = 1.0
COMMAND_SECONDS: Final = 8.0
"""A server that doesn't answer a statement for so long hangs."""
SERVER_SETTINGS: Final = {
    "statement_timeout": "15s",
    "lock_timeout": "5s",
    "idle_in_transaction_session_timeout": "30s",
    # What a client that is gone without a word holds is free after half a minute.
    "tcp_keepalives_idle": "15",
    "tcp_keepalives_interval": "5",
    "tcp_keepalives_count": "3",
}
NO_WRITER: Final = "25006"
"""The SQLSTATE of a server that has become a standby: the next connection may lead to its successor."""

MOST_CONFLICTS: Final = 12
CONFLICT_PAUSE: Final = 0.005
LONGEST_CONFLICT_PAUSE: Final = 0.25

Given = TypeVar("Given")


class Database:
    """Sessions on one database. SQLite takes one writer at a time, so here writers queue instead of colliding.

    A statement that takes longer than `command_seconds` on PostgreSQL is given up; None for no limit.
    """

    def __init__(self, url: str, *, command_seconds: float | None = COMMAND_SECONDS) -> None:
        self.url = sa.make_url(url)
        self.engine = _make_engine(self.url, command_seconds)
        self._read_only = self.engine.execution_options(**{READ_ONLY: True})
        self._isolated = (
            self.engine if self.is_sqlite else self.engine.execution_options(isolation_level="SERIALIZABLE")
        )
        self._turn: contextlib.AbstractAsyncContextManager[object] = (
            asyncio.Lock() if self.is_sqlite else contextlib.nullcontext()
        )
        self._locked_since: float | None = None

    @property
    def is_sqlite(self) -> bool:
        """Whether this is the one-file database."""
        return self.url.get_backend_name() == "sqlite"

    async def run(self, work: Callable[[AsyncSession], Awaitable[Given]]) -> Given:
        """Commits what `work` does, as if nobody else were at work; returns what it returns.

        Where somebody was in its way it is done again, with a session of its own. What breaks a rule of the tables is
        tried once more: the other's row may not have been visible the first time.
        """
        for attempt in itertools.count(1):
            try:
                async with self.transaction(isolated=True) as session:
                    return await work(session)
            except exc.DBAPIError as error:
                if not _is_worth_repeating(error, attempt):
                    raise
            await asyncio.sleep(min(CONFLICT_PAUSE * 2**attempt, LONGEST_CONFLICT_PAUSE) * random.random())  # noqa: S311 - no secret
        raise AssertionError

    @contextlib.asynccontextmanager
    async def transaction(self, *, isolated: bool = False) -> AsyncIterator[AsyncSession]:
        """One unit of work: committed when the block ends, rolled back when it raises.

        On PostgreSQL it sees what others commit meanwhile, and has to lock what it counts on; an `isolated` one fails
        where it can't be as if it were alone (see `run`).
        """
        engine = self._isolated if isolated else self.engine
        async with self._turn, AsyncSession(engine, expire_on_commit=False) as session, session.begin():
            session.info[CONNECTION] = await self.begun(session.connection)
            yield session

    @contextlib.asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncSession]:
        """A read-only session: nothing of it is committed."""
        async with AsyncSession(self._read_only, expire_on_commit=False) as session:
            session.info[CONNECTION] = await self.begun(session.connection)
            yield session

    async def begun(self, begin: Callable[[], Awaitable[Given]]) -> Given:
        """Connects and begins; what fails here is never the work's fault. Raises UnavailableError.

        A lock of another program is waited for beside everything else; those who queue don't wait one after the other.
        """
        while True:
            try:
                given = await begin()
            except Exception as error:
                if not self._may_wait(error):
                    raise UnavailableError(f"no transaction: {error!r}") from error
            else:
                self._locked_since = None
                return given
            await asyncio.sleep(LOCKED_PAUSE)

    def _may_wait(self, error: Exception) -> bool:
        now = asyncio.get_running_loop().time()
        if not _is_locked(error):
            return False
        self._locked_since = self._locked_since or now
        return now - self._locked_since < LOCKED_SECONDS

    async def close(self) -> None:
        """Closes all connections; a server that hangs is not waited for."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(CLOSE_SECONDS):
                await self.engine.dispose()


async def connection_of(session: AsyncSession) -> AsyncConnection:
    """The connection of a session's one transaction, for statements on the way of every tap."""
    if CONNECTION not in session.info:
        session.info[CONNECTION] = await session.connection()
    return cast("AsyncConnection", session.info[CONNECTION])


def when_committed(session: AsyncSession, act: Callable[[], None]) -> None:
    """Calls `act` at once for a session that reads only, else after its commit: what it has seen may be undone."""
    if session.get_bind().get_execution_options().get(READ_ONLY):
        act()
    else:
        sa.event.listen(session.sync_session, "after_commit", lambda _: act(), once=True)


def _is_worth_repeating(error: exc.DBAPIError, attempt: int) -> bool:
    if isinstance(error, exc.IntegrityError):
        return attempt == 1
    return is_in_conflict(error) and attempt < MOST_CONFLICTS


def _is_locked(error: BaseException) -> bool:
    cause = getattr(error, "orig", None) or error.__cause__
    return getattr(cause, "sqlite_errorcode", 0) & 0xFF in LOCKED


def _make_engine(url: sa.URL, command_seconds: float | None) -> AsyncEngine:
    # Parameters are what people typed: they don't belong in a log.
    options: dict[str, Any] = {
        "hide_parameters": True,
        "json_serializer": lambda value: orjson.dumps(value).decode(),
        "json_deserializer": _from_json,
    }
    if url.get_backend_name() != "sqlite":
        return _make_postgres(url, command_seconds, options)
    path = url.database or "pokja.db"
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    engine = create_async_engine(url, async_creator=lambda: inline_sqlite.connect(path), **options)
    _harden_sqlite(engine)
    return engine


def _make_postgres(url: sa.URL, command_seconds: float | None, options: dict[str, Any]) -> AsyncEngine:
    engine = create_async_engine(
        url,
        pool_pre_ping=True,
        pool_timeout=COMMAND_SECONDS,
        connect_args=postgres_limits(command_seconds),
        **options,
    )
    sa.event.listen(engine.sync_engine, "handle_error", _tell_unavailable)
    return engine


def postgres_limits(command_seconds: float | None = COMMAND_SECONDS) -> dict[str, Any]:
    """No wait for the server is endless: not for a connection, an answer, a lock (asyncpg's arguments)."""
    settings = SERVER_SETTINGS if command_seconds else {}
    return {"timeout": CONNECT_SECONDS, "command_timeout": command_seconds, "server_settings": settings}


def _tell_unavailable(context: sa.engine.ExceptionContext) -> UnavailableError | None:
    """Broken and silent connections arrive as bare errors, which could be a file's as well: here they get a name."""
    error = context.original_exception
    if state_of(error) == NO_WRITER:
        context.is_disconnect = True
    if context.sqlalchemy_exception is not None or not _is_of_the_driver(error):
        return None
    context.is_disconnect = True
    return UnavailableError(f"the connection is lost: {error!r}")


def _is_of_the_driver(error: BaseException) -> bool:
    return isinstance(error, OSError) or type(error).__module__.startswith("asyncpg")


def _from_json(kept: Any) -> object:
    """A JSON column's value; SQLite keeps a text that is a number ('5') as that number."""
    return kept if isinstance(kept, int) else orjson.loads(kept)


def _harden_sqlite(engine: AsyncEngine) -> None:
    """Durable settings, and transactions that take the write lock at once instead of failing half-way."""

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
        try:
            cursor.execute("BEGIN" if read_only else "BEGIN IMMEDIATE")
        except sqlite3.Error as error:
            raise UnavailableError(f"no transaction: {error}") from error
        finally:
            cursor.close()
