"""Who is done is the same everywhere it is told, and who is nudged is who isn't."""

import sqlalchemy as sa

from domain.broadcasts.broadcast import ANSWERED, Audience
from store import activities
from store.engine.database import Database
from store.tables.core import Activity, Outgoing, Pokja
from tests.support.worlds import meeting
from tests.support.worlds.meeting import BUDI, HENDRA, RINA, SITI, World
from usecases import menu
from usecases.activities import desk, opening, progress, turnout
from usecases.broadcasts.audience import addressees
from usecases.topics import topic

WHOLE, PART = {"s1": "agree", "s2": "abstain"}, {"s1": "agree", "s2": "object"}
"""An objection without its reason is not all that is asked."""


async def _half_answered(world: World) -> int:
    """An agreement that one of four has answered in full, another in part."""
    activity = int((await world.does(HENDRA, lambda work: topic.begin_activity(work, 0, 0))).activity_id)
    await world.does(HENDRA, lambda work: opening.start(work, activity))
    async with world.database.transaction() as session:
        for name, answers in ((BUDI, WHOLE), (RINA, PART)):
            for key, stand in answers.items():
                who = world.members[name]
                await activities.save_answer(session, activity, who, key, stand, who, world.now)
    return activity


async def _nudged(world: World) -> set[str]:
    async with world.database.reading() as session:
        sent = await session.scalars(sa.select(Outgoing).where(Outgoing.reason.contains("nudge")))
        return {each.payload["facts"]["name"] for each in sent}


async def test_desk_turnout_board_menu_reminders_and_broadcasts_count_alike(database: Database) -> None:
    world = await meeting.planted(database, names=(HENDRA, SITI, BUDI, RINA))
    activity = await _half_answered(world)
    shown = await world.does(HENDRA, lambda work: desk.view(work, activity))
    assert (shown.done, shown.partly, shown.total) == (1, 1, 4)
    sides = await world.does(HENDRA, lambda work: turnout.view(work, activity))
    assert [each.name for each in sides.answered] == [BUDI]
    assert {each.name for each in sides.missing} == {HENDRA, SITI, RINA}
    waiting = {name: len((await world.does(name, menu.show)).waiting) for name in (HENDRA, SITI, BUDI, RINA)}
    assert waiting == {HENDRA: 1, SITI: 1, BUDI: 0, RINA: 1}
    async with database.reading() as session:
        row, pokja = await session.get_one(Activity, activity), await session.get_one(Pokja, world.pokja_id)
        counted = await progress.count(session, world.library, row)
        missing = await progress.missing(session, world.library, row)
        audience = Audience(lacking=ANSWERED, of=activity)
        told = await addressees(session, world.library, pokja, audience, world.members[BUDI])
    assert (len(counted.done), len(counted.begun), len(counted.asked)) == (1, 1, 4)
    assert {member.name for member, _ in missing} == {HENDRA, SITI, RINA}
    assert {member.name for member, _ in told} == {HENDRA, SITI, RINA}


async def test_only_who_has_not_answered_in_full_is_nudged(database: Database) -> None:
    world = await meeting.planted(database, names=(HENDRA, SITI, BUDI, RINA))
    activity = await _half_answered(world)
    await world.does(HENDRA, lambda work: turnout.nudge(work, activity))
    assert await _nudged(world) == {HENDRA, SITI, RINA}
