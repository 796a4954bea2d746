"""The message in a group that shows how an activity goes: redrawn when something changed, not too often."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final

from bot.screen import Screen
from bot.transport.sending import Telegram
from bot.transport.telegram_errors import Trouble
from bot.transport.undeliverable import Undeliverable
from bot.transport.waiting import happens_within, unless
from store.engine.availability import is_unavailable

LOG: Final = logging.getLogger(__name__)
RETRY_SECONDS: Final = 10.0
MOST_KEPT: Final = 500
# An edit every 3 s is all that a group may get in a minute: these are left to messages.
GROUP_SPARE: Final = 6

Drawn = tuple[int, int | None, Screen]
Draw = Callable[[int], Awaitable[Drawn | None]]
Placed = Callable[[int, int, int], Awaitable[None]]
Shown = Callable[[int, int], Awaitable[None]]
OnTrouble = Callable[[int, Trouble], Awaitable[None]]


@dataclass(slots=True)
class _Board:
    """What a board shows. `next_at` is the earliest moment of its next edit."""

    next_at: float = float("-inf")
    chat_id: int | None = None
    message_id: int | None = None
    screen: Screen | None = None


class Boards:
    """Redraws boards that were touched: each at most once in `interval` seconds, the last state always.

    `draw` gives chat, message (None when there is none yet) and screen of an activity, or None when it has no
    board; `placed` hears activity, chat and message when a message was sent again, `shown` activity and chat whenever
    its board is as drawn; `on_trouble` hears of a chat that takes no board at all.
    """

    def __init__(
        self,
        draw: Draw,
        telegram: Telegram,
        interval: float = 3.0,
        *,
        placed: Placed | None = None,
        shown: Shown | None = None,
        on_trouble: OnTrouble | None = None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._draw = draw
        self._telegram = telegram
        self._interval = interval
        self._placed = placed
        self._shown = shown
        self._on_trouble = on_trouble
        self._monotonic = monotonic
        self._boards: dict[int, _Board] = {}
        self._dirty: set[int] = set()
        self._in_work: set[int] = set()
        self._touched = asyncio.Event()

    def touch(self, activity_id: int, *, redraw: bool = False) -> None:
        """Says that an activity looks different now; `redraw`: somebody else changed its board's message."""
        if redraw and activity_id in self._boards:
            self._boards[activity_id].screen = None
        self._dirty.add(activity_id)
        self._touched.set()

    async def run(self, stop: asyncio.Event) -> None:
        """Redraws until `stop`, and then once more what is still to be shown."""
        async with asyncio.TaskGroup() as group:
            while not stop.is_set():
                self._start(group, stop)
                await unless(stop, self._touched.wait())
            self._start(group, stop)

    def _start(self, group: asyncio.TaskGroup, stop: asyncio.Event) -> None:
        self._touched.clear()
        for activity_id in self._dirty - self._in_work:
            self._in_work.add(activity_id)
            group.create_task(self._keep_up(activity_id, stop))

    async def _keep_up(self, activity_id: int, stop: asyncio.Event) -> None:
        """Redraws one board until nothing is left to show."""
        board = self._boards.setdefault(activity_id, _Board())
        try:
            while activity_id in self._dirty:
                is_last = await happens_within(stop, self._wait(board))
                self._dirty.discard(activity_id)
                await self._redraw(activity_id, board)
                if is_last:
                    break
        finally:
            self._in_work.discard(activity_id)
            self._forget_longest_unused(activity_id)

    def _forget_longest_unused(self, activity_id: int) -> None:
        """What a forgotten board shows is shown again when it is touched: that costs one edit."""
        self._boards[activity_id] = self._boards.pop(activity_id)
        for unused in [each for each in self._boards if each not in self._in_work][:-MOST_KEPT]:
            del self._boards[unused]

    def _wait(self, board: _Board) -> float:
        """Seconds until the next edit, within the limits of the chat."""
        now = self._monotonic()
        if board.chat_id is None:
            return max(0.0, board.next_at - now)
        limited = self._telegram.limits.wait_for(board.chat_id, now, spare=GROUP_SPARE)
        return max(board.next_at - now, limited)

    async def _redraw(self, activity_id: int, board: _Board) -> None:
        """One board that fails, however it does, must not stop the others."""
        # Looking costs queries: it too is done at most once in the interval.
        board.next_at = self._monotonic() + self._interval
        try:
            await self._draw_and_show(activity_id, board)
        except Exception as error:
            if is_unavailable(error):
                LOG.warning("the board of activity %s waits: %r", activity_id, error)
                self._try_later(activity_id, board, RETRY_SECONDS)
            else:
                LOG.exception("the board of activity %s can't be drawn", activity_id)

    async def _draw_and_show(self, activity_id: int, board: _Board) -> None:
        drawn = await self._draw(activity_id)
        if drawn is None:
            board.chat_id = board.message_id = board.screen = None
            return
        try:
            await self._show(activity_id, board, *drawn)
        except Undeliverable as refusal:
            await self._refused(activity_id, board, refusal, drawn[0])

    def _try_later(self, activity_id: int, board: _Board, seconds: float) -> None:
        board.next_at = self._monotonic() + max(seconds, self._interval)
        self._dirty.add(activity_id)

    async def _show(
        self, activity_id: int, board: _Board, chat_id: int, message_id: int | None, screen: Screen
    ) -> None:
        shown = (board.chat_id, board.message_id, board.screen)
        if message_id is not None and shown == (chat_id, message_id, screen):
            return
        new_id = await self._telegram.show(chat_id, screen, edit=message_id)
        board.chat_id, board.message_id, board.screen = chat_id, new_id, None
        if new_id != message_id and self._placed is not None:
            await self._placed(activity_id, chat_id, new_id)
        if self._shown is not None:
            await self._shown(activity_id, chat_id)
        board.screen = screen

    async def _refused(self, activity_id: int, board: _Board, refusal: Undeliverable, chat_id: int) -> None:
        """A board that could not be shown this time is shown later, if that may help; else somebody is told."""
        LOG.warning("the board of activity %s is not shown: %s", activity_id, refusal)
        if refusal.trouble.is_passing:
            self._try_later(activity_id, board, refusal.trouble.retry_after or RETRY_SECONDS)
        elif self._on_trouble is not None:
            await self._on_trouble(chat_id, refusal.trouble)
