"""What a member answers is theirs alone until closing: whatever it is, nobody else sees any difference."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from bot.places.activities import DESK
from store.engine.database import Database
from tests.bot.support import seen
from tests.support.cast import BUDI, FITRI, HENDRA, RINA, TONO
from tests.support.worlds import every_instrument
from tests.support.worlds.meeting import World
from usecases.activities import opening
from usecases.people import members

OTHERS = (HENDRA, FITRI, RINA, TONO)
SAID = {0: "Batu kali", -1: "Ikan asin"}
"""What Budi writes, by whether he takes the first or the last of what is offered."""


def _copy(world: World, file: Path) -> World:
    """The same Pokja in a database of its own."""
    with closing(sqlite3.connect(str(world.database.engine.url.database))) as connection:
        connection.execute("VACUUM INTO ?", (str(file),))
    database = Database(f"sqlite+aiosqlite:///{file}")
    return World(database, world.library, world.now, world.pokja_id, world.meeting, dict(world.members))


async def _everything(world: World, activities: Sequence[int]) -> list[str]:
    """All that others than Budi can see."""
    screens = [text for name in OTHERS for text in await seen.by(world, name, activities, BUDI)]
    return [*screens, *await seen.in_papers(world), *await seen.in_tables(world, BUDI)]


async def test_nobody_sees_what_another_answered_before_closing(sqlite_url: str, tmp_path: Path) -> None:
    world, activities = await every_instrument.planted(Database(sqlite_url))
    await world.does(HENDRA, members.invitation)
    seen_by_others = {}
    for at, said in SAID.items():
        copy = _copy(world, tmp_path / f"{said}.db")
        await every_instrument.answers(copy, BUDI, activities, every_instrument.choosing(at, said))
        before = await _everything(copy, activities)
        for activity in activities:
            await copy.does(HENDRA, lambda work, number=activity: opening.close(work, number))
        seen_by_others[said] = before, [await seen.looked(copy, HENDRA, DESK(each)) for each in activities]
        await copy.database.close()
    await world.database.close()
    (one, one_closed), (other, other_closed) = seen_by_others.values()
    assert one == other
    assert not any(said in text for said in SAID.values() for text in one)
    assert [a[0] for a, b in zip(one_closed, other_closed, strict=True) if a == b] == []
