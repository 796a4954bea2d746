"""The only place where the parts are put together."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from telegram import Bot, Update
from telegram.ext import (
    Application,
    CallbackContext,
    CallbackQueryHandler,
    ChatMemberHandler,
    MessageHandler,
    filters,
)

from bot import schedule
from bot.clock import FollowedClock, SystemClock, clock_told_by
from bot.delivery import progress_messages, rendering
from bot.delivery.boards import Boards
from bot.delivery.menus import Menus, introduction
from bot.delivery.outbox import Delivery
from bot.delivery.pins import Pins
from bot.handlers import commands, groups, private
from bot.printing.pool import WorkerPool
from bot.printing.printer import Printer
from bot.screens.painter import Painter
from bot.settings import Settings
from bot.supervision import supervised
from bot.transport.lanes import RawUpdate
from bot.transport.limits import FloodLimits, Rates
from bot.transport.polling import Polling
from bot.transport.request import AiohttpRequest
from bot.transport.sending import Telegram
from bot.transport.undeliverable import Undeliverable
from bot.turns import Turns
from documents.language.wording import Wording, wording
from store import updates
from store.engine.database import Database
from usecases.broadcasts import sending
from usecases.library import Library
from usecases.registry import FORMS

log = logging.getLogger(__name__)

Handler = Callable[[Turns, Update], Awaitable[None]]
App = Application[Any, Any, Any, Any, Any, Any]
"""PTB's application; the bot uses none of what its six parameters are for."""

PRIVATE, GROUP = filters.ChatType.PRIVATE, filters.ChatType.GROUPS


@dataclass(slots=True)
class Running:
    """The parts of a bot at work."""

    settings: Settings
    bot: Bot
    database: Database
    turns: Turns
    printer: Printer
    application: App
    clock: SystemClock | FollowedClock

    async def handle(self, update: Update, committed: Callable[[], None]) -> None:
        """Handles one update. Raises what the handler raised: PTB's Application would swallow it."""
        self.turns.committed[update.update_id] = committed
        try:
            await self.application.process_update(update)
        finally:
            self.turns.committed.pop(update.update_id, None)
        failure = self.application.bot_data.pop(update.update_id, None)
        if failure is not None:
            raise failure

    async def keep_dead_letter(self, raw: RawUpdate, error: str) -> None:
        """Keeps an update that could not be handled, and tells its sender that nothing was noted."""
        log.error("update %s is put aside: %s", raw.get("update_id"), error)
        now = self.clock.now()
        await self.database.run(
            lambda session: updates.keep_dead_letter(session, raw["update_id"], raw, error, now)
        )
        try:
            await self._apologise(raw)
        except (
            Undeliverable,
            KeyError,
            TypeError,
            AttributeError,
        ):  # it is kept; what it looks like nobody knows
            log.warning("the sender of update %s could not be told", raw.get("update_id"))

    async def _apologise(self, raw: RawUpdate) -> None:
        sorry = self.turns.painter.wording.plain("fault.internal")
        query, message = raw.get("callback_query"), raw.get("message")
        if query:
            await self.turns.telegram.answer(query["id"], sorry, alert=True)
        elif message and message.get("chat", {}).get("type") == "private":
            await self.turns.say_plainly(message["chat"]["id"], sorry)

    def _tasks(self) -> Mapping[str, Callable[[asyncio.Event], Awaitable[None]]]:
        """What goes on beside the polling."""
        tasks = {
            "delivery": self.turns.delivery.run,
            "boards": self.turns.boards.run,
            "progress of broadcasts": self.turns.progress.run,
            "pins": self.turns.pins.run,
            "menus": self.turns.menus.run,
            "printer": self.printer.run,
            "progress of documents": self.printer.progress.run,
            "what was open": self._touch_open,
        }
        return tasks | ({"clock": self.clock.run} if isinstance(self.clock, FollowedClock) else {})

    async def _touch_open(self, stop: asyncio.Event) -> None:
        """Redraws once what may have changed before the start."""
        await rendering.touch_open_boards(self.database, self.turns.boards)
        await progress_messages.touch_under_way(self.database, self.turns.progress)

    async def work(self, stop: asyncio.Event) -> None:
        """Polls, delivers, redraws boards and keeps the schedule until `stop`. Raises CannotPollError."""
        polling = Polling(self.bot, self.handle, self.keep_dead_letter)
        async with asyncio.TaskGroup() as group:
            for name, run in self._tasks().items():
                group.create_task(supervised(name, run, stop))
            async with schedule.scheduled(
                self.database,
                self.clock,
                self.turns.library,
                self.turns.delivery.wake,
                lambda: self.turns.by_clock(sending.release_due),
            ):
                try:
                    await polling.run(stop)
                finally:
                    stop.set()


