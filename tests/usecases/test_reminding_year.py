"""A year of a Pokja through tables, outbox and delivery: thirty members, two hundred tindak lanjut, meetings moved and
called off, three days of downtime, days without a way to Telegram, a blocked member, a group that moved."""

import random
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cache
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from domain.faults import Rejected
from domain.followups import ACCEPT, ASK, CANCEL, FINISH, HAND_OVER, REOPEN
from domain.reminders_rules import DEFAULT
from domain.reminders_state import FOLLOW_UP, MEETING
from domain.roles import KETUA
from domain.working_days import WorkingDays
from store import followups, holidays
from store.database import Database
from store.meeting_tables import Invitee, MeetingReply, MeetingRow
from store.reminding_tables import AbsenceRow, ReminderSent
from store.tables import FollowUp, Outgoing, Pokja, User
from tests.usecases.reminding_world import GROUP_CHAT, NEW_GROUP_CHAT, Bot, Clock, Said, Telegram, plant, utc
from usecases import followup_steps
from usecases.followups import give
from usecases.work import Work

CHAIR, BLOCKED, MEMBERS = 1, 13, range(1, 31)
FIRST, LAST = date(2026, 1, 2), date(2027, 1, 15)
DAYS = WorkingDays(frozenset(holidays.of_years([2025, 2026, 2027])))
DOWN = ((date(2026, 3, 16), 3), (date(2026, 6, 9), 3), (date(2026, 12, 28), 3))
"""Days on which the bot is down, from 7 o'clock on, and for how many days (and 3 hours 17 minutes)."""
AWAY = date(2026, 9, 29)
"""From the evening before until noon of the day after there is no way to Telegram."""


@dataclass
class Year:
    """What happens, and what was seen of it."""

    bot: Bot
    pokja: int
    zone: ZoneInfo
    chance: random.Random
    expected: int = 0
    missing: list[str] = field(default_factory=list)
    told: int = 0

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
            await work.session.execute(sa.delete(Outgoing).where(Outgoing.kind == "words"))

        await self.bot.does(quietly, actor)

    async def wakes(self) -> datetime | None:
        """A wake; what arrived because of it must be so now."""
        before = len(self.bot.telegram.log)
        wake = await self.bot.wakes(self.pokja)
        await self.verify(self.bot.telegram.log[before:])
        if self.now == self.at(self.today, 8):
            await self.look_for_missing(self.bot.telegram.log[before:])
        return wake

    async def standing(self) -> dict[int, Any]:
        async with self.bot.database.reading() as session:
            kept = await followups.of_pokja(session, self.pokja, only_live=True)
        return {each.row.id: each.now for each in kept}

    async def verify(self, said: list[Said]) -> None:
        """Nobody who is away, gone, done or not concerned; every line is about what is so now."""
        if not said:
            return
        live, away = await self.standing(), await self.away()
        for message in said:
            self.told += 1
            assert message.kind == "weekly" or message.chat not in away
            for line in message.lines if message.kind == "digest" else ():
                if line["kind"] == FOLLOW_UP:
                    now = live[line["id"]]
                    assert line["as_ketua"] or message.chat in {owner.who for owner in now.owners}
                    assert line["days"] == (now.due - self.today).days

    async def away(self) -> set[int]:
        rows = await self.bot.rows(sa.select(AbsenceRow))
        return {row.membership_id for row in rows if row.first <= self.today <= row.last}

    async def look_for_missing(self, said: list[Said]) -> None:
        """At every opening: each owner who has to hear of it today by a plain reading of the rules does."""
        if self.bot.telegram.is_away:
            return
        heard = {
            (message.chat, line["id"])
            for message in said
            for line in message.lines
            if line["kind"] == FOLLOW_UP
        }
        live, away = await self.standing(), await self.away()
        for number, now in live.items():
            for owner in now.owners if self.today in told_on(now.due) else ():
                if owner.who not in away | self.out_of_reach and owner.since < self.now:
                    self.expected += 1
                    if (owner.who, number) not in heard:
                        self.missing.append(f"{number} {self.today} {owner.who}")

    @property
    def out_of_reach(self) -> set[int]:
        return self.bot.telegram.blocked


@cache
def told_on(due_on: date) -> set[date]:
    """The days on which an owner hears of something due then, read plainly off the default rules."""
    before = {_moved(due_on - timedelta(n), due_on - timedelta(1)) for n in (7, 3, 1)}
    late: list[date] = []
    day = due_on
    while len(late) < 5:
        day += timedelta(1)
        late += [day] if DAYS.is_working(day) else []
    weeks = {_moved(late[-1] + timedelta(7 * n), date.max) for n in range(1, 60)}
    return before | {_moved(due_on, due_on)} | set(late) | weeks


