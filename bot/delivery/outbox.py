"""Sends what waits in the outbox, as fast as Telegram allows and no faster, and notes what became of it.

Every row is claimed, drawn, sent and marked by itself, and only rows that can go at once are claimed: a
killed process leaves few rows of which nobody knows whether they arrived. Those are sent again.
"""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Final, Protocol

from sqlalchemy.ext.asyncio import AsyncSession

from bot.screen import Screen
from bot.screens.painter import shown_for
from bot.transport.in_flight import InFlight
from bot.transport.limits import FloodLimits
from bot.transport.sending import Telegram
from bot.transport.telegram_errors import Trouble, TroubleKind
from bot.transport.undeliverable import Undeliverable
from bot.transport.waiting import happens_within, unless
from store import outbox
from store.engine.availability import is_unavailable
from store.engine.database import Database
from store.tables.core import Outgoing

LOG: Final = logging.getLogger(__name__)
# What one chat alone doesn't take is tried for so long, and no longer.
KEPT_FOR: Final = timedelta(hours=48)
# So many chats in a row that fail alike: it is not theirs, and nobody else's is tried until one arrives.
ALIKE: Final = 3
# A row that brings down what handles it is put aside after so many times, so that those behind it go on.
MOST_UNEXPECTED: Final = 5
UNCERTAIN_SECONDS: Final = 30.0
LONGEST_UNCERTAIN_SECONDS: Final = 900.0
LONGEST_WAIT: Final = 30.0
STUMBLE_SECONDS: Final = 1.0
# A claim takes as many rows as may go in this time.
TICK_SECONDS: Final = 0.25
SHORTEST_WAIT: Final = 0.01
SHORTEST_REST: Final = 0.05
LONGEST_REST: Final = 0.5
# A moved clock is noticed this soon, another process's rows after IDLE_SECONDS.
GLANCE_SECONDS: Final = 1.0
IDLE_SECONDS: Final = 5.0
SWEEP_SECONDS: Final = 60.0
STALE_AFTER: Final = timedelta(minutes=10)

Render = Callable[[AsyncSession, dict[str, object]], Awaitable[Screen | None]]
OnTrouble = Callable[[AsyncSession, Outgoing, Trouble], Awaitable[None]]
OnLate = Callable[[AsyncSession, Outgoing], Awaitable[None]]
OnSent = Callable[[int], None]
Work = Callable[[AsyncSession], Awaitable[object]]


class Clock(Protocol):
    """The time of the bot's world, which a simulator may move; always aware."""

    def now(self) -> datetime: ...


