"""The report on progress: topics, tindak lanjut with the late ones first, meetings; the same in every format."""

import io
from collections.abc import Mapping
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import openpyxl
import pytest
import sqlalchemy as sa

from domain.documents.editions import EXCEL, PDF, WORD
from domain.follow_ups.follow_up import BLOCK, CANCEL, FINISH, GIVE, Event
from store import follow_ups
from store.engine.database import Database
from store.tables.core import Activity, FollowUp, TopicRun
from tests.documents.support.paper_texts import pdf_pages, sheets, word_text
from tests.support.cast import BUDI, RINA, SITI
from tests.support.worlds.meeting import BEGINNING, World
from tests.support.worlds.pokja import HOSTILE, PROCESS, adopted, later, pokja, table

NEXT = '      - key: "1.2"\n'
ROLES = """          - key: peran
            title: Peran anggota
            instrument: worksheet
            prompt: Apa perannya?
            rows_from: tim
            columns:
              - {key: nama, title: Nama, value_from: text}
"""


async def given(world: World, text: str, owner: str, due: date, *then: str) -> None:
    """A tindak lanjut of topic 1.1, and what happened to it."""
    zone = ZoneInfo("Asia/Jakarta")
    who = world.members[owner]
    async with world.database.transaction() as session:
        row = FollowUp(
            pokja_id=world.pokja_id,
            text=text,
            owner_id=who,
            due=due,
            source="1.1/peraturan",
            created_by=who,
            created_at=BEGINNING,
        )
        kept = await follow_ups.give(session, row, Event(GIVE, who, BEGINNING, due=due, owners=(who,)), zone)
        for kind in then:
            kept, _ = await follow_ups.record(session, kept, Event(kind, who, world.now, "sebab"), zone)


async def busy(world: World, said: str = "Mengumpulkan data") -> None:
    """Six tindak lanjut on the day 30 days after the beginning (23 December)."""
    await later(world, 30)
    await given(world, said, BUDI, date(2026, 12, 20))
    await given(world, "Menyusun peta", BUDI, date(2026, 12, 1), BLOCK)
    await given(world, "Rapat warga", RINA, date(2026, 12, 26))
    await given(world, "Menulis laporan", SITI, date(2027, 2, 1))
    await given(world, "Mengirim undangan", SITI, date(2026, 12, 1), FINISH)
    await given(world, "Survei lama", RINA, date(2026, 12, 1), CANCEL)
    await given(world, "Menagih data", BUDI, date(2026, 12, 10))


async def test_it_can_be_final_at_any_time(sqlite: Database) -> None:
    world = await pokja(sqlite)
    edition = await world.edition("kemajuan")
    assert edition.missing == ()
    assert edition.facts["percent"] == 0


async def test_topics_with_days_percent_and_what_is_open_or_stale(sqlite: Database) -> None:
    world = await pokja(sqlite)
    funds = await adopted(world, "1.2/dana", await table(world, "1.2/dana", ("Rapat", "1", 5, "5")))
    await later(world, 3)
    async with world.database.transaction() as session:
        topic = (await session.scalars(sa.select(TopicRun).where(TopicRun.key == "1.1"))).one()
        session.add(
            Activity(
                topic_run_id=topic.id,
                pokja_id=world.pokja_id,
                topic_key="1.1",
                key="tim",
                instrument="roster",
                state="open",
                items=[],
                context=[],
                drawn={"1.2/dana": 0},
                opened_by=1,
                opened_at=world.now,
            )
        )
        session.add(
            TopicRun(
                run_id=1,
                key="2.1",
                state="skipped",
                reason="Sudah ada",
                opened_at=world.now,
                closed_at=world.now,
            )
        )
        (await session.get_one(Activity, funds)).state = "adopted"
    facts = (await world.edition("kemajuan")).facts
    first, second, third = [topic for stage in facts["stages"] for topic in stage.topics]
    assert (first.state, first.percent, first.late) == ("open", 0, True)
    assert first.under_way == (("Susunan tim", "open"),)
    assert (second.percent, second.late, second.ends) == (50, False, date(2026, 11, 27))
    assert (third.state, third.percent, third.reason, third.opened) == ("skipped", 100, "Sudah ada", None)
    assert facts["percent"] == 50
    assert [stage.settled for stage in facts["stages"]] == [0, 1]


async def test_an_activity_on_changed_results_is_named(database: Database) -> None:
    world = await pokja(database, PROCESS.replace(NEXT, ROLES + NEXT, 1))
    first = await adopted(world, "1.1/tim", {"posts": []})
    peran = await adopted(world, "1.1/peran", await table(world, "1.1/peran", ("Budi",)))
    async with world.database.transaction() as session:
        (await session.get_one(Activity, peran)).drawn = {"1.1/tim": 1}
    assert not _stale((await world.edition("kemajuan")).facts)
    async with world.database.transaction() as session:
        (await session.get_one(Activity, first)).state = "open"
    assert _stale((await world.edition("kemajuan")).facts) == ["Peran anggota"]
    assert "1.1 Pembentukan: Peran anggota" in word_text(await world.printed("kemajuan", WORD))


