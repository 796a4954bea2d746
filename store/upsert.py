"""INSERT … ON CONFLICT, which SQLite and PostgreSQL write alike but SQLAlchemy offers per dialect."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

INSERTS: Mapping[str, Callable[..., Any]] = {"postgresql": postgresql.insert, "sqlite": sqlite.insert}


def insert_into(session: AsyncSession, table: Any) -> Any:
    """An insert of the session's dialect, with `on_conflict_do_nothing` and `on_conflict_do_update`."""
    return INSERTS[session.get_bind().dialect.name](table)