class Delivery:
    """Drains the outbox. `render` draws each kind of row; None from it means that it isn't needed any more.

    `on_trouble` hears what can't be delivered and which group moved, in the transaction that notes it; `on_late` what
    could not go before its `not_after`, and takes it out of the queue; `on_sent` hears of each chat that got something.
    `is_alone`: no other process drains it.
    """

    def __init__(
        self,
        database: Database,
        telegram: Telegram,
        limits: FloodLimits,
        clock: Clock,
        render: Mapping[str, Render],
        on_trouble: OnTrouble,
        *,
        on_late: OnLate | None = None,
        is_alone: bool = False,
        on_sent: OnSent = lambda chat_id: None,
        parallel: int = 30,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._database = database
        self._telegram = telegram
        self._limits = limits
        self._clock = clock
        self._render = render
        self._on_trouble = on_trouble
        self._on_late = on_late or _give_up
        self._is_alone = is_alone
        self._on_sent = on_sent
        self._parallel = parallel
        self._monotonic = monotonic
        self._woken = asyncio.Event()
        self._stop = asyncio.Event()
        # A row that was put back may be claimed again before its first attempt has quite ended: it stands here twice.
        self._under_way: list[int] = []
        self._network_wait = GLANCE_SECONDS
        self._refusing: set[int] = set()
        self._paused_until = float("-inf")
        self._next_at = float("-inf")
        self._in_flight = InFlight(limits.pace)
        self._finished = asyncio.Event()
        self._at_once = max(1, round(TICK_SECONDS / limits.pace))
        self._recalled = False
        self._swept_at = float("-inf")
        self._looked_at = float("-inf")

    def wake(self) -> None:
        """Says that there is something new to send."""
        self._woken.set()

    async def run(self, stop: asyncio.Event) -> None:
        """Sends until `stop`; what is under way then is finished."""
        self._stop = stop
        async with asyncio.TaskGroup() as group:
            while not stop.is_set():
                self._woken.clear()
                try:
                    await self._round(group)
                except Exception as error:
                    LOG.warning("the outbox waits: %r", error, exc_info=not is_unavailable(error))
                    await happens_within(stop, STUMBLE_SECONDS)

    async def _round(self, group: asyncio.TaskGroup) -> None:
        """Claims what can go now, starts it, and waits until there may be more to do."""
        await self._recall()
        await self._sweep()
        await self._give_way()
        now = self._monotonic()
        limit = min(self._limits.room(now), self._parallel - len(self._under_way), self._at_once)
        claimed = await self._claim(limit, now) if limit > 0 else []
        self._under_way.extend(row.id for row in claimed)
        for row in claimed:
            if await self._turn_comes(row):
                self._limits.spend(row.chat_id, self._monotonic())
                self._in_flight.begin(id(row), self._monotonic())
                group.create_task(self._deliver_and_finish(row))
            else:
                self._under_way.remove(row.id)
                await self._put_back(row)
        if limit <= 0:
            wait = self._limits.wait_for_any(self._monotonic())
            await happens_within(self._stop, min(max(wait, SHORTEST_WAIT), TICK_SECONDS))
        elif not claimed:
            await self._idle()

    async def _turn_comes(self, row: Outgoing) -> bool:
        """Waits for a row's turn; False where its chat was told meanwhile to rest: the others must not wait for it.

        Rows go evenly, so that people's taps pass between them and a kill finds few under way. What a claim has cost
        is caught up afterwards.
        """
        while self._in_flight.is_full(self._monotonic()) and not self._stop.is_set():
            self._finished.clear()
            await happens_within(self._finished, TICK_SECONDS)
        now = self._monotonic()
        rest = self._limits.wait_for(row.chat_id, now)
        if rest > LONGEST_REST:
            return False
        self._next_at = max(self._next_at + self._limits.pace, now - TICK_SECONDS)
        wait = max(self._next_at - now, rest)
        if wait > 0:
            await happens_within(self._stop, min(wait, LONGEST_WAIT))
        return True

    async def _put_back(self, row: Outgoing) -> None:
        await self._write(lambda session: outbox.release(session, row.id))

    async def _claim(self, limit: int, now: float) -> list[Outgoing]:
        async with self._database.transaction() as session:
            return await outbox.claim(session, self._clock.now(), limit, resting=self._limits.resting(now))

    async def _idle(self) -> None:
        """Until something is due, somebody wakes or stops it, or another process may have added something.

        Where only chats that rest have rows left, it is over when the first of them may be written to.
        """
        async with self._database.transaction() as session:
            due = await outbox.next_due(session)
        until = self._monotonic() + IDLE_SECONDS
        while not self._stop.is_set() and self._monotonic() < until:
            rest = max(self._limits.first_rest(self._monotonic()), SHORTEST_REST)
            is_woken = await unless(self._stop, happens_within(self._woken, min(rest, GLANCE_SECONDS)))
            if is_woken or (due and due <= self._clock.now()):
                return

    async def _recall(self) -> None:
        """Counts what was sent just before the bot was started again: Telegram hasn't forgotten it."""
        if self._recalled:
            return
        moment, now = self._clock.now(), self._monotonic()
        async with self._database.reading() as session:
            found = await outbox.tried(session, moment - timedelta(seconds=self._limits.memory))
        for chat_id, at in found:
            self._limits.spend(chat_id, now - max(0.0, (moment - at).total_seconds()))
        self._recalled = True

    async def _sweep(self) -> None:
        """Frees rows of a dead process: at once where we are alone, else after a while."""
        now = self._monotonic()
        if now - self._swept_at < SWEEP_SECONDS:
            return
        before = datetime.max.replace(tzinfo=UTC) if self._is_alone else self._clock.now() - STALE_AFTER
        async with self._database.transaction() as session:
            await outbox.release_stale(session, before, keep=self._under_way)
        self._swept_at = now

    async def _give_way(self) -> None:
        """Takes expired rows out of the queue; looks for them once a second."""
        now = self._monotonic()
        if now - self._looked_at < GLANCE_SECONDS:
            return
        try:
            await self._hand_over_late(self._on_late)
        except Exception as error:
            if is_unavailable(error):
                raise
            LOG.exception("what comes too late can't be dealt with")
            await self._hand_over_late(_give_up)
        self._looked_at = now

    async def _hand_over_late(self, on_late: OnLate) -> None:
        async with self._database.transaction() as session:
            for row in await outbox.expired(session, self._clock.now()):
                LOG.info("outgoing message %s comes too late", row.id)
                await on_late(session, row)

    async def _deliver_and_finish(self, row: Outgoing) -> None:
        try:
            await self._deliver(row)
        finally:
            self._under_way.remove(row.id)
            self._in_flight.end(id(row), self._monotonic())
            self._finished.set()
            self._woken.set()

    async def _deliver(self, row: Outgoing) -> None:
        try:
            await self._attempt(row)
        except Exception as error:
            LOG.exception("outgoing message %s stays undecided", row.id)
            if not is_unavailable(error):
                await self._unexpected(row, error)

    async def _unexpected(self, row: Outgoing, error: Exception) -> None:
        """Nobody has foreseen it: it may pass, but it mustn't hold up those behind it for ever."""
        try:
            if row.attempts < MOST_UNEXPECTED:
                await self._postpone(row, _pause(row), Trouble(TroubleKind.OUR_FAULT, text=repr(error)))
            else:
                await self._write(lambda session: outbox.mark_failed(session, row.id, repr(error)))
        except Exception:
            LOG.exception("outgoing message %s can't even be put aside", row.id)

    async def _attempt(self, row: Outgoing) -> None:
        if row.not_after is not None and row.not_after <= self._clock.now():
            await self._put_back(row)
            return
        screen = await self._draw(row)
        if isinstance(screen, Trouble):
            await self._react(row, screen)
            return
        try:
            message_id = await self._send(row, screen)
        except Undeliverable as refusal:
            await self._react(row, refusal.trouble)
        else:
            self._network_wait = GLANCE_SECONDS
            self._refusing.clear()
            await self._write(
                lambda session: outbox.mark_sent(session, row.id, message_id, self._clock.now())
            )
            self._on_sent(row.chat_id)

    async def _draw(self, row: Outgoing) -> Screen | Trouble | None:
        try:
            async with self._database.reading() as session:
                screen = await self._render[row.kind](session, row.payload)
                return shown_for(row.pokja_id, screen) if screen and row.pokja_id else screen
        except Undeliverable as refusal:
            return refusal.trouble
        except Exception as error:
            if is_unavailable(error):
                return Trouble(TroubleKind.NETWORK, text=repr(error))
            LOG.exception("outgoing message %s of kind %s can't be drawn", row.id, row.kind)
            return Trouble(TroubleKind.OUR_FAULT, text=repr(error))

    async def _send(self, row: Outgoing, screen: Screen | None) -> int | None:
        return None if screen is None else await self._telegram.show(row.chat_id, screen, is_reply=False)

    async def _react(self, row: Outgoing, trouble: Trouble) -> None:
        LOG.warning("outgoing message %s: %s: %s", row.id, trouble.kind, trouble.text)
        match trouble.kind:
            case TroubleKind.RETRY_AFTER:
                seconds = trouble.retry_after or GLANCE_SECONDS
                # The chat rests in the limits, not in the table: there its rows keep their place among all.
                self._limits.refused(row.chat_id, seconds, self._monotonic())
                await self._put_back(row)
            case TroubleKind.UNCERTAIN if self._is_everywhere(row.chat_id):
                self._pause_all()
                await self._put_back(row)
            case TroubleKind.UNCERTAIN if self._is_kept(row):
                await self._postpone(row, _pause(row), trouble)
            case TroubleKind.NETWORK | TroubleKind.UNAUTHORIZED | TroubleKind.CONFLICT:
                self._pause_all()
                await self._put_back(row)
            case TroubleKind.MIGRATED if trouble.new_chat_id is not None:
                await self._move(row, trouble, trouble.new_chat_id)
            case _:
                await self._fail(row, trouble)

    def _is_everywhere(self, chat_id: int) -> bool:
        """Whether several chats fail, and none takes anything in between."""
        self._refusing.add(chat_id)
        return len(self._refusing) >= ALIKE

    def _is_kept(self, row: Outgoing) -> bool:
        now = self._clock.now()
        return now - (row.failing_since or now) < KEPT_FOR

    def _pause_all(self) -> None:
        """There is no way to Telegram: rows keep their attempts, and all wait, longer each time."""
        now = self._monotonic()
        if now >= self._paused_until:
            self._limits.pause(self._network_wait, now)
            self._paused_until = now + self._network_wait
            self._network_wait = min(2 * self._network_wait, LONGEST_WAIT)

    async def _postpone(self, row: Outgoing, seconds: float, trouble: Trouble) -> None:
        now = self._clock.now()
        until = now + timedelta(seconds=seconds)
        await self._write(lambda session: outbox.postpone(session, row.id, now, until, trouble.text))

    async def _move(self, row: Outgoing, trouble: Trouble, new_chat_id: int) -> None:
        async def work(session: AsyncSession) -> None:
            await self._on_trouble(session, row, trouble)
            await outbox.rekey_chat(session, row.chat_id, new_chat_id)
            await outbox.release(session, row.id)

        await self._write(work)

    async def _fail(self, row: Outgoing, trouble: Trouble) -> None:
        error = f"{trouble.kind}: {trouble.text}"

        async def work(session: AsyncSession) -> None:
            await outbox.mark_failed(session, row.id, error)
            await self._on_trouble(session, row, trouble)

        try:
            await self._write(work)
        except Exception as fault:
            if is_unavailable(fault):
                raise
            LOG.exception("nobody could be told that outgoing message %s failed", row.id)
            await self._write(lambda session: outbox.mark_failed(session, row.id, error))

    async def _write(self, work: Work) -> None:
        """Commits what became of a row; while the database is unavailable it is tried again until `stop`."""
        while True:
            try:
                async with self._database.transaction() as session:
                    await work(session)
            except Exception as error:
                if not is_unavailable(error) or self._stop.is_set():
                    raise
                LOG.warning("the outbox can't be written: %r", error)
                await happens_within(self._stop, GLANCE_SECONDS)
            else:
                return


def _pause(row: Outgoing) -> float:
    """Seconds until a row is tried again: twice as long each time."""
    doublings = min(max(row.attempts - 1, 0), 10)
    return min(UNCERTAIN_SECONDS * 2.0**doublings, LONGEST_UNCERTAIN_SECONDS)


async def _give_up(session: AsyncSession, row: Outgoing) -> None:
    await outbox.mark_failed(session, row.id, "late")
