"""A poller at work on scripted people, for the tests of polling."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from telegram import Update

from bot.transport.lanes import Committed
from bot.transport.polling import Polling
from simulator.phones.phone import Person
from tests.bot.support.simulated import Side
from tests.support.patience import PATIENCE


class Work:
    """A handler that notes what it is given, and waits or fails where it is told to."""

    def __init__(self) -> None:
        self.begun: list[str] = []
        self.finished: list[str] = []
        self.aside: list[tuple[dict[str, Any], str]] = []
        self.faults: dict[str, list[Exception]] = {}
        self.late_faults: dict[str, Exception] = {}
        self.gates: dict[str, asyncio.Event] = {}
        self.effect_gates: dict[str, asyncio.Event] = {}
        self.changed = asyncio.Condition()

    async def handle(self, update: Update, committed: Committed) -> None:
        text = said(update)
        await self._note(self.begun, text)
        await self._pass(self.gates, text)
        if self.faults.get(text):
            raise self.faults[text].pop(0)
        committed()
        await self._pass(self.effect_gates, text)
        if text in self.late_faults:
            raise self.late_faults[text]
        await self._note(self.finished, text)

    async def keep_dead_letter(self, raw: dict[str, Any], error: str) -> None:
        if self.faults.get("keep_dead_letter"):
            raise self.faults["keep_dead_letter"].pop(0)
        await self._note(self.aside, (raw, error))

    async def until(self, texts: list[Any], wanted: int) -> None:
        async with asyncio.timeout(PATIENCE), self.changed:
            await self.changed.wait_for(lambda: len(texts) >= wanted)

    async def _pass(self, gates: dict[str, asyncio.Event], text: str) -> None:
        if text in gates:
            await gates[text].wait()

    async def _note(self, texts: list[Any], text: Any) -> None:
        async with self.changed:
            texts.append(text)
            self.changed.notify_all()


def said(update: Update) -> str:
    if update.message and update.message.text:
        return update.message.text
    return "member" if update.my_chat_member else "?"


@asynccontextmanager
async def polling(side: Side, work: Work, **more: Any) -> AsyncIterator[asyncio.Event]:
    """Polls while the block runs, then stops and finishes."""
    stop = asyncio.Event()
    options = {"poll_seconds": 5, "first_wait": 0.02, "settle_seconds": 0.1} | more
    running = asyncio.create_task(Polling(side.bot, work.handle, work.keep_dead_letter, **options).run(stop))
    try:
        yield stop
    finally:
        stop.set()
        async with asyncio.timeout(PATIENCE):
            await running


def pending(side: Side) -> int:
    return len(side.world.updates.pending)


async def people(side: Side, *names: str) -> list[Person]:
    """People who have pressed Start; that update is taken away."""
    found = await side.phones.people(*names)
    for person in found:
        await person.starts(settles=False)
    side.world.updates.forget(list(side.world.updates.pending))
    return found


async def type_all(person: Person, *texts: str) -> None:
    for text in texts:
        await person.types(text, settles=False)
