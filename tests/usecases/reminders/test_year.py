"""A year of a Pokja through tables, outbox and delivery: thirty members, two hundred tindak lanjut, meetings moved and
called off, three days of downtime, days without a way to Telegram, a blocked member, a group that moved."""

import random
from collections import Counter
from collections.abc import AsyncIterator
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from domain.reminders.rules import DEFAULT, FOLLOW_UP, MEETING
from store.engine.database import Database
from store.tables.core import Pokja, User
from store.tables.reminders import ReminderSent
from tests.support.reminders_calendar import DAYS, FIRST, MEMBERS, downtimes
from tests.support.worlds.reminders import (
    GROUP_CHAT,
    NEW_GROUP_CHAT,
    Clock,
    Said,
    Telegram,
    plant,
    utc,
)
from tests.usecases.reminders.happenings import AWAY, BLOCKED, BLOCKED_AT, UNBLOCKED_AT, happenings
from tests.usecases.reminders.year import BotInAHurry, Year, live


def reminders_of(year: Year) -> list[Said]:
    return [each for each in year.bot.telegram.log if each.kind in {"digest", "weekly"}]


def something_happened(year: Year) -> None:
    kinds = Counter(line["kind"] for each in reminders_of(year) for line in each.lines)
    assert kinds[FOLLOW_UP] > 500
    assert kinds[MEETING] > 400
    assert sum(each.kind == "weekly" for each in reminders_of(year)) > 45


def none_twice(year: Year) -> None:
    said = Counter(line["reason"] for each in reminders_of(year) for line in each.lines)
    assert [reason for reason, times in said.items() if times > 1] == []
    weekly = Counter(each.text for each in reminders_of(year) if each.kind == "weekly")
    assert max(weekly.values()) == 1


def none_missing(year: Year) -> None:
    assert year.expected > 500
    assert year.missing == []


def none_outside_hours_or_on_a_holiday(year: Year) -> None:
    for each in reminders_of(year):
        local = each.at.astimezone(year.zone)
        assert DEFAULT.opens <= local.time() < DEFAULT.closes
        assert DAYS.is_working(local.date())


def one_digest_a_person_and_day(year: Year) -> None:
    digests = Counter(
        (each.chat, each.at.astimezone(year.zone).date())
        for each in reminders_of(year)
        if each.kind == "digest" and not all(line["alone"] for line in each.lines)
    )
    assert max(digests.values()) == 1


def none_while_it_was_down(year: Year) -> None:
    for begins, ends in downtimes(year.zone):
        assert not [each for each in year.bot.telegram.log if begins <= each.at < ends]
    assert any(each.at.minute == 17 for each in reminders_of(year)), "it caught up when it came back"
    cut = year.at(AWAY - timedelta(1), 22), year.at(AWAY + timedelta(1), 12)
    assert not [each for each in year.bot.telegram.log if cut[0] <= each.at < cut[1]]
    assert [each for each in reminders_of(year) if cut[1] <= each.at < year.at(AWAY + timedelta(1), 17)]


def the_blocked_heard_again_afterwards(year: Year) -> None:
    blocked, again = year.at(*BLOCKED_AT), year.at(*UNBLOCKED_AT)
    heard = [each.at for each in reminders_of(year) if each.chat == BLOCKED]
    assert not [at for at in heard if blocked <= at < again]
    assert [at for at in heard if at >= again]


def the_group_was_followed(year: Year) -> None:
    chats = [each.chat for each in reminders_of(year) if each.kind == "weekly"]
    turn = chats.index(NEW_GROUP_CHAT)
    assert set(chats[:turn]) == {GROUP_CHAT}
    assert set(chats[turn:]) == {NEW_GROUP_CHAT}


async def what_was_remembered_was_said(year: Year) -> None:
    """Every reason in the table belongs to a line that arrived, or to one that was no longer so when it was drawn."""
    kept = set(
        await year.bot.rows(sa.select(ReminderSent.reason).where(ReminderSent.kind.in_([FOLLOW_UP, MEETING])))
    )
    said = {line["reason"] for each in reminders_of(year) for line in each.lines}
    assert said <= kept
    assert kept - said == set()


@pytest.fixture
async def database(sqlite_url: str) -> AsyncIterator[Database]:
    """A file whose writes aren't waited for until the disk has them: nobody pulls the plug in this year."""
    opened = Database(sqlite_url)
    sa.event.listen(opened.engine.sync_engine, "connect", _in_a_hurry)
    yield opened
    await opened.close()


def _in_a_hurry(connection: Any, _: Any) -> None:
    connection.cursor().execute("PRAGMA synchronous=OFF")


async def test_a_year(database: Database) -> None:
    """One test for one year: it takes some seconds to live through."""
    zone = "Asia/Makassar"
    clock = Clock(utc(datetime.combine(FIRST, time(0), ZoneInfo(zone))))
    bot = BotInAHurry(database, clock, Telegram(clock))
    year = Year(bot, await plant(bot, len(MEMBERS), zone), ZoneInfo(zone), random.Random(zone))
    assert [row.id for row in await bot.rows(sa.select(User).order_by(User.id))] == list(MEMBERS)
    await live(year, happenings(year))
    something_happened(year)
    none_twice(year)
    none_missing(year)
    none_outside_hours_or_on_a_holiday(year)
    one_digest_a_person_and_day(year)
    none_while_it_was_down(year)
    the_blocked_heard_again_afterwards(year)
    the_group_was_followed(year)
    await what_was_remembered_was_said(year)
    (pokja,) = await bot.rows(sa.select(Pokja))
    assert pokja.group_chat_id == NEW_GROUP_CHAT
