"""/periksa: a table that was made elsewhere is recalculated, pasted or sent as a file, by whoever asks."""

import io
from typing import Any

import openpyxl
import sqlalchemy as sa

from bot.app import Running
from simulator.phones.phone import Person, Simulator
from store.tables.core import Draft
from tests.documents.support.workbooks import LOCKED, OLD_XLS, bomb, saved
from tests.e2e.steps.planting import planted
from tests.support.buttons import going, viewing
from tests.support.cast import BUDI, HENDRA, SITI

HOSTILE = '<b>Pipa</b> & {{7*7}} =HYPERLINK("x")'
RIGHT = """Pilihan; Dampak (60%); Biaya (40%); Total; Peringkat
Sumur bor; 4; 3; 3,6; 2
Pipa baru; 5; 4; 4,6; 1
Tangki; 2; 1; 1,6; 3"""
WRONG = f"""Pilihan\tDampak\tBiaya\tTotal\tPeringkat
Bobot\t0,6\t0,4\t\t
Sumur bor\t4\t3\t3,8\t2
{HOSTILE}\t5\t4\t4,6\t1
Tangki\t5\t4\t4,6\t3"""
NAMELESS = "Program; Dampak; Biaya; Total; Peringkat\n; 4; 3; ; \nIPAL; 4; 5; ; 2\nTPS; 5; 4; ; 1"
"""Its first row may be weights, or a program whose name is missing."""

KEYS = ("⇩ Unduh Excel", "Periksa tabel lain", "☰ Menu")


async def asks(person: Person, *, joined: bool = False) -> None:
    if not joined:
        await person.starts()
    await person.types("/periksa")
    await person.sees("Tempel tabelnya di sini")


async def test_a_right_table_holds(sim: Simulator, sqlite_bot: Running) -> None:
    """Also a stranger may ask; what is pasted without asking is no table to check."""
    stranger = await sim.person(SITI)
    await stranger.starts()
    await stranger.types(RIGHT)
    await stranger.does_not_see("Semua cocok")
    await asks(stranger, joined=True)
    await stranger.types(RIGHT)
    seen = (await stranger.sees("Semua cocok: 3 baris, 2 kriteria."))["text"]
    assert "Total = Σ bobot × skor." in seen
    table = (await stranger.sees("Hasil hitung ulang"))["text"]
    assert table.index("Pipa baru") < table.index("Sumur bor") < table.index("Tangki")
    assert tuple(await stranger.buttons()) == KEYS
    await stranger.taps("Periksa tabel lain")
    await stranger.types(NAMELESS)
    await stranger.sees("berisi 4; 3")
    await stranger.taps("Bobot")
    await stranger.sees("Total = Σ bobot × skor")


async def test_what_is_wrong_is_told_with_what_it_should_be(sim: Simulator, sqlite_bot: Running) -> None:
    house = await planted(sim, sqlite_bot, HENDRA, SITI)
    member = house.people[1]
    await asks(member, joined=True)
    await member.types(WRONG)
    seen = (await member.sees("hal perlu diperiksa"))["text"]
    assert "Sumur bor: Total tertulis 3,8, seharusnya 3,6." in seen
    assert "Sumur bor: Peringkat tertulis 2, seharusnya 3." in seen
    assert f"{HOSTILE[:39]}" in seen
    assert "Totalnya tepat sama, tetapi peringkatnya berbeda (1; 3)" in seen
    assert HOSTILE in (await member.sees("Hasil hitung ulang"))["text"]
    await member.taps("⇩ Unduh Excel")
    name, content = await member.receives_file("Hasil")
    assert name == "Hasil hitung ulang.xlsx"
    check_workbook(content)


