"""Bot API methods that ask about chats, and those about the bot itself."""

from __future__ import annotations

from collections.abc import Mapping

from simulator.api_error import bad_request
from simulator.json_types import JsonList, JsonObject
from simulator.methods.call import Call, Method
from simulator.people.groups import leaves
from simulator.simulation import Simulation
from simulator.world.bot_profile import command_key
from simulator.world.model import Chat, Membership

_CHAT_ACTIONS = frozenset(
    {
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    }
)
_NO_GIFTS = {
    "unlimited_gifts": False,
    "limited_gifts": False,
    "unique_gifts": False,
    "premium_subscription": False,
    "gifts_from_channels": False,
}


def get_me(sim: Simulation, _: Call) -> JsonObject:
    """Who the bot is."""
    return {
        **sim.world.bot.as_user(),
        "can_join_groups": True,
        "can_read_all_group_messages": not sim.config.privacy_mode,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def get_file(sim: Simulation, call: Call) -> JsonObject:
    """Where a file can be downloaded."""
    return sim.world.files.get(call.values["file_id"]).as_file()


def get_chat(sim: Simulation, call: Call) -> JsonObject:
    """All that is known of a chat."""
    chat = _visible_chat(sim, call)
    full = {
        **sim.world.chat_json(chat),
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": _NO_GIFTS,
    }
    pinned = chat.messages.get(chat.pinned[-1]) if chat.pinned else None
    return full | ({"pinned_message": pinned.body} if pinned else {})


def get_chat_member(sim: Simulation, call: Call) -> JsonObject:
    """What somebody is in a group; in a private chat both sides are members."""
    chat = _visible_chat(sim, call)
    user_id = call.values["user_id"]
    if sim.world.user_json(user_id) is None:
        raise bad_request("user not found")
    if not chat.is_group:
        return Membership("member").as_chat_member(sim.world.person(user_id))
    return chat.membership(user_id).as_chat_member(sim.world.person(user_id))


def get_chat_administrators(sim: Simulation, call: Call) -> JsonList:
    """Creator and administrators, other bots left out."""
    chat = _group(sim, call)
    return [
        membership.as_chat_member(sim.world.person(user_id))
        for user_id, membership in chat.members.items()
        if membership.is_administrator and user_id != sim.world.bot.user_id
    ]


def get_chat_member_count(sim: Simulation, call: Call) -> int:
    """How many are in a chat."""
    chat = _visible_chat(sim, call)
    return sum(member.is_inside for member in chat.members.values()) if chat.is_group else 2


def leave_chat(sim: Simulation, call: Call) -> bool:
    """The bot goes."""
    chat = _group(sim, call)
    leaves(sim, chat, sim.world.bot, sim.world.bot)
    return True


def send_chat_action(sim: Simulation, call: Call) -> bool:
    """Show "typing…" for a moment."""
    chat = sim.world.chat_to_write_in(call.values["chat_id"])
    if call.values["action"] not in _CHAT_ACTIONS:
        raise bad_request("wrong parameter action in request")
    sim.journal.record("action", chat_id=chat.chat_id, action=call.values["action"])
    return True


def set_my_commands(sim: Simulation, call: Call) -> bool:
    """Set the menu of commands for a scope."""
    values = call.values
    _check_scope(sim, values.get("scope") or {})
    language = values.get("language_code") or ""
    sim.profile.set_commands(values.get("scope"), language, values["commands"])
    sim.journal.record("commands")
    return True


def _check_scope(sim: Simulation, scope: JsonObject) -> None:
    """ApiError 400 for a chat or person the bot doesn't know; what is for administrators is for groups."""
    if "chat_id" not in scope:
        return
    chat = sim.world.chat_to_write_in(scope["chat_id"])
    if scope["type"] != "chat" and not chat.is_group:
        raise bad_request("can't use this scope in a private chat")
    if "user_id" in scope and sim.world.user_json(scope["user_id"]) is None:
        raise bad_request("user not found")


def get_my_commands(sim: Simulation, call: Call) -> JsonList:
    """The menu of commands of a scope."""
    key = command_key(call.values.get("scope"), call.values.get("language_code"))
    return sim.profile.commands.get(key, [])


def delete_my_commands(sim: Simulation, call: Call) -> bool:
    """Take the menu of a scope away."""
    key = command_key(call.values.get("scope"), call.values.get("language_code"))
    sim.profile.commands.pop(key, None)
    sim.journal.record("commands")
    return True


def get_my_name(sim: Simulation, call: Call) -> JsonObject:
    """The bot's name in a language."""
    return {"name": _text(sim, call, "name") or sim.config.bot_name}


def get_my_description(sim: Simulation, call: Call) -> JsonObject:
    """What an empty chat with the bot shows."""
    return {"description": _text(sim, call, "description")}


def get_my_short_description(sim: Simulation, call: Call) -> JsonObject:
    """What the bot's profile shows."""
    return {"short_description": _text(sim, call, "short_description")}


def set_menu_button(sim: Simulation, call: Call) -> bool:
    """Set the button beside the field of one private chat, or of all that have none of their own."""
    chat_id = call.values.get("chat_id") or 0
    if chat_id and sim.world.chat_to_write_in(chat_id).is_group:
        raise bad_request("chat not found")
    sim.profile.menu_buttons[chat_id] = call.values.get("menu_button") or {"type": "default"}
    sim.journal.record("menu_button", chat_id=chat_id)
    return True


def get_menu_button(sim: Simulation, call: Call) -> JsonObject:
    """The button beside the field of a private chat."""
    return sim.profile.menu_button(call.values.get("chat_id") or 0)


def _text(sim: Simulation, call: Call, name: str) -> str:
    language = call.values.get("language_code") or ""
    texts = sim.profile.texts
    return texts.get((name, language)) or texts.get((name, ""), "")


def _text_setter(name: str, longest: int) -> Method:
    """A method that sets one of the bot's texts."""

    def set_text(sim: Simulation, call: Call) -> bool:
        text = call.values.get(name) or ""
        if len(text) > longest:
            raise bad_request(f"bot {name.replace('_', ' ')} is too long")
        sim.profile.texts[(name, call.values.get("language_code") or "")] = text
        return True

    return set_text


def _visible_chat(sim: Simulation, call: Call) -> Chat:
    """A chat the bot may ask about, though perhaps not write in."""
    chat = sim.world.chat_the_bot_means(call.values["chat_id"])
    if chat.is_group:
        is_inside = chat.membership(sim.world.bot.user_id).is_inside and not chat.is_deleted
        return chat if is_inside else sim.world.chat_to_write_in(chat.chat_id)
    if not sim.world.people[chat.chat_id].started:
        raise bad_request("chat not found")
    return chat


def _group(sim: Simulation, call: Call) -> Chat:
    chat = _visible_chat(sim, call)
    if not chat.is_group:
        raise bad_request("there are no administrators in the private chat")
    return chat


METHODS: Mapping[str, Method] = {
    "getMe": get_me,
    "getFile": get_file,
    "getChat": get_chat,
    "getChatMember": get_chat_member,
    "getChatAdministrators": get_chat_administrators,
    "getChatMemberCount": get_chat_member_count,
    "leaveChat": leave_chat,
    "sendChatAction": send_chat_action,
    "setMyCommands": set_my_commands,
    "getMyCommands": get_my_commands,
    "deleteMyCommands": delete_my_commands,
    "getMyName": get_my_name,
    "getMyDescription": get_my_description,
    "getMyShortDescription": get_my_short_description,
    "setMyName": _text_setter("name", 64),
    "setMyDescription": _text_setter("description", 512),
    "setMyShortDescription": _text_setter("short_description", 120),
    "setChatMenuButton": set_menu_button,
    "getChatMenuButton": get_menu_button,
}
