import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from bot.clock import FollowedClock, SystemClock, clock_told_by
from simulator.clock import Clock
from tests.bot.support.simulated import Side
from tests.support.moments import PLAIN
from tests.support.patience import PATIENCE


async def shows_the_same(clock: FollowedClock | SystemClock, side: Side) -> bool:
    """Whether it is neither ahead of the simulator nor behind."""
    before, now, after = await side.phones.now(), clock.now().timestamp(), await side.phones.now()
    return before - 0.001 <= now <= after + 0.001


async def follows(clock: FollowedClock, side: Side) -> None:
    async with asyncio.timeout(PATIENCE):
        while not await shows_the_same(clock, side):  # noqa: ASYNC110 - a clock rings no bell
            await asyncio.sleep(0.01)


def test_the_system_clock_knows_its_zone() -> None:
    before = datetime.now(UTC)
    assert before <= SystemClock().now() <= datetime.now(UTC)


def test_a_simulated_clock_begins_anywhere_runs_and_is_moved_forward_only() -> None:
    real = [1_000.0]
    clock = Clock(500.0, lambda: real[0])
    assert clock.now() == 500.0
    real[0] += 7.5
    clock.forward(60)
    assert (clock.now(), clock.now_seconds(), clock.offset) == (567.5, 567, -440.0)
    with pytest.raises(ValueError, match="forward only"):
        clock.forward(-1)


async def test_without_a_simulator_it_is_the_real_time() -> None:
    assert isinstance(await clock_told_by(""), SystemClock)


async def test_a_clock_is_told_the_time_before_anybody_reads_it(side: Side) -> None:
    assert 0 <= await side.phones.now() - PLAIN.timestamp() < 3600
    assert await shows_the_same(await clock_told_by(f"{side.url}/clock"), side)


async def test_a_followed_clock_moves_with_the_simulator(side: Side) -> None:
    clock, stop = FollowedClock(f"{side.url}/clock", ask_seconds=0.02), asyncio.Event()
    async with asyncio.TaskGroup() as group:
        group.create_task(clock.run(stop))
        for step in (timedelta(days=3), timedelta(hours=5)):
            await side.phones.forward(seconds=step.total_seconds())
            await follows(clock, side)
        stop.set()


async def unheard(clock: FollowedClock, caplog: pytest.LogCaptureFixture) -> None:
    """The clock asks until it has met an answer that tells no time, and then once more."""
    caplog.set_level("DEBUG", logger="bot.clock")
    stop = asyncio.Event()
    async with asyncio.timeout(PATIENCE), asyncio.TaskGroup() as group:
        group.create_task(clock.run(stop))
        while len(caplog.records) < 2:  # noqa: ASYNC110 - a log rings no bell
            await asyncio.sleep(0.01)
        stop.set()


@pytest.mark.parametrize("path", ["/nothing-here", "/control/faults"])
async def test_an_answer_without_a_time_changes_nothing(
    side: Side, path: str, caplog: pytest.LogCaptureFixture
) -> None:
    clock = FollowedClock(side.url + path, ask_seconds=0.01)
    await unheard(clock, caplog)
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(hours=1)


async def test_a_simulator_that_is_away_is_survived(caplog: pytest.LogCaptureFixture) -> None:
    clock = FollowedClock("http://127.0.0.1:1/clock", ask_seconds=0.01)
    await unheard(clock, caplog)
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(hours=1)
