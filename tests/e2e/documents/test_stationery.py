"""A Pokja's paper on the phones: set up part by part, seen on a sample, and on what is printed."""

import io

import pytest
from pypdf import PdfReader

from bot.app import Running
from bot.handlers import stationery
from simulator.phones.phone import Person, Simulator
from tests.e2e.steps.documents import QUIET, files, finishes, house_with_cards
from tests.e2e.steps.planting import House, planted
from tests.support.buttons import going
from tests.support.cast import BUDI, HENDRA, RINA, SITI, TONO
from tests.support.pictures import png

NIP = "19700817 199503 1 002"
HOSTILE = "PEMERINTAH <b>KABUPATEN</b>\n{{7*7}} =HYPERLINK(1) &amp; 👍🏽\n../../etc"


async def house_of(sim: Simulator, bot: Running) -> House:
    sim.quiet = QUIET
    return await planted(sim, bot, HENDRA, SITI, TONO, role={SITI: "sekretaris", TONO: "tamu"})


async def to_stationery(person: Person) -> None:
    await person.types("/dokumen")
    await person.taps("Kop surat")


async def sets(person: Person, part: str, *answers: str) -> None:
    """From the card: a part, answered by keys where there is one of that name."""
    await person.taps(part)
    for answer in answers:
        if answer in await person.buttons():
            await person.taps(answer)
        else:
            await person.types(answer)


async def test_each_part_by_itself(sim: Simulator, bot: Running) -> None:
    house = await house_of(sim, bot)
    ketua, siti, _ = house.people
    await to_stationery(ketua)
    await ketua.sees("Kop: belum diisi")
    await ketua.sees("Nomor surat berikutnya: 001/POKJA/")
    await sets(ketua, "Baris kop", HOSTILE)
    await sets(ketua, "Alamat", "Jalan Merdeka\nNomor 1")
    await sets(ketua, "Tempat surat", "Sukamaju")
    await sets(ketua, "Nomor surat", "{nomor}/PAM/{tahun}")
    await sets(
        ketua,
        "Penanda tangan",
        "Ketua",
        HENDRA,
        NIP.replace(" ", ""),
        "Ya",
        "Sekretaris",
        "Ir. Siti Aminah, M.Si.",
        "Tanpa NIP",
        "Tidak",
    )
    card = (await ketua.newest())["text"]
    for line in (
        *HOSTILE.splitlines(),
        "Alamat: Jalan Merdeka Nomor 1",
        "Tempat surat: Sukamaju",
        "berikutnya: 001/PAM/20",
        f"1. Ketua – {HENDRA}, NIP {NIP}\n2. Sekretaris – Ir. Siti Aminah, M.Si.\n",
    ):
        assert line in card
    await to_stationery(siti)
    assert (await siti.newest())["text"] == card
    await sets(siti, "Baris kop", "Kosongkan")
    await sets(siti, "Penanda tangan", "Tanpa penanda tangan")
    await siti.sees("Kop: belum diisi")
    await siti.sees("Penanda tangan: belum diisi")
    await siti.sees("Alamat: Jalan Merdeka Nomor 1")
    assert (await house.audited()).count("pokja.stationery") == 7


async def test_what_is_wrong_is_said_with_an_example(sim: Simulator, sqlite_bot: Running) -> None:
    house = await house_of(sim, sqlite_bot)
    ketua = house.people[0]
    await to_stationery(ketua)
    await sets(ketua, "Baris kop", "satu\ndua\ntiga\nempat\nlima")
    await ketua.sees("Paling banyak 4 baris", last=1)
    await ketua.taps("Batal")
    await to_stationery(ketua)
    await sets(ketua, "Nomor surat", "{nomer}/PAM")
    await ketua.sees("Misalnya: {nomor}/POKJA/{bulan}/{tahun}", last=1)
    await ketua.taps("{nomor}/POKJA/{bulan}/{tahun}")
    await sets(ketua, "Penanda tangan", "Ketua", HENDRA, "12345")
    await ketua.sees("NIP terdiri atas 18 angka", last=1)
    await ketua.types(NIP)
    await ketua.sees("Apakah ada penanda tangan lain?", last=1)


