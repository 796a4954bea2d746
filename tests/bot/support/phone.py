"""A phone without a network: what the bot would send to Telegram is seen at once; what is pressed goes straight in."""

import itertools
from dataclasses import dataclass, field, fields
from typing import Any

from telegram import Update

from bot.handlers import commands, private
from bot.screen import Button, Screen
from bot.screens.painter import Painter
from bot.turns import Turns
from documents.language.wording import wording
from tests.support.worlds.meeting import World
from usecases.registry import FORMS

PAINTER = Painter(wording(), "asisten_bot")


class _Nothing:
    """What a conversation doesn't need: boards in the group, the outbox, printing."""

    def touch(self, number: int) -> None:
        """Nothing is redrawn."""

    def wake(self) -> None:
        """Nothing is sent."""


@dataclass
class Glass:
    """What is seen in one private chat: its messages, and which of them was shown last."""

    messages: dict[int, Screen] = field(default_factory=dict)
    last: int = 0
    toast: str = ""
    numbers: Any = field(default_factory=lambda: itertools.count(1000))

    async def show(self, chat_id: int, screen: Screen, *, edit: int | None = None, **rest: object) -> int:
        """As `Telegram.show`."""
        number = next(self.numbers) if edit is None else edit
        self.messages[number], self.last = screen, number
        return number

    async def answer(self, query_id: str, text: str = "", *, alert: bool = False) -> None:
        """As `Telegram.answer`."""
        self.toast = text

    async def retire(self, chat_id: int, message_id: int) -> None:
        """As `Telegram.retire`."""
        if message_id in self.messages:
            self.messages[message_id] = Screen(self.messages[message_id].text)


class _Clock:
    """The world's time."""

    def __init__(self, world: World) -> None:
        self._world = world

    def now(self) -> Any:
        """The moment the world is at."""
        return self._world.now


@dataclass
class Phone:
    """Somebody's phone; `restart` is the bot's, of which nothing but the database stays."""

    world: World
    user_id: int
    name: str
    glass: Glass = field(default_factory=Glass)
    updates: Any = field(default_factory=lambda: itertools.count(1))
    turns: Turns = field(init=False)

    def __post_init__(self) -> None:
        self.restart()

    def restart(self) -> None:
        """A new process of the bot."""
        nothing: Any = _Nothing()
        parts: Any = {each.name: nothing for each in fields(Turns) if each.name != "committed"}
        parts |= {
            "database": self.world.database,
            "telegram": self.glass,
            "painter": PAINTER,
            "library": self.world.library,
            "forms": FORMS,
            "clock": _Clock(self.world),
        }
        self.turns = Turns(**parts)

    @property
    def screen(self) -> Screen:
        """What was shown last."""
        return self.glass.messages.get(self.glass.last, Screen(""))

    @property
    def keys(self) -> list[Button]:
        """The keys under it."""
        return [key for row in self.screen.keyboard for key in row if key.data]

    async def taps(self, data: str, message_id: int | None = None) -> None:
        """Presses a key of that message, which may be one of earlier."""
        number = self.glass.last if message_id is None else message_id
        query = {
            "id": "1",
            "from": self._me(),
            "chat_instance": "1",
            "data": data,
            "message": self._message(number),
        }
        await private.on_button(self.turns, self._update(callback_query=query))

    async def types(self, text: str) -> None:
        """Sends a text, or a command."""
        update = self._update(message=self._message(next(self.glass.numbers), text=text))
        await (commands.on_command if text.startswith("/") else private.on_text)(self.turns, update)

    async def sends(self, name: str, caption: str) -> None:
        """Sends a file."""
        document = {
            "file_id": name,
            "file_unique_id": name,
            "file_name": name,
            "mime_type": "application/pdf",
        }
        message = self._message(next(self.glass.numbers), document=document, caption=caption)
        await private.on_text(self.turns, self._update(message=message))

    def _me(self) -> dict[str, object]:
        return {"id": self.user_id, "is_bot": False, "first_name": self.name}

    def _message(self, number: int, **content: object) -> dict[str, object]:
        chat = {"id": self.user_id, "type": "private"}
        return {"message_id": number, "date": 1_800_000_000, "chat": chat, "from": self._me(), **content}

    def _update(self, **content: object) -> Update:
        update = Update.de_json({"update_id": next(self.updates), **content}, None)
        assert update is not None
        return update
