"""The schema goes up and down on both databases, and is what the tables say."""

import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

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
