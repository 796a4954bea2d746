"""Bringing a database to the schema this code needs, with Alembic from inside the program."""

from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from store.database import Database

MIGRATIONS = Path(__file__).parent.parent / "migrations"


def _config(connection: sa.Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    return config


async def upgrade(database: Database, revision: str = "head") -> None:
    """Migrates up to the newest (or the given) revision; nothing happens where it is there already."""
    await _run(database, lambda config: command.upgrade(config, revision))


async def downgrade(database: Database, revision: str = "base") -> None:
    """Migrates down; 'base' takes everything away."""
    await _run(database, lambda config: command.downgrade(config, revision))


async def _run(database: Database, action: Any) -> None:
    async with database.engine.begin() as connection:
        await connection.run_sync(lambda sync: action(_config(sync)))
