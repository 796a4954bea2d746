"""Control API: groups, chats, the clock, switches, robots and what was recorded."""

from __future__ import annotations

from simulator.control.arguments import ControlError, actor_of, chat_of, flag, integer, person_of, required
from simulator.control.people import Handler, event_view
from simulator.json_types import JsonList, JsonObject
from simulator.people import groups
from simulator.people.actions import tell_bot
from simulator.people.views import chat_view, chats_of, messages_view, person_view
from simulator.rules.robots import Rule
from simulator.simulation import Simulation
from simulator.world.model import Chat, Membership
from simulator.world.records import OrderedFailure

_RICH_ANSWERS = {"on", "404", "400"}


def state(sim: Simulation, _: JsonObject) -> JsonObject:
    """Everything the page needs to draw itself."""
    texts = sim.profile.texts
    description = texts.get(("description", "id")) or texts.get(("description", ""), "")
    return {
        "version": sim.journal.version,
        "bot": {**person_view(sim.world.bot), "description": description},
        "users": [
            {**person_view(person), "chats": chats_of(sim, person)} for person in sim.world.people.values()
        ],
        "groups": all_groups(sim, {}),
        "clock": clock(sim, {}),
        "robots": robots(sim, {}),
        "switches": switches(sim, {}),
    }


def all_groups(sim: Simulation, _: JsonObject) -> JsonList:
    """All groups, upgraded ones too."""
    return [chat_view(sim, chat) for chat in sim.world.chats.values() if chat.is_group]


def add_group(sim: Simulation, arguments: JsonObject) -> JsonObject:
    """A new group: `title`, `creator`, `members`; `supergroup`, `forum`; with `with_bot` the creator adds the bot."""
    creator = person_of(sim, arguments, "creator")
    is_super = flag(arguments, "supergroup") or flag(arguments, "forum")
    chat = sim.world.add_group(str(required(arguments, "title")), creator, is_supergroup=is_super)
    chat.is_forum = flag(arguments, "forum")
    for user_id in arguments.get("members", []):
        chat.members.setdefault(sim.world.person(user_id).user_id, Membership("member"))
    created = sim.world.new_message(chat, creator, {"group_chat_created": True})
    tell_bot(sim, chat, created)
    if flag(arguments, "with_bot"):
        groups.joins(sim, chat, creator, sim.world.bot)
    return chat_view(sim, chat)


def add_member(sim: Simulation, arguments: JsonObject) -> JsonObject:
    """Add a person, or ``"bot"``, to a group."""
    chat = chat_of(sim, arguments)
    newcomer = person_of(sim, arguments)
    return event_view(sim, groups.joins(sim, chat, actor_of(sim, arguments, chat), newcomer))


def set_status(sim: Simulation, arguments: JsonObject) -> JsonObject:
    """Set somebody's status: administrator (`rights` that differ from the usual), member, restricted and so on."""
    chat, subject = chat_of(sim, arguments), person_of(sim, arguments)
    status = str(required(arguments, "status"))
    actor = actor_of(sim, arguments, chat)
    rights = arguments.get("rights") or {}
    return event_view(sim, groups.sets_status(sim, chat, actor, subject, status, rights))


def add_topic(sim: Simulation, arguments: JsonObject) -> JsonObject:
    """A new topic of a forum: `name`."""
    chat = chat_of(sim, arguments)
    topic = groups.begins_topic(sim, chat, actor_of(sim, arguments, chat), str(required(arguments, "name")))
    return {"thread_id": topic.thread_id, "name": topic.name}


def change_topic(sim: Simulation, arguments: JsonObject) -> JsonObject:
    """Close, reopen or delete a topic."""
    chat, thread_id = chat_of(sim, arguments), integer(arguments, "thread_id") or 0
    groups.changes_topic(sim, chat, thread_id, str(required(arguments, "change")))
    return chat_view(sim, chat)


