"""Control API: what people do with their phones."""

from __future__ import annotations

import base64
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

from simulator.control.arguments import (
    ControlError,
    chat_of,
    flag,
    found_button,
    integer,
    person_of,
    required,
)
from simulator.json_types import JsonList, JsonObject
from simulator.people import actions
from simulator.people.actions import Event
from simulator.people.groups import adds_bot_by_link, leaves
from simulator.people.views import chats_of, message_view, person_view
from simulator.rules.formatted_text import typed_by_person
from simulator.simulation import Simulation

Handler = Callable[[Simulation, JsonObject], object]
_LINK_HOSTS = {"t.me", "telegram.me"}


def add_person(sim: Simulation, arguments: JsonObject) -> JsonObject:
    """A new person; `name` is split into first and last name."""
    name = str(arguments.get("name", ""))
    first = str(arguments.get("first_name") or name.partition(" ")[0])
    last = str(arguments.get("last_name") or name.partition(" ")[2])
    if not first:
        raise ControlError("a person needs a name")
    username = str(arguments.get("username", ""))
    return person_view(sim.world.add_person(first, last, username, integer(arguments, "id")))


def all_people(sim: Simulation, _: JsonObject) -> JsonList:
    """Everybody, in the order they came."""
    return [person_view(person) for person in sim.world.people.values()]


def one_person(sim: Simulation, arguments: JsonObject) -> JsonObject:
    """A person with their chats."""
    person = person_of(sim, arguments)
    return {**person_view(person), "chats": chats_of(sim, person)}


def start(sim: Simulation, arguments: JsonObject) -> JsonObject:
    """Press Start."""
    person = person_of(sim, arguments)
    payload = str(arguments.get("payload") or "")
    return event_view(sim, actions.starts(sim, person, payload))


def say(sim: Simulation, arguments: JsonObject) -> JsonObject:
    """Type a text, perhaps as a reply."""
    person, chat = person_of(sim, arguments), chat_of(sim, arguments)
    text, reply_to = str(required(arguments, "text")), integer(arguments, "reply_to")
    topic = integer(arguments, "topic")
    return event_view(sim, actions.says(sim, person, chat, text, reply_to, topic=topic))


def send_file(sim: Simulation, arguments: JsonObject, kind: str) -> JsonObject:
    """Send a document or a photo; `content` is base64."""
    name = str(arguments.get("name") or "file")
    content = base64.b64decode(str(required(arguments, "content")))
    mime_type = str(arguments.get("mime_type") or "")
    stored = sim.world.files.add(f"{kind}s", name, content, mime_type)
    media = stored.as_photo() if kind == "photo" else stored.as_document()
    caption = typed_by_person(str(arguments.get("caption") or ""))
    text: JsonObject = {"caption": caption.text} if caption.text else {}
    return _sends(sim, arguments, {kind: media, **text})


def send_document(sim: Simulation, arguments: JsonObject) -> JsonObject:
    """Send a document."""
    return send_file(sim, arguments, "document")


def send_photo(sim: Simulation, arguments: JsonObject) -> JsonObject:
    """Send a picture."""
    return send_file(sim, arguments, "photo")


def send_sticker(sim: Simulation, arguments: JsonObject) -> JsonObject:
    """Send a sticker."""
    emoji = str(arguments.get("emoji") or "👍")
    stored = sim.world.files.add("stickers", "sticker.webp", b"RIFF sticker", "image/webp")
    sticker = {
        "file_id": stored.file_id,
        "file_unique_id": stored.unique_id,
        "type": "regular",
        "width": 512,
        "height": 512,
        "is_animated": False,
        "is_video": False,
        "emoji": emoji,
    }
    return _sends(sim, arguments, {"sticker": sticker})


def send_contact(sim: Simulation, arguments: JsonObject) -> JsonObject:
    """Send a contact: one's own unless another name is given."""
    person = person_of(sim, arguments)
    contact: JsonObject = {"phone_number": str(arguments.get("phone_number") or "+6281200000000")}
    contact["first_name"] = str(arguments.get("first_name") or person.first_name)
    if "first_name" not in arguments:
        contact["user_id"] = person.user_id
    return _sends(sim, arguments, {"contact": contact})


def _sends(sim: Simulation, arguments: JsonObject, content: JsonObject) -> JsonObject:
    person, chat = person_of(sim, arguments), chat_of(sim, arguments)
    reply_to = integer(arguments, "reply_to")
    return event_view(sim, actions.sends(sim, person, chat, content, reply_to))


