"""Sending, editing and deleting, with the refusals a bot has to live with."""

from __future__ import annotations

from typing import Any

import aiohttp
import pytest

from simulator.phones.phone import Person, Simulator
from tests.simulator.support.bot_side import BotSide, button, keyboard

NOT_MODIFIED = (
    "400 Bad Request: message is not modified: specified new message content and reply markup are exactly "
    "the same as a current content and reply markup of the message"
)
GONE = 424242


@pytest.mark.parametrize(
    ("values", "refusal"),
    [
        ({"text": ""}, "message text is empty"),
        ({"text": " \n "}, "message text is empty"),
        ({"text": "<b></b>", "parse_mode": "HTML"}, "message text is empty"),
        ({"text": "a" * 4097}, "message is too long"),
        ({"text": "<b", "parse_mode": "HTML"}, "can't parse entities: Unclosed start tag at byte offset 0"),
        ({"text": "a", "reply_markup": keyboard([button("A", "a" * 65)])}, "BUTTON_DATA_INVALID"),
        ({"text": "a", "reply_markup": keyboard([button("A", "é" * 33)])}, "BUTTON_DATA_INVALID"),
        ({"text": "a", "reply_markup": keyboard([button("A", "")])}, "BUTTON_DATA_INVALID"),
        (
            {"text": "a", "reply_markup": keyboard([{"text": "A"}])},
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        ({"text": "a", "reply_markup": keyboard(*[[button("A", "a")]] * 101)}, "reply markup is too long"),
        (
            {"text": "a", "reply_markup": keyboard([button("A", "a")] * 9)},
            "reply markup is too long: a row holds at most 8 buttons",
        ),
        ({"text": "a", "reply_parameters": {"message_id": GONE}}, "message to be replied not found"),
        ({"text": "a", "message_thread_id": 1}, "message thread not found"),
    ],
)
async def test_what_telegram_refuses_is_refused(
    bot: BotSide, siti: Person, values: dict[str, Any], refusal: str
) -> None:
    assert await bot.refusal("sendMessage", chat_id=siti.id, **values) == f"400 Bad Request: {refusal}"


async def test_limits_count_after_parsing(bot: BotSide, siti: Person) -> None:
    sent = await bot.call("sendMessage", chat_id=siti.id, text=f"<b>{'&amp;' * 4096}</b>", parse_mode="HTML")
    assert sent["entities"] == [{"type": "bold", "offset": 0, "length": 4096}]


async def test_a_reply_may_be_sent_without_its_original(bot: BotSide, siti: Person) -> None:
    reply = {"message_id": GONE, "allow_sending_without_reply": True}
    sent = await bot.call("sendMessage", chat_id=siti.id, text="a", reply_parameters=reply)
    assert "reply_to_message" not in sent


async def test_a_reply_holds_its_original(bot: BotSide, siti: Person) -> None:
    question = (await siti.newest())["message_id"]
    sent = await bot.call("sendMessage", chat_id=siti.id, text="a", reply_parameters={"message_id": question})
    assert sent["reply_to_message"]["text"] == "/start"


async def test_an_edit_is_seen_and_the_same_again_is_refused(bot: BotSide, siti: Person) -> None:
    sent = await bot.call(
        "sendMessage", chat_id=siti.id, text="satu", reply_markup=keyboard([button("A", "a")])
    )
    change = {
        "chat_id": siti.id,
        "message_id": sent["message_id"],
        "text": "<b>dua</b>",
        "parse_mode": "HTML",
    }
    edited = await bot.call("editMessageText", **change)
    assert (edited["text"], "reply_markup" in edited, "edit_date" in edited) == ("dua", False, True)
    assert await bot.refusal("editMessageText", **change) == NOT_MODIFIED
    assert (await siti.sees("dua"))["buttons"] == []


async def test_edits_and_deletions_of_what_is_not_there(bot: BotSide, siti: Person) -> None:
    gone = {"chat_id": siti.id, "message_id": GONE}
    foreign = {"chat_id": siti.id, "message_id": (await siti.newest())["message_id"]}
    found = [
        await bot.refusal("editMessageText", text="a", **gone),
        await bot.refusal("editMessageReplyMarkup", **gone),
        await bot.refusal("editMessageText", text="a", **foreign),
        await bot.refusal("deleteMessage", **gone),
    ]
    assert found == [
        "400 Bad Request: message to edit not found",
        "400 Bad Request: message to edit not found",
        "400 Bad Request: message can't be edited",
        "400 Bad Request: message to delete not found",
    ]


async def test_deleted_messages_leave_the_screen(sim: Simulator, bot: BotSide, siti: Person) -> None:
    sent = await bot.call("sendMessage", chat_id=siti.id, text="Sementara")
    await bot.call("deleteMessage", chat_id=siti.id, message_id=sent["message_id"])
    await siti.does_not_see("Sementara")
    old = await bot.call("sendMessage", chat_id=siti.id, text="Lama")
    await sim.forward(days=3)
    refusal = await bot.refusal("deleteMessage", chat_id=siti.id, message_id=old["message_id"])
    assert refusal == "400 Bad Request: message can't be deleted"


async def test_captions_are_limited_and_edited(bot: BotSide, siti: Person) -> None:
    sent = await _document(bot, siti, b"isi", "nama.txt", caption="satu")
    assert (sent["document"]["file_size"], sent["caption"]) == (3, "satu")
    message = {"chat_id": siti.id, "message_id": sent["message_id"]}
    assert (await bot.call("editMessageCaption", caption="dua", **message))["caption"] == "dua"
    refusal = await bot.refusal("editMessageCaption", caption="a" * 1025, **message)
    assert refusal == "400 Bad Request: message caption is too long"
    refusal = await bot.refusal("editMessageText", text="a", **message)
    assert refusal == "400 Bad Request: there is no text in the message to edit"


async def test_files_go_out_again_by_id_and_come_down_by_path(bot: BotSide, siti: Person) -> None:
    await siti.sends_document("rekap.csv", b"a;b", settles=False)
    document = (await bot.newest_update())["message"]["document"]
    file = await bot.call("getFile", file_id=document["file_id"])
    async with bot.session.get(f"{bot.url}/file/bot{bot.token}/{file['file_path']}") as answer:
        assert (answer.status, await answer.read()) == (200, b"a;b")
    await bot.call("sendDocument", chat_id=siti.id, document=document["file_id"])
    assert await siti.receives_file("rekap") == ("rekap.csv", b"a;b")
    refusal = await bot.refusal("sendDocument", chat_id=siti.id, document="tidak-ada")
    assert refusal == "400 Bad Request: wrong file_id or the file is temporarily unavailable"


async def test_empty_files_and_false_pictures_are_refused(bot: BotSide, siti: Person) -> None:
    assert (await _document(bot, siti, b"", "kosong.txt"))[
        "description"
    ] == "Bad Request: file must be non-empty"
    answer = await _document(bot, siti, b"not a picture", "a.png", kind="photo")
    assert answer["description"] == "Bad Request: IMAGE_PROCESS_FAILED"


async def test_an_album_takes_two_to_ten(bot: BotSide, siti: Person) -> None:
    await siti.sends_document("a.txt", b"a", settles=False)
    file_id = (await bot.newest_update())["message"]["document"]["file_id"]
    media = [{"type": "document", "media": file_id}]
    assert len(await bot.call("sendMediaGroup", chat_id=siti.id, media=media * 2)) == 2
    for number in (1, 11):
        refusal = await bot.refusal("sendMediaGroup", chat_id=siti.id, media=media * number)
        assert refusal == "400 Bad Request: album must contain from 2 to 10 files"
    mixed = [*media, {"type": "photo", "media": file_id}]
    refusal = await bot.refusal("sendMediaGroup", chat_id=siti.id, media=mixed)
    assert refusal == "400 Bad Request: Document can't be mixed with other media types"
    keys = keyboard([button("A", "a")])
    refusal = await bot.refusal("sendMediaGroup", chat_id=siti.id, media=media * 2, reply_markup=keys)
    assert "unknown field 'reply_markup'" in refusal


COPIES = {"text": "Salin", "copy_text": {"text": "x" * 256}}
RED = {"text": "A", "callback_data": "a", "style": "danger"}


@pytest.mark.parametrize(
    ("key", "refusal", "older"),
    [
        (RED, "", "BUTTON_STYLE_INVALID"),
        ({**RED, "style": "success"}, "", "BUTTON_STYLE_INVALID"),
        ({**RED, "style": "primary"}, "", "BUTTON_STYLE_INVALID"),
        (
            {**RED, "style": "merah"},
            "can't parse inline keyboard button: invalid button style specified",
            None,
        ),
        (COPIES, "", "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"),
        ({**COPIES, "copy_text": {"text": "x" * 257}}, "BUTTON_COPY_TEXT_INVALID", None),
    ],
)
async def test_colours_and_copying_are_new(
    sim: Simulator, bot: BotSide, siti: Person, key: dict[str, Any], refusal: str, older: str | None
) -> None:
    message = {"chat_id": siti.id, "text": "a", "reply_markup": keyboard([key])}
    answer = await bot.answer("sendMessage", **message)
    assert answer.get("description", "").removeprefix("Bad Request: ") == refusal
    if older:
        await sim.switches(styles=False)
        assert await bot.refusal("sendMessage", **message) == f"400 Bad Request: {older}"


async def test_copies_and_forwards_leave_the_buttons_behind(bot: BotSide, siti: Person, budi: Person) -> None:
    sent = await bot.call("sendMessage", chat_id=siti.id, text="a", reply_markup=keyboard([button("A", "a")]))
    source = {"chat_id": budi.id, "from_chat_id": siti.id, "message_id": sent["message_id"]}
    await bot.call("copyMessage", **source)
    forwarded = await bot.call("forwardMessage", **source)
    assert (forwarded["text"], "reply_markup" in forwarded, "forward_origin" in forwarded) == (
        "a",
        False,
        True,
    )
    assert [message["buttons"] for message in await budi.messages(2)] == [[], []]


async def _document(
    bot: BotSide, person: Person, content: bytes, name: str, kind: str = "document", **values: str
) -> dict[str, Any]:
    form = aiohttp.FormData({"chat_id": str(person.id), **values})
    form.add_field(kind, content, filename=name)
    address = f"{bot.url}/bot{bot.token}/send{kind.capitalize()}"
    async with bot.session.post(address, data=form) as answer:
        body: dict[str, Any] = await answer.json()
        return dict(body.get("result", body))
