"""Calls that break the Bot API's contract are refused, and noted for tests to read."""

from __future__ import annotations

from typing import Any

import aiohttp
import pytest

from simulator.phones.phone import Person, Simulator
from simulator.rules.contract import load_contract
from tests.simulator.support.bot_side import BotSide, button, keyboard


@pytest.mark.parametrize(
    ("values", "fault"),
    [
        ({"text": 5}, "sendMessage.text: String expected, got 5"),
        ({}, "sendMessage: 'text' is required"),
        ({"text": "a", "disable_web_page_preview": True}, "unknown field 'disable_web_page_preview'"),
        ({"text": "a", "disable_notification": "ya"}, "disable_notification: Boolean expected, got 'ya'"),
        ({"text": "a", "reply_parameters": {"id": 3}}, "reply_parameters: unknown field 'id'"),
        (
            {"text": "a", "reply_markup": keyboard([{"text": 1, "callback_data": "a"}])},
            "reply_markup.inline_keyboard[0][0].text: String expected, got 1",
        ),
        (
            {"text": "a", "reply_markup": {"inline_keyboard": {"text": "a"}}},
            "inline_keyboard: array of Array of InlineKeyboardButton expected",
        ),
        ({"text": "a", "entities": [{"type": "bold", "offset": 0}]}, "entities[0]: 'length' is required"),
    ],
)
async def test_a_call_against_the_contract_is_refused_and_noted(
    sim: Simulator, bot: BotSide, siti: Person, values: dict[str, Any], fault: str
) -> None:
    refusal = await bot.refusal("sendMessage", chat_id=siti.id, **values)
    assert refusal.startswith("400 Bad Request: contract fault: ")
    assert fault in refusal
    (noted,) = await sim.faults()
    assert (noted["kind"], noted["method"]) == ("contract", "sendMessage")
    assert any(fault in detail for detail in noted["details"])


async def test_a_method_that_is_not_here_is_answered_404_and_noted(sim: Simulator, bot: BotSide) -> None:
    assert await bot.refusal("sendInvoice") == "404 Not Found: method not found"
    assert await bot.refusal("sendNonsense") == "404 Not Found: method not found"
    kinds = [(fault["kind"], fault["method"]) for fault in await sim.faults()]
    assert kinds == [("unsupported method", "sendInvoice"), ("unknown method", "sendNonsense")]


async def test_another_token_is_unauthorized(bot: BotSide) -> None:
    bot.token = "42:other"
    assert await bot.refusal("getMe") == "401 Unauthorized"


async def test_method_names_know_no_case(bot: BotSide) -> None:
    assert (await bot.call("GETME"))["username"] == "asisten_pokja_bot"


async def test_forms_and_query_strings_carry_typed_values(bot: BotSide, siti: Person) -> None:
    values = {
        "chat_id": str(siti.id),
        "text": "12",
        "disable_notification": "true",
        "reply_markup": '{"inline_keyboard": [[{"text": "A", "callback_data": "a"}]]}',
    }
    address = f"{bot.url}/bot{bot.token}/sendMessage"
    async with bot.session.post(address, data=values) as answer:
        sent = (await answer.json())["result"]
    assert (sent["text"], sent["reply_markup"]) == ("12", keyboard([button("A", "a")]))
    async with bot.session.get(address, params={"chat_id": str(siti.id), "text": "a&b"}) as answer:
        assert (await answer.json())["result"]["text"] == "a&b"


async def test_broken_json_is_refused(bot: BotSide) -> None:
    headers = {"Content-Type": "application/json"}
    address = f"{bot.url}/bot{bot.token}/sendMessage"
    async with bot.session.post(address, data=b"{", headers=headers) as answer:
        assert (await answer.json())["description"] == "Bad Request: can't parse JSON object"


async def test_multipart_files_arrive_byte_for_byte(bot: BotSide, siti: Person) -> None:
    content = bytes(range(256)) + b"\r\n--x\r\n"
    form = aiohttp.FormData(
        {"chat_id": str(siti.id), "caption": "<b>é</b>", "parse_mode": "HTML"}, quote_fields=False
    )
    form.add_field("document", "attach://isi")
    form.add_field("isi", content, filename="Notulen é.bin", content_type="application/x-notulen")
    async with bot.session.post(f"{bot.url}/bot{bot.token}/sendDocument", data=form) as answer:
        sent = (await answer.json())["result"]
    assert (sent["document"]["file_name"], sent["document"]["mime_type"]) == (
        "Notulen é.bin",
        "application/x-notulen",
    )
    assert sent["caption"] == "é"
    assert await siti.receives_file("Notulen") == ("Notulen é.bin", content)


async def test_what_the_simulator_sends_keeps_the_contract_too(
    sim: Simulator, bot: BotSide, siti: Person
) -> None:
    contract = load_contract()
    budi = await sim.person("Budi")
    group = await sim.group("Pokja", [siti, budi], with_bot=True)
    await group.makes("bot", "administrator")
    await bot.call(
        "getUpdates", allowed_updates=["message", "callback_query", "my_chat_member", "chat_member"]
    )
    sent = await bot.call(
        "sendMessage", chat_id=group.chat_id, text="A?", reply_markup=keyboard([button("A", "a")])
    )
    await siti.taps_in(group, "A", settles=False)
    await siti.forges("x", 99, inaccessible=True, settles=False)
    await siti.types_in(group, "/menu", reply_to=sent["message_id"], settles=False)
    await siti.sends_sticker(settles=False)
    await siti.sends_contact(settles=False)
    await siti.sends_document("a.txt", b"a", settles=False)
    await siti.blocks()
    await budi.leaves(group)
    await group.upgrades()
    table = "<table><tr><td>c</td></tr></table>"
    html = f"<h1>a</h1><ul><li>b</li></ul>{table}<pre>d</pre><details><summary>e</summary>f</details>"
    await siti.unblocks()
    rich = await bot.call("sendRichMessage", chat_id=siti.id, rich_message={"html": html})
    assert contract.faults_of_object("Message", rich) == []
    updates = await bot.updates()
    assert len(updates) >= 12
    for update in updates:
        assert contract.faults_of_object("Update", update) == []
    for method, values in (("getMe", {}), ("getChat", {"chat_id": siti.id}), ("getWebhookInfo", {})):
        kind = {"getMe": "User", "getChat": "ChatFullInfo", "getWebhookInfo": "WebhookInfo"}[method]
        assert contract.faults_of_object(kind, await bot.call(method, **values)) == []
