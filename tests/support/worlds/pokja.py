"""A Pokja whose process has a team, a decree's manuscript, a calendar and funds, with results put into the tables."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from domain.freezing import plain, seal
from domain.instruments.narrative.text import Manuscript, Passage
from domain.instruments.roster.people import Candidate
from domain.instruments.roster.team import Appointed, Staffed, Team
from domain.instruments.worksheet.table import Row, Table
from domain.process.model import Process
from store.engine.database import Database
from store.tables.core import Activity, ProcessVersion, Result, TopicRun
from tests.support.cast import HENDRA
from tests.support.process_files import source
from tests.support.worlds import meeting
from tests.support.worlds.meeting import BEGINNING, World

HOSTILE = '<b>x</b> {{7*7}} =HYPERLINK("http://x.y") & 😀 ../../x'
PROCESS = source("pembentukan")
LAW = "1. Undang-Undang Nomor 23 Tahun 2014;\n2. Peraturan Presiden Nomor 185 Tahun 2014."


async def pokja(database: Database, source: str = PROCESS) -> World:
    """The Pokja of the meetings' world, on its way through this process; a meeting is planned."""
    world = await meeting.planted(database)
    await world.follows(source)
    return world


async def adopted(world: World, path: str, result: Any, items: Sequence[Any] = ()) -> int:
    """An activity with this result, adopted by the Ketua; returns the activity's number."""
    topic_key, key = path.split("/")
    async with world.database.transaction() as session:
        version = (await session.scalars(sa.select(ProcessVersion))).one()
        process = await world.library.get(session, version.id)
        topic = await session.scalar(sa.select(TopicRun).where(TopicRun.key == topic_key))
        if topic is None:
            topic = TopicRun(run_id=1, key=topic_key, opened_at=world.now)
            session.add(topic)
            await session.flush()
        made = Activity(
            topic_run_id=topic.id,
            pokja_id=world.pokja_id,
            topic_key=topic_key,
            key=key,
            state="adopted",
            instrument=process.activity(topic_key, key).instrument,
            items=[],
            context=[],
            opened_by=world.members[HENDRA],
            opened_at=world.now,
        )
        session.add(made)
        await session.flush()
        session.add(_result(world, made, version.id, plain(result), list(items)))
        return made.id


def _result(world: World, made: Activity, version_id: int, result: Any, items: list[Any]) -> Result:
    data = {
        "process": "rapat 1",
        "activity": f"{made.topic_key}/{made.key}",
        "voters": 4,
        "items": [],
        "context": [],
        "inputs": {},
        "drawn": {},
        "moves": [],
        "ballots": {},
        "result": result,
    }
    return Result(
        activity_id=made.id,
        version=1,
        process_version_id=version_id,
        items=items,
        data=data,
        sha256=seal(data),
        adopted_by=world.members[HENDRA],
        adopted_at=world.now,
    )


def manuscript(**texts: str) -> Manuscript:
    """A naskah with these texts by section."""
    titles = {"tugas": "Tugas Pokja"}
    return Manuscript(
        tuple(
            Passage(key, titles.get(key, key.capitalize()), bool(text), text, 0, "", (), (), (), ())
            for key, text in texts.items()
        ),
        0,
        (),
    )


def team(*people: tuple[str, str, str, str]) -> Team:
    """A team of (post, name, instansi, office)."""
    posts = list(dict.fromkeys(post for post, *_ in people))
    return Team(
        tuple(
            Staffed(
                post.lower(),
                post,
                5,
                tuple(
                    Appointed(f"A{number}", Candidate(str(number), name, instansi, office), 1, HENDRA)
                    for number, (held, name, instansi, office) in enumerate(people)
                    if held == post
                ),
                (),
            )
            for post in posts
        ),
        (),
        0,
        (),
        (),
        1,
    )


async def process_of(world: World) -> Process:
    """The process as it is read."""
    async with world.database.reading() as session:
        version = (await session.scalars(sa.select(ProcessVersion))).one()
        return await world.library.get(session, version.id)


async def table(world: World, path: str, *rows: tuple[Any, ...], totals: tuple[Any, ...] = ()) -> Table:
    """A filled-in table of the process's columns."""
    columns = (await process_of(world)).activity(*path.split("/")).settings.columns
    made = tuple(Row(f"R{n}", str(row[0]), row) for n, row in enumerate(rows, 1))
    return Table(columns, 0, made, totals or (None,) * len(columns), 0, 0, (), 0)


async def with_papers(world: World, said: str = "Air bersih") -> None:
    """A team, a whole decree, and funds; `said` is what people typed everywhere."""
    await adopted(
        world,
        "1.1/tim",
        team(("Ketua", "Dr. Hendra Wijaya", "Bappeda", "Kepala Bappeda"), ("Anggota", said, said, said)),
    )
    await adopted(
        world,
        "1.1/sk",
        manuscript(
            menimbang=f"a. bahwa {said} perlu ditingkatkan;\nb. bahwa perlu kerja bersama;",
            mengingat=LAW,
            menetapkan=f"Membentuk Pokja {said}.",
            tugas=f"a. menyusun rencana {said};\nb. melapor.",
            penutup="Berlaku sejak ditetapkan.",
        ),
    )
    rows = ((said, "2", 1_250_000, "2500000"), ("Survei", "1/2", 3_000_000, "1500000"))
    await adopted(
        world, "1.2/dana", await table(world, "1.2/dana", *rows, totals=(None, None, None, "4000000"))
    )


async def later(world: World, days: int) -> World:
    """So many days after the beginning."""
    world.now = BEGINNING + timedelta(days=days)
    return world