def _moved(day: date, limit: date) -> date:
    kept = day
    while not DAYS.is_working(kept):
        kept += timedelta(1)
    while kept > limit or not DAYS.is_working(kept):
        kept -= timedelta(1)
    return kept


Happening = tuple[datetime, Any]
OWNER = "owner"


def happenings(year: Year) -> list[Happening]:
    """What people do, in order: a moment and what is done then."""
    found = [each for number in range(1, 201) for each in _follow_up(year, number)]
    found += [each for number in range(1, 21) for each in _meeting(year, number)]
    found += [(year.any_minute(FIRST, 300), _leave(year)) for _ in range(25)]
    found += [(year.at(date(2026, 5, 4), 22), _block(year)), (year.at(date(2026, 7, 1), 12), _upgrade(year))]
    found += [(year.at(date(2026, 10, 5), 9, 30), _unblock(year))]
    found += [
        (year.at(AWAY - timedelta(1), 22), _cut(year, is_away=True)),
        (year.at(AWAY + timedelta(1), 12), _cut(year, is_away=False)),
    ]
    return sorted(found, key=lambda each: each[0])


def _block(year: Year) -> Any:
    async def block() -> None:
        year.bot.telegram.blocked.add(BLOCKED)

    return block


def _unblock(year: Year) -> Any:
    async def unblock() -> None:
        year.bot.telegram.blocked.discard(BLOCKED)
        await year.does(_set_reach)

    return unblock


async def _set_reach(work: Work) -> None:
    await work.session.execute(sa.update(User).where(User.telegram_id == BLOCKED).values(reach="started"))


def _upgrade(year: Year) -> Any:
    async def upgrade() -> None:
        year.bot.telegram.moved[GROUP_CHAT] = NEW_GROUP_CHAT

    return upgrade


def _cut(year: Year, *, is_away: bool) -> Any:
    async def cut() -> None:
        year.bot.telegram.is_away = is_away
        if not is_away:
            year.bot.limits._paused_until = float("-inf")

    return cut


def _leave(year: Year) -> Any:
    async def leave() -> None:
        who, last = year.chance.choice(MEMBERS), year.today + timedelta(year.chance.randrange(14))
        row = AbsenceRow(membership_id=who, first=year.today, last=last, reason="Dinas luar", at=year.now)
        await year.does(lambda work: _add(work, row))

    return leave


async def _add(work: Work, *rows: Any) -> None:
    for row in rows:
        work.session.add(row)
        await work.session.flush()


def _follow_up(year: Year, number: int) -> Iterator[Happening]:
    chance = year.chance
    given = year.any_minute(FIRST, 330)
    due_on = given.astimezone(year.zone).date() + timedelta(chance.randrange(1, 40))
    owners = tuple(chance.sample(MEMBERS, chance.choice([1, 1, 2, 3])))
    made: list[int] = []

    async def begin() -> None:
        async def usecase(work: Work) -> None:
            me, pokja = await work.current()
            made.append(
                (await give(work, me, pokja, f"Pekerjaan {number}", owners, due_on, "umum/lain")).row.id
            )

        await year.does(usecase, CHAIR)

    def act(kind: str, who: str, days: int = 0, **details: Any) -> Any:
        async def happen() -> None:
            owner = (await year.bot.rows(sa.select(FollowUp.owner_id).where(FollowUp.id == made[0])))[0]
            due = year.today + timedelta(days) if days else None
            try:
                await year.does(
                    lambda work: followup_steps.happen(
                        work, made[0], kind, reason="Alasan", due=due, **details
                    ),
                    CHAIR if who == KETUA else owner,
                )
            except Rejected:
                return  # people try what can't be done, too

        return happen

    later = (given + timedelta(minutes=chance.randrange(60, 60 * 24 * 35)) for _ in count())
    yield given, begin
    yield from _course(chance, later, act)


def _course(chance: random.Random, later: Iterator[datetime], act: Callable[..., Any]) -> Iterator[Happening]:
    """What becomes of a tindak lanjut, by chance."""
    if chance.random() < 0.3:
        asked = next(later)
        yield asked, act(ASK, OWNER, days=chance.randrange(5, 40))
        yield asked + timedelta(hours=chance.randrange(100)), act(ACCEPT, KETUA)
    if chance.random() < 0.2:
        yield next(later), act(HAND_OVER, OWNER, owners=tuple(chance.sample(MEMBERS, 2)))
    if chance.random() < 0.85:
        done = next(later)
        yield done, act(FINISH, OWNER)
        if chance.random() < 0.1:
            yield done + timedelta(days=3), act(REOPEN, KETUA)
    if chance.random() < 0.05:
        yield next(later), act(CANCEL, KETUA)


