"""Another program holds the lock of the SQLite file: DB Browser with unsaved changes, a shell, VACUUM."""

import asyncio
import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from store.engine import database as engine
from store.engine.availability import UnavailableError
from store.engine.database import Database
from store.updates import mark_handled
from tests.support.moments import PLAIN


@contextlib.contextmanager
def held(database: Database) -> Iterator[sqlite3.Connection]:
    """The lock is held from now until it is rolled back, or the block ends."""
    with contextlib.closing(sqlite3.connect(database.url.database or "", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield other


async def write(database: Database, update_id: int = 1) -> bool:
    return await database.run(lambda session: mark_handled(session, update_id, PLAIN))


async def test_a_lock_is_waited_for_while_everything_else_goes_on(sqlite: Database) -> None:
    with held(sqlite) as other:
        writers = [asyncio.create_task(write(sqlite, number)) for number in range(5)]
        for _ in range(3):
            async with sqlite.reading() as session:
                assert await session.scalar(sa.text("SELECT count(*) FROM handled_updates")) == 0
            await asyncio.sleep(0)
        assert not any(writer.done() for writer in writers)
        other.rollback()
        assert await asyncio.gather(*writers) == [True] * 5


async def test_whoever_waits_too_long_hears_of_it_and_so_do_those_behind(
    sqlite: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "LOCKED_SECONDS", 0.0)
    with held(sqlite):
        ended = await asyncio.gather(*(write(sqlite, number) for number in range(5)), return_exceptions=True)
    assert [type(each) for each in ended] == [UnavailableError] * 5
    assert await write(sqlite)


def damage(path: Path) -> None:
    path.write_bytes(b"x" * 4096 + path.read_bytes()[4096:])


async def test_a_damaged_file_is_the_files_fault(sqlite: Database) -> None:
    assert await write(sqlite)
    await sqlite.close()
    damage(Path(sqlite.url.database or ""))
    with pytest.raises(UnavailableError):
        await write(sqlite, 2)
