"""What the bot is told, and how updates are confirmed."""

from __future__ import annotations

import asyncio

import pytest

from simulator.phones.phone import Person, Simulator
from tests.simulator.support.bot_side import BotSide, button, keyboard

TOO_OLD = "400 Bad Request: query is too old and response timeout expired or query ID is invalid"
CONFLICT = (
    "409 Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
)


async def test_updates_stay_until_confirmed(bot: BotSide, siti: Person) -> None:
    for text in ("satu", "dua", "tiga"):
        await siti.types(text, settles=False)
    first = await bot.updates(limit=2)
    assert first == await bot.updates(limit=2)
    rest = await bot.updates(offset=first[-1]["update_id"] + 1)
    assert [update["message"]["text"] for update in rest] == ["dua", "tiga"]
    assert [update["message"]["text"] for update in await bot.updates(offset=-1)] == ["tiga"]
    assert len(await bot.updates()) == 1


async def test_a_message_is_told_as_telegram_tells_it(bot: BotSide, siti: Person) -> None:
    await siti.starts("kode_123", settles=False)
    message = (await bot.newest_update())["message"]
    assert isinstance(message.pop("message_id"), int)
    assert isinstance(message.pop("date"), int)
    person = {"id": siti.id, "first_name": "Siti", "last_name": "Aminah", "username": "siti_aminah"}
    assert message == {
        "from": {**person, "is_bot": False, "language_code": "id"},
        "chat": {**person, "type": "private"},
        "text": "/start kode_123",
        "entities": [{"type": "bot_command", "offset": 0, "length": 6}],
    }


async def test_a_long_poll_ends_when_something_comes(bot: BotSide, siti: Person) -> None:
    await bot.newest_update()
    polling = asyncio.create_task(bot.updates(timeout=30))
    await siti.types("halo", settles=False)
    assert [update["message"]["text"] for update in await polling] == ["halo"]


async def test_the_older_of_two_pollers_is_sent_away(sim: Simulator, bot: BotSide) -> None:
    older = asyncio.create_task(bot.refusal("getUpdates", timeout=30))
    while not (await sim.counters())["polls"]:
        await sim.wait(after=-1)
    newer = asyncio.create_task(bot.updates(timeout=30))
    assert await older == CONFLICT
    siti = await sim.person("Siti")
    await siti.starts(settles=False)
    assert len(await newer) == 1


async def test_allowed_updates_last_and_chat_member_must_be_asked_for(
    sim: Simulator, bot: BotSide, siti: Person, budi: Person
) -> None:
    group = await sim.group("Pokja", [siti], with_bot=True)
    await group.makes("bot", "administrator")
    await group.adds(budi)
    assert not [update for update in await bot.updates() if "chat_member" in update]
    seen = (await bot.updates())[-1]["update_id"]
    await bot.updates(offset=seen + 1, allowed_updates=["chat_member"])
    await siti.types("tidak diminta", settles=False)
    await group.removes(budi)
    (update,) = await bot.updates()
    assert update["chat_member"]["new_chat_member"]["status"] == "kicked"


async def test_updates_are_kept_a_day_and_taps_150_seconds(
    sim: Simulator, bot: BotSide, siti: Person
) -> None:
    await siti.forges("x", 1, settles=False)
    await sim.forward(seconds=151)
    kinds = [sorted(set(update) - {"update_id"}) for update in await bot.updates()]
    assert kinds == [["message"]]
    await sim.forward(hours=25)
    assert await bot.updates() == []


async def test_a_tap_brings_the_message_and_is_answered_once(
    sim: Simulator, bot: BotSide, siti: Person
) -> None:
    sent = await bot.call(
        "sendMessage", chat_id=siti.id, text="A?", reply_markup=keyboard([button("A", "a:1")])
    )
    await siti.taps("A", settles=False)
    query = (await bot.newest_update())["callback_query"]
    assert (query["data"], query["message"], query["from"]["id"]) == ("a:1", sent, siti.id)
    assert (await sim.counters())["answered_taps"] == 0
    answer = {"callback_query_id": query["id"], "text": "Tercatat", "show_alert": True}
    await bot.call("answerCallbackQuery", **answer)
    assert await siti.toast() == "Tercatat"
    assert (await siti.last_answer())["show_alert"] is True
    assert (await sim.counters())["answered_taps"] == 1
    assert await bot.refusal("answerCallbackQuery", **answer) == TOO_OLD


