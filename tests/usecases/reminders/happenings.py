"""What people of a Pokja do in a year: two hundred tindak lanjut, twenty meetings, days away, a blocked bot."""

import random
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from itertools import count
from typing import Any

import sqlalchemy as sa

from domain.faults import Rejected
from domain.follow_ups.follow_up import ACCEPT, ASK, CANCEL, FINISH, HAND_OVER, REOPEN
from domain.roles import KETUA
from store.tables.core import FollowUp, User
from store.tables.meetings import Invitee, MeetingReply, MeetingRow
from store.tables.reminders import AbsenceRow
from tests.support.reminders_calendar import CHAIR, DAYS, FIRST, MEMBERS
from tests.support.worlds.reminders import GROUP_CHAT, NEW_GROUP_CHAT, utc
from tests.usecases.reminders.year import Happening, Year
from usecases.follow_ups import steps
from usecases.follow_ups.follow_up import give
from usecases.work import Work

BLOCKED = 13
BLOCKED_AT, UNBLOCKED_AT = (date(2026, 5, 4), 22), (date(2026, 10, 5), 9, 30)
AWAY = date(2026, 9, 29)
"""From the evening before until noon of the day after there is no way to Telegram."""
OWNER = "owner"


def happenings(year: Year) -> list[Happening]:
    """What people do, in order: a moment and what is done then."""
    found = [each for number in range(1, 201) for each in _follow_up(year, number)]
    found += [each for number in range(1, 21) for each in _meeting(year, number)]
    found += [(year.any_minute(FIRST, 300), _leave(year)) for _ in range(25)]
    found += [(year.at(*BLOCKED_AT), _block(year)), (year.at(date(2026, 7, 1), 12), _upgrade(year))]
    found += [(year.at(*UNBLOCKED_AT), _unblock(year))]
    found += [
        (year.at(AWAY - timedelta(1), 22), _cut(year, is_unreachable=True)),
        (year.at(AWAY + timedelta(1), 12), _cut(year, is_unreachable=False)),
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


def _cut(year: Year, *, is_unreachable: bool) -> Any:
    async def cut() -> None:
        year.bot.telegram.is_unreachable = is_unreachable
        if not is_unreachable:
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
                    lambda work: steps.happen(work, made[0], kind, reason="Alasan", due=due, **details),
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
            pokja_id=year.pokja,
            title=f"Pertemuan {number}",
            starts=starts(),
            minutes=120,
            place="Aula",
            agenda=[],
            state="announced",
            asked_at=year.now,
            created_by=CHAIR,
            created_at=year.now,
        )
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
