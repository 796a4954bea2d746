"""INSERT … ON CONFLICT, which SQLite and PostgreSQL write alike but SQLAlchemy offers per dialect."""

import functools
import importlib
from collections.abc import Callable
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession


def insert_into(session: AsyncSession, table: object) -> Any:
    """An insert of the session's dialect, with `on_conflict_do_nothing` and `on_conflict_do_update`."""
    return insert_of(session.get_bind().dialect.name)(table)


@functools.cache
def insert_of(dialect: str) -> Callable[..., Any]:
    """Only the dialect in use is loaded: PostgreSQL's alone takes a seventh of a second."""
    module = importlib.import_module(f"sqlalchemy.dialects.{dialect}")
    insert: Callable[..., object] = module.insert
    return insert
