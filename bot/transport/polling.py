"""Long polling that confirms an update to Telegram only after its work is committed.

PTB's own loop confirms what it has queued in memory; killed, it loses that. Here the offset follows the
commits: whatever isn't committed comes again, and the database knows what was.
"""

import asyncio
import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from telegram import Bot
from telegram.error import TelegramError

from bot.transport.lanes import MOST_AT_ONCE, MOST_UNDER_WAY, Handle, KeepDeadLetter, Lanes, RawUpdate
from bot.transport.request import READ_SECONDS, call
from bot.transport.telegram_errors import Trouble, TroubleKind, classify
from bot.transport.waiting import unless

LOG: Final = logging.getLogger(__name__)
ALLOWED_UPDATES: Final = ("message", "callback_query", "my_chat_member", "chat_member")
POLL_SECONDS: Final = 25
FIRST_WAIT: Final = 1.0
LONGEST_WAIT: Final = 30.0
# 409 and 401 also come for a moment, after a broken connection or while one bot takes over from another.
MOST_REFUSALS: Final = 3
REFUSED_SECONDS: Final = 60.0
LAST_CALL_SECONDS: Final = 5.0
MOST_UPDATES: Final = 100
# How long a lane may keep everybody waiting for its commit before others are fetched past it.
SETTLE_SECONDS: Final = 1.0

REFUSING: Final = frozenset({TroubleKind.UNAUTHORIZED, TroubleKind.UNKNOWN_METHOD, TroubleKind.CONFLICT})
REFUSED_SENTENCE: Final = (
    "Telegram menolak token bot. Mohon periksa POKJA_TOKEN: "
    "salin ulang token dari @BotFather, lalu jalankan lagi."
)
RIVAL_SENTENCE: Final = (
    "Bot ini sedang dijalankan di tempat lain dengan POKJA_TOKEN yang sama. "
    "Mohon hentikan yang lain, lalu jalankan lagi."
)
WEBHOOK_SENTENCE: Final = (
    "Bot dengan POKJA_TOKEN ini masih memakai webhook. "
    "Mohon hapus webhook-nya (deleteWebhook), lalu jalankan lagi."
)


class CannotPollError(Exception):
    """Polling can't go on; the text is for people and says which setting to correct."""


class TokenRefusedError(CannotPollError):
    """401: the token is wrong or revoked."""


class AnotherPollerError(CannotPollError):
    """409: somebody else takes this bot's updates."""


@dataclass(slots=True)
class _Refusals:
    """409 and 401 in a row; they are believed when there were several over a while. `seconds` is that while."""

    seconds: float
    count: int = 0
    since: float = 0.0

    def are_final(self, now: float) -> bool:
        """Counts one more; whether it is to be believed."""
        self.since = self.since if self.count else now
        self.count += 1
        return self.count >= MOST_REFUSALS and now - self.since >= self.seconds


