"""What happens in groups: people and the bot come and go, become administrators, groups grow."""

from __future__ import annotations

from collections.abc import Mapping

from simulator.json_types import JsonObject
from simulator.people.actions import Event, says, tell_bot, tell_membership
from simulator.simulation import Simulation
from simulator.world.model import ADMINISTRATOR_RIGHTS, Chat, Membership, Person, Topic
from simulator.world.state import NobodyThereError
from simulator.world.topics import TOPIC_COLOUR, thread_of


def joins(sim: Simulation, chat: Chat, actor: Person, newcomer: Person) -> Event:
    """`actor` adds `newcomer` (perhaps the bot, perhaps themselves) to a group."""
    changed = sets_status(sim, chat, actor, newcomer, "member")
    service = _service(sim, chat, actor, {"new_chat_members": [newcomer.as_user()]})
    return Event(changed.version, changed.update_ids + service)


def leaves(sim: Simulation, chat: Chat, actor: Person, leaver: Person) -> Event:
    """Leave, or be removed by somebody else: then the status is "kicked"."""
    before = sim.journal.version
    is_bot = leaver.user_id == sim.world.bot.user_id
    content: JsonObject = {"left_chat_member": leaver.as_user()}
    # The bot is not told of its own removal by a message: it is no longer there to read it.
    service = () if is_bot else _service(sim, chat, actor, content)
    status = "left" if actor.user_id == leaver.user_id else "kicked"
    changed = sets_status(sim, chat, actor, leaver, status)
    if is_bot:
        sim.world.new_message(chat, actor, content)
    return Event(before, service + changed.update_ids)


def sets_status(
    sim: Simulation,
    chat: Chat,
    actor: Person,
    subject: Person,
    status: str,
    rights: Mapping[str, bool] | None = None,
) -> Event:
    """Make somebody administrator (with `rights` that differ from the usual), member, restricted, left or kicked."""
    before = sim.journal.version
    old, new = chat.membership(subject.user_id), Membership(status, rights=rights or {})
    chat.members[subject.user_id] = new
    ids = tell_membership(sim, chat, actor, subject, (old, new))
    sim.world.touch(chat, None, "membership")
    return Event(before, ids)


def adds_bot_by_link(sim: Simulation, chat: Chat, person: Person, payload: str, rights: str = "") -> Event:
    """Open ``t.me/bot?startgroup=…&admin=…``: the bot is added and gets its start command.

    It becomes administrator with the rights asked for where the person may give them: others add it as a member.
    """
    bot = sim.world.bot
    is_there = chat.membership(bot.user_id).is_inside
    joined = Event(sim.journal.version) if is_there else joins(sim, chat, person, bot)
    wanted = {f"can_{right}" for right in rights.split("+") if right}
    told = joined.update_ids
    if wanted and chat.membership(person.user_id).may("can_promote_members"):
        kept = {name for name in ADMINISTRATOR_RIGHTS if is_there and chat.membership(bot.user_id).may(name)}
        given = {name: name in wanted | kept for name in ADMINISTRATOR_RIGHTS if name != "can_manage_chat"}
        told += sets_status(sim, chat, person, bot, "administrator", given).update_ids
    started = says(sim, person, chat, f"/start@{bot.username} {payload}".strip())
    return Event(joined.version, told + started.update_ids, started.message)


def begins_topic(sim: Simulation, chat: Chat, person: Person, name: str) -> Topic:
    """Begin a topic in a forum: the message that says so gives it its number."""
    if not chat.is_forum:
        msg = f"{chat.title} has no topics"
        raise NobodyThereError(msg)
    content = {"forum_topic_created": {"name": name, "icon_color": TOPIC_COLOUR}}
    message = sim.world.new_message(chat, person, content)
    message.body |= {"message_thread_id": message.message_id, "is_topic_message": True}
    topic = Topic(message.message_id, name)
    chat.topics[topic.thread_id] = topic
    tell_bot(sim, chat, message)
    return topic


def changes_topic(sim: Simulation, chat: Chat, thread_id: int, change: str) -> None:
    """Close, reopen or delete a topic; with a deleted one go its messages."""
    topic = chat.topics[thread_id]
    topic.is_closed = change == "close"
    if change == "delete":
        del chat.topics[thread_id]
        for message in [each for each in chat.messages.values() if thread_of(each.body) == thread_id]:
            del chat.messages[message.message_id]
            chat.pinned = [pinned for pinned in chat.pinned if pinned != message.message_id]
    sim.world.touch(chat, None, "topic")


def upgrades(sim: Simulation, chat: Chat, actor: Person) -> tuple[Chat, Event]:
    """Turn a group into a supergroup: a new id, the same people, two service messages."""
    before = sim.journal.version
    new_chat = sim.world.add_group(chat.title, actor, is_supergroup=True)
    new_chat.members = dict(chat.members)
    new_chat.is_muted = chat.is_muted
    old = _service(sim, chat, actor, {"migrate_to_chat_id": new_chat.chat_id})
    chat.migrated_to = new_chat.chat_id
    sim.world.touch(chat, None, "membership")
    new = _service(sim, new_chat, actor, {"migrate_from_chat_id": chat.chat_id})
    return new_chat, Event(before, old + new)


def _service(sim: Simulation, chat: Chat, actor: Person, content: JsonObject) -> tuple[int, ...]:
    message = sim.world.new_message(chat, actor, content)
    return tell_bot(sim, chat, message)
