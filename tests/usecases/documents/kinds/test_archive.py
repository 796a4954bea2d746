"""The archive of a whole Pokja: what is in it, what must not be, and that columns and rows fit."""

import csv
import io
import json
import re
import zipfile

import orjson

from documents.editions import printing
from documents.language.wording import wording
from domain.documents.archives import Archive, Issued, Unprinted
from domain.documents.editions import PDF, ZIP
from store.documents import READY
from store.engine.database import Database
from store.tables.documents import DocumentFile, DocumentOrder
from tests.support.cast import HENDRA, RINA, SITI
from tests.support.worlds import chain
from tests.support.worlds.meeting import World
from tests.support.worlds.pokja import HOSTILE
from usecases.activities import opening
from usecases.meetings import replying

WORDS = wording()


async def archive_of(world: World) -> Archive:
    found: Archive = (await world.edition("arsip", 0)).facts["archive"]
    return found


async def files(world: World) -> dict[str, bytes]:
    made = printing.printed(await world.edition("arsip", 0), ZIP)
    with zipfile.ZipFile(io.BytesIO(made.content)) as package:
        return {name: package.read(name) for name in package.namelist()}


async def with_meeting(database: Database, said: str = "Air keruh") -> World:
    """The cards are adopted, and a meeting is announced that Rina won't come to."""
    world = await chain.planted(database)
    await world.announced()
    await world.replies(RINA, replying.DECLINE, reason=f"{said} alasan")
    await chain.does(world, 0, said)
    return world


async def test_all_that_was_agreed_is_in_it_every_version(database: Database) -> None:
    world = await chain.planted(database)
    for number in (0, 1):
        await chain.does(world, number)
    await world.does(HENDRA, lambda work: opening.reopen(work, 1, sure=True))
    await chain.adopted(world, 1)
    found = await archive_of(world)
    assert [(each.path, each.version) for each in found.results] == [
        ("1.1/isu", 1),
        ("1.1/pilihan", 1),
        ("1.1/isu", 2),
    ]


async def test_nothing_tells_who_wrote_what(sqlite: Database) -> None:
    """A card's number holds its author's; so do rows, contributions, and what was drawn from them."""
    world = await chain.chain(sqlite)
    found = await archive_of(world)
    for each in found.results:
        text = orjson.dumps([each.result, each.items]).decode()
        if each.instrument in {"cards", "worksheet", "narrative"}:
            assert not re.search(r'"(id|sources?|links)":', text), (each.path, text)
        assert not re.search(r"#[0-9R]", text), (each.path, text)
    for table in found.tables:
        if table.key == "decisions":
            assert not [row for row in table.rows if row[2].startswith("activity.move") and "101" in row[4]]


async def test_rows_fit_their_columns(sqlite: Database) -> None:
    world = await with_meeting(sqlite)
    await world.opened()
    await world.comes(SITI)
    await world.writes(2, "decision", "Disepakati")
    await world.gives("Mengumpulkan data", RINA, "2026-12-20", SITI)
    found = await archive_of(world)
    assert all(table.rows for table in found.tables)
    for table in found.tables:
        columns = WORDS.plain(f"archive.columns.{table.key}").split("; ")
        assert {len(row) for row in table.rows} == {len(columns)}, table.key


async def test_coded_cells_are_all_worded(sqlite: Database) -> None:
    world = await with_meeting(sqlite)
    await world.opened()
    await world.writes(2, "note", "Catatan")
    await world.gives("Mengumpulkan data", RINA, "2026-12-20", SITI)
    found = await archive_of(world)
    coded = {cell.key for table in found.tables for row in table.rows for cell in row if hasattr(cell, "key")}
    assert coded
    assert [key for key in coded if not WORDS.has(key)] == []


async def test_what_was_issued_as_final_is_kept_as_it_was(sqlite: Database) -> None:
    world = await chain.chain(sqlite)
    async with sqlite.transaction() as session:
        order = DocumentOrder(
            pokja_id=world.pokja_id,
            by=world.members[HENDRA],
            paper="rangkuman",
            formats=[PDF],
            is_final=True,
            chat_id=1,
            state=READY,
            version=2,
            ordered_at=world.now,
        )
        session.add(order)
        await session.flush()
        session.add(
            DocumentFile(
                order_id=order.id, format=PDF, name="Rangkuman - final 2.pdf", content=b"isi", sha256="x"
            )
        )
    papers = (await archive_of(world)).papers
    assert Issued("Rangkuman - final 2.pdf", b"isi") in papers
    assert chain.TITLE not in [each.edition.title for each in papers if isinstance(each, Unprinted)]


async def test_a_whole_archive_opens_with_hostile_texts_in_it(sqlite: Database) -> None:
    world = await with_meeting(sqlite, HOSTILE)
    found = await files(world)
    assert {path.split("/")[0] for path in found} == {
        "BACA DULU.txt",
        "SHA256SUMS.txt",
        "dokumen",
        "pertemuan",
        "hasil",
        "daftar",
    }
    cards = json.loads(found["hasil/1.1/Kartu isu.json"])
    assert cards["butir"][0]["text"].startswith(HOSTILE)
    attendance = list(
        csv.reader(io.StringIO(found["daftar/kehadiran.csv"].decode("utf-8-sig")), delimiter=";")
    )
    assert [HOSTILE in row[4] for row in attendance].count(True) == 1
    assert await files(world) == found