@pytest.mark.parametrize("text", ["a" * 201, "tepat waktu"])
async def test_answers_are_limited_in_length_and_time(
    sim: Simulator, bot: BotSide, siti: Person, text: str
) -> None:
    event = await siti.forges("x", 1, settles=False)
    answer = {"callback_query_id": event["tap"]["query_id"], "text": text}
    if len(text) > 200:
        assert await bot.refusal("answerCallbackQuery", **answer) == "400 Bad Request: MESSAGE_TOO_LONG"
    await sim.forward(seconds=151)
    assert await bot.refusal("answerCallbackQuery", callback_query_id=event["tap"]["query_id"]) == TOO_OLD
    assert await bot.refusal("answerCallbackQuery", callback_query_id="1") == TOO_OLD


async def test_an_old_message_may_be_inaccessible(bot: BotSide, siti: Person) -> None:
    sent = await bot.call(
        "sendMessage", chat_id=siti.id, text="A?", reply_markup=keyboard([button("A", "a")])
    )
    await siti.forges("a", sent["message_id"], inaccessible=True, settles=False)
    message = (await bot.newest_update())["callback_query"]["message"]
    assert message == {"chat": sent["chat"], "message_id": sent["message_id"], "date": 0}


async def test_somebody_else_may_tap_on_a_message_in_another_chat(
    bot: BotSide, siti: Person, budi: Person
) -> None:
    sent = await bot.call(
        "sendMessage", chat_id=siti.id, text="A?", reply_markup=keyboard([button("A", "a")])
    )
    await budi.forges("a", sent["message_id"], chat_id=siti.id, settles=False)
    query = (await bot.newest_update())["callback_query"]
    assert (query["from"]["id"], query["message"]["chat"]["id"]) == (budi.id, siti.id)


@pytest.mark.parametrize(
    ("text", "is_seen"),
    [
        ("halo semua", False),
        ("/menu", True),
        ("/menu@asisten_pokja_bot", True),
        ("/menu@ASISTEN_POKJA_BOT", True),
        ("/menu@bot_lain_bot", False),
        ("lihat /menu", False),
    ],
)
async def test_privacy_mode_lets_only_commands_through(
    sim: Simulator, bot: BotSide, siti: Person, text: str, is_seen: bool
) -> None:
    group = await sim.group("Pokja", [siti], with_bot=True)
    await bot.newest_update()
    await siti.types_in(group, text, settles=False)
    assert bool(await bot.updates()) is is_seen


async def test_privacy_mode_lets_replies_to_the_bot_through(
    sim: Simulator, bot: BotSide, siti: Person
) -> None:
    group = await sim.group("Pokja", [siti], with_bot=True)
    sent = await bot.call("sendMessage", chat_id=group.chat_id, text="Papan")
    await siti.types_in(group, "balasan", reply_to=sent["message_id"], settles=False)
    assert (await bot.newest_update())["message"]["reply_to_message"]["text"] == "Papan"


async def test_a_startgroup_link_adds_the_bot(sim: Simulator, bot: BotSide, siti: Person) -> None:
    group = await sim.group("Pokja", [siti])
    await bot.newest_update()
    await siti.opens("https://t.me/asisten_pokja_bot?startgroup=kode", group, settles=False)
    member, joined, started = await bot.updates()
    assert member["my_chat_member"]["new_chat_member"]["status"] == "member"
    assert joined["message"]["new_chat_members"][0]["username"] == "asisten_pokja_bot"
    assert started["message"]["text"] == "/start@asisten_pokja_bot kode"
    await siti.opens("t.me/asisten_pokja_bot?start=privat", settles=False)
    assert (await bot.newest_update())["message"]["text"] == "/start privat"
