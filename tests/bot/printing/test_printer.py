"""The message that shows how far a document is: what it says is remembered, not what became true meanwhile."""

import asyncio

import pytest
import sqlalchemy as sa

from bot.printing.printer import Printer
from bot.screen import Screen
from bot.screens.painter import Painter
from bot.transport.limits import FloodLimits
from bot.transport.sending import Telegram
from documents.language.wording import wording
from store import documents
from store.engine.database import Database
from store.tables.documents import DocumentOrder
from tests.bot.support.simulated import Side
from tests.support.moments import PLAIN
from tests.support.worlds import reminders
from usecases.library import Library


class Slow(Telegram):
    """An order ends while the first edit of its message is on its way."""

    database: Database
    shown: list[str]

    async def show(self, chat_id: int, screen: Screen, **options: object) -> int:
        number = await super().show(chat_id, screen, **options)
        if not self.shown:
            async with self.database.transaction() as session:
                await session.execute(sa.update(DocumentOrder).values(state=documents.READY))
        self.shown.append(screen.text)
        return number


@pytest.fixture
def telegram(side: Side, sqlite: Database) -> Slow:
    made = Slow(side.bot, FloodLimits())
    made.database, made.shown = sqlite, []
    return made


async def test_an_end_that_no_message_says_is_told_by_the_next_process(
    side: Side, sqlite: Database, telegram: Slow
) -> None:
    siti = await side.phones.person("Siti")
    await siti.starts(settles=False)
    message = await side.bot.send_message(siti.id, "Sedang disusun…")
    clock = reminders.Clock(PLAIN)
    pokja_id = await reminders.plant(reminders.Bot(sqlite, clock, reminders.Telegram(clock)), 1, group=False)
    async with sqlite.transaction() as session:
        order = DocumentOrder(
            pokja_id=pokja_id,
            by=1,
            paper="rangkuman",
            formats=["pdf"],
            state=documents.PRINTING,
            chat_id=siti.id,
            message_id=message.message_id,
            ordered_at=PLAIN,
        )
        session.add(order)

    async def unreported() -> list[int]:
        async with sqlite.reading() as session:
            return list(await documents.unreported(session))

    async def is_killed_after_an_edit() -> None:
        painter, stop = Painter(wording(), "asisten_bot"), asyncio.Event()
        printer = Printer(sqlite, Library(), clock, painter, telegram, None, None)  # type: ignore[arg-type]
        stop.set()
        printer.progress.touch(1)
        await printer.progress.run(stop)

    await is_killed_after_an_edit()
    assert await unreported() == [1]
    await is_killed_after_an_edit()
    assert await unreported() == []
    assert ["Sedang disusun" in text for text in telegram.shown] == [True, False]
