"""Files that Telegram has already: sent by their number, and edited where only their caption changes."""

from bot.callbacks import Go, pack
from bot.screen import Attachment, Button, Screen
from bot.transport.sending import Telegram
from simulator.phones.phone import Person
from tests.bot.support.simulated import Side
from tests.support.pictures import PIXEL

KEYS = ((Button("Sudah baca", pack(Go("x", 1))),),)


async def met(side: Side) -> Person:
    person = await side.phones.person("Siti")
    await person.starts(settles=False)
    return person


def known(side: Side, *, picture: bool = False) -> Attachment:
    stored = side.world.world.files.add("photos" if picture else "documents", "denah.png", PIXEL, "image/png")
    return Attachment("denah.png", picture=picture, file_id=stored.file_id)


async def test_nothing_goes_up_and_a_new_caption_stays_in_its_place(side: Side) -> None:
    siti, telegram = await met(side), Telegram(side.bot)
    for picture in (False, True):
        file = known(side, picture=picture)
        first = await telegram.show(siti.id, Screen("Denah", KEYS, attachment=file))
        assert (await siti.receives_file())[1] == PIXEL
        assert await telegram.show(siti.id, Screen("Denah, dibaca", attachment=file), edit=first) == first
        newest = await siti.newest()
        assert (newest["message_id"], newest["buttons"]) == (first, [])
        assert "Denah, dibaca" in str(newest)
    assert side.world.records.errors == {}


async def test_the_same_caption_again_is_no_harm(side: Side) -> None:
    siti, telegram = await met(side), Telegram(side.bot)
    screen = Screen("Denah", KEYS, attachment=known(side))
    first = await telegram.show(siti.id, screen)
    assert await telegram.show(siti.id, screen, edit=first) == first


async def test_a_long_text_is_a_message_of_its_own_and_edited_there(side: Side) -> None:
    siti, telegram = await met(side), Telegram(side.bot)
    file, text = known(side), "Panjang " * 200
    first = await telegram.show(siti.id, Screen(text, KEYS, attachment=file))
    before = len(await siti.messages(50))
    assert await telegram.show(siti.id, Screen(text + "dibaca", attachment=file), edit=first) == first
    assert len(await siti.messages(50)) == before
    assert "dibaca" in (await siti.newest())["text"]


async def test_where_the_message_is_a_text_the_file_is_sent(side: Side) -> None:
    siti, telegram = await met(side), Telegram(side.bot)
    first = await telegram.show(siti.id, Screen("Sebentar", KEYS))
    second = await telegram.show(siti.id, Screen("Denah", attachment=known(side)), edit=first)
    assert second != first
    assert (await siti.receives_file())[0] == "denah.png"
