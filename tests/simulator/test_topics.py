"""Topics of a forum: where messages land, and what is refused."""

from __future__ import annotations

from typing import Any

import pytest

from simulator.phones.phone import Group, Person, Simulator
from simulator.rules.contract import load_contract
from tests.simulator.support.bot_side import BotSide

GONE = 4242


@pytest.fixture
async def forum(sim: Simulator, siti: Person) -> Group:
    return await sim.group("Pokja", [siti], with_bot=True, forum=True)


async def sent(bot: BotSide, group: Group, **values: Any) -> tuple[Any, Any]:
    message = await bot.call("sendMessage", chat_id=group.chat_id, text="a", **values)
    assert load_contract().faults_of_object("Message", message) == []
    return message.get("message_thread_id"), message.get("is_topic_message")


async def test_what_is_asked_in_a_topic_is_answered_there(bot: BotSide, siti: Person, forum: Group) -> None:
    topic = await forum.begins_topic("Rapat")
    await siti.types_in(forum, "/papan", topic=topic, settles=False)
    asked = (await bot.newest_update())["message"]
    assert (asked["message_thread_id"], asked["is_topic_message"], asked["chat"]["is_forum"]) == (
        topic,
        True,
        True,
    )
    assert asked["reply_to_message"]["forum_topic_created"]["name"] == "Rapat"
    assert await sent(bot, forum, message_thread_id=topic) == (topic, True)
    assert await sent(bot, forum, reply_parameters={"message_id": asked["message_id"]}) == (topic, True)
    assert await sent(bot, forum) == (None, None)
    assert [message["topic"] for message in await forum.messages(3)] == [topic, topic, None]
    assert "reply_to" not in (await forum.messages(4))[0]


async def test_a_reply_in_a_supergroup_is_in_no_topic(sim: Simulator, bot: BotSide, siti: Person) -> None:
    """It has a thread's number all the same: whoever sends to that is refused."""
    group = await sim.group("Pokja", [siti], with_bot=True, supergroup=True)
    first = await bot.call("sendMessage", chat_id=group.chat_id, text="a")
    await siti.types_in(group, "b", reply_to=first["message_id"], settles=False)
    reply = (await bot.newest_update())["message"]
    assert (reply["message_thread_id"], "is_topic_message" in reply) == (first["message_id"], False)
    refusal = await bot.refusal(
        "sendMessage", chat_id=group.chat_id, text="c", message_thread_id=first["message_id"]
    )
    assert refusal == "400 Bad Request: message thread not found"


@pytest.mark.parametrize(
    ("change", "refusal"),
    [("", ""), ("close", "TOPIC_CLOSED"), ("reopen", ""), ("delete", "message thread not found")],
)
async def test_topics_close_and_go(bot: BotSide, forum: Group, change: str, refusal: str) -> None:
    topic = await forum.begins_topic("Rapat")
    await sent(bot, forum, message_thread_id=topic)
    if change:
        await forum.changes_topic(topic, change)
    answer = await bot.answer("sendMessage", chat_id=forum.chat_id, text="b", message_thread_id=topic)
    assert answer.get("description", "").removeprefix("Bad Request: ") == refusal
    for missing in (1, GONE):
        answer = await bot.answer("sendMessage", chat_id=forum.chat_id, text="b", message_thread_id=missing)
        assert answer["description"] == "Bad Request: message thread not found"
    await forum.makes("bot", "administrator")
    answer = await bot.answer("sendMessage", chat_id=forum.chat_id, text="b", message_thread_id=topic)
    assert answer["ok"] is (change != "delete")
