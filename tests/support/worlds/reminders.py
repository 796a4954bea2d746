"""A Pokja in the tables, a clock that is moved by hand, and a Telegram that only writes down what it is given."""

import itertools
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from bot.delivery.outbox import Delivery
from bot.delivery.rendering import Rendering
from bot.screen import Screen
from bot.screens.painter import Painter
from bot.transport.limits import FloodLimits
from bot.transport.telegram_errors import Trouble, TroubleKind
from bot.transport.undeliverable import Undeliverable
from documents.language.wording import wording
from domain import roles
from store.engine.database import Database
from store.tables.core import Outgoing, Pokja
from tests.support.worlds.founding import Newcomer, founded, joined
from usecases.library import Library
from usecases.registry import FORMS
from usecases.reminders import sending
from usecases.work import Actor, Work

GROUP_CHAT, NEW_GROUP_CHAT = -4001, -1004001
WORDS = wording()
_seconds = itertools.count(1000)


@dataclass
class Clock:
    moment: datetime

    def now(self) -> datetime:
        return self.moment


@dataclass(frozen=True)
class Said:
    """A message that arrived. `lines` are its reminders as they were queued, none for a report."""

    at: datetime
    chat: int
    text: str
    kind: str
    lines: tuple[dict[str, Any], ...]


@dataclass
class Telegram:
    """Writes down what it is given, refuses who has blocked it, moves a group, is away."""

    clock: Clock
    log: list[Said] = field(default_factory=list)
    blocked: set[int] = field(default_factory=set)
    moved: dict[int, int] = field(default_factory=dict)
    is_unreachable: bool = False
    meant: dict[int, tuple[str, dict[str, Any]]] = field(default_factory=dict)

    async def show(self, chat_id: int, screen: Screen, **options: object) -> int:
        if self.is_unreachable:
            raise Undeliverable(Trouble(TroubleKind.NETWORK, text="no way"))
        if chat_id in self.blocked:
            raise Undeliverable(Trouble(TroubleKind.BLOCKED, text="blocked"))
        if chat_id in self.moved:
            raise Undeliverable(Trouble(TroubleKind.MIGRATED, new_chat_id=self.moved[chat_id], text="moved"))
        kind, payload = self.meant.pop(id(screen.text))
        self.log.append(Said(self.clock.now(), chat_id, screen.text, kind, tuple(payload.get("lines", ()))))
        return len(self.log)


async def _inside(chat_id: int, telegram_id: int) -> str:
    """Everybody is in the group."""
    return "member"


@dataclass
class Bot:
    """One process: its own delivery over a database that others may share."""

    database: Database
    clock: Clock
    telegram: Telegram
    library: Library = field(default_factory=lambda: Library(Path("/nonexistent")))

    def __post_init__(self) -> None:
        painter = Painter(WORDS, "asisten_pokja_bot")
        drawing = Rendering(self.database, painter, self.library, self.clock, _inside)
        self.limits = FloodLimits()
        self.delivery = Delivery(
            self.database,
            self.telegram,
            self.limits,
            self.clock,
            self._noting(drawing.kinds()),
            drawing.on_trouble,
            on_late=drawing.on_late,
            monotonic=lambda: float(next(_seconds)) * 100,
        )

    def _noting(self, kinds: Any) -> dict[str, Any]:
        """The same drawings; what they were made of is kept until they are sent."""

        def noted(kind: str, render: Any) -> Any:
            async def draw(session: Any, payload: dict[str, Any]) -> Screen | None:
                screen = await render(session, payload)
                if screen is not None:
                    self.telegram.meant[id(screen.text)] = (kind, payload)
                return screen

            return draw

        return {kind: noted(kind, render) for kind, render in kinds.items()}

    async def does(self, usecase: Callable[[Work], Awaitable[Any]], actor: int = 0) -> Any:
        async with self.database.transaction() as session:
            return await usecase(
                Work(session, Actor(actor, f"Orang {actor}"), self.clock.now(), self.library, FORMS)
            )

    async def look(self, pokja_id: int) -> sending.Outlook:
        async with self.database.reading() as session:
            return await sending.look(session, self.library, pokja_id, self.clock.now())

    async def wakes(self, pokja_id: int) -> datetime | None:
        """Looks, reminds where something is due, and sends what can go: what the schedule and the delivery do."""
        outlook = await self.look(pokja_id)
        if not outlook.is_due:
            await self.delivers()
            return outlook.wake
        wake = await self.does(lambda work: sending.remind(work, pokja_id))
        await self.delivers()
        return wake

    async def delivers(self) -> None:
        await self.delivery._give_way()
        while self.limits.room(self.delivery._monotonic()) > 0:
            rows = await self.delivery._claim(30, self.delivery._monotonic())
            for row in rows:
                await self.delivery._deliver(row)
            if not rows or self.telegram.is_unreachable:
                return

    async def rows(self, query: Any) -> list[Any]:
        async with self.database.reading() as session:
            return list(await session.scalars(query))

    async def outbox(self) -> list[Outgoing]:
        return await self.rows(sa.select(Outgoing).order_by(Outgoing.id))


async def plant(bot: Bot, count: int, zone: str = "Asia/Jakarta", *, group: bool = True) -> int:
    """A Pokja of that many members, numbered as they came; the first is its Ketua. Member n has chat n."""

    async def found(work: Work) -> int:
        pokja = await founded(work, zone=zone)
        pokja.group_chat_id = GROUP_CHAT if group else None
        for number in range(1, count + 1):
            await join(work, pokja, number)
        return pokja.id

    return int(await bot.does(found))


async def join(work: Work, pokja: Pokja, number: int) -> None:
    role = roles.KETUA if number == 1 else roles.ANGGOTA
    await joined(work, pokja, Newcomer(number, f"Orang {number}", role, f"Dinas {number}"))


def utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)
