"""A delivery with its outbox, its clock and its readers, for the tests of delivery."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery.outbox import Delivery
from bot.screen import Screen
from bot.transport.limits import FloodLimits, Rates
from bot.transport.sending import Telegram
from bot.transport.telegram_errors import Trouble
from simulator.phones.phone import Person
from store import outbox
from store.engine.database import Database
from store.outbox import Message
from store.tables.core import Outgoing
from tests.bot.support.simulated import Side
from tests.support.patience import PATIENCE

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
FAST = Rates(chat_seconds=0.05, chat_burst=3)


class MovedClock:
    def __init__(self) -> None:
        self.moment = NOW
        self.asked = 0

    def now(self) -> datetime:
        self.asked += 1
        return self.moment


class Post:
    """A delivery with everything around it, and a way to wait for what becomes of rows."""

    def __init__(self, database: Database, side: Side) -> None:
        self.database = database
        self.clock = MovedClock()
        self.limits = FloodLimits(FAST)
        self.troubles: list[tuple[str, Trouble]] = []
        self.render: dict[str, Callable[..., Awaitable[Screen | None]]] = {
            "text": draw,
            "unneeded": draw_none,
        }
        self.telegram = Telegram(side.bot, self.limits)
        self.on_trouble = self.note

    def make(self, **more: Any) -> Delivery:
        return Delivery(
            self.database, self.telegram, self.limits, self.clock, self.render, self.on_trouble, **more
        )

    async def note(self, session: AsyncSession, outgoing: Outgoing, trouble: Trouble) -> None:
        await session.execute(sa.select(1))
        self.troubles.append((outgoing.reason, trouble))

    async def queue(self, *messages: Message) -> None:
        async with self.database.transaction() as session:
            await outbox.queue(session, messages)

    async def rows(self) -> dict[str, Outgoing]:
        async with self.database.transaction() as session:
            return {row.reason: row for row in await session.scalars(sa.select(Outgoing))}

    async def until(self, condition: Callable[[dict[str, Outgoing]], bool]) -> dict[str, Outgoing]:
        """Looks until the rows are as wanted; fails after a while."""
        async with asyncio.timeout(PATIENCE):
            while not condition(rows := await self.rows()):  # noqa: ASYNC110 - a table rings no bell
                await asyncio.sleep(0.02)
        return rows

    async def until_done(self, state: str = "sent") -> dict[str, Outgoing]:
        return await self.until(lambda rows: all(row.state == state for row in rows.values()))


async def draw(session: AsyncSession, payload: dict[str, Any]) -> Screen:
    return Screen(payload["text"])


async def draw_none(session: AsyncSession, payload: dict[str, Any]) -> None:
    await session.execute(sa.select(1))


@asynccontextmanager
async def running(delivery: Delivery) -> AsyncIterator[Delivery]:
    stop = asyncio.Event()
    task = asyncio.create_task(delivery.run(stop))
    try:
        yield delivery
    finally:
        stop.set()
        async with asyncio.timeout(PATIENCE):
            await task


async def person(side: Side, name: str = "Siti") -> Person:
    found = await side.phones.person(name)
    await found.starts(settles=False)
    return found


def text(reason: str, to: Person | int, kind: str = "text", **more: Any) -> Message:
    chat_id = to if isinstance(to, int) else to.id
    return Message(reason, chat_id, kind, {"text": reason}, NOW, **more)


async def heard(person_: Person) -> list[str]:
    return [m["text"] for m in await person_.messages(50) if m["from_bot"]]
