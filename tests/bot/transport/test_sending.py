import asyncio

import pytest

from bot.screen import Attachment, Button, Screen
from bot.transport.limits import FloodLimits
from bot.transport.sending import Telegram
from bot.transport.telegram_errors import TroubleKind
from bot.transport.undeliverable import Undeliverable
from simulator.phones.phone import Person
from tests.bot.support.simulated import Side, make_bot
from tests.support.pictures import PIXEL

KEYBOARD = (
    (Button("Ya", data="y"), Button("Tidak", data="n")),
    (Button("Laman", url="https://contoh.go.id"),),
)


@pytest.fixture
async def telegram(side: Side) -> Telegram:
    return Telegram(side.bot)


async def test_a_screen_arrives_with_its_buttons(telegram: Telegram, siti: Person) -> None:
    message_id = await telegram.show(siti.id, Screen("<b>Halo</b> &amp; selamat", KEYBOARD))

    message = await siti.sees("Halo & selamat")
    assert message["message_id"] == message_id
    assert await siti.buttons() == ["Ya", "Tidak", "Laman"]


async def test_an_edit_stays_in_place(telegram: Telegram, siti: Person) -> None:
    first = await telegram.show(siti.id, Screen("Satu", KEYBOARD))
    second = await telegram.show(siti.id, Screen("Dua"), edit=first)

    assert second == first
    assert [m["text"] for m in await siti.messages() if m["message_id"] == first] == ["Dua"]
    assert await siti.buttons() == []


async def test_the_same_again_counts_as_shown(telegram: Telegram, siti: Person) -> None:
    first = await telegram.show(siti.id, Screen("Satu", KEYBOARD))
    assert await telegram.show(siti.id, Screen("Satu", KEYBOARD), edit=first) == first


async def test_a_deleted_message_is_sent_again(side: Side, telegram: Telegram, siti: Person) -> None:
    first = await telegram.show(siti.id, Screen("Satu"))
    await side.phones.control.delete(f"/control/chats/{siti.id}/messages/{first}")

    second = await telegram.show(siti.id, Screen("Dua", KEYBOARD), edit=first)

    assert second != first
    assert (await siti.sees("Dua"))["message_id"] == second


async def test_text_after_a_file_is_sent_anew_and_the_old_buttons_go(
    telegram: Telegram, siti: Person
) -> None:
    file = Attachment("notulen.pdf", b"%PDF-1.7 isi")
    first = await telegram.show(siti.id, Screen("Berkas", KEYBOARD, attachment=file))
    second = await telegram.show(siti.id, Screen("Dua"), edit=first)

    assert second != first
    assert await siti.buttons() == []


async def test_a_file_instead_of_a_text(telegram: Telegram, siti: Person) -> None:
    file = Attachment("notulen rapat 1.pdf", b"%PDF-1.7 isi")
    first = await telegram.show(siti.id, Screen("Satu", KEYBOARD))
    second = await telegram.show(siti.id, Screen("<i>Notulen</i>", attachment=file), edit=first)

    assert second != first
    assert await siti.receives_file("notulen") == ("notulen rapat 1.pdf", b"%PDF-1.7 isi")
    assert (await siti.sees("Notulen"))["message_id"] == second
    assert await siti.buttons() == []


async def test_a_large_file_goes_up(telegram: Telegram, siti: Person) -> None:
    content = b"x" * 3_000_000
    await telegram.show(siti.id, Screen("Besar", attachment=Attachment("besar.bin", content)))

    assert (await siti.receives_file("besar"))[1] == content


async def test_a_picture_is_shown_as_one(side: Side, telegram: Telegram, siti: Person) -> None:
    screen = Screen("Gambar", KEYBOARD, attachment=Attachment("g.png", PIXEL, picture=True))
    await telegram.show(siti.id, screen)

    assert (await side.phones.calls("sendPhoto"))[0]["code"] == 200
    assert await siti.buttons() == ["Ya", "Tidak", "Laman"]


async def test_a_caption_too_long_follows_as_text(telegram: Telegram, siti: Person) -> None:
    file = Attachment("a.txt", b"isi")
    last = await telegram.show(siti.id, Screen("kata " * 300, KEYBOARD, attachment=file))

    newest = await siti.newest()
    assert newest["message_id"] == last
    assert newest["text"].startswith("kata kata")
    assert (await siti.receives_file("a.txt"))[1] == b"isi"


async def test_a_table_is_shown_as_a_table(side: Side, telegram: Telegram, siti: Person) -> None:
    rich = "<table><tr><td>Nilai</td><td>4</td></tr></table>"
    message_id = await telegram.show(siti.id, Screen("Nilai: 4", KEYBOARD, rich=rich))
    changed = await telegram.show(
        siti.id, Screen("Nilai: 5", KEYBOARD, rich=rich.replace("4", "5")), edit=message_id
    )

    assert changed == message_id
    await siti.sees("Nilai | 5")
    assert len(await side.phones.calls("sendRichMessage")) == 1


