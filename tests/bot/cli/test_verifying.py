"""`pokja check` of documents: files printed from a small Pokja, held against its database, sound and meddled with."""

import asyncio
import hashlib
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.cli.verifying import Report, check_document
from bot.settings import SettingsError, read_settings
from documents import zipping
from documents.language.wording import wording
from domain.documents.editions import EXCEL, PDF, WORD
from domain.freezing import seal
from store.documents import READY
from store.engine.database import Database
from store.tables.core import Result
from store.tables.documents import DocumentFile, DocumentOrder
from tests.bot.support.programs import outcome
from tests.support.cast import HENDRA
from tests.support.worlds import chain
from tests.support.worlds.meeting import World
from usecases.activities import opening

WORDS = wording()
KINDS = {PDF: "pdf", WORD: "docx", EXCEL: "xlsx"}


@dataclass
class Desk:
    """A Pokja whose first two activities are adopted, and its document as a file."""

    world: World
    url: str
    folder: Path

    async def prints(self, kind: str = PDF) -> Path:
        path = self.folder / f"dokumen.{KINDS[kind]}"
        path.write_bytes(await self.world.printed("rangkuman", kind, 0))
        return path

    async def checks(self, path: Path, content: bytes | None = None) -> Report:
        settings = read_settings(database_url=self.url)
        whole = content or await asyncio.to_thread(path.read_bytes)
        return await check_document(settings, path, whole, WORDS)

    async def changes(self, statement: str) -> None:
        async with self.world.database.transaction() as session:
            await session.execute(sa.text(statement))


@pytest.fixture
async def desk(database_url: str, tmp_path: Path) -> AsyncIterator[Desk]:
    async with desk_on(database_url, tmp_path) as opened:
        yield opened


@asynccontextmanager
async def desk_on(url: str, folder: Path) -> AsyncIterator[Desk]:
    database = Database(url)
    world = await chain.planted(database)
    for number in (0, 1):
        await chain.does(world, number)
    yield Desk(world, url, folder)
    await database.close()


@pytest.mark.parametrize("kind", KINDS)
async def test_a_document_as_it_was_printed_holds(desk: Desk, kind: str) -> None:
    report = await desk.checks(await desk.prints(kind))
    assert report.holds
    assert report.lines[1:3] == (
        "1. cocok: 1.1 Kartu isu, versi 1.",
        "2. cocok: 1.1 Isu terpilih, versi 1.",
    )
    assert report.lines[-1] == "Semua cocok."


@pytest.mark.parametrize(
    "change",
    [
        """UPDATE results SET data = REPLACE(CAST(data AS TEXT), 'Air keruh 0', 'Air bersih') WHERE id = 1""",
        """UPDATE results SET sha256 = REPLACE(sha256, SUBSTR(sha256, 1, 8), 'deadbeef') WHERE id = 1""",
    ],
)
async def test_data_that_was_changed_in_the_database_is_told(desk: Desk, change: str) -> None:
    path = await desk.prints()
    await desk.changes(
        change.replace("CAST(data AS TEXT)", "data") if "sqlite" in desk.url else _typed(change)
    )
    report = await desk.checks(path)
    assert not report.holds
    assert report.lines[1].startswith("1. BERUBAH: 1.1 Kartu isu, versi 1.")
    assert report.lines[2].startswith("2. cocok")
    assert report.lines[-1] == "Yang tidak cocok: 1 dari 2."


def _typed(change: str) -> str:
    return change.replace("'Air bersih')", "'Air bersih')::json") if "data" in change else change


async def test_data_that_cannot_be_read_any_more_is_one_sentence(sqlite_url: str, tmp_path: Path) -> None:
    """On SQLite, which keeps any text; PostgreSQL takes no such thing."""
    async with desk_on(sqlite_url, tmp_path) as desk:
        path = await desk.prints()
        await desk.changes("UPDATE results SET data = SUBSTR(data, 1, 40) WHERE id = 1")
        with pytest.raises(SettingsError, match=r"rusak dan tidak dapat dibaca.*POKJA_DATABASE_URL"):
            await desk.checks(path)


async def test_data_sealed_anew_after_a_change_is_told_too(desk: Desk) -> None:
    """Whoever changes the data and its seal together has still not changed the document."""
    path = await desk.prints()
    async with desk.world.database.transaction() as session:
        row = await session.get_one(Result, 1)
        row.data = {**row.data, "voters": 99}
        row.sha256 = seal(row.data)
    report = await desk.checks(path)
    assert not report.holds
    assert "BERUBAH" in report.lines[1]


