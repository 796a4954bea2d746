"""What people do with their phones, and the updates the bot gets of it."""

from __future__ import annotations

import zlib
from dataclasses import dataclass

from simulator.json_types import JsonObject
from simulator.rules.formatted_text import typed_by_person
from simulator.simulation import Simulation
from simulator.world.model import Chat, Membership, Person, StoredMessage
from simulator.world.privacy import bot_sees
from simulator.world.state import NobodyThereError
from simulator.world.taps import Tap
from simulator.world.topics import place_in_thread, thread_of


@dataclass(frozen=True)
class Event:
    """What a person's action caused.

    The journal's version before it, the updates queued for the bot, the message or tap.
    """

    version: int
    update_ids: tuple[int, ...] = ()
    message: StoredMessage | None = None
    tap: Tap | None = None


def starts(sim: Simulation, person: Person, payload: str = "") -> Event:
    """Press Start, perhaps through a link with a payload; a blocked bot is unblocked."""
    before = sim.journal.version
    unblocked = unblocks(sim, person).update_ids if person.blocked else ()
    chat = sim.world.chat(person.user_id)
    event = says(sim, person, chat, f"/start {payload}".strip())
    return Event(before, (*unblocked, *event.update_ids), event.message)


def says(
    sim: Simulation,
    person: Person,
    chat: Chat,
    text: str,
    reply_to: int | None = None,
    *,
    topic: int | None = None,
) -> Event:
    """Type a text into a chat, or into a topic of it."""
    formatted = typed_by_person(text)
    content: JsonObject = {"text": formatted.text}
    if formatted.entities:
        content["entities"] = formatted.entities
    return sends(sim, person, chat, content, reply_to, topic=topic)


def sends(
    sim: Simulation,
    person: Person,
    chat: Chat,
    content: JsonObject,
    reply_to: int | None = None,
    *,
    topic: int | None = None,
) -> Event:
    """Send any content; the bot is told as far as privacy mode lets it be."""
    before = sim.journal.version
    _check_may_write(chat, person)
    if not chat.is_group:
        _opens_chat(sim, person)
    quoted = quoted_message(chat, reply_to) if reply_to else None
    place = place_in_thread(chat, topic, quoted)
    # What is said in a topic without being a reply looks like one to the message that began it.
    quoted = quoted or quoted_message(chat, thread_of(place) or 0)
    extra = {"reply_to_message": quoted} if quoted else {}
    message = sim.world.new_message(chat, person, {**content, **place, **extra})
    return Event(before, tell_bot(sim, chat, message), message)


def quoted_message(chat: Chat, message_id: int) -> JsonObject | None:
    """A message as it appears inside of a reply to it."""
    message = chat.messages.get(message_id)
    if message is None:
        return None
    return {key: part for key, part in message.body.items() if key != "reply_to_message"}


def tell_bot(sim: Simulation, chat: Chat, message: StoredMessage) -> tuple[int, ...]:
    """Queue a message for the bot, unless privacy mode hides it."""
    bot, is_private = sim.world.bot, sim.config.privacy_mode
    if not bot_sees(chat, message.body, bot, privacy_mode=is_private):
        return ()
    return _queued(sim.updates.add("message", message.body, f"chat {chat.chat_id}"))


def _check_may_write(chat: Chat, person: Person) -> None:
    is_inside = chat.membership(person.user_id).is_inside
    if chat.is_group and not (is_inside and chat.migrated_to is None):
        msg = f"{person.name} is not in {chat.title}"
        raise NobodyThereError(msg)
    if not chat.is_group and (chat.chat_id != person.user_id or person.blocked):
        msg = f"{person.name} can't write there"
        raise NobodyThereError(msg)


def _opens_chat(sim: Simulation, person: Person) -> None:
    """Whoever wrote to the bot may be written to, as after pressing Start."""
    if not person.started:
        person.started = True
        sim.journal.record("person", user_id=person.user_id)


def taps(
    sim: Simulation, person: Person, chat: Chat, message_id: int, data: str, *, inaccessible: bool
) -> Event:
    """Press a button, or send its data without there being one: forged data looks the same."""
    before = sim.journal.version
    tap = sim.taps.add(person.user_id, chat.chat_id, message_id, data)
    query = {
        "id": tap.query_id,
        "from": person.as_user(),
        "message": _tapped_message(sim, chat, message_id, inaccessible=inaccessible),
        "chat_instance": str(zlib.crc32(str(chat.chat_id).encode()) + 10**15),
        "data": data,
    }
    tap.update_id = sim.updates.add("callback_query", query, f"user {person.user_id}")
    return Event(before, _queued(tap.update_id), tap=tap)


def _tapped_message(sim: Simulation, chat: Chat, message_id: int, *, inaccessible: bool) -> JsonObject:
    message = chat.messages.get(message_id)
    if message is not None and not inaccessible:
        return message.body
    return {"chat": sim.world.chat_json(chat), "message_id": message_id, "date": 0}


def blocks(sim: Simulation, person: Person) -> Event:
    """Block the bot."""
    return _changes_private_membership(sim, person, blocked=True)


def unblocks(sim: Simulation, person: Person) -> Event:
    """Let the bot write again."""
    return _changes_private_membership(sim, person, blocked=False)


def _changes_private_membership(sim: Simulation, person: Person, *, blocked: bool) -> Event:
    before = sim.journal.version
    person.blocked = blocked
    chat = sim.world.chat(person.user_id)
    statuses = ("member", "kicked") if blocked else ("kicked", "member")
    old, new = (Membership(status) for status in statuses)
    ids = tell_membership(sim, chat, person, sim.world.bot, (old, new))
    sim.world.touch(chat, None, "membership")
    return Event(before, ids)


def tell_membership(
    sim: Simulation,
    chat: Chat,
    actor: Person,
    subject: Person,
    change: tuple[Membership, Membership],
) -> tuple[int, ...]:
    """Queue my_chat_member for the bot itself, chat_member for others where the bot is admin."""
    old, new = change
    is_bot = subject.user_id == sim.world.bot.user_id
    if not is_bot and not chat.membership(sim.world.bot.user_id).is_administrator:
        return ()
    payload = {
        "chat": sim.world.chat_json(chat),
        "from": actor.as_user(),
        "date": sim.clock.now_seconds(),
        "old_chat_member": old.as_chat_member(subject),
        "new_chat_member": new.as_chat_member(subject),
    }
    kind = "my_chat_member" if is_bot else "chat_member"
    return _queued(sim.updates.add(kind, payload, f"chat {chat.chat_id}"))


def _queued(update_id: int | None) -> tuple[int, ...]:
    return () if update_id is None else (update_id,)
