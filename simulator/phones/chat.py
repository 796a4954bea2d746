"""A chat as somebody reads it, for tests."""

from __future__ import annotations

from typing import Protocol

from simulator.control.client import ControlClient
from simulator.json_types import JsonList, JsonObject
from simulator.phones.screen import file_named, labels, screen_text


class Waiting(Protocol):
    """A simulator one can ask and wait for."""

    control: ControlClient

    async def wait(self, after: int, chat_id: int | None = None) -> JsonObject:
        """Wait until a chat, or anything, changes after a version."""


class ReadableChat:
    """What can be read of a chat, privately or in a group."""

    def __init__(self, sim: Waiting, chat_id: int, title: str) -> None:
        self.sim = sim
        self.chat_id = chat_id
        self.title = title

    async def messages(self, last: int = 10) -> JsonList:
        """The newest messages, oldest first, as the control API shows them."""
        return list((await self.chat(last))["messages"])

    async def screen(self, last: int = 6) -> str:
        """The newest messages with their buttons, as text."""
        return screen_text(self.title, await self.messages(last))

    async def sees(self, text: str, *, last: int = 6) -> JsonObject:
        """Wait until one of the newest messages holds `text`, and give that message."""
        chat = await self.chat(last)
        while True:
            for message in reversed(chat["messages"]):
                if text in message["text"] or text in message["service"]:
                    return dict(message)
            after = chat["chat"]["version"]
            if not (await self.sim.wait(after, self.chat_id))["changed"]:
                raise self.complaint(f"does not see {text!r}", chat["messages"])
            chat = await self.chat(last)

    async def does_not_see(self, text: str, *, last: int = 6) -> None:
        """What is on the screen now does not hold `text`; buttons count too."""
        messages = await self.messages(last)
        if text in screen_text(self.title, messages):
            raise self.complaint(f"should not see {text!r}", messages)

    async def sees_button(self, label: str) -> None:
        """Wait until a button has this label, or one that begins with it."""
        chat = await self.chat(6)
        while not any(button.startswith(label) for button in labels(chat["messages"])):
            after = chat["chat"]["version"]
            if not (await self.sim.wait(after, self.chat_id))["changed"]:
                raise self.complaint(f"sees no button {label!r}", chat["messages"])
            chat = await self.chat(6)

    async def buttons(self) -> list[str]:
        """Labels of the newest message that has buttons."""
        for message in reversed(await self.messages()):
            if message["buttons"]:
                return labels([message])
        return []

    async def receives_file(self, name: str = "") -> tuple[str, bytes]:
        """Wait for a file whose name holds `name`; returns its name and content."""
        chat = await self.chat(10)
        while (found := file_named(chat["messages"], name)) is None:
            after = chat["chat"]["version"]
            if not (await self.sim.wait(after, self.chat_id))["changed"]:
                raise self.complaint(f"gets no file {name!r}", chat["messages"])
            chat = await self.chat(10)
        return str(found["name"]), await self.sim.control.fetch(found["url"])

    async def newest(self) -> JsonObject:
        """The newest message."""
        return dict((await self.messages(1))[-1])

    async def chat(self, last: int) -> JsonObject:
        """The chat and its newest messages, with versions to wait by."""
        path = f"/control/chats/{self.chat_id}/messages"
        chat: JsonObject = await self.sim.control.get(path, last=last)
        return chat

    def complaint(self, what: str, messages: JsonList) -> AssertionError:
        """What a failing test says: what was missing, and the whole screen."""
        return AssertionError(f"{self.title} {what}\n{screen_text(self.title, messages)}")