async def test_a_newer_version_is_told_and_the_old_one_is_sound(desk: Desk) -> None:
    path = await desk.prints()
    await desk.world.does(HENDRA, lambda work: opening.reopen(work, 1, sure=True))
    await chain.adopted(desk.world, 1)
    report = await desk.checks(path)
    assert not report.holds
    assert report.lines[1].startswith("1. ada versi baru: 1.1 Kartu isu, versi 1 di dokumen ini masih utuh")
    assert "versi 2 sudah ditetapkan" in report.lines[1]
    assert (await desk.checks(await desk.prints())).holds


async def test_a_document_of_another_pokja_is_unknown(desk: Desk, sqlite_url: str, tmp_path: Path) -> None:
    path = await desk.prints()
    report = await Desk(desk.world, sqlite_url, tmp_path).checks(path)
    assert not report.holds
    assert report.lines[1].startswith("1. tidak dikenal: 1.1/isu, versi 1.")
    await desk.changes("UPDATE activities SET key = 'lain' WHERE id = 1")
    assert "tidak dikenal" in (await desk.checks(path)).lines[1]


async def test_a_list_of_seals_that_was_shortened_is_told(desk: Desk) -> None:
    path = await desk.prints(WORD)
    parts = zipping.unzipped(path.read_bytes())
    custom = parts["docProps/custom.xml"]
    start = custom.index(b"<property")
    end = custom.index(b"</property>") + len(b"</property>")
    parts["docProps/custom.xml"] = custom[:start] + custom[end:]
    report = await desk.checks(path, zipping.zipped(parts))
    assert not report.holds
    assert any("tidak utuh" in line for line in report.lines)


async def test_a_file_as_it_was_sent_is_told_from_one_that_was_edited(desk: Desk) -> None:
    path = await desk.prints()
    content = path.read_bytes()
    assert "mungkin sudah disunting" in (await desk.checks(path)).lines[-2]
    async with desk.world.database.transaction() as session:
        order = DocumentOrder(
            pokja_id=desk.world.pokja_id,
            by=desk.world.members[HENDRA],
            paper="rangkuman",
            formats=[PDF],
            is_final=True,
            chat_id=1,
            state=READY,
            version=3,
            ordered_at=desk.world.now,
        )
        session.add(order)
        await session.flush()
        sha = hashlib.sha256(content).hexdigest()
        session.add(DocumentFile(order_id=order.id, format=PDF, name="x.pdf", content=content, sha256=sha))
    assert (
        "sama persis dengan yang disusun asisten sebagai versi final (versi 3)"
        in (await desk.checks(path)).lines[-2]
    )


async def test_a_file_without_seals_says_what_to_take_instead(desk: Desk, tmp_path: Path) -> None:
    bare = tmp_path / "pindaian.docx"
    bare.write_bytes(zipping.zipped({"word/document.xml": b"<x/>"}))
    report = await desk.checks(bare)
    assert not report.holds
    assert report.lines[0].startswith(f"{bare} tidak membawa segel.")


async def test_a_damaged_file_is_one_sentence(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="tidak dapat dibaca"):
        await desk.checks(tmp_path / "rusak.pdf", b"%PDF-1.7 rusak")


async def test_the_command_ends_with_one_unless_all_holds(sqlite_url: str, tmp_path: Path) -> None:
    database = Database(sqlite_url)
    world = await chain.planted(database)
    await chain.does(world, 0)
    desk = Desk(world, sqlite_url, tmp_path)
    path, url = await desk.prints(), sqlite_url.replace("+aiosqlite", "")
    await database.close()
    code, said = await outcome("check", str(path), database_url=url)
    assert (code, said.splitlines()[1]) == (0, "1. cocok: 1.1 Kartu isu, versi 1.")
    with sqlite3.connect(url.removeprefix("sqlite:///")) as connection:
        connection.execute("UPDATE results SET sha256 = 'x'")
    code, said = await outcome("check", str(path), database_url=url)
    assert code == 1
    assert "BERUBAH" in said


async def test_a_database_that_is_not_there_is_not_made(desk: Desk, tmp_path: Path) -> None:
    path, nowhere = await desk.prints(), tmp_path / "tidak-ada" / "pokja.db"
    with pytest.raises(SettingsError, match="pokja migrate"):
        await Desk(desk.world, f"sqlite:///{nowhere}", tmp_path).checks(path)
    assert not await asyncio.to_thread(nowhere.exists)
