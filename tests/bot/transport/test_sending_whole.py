"""What is longer than a message: complete and in order on every server, as tables, as words, as pictures."""

import re
from collections.abc import Sequence
from dataclasses import replace

import pytest

from bot.callbacks import Go, pack
from bot.screen import Attachment, Button, Screen
from bot.transport.sending import Telegram
from bot.transport.telegram_errors import TroubleKind
from bot.transport.undeliverable import Undeliverable
from documents.chat import render
from simulator.phones.phone import Person
from tests.bot.support.simulated import Side
from tests.support.pictures import png

KEYS = ((Button("Menu", pack(Go("menu"))),),)
ROWS = 700
"""Of some 45 characters each."""
NAME = re.compile(r"Isu-\d+")


def long_table() -> Screen:
    """A table of 30,000 characters, as a result is shown."""
    rows = "".join(
        f"<tr><td>Isu-{n}</td><td>Air &lt;keruh&gt; dan sering mati di malam hari</td></tr>"
        for n in range(ROWS)
    )
    document = (
        f"<h2>Daftar isu</h2><table><tr><th>Isu</th><th>Uraian</th></tr>{rows}</table><p>Segel abc123</p>"
    )
    assert len(re.sub(r"<[^>]*>", "", document)) >= 30_000
    pieces = [
        Screen("\n\n".join(render.plain_pieces(piece)), rich=piece) for piece in render.rich_pieces(document)
    ]
    return replace(pieces[0], more=tuple(pieces[1:]))


async def read(person: Person) -> list[str]:
    """What the bot wrote, message by message."""
    return [message["text"] for message in await person.messages(100) if message["from_bot"]]


async def shows_all(person: Person) -> list[str]:
    """Every row is there, once and in its turn, between the heading and the seal."""
    texts = await read(person)
    assert NAME.findall("\n".join(texts)) == [f"Isu-{n}" for n in range(ROWS)]
    assert texts[0].startswith("Daftar isu")
    assert texts[-1].endswith("Segel abc123")
    words = " ".join("\n".join(texts).split())
    assert words.count("Air <keruh> dan sering mati di malam hari") == ROWS
    return texts


@pytest.mark.parametrize("server", ["on", "404", "400"])
async def test_a_long_table_arrives_whole_on_every_server(side: Side, siti: Person, server: str) -> None:
    await side.phones.switches(rich=server)
    await Telegram(side.bot).show(siti.id, long_table())

    texts = await shows_all(siti)
    assert len(texts) < 20
    asked = [call["code"] for call in await side.phones.calls("sendRichMessage")]
    assert set(asked) == {{"on": 200, "404": 404, "400": 400}[server]}
    assert server != "404" or len(asked) == 1, "a server that doesn't know them isn't asked again"


async def test_one_refused_part_comes_in_words_in_its_place(side: Side, siti: Person) -> None:
    parts = [Screen(f"kata {n}", rich=f"<p>tabel {n}</p>") for n in range(3)]
    telegram = Telegram(side.bot)
    await telegram.show(siti.id, parts[0])
    await side.phones.fails(
        "400", 1, method="sendRichMessage", description="Bad Request: RICH_MESSAGE_INVALID"
    )
    await telegram.show(siti.id, replace(parts[1], more=(parts[2],)))
    assert await read(siti) == ["tabel 0", "kata 1", "tabel 2"]


@pytest.mark.parametrize("kind", ["429", "drop"])
async def test_what_has_begun_is_ended_and_not_begun_again(side: Side, siti: Person, kind: str) -> None:
    """The outbox would send all of it once more: a hitch in the middle is waited for."""
    await side.phones.switches(rich="404")
    parts = tuple(Screen(f"bagian {n}") for n in range(1, 4))
    telegram = Telegram(side.bot, patience=0)
    failing = Screen("bagian 0", more=parts)
    await side.phones.fails(kind, 1, method="sendMessage", retry_after=1)
    with pytest.raises(Undeliverable):
        await telegram.show(siti.id, failing, is_reply=False)
    assert [text for text in await read(siti) if text.startswith("bagian")] == []

    seen: list[str] = []

    async def pictures(html: str) -> Sequence[Attachment]:
        """Once the first part is out, the next call fails."""
        await side.phones.fails(kind, 1, method="sendMessage", retry_after=1)
        seen.append(html)
        return ()

    telegram = Telegram(side.bot, patience=0, draw=pictures)
    between = Screen("bagian 1", pictured="<p>x</p>")
    await telegram.show(siti.id, replace(failing, more=(between, *parts[1:])), is_reply=False)
    assert seen == ["<p>x</p>"]
    assert await read(siti) == [f"bagian {n}" for n in range(4)]


async def test_pictures_follow_in_order(side: Side, siti: Person) -> None:
    made = [png(width, 10) for width in (10, 20, 30)]

    async def pictures(html: str) -> Sequence[Attachment]:
        return [Attachment(f"{n}.png", content, picture=True) for n, content in enumerate(made)]

    telegram = Telegram(side.bot, draw=pictures)
    screen = Screen("Inti", KEYS, more=(Screen("semua dalam kata", pictured="<p>x</p>"),))
    await telegram.show(siti.id, screen)
    await siti.sees("Inti")
    await siti.does_not_see("semua dalam kata")
    photos = [file for message in await siti.messages() for file in message["files"]]
    assert [file["kind"] for file in photos] == ["photo"] * 3
    assert [await side.phones.control.fetch(file["url"]) for file in photos] == made


async def test_where_no_picture_can_be_made_the_words_come(side: Side, siti: Person) -> None:
    async def pictures(html: str) -> Sequence[Attachment]:
        raise RuntimeError(html)

    for telegram in (Telegram(side.bot), Telegram(side.bot, draw=pictures)):
        await telegram.show(siti.id, Screen("semua dalam kata", pictured="<p>x</p>"))
    assert await read(siti) == ["semua dalam kata"] * 2


@pytest.mark.parametrize(
    "words", ["not enough rights to send photos to the chat", "PHOTO_INVALID_DIMENSIONS"]
)
async def test_where_no_picture_is_taken_the_words_come(side: Side, siti: Person, words: str) -> None:
    async def pictures(html: str) -> Sequence[Attachment]:
        return [Attachment("1.png", png(5, 5), picture=True)]

    await side.phones.fails("400", 1, method="sendPhoto", description=f"Bad Request: {words}")
    telegram = Telegram(side.bot, draw=pictures)
    await telegram.show(siti.id, Screen("semua dalam kata", pictured="<p>x</p>"), is_reply=False)
    assert await read(siti) == ["semua dalam kata"]


async def test_somebody_out_of_reach_is_told_of_pictures_as_of_words(side: Side, siti: Person) -> None:
    async def pictures(html: str) -> Sequence[Attachment]:
        return [Attachment("1.png", png(5, 5), picture=True)]

    await siti.blocks()
    with pytest.raises(Undeliverable) as refusal:
        await Telegram(side.bot, draw=pictures).show(siti.id, Screen("kata", pictured="<p>x</p>"))
    assert refusal.value.trouble.kind is TroubleKind.BLOCKED
