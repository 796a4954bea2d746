"""Is the database unavailable, or is the work wrong? The first is waited for, the second becomes a dead letter.

Only what is known to be the work's own fault counts as that: whatever else the store says, it says of itself, and the
same work may succeed later. Nobody can list all the ways in which a server, a disk or a network says "not now".
"""

import sqlite3
from typing import Final

from sqlalchemy import exc

OF_THE_WORK: Final = (exc.IntegrityError, exc.DataError, exc.ProgrammingError, exc.NotSupportedError)
# SQLAlchemy's own words for a connection that is gone, or for none that gets free.
OF_THE_CONNECTION: Final = (exc.TimeoutError, exc.DisconnectionError, exc.PendingRollbackError)
# SQLSTATE: serialization failure, deadlock.
IN_CONFLICT: Final = ("40001", "40P01")


class UnavailableError(Exception):
    """The database can't be reached, is locked, or doesn't answer."""


def is_unavailable(error: BaseException) -> bool:
    """Whether the same transaction may succeed later: the database is gone, full, locked, restarting, in conflict."""
    if isinstance(error, exc.DBAPIError):
        return error.connection_invalidated or not _is_of_the_work(error)
    return isinstance(error, (UnavailableError, *OF_THE_CONNECTION))


def is_in_conflict(error: BaseException) -> bool:
    """Whether another transaction was in the way: the same work, done again at once, may succeed."""
    return isinstance(error, exc.DBAPIError) and state_of(error.orig) in IN_CONFLICT


def state_of(error: BaseException | None) -> str:
    """The SQLSTATE of what PostgreSQL's driver has raised; empty for others."""
    return getattr(error, "sqlstate", None) or ""


def _is_of_the_work(error: exc.DBAPIError) -> bool:
    # What SQLite says of a statement it can't read has the same class as what it says of a full disk.
    code = getattr(error.orig, "sqlite_errorcode", None)
    return isinstance(error, OF_THE_WORK) or code == sqlite3.SQLITE_ERROR
