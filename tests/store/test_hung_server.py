"""A PostgreSQL server that is there and doesn't answer: between it and the bot nothing gets through for a while."""

from collections.abc import AsyncIterator

import pytest
import sqlalchemy as sa

from store.engine import database as engine
from store.engine.availability import is_unavailable
from store.engine.database import Database
from tests import databases
from tests.support.relay import Relay

SOON = 0.3


@pytest.fixture
async def relay(postgres: sa.URL) -> Relay:
    return Relay(postgres)


@pytest.fixture
async def hasty(postgres: sa.URL, relay: Relay, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Database]:
    """A database behind the relay that is given up soon."""
    monkeypatch.setattr(engine, "CONNECT_SECONDS", SOON)
    name = sa.make_url(await databases.fresh_postgres(postgres)).database
    async with relay.listening() as port:
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
