"""Whom a bot can write to, and what it is told when it can't."""

from __future__ import annotations

import pytest

from simulator.api_error import ApiError
from simulator.control.client import ControlRefusedError
from simulator.phones.phone import Group, Person, Simulator
from tests.simulator.support.bot_side import BotSide


async def refusal(bot: BotSide, chat_id: int) -> str:
    return await bot.refusal("sendMessage", chat_id=chat_id, text="a")


async def test_private_chats(sim: Simulator, bot: BotSide, siti: Person) -> None:
    stranger = await sim.person("Orang Asing")
    assert await refusal(bot, stranger.id) == "400 Bad Request: chat not found"
    assert await refusal(bot, 99) == "400 Bad Request: chat not found"
    await siti.blocks()
    assert await refusal(bot, siti.id) == "403 Forbidden: bot was blocked by the user"
    assert (await bot.newest_update())["my_chat_member"]["new_chat_member"]["status"] == "kicked"
    await siti.starts(settles=False)
    await bot.call("sendMessage", chat_id=siti.id, text="a")
    await siti.deactivates()
    assert await refusal(bot, siti.id) == "403 Forbidden: user is deactivated"


async def test_somebody_from_a_group_who_never_pressed_start(
    sim: Simulator, bot: BotSide, siti: Person
) -> None:
    joko = await sim.person("Joko")
    await sim.group("Pokja", [siti, joko], with_bot=True)
    assert await refusal(bot, joko.id) == "403 Forbidden: bot can't initiate conversation with a user"


@pytest.mark.parametrize(("is_supergroup", "kind"), [(False, "group chat"), (True, "supergroup chat")])
async def test_groups_the_bot_is_not_in(
    sim: Simulator, bot: BotSide, siti: Person, is_supergroup: bool, kind: str
) -> None:
    group = await sim.group("Pokja", [siti], supergroup=is_supergroup)
    assert await refusal(bot, group.chat_id) == f"403 Forbidden: bot is not a member of the {kind}"
    await group.adds("bot")
    await bot.call("sendMessage", chat_id=group.chat_id, text="a")
    await group.removes("bot")
    assert await refusal(bot, group.chat_id) == f"403 Forbidden: bot was kicked from the {kind}"


async def test_a_deleted_and_a_silent_group(bot: BotSide, group: Group) -> None:
    await group.mutes()
    expected = "400 Bad Request: not enough rights to send text messages to the chat"
    assert await refusal(bot, group.chat_id) == expected
    await group.makes("bot", "administrator")
    await bot.call("sendMessage", chat_id=group.chat_id, text="a")
    await group.is_deleted()
    assert await refusal(bot, group.chat_id) == "403 Forbidden: the group chat was deleted"


async def test_an_upgraded_group_says_where_it_went(bot: BotSide, group: Group, siti: Person) -> None:
    new = await group.upgrades()
    with pytest.raises(ApiError) as caught:
        await bot.call("sendMessage", chat_id=group.chat_id, text="a")
    assert caught.value.description == "Bad Request: group chat was upgraded to a supergroup chat"
    assert caught.value.parameters == {"migrate_to_chat_id": new.chat_id}
    services = [update["message"] for update in await bot.updates() if "message" in update]
    moves = [(item.get("migrate_to_chat_id"), item.get("migrate_from_chat_id")) for item in services[-2:]]
    assert moves == [(new.chat_id, None), (None, group.chat_id)]
    assert str(new.chat_id).startswith("-100")
    sent = await bot.call("sendMessage", chat_id=new.chat_id, text="di sini")
    assert sent["chat"]["type"] == "supergroup"
    await new.sees("di sini")


async def test_leaving_is_told_and_lasts(bot: BotSide, group: Group) -> None:
    await bot.call("leaveChat", chat_id=group.chat_id)
    assert (await bot.newest_update())["my_chat_member"]["new_chat_member"]["status"] == "left"
    assert await refusal(bot, group.chat_id) == "403 Forbidden: bot is not a member of the group chat"


