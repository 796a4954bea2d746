"""What waits is told once to whoever guides; what was done before isn't said, and who is away isn't told."""

from collections.abc import Awaitable, Callable
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from store.engine.database import Database
from store.tables.core import Outgoing
from store.tables.reminders import AbsenceRow
from tests.support.worlds import meeting
from tests.support.worlds.meeting import BEGINNING, HENDRA, SITI, World
from usecases.activities import adopting
from usecases.guiding import notices
from usecases.meetings import live
from usecases.work import Work

Acts = Callable[[World], Awaitable[object]]
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
HENDRAS, SITIS = 100, 101


async def told_at(world: World, moment: timedelta) -> list[tuple[str, int]]:
    """What is told anew at that moment after the beginning: the kind of step and to whom."""
    world.now = BEGINNING + moment
    before = {row.id for row in await rows(world)}
    async with world.database.transaction() as session:
        await notices.tell(Work.by_clock(session, world.now, world.library), world.pokja_id)
    fresh = [row for row in await rows(world) if row.id not in before]
    return [(str(row.payload["key"]).split()[0], row.chat_id) for row in fresh]


async def rows(world: World) -> list[Outgoing]:
    async with world.database.reading() as session:
        query = sa.select(Outgoing).where(Outgoing.kind == notices.KIND).order_by(Outgoing.id)
        return list(await session.scalars(query))


async def still_said(world: World) -> list[bool]:
    """Of each message so far, whether its delivery would still say something."""
    async with world.database.reading() as session:
        return [
            await notices.told(session, world.library, row.payload, world.now) is not None
            for row in await rows(world)
        ]


async def _nothing(world: World) -> None:
    """Nobody does anything."""


async def _closes(world: World) -> None:
    await world.votes(adopt=False)


async def _adopts(world: World) -> None:
    await world.votes()


async def _meets(world: World) -> None:
    await world.announced()
    await world.opened()
    await world.closed()


NEXT_MORNING, EVENING, MEETING_OVER = timedelta(hours=23), timedelta(hours=10), DAY + 2 * HOUR
AFTER_A_PAUSE = timedelta(days=2, hours=23)
AFTER_CORRECTIONS = timedelta(days=3, hours=23)


@pytest.mark.parametrize(
    ("acts", "when", "told"),
    [
        (_nothing, HOUR, []),
        (_nothing, NEXT_MORNING, ["announce"]),
        (_nothing, AFTER_A_PAUSE, ["begin"]),
        (_closes, HOUR, []),
        (_closes, EVENING, []),
        (_closes, NEXT_MORNING, ["adopt", "announce"]),
        (_adopts, NEXT_MORNING, ["announce"]),
        (World.announced, MEETING_OVER - HOUR, []),
        (World.announced, MEETING_OVER, ["not_held"]),
        (_meets, AFTER_CORRECTIONS - DAY, ["begin"]),
        (_meets, AFTER_CORRECTIONS, ["finalise", "begin"]),
    ],
)
async def test_what_is_told_when_and_only_once(
    sqlite: Database, acts: Acts, when: timedelta, told: list[str]
) -> None:
    world = await meeting.planted(sqlite)
    await acts(world)
    assert sorted(await told_at(world, when)) == sorted((kind, HENDRAS) for kind in told)
    assert await told_at(world, when + timedelta(minutes=10)) == []


async def test_what_was_done_before_its_message_went_is_not_said(sqlite: Database) -> None:
    world = await meeting.planted(sqlite)
    activity = await world.votes(adopt=False)
    await world.announced()
    assert [kind for kind, _ in await told_at(world, MEETING_OVER)] == ["not_held", "adopt"]
    assert await still_said(world) == [True, True]
    await world.does(HENDRA, lambda work: live.start(work, world.meeting))
    await world.does(HENDRA, lambda work: adopting.adopt(work, activity, sure=True))
    assert await still_said(world) == [False, False]


async def test_who_is_away_is_not_told_but_who_else_may(sqlite: Database) -> None:
    world = await meeting.planted(sqlite)
    await world.votes(adopt=False)
    away = AbsenceRow(
        membership_id=world.members[HENDRA],
        first=date(2026, 11, 24),
        last=date(2026, 11, 30),
        reason="",
        at=world.now,
    )
    await world.adds(away)
    assert ("adopt", SITIS) in await told_at(world, NEXT_MORNING)
    assert SITI in world.members
