"""A running process keeps the version of its process file it started with, whatever becomes of the file."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa

from store.engine.database import Database
from store.process_files import FOLDER
from store.tables.core import ProcessVersion, Run
from usecases.library import Library
from usecases.people import founding
from usecases.registry import FORMS
from usecases.work import Actor, Work

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)


def _edition(folder: Path, version: int, title: str) -> Library:
    text = (FOLDER / "stpp-pdam.yaml").read_text("utf-8")
    assert "version: 2\n" in text
    text = text.replace("version: 2\n", f"version: {version}\n").replace(
        "Isu Utama Pelayanan PDAM\n", f"{title}\n", 1
    )
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    (folder / "stpp-pdam.yaml").write_text(text, "utf-8")
    return Library(folder)


async def _start(database: Database, library: Library) -> int:
    async with database.transaction() as session:
        work = Work(session, Actor(1, "Ketua"), NOW, library, FORMS)
        pokja = await founding.found(work, "Pokja", "Kabupaten", founding.DEFAULT_ZONE)
        return (await founding.start_run(work, pokja, "stpp-pdam", NOW.date())).id


async def _title(database: Database, library: Library, run_id: int) -> str:
    async with database.transaction() as session:
        run = await session.get_one(Run, run_id)
        return (await library.get(session, run.process_version_id)).topic("2.1").title


async def test_a_run_keeps_its_version(database: Database, tmp_path: Path) -> None:
    first = await _start(database, _edition(tmp_path / "proses", 1, "Judul lama"))
    newer = _edition(tmp_path / "proses", 2, "Judul baru")
    second = await _start(database, newer)
    assert await _title(database, newer, first) == "Judul lama"
    assert await _title(database, newer, second) == "Judul baru"


async def test_the_same_text_is_kept_once(database: Database, tmp_path: Path) -> None:
    library = _edition(tmp_path / "proses", 1, "Judul")
    await _start(database, library)
    await _start(database, library)
    async with database.reading() as session:
        assert await session.scalar(sa.select(sa.func.count()).select_from(ProcessVersion)) == 1
