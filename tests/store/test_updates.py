import asyncio
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from store.engine.database import Database
from store.tables.core import DeadLetter, HandledUpdate
from store.updates import forget_before, keep_dead_letter, mark_handled

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


async def mark(database: Database, update_id: int, at: datetime = NOW) -> bool:
    async with database.transaction() as session:
        return await mark_handled(session, update_id, at)


async def test_twice_delivered_is_once_counted(database: Database) -> None:
    assert await mark(database, 7)
    assert not await mark(database, 7)
    assert await mark(database, 8)


async def test_the_mark_goes_with_its_transaction(database: Database) -> None:
    async def fails() -> None:
        async with database.transaction() as session:
            assert await mark_handled(session, 7, NOW)
            raise LookupError

    with pytest.raises(LookupError):
        await fails()
    assert await mark(database, 7)


async def test_of_two_at_once_one_counts(database: Database) -> None:
    async with asyncio.TaskGroup() as group:
        marks = [group.create_task(mark(database, 7)) for _ in range(8)]
    assert [task.result() for task in marks].count(True) == 1


async def test_ids_of_any_size(database: Database) -> None:
    assert await mark(database, 2**40)


async def test_a_dead_letter_keeps_the_update_and_marks_it(database: Database) -> None:
    payload = {"update_id": 7, "message": {"text": "Halo é"}}
    async with database.transaction() as session:
        await keep_dead_letter(session, 7, payload, "ValueError: salah\0", NOW)

    async with database.transaction() as session:
        letter = (await session.scalars(sa.select(DeadLetter))).one()
    assert (letter.update_id, letter.payload, letter.error, letter.at) == (
        7,
        payload,
        "ValueError: salah",
        NOW,
    )
    assert not await mark(database, 7)


async def test_kept_twice_it_is_one_dead_letter(database: Database) -> None:
    for error in ("pertama", "kedua"):
        async with database.transaction() as session:
            await keep_dead_letter(session, 7, {"update_id": 7}, error, NOW)

    async with database.transaction() as session:
        assert (await session.scalars(sa.select(DeadLetter.error))).all() == ["pertama"]


async def test_of_a_long_error_the_end_is_kept(database: Database) -> None:
    async with database.transaction() as session:
        await keep_dead_letter(session, 7, {}, "x" * 100_000 + "akhirnya", NOW)

    async with database.transaction() as session:
        kept = (await session.scalars(sa.select(DeadLetter.error))).one()
    assert kept.endswith("xakhirnya")
    assert len(kept) == 4000


async def test_old_marks_are_forgotten(database: Database) -> None:
    for days in (0, 3, 10):
        await mark(database, days + 1, NOW - timedelta(days=days))

    async with database.transaction() as session:
        assert await forget_before(session, NOW - timedelta(days=3)) == 1
    async with database.transaction() as session:
        left = (await session.scalars(sa.select(HandledUpdate.update_id))).all()
    assert sorted(left) == [1, 4]
