"""Lets the robots react to what happens in their private chats."""

from __future__ import annotations

import asyncio
import hashlib
from dataclasses import dataclass, field

import orjson

from simulator.json_types import JsonObject
from simulator.people.actions import says, taps
from simulator.people.views import readable_text
from simulator.rules.robots import Reaction
from simulator.simulation import Simulation
from simulator.world.model import Chat, StoredMessage

_MOST_VISITS_OF_A_SCREEN = 4


@dataclass
class RobotRunner:
    """Listens to the journal and answers after a pause, as a person would."""

    sim: Simulation
    tasks: set[asyncio.Task[None]] = field(default_factory=set)
    visits: dict[tuple[int, str], int] = field(default_factory=dict)

    def start(self) -> None:
        """Begin to listen."""
        self.sim.journal.listeners.append(self._hear)

    def stop(self) -> None:
        """Stop listening and drop what was about to be answered."""
        self.sim.journal.listeners.remove(self._hear)
        for task in self.tasks:
            task.cancel()

    def _hear(self, event: JsonObject) -> None:
        if event["kind"] in {"message", "edited"}:
            self._consider(event["chat_id"], event["message_id"])
        elif event["kind"] == "robots" and event["on"]:
            for user_id in self.sim.world.people:
                newest = self.sim.world.chat(user_id).last_bot_message_id(self.sim.world.bot.user_id)
                self._consider(user_id, newest)

    def _consider(self, chat_id: int, message_id: int) -> None:
        """Private chats have their person's id, so the chat tells whose turn it is."""
        if chat_id in self.sim.world.people and self.sim.robots.applies_to(chat_id):
            task = asyncio.create_task(self._answer_later(chat_id, message_id))
            self.tasks.add(task)
            task.add_done_callback(self.tasks.discard)

    async def _answer_later(self, user_id: int, message_id: int) -> None:
        chat = self.sim.world.chat(user_id)
        message = chat.messages.get(message_id)
        version = message.version if message else 0
        await asyncio.sleep(self.sim.robots.pause())
        message = chat.messages.get(message_id)
        is_current = message is not None and message.version == version
        if message is not None and is_current and self._may_answer(chat, message):
            self._answer(chat, message)

    def _may_answer(self, chat: Chat, message: StoredMessage) -> bool:
        """Only bot messages; no state twice, and no screen over and over."""
        rules, state = self.sim.robots, _state_of(message)
        if message.sender_id != self.sim.world.bot.user_id or not rules.applies_to(chat.chat_id):
            return False
        visits = self.visits.get((chat.chat_id, state), 0)
        self.visits[(chat.chat_id, state)] = visits + 1
        is_new = rules.is_new(chat.chat_id, message.message_id, state)
        return is_new and visits < _MOST_VISITS_OF_A_SCREEN and not self._has_lost_its_keys(chat, message)

    def _has_lost_its_keys(self, chat: Chat, message: StoredMessage) -> bool:
        """Words that were answered before stand there without their buttons: nothing is asked any more."""
        words = readable_text(message.body)
        was_read = not self.sim.robots.is_new(chat.chat_id, message.message_id, words)
        return was_read and "reply_markup" not in message.body

    def _answer(self, chat: Chat, message: StoredMessage) -> None:
        rows = message.body.get("reply_markup", {}).get("inline_keyboard", [])
        buttons = [button for row in rows for button in row if "callback_data" in button]
        reaction = self.sim.robots.reaction(readable_text(message.body), buttons)
        if reaction is not None:
            self._act(chat, message, reaction)

    def _act(self, chat: Chat, message: StoredMessage, reaction: Reaction) -> None:
        person = self.sim.world.person(chat.chat_id)
        if reaction.text is not None:
            says(self.sim, person, chat, reaction.text)
        elif reaction.callback_data is not None:
            data = reaction.callback_data
            taps(self.sim, person, chat, message.message_id, data, inaccessible=False)


def _state_of(message: StoredMessage) -> str:
    shown = [readable_text(message.body), message.body.get("reply_markup")]
    return hashlib.sha256(orjson.dumps(shown)).hexdigest()