async def test_a_logo_is_looked_into(sim: Simulator, sqlite_bot: Running) -> None:
    house = await house_of(sim, sqlite_bot)
    ketua = house.people[0]
    await to_stationery(ketua)
    await ketua.taps("Logo")
    assert "Hapus logo" not in await ketua.buttons()
    for name, content, words in (
        ("logo.png", b"bukan gambar", "harus berupa gambar PNG atau JPEG"),
        ("logo.png", png(300, 200)[:150], "rusak dan tidak dapat dibuka"),
        ("tabel.xlsx", b"PK\x03\x04", "harus berupa gambar PNG atau JPEG"),
    ):
        await ketua.sends_document(name, content)
        await ketua.sees(words, last=1)
    await ketua.types("ini logonya")
    await ketua.sees("Kirim logo sebagai foto", last=1)
    await sim.fails("500", method="getFile")
    await ketua.sends_photo(png(30, 20))
    await ketua.sees("Silakan kirim sekali lagi", last=1)
    await ketua.sends_photo(png(30, 20))
    await ketua.sees("Logo: ada", last=1)
    await sets(ketua, "Logo", "Hapus logo")
    await ketua.sees("Logo: belum ada", last=1)


async def test_a_logo_too_large_is_not_even_fetched(
    sim: Simulator, sqlite_bot: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = await house_of(sim, sqlite_bot)
    ketua = house.people[0]
    monkeypatch.setattr(stationery, "MOST_BYTES", 50)
    await to_stationery(ketua)
    await ketua.taps("Logo")
    await ketua.sends_document("besar.png", png(300, 200))
    await ketua.sees("lebih dari 2 MB", last=1)
    assert await sim.calls("getFile") == []


async def test_a_sample_is_seen_before_anything_is_sent(sim: Simulator, sqlite_bot: Running) -> None:
    house = await house_of(sim, sqlite_bot)
    ketua = house.people[0]
    await to_stationery(ketua)
    await ketua.taps("Logo")
    await ketua.sends_document("logo.png", png(300, 400))
    await sets(ketua, "Baris kop", HOSTILE)
    await ketua.taps("🔍 Lihat contoh surat")
    await ketua.sees("Contoh surat Pokja Air Minum")
    _, content = await ketua.receives_file("foto")
    assert content.startswith(b"\x89PNG")
    assert len(content) > 20_000
    await ketua.taps("Kop surat")
    await ketua.sees("Tekan bagian yang ingin diubah.", last=1)


async def test_only_managers_of_this_pokja(sim: Simulator, sqlite_bot: Running) -> None:
    house = await house_of(sim, sqlite_bot)
    ketua, siti, tono = house.people
    other = await planted(sim, sqlite_bot, RINA, BUDI, pokja="Pokja Sanitasi")
    budi = other.people[1]
    await budi.types("/dokumen")
    assert "Kop surat & tanda tangan" not in await budi.buttons()
    for person in (tono, budi):
        for data in (going("stationery"), going("stationery_part", word="lines"), going("stationery_sample")):
            await person.forges(data)
            assert "wewenang" in (await person.last_answer())["text"]
    await ketua.forges(going("stationery_part", word="rahasia"))
    assert "tidak berlaku" in (await ketua.last_answer())["text"]
    await to_stationery(other.people[0])
    await sets(other.people[0], "Baris kop", "POKJA SANITASI")
    await to_stationery(siti)
    await siti.sees("Kop: belum diisi", last=1)


async def test_it_stands_on_what_is_printed(sim: Simulator, sqlite_bot: Running) -> None:
    house = await house_with_cards(sim, sqlite_bot)
    ketua = house.people[0]
    await to_stationery(ketua)
    await sets(ketua, "Baris kop", "PEMERINTAH KABUPATEN SUKAMAJU\nPOKJA AIR MINUM")
    await finishes(ketua)
    _, content = await ketua.receives_file(".pdf")
    text = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    assert "PEMERINTAH KABUPATEN SUKAMAJU" in text
    await ketua.receives_file(".xlsx")
    assert len(await files(ketua)) == 3
