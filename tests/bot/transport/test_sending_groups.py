"""Groups and what is new in them: topics, pins, albums; coloured and copying keys, and a server that is older."""

import pytest

from bot.screen import DANGER, NEXT, Attachment, Button, Screen
from bot.transport.sending import Telegram
from bot.transport.telegram_errors import TroubleKind
from bot.transport.undeliverable import Undeliverable
from simulator.phones.phone import Group, Person
from tests.bot.support.simulated import Side

COLOURED = (
    (Button("Tutup", data="t", style=NEXT), Button("Hapus", data="h", style=DANGER)),
    (Button("Salin kode", copy="AB-12"),),
)
FILES = tuple(Attachment(f"Notulen.{kind}", kind.encode()) for kind in ("pdf", "docx", "xlsx"))


@pytest.fixture
async def forum(side: Side, siti: Person) -> Group:
    return await side.phones.group("Pokja", [siti], with_bot=True, forum=True)


async def where(group: Group) -> list[tuple[str, int | None]]:
    return [(m["text"], m["topic"]) for m in await group.messages(20) if m["from_bot"] and not m["service"]]


async def test_what_is_said_goes_to_the_topic_named_or_chosen(side: Side, forum: Group) -> None:
    asked, chosen = await forum.begins_topic("Tanya"), await forum.begins_topic("Papan")
    gone: list[tuple[int, int]] = []

    async def topic_of(chat_id: int) -> int:
        return chosen

    async def on_topic_gone(chat_id: int, thread: int) -> None:
        gone.append((chat_id, thread))

    telegram = Telegram(side.bot, topic_of=topic_of, on_topic_gone=on_topic_gone)
    for text, thread in (("a", None), ("b", asked), ("c", 1)):
        await telegram.show(forum.chat_id, Screen(text), thread=thread)
    await forum.changes_topic(chosen, "close")
    await telegram.show(forum.chat_id, Screen("d"))
    await forum.changes_topic(chosen, "delete")
    await telegram.show(forum.chat_id, Screen("e"))
    assert await where(forum) == [("b", asked), ("c", None), ("d", None), ("e", None)]
    assert gone == [(forum.chat_id, chosen)] * 2


async def test_pins_are_silent_and_repeatable(side: Side, forum: Group) -> None:
    telegram = Telegram(side.bot)
    board = await telegram.show(forum.chat_id, Screen("Papan"))
    with pytest.raises(Undeliverable) as refused:
        await telegram.pin(forum.chat_id, board)
    assert refused.value.trouble.kind is TroubleKind.NO_RIGHTS
    await forum.makes("bot", "administrator")
    for _ in range(2):
        await telegram.pin(forum.chat_id, board)
    await forum.sees_pinned("Papan")
    assert [m["silent"] for m in await forum.messages(20) if "menyematkan" in m["service"]] == [True]
    for _ in range(2):
        await telegram.unpin(forum.chat_id, board)
    await forum.sees_pinned()
    await side.phones.control.delete(f"/control/chats/{forum.chat_id}/messages/{board}")
    await telegram.unpin(forum.chat_id, board)
    with pytest.raises(Undeliverable) as refused:
        await telegram.pin(forum.chat_id, board)
    assert refused.value.trouble.kind is TroubleKind.MESSAGE_GONE


async def test_an_album_is_one_message_and_its_keys_another(side: Side, siti: Person) -> None:
    telegram = Telegram(side.bot)
    keys = ((Button("Menu", data="m"),),)
    for screen, told in ((Screen("Draf", album=FILES), 0), (Screen("Final", keys, album=FILES), 1)):
        await telegram.show(siti.id, screen)
        album = (await siti.messages(3 + told))[:3]
        assert [file["name"] for m in album for file in m["files"]] == [each.name for each in FILES]
        assert len({m["media_group_id"] for m in album}) == 1
        assert [m["text"] for m in album] == ["", "", "" if told else "Draf"]
    last = await siti.newest()
    assert (last["text"], last["buttons"][0][0]["text"], last["files"]) == ("Final", "Menu", [])
    assert telegram.limits.wait_for(siti.id, telegram._monotonic()) > 0
    assert await side.phones.faults() == []


@pytest.mark.parametrize("rich", ["", "<p>Tabel</p>"])
async def test_an_older_server_gets_keys_without_colours(side: Side, siti: Person, rich: str) -> None:
    telegram = Telegram(side.bot)
    await telegram.show(siti.id, Screen("Satu", COLOURED, rich))
    assert (await siti.newest())["buttons"][0][1]["style"] == "danger"
    assert (await siti.newest())["buttons"][1][0]["copy_text"] == {"text": "AB-12"}
    await side.phones.switches(styles=False, rich="404" if rich else "on")
    first = await telegram.show(siti.id, Screen("Dua", COLOURED, rich))
    await telegram.show(siti.id, Screen("Tiga", COLOURED, rich), edit=first)
    shown = await siti.newest()
    assert (shown["text"], await siti.buttons(), len(shown["buttons"])) == ("Tiga", ["Tutup", "Hapus"], 1)
    assert "style" not in shown["buttons"][0][0]
    await telegram.show(siti.id, Screen("Empat", COLOURED[1:]))
    assert (await siti.newest())["buttons"] == []
    refused = [call for call in await side.phones.calls() if call["code"] == 400]
    assert len(refused) == 1


async def test_a_message_refused_for_another_reason_says_nothing_of_colours(side: Side, siti: Person) -> None:
    telegram = Telegram(side.bot)
    for _ in range(2):
        await side.phones.fails("400", 2, method="sendMessage", description="Bad Request: BUTTON_URL_INVALID")
        with pytest.raises(Undeliverable):
            await telegram.show(siti.id, Screen("Satu", COLOURED))
    await telegram.show(siti.id, Screen("Dua", COLOURED))
    assert (await siti.newest())["buttons"][0][0]["style"] == "primary"
