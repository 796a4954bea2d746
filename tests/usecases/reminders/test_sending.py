"""Reminding through the tables on both databases: once, in time, taken back when it could not go."""

import asyncio
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from domain.follow_ups.follow_up import FINISH, HAND_OVER
from store.engine.database import Database
from store.tables.core import FollowUp, Outgoing, Pokja
from store.tables.reminders import AbsenceRow, ReminderSent
from tests.support.worlds.reminders import Bot, Clock, Said, Telegram, plant
from usecases.follow_ups import steps
from usecases.follow_ups.follow_up import give
from usecases.reminders import sending
from usecases.work import Work

WIB = ZoneInfo("Asia/Jakarta")
MONDAY = date(2026, 11, 23)


def at(days: int, hour: int, minute: int = 0) -> datetime:
    """That hour that many days after Monday, 23 November 2026."""
    return datetime.combine(MONDAY + timedelta(days), datetime.min.time(), WIB) + timedelta(
        hours=hour, minutes=minute
    )


@pytest.fixture
def bot(database: Database) -> Bot:
    clock = Clock(at(0, 7))
    return Bot(database, clock, Telegram(clock))


async def gives(bot: Bot, due: date, *owners: int, text: str = "Pekerjaan") -> int:
    async def usecase(work: Work) -> Any:
        me, pokja = await work.current()
        return (await give(work, me, pokja, text, owners, due, "umum/lain")).row.id

    number = int(await bot.does(usecase, 1))
    await bot.does(lambda work: work.session.execute(sa.delete(Outgoing)))
    return number


def told(bot: Bot, chat: int) -> list[Said]:
    return [each for each in bot.telegram.log if each.chat == chat]


async def test_a_wake_too_many_says_nothing_again(bot: Bot) -> None:
    pokja = await plant(bot, 3, group=False)
    await gives(bot, MONDAY, 2)
    assert await bot.wakes(pokja) == at(0, 8)
    bot.clock.moment = at(0, 8)
    assert await bot.wakes(pokja) == at(1, 8)
    for minute in (0, 1, 30):
        bot.clock.moment = at(0, 9, minute)
        await bot.wakes(pokja)
    assert len(bot.telegram.log) == 1
    assert "hari ini" in bot.telegram.log[0].text


async def test_looking_changes_nothing(bot: Bot) -> None:
    pokja = await plant(bot, 3, group=False)
    await gives(bot, MONDAY, 2)
    bot.clock.moment = at(0, 8)
    for _ in range(3):
        assert (await bot.look(pokja)).is_due
    assert await bot.outbox() == []
    assert await bot.rows(sa.select(ReminderSent)) == []


async def test_two_processes_at_the_same_moment(database: Database) -> None:
    """Whoever comes second waits for the first, and finds all said."""
    clock = Clock(at(0, 7))
    first, second = (Bot(database, clock, Telegram(clock)) for _ in range(2))
    pokja = await plant(first, 12, group=False)
    for who in range(2, 12):
        await gives(first, MONDAY, who)
    clock.moment = at(0, 8)
    looks = [bot.does(lambda work: sending.remind(work, pokja)) for bot in (first, second) * 3]
    await asyncio.gather(*looks)
    rows = await first.outbox()
    assert sorted(row.payload["to"] for row in rows) == list(range(2, 12))
    assert all(len(row.payload["lines"]) == 1 for row in rows)


async def test_what_is_done_between_queue_and_delivery_is_left_out(bot: Bot) -> None:
    pokja = await plant(bot, 3, group=False)
    done, kept = (
        await gives(bot, MONDAY, 2, text="Selesai nanti"),
        await gives(bot, MONDAY, 2, text="Tetap ada"),
    )
    only = await gives(bot, MONDAY, 3, text="Pindah tangan")
    bot.clock.moment = at(0, 8)
    await bot.does(lambda work: sending.remind(work, pokja))
    await bot.does(lambda work: steps.happen(work, done, FINISH), 2)
    await bot.does(lambda work: steps.happen(work, only, HAND_OVER, owners=(1,), reason="Alasan"), 3)
    await bot.delivers()
    digests = [each for each in bot.telegram.log if each.kind == "digest"]
    assert [(each.chat, "Selesai nanti" in each.text, "Tetap ada" in each.text) for each in digests] == [
        (2, False, True)
    ]
    assert {row.state for row in await bot.outbox()} == {"sent"}
    assert kept


