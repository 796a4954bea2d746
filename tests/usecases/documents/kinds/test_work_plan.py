"""The work plan: the calendar, the process's own tables, live totals, who signs; and the poster of it all."""

import io
import struct
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from pypdf import PdfReader

from domain.documents.editions import EXCEL, PDF, PICTURE, WORD
from store.engine.database import Database
from tests.documents.support.office import converted
from tests.documents.support.paper_texts import pdf_pages, sheets, word_text
from tests.support.cast import HENDRA
from tests.support.worlds.meeting import PROCESS, World, stationery
from tests.support.worlds.pokja import HOSTILE, adopted, pokja, table, with_papers

AGREED = (
    ("Pembentukan", "1.1", "2026-11-24", "2026-11-30"),
    ("Pengenalan", "1.2", "2026-12-10", "2026-12-01"),
    ("Isu utama", "2.1", None, "2026-12-20"),
    ("Salah", "1.2", "2026-12-01", "9999-12-01"),
)


async def days(world: World, key: str = "rencana-kerja") -> dict[str, tuple[date, date, int]]:
    calendar = (await world.edition(key)).facts["calendar"]
    return {each.key: (each.starts, each.ends, each.days) for each in calendar.topics()}


async def test_topics_follow_one_another_in_working_days(sqlite: Database) -> None:
    world = await pokja(sqlite)
    assert await days(world) == {
        "1.1": (date(2026, 11, 23), date(2026, 11, 24), 2),
        "1.2": (date(2026, 11, 25), date(2026, 11, 27), 3),
        "2.1": (date(2026, 11, 30), date(2026, 12, 4), 5),
    }


async def test_agreed_days_come_first_where_they_make_sense(database: Database) -> None:
    world = await pokja(database)
    await adopted(world, "1.1/kalender", await table(world, "1.1/kalender", *AGREED))
    assert (await days(world))["1.1"] == (date(2026, 11, 24), date(2026, 11, 30), 5)
    assert (await days(world))["1.2"][0] == date(2026, 11, 25)
    assert (await days(world))["2.1"][0] == date(2026, 11, 30)
    edition = await world.edition("rencana-kerja")
    assert "1.1/kalender" in [each.path for each in edition.sources]
    assert "Kalender Kerja yang sudah ditetapkan (versi 1)" in word_text(
        await world.printed("rencana-kerja", WORD)
    )


async def test_it_names_what_is_missing(sqlite: Database) -> None:
    world = await pokja(sqlite)
    edition = await world.edition("rencana-kerja")
    assert edition.missing == ("Dana operasional",)
    assert "Belum ada: hasil kegiatan ini belum ditetapkan (topik 1.2 Pengenalan)" in word_text(
        await world.printed("rencana-kerja", WORD)
    )


@pytest.mark.parametrize("has_paper", [False, True])
async def test_who_signs_and_on_whose_paper(sqlite: Database, has_paper: bool) -> None:
    world = await pokja(sqlite)
    if has_paper:
        await world.adds(stationery(world))
    text = " ".join(pdf_pages(await world.printed("rencana-kerja", PDF)))
    assert ("PEMERINTAH KABUPATEN SUKAMAJU" in text) == has_paper
    assert ("NIP 19700101 199501 1 001" in text) == has_paper
    assert (
        "Sukamaju, 23 November 2026" in text
    ) == has_paper or "Kabupaten Sukamaju, 23 November 2026" in text
    assert "Ketua Pokja" in text
    assert "Sekretaris Pokja" in text
    assert HENDRA in text


async def test_excel_has_the_calendar_and_computes_the_funds(sqlite: Database, tmp_path: Path) -> None:
    world = await pokja(sqlite)
    await with_papers(world)
    content = await world.printed("rencana-kerja", EXCEL)
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert book["Jadwal topik"].auto_filter.ref == "A3:F6"
    assert book["Jadwal topik"]["D4"].value.date() == date(2026, 11, 23)
    funds = book["Dana operasional"]
    assert funds["D4"].value.startswith("=")
    assert funds["D6"].value == "=SUM(D4:D5)"
    computed = openpyxl.load_workbook(
        io.BytesIO(converted(content, "rencana.xlsx", "xlsx", tmp_path)), data_only=True
    )
    assert computed["Dana operasional"]["D6"].value == 4_000_000
    assert computed["Jadwal topik"]["F7"].value == 10


async def test_hostile_text_stays_text_in_every_format(sqlite: Database) -> None:
    world = await pokja(sqlite)
    await with_papers(world, HOSTILE)
    assert HOSTILE in word_text(await world.printed("rencana-kerja", WORD))
    assert "{{7*7}}" in " ".join(pdf_pages(await world.printed("rencana-kerja", PDF)))
    cells = [
        cell
        for row in sheets(await world.printed("rencana-kerja", EXCEL))["Dana operasional"]
        for cell in row
    ]
    assert HOSTILE in cells


async def test_a_process_that_describes_none_has_calendar_and_members(sqlite: Database) -> None:
    world = await pokja(sqlite, PROCESS)
    edition = await world.edition("rencana-kerja")
    assert (edition.title, edition.missing) == ("Rencana Kerja", ())
    text = word_text(await world.printed("rencana-kerja", WORD))
    assert "1.1 | Isu dan rencana | 23 Nov 2026 | 27 Nov 2026 | 5" in text
    assert "1 | Hendra Wijaya | Bappeda | Kepala Bappeda | Ketua" in text


async def test_the_poster_is_one_a3_page_with_everything(sqlite: Database) -> None:
    world = await pokja(sqlite)
    content = await world.printed("poster", PDF)
    (page,) = PdfReader(io.BytesIO(content)).pages
    assert (
        round(float(page.mediabox.width) / 72 * 25.4),
        round(float(page.mediabox.height) / 72 * 25.4),
    ) == (420, 297)
    (text,) = pdf_pages(content)
    for said in (
        "1. Persiapan",
        "1.2 Pengenalan",
        "23–24 Nov 2026",
        "Bappeda",
        "Dinas PUPR",
        "Ketua: Hendra Wijaya.",
    ):
        assert said in text


async def test_the_poster_as_a_picture_is_sharp(sqlite: Database) -> None:
    world = await pokja(sqlite)
    content = await world.printed("poster", PICTURE)
    width, height = struct.unpack(">II", content[16:24])
    assert width >= 2400
    assert width > height
