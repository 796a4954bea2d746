import pytest
import sqlalchemy as sa
from asyncpg import exceptions as asyncpg_errors
from sqlalchemy import exc

from store.engine.availability import is_unavailable
from store.engine.database import Database
from tests import databases


@pytest.mark.parametrize(
    "error",
    [
        exc.OperationalError("x", {}, Exception()),
        exc.InterfaceError("x", {}, Exception()),
        exc.TimeoutError(),
        exc.DBAPIError("x", {}, asyncpg_errors.DeadlockDetectedError()),
        exc.DBAPIError("x", {}, Exception(), connection_invalidated=True),
        asyncpg_errors.CannotConnectNowError(),
        asyncpg_errors.TooManyConnectionsError(),
        ConnectionRefusedError(),
        TimeoutError(),
        OSError("no route to host"),
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
        exc.IntegrityError("x", {}, Exception()),
        exc.ProgrammingError("x", {}, asyncpg_errors.UndefinedTableError()),
        exc.StatementError("x", "y", {}, ValueError()),
    ],
)
def test_not_worth_waiting_for(error: Exception) -> None:
    assert not is_unavailable(error)


async def test_a_server_that_is_not_there() -> None:
    database = Database("postgresql+asyncpg://nobody@127.0.0.1:1/nothing")

    async def is_asked() -> None:
        async with database.transaction() as session:
            await session.connection()

    with pytest.raises(Exception) as refusal:  # noqa: PT011 - which class it is, is what this is about
        await is_asked()
    assert is_unavailable(refusal.value)
    await database.close()


async def test_a_connection_cut_in_the_middle(postgres: sa.URL) -> None:
    database = Database(await databases.fresh_postgres(postgres))

    async def is_cut() -> None:
        async with database.transaction() as session:
            own = await session.scalar(sa.text("select pg_backend_pid()"))
            async with database.transaction() as killer:
                await killer.execute(sa.text("select pg_terminate_backend(:pid)"), {"pid": own})
            await session.execute(sa.text("select 1"))

    with pytest.raises(Exception) as refusal:  # noqa: PT011 - which class it is, is what this is about
        await is_cut()
    assert is_unavailable(refusal.value)
    await database.close()
