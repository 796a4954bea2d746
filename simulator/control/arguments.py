"""Arguments of the control API: path, query string and JSON body taken together."""

from __future__ import annotations

from simulator.api_error import ApiError
from simulator.json_types import JsonObject
from simulator.simulation import Simulation
from simulator.world.model import Chat, Person, StoredMessage
from simulator.world.state import NobodyThereError


class ControlError(Exception):
    """The control API was asked for something that makes no sense."""


REFUSED = (NobodyThereError, ControlError, ApiError, ValueError, TypeError)
"""What is raised where a call can't be carried out."""


def status_of(error: Exception) -> int:
    """How HTTP says it."""
    return 404 if isinstance(error, NobodyThereError) else 400


def person_of(sim: Simulation, arguments: JsonObject, name: str = "user_id") -> Person:
    """The person an argument names; ``"bot"`` names the bot."""
    given = required(arguments, name)
    return sim.world.bot if given == "bot" else sim.world.person(int(str(given)))


def actor_of(sim: Simulation, arguments: JsonObject, chat: Chat) -> Person:
    """Who does it: `by`, or else the group's creator."""
    if "by" in arguments:
        return person_of(sim, arguments, "by")
    creators = [user_id for user_id, member in chat.members.items() if member.status == "creator"]
    return sim.world.person((creators or list(chat.members))[0])


def chat_of(sim: Simulation, arguments: JsonObject) -> Chat:
    """The chat an argument names; the person's private chat when there is none."""
    given = arguments.get("chat_id") or required(arguments, "user_id")
    return sim.world.chat(int(str(given)))


def message_of(chat: Chat, arguments: JsonObject) -> StoredMessage | None:
    """The message an argument names, which may be gone."""
    return chat.messages.get(int(str(required(arguments, "message_id"))))


def required(arguments: JsonObject, name: str) -> object:
    """An argument that must be there; ControlError otherwise."""
    if arguments.get(name) is None:
        msg = f"argument {name!r} is missing"
        raise ControlError(msg)
    return arguments[name]


def integer(arguments: JsonObject, name: str, default: int | None = None) -> int | None:
    """An optional whole number."""
    given = arguments.get(name)
    return default if given in {None, ""} else int(str(given))


def flag(arguments: JsonObject, name: str) -> bool:
    """An optional yes or no."""
    return str(arguments.get(name, "")).lower() in {"1", "true", "on"}


def found_button(
    sim: Simulation, chat: Chat, label: str, message_id: int | None = None
) -> tuple[int, JsonObject]:
    """Message id and button with this label: the newest exact one, else the newest prefix."""
    messages = [
        message
        for message in reversed(list(chat.messages.values()))
        if message_id in {None, message.message_id} and message.sender_id == sim.world.bot.user_id
    ]
    for matches in (str.__eq__, str.startswith):
        for message in messages:
            for button in _buttons(message):
                if matches(button["text"], label):
                    return message.message_id, button
    msg = f"no button {label!r}"
    raise NobodyThereError(msg)


def _buttons(message: StoredMessage) -> list[JsonObject]:
    rows = message.body.get("reply_markup", {}).get("inline_keyboard", [])
    return [button for row in rows for button in row]
