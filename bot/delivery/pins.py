"""Keeps pinned in groups what is open there: boards, and the next meeting; what is over is unpinned.

What ought to be pinned follows from the database, and what has been pinned stands there, too, before it is done: a
kill in between leaves nothing that the next look doesn't mend. Without the right nothing is pinned, and the Ketua is
told once how to give it.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Final

from bot.delivery.outbox import Clock
from bot.transport.sending import Telegram
from bot.transport.telegram_errors import Trouble, TroubleKind
from bot.transport.undeliverable import Undeliverable
from bot.transport.waiting import happens_within, unless
from store import pins
from store.engine.availability import is_unavailable
from store.engine.database import Database

LOG: Final = logging.getLogger(__name__)
SWEEP_SECONDS: Final = 60.0
"""So often all groups are looked at: meetings end without anybody saying so."""
OUT_OF_REACH: Final = frozenset({TroubleKind.KICKED, TroubleKind.CHAT_GONE, TroubleKind.MIGRATED})

OnNoRight = Callable[[int], Awaitable[None]]


class Pins:
    """Keeps what is pinned up to date. `touch` a group where something has changed."""

    def __init__(self, database: Database, telegram: Telegram, clock: Clock, on_no_right: OnNoRight) -> None:
        self._database, self._telegram, self._clock = database, telegram, clock
        self._on_no_right = on_no_right
        self._dirty: set[int] = set()
        self._refused: set[int] = set()
        self._touched = asyncio.Event()

    def touch(self, chat_id: int) -> None:
        """Something was said in a group, or is over."""
        if chat_id < 0:
            self._dirty.add(chat_id)
            self._touched.set()

    def rights_changed(self, chat_id: int) -> None:
        """The bot may pin in the group now, or may not any more."""
        self._refused.discard(chat_id)
        self.touch(chat_id)

    async def run(self, stop: asyncio.Event) -> None:
        """Looks after what is pinned until `stop`."""
        while not stop.is_set():
            try:
                await self._round()
            except Exception as error:
                if not is_unavailable(error):
                    raise
                LOG.warning("pins wait: %r", error)
            await unless(stop, happens_within(self._touched, SWEEP_SECONDS))

    async def _round(self) -> None:
        """The groups that were touched; all of them where none was."""
        self._touched.clear()
        async with self._database.reading() as session:
            chats = set(self._dirty or await pins.chats(session))
        self._dirty.clear()
        for chat_id in chats:
            try:
                await self._settle(chat_id)
            except Undeliverable as refusal:
                await self._react(chat_id, refusal.trouble)

    async def _settle(self, chat_id: int) -> None:
        async with self._database.reading() as session:
            wanted = await pins.wanted(session, chat_id, self._clock.now())
            kept = await pins.kept(session, chat_id)
        for subject, message_id in kept.items():
            if wanted.get(subject) != message_id:
                await self._unpin(chat_id, subject, message_id)
        for subject, message_id in wanted.items():
            if kept.get(subject) != message_id and chat_id not in self._refused:
                await self._pin(chat_id, subject, message_id)

    async def _unpin(self, chat_id: int, subject: str, message_id: int) -> None:
        await self._telegram.unpin(chat_id, message_id)
        await self._database.run(lambda session: pins.drop(session, chat_id, subject))

    async def _pin(self, chat_id: int, subject: str, message_id: int) -> None:
        await self._database.run(lambda session: pins.keep(session, chat_id, subject, message_id))
        try:
            await self._telegram.pin(chat_id, message_id)
        except Undeliverable as refusal:
            if not refusal.trouble.is_passing:
                await self._database.run(lambda session: pins.drop(session, chat_id, subject))
            if refusal.trouble.kind is not TroubleKind.MESSAGE_GONE:
                raise

    async def _react(self, chat_id: int, trouble: Trouble) -> None:
        LOG.info("nothing is pinned in %s: %s: %s", chat_id, trouble.kind, trouble.text)
        if trouble.kind is TroubleKind.NO_RIGHTS:
            self._refused.add(chat_id)
            await self._on_no_right(chat_id)
        elif trouble.kind in OUT_OF_REACH:
            await self._database.run(lambda session: pins.forget_chat(session, chat_id))