async def test_what_could_not_go_before_closing_goes_at_the_next_opening_merged(bot: Bot) -> None:
    pokja = await plant(bot, 3, group=False)
    await gives(bot, MONDAY, 2, text="Kemarin jatuh tempo")
    await gives(bot, MONDAY + timedelta(2), 2, text="Besok jatuh tempo")
    await gives(bot, MONDAY + timedelta(7), 2, text="Pekan depan")  # has no step of its own on Tuesday
    bot.telegram.is_unreachable = True
    bot.clock.moment = at(0, 8)
    await bot.wakes(pokja)
    bot.clock.moment = at(0, 18)
    bot.telegram.is_unreachable = False
    bot.limits._paused_until = float("-inf")
    assert await bot.wakes(pokja) == at(1, 8)
    assert bot.telegram.log == []
    bot.clock.moment = at(1, 8)
    await bot.wakes(pokja)
    (said,) = told(bot, 2)
    assert said.text.index("Kemarin jatuh tempo") < said.text.index("Besok jatuh tempo")
    assert "terlambat 1 hari" in said.text
    assert "Pekan depan – 6 hari lagi" in said.text
    old, *new = await bot.outbox()
    assert (old.state, old.error, {row.state for row in new}) == ("failed", "late", {"sent"})


async def test_what_is_over_by_then_is_not_said(bot: Bot) -> None:
    pokja = await plant(bot, 3, group=False)
    number = await gives(bot, MONDAY, 2)
    bot.telegram.is_unreachable = True
    bot.clock.moment = at(0, 8)
    await bot.wakes(pokja)
    await bot.does(lambda work: steps.happen(work, number, FINISH), 2)
    bot.telegram.is_unreachable = False
    bot.limits._paused_until = float("-inf")
    for moment in (at(0, 18), at(1, 8)):
        bot.clock.moment = moment
        await bot.wakes(pokja)
    assert [each.kind for each in told(bot, 2)] == []


async def test_a_row_claimed_just_before_closing_is_not_sent_after_it(bot: Bot) -> None:
    pokja = await plant(bot, 2, group=False)
    await gives(bot, MONDAY, 2)
    bot.clock.moment = at(0, 16, 59)
    await bot.does(lambda work: sending.remind(work, pokja))
    (row,) = await bot.delivery._claim(1, 0.0)
    bot.clock.moment = at(0, 17)
    await bot.delivery._deliver(row)
    assert bot.telegram.log == []
    assert [each.state for each in await bot.outbox()] == ["queued"]
    bot.clock.moment = at(1, 8)
    await bot.wakes(pokja)
    assert len(told(bot, 2)) == 1


async def test_who_goes_away_meanwhile_is_left_in_peace(bot: Bot) -> None:
    pokja = await plant(bot, 2, group=False)
    await gives(bot, MONDAY, 2)
    bot.clock.moment = at(0, 8)
    await bot.does(lambda work: sending.remind(work, pokja))

    async def away(work: Work) -> None:
        work.session.add(AbsenceRow(membership_id=2, first=MONDAY, last=MONDAY, reason="Sakit", at=work.now))

    await bot.does(away)
    await bot.delivers()
    assert bot.telegram.log == []
    bot.clock.moment = at(1, 8)
    await bot.wakes(pokja)
    assert "terlambat 1 hari" in told(bot, 2)[0].text


async def test_who_blocked_the_bot_hears_the_latest_when_back(bot: Bot) -> None:
    pokja = await plant(bot, 2, group=False)
    await gives(bot, MONDAY, 2)
    bot.telegram.blocked.add(2)
    bot.clock.moment = at(0, 8)
    await bot.wakes(pokja)
    assert await bot.rows(sa.select(ReminderSent)) == []
    bot.telegram.blocked.clear()
    await bot.does(lambda work: work.session.execute(sa.text("UPDATE users SET reach = 'started'")))
    bot.clock.moment = at(0, 9)
    await bot.wakes(pokja)
    assert len([each for each in told(bot, 2) if each.kind == "digest"]) == 1


async def test_a_group_hears_its_first_report_after_a_day_and_none_without_anything_to_report(
    bot: Bot,
) -> None:
    pokja = await plant(bot, 2)
    bot.clock.moment = at(4, 7)
    await bot.wakes(pokja)
    (row,) = await bot.rows(sa.select(Pokja))
    assert row.report_since == MONDAY + timedelta(5)
    for week in (0, 1):
        bot.clock.moment = at(4 + 7 * week, 8)
        await bot.wakes(pokja)
    assert [each.kind for each in bot.telegram.log] == []
    assert [(each.kind, each.state, each.message_id) for each in await bot.outbox()] == [
        ("weekly", "sent", None)
    ]
    await gives(bot, MONDAY + timedelta(40), 2)
    bot.clock.moment = at(18, 8)
    await bot.wakes(pokja)
    assert [each.kind for each in bot.telegram.log] == ["weekly"]


async def test_a_follow_up_given_in_the_evening_wakes_in_the_morning(bot: Bot) -> None:
    pokja = await plant(bot, 2, group=False)
    bot.clock.moment = at(0, 18)
    assert await bot.wakes(pokja) is None
    await gives(bot, MONDAY + timedelta(1), 2)
    assert await bot.wakes(pokja) == at(1, 8)
    assert await bot.rows(sa.select(FollowUp.state)) == ["open"]