class Polling:
    """Takes updates from Telegram and has them handled by `handle` in lanes (see bot.transport.lanes)."""

    def __init__(
        self,
        bot: Bot,
        handle: Handle,
        keep_dead_letter: KeepDeadLetter,
        *,
        allowed_updates: Sequence[str] = ALLOWED_UPDATES,
        poll_seconds: int = POLL_SECONDS,
        most_at_once: int = MOST_AT_ONCE,
        most_under_way: int = MOST_UNDER_WAY,
        first_wait: float = FIRST_WAIT,
        settle_seconds: float = SETTLE_SECONDS,
        refused_seconds: float | None = None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        """`first_wait`: seconds after a failure, doubling up to 30 (5 for the database).

        `refused_seconds`: so long Telegram may refuse the token, or give the updates to somebody else (60).
        """
        self._bot = bot
        self._handle = handle
        self._keep_dead_letter = keep_dead_letter
        self._allowed = list(allowed_updates)
        self._poll_seconds = poll_seconds
        self._most_at_once, self._most_under_way = most_at_once, most_under_way
        self._first_wait = first_wait
        self._settle_seconds = settle_seconds
        self._refusals = _Refusals(REFUSED_SECONDS if refused_seconds is None else refused_seconds)
        self._monotonic = monotonic
        self._taken: dict[int, asyncio.Future[bool]] = {}

    async def run(self, stop: asyncio.Event) -> None:
        """Works until `stop`, then finishes what it took and confirms it. Raises CannotPollError."""
        failure: CannotPollError | None = None
        async with asyncio.TaskGroup() as group:
            lanes = self._lanes(group)
            try:
                await self._poll(lanes, stop)
            except CannotPollError as error:
                failure = error  # what was taken is finished all the same
            lanes.close()
        if failure:
            raise failure
        await self._confirm_the_rest()

    def _lanes(self, group: asyncio.TaskGroup) -> Lanes:
        return Lanes(
            self._bot,
            self._handle,
            self._keep_dead_letter,
            group,
            most_at_once=self._most_at_once,
            most_under_way=self._most_under_way,
            first_wait=self._first_wait,
        )

    async def _poll(self, lanes: Lanes, stop: asyncio.Event) -> None:
        wait = self._first_wait
        while not stop.is_set():
            try:
                batch = await unless(stop, self._fetch(self._poll_seconds, MOST_UPDATES))
            except TelegramError as error:
                await unless(stop, asyncio.sleep(self._pause_after(classify(error), wait)))
                wait = min(2 * wait, LONGEST_WAIT)
            else:
                wait, self._refusals.count = self._first_wait, 0
                await self._take(lanes, batch or [], stop)

    def _pause_after(self, trouble: Trouble, wait: float) -> float:
        if trouble.kind in REFUSING and not self._refusals.are_final(self._monotonic()):
            LOG.warning("Telegram gives no updates, next try in %.0f s: %s", wait, trouble.text)
            return wait
        return pause_after(trouble, wait)

    async def _take(self, lanes: Lanes, batch: list[RawUpdate], stop: asyncio.Event) -> None:
        """Hands over what is new, and waits a while for all that is under way to be committed."""
        for raw in batch:
            if raw["update_id"] not in self._taken:
                self._taken[raw["update_id"]] = lanes.take(raw)
        uncommitted = [done for done in self._taken.values() if not done.done()]
        if uncommitted:
            await unless(stop, asyncio.wait(uncommitted, timeout=self._settle_seconds))

    async def _fetch(
        self, seconds: int, limit: int, patience: float = READ_SECONDS
    ) -> list[dict[str, object]]:
        """Confirms what is committed and gives what comes next within `seconds`."""
        offset = self._offset()
        arguments = {"timeout": seconds, "limit": limit, "allowed_updates": self._allowed, "offset": offset}
        batch = await call(self._bot, "get_updates", arguments, read_timeout=seconds + patience)
        if offset is not None:
            self._taken = {number: done for number, done in self._taken.items() if number >= offset}
        return list(batch)

    def _offset(self) -> int | None:
        """The lowest number Telegram must keep.

        None when all is confirmed: after a week of silence Telegram may go on from any number, even lower.
        """
        waiting = [number for number, done in self._taken.items() if not _is_committed(done)]
        return min(waiting, default=max(self._taken, default=-1) + 1) or None

    async def _confirm_the_rest(self) -> None:
        if not self._taken:
            return
        try:
            await self._fetch(0, 1, LAST_CALL_SECONDS)
        except TelegramError as error:
            LOG.warning("the last updates come again after the next start: %s", error)


def _is_committed(done: asyncio.Future[bool]) -> bool:
    return done.done() and done.result()


def pause_after(trouble: Trouble, wait: float) -> float:
    """Seconds until the next try; raises CannotPollError when there is no point in one."""
    if trouble.kind in {TroubleKind.UNAUTHORIZED, TroubleKind.UNKNOWN_METHOD}:
        raise TokenRefusedError(REFUSED_SENTENCE)
    if trouble.kind is TroubleKind.CONFLICT:
        raise AnotherPollerError(WEBHOOK_SENTENCE if "webhook" in trouble.text.lower() else RIVAL_SENTENCE)
    LOG.warning("no updates from Telegram, next try in %.0f s: %s", wait, trouble.text)
    return max(wait, trouble.retry_after or 0.0)
