"""Bot API methods that put new messages into chats."""

from __future__ import annotations

from collections.abc import Mapping

from simulator.api_error import bad_request, method_not_found
from simulator.json_types import JsonList, JsonObject
from simulator.methods.call import Call, Method, formatted, reply_content, stored_file
from simulator.rules.contract import UploadedFile
from simulator.rules.formatted_text import MAXIMUM_CAPTION, MAXIMUM_TEXT, FormattedText
from simulator.rules.keyboards import check_reply_markup, inline_keyboard, reply_keyboard
from simulator.rules.rich_messages import rich_message_from
from simulator.simulation import Simulation
from simulator.world.model import Chat, StoredMessage
from simulator.world.topics import check_thread

_ALBUM_SIZES = range(2, 11)
_KINDS = {"document": "documents", "photo": "photos"}
_NOT_CARRIED = frozenset(
    {
        "message_id",
        "from",
        "chat",
        "date",
        "reply_markup",
        "reply_to_message",
        "message_thread_id",
        "is_topic_message",
    }
)


def send_message(sim: Simulation, call: Call) -> JsonObject:
    """Send a text."""
    chat = _target(sim, call)
    return _send(sim, chat, call, text_content(sim, call.values))


def send_rich_message(sim: Simulation, call: Call) -> JsonObject:
    """Send headings, lists, tables; 404 or 400 when the server is set to be an older one."""
    chat = _target(sim, call)
    return _send(sim, chat, call, rich_content(sim, call.values))


def send_document(sim: Simulation, call: Call) -> JsonObject:
    """Send a file."""
    return _send_media(sim, call, "document")


def send_photo(sim: Simulation, call: Call) -> JsonObject:
    """Send a picture."""
    return _send_media(sim, call, "photo")


def send_media_group(sim: Simulation, call: Call) -> JsonList:
    """Send an album of two to ten files; documents go with documents only, and no album has buttons."""
    chat = _target(sim, call)
    items: JsonList = call.values["media"]
    if len(items) not in _ALBUM_SIZES:
        raise bad_request("album must contain from 2 to 10 files")
    if len({item["type"] for item in items}) > 1 and any(item["type"] == "document" for item in items):
        raise bad_request("Document can't be mixed with other media types")
    contents = [_media_content(sim, _with_upload(item, call)) for item in items]
    album = {"media_group_id": str(sim.journal.version + 1), **reply_content(chat, call)}
    bot = sim.world.bot
    return [sim.world.new_message(chat, bot, {**item, **album}).body for item in contents]


def copy_message(sim: Simulation, call: Call) -> JsonObject:
    """Send the content of another message as one's own."""
    chat, source = _source(sim, call, "copy")
    content = {key: part for key, part in source.body.items() if key not in _NOT_CARRIED}
    sent = _send(sim, chat, call, content)
    return {"message_id": sent["message_id"]}


def forward_message(sim: Simulation, call: Call) -> JsonObject:
    """Forward a message; callback buttons stay behind."""
    chat, source = _source(sim, call, "forward")
    content = {key: part for key, part in source.body.items() if key not in _NOT_CARRIED}
    origin = {"type": "user", "sender_user": source.body["from"], "date": source.body["date"]}
    return _send(sim, chat, call, {**content, "forward_origin": origin})


def text_content(sim: Simulation, values: JsonObject) -> JsonObject:
    """Text and entities of a message; ApiError 400 when empty or too long."""
    text = formatted(sim, values, "text", "entities")
    if not text.text:
        raise bad_request("message text is empty")
    if len(text) > MAXIMUM_TEXT:
        raise bad_request("message is too long")
    preview = values.get("link_preview_options")
    options = {"link_preview_options": preview} if preview else {}
    return {**_named(text, "text", "entities"), **options}


def caption_content(sim: Simulation, values: JsonObject) -> JsonObject:
    """Caption and entities of a file; ApiError 400 when too long."""
    caption = formatted(sim, values, "caption", "caption_entities")
    if len(caption) > MAXIMUM_CAPTION:
        raise bad_request("message caption is too long")
    return _named(caption, "caption", "caption_entities") if caption.text else {}


def rich_content(sim: Simulation, values: JsonObject) -> JsonObject:
    """The blocks of a rich message."""
    if sim.rich_answer == "404":
        raise method_not_found()
    if sim.rich_answer == "400":
        raise bad_request("RICH_MESSAGE_UNSUPPORTED")
    return {"rich_message": rich_message_from(values["rich_message"])}


def _target(sim: Simulation, call: Call) -> Chat:
    """The chat to send to; ApiError 400 for a topic that isn't there or is closed."""
    chat = sim.world.chat_to_write_in(call.values["chat_id"])
    writer = chat.membership(sim.world.bot.user_id)
    check_thread(chat, call.values.get("message_thread_id"), writer)
    return chat


def _named(text: FormattedText, text_name: str, entities_name: str) -> JsonObject:
    entities = {entities_name: text.entities} if text.entities else {}
    return {text_name: text.text, **entities}


def _send(sim: Simulation, chat: Chat, call: Call, content: JsonObject) -> JsonObject:
    markup = call.values.get("reply_markup")
    check_reply_markup(markup, knows_styles=sim.knows_styles)
    keyboard = inline_keyboard(markup)
    buttons = {"reply_markup": keyboard} if keyboard else {}
    reply = reply_content(chat, call)
    _set_reply_keyboard(chat, markup)
    message = sim.world.new_message(chat, sim.world.bot, {**content, **reply, **buttons})
    message.is_silent = bool(call.values.get("disable_notification"))
    return message.body


def _set_reply_keyboard(chat: Chat, markup: JsonObject | None) -> None:
    rows = reply_keyboard(markup)
    if rows is not None:
        chat.reply_keyboard = rows


def _send_media(sim: Simulation, call: Call, kind: str) -> JsonObject:
    chat = _target(sim, call)
    return _send(sim, chat, call, _media_content(sim, {**call.values, "type": kind}))


def _media_content(sim: Simulation, values: JsonObject) -> JsonObject:
    kind = values["type"]
    if kind not in _KINDS:
        raise bad_request(f"media of type {kind} is not supported here")
    caption = caption_content(sim, values)
    stored = stored_file(sim, values.get("media", values.get(kind)), _KINDS[kind])
    media = stored.as_photo() if kind == "photo" else stored.as_document()
    return {kind: media, **caption}


def _with_upload(item: JsonObject, call: Call) -> JsonObject:
    """The media item with the file it names by ``attach://``."""
    name = item["media"].removeprefix("attach://")
    upload: UploadedFile | None = call.uploads.get(name)
    return item if upload is None else {**item, "media": upload}


def _source(sim: Simulation, call: Call, verb: str) -> tuple[Chat, StoredMessage]:
    chat = _target(sim, call)
    origin = sim.world.chat_the_bot_means(call.values["from_chat_id"])
    message = origin.messages.get(call.values["message_id"])
    if message is None:
        raise bad_request(f"message to {verb} not found")
    return chat, message


METHODS: Mapping[str, Method] = {
    "sendMessage": send_message,
    "sendRichMessage": send_rich_message,
    "sendDocument": send_document,
    "sendPhoto": send_photo,
    "sendMediaGroup": send_media_group,
    "copyMessage": copy_message,
    "forwardMessage": forward_message,
}