def tap(sim: Simulation, arguments: JsonObject) -> JsonObject:
    """Press a button by `label`, or send `data` for `message_id` as a forger would."""
    person, chat = person_of(sim, arguments), chat_of(sim, arguments)
    message_id = integer(arguments, "message_id")
    data = arguments.get("data")
    if data is None:
        label = str(required(arguments, "label"))
        message_id, button = found_button(sim, chat, label, message_id)
        if "callback_data" not in button:
            return {"version": sim.journal.version, "button": button, "update_ids": []}
        data = button["callback_data"]
    wanted = message_id or chat.last_bot_message_id(sim.world.bot.user_id)
    hidden = flag(arguments, "inaccessible")
    event = actions.taps(sim, person, chat, wanted, str(data), inaccessible=hidden)
    return event_view(sim, event)


def open_link(sim: Simulation, arguments: JsonObject) -> JsonObject:
    """Open a t.me link of the bot: ``?start=`` privately, ``?startgroup=`` in a group."""
    person = person_of(sim, arguments)
    parameters = _link_parameters(sim, str(required(arguments, "link")))
    if "startgroup" not in parameters:
        return event_view(sim, actions.starts(sim, person, parameters.get("start", "")))
    chat = sim.world.chat(int(str(required(arguments, "group_id"))))
    rights = parameters.get("admin", "").replace(" ", "+")
    return event_view(sim, adds_bot_by_link(sim, chat, person, parameters["startgroup"], rights))


def _link_parameters(sim: Simulation, link: str) -> dict[str, str]:
    parts = urlsplit(link if "://" in link else f"https://{link}")
    name = parts.path.strip("/")
    if parts.hostname not in _LINK_HOSTS or name.lower() != sim.world.bot.username.lower():
        msg = f"{link} is no link to @{sim.world.bot.username}"
        raise ControlError(msg)
    pairs = parse_qs(parts.query, keep_blank_values=True)
    return {key: values[0] for key, values in pairs.items()}


def block(sim: Simulation, arguments: JsonObject) -> JsonObject:
    """Block the bot."""
    return event_view(sim, actions.blocks(sim, person_of(sim, arguments)))


def unblock(sim: Simulation, arguments: JsonObject) -> JsonObject:
    """Let the bot write again."""
    return event_view(sim, actions.unblocks(sim, person_of(sim, arguments)))


def deactivate(sim: Simulation, arguments: JsonObject) -> JsonObject:
    """The account is gone; ``{"on": false}`` brings it back."""
    person = person_of(sim, arguments)
    person.deactivated = bool(arguments.get("on", True))
    sim.journal.record("person", user_id=person.user_id)
    return person_view(person)


def leave(sim: Simulation, arguments: JsonObject) -> JsonObject:
    """Leave a group."""
    person = person_of(sim, arguments)
    return event_view(sim, leaves(sim, chat_of(sim, arguments), person, person))


def toasts(sim: Simulation, arguments: JsonObject) -> JsonList:
    """What the bot's answers to this person's taps said."""
    person = person_of(sim, arguments)
    reports = [tap.as_report() for tap in sim.taps.taps.values() if tap.user_id == person.user_id]
    return [report for report in reports if report["answered"]]


def commands(sim: Simulation, arguments: JsonObject) -> JsonList:
    """The menu of commands this person sees in a chat."""
    person, chat = person_of(sim, arguments), chat_of(sim, arguments)
    is_admin = chat.membership(person.user_id).is_administrator
    return sim.profile.commands_shown(chat.chat_id, person.user_id, is_admin=is_admin)


def event_view(sim: Simulation, event: Event) -> JsonObject:
    """What came of an action, for those who go on to wait for the bot."""
    view: JsonObject = {"version": event.version, "update_ids": list(event.update_ids)}
    if event.message is not None:
        view["message"] = message_view(sim, event.message)
    return view | ({"tap": event.tap.as_report()} if event.tap else {})


ROUTES: list[tuple[str, str, Handler]] = [
    ("GET", "/users", all_people),
    ("POST", "/users", add_person),
    ("GET", "/users/{user_id:int}", one_person),
    ("POST", "/users/{user_id:int}/start", start),
    ("POST", "/users/{user_id:int}/text", say),
    ("POST", "/users/{user_id:int}/document", send_document),
    ("POST", "/users/{user_id:int}/photo", send_photo),
    ("POST", "/users/{user_id:int}/sticker", send_sticker),
    ("POST", "/users/{user_id:int}/contact", send_contact),
    ("POST", "/users/{user_id:int}/tap", tap),
    ("POST", "/users/{user_id:int}/open", open_link),
    ("POST", "/users/{user_id:int}/block", block),
    ("POST", "/users/{user_id:int}/unblock", unblock),
    ("POST", "/users/{user_id:int}/deactivate", deactivate),
    ("POST", "/users/{user_id:int}/leave", leave),
    ("GET", "/users/{user_id:int}/toasts", toasts),
    ("GET", "/users/{user_id:int}/commands", commands),
]
