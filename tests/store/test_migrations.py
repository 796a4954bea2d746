"""The schema goes up and down on both databases, and is what the tables say."""

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import exc

from store.engine import migrate
from store.engine.database import Database
from store.engine.schema import METADATA


def _differences(connection: sa.Connection) -> list[object]:
    return list(compare_metadata(MigrationContext.configure(connection), METADATA))


async def test_the_migrated_schema_is_what_the_tables_say(database: Database) -> None:
    async with database.engine.begin() as connection:
        assert await connection.run_sync(_differences) == []


async def test_migrations_go_down_and_up_again(database: Database) -> None:
    await migrate.downgrade(database)
    async with database.engine.begin() as connection:
        tables = await connection.run_sync(lambda sync: set(sa.inspect(sync).get_table_names()))
    assert tables == {"alembic_version"}
    await migrate.upgrade(database)
    async with database.engine.begin() as connection:
        assert await connection.run_sync(_differences) == []


MOMENT = "'2026-11-23 01:00:00'"
ROWS = {
    "users (id, telegram_id, name, reach, created_at)": f"1, 7, 'Siti', 'started', {MOMENT}",
    "pokjas (id, name, region, zone, authors_shown, created_at)": f"1, 'P', 'K', 'Asia/Jakarta', false, {MOMENT}",
    "memberships (id, pokja_id, user_id, name, instansi, jabatan, role, state, joined_at)": (
        f"1, 1, 1, 'Siti', 'Bappeda', 'Staf', 'ketua', 'active', {MOMENT}"
    ),
    "process_versions (id, name, version, sha256, source)": "1, 'p', 1, 'x', 'y'",
    "runs (id, pokja_id, process_version_id, start_date, created_at)": f"1, 1, 1, '2026-11-23', {MOMENT}",
    "topic_runs (id, run_id, key, state, opened_at)": f"1, 1, '1.1', 'open', {MOMENT}",
    "activities (topic_run_id, pokja_id, topic_key, key, instrument, state, items, context, opened_by, opened_at)": (
        f"1, 1, '1.1', 'isu', 'cards', 'open', '[]', '[]', 1, {MOMENT}"
    ),
    'answers (activity_id, ballot, key, value, "by", at)': f"1, 1, 'isu/1', '\"Air mati\"', 1, {MOMENT}",
}
"""An answer and all that it hangs on, as the first schema kept them."""


async def test_changing_a_table_keeps_the_rows_that_point_to_it(database: Database) -> None:
    await migrate.downgrade(database, "0001")
    async with database.engine.begin() as connection:
        for columns, values in ROWS.items():
            await connection.exec_driver_sql(f"INSERT INTO {columns} VALUES ({values})")  # noqa: S608 - our own
    await migrate.upgrade(database)
    async with database.engine.begin() as connection:
        assert await connection.scalar(sa.text("SELECT key FROM answers")) == "isu/1"
        events = await connection.execute(sa.text('SELECT ballot, key, is_given, "by" FROM answer_events'))
        assert events.all() == [(1, "isu/1", 1, 1)]
        assert (await connection.execute(sa.text("SELECT part, revision FROM activities"))).one() == (0, 0)


async def _run(database: Database, *statements: str) -> None:
    async with database.engine.begin() as connection:
        for statement in statements:
            await connection.exec_driver_sql(statement)


def _insert(columns: str, values: str) -> str:
    return f"INSERT INTO {columns} VALUES ({values})"  # noqa: S608 - our own


DRAFT = _insert("drafts (user_id, form, subject, answers, created_at)", f"1, 'x', '{{}}', '{{}}', {MOMENT}")


async def test_no_number_is_given_out_twice(database: Database) -> None:
    """Not after a row has gone, and not after its table was made anew."""
    await _run(database, _insert(*next(iter(ROWS.items()))), DRAFT, DRAFT, "DELETE FROM drafts")
    await migrate.downgrade(database, "0007")
    await migrate.upgrade(database)
    await _run(database, DRAFT)
    async with database.reading() as session:
        assert await session.scalar(sa.text("SELECT id FROM drafts")) == 3


async def test_every_table_with_a_number_keeps_it_from_being_given_again(sqlite: Database) -> None:
    async with sqlite.reading() as session:
        tables = await session.execute(sa.text("SELECT name, sql FROM sqlite_master WHERE type = 'table'"))
        made = dict(tables.all())
    numbered = [table.name for table in METADATA.sorted_tables if "id" in table.c]
    assert len(numbered) > 20
    assert [name for name in numbered if "AUTOINCREMENT" not in made[name]] == []


SECOND_KETUA = {
    "users (id, telegram_id, name, reach, created_at)": f"2, 8, 'Budi', 'started', {MOMENT}",
    "memberships (id, pokja_id, user_id, name, instansi, jabatan, role, state, joined_at)": (
        f"2, 1, 2, 'Budi', 'Dinkes', 'Staf', 'ketua', 'active', {MOMENT}"
    ),
}


async def test_of_two_ketua_one_stays_and_there_is_never_a_second(database: Database) -> None:
    await migrate.downgrade(database, "0001")
    first = [_insert(columns, values) for columns, values in [*ROWS.items()][:3]]
    await _run(database, *first, *map(_insert, SECOND_KETUA, SECOND_KETUA.values()))
    await migrate.upgrade(database)
    async with database.reading() as session:
        roles = await session.scalars(sa.text("SELECT role FROM memberships ORDER BY id"))
    assert roles.all() == ["ketua", "anggota"]
    with pytest.raises(exc.IntegrityError):
        await _run(database, "UPDATE memberships SET role = 'ketua'")
