"""The archive on the phones: Ketua and Sekretaris order it and get it; nobody else finds it, however they try."""

import io
import zipfile

from bot.app import Running
from domain import roles
from simulator.phones.phone import Simulator
from tests.e2e.steps import basics
from tests.e2e.steps.documents import QUIET, SMALL
from tests.e2e.steps.planting import CARDS, House, planted
from tests.support.cast import BUDI, FITRI, HENDRA, SITI

KEY = "Arsip lengkap (zip)"


async def house_of(sim: Simulator, bot: Running) -> House:
    sim.quiet = QUIET
    posts = {SITI: roles.SEKRETARIS, FITRI: roles.FASILITATOR}
    house = await planted(
        sim, bot, HENDRA, SITI, BUDI, FITRI, role=posts, process=SMALL, pokja="Pokja ../../x <b>"
    )
    cards = await house.opens(CARDS)
    await house.people[2].taps("Mulai mengisi")
    await house.people[2].types('=HYPERLINK("http://x.y") ../../x')
    await house.closes(cards)
    await house.adopts(cards)
    return house


async def test_the_ketua_orders_the_archive_and_gets_it(sim: Simulator, bot: Running) -> None:
    house = await house_of(sim, bot)
    ketua = house.people[0]
    await ketua.types("/dokumen")
    await ketua.taps(KEY)
    await ketua.sees("hanya Ketua dan Sekretaris yang dapat menyusunnya")
    assert "Terbitkan versi final" not in await ketua.screen()
    await ketua.taps("Zip")
    await ketua.sees("Selesai. Berkasnya dikirim di bawah.")
    name, content = await ketua.receives_file(".zip")
    assert name.startswith("Arsip lengkap Pokja")
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert package.testzip() is None
        names = package.namelist()
        cards = package.read("hasil/1.1/Kartu isu.csv").decode("utf-8-sig")
    assert not [each for each in names if ".." in each.split("/") or each.startswith("/")]
    assert "\"'=HYPERLINK(" in cards
    assert any(each.startswith("dokumen/Rangkuman") and each.endswith(".docx") for each in names)
    assert {"daftar/anggota.csv", "BACA DULU.txt", "SHA256SUMS.txt"} <= set(names)


async def test_nobody_else_finds_it_or_gets_it(sim: Simulator, sqlite_bot: Running) -> None:
    house = await house_of(sim, sqlite_bot)
    ketua, sekretaris, budi, fitri = house.people
    await sekretaris.types("/dokumen")
    await sekretaris.taps(KEY)
    await sekretaris.taps("Zip")
    await sekretaris.sees("Selesai. Berkasnya dikirim di bawah.")
    await sekretaris.taps("‹ Dokumen ini")
    await sekretaris.taps("📄 Dokumen")
    order = await basics.data_of(sekretaris, KEY)
    await sekretaris.taps(KEY)
    make, again = [await basics.data_of(sekretaris, label) for label in ("Zip", "↓ Zip")]
    for person in (budi, fitri):
        await person.types("/dokumen")
        await person.sees("Dokumen Pokja")
        assert KEY not in await person.screen()
        for press in (order, make, again):
            assert "bukan wewenang" in await basics.refusal(person, press)
        assert ".zip" not in await person.screen()
    assert "document.ordered" in await house.audited()
    await ketua.types("/dokumen")
    await ketua.forges(again)
    assert (await ketua.receives_file(".zip"))[1].startswith(b"PK")


async def test_it_can_be_neither_final_nor_handed_round(sim: Simulator, sqlite_bot: Running) -> None:
    house = await house_of(sim, sqlite_bot)
    ketua = house.people[0]
    await ketua.types("/dokumen")
    await ketua.taps(KEY)
    final = (await basics.data_of(ketua, "Zip")).replace("paper_draft", "paper_final").replace(".zip", "")
    assert "paper_final" in final
    assert "tidak ada lagi" in await basics.refusal(ketua, final)
    assert ".zip" not in await ketua.screen()