def _meeting(year: Year, number: int) -> Iterator[Happening]:
    chance, made = year.chance, []
    told = year.any_minute(FIRST, 330)

    def starts() -> datetime:
        day = DAYS.plus(year.today, chance.randrange(3, 12))
        at = chance.choice([time(8), time(9), time(13, 30), time(19)])
        return utc(datetime.combine(day, at, year.zone))

    async def tell() -> None:
        row = MeetingRow(
            pokja_id=year.pokja, title=f"Pertemuan {number}", starts=starts(), minutes=120, place="Aula", agenda=[],
            state="announced", asked_at=year.now, created_by=CHAIR, created_at=year.now,
        )  # fmt: skip
        await year.does(lambda work: _add(work, row))
        made.append(row.id)
        invited = [
            Invitee(meeting_id=row.id, membership_id=who) for who in sorted({9, *chance.sample(MEMBERS, 14)})
        ]
        declined = MeetingReply(
            meeting_id=row.id, membership_id=9, answer="no", reason="Dinas luar", at=year.now
        )
        await year.does(lambda work: _add(work, *invited, declined))

    def change(**values: Any) -> Any:
        async def happen() -> None:
            given = {key: value() if callable(value) else value for key, value in values.items()}
            coming = (
                (MeetingRow.id == made[0])
                & (MeetingRow.starts > year.now)
                & (MeetingRow.state != "cancelled")
            )
            await year.does(
                lambda work: work.session.execute(sa.update(MeetingRow).where(coming).values(**given))
            )

        return happen

    yield told, tell
    if number % 3 == 0:
        moved = change(starts=starts, state="moved", asked_at=lambda: year.now)
        yield told + timedelta(minutes=chance.randrange(60 * 24 * 4)), moved
    if number % 5 == 0:
        yield told + timedelta(minutes=chance.randrange(60 * 24 * 6)), change(state="cancelled")


def awake(year: Year, moment: datetime) -> datetime:
    """That moment, or when the bot comes up again if it is down then."""
    for first, days in DOWN:
        begins = year.at(first, 7)
        ends = begins + timedelta(days=days, hours=3, minutes=17)
        if begins <= moment < ends:
            return ends
    return moment


async def live(year: Year) -> None:
    """Event after event and wake after wake; what happened is looked at a minute later, as the sweep does."""
    events, end = happenings(year), year.at(LAST, 23)
    wake: datetime | None = year.now
    while year.now < end:
        if events and (wake is None or events[0][0] <= wake):
            year.bot.clock.moment, happen = events.pop(0)
            await happen()
            swept = _sweep(year, year.now + timedelta(minutes=1))
            wake = min(swept, wake) if wake else swept
        elif wake is not None:
            year.bot.clock.moment = wake
            coming = await year.wakes()
            wake = coming and awake(year, coming)
            if year.bot.telegram.is_away or await year.bot.rows(_waiting()):
                wake = min(wake or end, awake(year, year.now + timedelta(hours=1)))
        else:
            break
    assert not events


def _sweep(year: Year, moment: datetime) -> datetime:
    """Outside hours nothing can be due: the next opening is early enough."""
    local = moment.astimezone(year.zone)
    if not DAYS.is_working(local.date()) or local.time() >= time(17):
        day = DAYS.next_on_or_after(local.date() if local.time() < time(8) else local.date() + timedelta(1))
        return awake(year, year.at(day, 8))
    return awake(year, year.at(local.date(), 8) if local.time() < time(8) else moment)


def _waiting() -> Any:
    return sa.select(Outgoing.id).where(Outgoing.state == "queued", Outgoing.kind != "words")


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
    for first, _ in DOWN:
        begins = year.at(first, 7)
        assert not [
            each for each in year.bot.telegram.log if begins <= each.at < begins + timedelta(days=3, hours=3)
        ]
    assert any(each.at.minute == 17 for each in reminders_of(year)), "it caught up when it came back"
    cut = year.at(AWAY - timedelta(1), 22), year.at(AWAY + timedelta(1), 12)
    assert not [each for each in year.bot.telegram.log if cut[0] <= each.at < cut[1]]
    assert [each for each in reminders_of(year) if cut[1] <= each.at < year.at(AWAY + timedelta(1), 17)]


def the_blocked_heard_again_afterwards(year: Year) -> None:
    blocked, again = year.at(date(2026, 5, 4), 22), year.at(date(2026, 10, 5), 9, 30)
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


@pytest.mark.parametrize("zone", ["Asia/Makassar"])
async def test_a_year(sqlite_url: str, zone: str) -> None:
    """One test for one year: it takes some seconds to live through."""
    opened = ZoneInfo(zone)
    clock = Clock(utc(datetime.combine(FIRST, time(0), opened)))
    database = Database(sqlite_url)
    bot = Bot(database, clock, Telegram(clock))
    year = Year(bot, await plant(bot, len(MEMBERS), zone), opened, random.Random(zone))
    assert [row.id for row in await bot.rows(sa.select(User).order_by(User.id))] == list(MEMBERS)
    await live(year)
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
    await database.close()
