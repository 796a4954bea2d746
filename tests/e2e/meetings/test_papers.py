"""A meeting's documents on the phones: from its card, by who may have them, and as files that can be read."""

from collections.abc import Sequence

import pytest

from bot.app import Running
from simulator.phones.phone import Person, Simulator
from tests.documents.support.paper_texts import pdf_pages, sheets, word_text
from tests.e2e.steps.basics import refusal
from tests.e2e.steps.meetings import closes, held, house_of, plans, to_live, writes
from tests.e2e.steps.planting import House
from tests.support.buttons import going
from tests.support.cast import BUDI, HENDRA, SITI, TONO

pytestmark = pytest.mark.telling_days


async def to_papers(person: Person) -> None:
    """From the meeting's card."""
    await to_card(person)
    await person.taps("📄 Dokumen")


async def to_card(person: Person) -> None:
    """The only meeting there is."""
    await person.types("/pertemuan")
    await person.sees("Pertemuan – Pokja Air Minum", last=1)
    await person.taps(next(label for label in await person.buttons() if "1.1 Isu dan rencana" in label))


async def ordered(person: Person, title: str, kind: str, ending: str) -> bytes:
    """Orders a document of the meeting in a format, and receives it."""
    await to_papers(person)
    await person.taps(title)
    await person.taps(kind)
    await person.sees("Selesai. Berkasnya dikirim di bawah.")
    _, content = await person.receives_file(ending)
    return bytes(content)


async def _decided(house: House) -> None:
    """The Ketua holds it: two are there, something is decided."""
    ketua, siti, budi = house.people[:3]
    await held(house)
    for person in (siti, budi):
        await person.taps("✋ Saya hadir")
    await to_live(ketua)
    await ketua.taps("2")
    await writes(ketua, "＋ Keputusan", "Data pelanggan dipakai per kecamatan")


async def test_the_ketua_gets_minutes_and_record_from_the_meetings_card(
    sim: Simulator, sqlite_bot: Running
) -> None:
    house = await house_of(sim, sqlite_bot, HENDRA, SITI, BUDI)
    ketua = house.people[0]
    await _decided(house)
    record = " ".join(pdf_pages(await ordered(ketua, "Berita Acara Kesepakatan", "PDF", ".pdf")))
    assert "Pada hari ini," in record
    assert "Data pelanggan dipakai per kecamatan" in record
    assert "dihadiri oleh 2 (dua) dari 3 (tiga) orang" in record
    await to_live(ketua)
    await closes(ketua)
    await to_papers(ketua)
    await ketua.taps("Notulen Rapat")
    await ketua.sees("Belum ada:\n• Penetapan notulen oleh Ketua", last=1)
    assert "✅ Terbitkan versi final" not in await ketua.buttons()
    await house.waits(days=3)
    await ketua.forges(going("finalise", 1))
    await ketua.sees("final", last=2)
    await to_papers(ketua)
    await ketua.taps("Notulen Rapat")
    await ketua.taps("✅ Terbitkan versi final")
    await ketua.taps("Ya, terbitkan")
    await ketua.sees("Selesai. Berkasnya dikirim di bawah.")
    name, content = await ketua.receives_file(".docx")
    assert "final 1" in name
    minutes = word_text(content)
    assert "Pimpinan rapat | : | Hendra Wijaya\nNotulis | : | Hendra Wijaya" in minutes
    assert "Keputusan:\nData pelanggan dipakai per kecamatan" in minutes


async def test_members_have_the_documents_and_guests_have_not(sim: Simulator, sqlite_bot: Running) -> None:
    house = await house_of(sim, sqlite_bot, HENDRA, SITI, BUDI, TONO)
    ketua, _, budi, tamu = house.people
    await plans(ketua)
    assert "📄 Dokumen" in await ketua.buttons()
    await ketua.taps("📄 Dokumen")
    await ketua.taps("‹ Pertemuan")
    await ketua.sees("belum diumumkan", last=1)
    await ketua.taps("Undangan")
    await ketua.taps("☐ Tono Prasetyo")
    await announces(ketua, house.people)
    rows = sheets(await ordered(budi, "Daftar Hadir", "Excel", ".xlsx"))
    assert [row[1] for row in next(iter(rows.values()))[-4:]] == [HENDRA, SITI, BUDI, TONO]
    letter = word_text(await ordered(budi, "Undangan Rapat per Orang", "Word", ".docx"))
    assert "Yth. Bapak/Ibu Budi Santoso" in letter
    await to_card(tamu)
    await tamu.sees("diumumkan", last=1)
    assert "📄 Dokumen" not in await tamu.buttons()
    assert "bukan wewenang tamu" in await refusal(tamu, going("papers", 1))


async def announces(ketua: Person, everybody: Sequence[Person]) -> None:
    """From the list of those invited; everybody has the invitation."""
    await ketua.taps("‹ Pertemuan")
    await ketua.taps("Pratinjau & umumkan")
    await ketua.taps("📣 Umumkan ke")
    await ketua.sees("diumumkan", last=3)
    for person in everybody:
        await person.sees("Apakah Bapak/Ibu hadir?")