def remove_member(sim: Simulation, arguments: JsonObject) -> JsonObject:
    """Remove a person, or ``"bot"``, from a group."""
    chat, leaver = chat_of(sim, arguments), person_of(sim, arguments)
    return event_view(sim, groups.leaves(sim, chat, actor_of(sim, arguments, chat), leaver))


def upgrade(sim: Simulation, arguments: JsonObject) -> JsonObject:
    """Make a group a supergroup; the answer is the new one."""
    chat = chat_of(sim, arguments)
    new_chat, event = groups.upgrades(sim, chat, actor_of(sim, arguments, chat))
    return {**event_view(sim, event), "group": chat_view(sim, new_chat)}


def mute(sim: Simulation, arguments: JsonObject) -> JsonObject:
    """Forbid members to write; the bot too, unless it is administrator."""
    chat = chat_of(sim, arguments)
    chat.is_muted = bool(arguments.get("on", True))
    return chat_view(sim, chat)


def delete_group(sim: Simulation, arguments: JsonObject) -> JsonObject:
    """The group is gone for all."""
    chat = chat_of(sim, arguments)
    chat.is_deleted = True
    return chat_view(sim, chat)


def messages(sim: Simulation, arguments: JsonObject) -> JsonObject:
    """The newest messages of a chat; with `user` only if that person can read it."""
    chat = chat_of(sim, arguments)
    reader = integer(arguments, "user")
    if reader is not None and not _can_read(chat, reader):
        msg = f"{reader} is not in chat {chat.chat_id}"
        raise ControlError(msg)
    return messages_view(sim, chat, integer(arguments, "last", 30) or 30)


def _can_read(chat: Chat, user_id: int) -> bool:
    is_inside = chat.membership(user_id).is_inside
    return is_inside if chat.is_group else chat.chat_id == user_id


def delete_messages(sim: Simulation, arguments: JsonObject) -> JsonObject:
    """Somebody deletes a message, so that the bot finds it gone."""
    chat = chat_of(sim, arguments)
    message = chat.messages.pop(integer(arguments, "message_id") or 0, None)
    if message is None:
        raise ControlError("no such message")
    sim.world.touch(chat, message, "deleted")
    return {"version": sim.journal.version}


def all_taps(sim: Simulation, arguments: JsonObject) -> JsonList:
    """Every tap with its answer; `user_id` narrows."""
    user_id = integer(arguments, "user_id")
    taps = sim.taps.taps.values()
    return [tap.as_report() for tap in taps if user_id in {None, tap.user_id}]


def faults(sim: Simulation, _: JsonObject) -> JsonList:
    """Faults of the bot against the contract."""
    return sim.records.faults


def forget_records(sim: Simulation, _: JsonObject) -> JsonObject:
    """Clear faults and counters."""
    sim.records.forget()
    return {}


def counters(sim: Simulation, _: JsonObject) -> JsonObject:
    """Calls by method, errors by code, refusals by flood control, what is pending."""
    taps = sim.taps.taps.values()
    return {
        "calls": dict(sim.records.calls),
        "errors": dict(sim.records.errors),
        "refused_by_flood": sim.records.refused_by_flood,
        "pending_updates": len(sim.updates.pending),
        "taps": len(taps),
        "answered_taps": sum(1 for tap in taps if tap.answer is not None),
        "polls": sim.poll_number,
    }


def calls(sim: Simulation, arguments: JsonObject) -> JsonList:
    """Every call in order: method, chat, answer code, time."""
    method = arguments.get("method")
    return [call for call in sim.records.log if method in {None, call["method"]}]


def switches(sim: Simulation, arguments: JsonObject) -> JsonObject:
    """Set `rich` ("on", "404", "400"), `styles`, `flood`, `latency`, `share_500`, `share_429`."""
    if "rich" in arguments:
        if arguments["rich"] not in _RICH_ANSWERS:
            raise ControlError("rich is one of on, 404, 400")
        sim.rich_answer = arguments["rich"]
    if "styles" in arguments:
        sim.knows_styles = bool(arguments["styles"])
    if "flood" in arguments:
        sim.flood.enabled = bool(arguments["flood"])
    for name in ("latency", "share_500", "share_429"):
        setattr(sim.failures, name, float(arguments.get(name, getattr(sim.failures, name))))
    return {
        "rich": sim.rich_answer,
        "styles": sim.knows_styles,
        "flood": sim.flood.enabled,
        "latency": sim.failures.latency,
        "share_500": sim.failures.share_500,
        "share_429": sim.failures.share_429,
    }