async def test_members_and_administrators(bot: BotSide, group: Group, siti: Person, budi: Person) -> None:
    chat = {"chat_id": group.chat_id}
    await group.makes(budi, "administrator")
    administrators = await bot.call("getChatAdministrators", **chat)
    assert [(item["user"]["id"], item["status"]) for item in administrators] == [
        (siti.id, "creator"),
        (budi.id, "administrator"),
    ]
    await group.makes(budi, "restricted")
    restricted = await bot.call("getChatMember", user_id=budi.id, **chat)
    assert (restricted["status"], restricted["is_member"]) == ("restricted", True)
    assert await bot.call("getChatMemberCount", **chat) == 3
    await budi.leaves(group)
    assert (await bot.call("getChatMember", user_id=budi.id, **chat))["status"] == "left"
    assert await bot.refusal("getChatMember", user_id=99, **chat) == "400 Bad Request: user not found"


async def test_pinning_needs_an_administrator(bot: BotSide, group: Group) -> None:
    sent = await bot.call("sendMessage", chat_id=group.chat_id, text="Papan")
    message = {"chat_id": group.chat_id, "message_id": sent["message_id"]}
    await refuses_to_pin(bot, group, sent["message_id"])
    await group.makes("bot", "administrator")
    await bot.call("pinChatMessage", **message)
    assert (await bot.newest_update())["message"]["pinned_message"]["text"] == "Papan"
    assert (await bot.call("getChat", chat_id=group.chat_id))["pinned_message"]["text"] == "Papan"
    notice = await group.newest()
    assert (notice["service"], notice["silent"]) == ("Asisten Pokja menyematkan pesan", False)
    service = {"chat_id": group.chat_id, "message_id": notice["message_id"]}
    expected = "400 Bad Request: service messages can't be pinned"
    assert await bot.refusal("pinChatMessage", **service) == expected
    await bot.call("deleteMessage", **service)
    await group.makes("bot", "administrator", can_pin_messages=False)
    await refuses_to_pin(bot, group, sent["message_id"])
    await group.makes("bot", "administrator")
    await bot.call("unpinChatMessage", chat_id=group.chat_id)
    assert "pinned_message" not in await bot.call("getChat", chat_id=group.chat_id)
    expected = "400 Bad Request: message to unpin not found"
    assert await bot.refusal("unpinChatMessage", **message) == expected


async def refuses_to_pin(bot: BotSide, group: Group, message_id: int) -> None:
    expected = "400 Bad Request: not enough rights to manage pinned messages in the chat"
    message = {"chat_id": group.chat_id, "message_id": message_id}
    assert await bot.refusal("pinChatMessage", **message) == expected
    assert await bot.refusal("unpinChatMessage", **message) == expected


@pytest.mark.parametrize(
    ("link", "owner", "rights"),
    [
        ("startgroup=g1&admin=pin_messages", True, {"can_pin_messages"}),
        ("startgroup=g1&admin=pin_messages+manage_topics", True, {"can_pin_messages", "can_manage_topics"}),
        ("startgroup=g1", True, None),
        ("startgroup=g1&admin=pin_messages", False, None),
    ],
)
async def test_a_link_asks_for_rights_that_only_the_owner_can_give(
    sim: Simulator, bot: BotSide, siti: Person, budi: Person, link: str, owner: bool, rights: set[str] | None
) -> None:
    group = await sim.group("Pokja", [siti, budi], supergroup=True)
    await (siti if owner else budi).opens(f"https://t.me/asisten_pokja_bot?{link}", group, settles=False)
    me = (await bot.call("getMe"))["id"]
    found = await bot.call("getChatMember", chat_id=group.chat_id, user_id=me)
    given = {name for name, is_given in found.items() if name.startswith("can_") and is_given is True}
    assert given == (rights | {"can_manage_chat"} if rights else set())
    assert (await bot.newest_update())["message"]["text"] == "/start@asisten_pokja_bot g1"


async def test_whoever_blocked_the_bot_or_is_elsewhere_cannot_write(
    sim: Simulator, siti: Person, group: Group
) -> None:
    await siti.blocks()
    with pytest.raises(ControlRefusedError, match="can't write there"):
        await siti.types("halo")
    stranger = await sim.person("Orang Asing")
    with pytest.raises(ControlRefusedError, match="is not in Pokja"):
        await stranger.types_in(group, "halo")
