"""A Pokja in which everything is open at once, beside another one: for conversations at random."""

from pathlib import Path

from domain import roles
from store.engine.database import Database
from tests.support.process_files import source
from tests.support.worlds import meeting
from tests.support.worlds.founding import Newcomer, founded, joined, set_out
from tests.support.worlds.meeting import HENDRA, World
from usecases.activities import opening
from usecases.people import members
from usecases.topics import topic
from usecases.work import Work


async def planted(path: Path) -> World:
    """A Pokja with three open activities and a meeting that runs; and another one with an invitation."""
    world = await meeting.planted(Database(f"sqlite+aiosqlite:///{path}"))
    await world.follows(source("percakapan"))
    await world.announced()
    await world.opened()
    for number in range(3):
        await world.does(HENDRA, lambda work, number=number: _begins(work, number))
    async with world.database.transaction() as session:
        work = Work(session, meeting.Actor(900, "Orang Lain"), world.now, world.library, meeting.FORMS)
        other = await founded(work, "Pokja Sanitasi")
        await joined(work, other, Newcomer(900, "Orang Lain", roles.KETUA))
        await set_out(work, other, "rantai", source("rantai"))
        await members.invitation(work)
    return world


async def _begins(work: Work, number: int) -> None:
    await opening.start(work, (await topic.begin_activity(work, 0, number)).activity_id)
