"""Bot API methods that change or remove messages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from simulator.api_error import MESSAGE_NOT_MODIFIED, bad_request
from simulator.json_types import JsonObject
from simulator.methods.call import Call, Method, own_message
from simulator.methods.sending import caption_content, rich_content, text_content
from simulator.people.actions import tell_bot
from simulator.rules.keyboards import check_reply_markup, inline_keyboard
from simulator.simulation import Simulation
from simulator.world.model import Chat, StoredMessage
from simulator.world.privacy import is_service
from simulator.world.taps import MAXIMUM_ANSWER
from simulator.world.topics import place_in_thread, thread_of

_TEXT_FIELDS = ("text", "entities", "rich_message", "link_preview_options")
_CAPTION_FIELDS = ("caption", "caption_entities")
_DELETABLE_SECONDS = 48 * 3600


def edit_message_text(sim: Simulation, call: Call) -> JsonObject:
    """Give a text message another text, or make it a rich one."""
    chat, message = own_message(sim, call, "edit")
    if not {"text", "rich_message"} & message.body.keys():
        raise bad_request("there is no text in the message to edit")
    is_rich = call.values.get("rich_message") is not None
    if is_rich == (call.values.get("text") is not None):
        raise bad_request("message text is empty")
    content = rich_content(sim, call.values) if is_rich else text_content(sim, call.values)
    return _edit(sim, chat, message, call, _Change(_TEXT_FIELDS, content))


def edit_message_caption(sim: Simulation, call: Call) -> JsonObject:
    """Give a file another caption."""
    chat, message = own_message(sim, call, "edit")
    if not {"document", "photo"} & message.body.keys():
        raise bad_request("there is no caption in the message to edit")
    change = _Change(_CAPTION_FIELDS, caption_content(sim, call.values))
    return _edit(sim, chat, message, call, change)


def edit_message_reply_markup(sim: Simulation, call: Call) -> JsonObject:
    """Give a message other buttons, or none."""
    chat, message = own_message(sim, call, "edit")
    return _edit(sim, chat, message, call, _Change((), {}))


@dataclass(frozen=True)
class _Change:
    """The fields an edit replaces, and what it puts there."""

    replaced: tuple[str, ...]
    content: JsonObject


def _edit(sim: Simulation, chat: Chat, message: StoredMessage, call: Call, change: _Change) -> JsonObject:
    markup = call.values.get("reply_markup")
    check_reply_markup(markup, knows_styles=sim.knows_styles)
    keyboard = inline_keyboard(markup)
    fields = (*change.replaced, "reply_markup")
    wanted = {**change.content, **({"reply_markup": keyboard} if keyboard else {})}
    present = {name: message.body[name] for name in fields if name in message.body}
    if _compared(present) == _compared(wanted):
        raise bad_request(MESSAGE_NOT_MODIFIED)
    kept = {name: part for name, part in message.body.items() if name not in fields}
    # A new object: updates already queued hold the message as it was when they were made.
    message.body = {**kept, **wanted, "edit_date": sim.clock.now_seconds()}
    sim.world.touch(chat, message, "edited")
    return message.body


def _compared(content: JsonObject) -> JsonObject:
    return {name: part for name, part in content.items() if name != "link_preview_options"}


def delete_message(sim: Simulation, call: Call) -> bool:
    """Remove a message."""
    chat, message = own_message(sim, call, "delete")
    is_foreign = message.sender_id != sim.world.bot.user_id
    is_admin = chat.membership(sim.world.bot.user_id).is_administrator
    is_old = sim.clock.now() - message.body["date"] > _DELETABLE_SECONDS
    if (is_foreign and chat.is_group and not is_admin) or (is_old and not is_admin):
        raise bad_request("message can't be deleted")
    del chat.messages[message.message_id]
    chat.pinned = [pinned for pinned in chat.pinned if pinned != message.message_id]
    sim.world.touch(chat, message, "deleted")
    return True


def answer_callback_query(sim: Simulation, call: Call) -> bool:
    """Answer a button press, with a toast or a dialog if there is something to say."""
    text = call.values.get("text") or ""
    if len(text) > MAXIMUM_ANSWER:
        raise bad_request("MESSAGE_TOO_LONG")
    answer = {"text": text, "show_alert": bool(call.values.get("show_alert"))}
    if call.values.get("url"):
        answer["url"] = call.values["url"]
    sim.taps.answer(call.values["callback_query_id"], answer)
    return True


def pin_chat_message(sim: Simulation, call: Call) -> bool:
    """Pin a message; in a group the bot must be an administrator who may.

    The chat says so in a message of its own, of which the bot itself is told, too; pinning again changes nothing.
    """
    chat, message = _pinnable(sim, call)
    if message is None:
        raise bad_request("message to pin not found")
    if message.message_id in chat.pinned:
        return True
    chat.pinned = sorted([*chat.pinned, message.message_id])
    pinned = {key: part for key, part in message.body.items() if key != "reply_to_message"}
    place = place_in_thread(chat, thread_of(message.body), None)
    notice = sim.world.new_message(chat, sim.world.bot, {"pinned_message": pinned, **place})
    notice.is_silent = bool(call.values.get("disable_notification")) or not chat.is_group
    tell_bot(sim, chat, notice)
    return True


def unpin_chat_message(sim: Simulation, call: Call) -> bool:
    """Unpin one message, or the newest pinned one."""
    chat, _ = _pinnable(sim, call)
    wanted = call.values.get("message_id") or (chat.pinned or [0])[-1]
    if wanted not in chat.pinned:
        raise bad_request("message to unpin not found")
    chat.pinned = [old for old in chat.pinned if old != wanted]
    sim.world.touch(chat, None, "unpinned")
    return True


def _pinnable(sim: Simulation, call: Call) -> tuple[Chat, StoredMessage | None]:
    chat = sim.world.chat_to_write_in(call.values["chat_id"])
    if chat.is_group and not chat.membership(sim.world.bot.user_id).may("can_pin_messages"):
        raise bad_request("not enough rights to manage pinned messages in the chat")
    message = chat.messages.get(call.values.get("message_id") or 0)
    if message is not None and is_service(message.body):
        raise bad_request("service messages can't be pinned")
    return chat, message


METHODS: Mapping[str, Method] = {
    "editMessageText": edit_message_text,
    "editMessageCaption": edit_message_caption,
    "editMessageReplyMarkup": edit_message_reply_markup,
    "deleteMessage": delete_message,
    "answerCallbackQuery": answer_callback_query,
    "pinChatMessage": pin_chat_message,
    "unpinChatMessage": unpin_chat_message,
}