async def test_an_older_server_gets_text_and_is_remembered(
    side: Side, telegram: Telegram, siti: Person
) -> None:
    await side.phones.switches(rich="404")
    for number in (1, 2):
        await telegram.show(siti.id, Screen(f"Nilai: {number}", rich="<p>Nilai</p>"))

    await siti.sees("Nilai: 2")
    assert [call["code"] for call in await side.phones.calls("sendRichMessage")] == [404]


async def test_rich_content_refused_falls_back_this_time(
    side: Side, telegram: Telegram, siti: Person
) -> None:
    await side.phones.switches(rich="400")
    message_id = await telegram.show(siti.id, Screen("Nilai: 1", rich="<p>Nilai</p>"))
    await side.phones.switches(rich="on")
    await telegram.show(siti.id, Screen("Nilai: 2", rich="<p>Dua</p>"), edit=message_id)

    await siti.sees("Dua")
    await siti.does_not_see("Nilai: 2")


async def test_a_long_text_comes_in_order_with_the_keyboard_last(telegram: Telegram, siti: Person) -> None:
    text = "\n".join(f"<b>Baris {number}</b> " + "x" * 80 for number in range(120))
    first = await telegram.show(siti.id, Screen("Satu"))
    last = await telegram.show(siti.id, Screen(text, KEYBOARD), edit=first)

    shown = [m for m in await siti.messages() if m["text"].startswith("Baris")]
    numbers = [int(line.split()[1]) for m in shown for line in m["text"].splitlines()]
    assert numbers == list(range(120))
    assert shown[0]["message_id"] == first
    assert shown[-1]["message_id"] == last
    assert [bool(m["buttons"]) for m in shown] == [False] * (len(shown) - 1) + [True]


async def test_general_is_left_out_and_a_closed_topic_is_replaced_by_it(
    side: Side, telegram: Telegram, siti: Person
) -> None:
    await telegram.show(siti.id, Screen("Umum"), thread=1)
    description = "Bad Request: message thread not found"
    await side.phones.fails("400", method="sendMessage", description=description)
    await telegram.show(siti.id, Screen("Topik"), thread=7)

    await siti.sees("Umum")
    await siti.sees("Topik")


async def test_an_answer_to_a_message_that_is_gone(telegram: Telegram, siti: Person) -> None:
    await telegram.show(siti.id, Screen("Jawaban"), reply_to=999_999)
    await siti.sees("Jawaban")


async def test_a_short_wait_is_waited_and_the_order_stays(
    side: Side, telegram: Telegram, siti: Person
) -> None:
    await side.phones.fails("429", 1, retry_after=1, method="sendMessage")
    async with asyncio.TaskGroup() as group:
        for number in range(3):
            group.create_task(telegram.show(siti.id, Screen(f"Nomor {number}")))

    texts = [m["text"] for m in await siti.messages() if m["text"].startswith("Nomor")]
    assert texts == ["Nomor 0", "Nomor 1", "Nomor 2"]


async def test_a_long_wait_is_not_waited(side: Side, siti: Person) -> None:
    limits = FloodLimits()
    telegram = Telegram(side.bot, limits, monotonic=lambda: 100.0)
    await side.phones.fails("429", 1, retry_after=60)

    with pytest.raises(Undeliverable) as refusal:
        await telegram.show(siti.id, Screen("Satu"))

    assert refusal.value.trouble.retry_after == 60
    assert limits.wait_for(siti.id, 100.0) == 60


async def test_what_may_have_arrived_is_not_sent_again(side: Side, telegram: Telegram, siti: Person) -> None:
    await side.phones.fails("drop", 1, method="sendMessage", after_effect=True)

    with pytest.raises(Undeliverable) as refusal:
        await telegram.show(siti.id, Screen("Satu"))

    assert refusal.value.trouble.kind is TroubleKind.UNCERTAIN
    assert len([m for m in await siti.messages() if m["text"] == "Satu"]) == 1


async def test_what_the_outbox_sends_is_neither_counted_nor_repeated(side: Side, siti: Person) -> None:
    limits = FloodLimits()
    telegram = Telegram(side.bot, limits)
    await side.phones.fails("429", 1, retry_after=1, method="sendMessage")

    with pytest.raises(Undeliverable):
        await telegram.show(siti.id, Screen("Satu"), is_reply=False)
    await telegram.show(siti.id, Screen("Dua"), is_reply=False)

    assert [call["code"] for call in await side.phones.calls("sendMessage")] == [429, 200]
    assert limits.room(0.0) == 30


async def test_replies_are_counted(side: Side, siti: Person) -> None:
    limits = FloodLimits()
    telegram = Telegram(side.bot, limits, monotonic=lambda: 5.0)
    message_id = await telegram.show(siti.id, Screen("Satu"))
    await telegram.show(siti.id, Screen("Dua"), edit=message_id)

    assert limits.room(5.0) == 28


@pytest.mark.parametrize(
    ("event", "kind"), [("blocks", TroubleKind.BLOCKED), ("deactivates", TroubleKind.CHAT_GONE)]
)
async def test_somebody_out_of_reach(telegram: Telegram, siti: Person, event: str, kind: TroubleKind) -> None:
    await getattr(siti, event)()

    with pytest.raises(Undeliverable) as refusal:
        await telegram.show(siti.id, Screen("Satu"))

    assert refusal.value.trouble.kind is kind


