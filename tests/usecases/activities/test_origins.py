"""Where a document's rows come from: whole ways through the tables, told on paper, with a handful of queries."""

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from domain.documents.editions import EXCEL, PDF, WORD
from domain.faults import Rejected
from store.engine.database import Database
from tests.documents.support.paper_texts import pdf_pages, sheets, word_text
from tests.support.cast import BUDI, HENDRA, RINA, SITI
from tests.support.worlds import chain
from tests.support.worlds.chain import STEPS
from usecases.activities import opening, tracing
from usecases.activities.origins import past
from usecases.people import members

WAY = ["Kartu isu", "Isu terpilih", "Tabel tindakan", "Rincian kegiatan", "Kesepakatan kegiatan"]


async def test_every_row_leads_back_to_the_card_it_began_as(database: Database) -> None:
    """Also over the rows a table begins with, and over those that a table's rows refer to."""
    world = await chain.chain(database)
    edition = await world.edition("rangkuman", 0)
    ways = edition.facts["origins"]
    assert [each.path for each in edition.sources] == [f"1.1/{key}" for key in STEPS]
    for place, source in enumerate(edition.sources):
        for item, steps in ways[source.activity_id, source.version].items():
            assert [step.title for step in steps] == WAY[place::-1]
            assert steps[0].item_id == item
            assert steps[-1].text.startswith("Air keruh")
            assert [step.adopted_at for step in steps] == sorted((s.adopted_at for s in steps), reverse=True)


async def test_the_phone_and_the_paper_tell_the_same_way(sqlite: Database) -> None:
    world = await chain.chain(sqlite)
    last = (await world.edition("rangkuman", 0)).sources[-1]
    ways = (await world.edition("rangkuman", 0)).facts["origins"][last.activity_id, 1]
    for item, steps in ways.items():
        shown = await world.does(BUDI, lambda work, item=item: tracing.trace(work, last.activity_id, item))
        assert tuple(shown.steps) == steps


async def test_a_way_follows_the_versions_that_were_drawn(sqlite: Database) -> None:
    """The cards are done again: what was chosen from the old ones still leads to the old ones."""
    world = await chain.planted(sqlite)
    cards, choice = [await chain.does(world, number) for number in (0, 1)]
    await world.does(HENDRA, lambda work: opening.reopen(work, cards, sure=True))
    await chain.answered(world, cards, "Air mati")
    await chain.adopted(world, cards)
    ways = (await world.edition("rangkuman", 0)).facts["origins"]
    assert {step.version for steps in ways[cards, 2].values() for step in steps} == {2}
    assert {steps[-1].version for steps in ways[choice, 1].values()} == {1}


@pytest.mark.parametrize("rows", [3, 300])
async def test_queries_do_not_grow_with_the_rows(sqlite: Database, rows: int) -> None:
    """One for each step back; what a way needs is read once, however many rows take it."""
    world = await chain.chain(sqlite)
    asked = _counted(sqlite)
    async with sqlite.reading() as session:
        known = await past(session, world.library, 1, [(5, 1)])
        for _ in range(rows):
            assert len(known.way_back((5, 1), "1")) == len(STEPS)
    assert len([each for each in asked if "results" in each]) == len(STEPS)


def _counted(database: Database) -> list[str]:
    asked: list[str] = []

    @sa.event.listens_for(database.engine.sync_engine, "before_cursor_execute")
    def _(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
        asked.append(statement)

    return asked


async def test_an_item_that_is_not_there_has_no_way(sqlite: Database) -> None:
    world = await chain.planted(sqlite)
    activity = await chain.does(world, 0)
    async with sqlite.reading() as session:
        known = await past(session, world.library, 1, [(activity, 1), (activity, 7), (99, 1)])
    assert known.way_back((activity, 1), "tidak ada") == ()
    assert known.way_back((activity, 7), "1") == ()
    assert known.way_back((99, 1), "1") == ()


async def test_paper_carries_the_references_and_where_they_lead(sqlite: Database) -> None:
    world = await chain.chain(sqlite)
    for text in (
        " ".join(pdf_pages(await world.printed("rangkuman", PDF, 0))),
        word_text(await world.printed("rangkuman", WORD, 0)),
    ):
        assert "Asal" in text
        assert "R1" in text
        assert "Lampiran: asal-usul isi" in text
        assert "kartu anggota (1.1, 23 Nov 2026) → dipilih 4 dari 4" in " ".join(text.split())
        assert "… R4 → baris dari anggota" in " ".join(text.split())
        assert "Data yang disegel" in text


@pytest.mark.parametrize("told", [True, False])
async def test_writers_are_named_if_they_were_told_so_when_they_wrote(sqlite: Database, told: bool) -> None:
    """What is set later changes nothing for them."""
    world = await chain.planted(sqlite)
    await world.does(HENDRA, lambda work: members.show_authors(work, shown=told))
    cards = await chain.does(world, 0)
    await world.does(HENDRA, lambda work: members.show_authors(work, shown=not told))
    rows = (await world.does(BUDI, lambda work: tracing.rows(work, cards))).rows
    ways = [await world.does(BUDI, lambda work, row=row: tracing.trace(work, cards, row)) for row, _ in rows]
    named = sorted(name for way in ways for name in way.steps[0].writers)
    assert named == (sorted([HENDRA, SITI, BUDI, RINA]) if told else [])
    await chain.does(world, 1)
    paper = word_text(await world.printed("rangkuman", WORD, 0))
    assert ("kartu anggota, ditulis " in paper) == told


async def test_only_the_ketua_says_whether_writers_are_named(sqlite: Database) -> None:
    world = await chain.planted(sqlite)
    with pytest.raises(Rejected, match="not_allowed"):
        await world.does(SITI, lambda work: members.show_authors(work, shown=True))


async def test_the_list_of_seals_names_every_result_in_full(sqlite: Database) -> None:
    world = await chain.chain(sqlite)
    edition = await world.edition("rangkuman", 0)
    on_paper = "".join("".join(pdf_pages(await world.printed("rangkuman", PDF, 0))).split())
    in_word = "".join(word_text(await world.printed("rangkuman", WORD, 0)).split())
    in_excel = [
        row[3] for row in sheets(await world.printed("rangkuman", EXCEL, 0))["Data yang disegel"][2:7]
    ]
    assert in_excel == [each.sha256 for each in edition.sources]
    for source in edition.sources:
        assert source.sha256 in on_paper
        assert source.sha256 in in_word


async def test_what_is_still_to_come_has_neither(sqlite: Database) -> None:
    world = await chain.planted(sqlite)
    world.now += timedelta(days=1)
    text = word_text(await world.printed("rangkuman", WORD, 0))
    assert "Lampiran" not in text
    assert "disegel" not in text
