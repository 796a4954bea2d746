"""`kill -9` while a document is made: it is made to its end by the next process, and nothing of it comes twice."""

import sqlite3
import time
from collections.abc import AsyncIterator
from contextlib import closing
from dataclasses import dataclass

import pytest

from simulator.world.records import OrderedFailure
from tests.e2e.crash.killing import Killer, Nursery, plant
from tests.e2e.crash.staging import Stage, staged
from tests.e2e.steps.documents import files

TITLE = "Pakta Pelayanan"


@dataclass
class AtTheSecondFile(Killer):
    """Strikes when the second file is to be sent: it doesn't arrive, and the third may still be in the making."""

    database: str = ""
    sent: int = 0

    def next_for(self, method: str) -> OrderedFailure | None:
        self.sent += method == "sendDocument"
        if method != "sendDocument" or self.sent < 2 or self.struck.is_set() or not self._first_is_noted():
            return None
        self.kill()
        return OrderedFailure("drop", 0)

    def _first_is_noted(self) -> bool:
        """Waits for it a while: a file of which the bot hasn't noted that it arrived may come twice after a kill."""
        for _ in range(100):
            with closing(sqlite3.connect(self.database)) as opened:
                if opened.execute(
                    "SELECT 1 FROM outbox WHERE kind = 'document' AND state = 'sent'"
                ).fetchone():
                    return True
            time.sleep(0.02)
        return False


@pytest.fixture
async def stage(bots: Nursery, sqlite_url: str) -> AsyncIterator[Stage]:
    """On SQLite, whose file is the bot's alone; that claims run out elsewhere is the store's test."""
    async with staged(bots, sqlite_url) as opened:
        opened.killer = AtTheSecondFile(victim=bots, database=sqlite_url.partition("///")[2])
        opened.world.failures = opened.killer
        yield opened


async def test_a_document_is_made_to_its_end_and_sent_once(stage: Stage) -> None:
    (ketua,) = await stage.people(1)
    await plant(stage.url, [ketua])
    stage.bots.bear()
    await ketua.starts()
    await ketua.types("/dokumen")
    await ketua.taps(TITLE)
    await ketua.taps("Semua format")
    await stage.dies()
    stage.bots.bear()
    await ketua.sees("Selesai. Berkasnya dikirim di bawah.", last=12)
    for kind in ("pdf", "docx", "xlsx"):
        await ketua.receives_file(kind)
    names = [name for name in await files(ketua) if "draf" in name]
    assert sorted(name.rpartition(".")[2] for name in names) == ["docx", "pdf", "xlsx"]
    assert len({name.rpartition(".")[0] for name in names}) == 1, "one version"
