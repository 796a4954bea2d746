"""Topics of forums: where a message lands, and where the bot may write."""

from __future__ import annotations

from simulator.api_error import bad_request
from simulator.json_types import JsonObject
from simulator.world.model import Chat, Membership

TOPIC_COLOUR = 7322096


def thread_of(body: JsonObject) -> int | None:
    """The topic a message stands in; None in General and in chats without topics."""
    return body["message_thread_id"] if body.get("is_topic_message") else None


def place_in_thread(chat: Chat, thread_id: int | None, quoted: JsonObject | None) -> JsonObject:
    """What a new message says of its thread: a reply stays where its original is.

    A reply in a supergroup without topics belongs to a thread, too, which is no topic: nobody can write to it by its
    number.
    """
    thread = thread_id if thread_id is not None else thread_of(quoted or {})
    if chat.is_forum:
        return {"message_thread_id": thread, "is_topic_message": True} if thread is not None else {}
    if chat.kind == "supergroup" and quoted:
        return {"message_thread_id": quoted.get("message_thread_id", quoted["message_id"])}
    return {}


def check_thread(chat: Chat, thread_id: int | None, writer: Membership) -> None:
    """ApiError 400 unless the bot may write in the topic; General is no topic and can't be named."""
    if thread_id is None:
        return
    topic = chat.topics.get(thread_id) if chat.is_forum else None
    if topic is None:
        raise bad_request("message thread not found")
    if topic.is_closed and not writer.may("can_manage_topics"):
        raise bad_request("TOPIC_CLOSED")
