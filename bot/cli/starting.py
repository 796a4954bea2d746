"""From settings to a bot at work: what can go wrong on the way is the operator's to repair, and told in a sentence."""

import asyncio
import contextlib
import logging
import signal
from collections.abc import AsyncIterator, Coroutine
from pathlib import Path
from typing import Any

from sqlalchemy import exc
from sqlalchemy.ext.asyncio import AsyncSession
from telegram.error import TelegramError

from bot import app
from bot.settings import EXAMPLES, PREFIX, Settings, SettingsError
from bot.transport.polling import FIRST_WAIT, LONGEST_WAIT, pause_after
from bot.transport.telegram_errors import classify
from bot.transport.undeliverable import Undeliverable
from bot.transport.waiting import unless
from store.engine import migrate
from store.engine.availability import UnavailableError
from store.engine.database import COMMAND_SECONDS, Database
from store.engine.ownership import PATIENCE, AlreadyOwnedError, Ownership, owned
from store.process_files import FaultyProcess

log = logging.getLogger(__name__)
GRACE_SECONDS = 5.0
"""Containers are killed ten seconds after they were told to stop."""


async def run_bot(settings: Settings, stop: asyncio.Event | None = None) -> None:
    """Migrates, then works until it is told to stop. Raises SettingsError and CannotPollError."""
    stop = stop or stopped_by_signal()
    async with opened(settings) as database, contextlib.AsyncExitStack() as stack:
        ownership = await unless(stop, stack.enter_async_context(_owned(database)))
        if ownership is None:
            return
        await migrated(settings)
        running = await unless(stop, _reached(settings, stack))
        if running is not None:
            await _work(running, ownership, stop)


@contextlib.asynccontextmanager
async def _owned(database: Database) -> AsyncIterator[Ownership]:
    try:
        async with owned(database, PATIENCE) as ownership:
            yield ownership
    except AlreadyOwnedError as error:
        raise SettingsError(
            f"{PREFIX}DATABASE_URL menunjuk basis data yang sedang dipakai bot lain; "
            "mohon hentikan yang itu, lalu jalankan lagi."
        ) from error


async def _work(running: app.Running, ownership: Ownership, stop: asyncio.Event) -> None:
    """Until it is told to stop, or another process has taken the database after an outage."""
    keeping = asyncio.create_task(ownership.keep(asyncio.sleep))
    keeping.add_done_callback(lambda _: stop.set())
    try:
        await _within_grace(running.work(stop), stop)
    finally:
        keeping.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await keeping


async def _within_grace(work: Coroutine[Any, Any, None], stop: asyncio.Event) -> None:
    """Works; after `stop` it has a while to finish. What isn't finished is left as after a kill: nothing is lost."""
    working = asyncio.ensure_future(work)
    stopping = asyncio.ensure_future(stop.wait())
    await asyncio.wait({working, stopping}, return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    done, _ = await asyncio.wait({working}, timeout=GRACE_SECONDS)
    if not done:
        log.warning("what is under way is left to the next start")
        working.cancel()
        await asyncio.wait({working})
    if not working.cancelled():
        working.result()


async def _reached(settings: Settings, stack: contextlib.AsyncExitStack) -> app.Running:
    """The bot, as soon as Telegram answers: a server may be up before its network is."""
    wait = FIRST_WAIT
    while True:
        try:
            return await stack.enter_async_context(app.assembled(settings, is_alone=True))
        except TelegramError as error:
            trouble = classify(error)
        except Undeliverable as refusal:
            trouble = refusal.trouble
        except FaultyProcess as faulty:
            raise SettingsError(
                f"{PREFIX}PROCESSES berisi berkas proses yang salah; periksa setiap berkas dengan: pokja check BERKAS."
            ) from faulty
        await asyncio.sleep(pause_after(trouble, wait))
        wait = min(2 * wait, LONGEST_WAIT)


async def migrated(settings: Settings) -> None:
    """Brings the database to this code's schema. Raises SettingsError when it can't be opened."""
    async with opened(settings, command_seconds=None) as database:
        await _migrate(database)


@contextlib.asynccontextmanager
async def read_only_session(settings: Settings) -> AsyncIterator[AsyncSession]:
    """A session that only reads. Raises SettingsError unless there is a database of this code's schema."""
    async with opened(settings) as database:
        has_file = await asyncio.to_thread(Path(database.url.database or "").is_file)
        if (database.is_sqlite and not has_file) or await migrate.present(database) != migrate.newest():
            raise SettingsError(
                f"{PREFIX}DATABASE_URL belum berisi basis data versi ini; periksa alamatnya, "
                "atau jalankan lebih dulu: pokja migrate."
            )
        async with database.reading() as session:
            yield session


@contextlib.asynccontextmanager
async def opened(
    settings: Settings, *, command_seconds: float | None = COMMAND_SECONDS
) -> AsyncIterator[Database]:
    """The database. Raises SettingsError when it can't be opened; files of other kinds are not touched within."""
    try:
        database = Database(settings.database_url, command_seconds=command_seconds)
        try:
            yield database
        finally:
            await database.close()
    except Exception as error:
        if not _is_shut(error):
            raise
        cause = getattr(error, "orig", None) or error.__cause__ or error
        raise SettingsError(
            f"{PREFIX}DATABASE_URL menunjuk basis data yang tidak dapat dibuka ({type(cause).__name__}); periksa "
            f"alamat, sandi, dan izin foldernya, misalnya: {EXAMPLES['DATABASE_URL']}."
        ) from error


async def _migrate(database: Database) -> None:
    if (await migrate.present(database) or "") > migrate.newest():
        raise SettingsError(
            f"{PREFIX}DATABASE_URL menunjuk basis data dari versi yang lebih baru; mohon mutakhirkan bot ini."
        )
    await migrate.upgrade(database)


def _is_shut(error: Exception) -> bool:
    """Files, networks, passwords, names; asyncpg's own errors arrive bare when no connection can be made.

    SQLite says of a file that is none of its own just DatabaseError; what is more exact is a fault of ours.
    """
    is_bare = hasattr(error, "sqlstate") and not isinstance(error, exc.SQLAlchemyError)
    is_closed = isinstance(error, OSError | exc.OperationalError | exc.InterfaceError | UnavailableError)
    return is_bare or is_closed or type(error) is exc.DatabaseError


def stopped_by_signal() -> asyncio.Event:
    """An event that SIGINT, SIGTERM and the closing of the terminal set."""
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    return stop
