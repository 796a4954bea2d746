"""What people see on their phones, and what tests read."""

from __future__ import annotations

from simulator.json_types import JsonList, JsonObject
from simulator.rules.rich_messages import plain_text
from simulator.simulation import Simulation
from simulator.world.model import Chat, Person, StoredMessage
from simulator.world.topics import thread_of

_SHOWN_AS_THEY_ARE = (
    "entities",
    "caption_entities",
    "rich_message",
    "media_group_id",
    "edit_date",
    "date",
    "contact",
)


def person_view(person: Person) -> JsonObject:
    """A person and the state of their chat with the bot."""
    return {
        "id": person.user_id,
        "name": person.name,
        "first_name": person.first_name,
        "last_name": person.last_name,
        "username": person.username,
        "started": person.started,
        "blocked": person.blocked,
        "deactivated": person.deactivated,
    }


def chat_view(sim: Simulation, chat: Chat) -> JsonObject:
    """A chat without its messages."""
    members = {str(user_id): member.status for user_id, member in chat.members.items()}
    title = chat.title or sim.config.bot_name
    return {
        "id": chat.chat_id,
        "kind": chat.kind,
        "title": title,
        "members": members,
        "migrated_to": chat.migrated_to,
        "pinned": chat.pinned,
        "is_forum": chat.is_forum,
        "topics": [{"thread_id": topic.thread_id, "name": topic.name} for topic in chat.topics.values()],
        "version": chat.version,
    }


def chats_of(sim: Simulation, person: Person) -> JsonList:
    """The private chat first, then the groups the person is in."""
    groups = [
        chat
        for chat in sim.world.chats.values()
        if chat.is_group and chat.migrated_to is None and chat.membership(person.user_id).is_inside
    ]
    private = sim.world.chat(person.user_id)
    return [chat_view(sim, chat) for chat in (private, *groups)]


def messages_view(sim: Simulation, chat: Chat, last: int) -> JsonObject:
    """The newest messages of a chat, oldest first."""
    return {
        "chat": chat_view(sim, chat),
        "version": sim.journal.version,
        "keyboard": chat.reply_keyboard,
        "messages": [message_view(sim, message) for message in chat.newest(last)],
    }


def message_view(sim: Simulation, message: StoredMessage) -> JsonObject:
    """A message as it is read: plain text, buttons in rows, files."""
    body = message.body
    is_bot = message.sender_id == sim.world.bot.user_id
    view: JsonObject = {
        "message_id": message.message_id,
        "chat_id": message.chat_id,
        "sender_id": message.sender_id,
        "sender": sim.world.person(message.sender_id).name,
        "from_bot": is_bot,
        "version": message.version,
        "text": readable_text(body),
        "service": service_text(body),
        "silent": message.is_silent,
        "topic": thread_of(body),
        "buttons": body.get("reply_markup", {}).get("inline_keyboard", []),
        "files": files_of(body),
    }
    view |= {name: body[name] for name in _SHOWN_AS_THEY_ARE if name in body}
    quoted = body.get("reply_to_message")
    if quoted and "forum_topic_created" in quoted:  # the apps don't show that: it only says which topic
        quoted = None
    return view | ({"reply_to": _quoted_view(quoted)} if quoted else {})


def _quoted_view(quoted: JsonObject) -> JsonObject:
    sender = quoted["from"]
    name = f"{sender['first_name']} {sender.get('last_name', '')}".strip()
    text = readable_text(quoted)
    return {"message_id": quoted["message_id"], "sender": name, "text": text}


def readable_text(body: JsonObject) -> str:
    """The words of a message, without styles."""
    if "rich_message" in body:
        return plain_text(body["rich_message"]["blocks"])
    return str(body.get("text") or body.get("caption") or "")


def files_of(body: JsonObject) -> JsonList:
    """Documents and pictures of a message, with where to fetch them."""
    found: JsonList = []
    if "document" in body:
        document = body["document"]
        kind = {"kind": "document", "name": document["file_name"]}
        found.append({**kind, **_file_facts(document), "mime_type": document["mime_type"]})
    if "photo" in body:
        found.append({"kind": "photo", "name": "foto", **_file_facts(body["photo"][-1])})
    if "sticker" in body:
        found.append({"kind": "sticker", "name": body["sticker"].get("emoji", "🙂")})
    return found


def _file_facts(media: JsonObject) -> JsonObject:
    file_id = media["file_id"]
    return {
        "file_id": file_id,
        "size": media["file_size"],
        "url": f"/control/files/{file_id}",
    }


def service_text(body: JsonObject) -> str:
    """What the app writes in the middle of a group; empty for ordinary messages."""
    actor = body["from"]["first_name"]
    if "new_chat_members" in body:
        names = ", ".join(user["first_name"] for user in body["new_chat_members"])
        joined_alone = body["new_chat_members"][0]["id"] == body["from"]["id"]
        return f"{names} bergabung" if joined_alone else f"{actor} menambahkan {names}"
    if "left_chat_member" in body:
        gone = body["left_chat_member"]
        left_alone = gone["id"] == body["from"]["id"]
        name = gone["first_name"]
        return f"{name} keluar dari grup" if left_alone else f"{actor} mengeluarkan {name}"
    if "group_chat_created" in body:
        return f"{actor} membuat grup"
    if "migrate_to_chat_id" in body or "migrate_from_chat_id" in body:
        return "Grup ini menjadi supergrup"
    if "forum_topic_created" in body:
        return f"{actor} membuat topik {body['forum_topic_created']['name']}"
    return f"{actor} menyematkan pesan" if "pinned_message" in body else ""
