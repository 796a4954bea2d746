"""A year lived through by the clock: what happens, the wakes between, and what must be so at each of them."""

import random
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from domain.follow_ups.follow_up import FollowUp
from domain.reminders.rules import FOLLOW_UP
from store import follow_ups
from store.tables.core import Outgoing
from store.tables.reminders import AbsenceRow
from tests.support.reminders_calendar import DAYS, awake, told_on
from tests.support.worlds.reminders import Bot, Said, utc
from usecases.work import Work

LAST = date(2027, 1, 15)
Happening = tuple[datetime, Callable[[], Awaitable[None]]]

OUTBOX = Outgoing.__table__
TOLD_AT_ONCE = sa.delete(OUTBOX).where(OUTBOX.c.state == "queued", OUTBOX.c.kind == "words")


@dataclass(frozen=True)
class OneUnit:
    """Stands for a database; all that is asked of it is one unit of work."""

    session: AsyncSession

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncSession]:
        yield self.session
        await self.session.flush()

    reading = transaction


class BotInAHurry(Bot):
    """What waits is drawn, sent and marked in one transaction: how they are kept apart is another test's."""

    async def delivers(self) -> None:
        async with self.database.transaction() as session:
            self.delivery._database = OneUnit(session)
            await super().delivers()


@dataclass
class Year:
    """What happens, and what was seen of it."""

    bot: Bot
    pokja: int
    zone: ZoneInfo
    chance: random.Random
    expected: int = 0
    missing: list[str] = field(default_factory=list)

    @property
    def now(self) -> datetime:
        return self.bot.clock.moment

    @property
    def today(self) -> date:
        return self.now.astimezone(self.zone).date()

    def at(self, day: date, hour: int = 0, minute: int = 0) -> datetime:
        return utc(datetime.combine(day, time(hour, minute), self.zone))

    def any_minute(self, first: date, span: int) -> datetime:
        """Of any day, at night and on Sundays too."""
        return self.at(first) + timedelta(minutes=self.chance.randrange(span * 24 * 60))

    async def does(self, usecase: Any, actor: int = 0) -> None:
        """Something is done; what is told of it at once is another test's."""

        async def quietly(work: Work) -> None:
            await usecase(work)
            await work.session.execute(TOLD_AT_ONCE)

        await self.bot.does(quietly, actor)

    async def wakes(self) -> datetime | None:
        """A wake; what arrived because of it must be so now, and at an opening nothing may be missing."""
        before = len(self.bot.telegram.log)
        wake = await self.bot.wakes(self.pokja)
        said, opens = self.bot.telegram.log[before:], self.now == self.at(self.today, 8)
        if said or opens:
            live, away = await self.standing(), await self.away()
            self.verify(said, live, away)
            if opens and not self.bot.telegram.is_unreachable:
                self.look_for_missing(said, live, away)
        return wake

    async def standing(self) -> dict[int, FollowUp]:
        async with self.bot.database.reading() as session:
            return {each.now.id: each.now for each in await follow_ups.alive(session, self.pokja)}

    async def away(self) -> set[int]:
        is_away = (AbsenceRow.first <= self.today) & (AbsenceRow.last >= self.today)
        return set(await self.bot.rows(sa.select(AbsenceRow.membership_id).where(is_away)))

    def verify(self, said: list[Said], live: dict[int, FollowUp], away: set[int]) -> None:
        """Nobody who is away, gone, done or not concerned; every line is about what is so now."""
        for message in said:
            assert message.kind == "weekly" or message.chat not in away
            for line in message.lines if message.kind == "digest" else ():
                if line["kind"] == FOLLOW_UP:
                    now = live[line["id"]]
                    assert line["as_ketua"] or message.chat in {owner.who for owner in now.owners}
                    assert line["days"] == (now.due - self.today).days

    def look_for_missing(self, said: list[Said], live: dict[int, FollowUp], away: set[int]) -> None:
        """Each owner who has to hear of it today by a plain reading of the rules does."""
        heard = {
            (message.chat, line["id"])
            for message in said
            for line in message.lines
            if line["kind"] == FOLLOW_UP
        }
        silent = away | self.bot.telegram.blocked
        for number, now in live.items():
            for owner in now.owners if self.today in told_on(now.due) else ():
                if owner.who not in silent and owner.since < self.now:
                    self.expected += 1
                    if (owner.who, number) not in heard:
                        self.missing.append(f"{number} {self.today} {owner.who}")


async def live(year: Year, happenings: Iterable[Happening]) -> None:
    """Event after event and wake after wake; what happened is looked at a minute later, as the sweep does."""
    events, end = deque(happenings), year.at(LAST, 23)
    wake: datetime | None = year.now
    while year.now < end:
        if events and (wake is None or events[0][0] <= wake):
            year.bot.clock.moment, happen = events.popleft()
            await happen()
            swept = _sweep(year, year.now + timedelta(minutes=1))
            wake = min(swept, wake) if wake else swept
        elif wake is not None:
            year.bot.clock.moment = wake
            coming = await year.wakes()
            wake = coming and awake(coming, year.zone)
            if year.bot.telegram.is_unreachable or await year.bot.rows(_waiting()):
                wake = min(wake or end, awake(year.now + timedelta(hours=1), year.zone))
        else:
            break
    assert not events


def _sweep(year: Year, moment: datetime) -> datetime:
    """Outside hours nothing can be due: the next opening is early enough."""
    local = moment.astimezone(year.zone)
    if not DAYS.is_working(local.date()) or local.time() >= time(17):
        day = DAYS.next_on_or_after(local.date() if local.time() < time(8) else local.date() + timedelta(1))
        return awake(year.at(day, 8), year.zone)
    return awake(year.at(local.date(), 8) if local.time() < time(8) else moment, year.zone)


def _waiting() -> Any:
    return sa.select(Outgoing.id).where(Outgoing.state == "queued", Outgoing.kind != "words")