def _stale(facts: Mapping[str, Any]) -> list[str]:
    return [title for stage in facts["stages"] for topic in stage.topics for title in topic.stale]


async def test_the_late_come_first(database: Database) -> None:
    world = await pokja(database)
    await busy(world)
    facts = (await world.edition("kemajuan")).facts
    assert [(each.text, each.state, each.late) for each in facts["follow_ups"]] == [
        ("Menagih data", "open", 13),
        ("Mengumpulkan data", "open", 3),
        ("Rapat warga", "open", 0),
        ("Menulis laporan", "open", 0),
        ("Menyusun peta", "blocked", 22),
        ("Mengirim undangan", "done", 0),
        ("Survei lama", "cancelled", 0),
    ]
    assert facts["counts"] == {
        "open": 4,
        "blocked": 1,
        "done": 1,
        "cancelled": 1,
        "late": 3,
        "soon": 1,
        "later": 1,
    }
    assert [(each.name, each.live, each.late, each.done) for each in facts["people"]] == [
        (BUDI, 3, 3, 0),
        (RINA, 1, 0, 0),
        (SITI, 1, 0, 1),
    ]


async def test_meetings_that_were_held_with_their_attendance(database: Database) -> None:
    world = await pokja(database)
    await world.announced()
    assert (await world.edition("kemajuan")).facts["meetings"] == []
    await world.held()
    (meeting,) = (await world.edition("kemajuan")).facts["meetings"]
    assert (meeting.on, meeting.came, meeting.invited, meeting.quorum, meeting.state) == (
        date(2026, 11, 24),
        4,
        6,
        True,
        "held",
    )
    text = word_text(await world.printed("kemajuan", WORD))
    assert "24 Nov 2026 | 4 dari 6 undangan | sedang ditulis" in text


async def test_the_pdf_tells_it_all_with_figures(sqlite: Database) -> None:
    world = await pokja(sqlite)
    await busy(world)
    text = " ".join(pdf_pages(await world.printed("kemajuan", PDF)))
    for said in (
        "Keadaan Rabu, 23 Desember 2026 pukul 09.00 WIB",
        "4 berjalan, 1 terkendala, 1 selesai, 1 dibatalkan; 3 terlambat",
        "1. Persiapan",
        "0 / 2",
        "Merah · 3 tindak lanjut",
        "Kuning · 1 tindak lanjut",
        "Hijau · 1 tindak lanjut",
        "Belum ada pertemuan yang diadakan.",
    ):
        assert said in text


async def test_excel_lists_can_be_filtered(sqlite: Database) -> None:
    world = await pokja(sqlite)
    await busy(world)
    content = await world.printed("kemajuan", EXCEL)
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert {page.title: page.auto_filter.ref for page in book} == {
        "Topik": "A3:M6",
        "Tindak lanjut": "A3:G10",
        "Penanggung jawab": "A3:E6",
    }
    assert sheets(content)["Tindak lanjut"][2][:4] == ("Berjalan", "Menagih data", BUDI, "1.1")
    assert sheets(content)["Tindak lanjut"][2][5] == 13
    assert (
        sheets(content)["Topik"][-1][0] == "Pokja Air Minum, keadaan Rabu, 23 Desember 2026 pukul 09.00 WIB."
    )


@pytest.mark.parametrize("kind", [PDF, WORD, EXCEL])
async def test_hostile_text_is_shown_as_typed(sqlite: Database, kind: str) -> None:
    world = await pokja(sqlite)
    await busy(world, HOSTILE)
    content = await world.printed("kemajuan", kind)
    if kind == EXCEL:
        assert HOSTILE in [cell for row in sheets(content)["Tindak lanjut"] for cell in row]
        return
    text = word_text(content) if kind == WORD else " ".join(pdf_pages(content))
    assert "<b>x</b>" in text
    assert "{{7*7}}" in text


async def test_before_a_process_begins_there_is_a_report_too(sqlite: Database) -> None:
    world = await pokja(sqlite)
    async with world.database.transaction() as session:
        await session.execute(sa.text("DELETE FROM runs"))
    assert "proses belum dimulai" in word_text(await world.printed("kemajuan", WORD))
    assert "jadwal (proses belum dimulai)" in (await world.edition("poster")).missing
    for key in ("sk-pokja", "rencana-kerja", "poster"):
        assert (await world.printed(key, PDF)).startswith(b"%PDF")
