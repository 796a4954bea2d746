"""The schema goes up and down on both databases, and is what the tables say."""

import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from store import migrate
from store.database import Database
from store.tables import Base


def _differences(connection: sa.Connection) -> list[object]:
    return list(compare_metadata(MigrationContext.configure(connection), Base.metadata))


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
