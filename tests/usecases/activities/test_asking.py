"""An invitation says why, how much and until when, and goes only as long as it is true; who asks first, and why."""

from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from store import activities
from store.engine.database import Database
from store.tables.core import Activity, Outgoing, Pokja
from tests.support.worlds import chain, meeting
from tests.support.worlds.meeting import BUDI, HENDRA, World
from usecases.activities import adopting, announcing, desk, inputs, opening
from usecases.activities.scenes import scene
from usecases.outcomes import AskFirst
from usecases.topics import topic
from usecases.work import Work

WHOLE = {"s1": "agree", "s2": "agree"}


async def asked(world: World) -> list[Outgoing]:
    """All invitations to answer, oldest first."""
    async with world.database.reading() as session:
        rows = await session.scalars(
            sa.select(Outgoing).where(Outgoing.kind == "words").order_by(Outgoing.id)
        )
        return [row for row in rows if row.payload["page"] == "asked_to_answer"]


async def still_asks(world: World, row: Outgoing, **instead: Any) -> bool:
    payload = {**row.payload, **instead}
    async with world.database.reading() as session:
        return await announcing.still_asks(session, world.library, payload)


async def begun(world: World) -> int:
    """The agreement of the meetings' world, open to everybody."""
    activity = int((await world.does(HENDRA, lambda work: topic.begin_activity(work, 0, 0))).activity_id)
    await world.does(HENDRA, lambda work: opening.start(work, activity))
    return activity


async def test_an_invitation_goes_only_as_long_as_it_is_true(sqlite: Database) -> None:
    world = await meeting.planted(sqlite)
    activity = await begun(world)
    rows = {row.payload["facts"]["name"]: row for row in await asked(world)}
    facts = rows[BUDI].payload["facts"]
    assert (facts["why"], facts["questions"], facts["closes_at"]) == ("first", 2, "")
    assert await still_asks(world, rows[BUDI])
    old = {key: value for key, value in facts.items() if key in {"activity_id", "title", "pokja", "name"}}
    assert await still_asks(world, rows[BUDI], facts=old)
    async with world.database.transaction() as session:
        for key, value in WHOLE.items():
            member = world.members[BUDI]
            await activities.save_answer(session, activity, member, key, value, member, world.now)
    assert not await still_asks(world, rows[BUDI])
    assert await still_asks(world, rows[HENDRA])
    await world.does(HENDRA, lambda work: opening.close(work, activity))
    assert not await still_asks(world, rows[HENDRA])
    assert not await still_asks(world, rows[HENDRA], facts=old)
    world.now += timedelta(minutes=5)
    await world.does(HENDRA, lambda work: opening.reopen(work, activity))
    again = (await asked(world))[len(rows) :]
    assert {row.payload["facts"]["why"] for row in again} == {"again"}
    assert BUDI not in {row.payload["facts"]["name"] for row in again}


async def test_what_the_room_alone_answers_asks_nobody_until_members_are_asked_after_all(
    sqlite: Database,
) -> None:
    world = await meeting.planted(sqlite)
    activity = int((await world.does(HENDRA, lambda work: topic.begin_activity(work, 0, 0))).activity_id)
    shown = await world.does(HENDRA, lambda work: opening.start_in_plenary(work, activity))
    assert (shown.total, shown.asks, shown.may_answer) == (0, "room", False)
    assert await asked(world) == []
    shown = await world.does(HENDRA, lambda work: opening.ask_members(work, activity))
    assert (shown.total, shown.asks, shown.may_answer) == (4, "members", True)
    assert len(await asked(world)) == 4


async def stale(world: World) -> set[str]:
    async with world.database.reading() as session:
        pokja = await session.get_one(Pokja, world.pokja_id)
        run = await activities.current_run(session, pokja.id)
        assert run is not None
        process = await world.library.get(session, run.process_version_id)
        work = Work.by_clock(session, world.now, world.library)
        return set(await inputs.stale_in_run(work, run, process))


async def published(world: World) -> int:
    async with world.database.reading() as session:
        found = sa.select(sa.func.count()).where(Outgoing.kind == "essence")
        return await session.scalar(found) or 0


async def test_what_is_set_again_unchanged_settles_what_rests_on_it(sqlite: Database) -> None:
    world = await chain.planted(sqlite)
    first, second = await chain.does(world, 0), await chain.does(world, 1)
    assert await stale(world) == set()
    asking = await world.does(HENDRA, lambda work: opening.reopen(work, first))
    assert isinstance(asking, AskFirst)
    assert await stale(world) == set()
    await world.does(HENDRA, lambda work: opening.reopen(work, first, sure=True))
    assert len(await stale(world)) == 1
    told = await published(world)
    await chain.adopted(world, first)
    assert await stale(world) == set()
    assert await published(world) == told
    shown = await world.does(HENDRA, lambda work: desk.view(work, second))
    assert not shown.stale


async def test_a_changed_source_is_told_before_what_rests_on_it_is_adopted(sqlite: Database) -> None:
    world = await chain.planted(sqlite)
    first, second = await chain.does(world, 0), await chain.does(world, 1)
    for activity in (first, second):
        await world.does(HENDRA, lambda work, number=activity: opening.reopen(work, number, sure=True))
    await world.does(HENDRA, lambda work: opening.close(work, second))
    asking = await world.does(HENDRA, lambda work: adopting.adopt(work, second))
    assert isinstance(asking, AskFirst)
    assert asking.details["stale"] == [(await world.does(HENDRA, lambda work: scene(work, first))).title]
    async with world.database.reading() as session:
        assert (await session.get_one(Activity, second)).state == "closed"
