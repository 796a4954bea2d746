"""What the bot is told of a group."""

from __future__ import annotations

import re

from simulator.json_types import JsonObject
from simulator.world.model import Chat, Person

_SERVICE_FIELDS = frozenset(
    {
        "new_chat_members",
        "left_chat_member",
        "group_chat_created",
        "supergroup_chat_created",
        "migrate_to_chat_id",
        "migrate_from_chat_id",
        "pinned_message",
        "forum_topic_created",
        "forum_topic_closed",
        "forum_topic_reopened",
        "new_chat_title",
    }
)
_COMMAND = re.compile(r"/[A-Za-z0-9_]+(?:@(\w+))?")


def is_service(body: JsonObject) -> bool:
    """Whether the app wrote it in the middle of a group, and nobody said it."""
    return not _SERVICE_FIELDS.isdisjoint(body)


def bot_sees(chat: Chat, body: JsonObject, bot: Person, *, privacy_mode: bool) -> bool:
    """Whether a message somebody wrote reaches the bot.

    With privacy mode a bot that is no administrator gets commands, replies to itself and
    service messages.
    """
    if not chat.is_group:
        return True
    membership = chat.membership(bot.user_id)
    if not membership.is_inside:
        return False
    if not privacy_mode or membership.is_administrator or is_service(body):
        return True
    replied = body.get("reply_to_message", {}).get("from", {}).get("id")
    return replied == bot.user_id or _is_command_for(body.get("text", ""), bot.username)


def _is_command_for(text: str, bot_username: str) -> bool:
    found = _COMMAND.match(text)
    return found is not None and (found[1] or bot_username).lower() == bot_username.lower()
