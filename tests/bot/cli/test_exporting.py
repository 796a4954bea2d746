"""`pokja export`: the archive of one Pokja in a file, and the sentences an operator reads where that can't be."""

import asyncio
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.cli.exporting import export
from bot.settings import Settings, SettingsError, read_settings
from documents.language.wording import wording
from store.engine.database import Database
from tests.bot.support.programs import outcome
from tests.support.worlds import chain

NOW = datetime(2026, 12, 1, 2, tzinfo=UTC)
WORDS = wording()


@pytest.fixture
async def settings(sqlite_url: str) -> Settings:
    database = Database(sqlite_url)
    await chain.does(await chain.planted(database), 0)
    await database.close()
    return read_settings(database_url=sqlite_url)


@pytest.mark.parametrize("which", ["1", " pokja AIR minum "])
async def test_the_archive_is_written(settings: Settings, tmp_path: Path, which: str) -> None:
    target = tmp_path / "arsip.zip"
    said = await export(settings, which, target, NOW, WORDS)
    assert said.startswith(f"Arsip Pokja Air Minum disimpan di {target} (0,")
    with await asyncio.to_thread(zipfile.ZipFile, target) as package:
        assert package.testzip() is None
        assert "hasil/1.1/Kartu isu.json" in package.namelist()


@pytest.mark.parametrize("which", ["2", "Pokja", "../../x"])
async def test_a_pokja_that_is_not_there_is_told_with_those_that_are(
    settings: Settings, tmp_path: Path, which: str
) -> None:
    with pytest.raises(SettingsError, match="1 = Pokja Air Minum"):
        await export(settings, which, tmp_path / "arsip.zip", NOW, WORDS)


async def test_nothing_is_written_over(settings: Settings, tmp_path: Path) -> None:
    target = tmp_path / "arsip.zip"
    await asyncio.to_thread(target.write_bytes, b"milik orang")
    with pytest.raises(SettingsError, match="sudah ada"):
        await export(settings, "1", target, NOW, WORDS)
    assert await asyncio.to_thread(target.read_bytes) == b"milik orang"


async def test_a_folder_that_is_not_there_is_a_sentence(settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="tidak dapat ditulis"):
        await export(settings, "1", tmp_path / "tidak" / "ada.zip", NOW, WORDS)


async def test_the_command_needs_no_token(settings: Settings, tmp_path: Path) -> None:
    url = settings.database_url.replace("+aiosqlite", "")
    code, said = await outcome("export", "1", str(tmp_path / "a.zip"), database_url=url)
    assert (code, "disimpan" in said) == (0, True)
    code, said = await outcome("export", "9", str(tmp_path / "b.zip"), database_url=url)
    assert (code, len(said.splitlines())) == (2, 1)
