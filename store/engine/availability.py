"""Is the database unavailable, or is the work wrong? The first is waited for, the second becomes a dead letter."""

from typing import Final

from sqlalchemy import exc

# SQLSTATE classes: connection, resources, operator intervention (shutdown, start), deadlock.
PASSING_STATES: Final = ("08", "53", "57P", "40")
# OSErrors of somebody's own files, which no waiting for a server will repair.
OF_FILES: Final = (FileNotFoundError, FileExistsError, PermissionError, IsADirectoryError, NotADirectoryError)


def is_unavailable(error: BaseException) -> bool:
    """Whether the same transaction may succeed later: the server is unavailable, full, restarting, in conflict."""
    if isinstance(error, exc.OperationalError | exc.InterfaceError | exc.TimeoutError):
        return True
    if isinstance(error, exc.DBAPIError):
        return error.connection_invalidated or _state(error.orig).startswith(PASSING_STATES)
    if isinstance(error, OSError):
        return not isinstance(error, OF_FILES)
    # asyncpg's own errors arrive bare when the connection can't even be made.
    return _state(error).startswith(PASSING_STATES)


def _state(error: BaseException | None) -> str:
    return getattr(error, "sqlstate", None) or ""
