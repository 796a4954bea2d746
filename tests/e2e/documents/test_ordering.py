"""/dokumen on the phones: what there is, drafts that name what is missing, files that arrive and can be had again."""

from typing import Any

import pytest
import sqlalchemy as sa
from telegram import Update

from bot.app import Running
from bot.printing import printer
from documents.editions import printing
from domain.documents.editions import Edition
from simulator.phones.phone import Person, Simulator
from store.tables.core import Outgoing
from store.tables.documents import DocumentOrder
from tests.e2e.steps.basics import data_of
from tests.e2e.steps.documents import TITLE, files, finishes, has_files, house_with_cards, to_paper
from tests.e2e.steps.planting import SHORT, House, planted
from tests.support.buttons import redirected
from tests.support.cast import HENDRA, RINA, SITI, TONO
from usecases.documents.kinds import registry

ORDERS = sa.select(DocumentOrder).order_by(DocumentOrder.id)


async def orders(house: House) -> list[DocumentOrder]:
    return await house.rows(ORDERS)


async def test_a_draft_in_all_formats_names_what_is_missing(sim: Simulator, sqlite_bot: Running) -> None:
    house = await house_with_cards(sim, sqlite_bot, process=SHORT)
    ketua = house.people[0]
    await to_paper(ketua)
    await ketua.sees("Belum ada:\n• Peringkat isu\n• Rencana kerja")
    assert "✅ Terbitkan versi final" not in await ketua.buttons()
    await ketua.taps("Semua format")
    await ketua.sees("Selesai. Berkasnya dikirim di bawah.")
    await has_files(ketua, *(f"{TITLE} - draf 1.{ending}" for ending in ("pdf", "docx", "xlsx")))


async def test_what_is_final_has_its_files_in_the_order_of_formats(sim: Simulator, bot: Running) -> None:
    house = await house_with_cards(sim, bot)
    ketua, siti = house.people
    await finishes(ketua)
    await ketua.taps("‹ Dokumen ini")
    await ketua.sees("v1 final")
    keys = await ketua.buttons()
    assert keys[:7] == [
        "PDF",
        "Word",
        "Excel",
        "Semua format",
        "✅ Terbitkan versi final",
        "↓ PDF v1",
        "↓ Word v1",
    ]
    await siti.types("/menu")
    await siti.taps("📄 Dokumen")
    await siti.sees(f"• {TITLE} – final versi 1")
    await siti.taps(TITLE)
    await siti.sees("versi final diterbitkan oleh Ketua atau Sekretaris")
    assert not {"✅ Terbitkan versi final", "📤 Kirim ke semua anggota"} & set(await siti.buttons())
    await siti.taps("↓ Word v1")
    name, content = await siti.receives_file("final 1.docx")
    assert (name, content[:2]) == (f"{TITLE} - final 1.docx", b"PK")


async def test_hostile_words_stay_words(sim: Simulator, sqlite_bot: Running) -> None:
    card = '<b>tebal</b> {{7*7}} =HYPERLINK("http://x") ../../x 👍🏽 مرحبا &amp;'
    house = await house_with_cards(sim, sqlite_bot, card=card)
    await finishes(house.people[0])
    await has_files(house.people[0], *(f"{TITLE} - final 1.{ending}" for ending in ("pdf", "docx", "xlsx")))


async def test_pressed_twice_it_is_made_once(sim: Simulator, bot: Running) -> None:
    house = await house_with_cards(sim, bot)
    ketua, siti = house.people
    await to_paper(ketua)
    data, message = await data_of(ketua, "PDF"), (await ketua.newest())["message_id"]
    for _ in range(3):
        await ketua.forges(data, message, settles=False)
    await ketua.sees("Selesai. Berkasnya dikirim di bawah.")
    await sim.handled_everything()
    assert len(await orders(house)) == 1
    await has_files(ketua, f"{TITLE} - draf 1.pdf")
    await to_paper(siti)
    await siti.taps("PDF")
    assert (await siti.receives_file("draf 2"))[0] == f"{TITLE} - draf 2.pdf"
    assert await files(ketua) == [f"{TITLE} - draf 1.pdf"], "what one orders is not sent to another"