def order_failures(sim: Simulation, arguments: JsonObject) -> JsonObject:
    """Let the `next` calls fail: `kind` is "drop", "429", "500" or another code."""
    failure = OrderedFailure(
        kind=str(required(arguments, "kind")),
        remaining=integer(arguments, "next", 1) or 1,
        method=str(arguments.get("method") or ""),
        after_effect=flag(arguments, "after_effect"),
        retry_after=integer(arguments, "retry_after", 1) or 1,
        description=str(arguments.get("description") or ""),
    )
    sim.failures.ordered.append(failure)
    return {"ordered": len(sim.failures.ordered)}


def forget_failures(sim: Simulation, _: JsonObject) -> JsonObject:
    """Cancel ordered failures."""
    sim.failures.ordered.clear()
    return {}


def robots(sim: Simulation, arguments: JsonObject) -> JsonObject:
    """Set who answers by themselves and how; what is left out stays."""
    rules = sim.robots
    if "users" in arguments:
        rules.users = set(arguments["users"])
    if "rules" in arguments:
        rules.rules = [_rule(given) for given in arguments["rules"]]
    if "avoid" in arguments:
        rules.avoided = tuple(arguments["avoid"])
    if "delay" in arguments:
        rules.delay = (float(arguments["delay"][0]), float(arguments["delay"][1]))
    if "on" in arguments:
        rules.is_on = bool(arguments["on"])
        sim.journal.record("robots", on=rules.is_on)
    return {"on": rules.is_on, "users": sorted(rules.users), "delay": list(rules.delay)}


def _rule(given: JsonObject) -> Rule:
    types, taps = given.get("types", []), given.get("taps", [])
    return Rule(str(required(given, "when")), tuple(types), tuple(taps))


def clock(sim: Simulation, arguments: JsonObject) -> JsonObject:
    """The time; with `forward` it moves on first."""
    if "forward" in arguments:
        sim.clock.forward(float(arguments["forward"]))
        sim.journal.record("clock", now=sim.clock.now(), offset=sim.clock.offset)
    return {"now": sim.clock.now(), "offset": sim.clock.offset}


ROUTES: list[tuple[str, str, Handler]] = [
    ("GET", "/state", state),
    ("GET", "/groups", all_groups),
    ("POST", "/groups", add_group),
    ("POST", "/groups/{chat_id:str}/members", add_member),
    ("POST", "/groups/{chat_id:str}/status", set_status),
    ("POST", "/groups/{chat_id:str}/remove", remove_member),
    ("POST", "/groups/{chat_id:str}/topics", add_topic),
    ("POST", "/groups/{chat_id:str}/topics/{thread_id:int}", change_topic),
    ("POST", "/groups/{chat_id:str}/upgrade", upgrade),
    ("POST", "/groups/{chat_id:str}/mute", mute),
    ("POST", "/groups/{chat_id:str}/delete", delete_group),
    ("GET", "/chats/{chat_id:str}/messages", messages),
    ("DELETE", "/chats/{chat_id:str}/messages/{message_id:int}", delete_messages),
    ("GET", "/taps", all_taps),
    ("GET", "/faults", faults),
    ("DELETE", "/faults", forget_records),
    ("GET", "/counters", counters),
    ("GET", "/calls", calls),
    ("GET", "/switches", switches),
    ("POST", "/switches", switches),
    ("POST", "/failures", order_failures),
    ("DELETE", "/failures", forget_failures),
    ("GET", "/robots", robots),
    ("POST", "/robots", robots),
]
