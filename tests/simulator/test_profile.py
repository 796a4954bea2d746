"""Commands by scope and the bot's texts."""

from __future__ import annotations

import pytest

from simulator.phones.phone import Group, Person, Simulator
from tests.simulator.support.bot_side import BotSide


def commands(*names: str) -> list[dict[str, str]]:
    return [{"command": name, "description": f"Perintah {name}"} for name in names]


async def test_people_see_the_commands_of_the_narrowest_scope(
    sim: Simulator, bot: BotSide, siti: Person, budi: Person
) -> None:
    group = await sim.group("Pokja", [siti, budi], with_bot=True)
    await bot.call("setMyCommands", commands=commands("bantuan"))
    await bot.call("setMyCommands", commands=commands("menu"), scope={"type": "all_private_chats"})
    admins = {"type": "chat_administrators", "chat_id": group.chat_id}
    await bot.call("setMyCommands", commands=commands("hubungkan"), scope=admins)
    await bot.call("setMyCommands", commands=commands("ketua"), scope={"type": "chat", "chat_id": siti.id})
    seen = [
        await siti.commands(),
        await budi.commands(),
        await siti.commands(group),
        await budi.commands(group),
    ]
    assert seen == [["ketua"], ["menu"], ["hubungkan"], ["bantuan"]]
    assert await bot.call("getMyCommands", scope={"type": "all_private_chats"}) == commands("menu")
    await bot.call("deleteMyCommands", scope={"type": "chat", "chat_id": siti.id})
    assert await siti.commands() == ["menu"]
    for scope, refusal in (
        ({"type": "chat", "chat_id": 99}, "chat not found"),
        ({"type": "chat_member", "chat_id": group.chat_id, "user_id": 99}, "user not found"),
        ({"type": "chat_administrators", "chat_id": siti.id}, "can't use this scope in a private chat"),
    ):
        refused = await bot.refusal("setMyCommands", commands=commands("menu"), scope=scope)
        assert refused == f"400 Bad Request: {refusal}"


async def test_the_menu_button_is_for_private_chats(bot: BotSide, siti: Person, group: Group) -> None:
    app = {"type": "web_app", "text": "Buka", "web_app": {"url": "https://contoh.go.id"}}
    assert await bot.call("getChatMenuButton") == {"type": "commands"}
    await bot.call("setChatMenuButton", chat_id=siti.id, menu_button=app)
    assert await bot.call("getChatMenuButton", chat_id=siti.id) == app
    assert await bot.call("getChatMenuButton") == {"type": "commands"}
    refusal = await bot.refusal("setChatMenuButton", chat_id=group.chat_id, menu_button=app)
    assert refusal == "400 Bad Request: chat not found"


@pytest.mark.parametrize(
    ("command", "refusal"),
    [
        ({"command": "Menu", "description": "a"}, "BOT_COMMAND_INVALID"),
        ({"command": "a" * 33, "description": "a"}, "BOT_COMMAND_INVALID"),
        ({"command": "menu", "description": ""}, "BOT_COMMAND_DESCRIPTION_INVALID"),
        ({"command": "menu", "description": "a" * 257}, "BOT_COMMAND_DESCRIPTION_INVALID"),
    ],
)
async def test_commands_are_checked(bot: BotSide, command: dict[str, str], refusal: str) -> None:
    assert await bot.refusal("setMyCommands", commands=[command]) == f"400 Bad Request: {refusal}"


async def test_names_and_descriptions_are_kept(bot: BotSide) -> None:
    await bot.call("setMyDescription", description="Membantu Pokja")
    await bot.call("setMyShortDescription", short_description="Pendek")
    await bot.call("setMyName", name="Asisten")
    assert await bot.call("getMyDescription") == {"description": "Membantu Pokja"}
    assert await bot.call("getMyShortDescription", language_code="id") == {"short_description": "Pendek"}
    assert await bot.call("getMyName") == {"name": "Asisten"}
    refusal = await bot.refusal("setMyShortDescription", short_description="a" * 121)
    assert refusal == "400 Bad Request: bot short description is too long"
