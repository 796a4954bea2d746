"""The Ketua writes to everybody, and sees who got it and who has read it."""

import asyncio

import pytest
import sqlalchemy as sa

from bot.app import Running
from simulator.phones.phone import Simulator
from store.tables.broadcasts import BroadcastRecipient, BroadcastRow
from store.tables.core import Outgoing
from tests.e2e.steps.basics import answer_to, refusal
from tests.e2e.steps.broadcasts import NEWS, begins, letters, office, sends, writes
from tests.e2e.steps.planting import House, planted
from tests.support.buttons import going
from tests.support.cast import BUDI, HENDRA, RINA, SITI
from tests.support.pictures import PIXEL

pytestmark = pytest.mark.telling_days


async def test_a_broadcast_from_writing_to_the_last_reader(sim: Simulator, bot: Running) -> None:
    house = await office(sim, bot, HENDRA, SITI, BUDI, RINA)
    ketua, siti, budi, rina = house.people
    await rina.blocks()
    await sim.handled_everything()
    await ketua.sees("tidak sampai kepada Rina Kartika (Dinas 3): memblokir bot ini")
    await ketua.types("/menu")
    await ketua.taps("📢 Siaran")
    await ketua.taps("✍ Tulis siaran")
    await ketua.types(NEWS)
    await ketua.taps("Ya")
    await ketua.taps("Semua anggota")
    await ketua.taps("Sekarang")
    preview = (await ketua.newest())["text"]
    assert NEWS in preview
    assert "Penerima: 3 orang, 1 tidak terjangkau: Rina Kartika (Dinas 3)" in preview
    await ketua.taps("Ya")
    await ketua.sees("sedang dikirim kepada 3 orang")
    for each in (siti, budi):
        shown = await each.sees(NEWS)
        assert "Hendra Wijaya, Ketua" in shown["text"]
    progress = await ketua.sees("Terkirim 2/3 · gagal 1 · dibaca 0")
    assert "Rina Kartika (Dinas 3) – memblokir bot" in progress["text"]
    await siti.taps("✔ Sudah baca")
    assert await siti.toast() == "Terima kasih, sudah dicatat."
    await siti.sees("Sudah dibaca:")
    assert (await siti.newest())["buttons"] == []
    later = await ketua.sees("Terkirim 2/3 · gagal 1 · dibaca 1")
    assert later["message_id"] == progress["message_id"]
    await ketua.taps("Rincian dan nama")
    card = await ketua.sees("Belum baca:\n• Budi Santoso (Dinas 2)")
    assert card["message_id"] != progress["message_id"]
    assert await house.rows(sa.select(BroadcastRow.state)) == ["sent"]
    assert "broadcast.send" in await house.audited()


async def test_those_who_have_not_read_get_it_again_once_an_hour(sim: Simulator, bot: Running) -> None:
    house = await office(sim, bot, HENDRA, SITI, BUDI)
    ketua, siti, budi = house.people
    await writes(ketua)
    await sends(ketua)
    await siti.taps("✔ Sudah baca")
    await budi.sees(NEWS)
    await ketua.sees("Terkirim 2/2 · dibaca 1")
    again = "Kirim lagi ke yang belum baca (1)"
    assert await answer_to(ketua, await ketua.taps(again, settles=False)) == "Dikirim lagi kepada 1 orang."
    await budi.sees("Disampaikan kembali")
    await siti.does_not_see("Disampaikan kembali")
    await all_is_noted(house)
    assert "baru saja" in await answer_to(ketua, await ketua.taps(again, settles=False))
    await budi.taps("✔ Sudah baca")
    await ketua.sees("Terkirim 2/2 · dibaca 2")
    assert await letters(house) == 3


async def all_is_noted(house: House) -> None:
    """What has arrived stands in the outbox as sent: a person sees it a moment before."""
    async with asyncio.timeout(30):
        while set(await house.rows(sa.select(Outgoing.state))) != {"sent"}:  # noqa: ASYNC110 - a database tells nobody
            await asyncio.sleep(0.05)


