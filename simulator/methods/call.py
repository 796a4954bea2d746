"""A checked call of a Bot API method, and what the methods share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeAlias

from simulator.api_error import bad_request
from simulator.json_types import JsonObject
from simulator.people.actions import quoted_message
from simulator.rules.contract import UploadedFile
from simulator.rules.formatted_text import FormattedText, from_markup
from simulator.simulation import Simulation
from simulator.world.files import StoredFile
from simulator.world.model import Chat, StoredMessage
from simulator.world.topics import place_in_thread


@dataclass(frozen=True)
class Call:
    """Parameters of a call that fits the contract."""

    values: JsonObject
    uploads: dict[str, UploadedFile] = field(default_factory=dict)

    def get(self, name: str, default: object = None) -> object:
        """A parameter, or `default` when it was left out."""
        return self.values.get(name, default)


Method: TypeAlias = Callable[[Simulation, Call], object]


def formatted(sim: Simulation, values: JsonObject, text_name: str, entities_name: str) -> FormattedText:
    """Text or caption of a call with its entities."""
    source, mode = values.get(text_name) or "", values.get("parse_mode")
    return from_markup(source, mode, values.get(entities_name), sim.world.user_json)


def reply_content(chat: Chat, call: Call) -> JsonObject:
    """The message replied to and the topic; ApiError 400 when it is gone and that was not allowed for."""
    wanted = call.values.get("reply_parameters") or {}
    quoted = quoted_message(chat, wanted["message_id"]) if "message_id" in wanted else None
    if wanted and quoted is None and not wanted.get("allow_sending_without_reply"):
        raise bad_request("message to be replied not found")
    place = place_in_thread(chat, call.values.get("message_thread_id"), quoted)
    return {"reply_to_message": quoted, **place} if quoted else place


def stored_file(sim: Simulation, given: object, folder: str) -> StoredFile:
    """The file a call brings or names by id; ApiError 400 for what can't be had."""
    if isinstance(given, UploadedFile):
        return sim.world.files.add(folder, given.name, given.content, given.mime_type)
    if str(given).startswith(("http://", "https://")):
        # Nothing here reaches out to the network.
        raise bad_request("failed to get HTTP URL content")
    return sim.world.files.get(str(given))


def own_message(sim: Simulation, call: Call, verb: str) -> tuple[Chat, StoredMessage]:
    """The bot's message a call names; ApiError 400 "message to … not found" otherwise."""
    if call.values.get("inline_message_id"):
        raise bad_request("MESSAGE_ID_INVALID")
    if call.values.get("chat_id") is None or call.values.get("message_id") is None:
        raise bad_request("message identifier is not specified")
    chat = sim.world.chat_to_write_in(call.values["chat_id"])
    message = chat.messages.get(call.values["message_id"])
    if message is None:
        raise bad_request(f"message to {verb} not found")
    if verb == "edit" and message.sender_id != sim.world.bot.user_id:
        raise bad_request("message can't be edited")
    return chat, message
