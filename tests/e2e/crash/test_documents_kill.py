"""`kill -9` while a document is made: it is made to its end by the next process, and nothing of it comes twice."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest

from simulator.world.records import OrderedFailure
from tests.e2e.crash.killing import Killer, Nursery, plant
from tests.e2e.crash.staging import Stage, staged
from tests.e2e.steps.documents import files

TITLE = "Pakta Pelayanan"


@dataclass
class AtTheAlbum(Killer):
    """Strikes when the files are to be sent: they don't arrive, though all of them are made."""

    def next_for(self, method: str) -> OrderedFailure | None:
        if method != "sendMediaGroup" or self.struck.is_set():
            return None
        self.kill()
        return OrderedFailure("drop", 0)


@pytest.fixture
async def stage(bots: Nursery, sqlite_url: str) -> AsyncIterator[Stage]:
    """On SQLite, whose file is the bot's alone; that claims run out elsewhere is the store's test."""
    async with staged(bots, sqlite_url) as opened:
        opened.killer = AtTheAlbum(victim=bots)
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
    albums = {m["media_group_id"] for m in await ketua.messages(30) if "media_group_id" in m}
    assert len(albums) == 1, "one message, once"
    assert len({name.rpartition(".")[0] for name in names}) == 1, "one version"
