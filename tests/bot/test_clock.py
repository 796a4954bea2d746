import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from bot.clock import FollowedClock, SystemClock
from tests.bot.support.simulated import Side

PATIENCE = 10.0


async def until_moved(clock: FollowedClock, by: timedelta) -> None:
    async with asyncio.timeout(PATIENCE):
        while clock.now() - datetime.now(UTC) < by:  # noqa: ASYNC110 - a clock rings no bell
            await asyncio.sleep(0.01)


def test_the_system_clock_knows_its_zone() -> None:
    before = datetime.now(UTC)
    assert before <= SystemClock().now() <= datetime.now(UTC)


async def test_a_followed_clock_moves_with_the_simulator(side: Side) -> None:
    clock, stop = FollowedClock(f"{side.url}/clock", ask_seconds=0.02), asyncio.Event()
    async with asyncio.TaskGroup() as group:
        group.create_task(clock.run(stop))
        await side.phones.forward(days=3)
        await until_moved(clock, timedelta(days=2, hours=23))
        await side.phones.forward(hours=5)
        await until_moved(clock, timedelta(days=3, hours=4))
        stop.set()


@pytest.mark.parametrize("path", ["/nothing-here", "/control/faults"])
async def test_an_answer_without_a_time_changes_nothing(side: Side, path: str) -> None:
    clock, stop = FollowedClock(side.url + path, ask_seconds=0.01), asyncio.Event()
    asyncio.get_running_loop().call_later(0.1, stop.set)
    await clock.run(stop)

    assert abs(clock.now() - datetime.now(UTC)) < timedelta(hours=1)


async def test_a_simulator_that_is_away_is_survived() -> None:
    clock, stop = FollowedClock("http://127.0.0.1:1/clock", ask_seconds=0.01), asyncio.Event()
    asyncio.get_running_loop().call_later(0.1, stop.set)
    await clock.run(stop)

    assert abs(clock.now() - datetime.now(UTC)) < timedelta(hours=1)
