"""What a described document is gathered from: results, what is missing, what was left out, all periods."""

import sqlalchemy as sa

from domain.documents.editions import Edition
from store.engine.database import Database
from store.tables.core import Activity, Result, TopicRun
from tests.support.worlds.meeting import World
from tests.support.worlds.pokja import PROCESS, adopted, pokja, table
from usecases.documents.kinds.dossier import Part

FUNDS = "            title: Dana operasional\n            instrument: worksheet\n"
DOCUMENT = """  - key: laporan
    title: Laporan
    signed: true
    sections:
      - label: Bab 1
        title: Persiapan
        text: Bab ini memuat persiapan.
        activities: [1.1/tim, 1.2/dana]
      - title: Analisis
        activities: [2.1/isu]
"""
ROWS = (("Rapat", "2", 1000, "2000"),)


async def world_of(database: Database) -> World:
    source = PROCESS.replace(
        FUNDS, f"{FUNDS}            repeats: true\n            figure: {{kind: lights}}\n"
    )
    source = source.replace("figure: {kind: lights}", "figure: {kind: flow}")
    return await pokja(database, source + DOCUMENT)


def parts(made: Edition) -> dict[str, Part]:
    return {part.path: part for chapter in made.facts["chapters"] for part in chapter.parts}


async def test_what_is_not_adopted_yet_is_missing(database: Database) -> None:
    world = await world_of(database)
    await adopted(world, "1.2/dana", await table(world, "1.2/dana", *ROWS))
    made = await world.edition("laporan")
    assert made.missing == ("Susunan tim", "Kartu isu")
    assert [each.title for each in made.sources] == ["Dana operasional"]
    found = parts(made)
    assert found["1.2/dana"].result
    assert found["1.2/dana"].result.figure
    assert found["1.2/dana"].earlier == ()
    assert found["2.1/isu"].topic == "2.1 Isu utama"


async def test_sections_bring_their_labels_and_words(sqlite: Database) -> None:
    made = await (await world_of(sqlite)).edition("laporan")
    first, second = made.facts["chapters"]
    assert (first.label, first.title, first.text) == ("Bab 1", "Persiapan", "Bab ini memuat persiapan.")
    assert (second.label, second.text) == ("", "")
    assert (made.facts["cover"], made.facts["signed"]) == (True, True)
    assert [each.name for each in made.signers]


async def test_what_was_left_out_is_not_missing_and_says_why(database: Database) -> None:
    world = await world_of(database)
    await adopted(world, "1.2/dana", await table(world, "1.2/dana", *ROWS))
    async with world.database.transaction() as session:
        await session.execute(sa.update(Activity).values(state="skipped", reason="Tidak ada dana."))
        session.add(
            TopicRun(run_id=1, key="2.1", state="skipped", opened_at=world.now, reason="Sudah dibahas.")
        )
    made = await world.edition("laporan")
    assert made.missing == ("Susunan tim",)
    assert [(part.skipped, part.reason) for part in parts(made).values()] == [
        (False, ""),
        (True, "Tidak ada dana."),
        (True, "Sudah dibahas."),
    ]


async def test_what_is_done_anew_each_period_brings_all_of_them(database: Database) -> None:
    world = await world_of(database)
    activity = await adopted(world, "1.2/dana", await table(world, "1.2/dana", *ROWS))
    async with world.database.transaction() as session:
        kept = (await session.scalars(sa.select(Result).where(Result.activity_id == activity))).one()
        session.add(
            Result(
                activity_id=activity,
                version=2,
                process_version_id=kept.process_version_id,
                items=kept.items,
                data=kept.data,
                sha256="ab" * 32,
                adopted_by=kept.adopted_by,
                adopted_at=world.now,
            )
        )
    made = await world.edition("laporan")
    found = parts(made)["1.2/dana"]
    assert [each.version for each in found.results()] == [1, 2]
    assert [each.version for each in found.earlier] == [1]
    assert [each.version for each in made.sources] == [1, 2]
    assert len(made.calculations) == 2


async def test_of_other_activities_the_newest_result_counts(sqlite: Database) -> None:
    world = await pokja(sqlite, PROCESS + DOCUMENT)
    activity = await adopted(world, "1.2/dana", await table(world, "1.2/dana", *ROWS))
    async with world.database.transaction() as session:
        await session.execute(sa.update(Result).where(Result.activity_id == activity).values(version=3))
    made = await world.edition("laporan")
    assert [each.version for each in made.sources] == [3]