async def test_a_group_that_moved(side: Side, telegram: Telegram, siti: Person) -> None:
    group = await side.phones.group("Pokja", [siti], with_bot=True)
    moved = await group.upgrades()

    with pytest.raises(Undeliverable) as refusal:
        await telegram.show(group.chat_id, Screen("Satu"))

    assert refusal.value.trouble.kind is TroubleKind.MIGRATED
    assert refusal.value.trouble.new_chat_id == moved.chat_id


async def test_buttons_can_be_taken_off_twice(telegram: Telegram, siti: Person) -> None:
    message_id = await telegram.show(siti.id, Screen("Satu", KEYBOARD))
    await telegram.retire(siti.id, message_id)
    await telegram.retire(siti.id, message_id)

    assert await siti.buttons() == []


async def test_a_message_can_be_deleted_twice(telegram: Telegram, siti: Person) -> None:
    message_id = await telegram.show(siti.id, Screen("Rahasia"))
    await telegram.delete(siti.id, message_id)
    await telegram.delete(siti.id, message_id)
    await telegram.retire(siti.id, message_id)

    await siti.does_not_see("Rahasia")


async def test_a_tap_is_answered_and_a_late_one_forgiven(telegram: Telegram, siti: Person) -> None:
    await telegram.show(siti.id, Screen("Satu", KEYBOARD))
    tap = (await siti.taps("Ya", settles=False))["tap"]
    await telegram.answer(tap["query_id"], "Tersimpan" + "." * 300, alert=True)
    await telegram.answer("tidak-ada")

    answer = await siti.last_answer()
    assert (answer["show_alert"], len(answer["text"])) == (True, 200)


async def test_a_chat_may_have_commands_of_its_own(telegram: Telegram, siti: Person) -> None:
    menu, papan = ([{"command": name, "description": "Ini"}] for name in ("menu", "papan"))
    await telegram.keep("my_commands", {"commands": menu}, scope={"type": "all_private_chats"})
    assert await siti.commands() == ["menu"]
    await telegram.list_commands(siti.id, papan)
    assert await siti.commands() == ["papan"]
    await telegram.list_commands(siti.id, [])
    assert await siti.commands() == ["menu"]


async def test_who_is_what_in_a_group(side: Side, telegram: Telegram, siti: Person) -> None:
    budi = await side.phones.person("Budi")
    wati = await side.phones.person("Wati")
    group = await side.phones.group("Pokja", [siti, budi], with_bot=True)

    assert await telegram.member_status(group.chat_id, siti.id) == "creator"
    assert await telegram.member_status(group.chat_id, budi.id) == "member"
    assert await telegram.member_status(group.chat_id, wati.id) == "left"
    assert await telegram.member_status(group.chat_id, 999) == "left"
    with pytest.raises(Undeliverable):
        await telegram.member_status(-999, siti.id)


async def test_a_file_somebody_sent(side: Side, telegram: Telegram, siti: Person) -> None:
    await siti.sends_document("isian.xlsx", b"PK isi", settles=False)
    file_id = side.world.updates.read(0, 10)[-1]["message"]["document"]["file_id"]

    assert await telegram.file_content(file_id) == b"PK isi"
    with pytest.raises(Undeliverable) as too_big:
        await telegram.file_content(file_id, most_bytes=3)
    assert too_big.value.trouble.kind is TroubleKind.FILE_REFUSED


async def test_a_file_that_is_not_there(telegram: Telegram, siti: Person) -> None:
    with pytest.raises(Undeliverable) as refusal:
        await telegram.file_content("tidak-ada")
    assert refusal.value.trouble.kind is TroubleKind.FILE_REFUSED


async def test_nothing_is_kept_of_chats_that_are_served(telegram: Telegram, siti: Person) -> None:
    for number in range(3):
        await telegram.show(siti.id, Screen(f"Nomor {number}"))
    assert telegram._turns == {}


async def test_a_server_that_is_away(siti: Person, side: Side) -> None:
    bot = make_bot("http://127.0.0.1:1", side.world.config.token)
    await bot._request[1].initialize()
    bot._bot_initialized = True
    try:
        with pytest.raises(Undeliverable) as refusal:
            await Telegram(bot).show(siti.id, Screen("Satu"))
        assert refusal.value.trouble.kind is TroubleKind.NETWORK
    finally:
        await bot._request[1].shutdown()


async def test_what_is_longer_than_one_message_follows_in_order(telegram: Telegram, siti: Person) -> None:
    screen = Screen("satu", rich="<p>satu</p>", more=(Screen("dua", rich="<p>dua</p>"), Screen("tiga")))
    first = await telegram.show(siti.id, screen)
    messages = [m for m in await siti.messages() if m["from_bot"]]
    assert [m["text"].strip() for m in messages][-3:] == ["satu", "dua", "tiga"]
    assert messages[-3]["message_id"] == first
