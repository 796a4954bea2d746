"""What the bot shows of itself: its texts, its menu button, and the commands each person may use.

Telegram is told only what it doesn't know yet. Which commands a private chat lists is noted with the person, after it
is done: a kill in between says it once more. What Telegram refuses disturbs nobody; what may pass is tried again.
"""

import asyncio
import hashlib
import json
import logging
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from bot.transport.sending import Telegram
from bot.transport.undeliverable import Undeliverable
from bot.transport.waiting import happens_within, unless
from store import people
from store.engine.availability import is_unavailable
from store.engine.database import Database

LOG: Final = logging.getLogger(__name__)
SWEEP_SECONDS: Final = 300.0
"""So often everybody is looked at: who couldn't be reached may be again."""

Commands = Sequence[Mapping[str, str]]
CommandsFor = Callable[[str], Mapping[str, str]]
"""The commands for a role ("": in no Pokja), each with what it is for."""
Introduction = Sequence[tuple[str, Mapping[str, object], Mapping[str, object]]]
"""What Telegram keeps of the bot: its name there, the value, and for which chats."""


def introduction(
    private: Mapping[str, str], group: Mapping[str, str], description: str, short: str
) -> Introduction:
    """What strangers and groups see: the commands, what the bot is, and the button that opens the commands."""
    return [
        ("my_commands", {"commands": _as_list(private)}, {"scope": {"type": "all_private_chats"}}),
        ("my_commands", {"commands": _as_list(group)}, {"scope": {"type": "all_group_chats"}}),
        ("my_description", {"description": description}, {}),
        ("my_short_description", {"short_description": short}, {}),
        ("chat_menu_button", {"menu_button": {"type": "commands"}}, {}),
    ]


def _as_list(commands: Mapping[str, str]) -> Commands:
    return [{"command": name, "description": what} for name, what in commands.items()]


class Menus:
    """Keeps each person's commands to their role in the Pokja they are in. `wake` when somebody's has changed."""

    def __init__(
        self, database: Database, telegram: Telegram, introduction: Introduction, commands_for: CommandsFor
    ) -> None:
        self._database, self._telegram = database, telegram
        self._introduction, self._commands_for = list(introduction), commands_for
        self._woken = asyncio.Event()

    def wake(self) -> None:
        """Somebody came, went, does something else now, or went to another Pokja."""
        self._woken.set()

    async def run(self, stop: asyncio.Event) -> None:
        """Keeps them until `stop`."""
        while not stop.is_set():
            self._woken.clear()
            try:
                await self._round(stop)
            except Undeliverable as refusal:
                LOG.info("menus wait: %s", refusal.trouble.kind)
            except Exception as error:
                if not is_unavailable(error):
                    raise
                LOG.warning("menus wait: %r", error)
            await unless(stop, happens_within(self._woken, SWEEP_SECONDS))

    async def _round(self, stop: asyncio.Event) -> None:
        """Raises Undeliverable where the rest must wait."""
        while self._introduction:
            await self._introduce(*self._introduction[0])
            self._introduction.pop(0)
        async with self._database.reading() as session:
            found = await people.menus(session)
        for telegram_id, (role, shown) in found.items():
            commands = _as_list(self._commands_for(role)) if role else []
            wanted = _mark(commands)
            if wanted != shown and not stop.is_set():
                await self._list(telegram_id, commands, wanted)

    async def _introduce(self, name: str, wanted: Mapping[str, object], about: Mapping[str, object]) -> None:
        try:
            await self._telegram.keep(name, wanted, **about)
        except Undeliverable as refusal:
            if refusal.trouble.is_passing:
                raise
            LOG.warning("%s stays as it is: %s", name, refusal.trouble.text)

    async def _list(self, telegram_id: int, commands: Commands, mark: str) -> None:
        try:
            await self._telegram.list_commands(telegram_id, commands)
        except Undeliverable as refusal:
            if refusal.trouble.is_passing:
                raise
            LOG.info("the commands of %s stay as they are: %s", telegram_id, refusal.trouble.kind)
            return
        await self._database.run(lambda session: people.note_menu(session, telegram_id, mark))


def _mark(commands: Commands) -> str:
    """Tells lists apart, also those of an older version of the bot; empty for none."""
    return hashlib.sha256(json.dumps(commands).encode()).hexdigest()[:12] if commands else ""
