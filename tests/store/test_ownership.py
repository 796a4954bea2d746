import asyncio
import os
from collections.abc import AsyncIterator

import pytest
import sqlalchemy as sa

from store.engine import migrate, ownership
from store.engine.database import Database
from store.engine.ownership import AlreadyOwnedError, owned
from tests import databases
from tests.support.patience import PATIENCE

SOON = 0.1


@pytest.fixture
async def other(database: Database) -> AsyncIterator[Database]:
    """The same database, as another process would open it."""
    opened = Database(database.url.render_as_string(hide_password=False))
    yield opened
    await opened.close()


async def test_a_second_waits_and_is_sent_away(database: Database, other: Database) -> None:
    async with owned(database):
        with pytest.raises(AlreadyOwnedError):
            await asyncio.wait_for(owned(other, SOON).__aenter__(), PATIENCE)
    async with owned(other, SOON):
        pass


async def test_a_second_that_waits_comes_in_when_the_first_has_gone(
    database: Database, other: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ownership, "RETRY_SECONDS", 0.01)
    first = owned(database)
    await first.__aenter__()
    waiting = asyncio.create_task(owned(other, PATIENCE).__aenter__())
    await asyncio.sleep(0)
    assert not waiting.done()
    await first.__aexit__(None, None, None)
    await asyncio.wait_for(waiting, PATIENCE)


async def end_sessions(database: Database) -> None:
    """As a restart of the server would, for all sessions but our own."""
    async with database.transaction() as session:
        await session.execute(
            sa.text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        )


async def test_after_an_outage_it_is_taken_again_or_another_has_it(postgres: sa.URL) -> None:
    database = Database(await databases.fresh_postgres(postgres))
    looks = asyncio.Queue[float]()

    async def look(seconds: float) -> None:
        await looks.get()

    async with owned(database, SOON) as ours:
        keeping = asyncio.create_task(ours.keep(look))
        await end_sessions(database)
        looks.put_nowait(0)
        looks.put_nowait(0)
        while not looks.empty():  # noqa: ASYNC110 - the second look comes after the lock was taken again
            await asyncio.sleep(0.01)
        with pytest.raises(AlreadyOwnedError):
            await owned(database, SOON).__aenter__()
        await end_sessions(database)
        async with owned(database, SOON):
            looks.put_nowait(0)
            with pytest.raises(AlreadyOwnedError):
                await asyncio.wait_for(keeping, PATIENCE)
    await database.close()


async def test_two_migrate_at_once(postgres: sa.URL, tmp_path_factory: pytest.TempPathFactory) -> None:
    name = f"twice_{os.getpid()}"
    await databases.admin(postgres, f"CREATE DATABASE {name}")
    urls = [
        postgres.set(database=name).render_as_string(hide_password=False),
        f"sqlite+aiosqlite:///{tmp_path_factory.mktemp('twice')}/x.db",
    ]
    for url in urls:
        both = [Database(url, command_seconds=None) for _ in range(2)]
        await asyncio.gather(*(migrate.upgrade(each) for each in both))
        assert [await migrate.present(each) for each in both] == [migrate.newest()] * 2
        for each in both:
            await each.close()
