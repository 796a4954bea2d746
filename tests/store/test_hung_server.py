"""A PostgreSQL server that is there and doesn't answer: its processes are stopped, and go on later."""

import contextlib
import os
import signal
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from store.engine import database as engine
from store.engine.availability import is_unavailable
from store.engine.database import Database
from tests import databases

SOON = 0.3


@pytest.fixture
async def hasty(postgres: sa.URL, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Database]:
    """A database that is given up soon."""
    monkeypatch.setattr(engine, "CONNECT_SECONDS", SOON)
    database = Database(await databases.fresh_postgres(postgres), command_seconds=SOON)
    yield database
    await database.close()


async def server_pid(database: Database) -> int:
    """The server's first process, of which the others are children."""
    async with database.reading() as session:
        own = int(await session.scalar(sa.text("SELECT pg_backend_pid()")))
    return parent_of(own)


def parent_of(pid: int) -> int:
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])


@contextlib.contextmanager
def hanging(pid: int) -> Iterator[None]:
    """The server and all its children stand still."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    stopped = [pid, *map(int, children)]
    for each in stopped:
        os.kill(each, signal.SIGSTOP)
    try:
        yield
    finally:
        for each in stopped:
            with contextlib.suppress(ProcessLookupError):
                os.kill(each, signal.SIGCONT)


async def ask(database: Database) -> int:
    async with database.transaction() as session:
        return int(await session.scalar(sa.text("SELECT 1")))


async def test_a_server_that_hangs_is_noticed_and_forgiven(hasty: Database) -> None:
    """At the next connection, at the first statement, and in the middle."""
    with hanging(await server_pid(hasty)):
        for _ in range(2):
            with pytest.raises(Exception) as refused:  # noqa: PT011 - which class it is, is what this is about
                await ask(hasty)
            assert is_unavailable(refused.value)
    assert await ask(hasty) == 1

    pid = await server_pid(hasty)
    with pytest.raises(Exception) as refused:  # noqa: PT011, PT012 - see above; it hangs half-way
        async with hasty.transaction() as session:
            await session.execute(sa.text("SELECT 1"))
            with hanging(pid):
                await session.execute(sa.text("SELECT 2"))
    assert is_unavailable(refused.value)
    assert await ask(hasty) == 1