async def test_an_update_that_comes_again_shows_how_far_the_order_is(
    sim: Simulator, sqlite_bot: Running
) -> None:
    house = await house_with_cards(sim, sqlite_bot)
    ketua = house.people[0]
    await to_paper(ketua)
    update = tap_of(ketua, await data_of(ketua, "Word"), (await ketua.newest())["message_id"])
    for _ in range(2):
        await sqlite_bot.handle(Update.de_json(update, sqlite_bot.bot), lambda: None)
        await ketua.sees("Selesai. Berkasnya dikirim di bawah.")
    assert len(await orders(house)) == 1
    await has_files(ketua, f"{TITLE} - draf 1.docx")


def tap_of(person: Person, data: str, message_id: int) -> dict[str, Any]:
    """A tap as Telegram delivers it, to deliver it again."""
    user = {"id": person.id, "is_bot": False, "first_name": person.name}
    message = {
        "message_id": message_id,
        "date": 1,
        "chat": {"id": person.id, "type": "private"},
        "text": "Dokumen",
    }
    query = {"id": "1", "from": user, "chat_instance": "1", "data": data, "message": message}
    return {"update_id": 900_000_001, "callback_query": query}


async def test_one_that_fails_says_so_and_can_be_ordered_again(
    sim: Simulator, sqlite_bot: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = await house_with_cards(sim, sqlite_bot)
    ketua = house.people[0]
    await to_paper(ketua)
    with monkeypatch.context() as patched:
        patched.setattr(printer.printing, "printed", fails)
        await ketua.taps("PDF")
        await ketua.sees("gagal disusun")
    await ketua.taps("↻ Susun sekali lagi")
    await ketua.sees("Selesai. Berkasnya dikirim di bawah.")
    await has_files(ketua, f"{TITLE} - draf 2.pdf")


def fails(edition: Edition, kind: str) -> printing.File:
    raise RuntimeError(kind)


async def test_a_file_too_large_for_telegram_is_told_of(
    sim: Simulator, sqlite_bot: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = await house_with_cards(sim, sqlite_bot)
    ketua = house.people[0]
    monkeypatch.setattr(printer, "LARGEST", 20_000)
    await to_paper(ketua)
    await ketua.taps("Semua format")
    await ketua.sees("tidak dapat dikirim lewat Telegram: PDF, Word.")
    await has_files(ketua, f"{TITLE} - draf 1.xlsx")


async def test_guests_get_what_is_final_and_strangers_and_other_pokjas_nothing(
    sim: Simulator, sqlite_bot: Running
) -> None:
    house = await house_with_cards(sim, sqlite_bot, HENDRA, SITI, TONO)
    ketua, _, tono = house.people
    await finishes(ketua)
    await ketua.taps("‹ Dokumen ini")
    file, share, *orders_ = [await data_of(ketua, label) for label in ("↓ PDF v1", "📤 Kirim", "PDF", "✅")]
    await tono.types("/dokumen")
    await tono.taps(TITLE)
    assert [each for each in await tono.buttons() if each in {"PDF", "Word", "Semua format"}] == []
    await tono.taps("↓ PDF v1")
    await tono.receives_file()
    other = await planted(sim, sqlite_bot, RINA, pokja="Pokja Sanitasi")
    (stranger,) = await sim.people("Orang Lewat")
    await stranger.starts()
    forged = {
        tono: [share, *orders_],
        stranger: [file, share, *orders_],
        other.people[0]: [file, share],
    }
    for person, keys in forged.items():
        for data in [*keys, redirected(share, "paper_send")]:
            await person.forges(data)
            answer = await person.last_answer()
            assert answer["show_alert"], (person.name, data, answer)
        assert person is tono or await files(person) == []
    assert len(await orders(house)) == 1
    sent = await house.rows(sa.select(Outgoing.chat_id).where(Outgoing.kind == "document"))
    assert set(sent) == {ketua.id}


async def test_a_paper_that_is_there_no_more(
    sim: Simulator, sqlite_bot: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = await house_with_cards(sim, sqlite_bot)
    ketua = house.people[0]
    await to_paper(ketua)
    monkeypatch.setattr(registry, "papers_for", lambda ground: ())
    monkeypatch.setattr("usecases.documents.ordering.papers_for", lambda ground: ())
    await ketua.taps("PDF")
    assert "tidak ada lagi" in (await ketua.last_answer())["text"]
    await ketua.types("/dokumen")
    await ketua.sees("Belum ada dokumen.")