async def test_a_photo_with_its_caption_arrives_and_is_marked_as_read(
    sim: Simulator, sqlite_bot: Running
) -> None:
    house = await office(sim, sqlite_bot, HENDRA, SITI)
    ketua, siti = house.people
    await begins(ketua)
    await ketua.sends_photo(PIXEL, caption="Denah ruang rapat")
    await ketua.taps("Ya")
    await sends(ketua)
    await siti.sees("Denah ruang rapat")
    _, content = await siti.receives_file()
    assert content == PIXEL
    before = len(await siti.messages(50))
    await siti.taps("✔ Sudah baca")
    await siti.sees("Sudah dibaca:")
    assert len(await siti.messages(50)) == before
    await ketua.sees("dibaca 1")


async def test_an_excel_file_in_a_broadcast_is_not_taken_for_a_form(
    sim: Simulator, sqlite_bot: Running
) -> None:
    house = await office(sim, sqlite_bot, HENDRA, SITI)
    ketua, siti = house.people
    await begins(ketua)
    await ketua.sends_document("data.xlsx", b"PK", caption="Data pelanggan")
    await ketua.taps("Tidak")
    await sends(ketua)
    name, content = await siti.receives_file("data.xlsx")
    assert (name, content) == ("data.xlsx", b"PK")
    assert await siti.buttons() != ["✔ Sudah baca"]


async def test_members_can_neither_write_nor_look(sim: Simulator, sqlite_bot: Running) -> None:
    house = await office(sim, sqlite_bot, HENDRA, SITI, BUDI)
    ketua, siti, budi = house.people
    await siti.types("/siaran")
    await siti.sees("bukan wewenang")
    await writes(ketua)
    await sends(ketua)
    await budi.sees(NEWS)
    for data in (
        going("broadcast", 1),
        going("broadcast_again", 1),
        going("broadcast_off", 1),
        going("broadcast_more", 1),
        going("write_broadcast"),
    ):
        assert "bukan wewenang" in await refusal(siti, data)
    recipients = {row.membership_id: row.id for row in await house.rows(sa.select(BroadcastRecipient))}
    await siti.forges(going("broadcast_read", recipients[(await house.member(budi)).id]))
    assert await house.rows(sa.select(BroadcastRecipient.read_at)) == [None, None]
    await siti.types("/menu")
    assert "📢 Siaran" not in await siti.buttons()


async def test_a_progress_message_goes_on_after_a_restart_of_the_sending(
    sim: Simulator, sqlite_bot: Running
) -> None:
    """Somebody the bot can't reach for the moment is told later, and the message follows."""
    house = await office(sim, sqlite_bot, HENDRA, SITI, BUDI)
    ketua = house.people[0]
    await sim.fails("429", 1, retry_after=2, method="sendMessage")
    await writes(ketua)
    await sends(ketua)
    await ketua.sees("Terkirim 2/2")


async def test_who_can_not_be_reached_is_named_with_what_to_send(sim: Simulator, sqlite_bot: Running) -> None:
    house = await planted(sim, sqlite_bot, HENDRA, SITI, BUDI)
    ketua, siti, _ = house.people
    await ketua.types("/anggota")
    await ketua.taps("Terjangkau?")
    await ketua.sees("Semua anggota dapat dikirimi pesan")
    await siti.blocks()
    await sim.handled_everything()
    await ketua.sees("minta menekan Mulai")
    await ketua.taps("Terjangkau?")
    shown = await ketua.sees("1 orang tidak dapat dikirimi pesan")
    assert "Siti Aminah (Dinas 1) – memblokir bot ini" in shown["text"]
    link = next(word for word in shown["text"].split() if "start=" in word)
    keys = [key for row in shown["buttons"] for key in row]
    assert any(
        key["text"] == "WhatsApp: Siti Aminah" and key["url"].startswith("https://wa.me/") for key in keys
    )
    await siti.opens(link)
    await siti.sees("Pokja Air Minum")
    await ketua.types("/anggota")
    await ketua.taps("Terjangkau?")
    await ketua.sees("Semua anggota dapat dikirimi pesan")
