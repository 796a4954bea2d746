"""Two bots on one PostgreSQL: a broadcast goes out once to each, whoever of them the clock wakes first."""

import asyncio
import contextlib
from collections import Counter
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
import sqlalchemy as sa

from bot import app
from bot.app import Running
from domain.broadcasts.broadcast import Audience
from simulator.phones.phone import Simulator
from store.tables.broadcasts import BroadcastRecipient, BroadcastRow
from store.tables.core import Membership, Outgoing, Pokja
from tests import databases
from tests.e2e.steps.bots import HURRIED, settings_for, working_bot
from tests.e2e.steps.outbox import until_sent
from tests.e2e.steps.planting import House, planted
from tests.support.cast import HENDRA
from usecases.broadcasts import sending
from usecases.outcomes import Outcome
from usecases.work import Work

pytestmark = pytest.mark.telling_days

READERS = 40
NEWS = "Rapat dipindah ke hari Kamis."


@pytest.fixture
async def postgres_url(postgres: sa.URL) -> str:
    return await databases.fresh_postgres(postgres)


@contextlib.asynccontextmanager
async def second_bot(sim: Simulator, url: str) -> AsyncIterator[Running]:
    """Sends and keeps up what it sees in the database; only one may ask Telegram for updates."""
    stop = asyncio.Event()
    async with app.assembled(settings_for(sim, url), HURRIED) as running, asyncio.TaskGroup() as group:
        group.create_task(running.turns.delivery.run(stop))
        group.create_task(running.turns.progress.run(stop))
        try:
            yield running
        finally:
            stop.set()


async def plan(house: House) -> None:
    """The Ketua has planned one for a moment that has come meanwhile."""

    async def usecase(work: Work) -> Outcome:
        ketua = (await work.session.scalars(sa.select(Membership).order_by(Membership.id).limit(1))).one()
        pokja = (await work.session.scalars(sa.select(Pokja))).one()
        what = sending.Written(NEWS, None, True, Audience())  # noqa: FBT003
        return await sending.give(work, ketua, pokja, what, work.now - timedelta(seconds=1), None)

    await house.does(house.people[0], usecase)


async def test_released_by_both_at_once_it_goes_out_once_to_each(sim: Simulator, postgres_url: str) -> None:
    async with working_bot(settings_for(sim, postgres_url)) as first, second_bot(sim, postgres_url) as second:
        house = await planted(sim, first, HENDRA, *(f"Anggota {n}" for n in range(1, READERS + 1)))
        for turn in range(1, 4):
            await plan(house)
            release = sending.release_due
            both = (first.turns.by_clock(release), second.turns.by_clock(release))
            assert await asyncio.gather(*both) == [None, None]
            await house.people[0].sees(f"Terkirim {READERS}/{READERS}")
            for reader in house.people[1:]:
                await reader.sees(NEWS)
            letters = await house.rows(sa.select(Outgoing).where(Outgoing.kind == "broadcast"))
            assert Counter(row.chat_id for row in letters) == {p.id: turn for p in house.people[1:]}
            assert {row.attempts for row in letters} <= {0, 1}
        assert len(await house.rows(sa.select(BroadcastRecipient.id))) == 3 * READERS
        assert set(await house.rows(sa.select(BroadcastRow.state))) == {"sent"}
        await until_sent(first.database)
        for reader in house.people[1:]:
            heard = [m for m in await reader.messages(50) if NEWS in m["text"]]
            assert len(heard) == 3
        shown = [m for m in await house.people[0].messages(50) if "Terkirim" in m["text"]]
        assert len(shown) == 3


async def test_each_sends_a_share(sim: Simulator, postgres_url: str) -> None:
    """Both take from the same queue, and no chat hears anything twice."""
    async with working_bot(settings_for(sim, postgres_url)) as first:
        house = await planted(sim, first, HENDRA, *(f"Anggota {n}" for n in range(1, READERS + 1)))
    async with second_bot(sim, postgres_url) as first, second_bot(sim, postgres_url) as second:
        house = House(sim, first, house.pokja_id, house.people)
        await plan(house)
        await second.turns.by_clock(sending.release_due)
        first.turns.delivery.wake()
        for reader in house.people[1:]:
            await reader.sees(NEWS)
        await house.people[0].sees(f"Terkirim {READERS}/{READERS}")
    calls = Counter(call["chat_id"] for call in await sim.calls("sendMessage"))
    assert calls == Counter(calls.keys()) + Counter(p.id for p in house.people)
