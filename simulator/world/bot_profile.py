"""What the bot says of itself: names, descriptions, commands by scope."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from simulator.api_error import bad_request
from simulator.json_types import JsonList, JsonObject

MAXIMUM_COMMANDS = 100
_COMMAND = re.compile(r"[a-z0-9_]{1,32}\Z")
_MAXIMUM_DESCRIPTION = 256
CommandKey = tuple[str, int, int, str]


@dataclass
class BotProfile:
    """Texts by language and commands by scope and language."""

    texts: dict[tuple[str, str], str] = field(default_factory=dict)
    commands: dict[CommandKey, JsonList] = field(default_factory=dict)
    menu_buttons: dict[int, JsonObject] = field(default_factory=dict)

    def set_commands(self, scope: JsonObject | None, language: str, commands: JsonList) -> None:
        """Keep the commands of one scope; ApiError 400 for names Telegram refuses."""
        if len(commands) > MAXIMUM_COMMANDS:
            raise bad_request("BOT_COMMANDS_TOO_MUCH")
        self.commands[command_key(scope, language)] = [_checked(item) for item in commands]

    def menu_button(self, chat_id: int) -> JsonObject:
        """The button beside the field of a private chat; 0 asks for the one of all that have none of their own."""
        return self.menu_buttons.get(chat_id) or self.menu_buttons.get(0) or {"type": "commands"}

    def commands_shown(self, chat_id: int, user_id: int, *, is_admin: bool) -> JsonList:
        """The menu a person sees in a chat: the narrowest scope that has commands."""
        for kind, chat, user in _scopes(chat_id, user_id, is_admin=is_admin):
            for language in ("id", ""):
                if found := self.commands.get((kind, chat, user, language)):
                    return found
        return []


def command_key(scope: JsonObject | None, language: str | None) -> CommandKey:
    """How a scope is looked up."""
    given = scope or {"type": "default"}
    chat_id = int(given.get("chat_id", 0))
    return given["type"], chat_id, given.get("user_id", 0), language or ""


def _checked(command: JsonObject) -> JsonObject:
    name = command["command"].removeprefix("/")
    if not _COMMAND.match(name):
        raise bad_request("BOT_COMMAND_INVALID")
    if not 1 <= len(command["description"]) <= _MAXIMUM_DESCRIPTION:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": name, "description": command["description"]}


def _scopes(chat_id: int, user_id: int, *, is_admin: bool) -> list[tuple[str, int, int]]:
    """Telegram's order of preference for one chat."""
    if chat_id > 0:
        return [("chat", chat_id, 0), ("all_private_chats", 0, 0), ("default", 0, 0)]
    for_admins = [("chat_administrators", chat_id, 0)] if is_admin else []
    all_admins = [("all_chat_administrators", 0, 0)] if is_admin else []
    return [
        ("chat_member", chat_id, user_id),
        *for_admins,
        ("chat", chat_id, 0),
        *all_admins,
        ("all_group_chats", 0, 0),
        ("default", 0, 0),
    ]