def check_workbook(content: bytes) -> None:
    """Formulas that live, beside what was given; what was typed stays text."""
    page = openpyxl.load_workbook(io.BytesIO(content)).active
    cells = [[cell.value for cell in row] for row in page.iter_rows(min_row=3, max_row=7)]
    assert cells[0] == [
        "Yang dinilai",
        "Dampak",
        "Biaya",
        "Total",
        "Peringkat",
        "Total yang tertulis",
        "Peringkat yang tertulis",
    ]
    assert cells[1][:3] == ["Bobot", 0.6, 0.4]
    assert cells[2][0] == HOSTILE
    assert cells[2][3] == "=ROUND(SUMPRODUCT($B$4:$C$4,B5:C5),10)"
    assert cells[2][4].startswith("=RANK(D5,")
    assert [row[5] for row in cells[2:]] == ["4,6", "4,6", "3,8"]


def made(*rows: tuple[Any, ...]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    return saved(book)


async def test_a_workbook_goes_to_the_check_and_not_to_a_table(sim: Simulator, sqlite_bot: Running) -> None:
    house = await planted(sim, sqlite_bot, HENDRA)
    ketua = house.people[0]
    await asks(ketua, joined=True)
    sheet = [
        ("Skoring usulan",),
        ("No", "Usulan", "Dampak", "Biaya", "Total", "Ranking"),
        (None, "Bobot", 0.6, 0.4, None, None),
        (1, "Sumur bor", 4, 3, 3.5, 2),
        (2, "Pipa baru", 5, 4, 4.6, 1),
    ]
    await ketua.sends_document("skoring.xlsx", made(*sheet))
    seen = (await ketua.sees("1 hal perlu diperiksa"))["text"]
    assert "Sumur bor: Total tertulis 3,5, seharusnya 3,6." in seen
    assert "Lembar yang diperiksa: Sheet" in seen
    await ketua.taps("Periksa tabel lain")
    sheet[3] = (1, "Sumur bor", 4, 3, 3.6, 2)
    await ketua.sends_document("skoring.xlsx", made(*sheet))
    await ketua.sees("Semua cocok: 2 baris, 2 kriteria.")
    await ketua.sends_document("skoring.xlsx", made(*sheet))
    await ketua.sees("bukan formulir yang saya kirim")


async def test_what_cant_be_read_is_explained_and_asked_again(sim: Simulator, sqlite_bot: Running) -> None:
    siti = await sim.person(SITI)
    await asks(siti)
    await siti.types("tolong dicek ya")
    await siti.sees("Belum terbaca sebagai tabel", last=1)
    await siti.types("a; b\nc; d")
    await siti.sees("Baris judulnya belum ditemukan", last=1)
    await siti.sends_sticker()
    await siti.sees("tabel berupa teks atau berkas Excel", last=1)
    for name, content, said in (
        ("lama.xls", OLD_XLS, "Excel lama (.xls)"),
        ("rahasia.xlsx", LOCKED, "dikunci kata sandi"),
        ("surat.docx", b"PK\x03\x04", "Salin tabelnya dari Word"),
        ("surat.pdf", b"%PDF-1.4", "Buka PDF-nya, salin tabelnya"),
        ("bom.xlsx", bomb(made(("a", "b"))), "terlalu besar untuk dibaca"),
        ("kosong.xlsx", made(), "Belum terbaca sebagai tabel"),
    ):
        await siti.sends_document(name, content)
        await siti.sees(said, last=1)
    await siti.sees("Sumur bor; 4; 3; 3,6; 2", last=1)
    await siti.types(RIGHT)
    await siti.sees("Semua cocok")


async def test_only_the_newest_tables_are_kept_and_nobody_elses(sim: Simulator, sqlite_bot: Running) -> None:
    siti, budi = await sim.people(SITI, BUDI)
    for person, turns in ((siti, 4), (budi, 1)):
        await person.starts()
        for turn in range(turns):
            await person.types("/periksa")
            await person.types(RIGHT.replace("Tangki", f"Tangki {turn}"))
            await person.sees(f"Tangki {turn}")
    async with sqlite_bot.database.reading() as session:
        kept = list(await session.scalars(sa.select(Draft.id).order_by(Draft.id)))
    assert len(kept) == 4
    await budi.forges(going("check_excel", kept[0]))
    assert "sudah tidak disimpan" in await budi.toast()
    await budi.forges(viewing("f", kept[-1]))
    assert "sudah selesai atau dibatalkan" in await budi.toast()
