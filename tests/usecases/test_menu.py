"""What the menu says waits for a person, and what comes next."""

from datetime import timedelta

import sqlalchemy as sa

from bot.screens import paint
from bot.screens.painter import Painter
from documents.language.wording import wording
from domain.process.states import ADOPTED, CLOSED
from store.engine.database import Database
from store.tables.core import Activity, ProcessVersion, Result, TopicRun
from tests.support.worlds import meeting
from tests.support.worlds.founding import Newcomer, founded, joined
from tests.support.worlds.meeting import BUDI, HENDRA, World
from usecases import menu
from usecases.work import Work

FIRST, LATER, ANOTHER = "2026-11-25T09:00", "2026-12-02T13:30", "2026-11-30T09:00"


async def _poll(world: World, key: str, *dates: str, state: str = ADOPTED) -> None:
    """A date poll that was adopted once for each of these dates, the last of which holds."""
    async with world.database.transaction() as session:
        topic = await session.scalar(sa.select(TopicRun))
        version = await session.scalar(sa.select(ProcessVersion.id))
        activity = Activity(
            topic_run_id=topic.id,
            pokja_id=world.pokja_id,
            topic_key=topic.key,
            key=key,
            instrument="date_poll",
            state=state,
            items=[],
            context=[],
            opened_by=world.members[HENDRA],
            opened_at=world.now,
        )
        session.add(activity)
        await session.flush()
        for number, date in enumerate(dates, 1):
            session.add(
                Result(
                    activity_id=activity.id,
                    version=number,
                    process_version_id=version,
                    data={},
                    sha256=f"{key}{number}",
                    items=[{"id": "1", "text": date, "detail": date}],
                    adopted_by=world.members[HENDRA],
                    adopted_at=world.now + timedelta(hours=number),
                )
            )


async def _next(world: World) -> str:
    return str((await world.does(BUDI, menu.show)).next_meeting)


async def test_a_date_that_was_adopted_again_is_told_as_it_holds_now(database: Database) -> None:
    world = await meeting.planted(database)
    await _poll(world, "waktu", FIRST, LATER)
    assert await _next(world) == LATER


async def test_of_several_polls_the_earliest_date_still_to_come_is_told(database: Database) -> None:
    world = await meeting.planted(database)
    assert await _next(world) == ""
    await _poll(world, "lalu", "2026-11-20T09:00")
    await _poll(world, "waktu", FIRST, LATER)
    await _poll(world, "lain", ANOTHER)
    await _poll(world, "dibuka-lagi", FIRST, state=CLOSED)
    assert await _next(world) == ANOTHER


async def _joins_another(work: Work) -> None:
    """From now on they work there."""
    other = await founded(work, "Pokja Sanitasi")
    await joined(work, other, Newcomer(work.actor.telegram_id, work.actor.name))


async def test_what_waits_is_told_of_every_pokja_with_its_name(sqlite: Database) -> None:
    """Budi works in the second Pokja; what the first one asks of him is there too, and says where."""
    world = await meeting.planted(sqlite)
    await world.asks()
    assert [(each.label, each.pokja) for each in (await world.does(BUDI, menu.show)).waiting] == [
        ("Kesepakatan rencana kerja", "")
    ]
    await world.does(BUDI, _joins_another)
    shown = await world.does(BUDI, menu.show)
    assert shown.pokja == "Pokja Sanitasi"
    assert [(each.label, each.pokja) for each in shown.waiting] == [
        ("Kesepakatan rencana kerja", "Pokja Air Minum")
    ]
    painted = paint(Painter(wording(), "asisten_bot"), shown)
    assert "1. Kesepakatan rencana kerja (Pokja Air Minum)" in painted.text
    assert painted.keyboard[0][0].label == "▸ Kesepakatan rencana kerja · Pokja Air Minum"
