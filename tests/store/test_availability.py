import asyncio
import sqlite3

import pytest
import sqlalchemy as sa
from asyncpg import exceptions as asyncpg_errors
from sqlalchemy import exc
from sqlalchemy.ext.asyncio import AsyncSession

from store import audit_trail
from store.engine.availability import UnavailableError, is_unavailable, state_of
from store.engine.database import Database
from store.tables.core import AuditEntry, HandledUpdate
from tests import databases
from tests.support.moments import PLAIN


def of_sqlite(code: int) -> exc.OperationalError:
    original = sqlite3.OperationalError("x")
    original.sqlite_errorcode = code
    return exc.OperationalError("x", {}, original)


@pytest.mark.parametrize(
    "error",
    [
        UnavailableError(),
        exc.OperationalError("x", {}, Exception()),
        exc.InterfaceError("x", {}, Exception()),
        exc.InternalError("x", {}, Exception()),
        exc.DatabaseError("x", {}, sqlite3.DatabaseError("database disk image is malformed")),
        exc.DBAPIError("x", {}, Exception("nobody has seen this before")),
        exc.TimeoutError(),
        exc.PendingRollbackError(),
        exc.DBAPIError("x", {}, asyncpg_errors.DeadlockDetectedError()),
        exc.DBAPIError("x", {}, asyncpg_errors.ReadOnlySQLTransactionError()),
        exc.DBAPIError("x", {}, asyncpg_errors.QueryCanceledError()),
        exc.DBAPIError("x", {}, asyncpg_errors.LockNotAvailableError()),
        exc.ProgrammingError("x", {}, Exception(), connection_invalidated=True),
        *(
            of_sqlite(getattr(sqlite3, f"SQLITE_{name}"))
            for name in ("BUSY", "FULL", "IOERR", "CANTOPEN", "READONLY")
        ),
    ],
)
def test_worth_waiting_for(error: Exception) -> None:
    assert is_unavailable(error)


@pytest.mark.parametrize(
    "error",
    [
        ValueError(),
        KeyError("x"),
        FileNotFoundError(),
        TimeoutError(),
        exc.IntegrityError("x", {}, Exception()),
        exc.DataError("x", {}, Exception()),
        exc.ProgrammingError("x", {}, asyncpg_errors.UndefinedTableError()),
        exc.StatementError("x", "y", {}, ValueError()),
        exc.NoResultFound(),
        of_sqlite(sqlite3.SQLITE_ERROR),
    ],
)
def test_not_worth_waiting_for(error: Exception) -> None:
    assert not is_unavailable(error)


async def refusal(database: Database, *statements: str) -> Exception:
    """What a transaction with these statements is refused with."""
    try:
        async with database.transaction() as session:
            for statement in statements:
                await session.execute(sa.text(statement))
    except Exception as error:  # noqa: BLE001 - which class it is, is what this is about
        return error
    raise AssertionError("it was not refused")


@pytest.mark.parametrize(
    "address",
    ["nobody@127.0.0.1:1/nothing", "nobody@/nothing?host=/nowhere"],
    ids=["no server", "no socket"],
)
async def test_a_server_that_is_not_there(address: str) -> None:
    database = Database(f"postgresql+asyncpg://{address}")
    assert is_unavailable(await refusal(database))
    await database.close()


async def test_a_database_that_is_not_there(postgres: sa.URL) -> None:
    url = postgres.set(database="nowhere").render_as_string(hide_password=False)
    database = Database(url)
    assert is_unavailable(await refusal(database))
    await database.close()


async def test_a_connection_cut_in_the_middle(postgres: sa.URL) -> None:
    database = Database(await databases.fresh_postgres(postgres))

    async def is_cut() -> None:
        async with database.transaction() as session:
            own = await session.scalar(sa.text("select pg_backend_pid()"))
            async with database.transaction() as killer:
                await killer.execute(sa.text("select pg_terminate_backend(:pid)"), {"pid": own})
            await session.execute(sa.text("select 1"))

    with pytest.raises(Exception) as refused:  # noqa: PT011 - which class it is, is what this is about
        await is_cut()
    assert is_unavailable(refused.value)
    await database.close()


TROUBLE = {
    "a standby": ("set local transaction_read_only = on", "delete from drafts", "25006"),
    "a statement that takes too long": ("set local statement_timeout = 1", "select pg_sleep(5)", "57014"),
    "a lock nobody lets go": ("set local lock_timeout = 1", "lock table drafts", "55P03"),
}


@pytest.mark.parametrize("kind", TROUBLE)
async def test_what_a_server_in_trouble_says(postgres: sa.URL, kind: str) -> None:
    database = Database(await databases.fresh_postgres(postgres))
    setting, statement, state = TROUBLE[kind]
    async with database.transaction() as holder:
        await holder.execute(sa.text("lock table drafts in access share mode"))
        error = await refusal(database, setting, statement)
    assert isinstance(error, exc.DBAPIError)
    assert state_of(error.orig) == state
    assert is_unavailable(error)
    await database.close()


async def test_two_who_are_in_each_others_way_come_one_after_the_other(postgres: sa.URL) -> None:
    """Each counts before the other has added; the one who comes second looks again."""
    database, met = Database(await databases.fresh_postgres(postgres)), asyncio.Barrier(2)

    async def add(session: AsyncSession) -> int:
        counted = await session.scalar(sa.select(sa.func.count()).select_from(AuditEntry)) or 0
        if not counted:
            await met.wait()
        audit_trail.note(session, "test", "x", PLAIN)
        return counted

    assert sorted(await asyncio.gather(database.run(add), database.run(add))) == [0, 1]
    await database.close()


async def test_what_breaks_a_rule_is_tried_once_more(database: Database) -> None:
    tries = []

    async def break_it(session: AsyncSession) -> None:
        tries.append(1)
        for _ in range(2):
            session.add(HandledUpdate(update_id=1, at=PLAIN))
            await session.flush()

    with pytest.raises(exc.IntegrityError) as refused:
        await database.run(break_it)
    assert not is_unavailable(refused.value)
    assert len(tries) == 2
