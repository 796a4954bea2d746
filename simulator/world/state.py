"""The state of the simulated world: who exists, who may write where, which messages there are."""

from __future__ import annotations

from dataclasses import dataclass, field

from simulator.api_error import bad_request, forbidden, upgraded
from simulator.clock import Clock
from simulator.json_types import JsonObject
from simulator.world.files import FileStore
from simulator.world.journal import Journal
from simulator.world.model import Chat, Membership, Person, StoredMessage

_FIRST_USER_ID = 5_000_000_001
_FIRST_GROUP_ID = -4_000_000_001
_FIRST_SUPERGROUP_ID = -1_002_000_000_001


class NobodyThereError(LookupError):
    """A test or a phone named a person, chat or message that does not exist."""


@dataclass
class World:
    """People, chats and messages."""

    bot: Person
    clock: Clock
    journal: Journal
    people: dict[int, Person] = field(default_factory=dict)
    chats: dict[int, Chat] = field(default_factory=dict)
    files: FileStore = field(default_factory=FileStore)
    last_message_id: int = 0

    def add_person(
        self, first_name: str, last_name: str = "", username: str = "", user_id: int | None = None
    ) -> Person:
        """A new person with a phone, who has not pressed Start."""
        new_id = user_id or _FIRST_USER_ID + len(self.people)
        person = Person(new_id, first_name, last_name, username)
        self.people[new_id] = person
        self.chats[new_id] = Chat(new_id, "private")
        self.journal.record("person", user_id=new_id)
        return person

    def add_group(self, title: str, creator: Person, *, is_supergroup: bool = False) -> Chat:
        """A new group with its creator in it."""
        first = _FIRST_SUPERGROUP_ID if is_supergroup else _FIRST_GROUP_ID
        chat_id = first - sum(1 for chat in self.chats.values() if chat.is_group)
        chat = Chat(chat_id, "supergroup" if is_supergroup else "group", title)
        chat.members[creator.user_id] = Membership("creator")
        self.chats[chat_id] = chat
        self.journal.record("group", chat_id=chat_id)
        return chat

    def person(self, user_id: int) -> Person:
        """The person (or the bot) with this id; NobodyThereError otherwise."""
        if user_id == self.bot.user_id:
            return self.bot
        if user_id not in self.people:
            msg = f"no person {user_id}"
            raise NobodyThereError(msg)
        return self.people[user_id]

    def chat(self, chat_id: int) -> Chat:
        """The chat with this id; NobodyThereError otherwise."""
        if chat_id not in self.chats:
            msg = f"no chat {chat_id}"
            raise NobodyThereError(msg)
        return self.chats[chat_id]

    def chat_json(self, chat: Chat) -> JsonObject:
        """Telegram's Chat."""
        if not chat.is_group:
            return self.people[chat.chat_id].as_chat()
        forum = {"is_forum": True} if chat.is_forum else {}
        return {"id": chat.chat_id, "type": chat.kind, "title": chat.title, **forum}

    def user_json(self, user_id: int) -> JsonObject | None:
        """Telegram's User, None for an unknown id."""
        known = user_id in self.people or user_id == self.bot.user_id
        return self.person(user_id).as_user() if known else None

    def chat_the_bot_means(self, chat_id: int | str) -> Chat:
        """The chat a call names; ApiError 400 when there is none or it moved away."""
        number = _as_number(chat_id)
        chat = self.chats.get(number) if number is not None else None
        if chat is None:
            raise bad_request("chat not found")
        if chat.migrated_to is not None:
            raise upgraded(chat.migrated_to)
        return chat

    def chat_to_write_in(self, chat_id: int | str) -> Chat:
        """The same, when the bot may write there; else the ApiError Telegram gives."""
        chat = self.chat_the_bot_means(chat_id)
        if chat.is_group:
            self._check_group(chat)
        else:
            self._check_private(self.people[chat.chat_id])
        return chat

    def _check_private(self, person: Person) -> None:
        if person.deactivated:
            raise forbidden("user is deactivated")
        if person.blocked:
            raise forbidden("bot was blocked by the user")
        if not person.started and self._shares_group(person):
            raise forbidden("bot can't initiate conversation with a user")
        if not person.started:
            raise bad_request("chat not found")

    def _shares_group(self, person: Person) -> bool:
        """Somebody from a common group is known to the bot; a stranger is not."""
        ids = (person.user_id, self.bot.user_id)
        groups = [chat for chat in self.chats.values() if chat.is_group]
        return any(all(user_id in chat.members for user_id in ids) for chat in groups)

    def _check_group(self, chat: Chat) -> None:
        kind = "supergroup chat" if chat.kind == "supergroup" else "group chat"
        membership = chat.membership(self.bot.user_id)
        if chat.is_deleted:
            raise forbidden("the group chat was deleted")
        if membership.status == "kicked":
            raise forbidden(f"bot was kicked from the {kind}")
        if not membership.is_inside:
            raise forbidden(f"bot is not a member of the {kind}")
        is_silenced = membership.status == "restricted"
        if is_silenced or (chat.is_muted and not membership.is_administrator):
            raise bad_request("not enough rights to send text messages to the chat")

    def new_message(self, chat: Chat, sender: Person, content: JsonObject) -> StoredMessage:
        """Put a message into a chat, dated now."""
        message_id = self._next_message_id(chat)
        body = {
            "message_id": message_id,
            "from": sender.as_user(),
            "chat": self.chat_json(chat),
            "date": self.clock.now_seconds(),
            **content,
        }
        message = StoredMessage(chat.chat_id, message_id, sender.user_id, body)
        chat.messages[message_id] = message
        self.touch(chat, message, "message")
        return message

    def touch(self, chat: Chat, message: StoredMessage | None, kind: str) -> None:
        """Note that a chat looks different now."""
        details = {"chat_id": chat.chat_id}
        if message is not None:
            details |= {"message_id": message.message_id, "sender_id": message.sender_id}
        chat.version = self.journal.version + 1
        if message is not None:
            message.version = chat.version
            if message.sender_id == self.bot.user_id or kind == "deleted":
                chat.bot_version = chat.version
        self.journal.record(kind, **details)

    def _next_message_id(self, chat: Chat) -> int:
        """Supergroups number their own messages; all other chats of a bot share one row."""
        if chat.kind == "supergroup":
            chat.last_message_id += 1
            return chat.last_message_id
        self.last_message_id += 1
        return self.last_message_id


def _as_number(chat_id: int | str) -> int | None:
    if isinstance(chat_id, int):
        return chat_id
    return int(chat_id) if chat_id.removeprefix("-").isdigit() else None
