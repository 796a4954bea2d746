"""The things in the simulated world: people, chats, memberships, messages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from simulator.json_types import JsonList, JsonObject

ADMINISTRATOR_RIGHTS = {
    "can_be_edited": False,
    "can_manage_chat": True,
    "can_change_info": True,
    "can_delete_messages": True,
    "can_invite_users": True,
    "can_restrict_members": True,
    "can_pin_messages": True,
    "can_promote_members": False,
    "can_manage_topics": True,
    "can_manage_video_chats": True,
    "can_post_stories": False,
    "can_edit_stories": False,
    "can_delete_stories": False,
    "can_send_welcome_messages": False,
    "is_anonymous": False,
}
_RESTRICTABLE = (
    "can_send_messages",
    "can_send_audios",
    "can_send_documents",
    "can_send_photos",
    "can_send_videos",
    "can_send_video_notes",
    "can_send_voice_notes",
    "can_send_polls",
    "can_send_other_messages",
    "can_add_web_page_previews",
    "can_react_to_messages",
    "can_edit_tag",
    "can_change_info",
    "can_invite_users",
    "can_pin_messages",
    "can_manage_topics",
)
RESTRICTED_RIGHTS = dict.fromkeys(_RESTRICTABLE, False)


@dataclass
class Person:
    """Somebody with a phone, or the bot itself."""

    user_id: int
    first_name: str
    last_name: str = ""
    username: str = ""
    is_bot: bool = False
    started: bool = False
    blocked: bool = False
    deactivated: bool = False

    @property
    def name(self) -> str:
        """First and last name as the apps show them."""
        return f"{self.first_name} {self.last_name}".strip()

    def as_user(self) -> JsonObject:
        """Telegram's User."""
        user: JsonObject = {"id": self.user_id, "is_bot": self.is_bot}
        user["first_name"] = self.first_name
        optional = {"last_name": self.last_name, "username": self.username}
        user |= {name: value for name, value in optional.items() if value}
        return user if self.is_bot else {**user, "language_code": "id"}

    def as_chat(self) -> JsonObject:
        """The private chat between this person and the bot."""
        chat: JsonObject = {"id": self.user_id, "type": "private", "first_name": self.first_name}
        optional = {"last_name": self.last_name, "username": self.username}
        return chat | {name: value for name, value in optional.items() if value}


@dataclass(frozen=True)
class Membership:
    """What somebody is in a group: a status of Telegram's ChatMember.

    `rights` are those of an administrator that differ from the usual.
    """

    status: str
    is_member: bool = True
    rights: Mapping[str, bool] = field(default_factory=dict)

    @property
    def is_inside(self) -> bool:
        """Whether the person reads the group now."""
        is_in = self.status in {"creator", "administrator", "member"}
        return is_in or (self.status == "restricted" and self.is_member)

    @property
    def is_administrator(self) -> bool:
        """Creators and administrators."""
        return self.status in {"creator", "administrator"}

    def may(self, right: str) -> bool:
        """Whether the group's creator or an administrator has a right; members' permissions never reach bots."""
        has_it = {**ADMINISTRATOR_RIGHTS, **self.rights}.get(right, False)
        return self.status == "creator" or (self.status == "administrator" and has_it)

    def as_chat_member(self, person: Person) -> JsonObject:
        """Telegram's ChatMember."""
        extra: JsonObject = {}
        match self.status:
            case "creator":
                extra = {"is_anonymous": False}
            case "administrator":
                extra = {**ADMINISTRATOR_RIGHTS, **self.rights}
            case "restricted":
                extra = {**RESTRICTED_RIGHTS, "is_member": self.is_member, "until_date": 0}
            case "kicked":
                extra = {"until_date": 0}
        return {"status": self.status, "user": person.as_user(), **extra}


NOT_A_MEMBER = Membership("left")


@dataclass
class StoredMessage:
    """A message and what the server knows of it beyond what the bot is told; a silent one rings no phone."""

    chat_id: int
    message_id: int
    sender_id: int
    body: JsonObject
    version: int = 0
    is_silent: bool = False


@dataclass
class Topic:
    """A topic of a forum. `thread_id` is the number of the message that began it."""

    thread_id: int
    name: str
    is_closed: bool = False


@dataclass
class Chat:
    """A private chat or a group, with its messages in order. A supergroup with topics is a forum."""

    chat_id: int
    kind: str
    title: str = ""
    members: dict[int, Membership] = field(default_factory=dict)
    messages: dict[int, StoredMessage] = field(default_factory=dict)
    pinned: list[int] = field(default_factory=list)
    migrated_to: int | None = None
    is_deleted: bool = False
    is_muted: bool = False
    is_forum: bool = False
    topics: dict[int, Topic] = field(default_factory=dict)
    version: int = 0
    bot_version: int = 0
    last_message_id: int = 0
    reply_keyboard: JsonList = field(default_factory=list)

    @property
    def is_group(self) -> bool:
        """A group of either kind."""
        return self.kind != "private"

    def membership(self, user_id: int) -> Membership:
        """What `user_id` is here; "left" for strangers, as Telegram says."""
        return self.members.get(user_id, NOT_A_MEMBER)

    def last_bot_message_id(self, bot_id: int) -> int:
        """The newest message of the bot, 0 when there is none."""
        newest_first = reversed(self.messages.values())
        return next((item.message_id for item in newest_first if item.sender_id == bot_id), 0)

    def newest(self, last: int) -> list[StoredMessage]:
        """The last messages, oldest first."""
        return list(self.messages.values())[-last:]
