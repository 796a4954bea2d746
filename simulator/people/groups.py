"""What happens in groups: people and the bot come and go, become administrators, groups grow."""

from __future__ import annotations

from simulator.json_types import JsonObject
from simulator.people.actions import Event, says, tell_bot, tell_membership
from simulator.simulation import Simulation
from simulator.world.model import Chat, Membership, Person


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


def sets_status(sim: Simulation, chat: Chat, actor: Person, subject: Person, status: str) -> Event:
    """Make somebody administrator, member, restricted, left or kicked."""
    before = sim.journal.version
    old, new = chat.membership(subject.user_id), Membership(status)
    chat.members[subject.user_id] = new
    ids = tell_membership(sim, chat, actor, subject, (old, new))
    sim.world.touch(chat, None, "membership")
    return Event(before, ids)


def adds_bot_by_link(sim: Simulation, chat: Chat, person: Person, payload: str) -> Event:
    """Open ``t.me/bot?startgroup=…``: the bot is added and gets its start command."""
    bot = sim.world.bot
    is_there = chat.membership(bot.user_id).is_inside
    joined = Event(sim.journal.version) if is_there else joins(sim, chat, person, bot)
    started = says(sim, person, chat, f"/start@{bot.username} {payload}".strip())
    return Event(joined.version, joined.update_ids + started.update_ids, started.message)


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
