"""SQLite gives the number of a deleted last row out again unless a table is told not to: here all of them are.

Buttons on people's phones, caches and queues name rows by number; a number must mean one row for ever. Migrations make
tables anew (their own way forgets it), so this follows each of them, whatever it did.
"""

import re
from collections.abc import Mapping
from typing import Final

import sqlalchemy as sa

REUSING, LASTING = "PRIMARY KEY (id)", "PRIMARY KEY (id AUTOINCREMENT)"
NEW: Final = "_numbered_"
TABLES: Final = "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND sql LIKE ?"
BELONGINGS: Final = (
    "SELECT sql FROM sqlite_master WHERE type IN ('index', 'trigger') AND tbl_name = ? AND sql IS NOT NULL"
)
GIVEN: Final = "SELECT name, seq FROM sqlite_sequence"
HEAD: Final = re.compile(r'CREATE TABLE\s+"?\w+"?')


def given_out(connection: sa.Connection) -> Mapping[str, int]:
    """The highest number each table has given out so far."""
    if not connection.exec_driver_sql(TABLES, ("%AUTOINCREMENT%",)).all():
        return {}
    return {row.name: row.seq for row in connection.exec_driver_sql(GIVEN)}


def make_lasting(connection: sa.Connection, given: Mapping[str, int]) -> None:
    """Gives no number out again, not even one that was given out before the tables were made anew."""
    for name, sql in connection.exec_driver_sql(TABLES, (f"%{REUSING}%",)).all():
        _make_anew(connection, name, sql)
    for name, number in given.items():
        connection.exec_driver_sql(
            "UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = ?", (number, name)
        )


def _make_anew(connection: sa.Connection, name: str, sql: str) -> None:
    """As SQLite's manual has it; foreign keys must not be looked after meanwhile."""
    belongings = connection.exec_driver_sql(BELONGINGS, (name,)).scalars().all()
    lasting = HEAD.sub(f'CREATE TABLE "{NEW}{name}"', sql, count=1).replace(REUSING, LASTING)
    for statement in (
        lasting,
        f'INSERT INTO "{NEW}{name}" SELECT * FROM "{name}"',  # noqa: S608 - a table of our own
        f'DROP TABLE "{name}"',
        f'ALTER TABLE "{NEW}{name}" RENAME TO "{name}"',
        *belongings,
    ):
        connection.exec_driver_sql(statement)
