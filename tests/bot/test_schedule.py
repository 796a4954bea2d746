"""The schedule wakes the rules by itself: at the moment they name, when the clock is moved, and never half-way."""

import asyncio
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from bot import schedule
from bot.clock import FollowedClock
from simulator.clock import Clock as SimulatedClock
from store.engine.database import Database
from store.tables.core import Outgoing
from tests.support.patience import PATIENCE
from tests.support.worlds.reminders import Bot, Clock, Telegram, plant
from usecases.follow_ups.follow_up import give
from usecases.work import Work

MONDAY = date(2026, 11, 23)
OPENING = datetime(2026, 11, 23, 8, tzinfo=ZoneInfo("Asia/Jakarta"))


class Moving(FollowedClock):
    """A clock that runs, from any moment on."""

    def __init__(self, moment: datetime) -> None:
        super().__init__("http://127.0.0.1:1")
        self.set(moment)

    def set(self, moment: datetime) -> None:
        self._follow({"offset": SimulatedClock(moment.timestamp()).offset})


@pytest.fixture
async def bot(database: Database) -> Bot:
    """A Pokja with something due on Monday, on the Sunday before."""
    clock = Clock(OPENING - timedelta(hours=20))
    bot = Bot(database, clock, Telegram(clock))
    await plant(bot, 2, group=False)

    async def usecase(work: Work) -> Any:
        me, pokja = await work.current()
        return await give(work, me, pokja, "Pekerjaan", [2], MONDAY, "umum/lain")

    await bot.does(usecase, 1)
    await bot.does(lambda work: work.session.execute(sa.delete(Outgoing)))
    return bot


async def until(bot: Bot, condition: Callable[[int], bool]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not condition(len(await bot.outbox())):  # noqa: ASYNC110 - a table rings no bell
            await asyncio.sleep(0.02)


async def test_it_wakes_at_the_moment_the_rules_name(bot: Bot) -> None:
    clock, news = Moving(OPENING - timedelta(seconds=1)), []
    async with schedule.scheduled(bot.database, clock, bot.library, lambda: news.append(clock.now())):
        await until(bot, lambda count: count == 1)
    assert [moment >= OPENING for moment in news] == [True]


async def test_a_moved_clock_is_followed_at_once(bot: Bot) -> None:
    clock = Moving(OPENING - timedelta(hours=10))
    async with schedule.scheduled(bot.database, clock, bot.library, lambda: None):
        await asyncio.sleep(0.3)
        assert await bot.outbox() == []
        for days in range(3):
            clock.set(OPENING + timedelta(days=days))
            await until(bot, lambda count, wanted=days + 1: count >= wanted)


async def test_what_fails_is_looked_at_again(
    bot: Bot, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    clock, looked = Moving(OPENING), []
    original = schedule.rules.look

    async def look(*given: Any) -> Any:
        looked.append(given)
        if len(looked) == 1:
            raise ValueError("a fault of ours")
        return await original(*given)

    monkeypatch.setattr(schedule.rules, "look", look)
    async with schedule.scheduled(bot.database, clock, bot.library, lambda: None):
        async with asyncio.timeout(PATIENCE):
            while not looked:  # noqa: ASYNC110 - nor does a list
                await asyncio.sleep(0.02)
        clock.set(OPENING + timedelta(minutes=1))
        await until(bot, lambda count: count == 1)
    assert "the reminders of Pokja 1 failed" in caplog.text


async def test_the_end_waits_for_what_is_under_way(bot: Bot, monkeypatch: pytest.MonkeyPatch) -> None:
    begun, gate, ended = asyncio.Event(), asyncio.Event(), []
    original = schedule.rules.remind

    async def remind(work: Work, pokja_id: int) -> Any:
        begun.set()
        await gate.wait()
        found = await original(work, pokja_id)
        ended.append(pokja_id)
        return found

    monkeypatch.setattr(schedule.rules, "remind", remind)
    async with schedule.scheduled(bot.database, Moving(OPENING), bot.library, lambda: None):
        await begun.wait()
        asyncio.get_running_loop().call_later(0.1, gate.set)
    assert ended == [1]
    assert len(await bot.outbox()) == 1
