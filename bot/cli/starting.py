"""From settings to a bot at work: what can go wrong on the way is the operator's to repair, and told in a sentence."""

import asyncio
import contextlib
import signal
from collections.abc import AsyncIterator
from pathlib import Path

from sqlalchemy import exc
from sqlalchemy.ext.asyncio import AsyncSession
from telegram.error import TelegramError

from bot import app
from bot.settings import EXAMPLES, PREFIX, Settings, SettingsError
from bot.transport.polling import FIRST_WAIT, LONGEST_WAIT, pause_after
from bot.transport.sending import Undeliverable
from bot.transport.telegram_errors import classify
from bot.transport.waiting import unless
from store.engine import migrate
from store.engine.database import Database
from store.process_files import FaultyProcess


async def run_bot(settings: Settings, stop: asyncio.Event | None = None) -> None:
    """Migrates, then works until it is told to stop. Raises SettingsError and CannotPollError."""
    stop = stop or stopped_by_signal()
    await migrated(settings)
    async with contextlib.AsyncExitStack() as stack:
        running = await unless(stop, _reached(settings, stack))
        if running is not None:
            await running.work(stop)


async def _reached(settings: Settings, stack: contextlib.AsyncExitStack) -> app.Running:
    """The bot, as soon as Telegram answers: a server may be up before its network is."""
    wait = FIRST_WAIT
    while True:
        try:
            return await stack.enter_async_context(app.assembled(settings))
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
    async with opened(settings) as database:
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
async def opened(settings: Settings) -> AsyncIterator[Database]:
    """The database. Raises SettingsError when it can't be opened; files of other kinds are not touched within."""
    try:
        database = Database(settings.database_url)
        try:
            yield database
        finally:
            await database.close()
    except Exception as error:
        if not _is_shut(error):
            raise
        cause = getattr(error, "orig", None) or error
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
    is_closed = isinstance(error, OSError | exc.OperationalError | exc.InterfaceError)
    return is_bare or is_closed or type(error) is exc.DatabaseError


def stopped_by_signal() -> asyncio.Event:
    """An event that SIGINT, SIGTERM and the closing of the terminal set."""
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    return stop