@contextlib.asynccontextmanager
async def assembled(
    settings: Settings, rates: Rates | None = None, *, is_alone: bool = False
) -> AsyncIterator[Running]:
    """A bot on a migrated database, ready to work; everything is closed at the end.

    `rates` are the flood limits to keep, Telegram's own where nothing is said; `is_alone`: no other process works on
    the database, so that whatever is begun there and not ours is a dead one's.
    """
    bot = Bot(
        settings.require_token(),
        base_url=f"{settings.api_url}/bot",
        base_file_url=f"{settings.api_url}/file/bot",
        request=AiohttpRequest(),
        get_updates_request=AiohttpRequest(connections=2),
    )
    database = Database(settings.database_url)
    is_alone = is_alone or database.is_sqlite
    try:
        await bot.initialize()
        yield await _running(settings, bot, database, FloodLimits(rates), is_alone=is_alone)
    finally:
        await bot.shutdown()
        await database.close()


async def _running(
    settings: Settings, bot: Bot, database: Database, limits: FloodLimits, *, is_alone: bool
) -> Running:
    clock = await clock_told_by(settings.clock_url)
    workers = WorkerPool()
    words = wording()
    painter = Painter(words, bot.username, commands.described(words, commands.PRIVATE))
    library = Library(settings.processes)

    async def status(chat_id: int, user_id: int) -> str:
        return await telegram.member_status(chat_id, user_id)

    drawing = rendering.Rendering(database, painter, library, clock, status)
    telegram = Telegram(
        bot, limits, draw=workers.draw, topic_of=drawing.topic_of, on_topic_gone=drawing.topic_gone
    )
    pins = Pins(database, telegram, clock, drawing.cannot_pin)
    drawing.on_board_change.append(pins.touch)
    boards = Boards(
        drawing.board,
        telegram,
        placed=drawing.board_placed,
        shown=drawing.board_shown,
        on_trouble=drawing.board_refused,
    )
    delivery = Delivery(
        database,
        telegram,
        limits,
        clock,
        drawing.kinds(),
        drawing.on_trouble,
        on_late=drawing.on_late,
        is_alone=is_alone,
        on_sent=pins.touch,
    )
    progress = progress_messages.made(database, painter, telegram)
    printer = Printer(database, library, clock, painter, telegram, delivery, workers, is_alone=is_alone)
    turns = Turns(
        database,
        telegram,
        painter,
        library,
        FORMS,
        clock,
        boards,
        delivery,
        progress,
        pins,
        _menus(database, telegram, words),
        printer.begin,
        workers,
    )
    application = Application.builder().bot(bot).updater(None).build()
    _add_handlers(application, turns)
    await application.initialize()
    return Running(settings, bot, database, turns, printer, application, clock)


def _menus(database: Database, telegram: Telegram, words: Wording) -> Menus:
    itself = introduction(
        commands.listed_for(words, ""),
        commands.described(words, commands.GROUP),
        words.plain("bot.description"),
        words.plain("bot.short"),
    )
    return Menus(database, telegram, itself, partial(commands.listed_for, words))


def _add_handlers(application: App, turns: Turns) -> None:
    """Registers the handlers; the first that matches an update handles it."""

    def call(handler: Handler) -> Callable[[Update, Any], Coroutine[Any, Any, None]]:
        async def handle(update: Update, context: object) -> None:
            await handler(turns, update)

        return handle

    migration = filters.StatusUpdate.MIGRATE
    application.add_handler(CallbackQueryHandler(call(private.on_button)))
    application.add_handler(
        MessageHandler(filters.UpdateType.MESSAGE & PRIVATE & filters.COMMAND, call(commands.on_command))
    )
    application.add_handler(
        MessageHandler(
            filters.UpdateType.MESSAGE & PRIVATE & ~filters.StatusUpdate.ALL, call(private.on_text)
        )
    )
    application.add_handler(
        MessageHandler(filters.UpdateType.MESSAGE & GROUP & migration, call(groups.on_migration))
    )
    application.add_handler(
        MessageHandler(filters.UpdateType.MESSAGE & GROUP & filters.COMMAND, call(commands.on_command))
    )
    for told, handler in (
        (filters.StatusUpdate.PINNED_MESSAGE, groups.on_pinned),
        (filters.StatusUpdate.NEW_CHAT_TITLE, groups.on_title),
    ):
        application.add_handler(MessageHandler(filters.UpdateType.MESSAGE & GROUP & told, call(handler)))
    application.add_handler(
        ChatMemberHandler(call(groups.on_my_membership), ChatMemberHandler.MY_CHAT_MEMBER)
    )
    application.add_error_handler(_keep_failure)


async def _keep_failure(update: object, context: CallbackContext[Any, Any, Any, Any]) -> None:
    """PTB would only log it; whoever called must know, so that nothing is confirmed that failed."""
    if isinstance(update, Update) and context.error is not None:
        context.application.bot_data[update.update_id] = context.error
