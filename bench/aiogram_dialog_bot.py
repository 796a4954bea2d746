"""The pairwise dialogue as one writes it with aiogram-dialog: windows, its default storage, SQLAlchemy."""

import asyncio
import itertools
import os
from typing import Any

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.filters import CommandStart
from aiogram.fsm.state import State, StatesGroup
from aiogram.fsm.storage.memory import MemoryStorage
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import Dialog, DialogManager, StartMode, Window, setup_dialogs
from aiogram_dialog.widgets.kbd import Button, Row
from aiogram_dialog.widgets.text import Const, Format
from sqlalchemy import BigInteger, event
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

ISSUES = ("Air bersih", "Sampah", "Jalan desa", "Stunting", "Banjir", "Sanitasi sekolah")
PAIRS = tuple(itertools.combinations(range(len(ISSUES)), 2))


class Base(DeclarativeBase):
    pass


class Answer(Base):
    __tablename__ = "answer"
    id: Mapped[int] = mapped_column(primary_key=True)
    user: Mapped[int] = mapped_column(BigInteger, index=True)
    first: Mapped[int]
    second: Mapped[int]
    winner: Mapped[int]


class Pairwise(StatesGroup):
    asking = State()
    done = State()


async def pair(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    at = dialog_manager.dialog_data.get("at", 0)
    first, second = PAIRS[at]
    return {"at": at + 1, "of": len(PAIRS), "a": ISSUES[first], "b": ISSUES[second]}


async def chosen(callback: CallbackQuery, button: Button, manager: DialogManager) -> None:
    at = manager.dialog_data.get("at", 0)
    first, second = PAIRS[at]
    sessions: async_sessionmaker[AsyncSession] = manager.middleware_data["sessions"]
    async with sessions.begin() as session:
        winner = first if button.widget_id == "a" else second
        session.add(Answer(user=callback.from_user.id, first=first, second=second, winner=winner))
    manager.dialog_data["at"] = at + 1
    if at + 1 == len(PAIRS):
        await manager.switch_to(Pairwise.done)


async def start(_: Message, dialog_manager: DialogManager) -> None:
    await dialog_manager.start(Pairwise.asking, mode=StartMode.RESET_STACK)


def dialog() -> Dialog:
    question = Format("<b>{at} dari {of}</b>\nMana yang lebih mendesak?\n\nA. {a}\nB. {b}")
    buttons = Row(Button(Const("A"), id="a", on_click=chosen), Button(Const("B"), id="b", on_click=chosen))
    return Dialog(
        Window(question, buttons, state=Pairwise.asking, getter=pair, parse_mode="HTML"),
        Window(Const("Selesai. Terima kasih!"), state=Pairwise.done),
    )


def engine() -> AsyncEngine:
    created = create_async_engine(
        f"sqlite+aiosqlite:///{os.environ['BENCH_FOLDER']}/bot.sqlite", pool_size=1, max_overflow=0
    )

    @event.listens_for(created.sync_engine, "connect")
    def pragmas(connection: Any, _: Any) -> None:
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=10000"):
            connection.execute(f"PRAGMA {pragma}")

    return created


async def run() -> None:
    database = engine()
    async with database.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
    server = TelegramAPIServer.from_base(os.environ["BENCH_BASE_URL"].removesuffix("/bot"))
    bot = Bot(os.environ["BENCH_TOKEN"], session=AiohttpSession(api=server))
    dispatcher = Dispatcher(
        storage=MemoryStorage(), sessions=async_sessionmaker(database, expire_on_commit=False)
    )
    dispatcher.message.register(start, CommandStart())
    dispatcher.include_router(dialog())
    setup_dialogs(dispatcher)
    await dispatcher.start_polling(bot)
    await database.dispose()


def main() -> None:
    asyncio.run(run())


if __name__ == "__main__":
    main()
