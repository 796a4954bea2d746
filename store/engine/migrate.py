"""Bringing a database to the schema this code needs, with Alembic from inside the program.

Alembic takes a quarter of a second to load, so it is loaded only where there is something to do.
"""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from store.engine import row_numbers
from store.engine.database import Database

if TYPE_CHECKING:
    from alembic.config import Config

# Of two who migrate at once the second finds nothing left to do; SQLite's write lock does the same.
TAKE_TURNS = sa.select(sa.func.pg_advisory_xact_lock(0x504F4B4A43))
MIGRATIONS = Path(__file__).parents[2] / "migrations"


def newest() -> str:
    """The revision of this code; each migration's file begins with its own."""
    return max(path.name.partition("_")[0] for path in (MIGRATIONS / "versions").glob("[0-9]*.py"))


async def present(database: Database) -> str | None:
    """The revision of the database; None for an empty one."""
    async with database.reading() as session:
        connection = await session.connection()
        if not await connection.run_sync(lambda sync: sa.inspect(sync).has_table("alembic_version")):
            return None
        revision: str | None = await connection.scalar(sa.text("SELECT version_num FROM alembic_version"))
        return revision


def _config(connection: sa.Connection) -> "Config":
    from alembic.config import Config  # noqa: PLC0415 - see above

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    return config


async def upgrade(database: Database, revision: str = "head") -> None:
    """Migrates up to the newest (or the given) revision; nothing happens where it is there already."""
    if revision == "head" and await present(database) == newest():
        return
    await _run(database, "upgrade", revision)


async def downgrade(database: Database, revision: str = "base") -> None:
    """Migrates down; 'base' takes everything away."""
    await _run(database, "downgrade", revision)


async def _run(database: Database, action: str, revision: str) -> None:
    from alembic import command  # noqa: PLC0415 - see above

    step: Any = getattr(command, action)
    async with database.engine.connect() as connection:
        await _check_keys(database, connection, on=False)
        await database.begun(lambda: connection.begin().start())
        if not database.is_sqlite:
            await connection.execute(TAKE_TURNS)
        await connection.run_sync(lambda sync: _step(database, sync, lambda: step(_config(sync), revision)))
        await _find_orphans(database, connection)
        await connection.commit()
        await _check_keys(database, connection, on=True)


def _step(database: Database, connection: sa.Connection, step: Callable[[], None]) -> None:
    if not database.is_sqlite:
        step()
        return
    given = row_numbers.given_out(connection)
    step()
    row_numbers.make_lasting(connection, given)


async def _find_orphans(database: Database, connection: AsyncConnection) -> None:
    """Nobody has looked after foreign keys on the way; what points to nothing now undoes the migration."""
    if database.is_sqlite and (
        orphans := (await connection.execute(sa.text("PRAGMA foreign_key_check"))).all()
    ):
        raise RuntimeError(f"rows that point to nothing: {orphans}")


async def _check_keys(database: Database, connection: AsyncConnection, *, on: bool) -> None:
    """SQLite changes a table by making a new one: dropping the old one must not take the rows that point to it along.

    The pragma does nothing within a transaction, so it stands around it.
    """
    if database.is_sqlite:
        raw = await connection.get_raw_connection()
        driver: Any = raw.driver_connection
        await driver.cursor().execute(f"PRAGMA foreign_keys={'ON' if on else 'OFF'}")
