"""Two who act at once on PostgreSQL: as if one came after the other, and never without a Ketua."""

import asyncio
import itertools
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from bot.app import Running
from domain import roles
from domain.faults import Rejected
from simulator.phones.phone import Person, Simulator
from store.people import ACTIVE
from store.tables.core import Membership
from tests import databases
from tests.e2e.steps.bots import settings_for, working_bot
from tests.e2e.steps.planting import House, planted, work_of
from tests.support.cast import BUDI, HENDRA, SITI
from usecases.outcomes import Outcome
from usecases.people import members, privacy
from usecases.work import Work

Deed = tuple[str, Callable[[Work, int], Awaitable[Outcome]]]


async def hand_over(work: Work, budi: int) -> Outcome:
    return await members.carry_out(work, "hand_over", budi)


async def leave(work: Work, budi: int) -> Outcome:
    return await members.carry_out(work, "leave", budi)


async def remove(work: Work, budi: int) -> Outcome:
    return await members.carry_out(work, "remove", budi)


async def erase(work: Work, budi: int) -> Outcome:
    return await privacy.erase(work)


DEEDS: dict[str, Deed] = {
    "hand over": (HENDRA, hand_over),
    "leave": (BUDI, leave),
    "remove": (SITI, remove),
    "erase": (BUDI, erase),
}


@pytest.fixture
async def postgres_bot(sim: Simulator, postgres: sa.URL) -> AsyncIterator[Running]:
    async with working_bot(settings_for(sim, await databases.fresh_postgres(postgres))) as running:
        yield running


@pytest.mark.parametrize("pair", list(itertools.combinations(DEEDS, 2)), ids=" and ".join)
async def test_there_is_always_one_ketua(
    sim: Simulator, postgres_bot: Running, pair: tuple[str, str]
) -> None:
    """Both have looked before either writes; who comes second looks again."""
    house = await planted(sim, postgres_bot, HENDRA, SITI, BUDI, role={SITI: roles.SEKRETARIS})
    people = {person.title: person for person in house.people}
    budi, met = (await house.member(people[BUDI])).id, asyncio.Barrier(2)
    await asyncio.gather(*(does(house, people[DEEDS[name][0]], DEEDS[name][1], budi, met) for name in pair))
    chairs = await house.rows(
        sa.select(Membership.name).where(Membership.role == roles.KETUA, Membership.state == ACTIVE)
    )
    assert len(chairs) == 1


async def does(
    house: House,
    person: Person,
    deed: Callable[[Work, int], Awaitable[Outcome]],
    budi: int,
    met: asyncio.Barrier,
) -> None:
    tries = itertools.count()

    async def work(session: AsyncSession) -> None:
        mine = work_of(house.running, session, person)
        await mine.current()
        await session.execute(sa.select(Membership))
        if next(tries) == 0:
            await met.wait()
        await deed(mine, budi)

    try:
        await house.running.database.run(work)
    except Rejected:
        await asyncio.sleep(0)
