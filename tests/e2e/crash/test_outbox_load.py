"""A full outbox: whatever Telegram refuses and however often the bot is killed, nothing is lost and little is doubled.

Counts only; how fast it goes is for `python -m bench.outbox` to say.
"""

import asyncio
import random
from collections import Counter
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
import sqlalchemy as sa

from bot.app import Running
from simulator.phones.phone import Simulator
from simulator.server import running_simulator
from simulator.simulation import DEFAULT_TOKEN, Config, Simulation, make_simulation
from store import outbox
from store.engine.database import Database
from store.outbox import Message
from store.tables.core import Outgoing
from tests.e2e.crash.killing import Killer, Nursery
from tests.e2e.steps.outbox import until_sent
from tests.e2e.steps.planting import planted
from tests.support.cast import HENDRA
from tests.support.moments import PLAIN
from tests.support.patience import PATIENCE
from usecases.notifying import words

PEOPLE, EACH, IN_GROUP = 40, 5, 15
KILLS = 3


def notices(chats: list[int], each: int) -> list[Message]:
    """So many to each chat, by turns."""
    now = PLAIN - timedelta(minutes=1)

    def notice(number: int, chat: int) -> Message:
        payload = words("member_left", name=f"Kabar {number}", instansi="Dinas", pokja="Pokja")
        return Message(f"kabar {number} untuk {chat}", chat, "words", payload, now)

    return [notice(number, chat) for number in range(each) for chat in chats]


async def fill(database: Database, messages: list[Message]) -> None:
    async with database.transaction() as session:
        assert await outbox.queue(session, messages) == len(messages)


def heard(world: Simulation) -> Counter[tuple[int, str]]:
    """How often each notice stands in each chat."""
    return Counter(
        (chat.chat_id, str(message.body["text"]).partition(" (")[0])
        for chat in world.world.chats.values()
        for message in chat.messages.values()
        if str(message.body.get("text", "")).startswith("Kabar")
    )


def expected(messages: list[Message]) -> set[tuple[int, str]]:
    return {(message.chat_id, message.payload["facts"]["name"]) for message in messages}


async def test_everything_arrives_once_though_telegram_refuses_now_and_then(
    sim: Simulator, bot: Running
) -> None:
    house = await planted(sim, bot, HENDRA, *(f"Anggota {number}" for number in range(1, 25)))
    group = await house.group()
    messages = [*notices([person.id for person in house.people], EACH), *notices([group.chat_id], IN_GROUP)]
    await sim.switches(share_429=0.02)
    await fill(bot.database, messages)
    bot.turns.delivery.wake()
    await until_sent(bot.database)
    await sim.switches(share_429=0)
    for chat in (*house.people, group):
        found = Counter(
            m["text"].partition(" (")[0] for m in await chat.messages(100) if "Kabar" in m["text"]
        )
        wanted = EACH if chat is not group else IN_GROUP
        assert found == Counter(f"Kabar {number}" for number in range(wanted))


@pytest.fixture
async def world(bots: Nursery, database_url: str) -> AsyncIterator[Simulation]:
    world = make_simulation(Config(start=PLAIN.timestamp(), flood=True))
    world.failures = Killer(victim=bots, dice=random.Random(5))
    async with running_simulator(world) as url:
        bots.environment = {
            "POKJA_TOKEN": DEFAULT_TOKEN,
            "POKJA_API_URL": url,
            "POKJA_DATABASE_URL": database_url,
            "POKJA_CLOCK_URL": f"{url}/clock",
            "POKJA_LOG": "ERROR",
        }
        yield world
        bots.clear()


async def test_killed_in_the_middle_nothing_is_lost_and_only_what_was_on_its_way_is_doubled(
    world: Simulation, bots: Nursery, database: Database
) -> None:
    """The killer strikes at a call: before it takes effect, right after, or a moment later.

    How many are on their way at once depends on how quick the machine is (bot.transport.in_flight, tested there).
    """
    people = [world.world.add_person(f"Anggota {number}") for number in range(PEOPLE)]
    for person in people:
        person.started = True
    messages = notices([person.user_id for person in people], EACH)
    await fill(database, messages)
    killer = world.failures
    assert isinstance(killer, Killer)
    held: Counter[tuple[int, str]] = Counter()
    for _ in range(KILLS):
        bots.bear()
        await _sends(world)
        killer.aim(killer.dice.randint(1, 20))
        async with asyncio.timeout(PATIENCE):
            await killer.struck.wait()
        assert bots.ended() == -9
        held += await _held(database)
        await _time_passes(database)
    bots.bear()
    await until_sent(database)
    assert await bots.stop() == 0
    found = heard(world)
    assert set(found) == expected(messages)
    assert found - Counter(expected(messages)) <= held


async def _held(database: Database) -> Counter[tuple[int, str]]:
    """What the dead one had claimed, and not yet noted as sent."""
    async with database.reading() as session:
        rows = await session.scalars(sa.select(Outgoing).where(Outgoing.state == outbox.SENDING))
        return Counter((row.chat_id, row.payload["facts"]["name"]) for row in rows)


async def _sends(world: Simulation) -> None:
    """The bot has begun to send."""
    before = sum(heard(world).values())
    assert await world.journal.wait_until(lambda: sum(heard(world).values()) > before, PATIENCE)


async def _time_passes(database: Database) -> None:
    """On PostgreSQL another process may be at work: what a dead one held is free after some minutes only."""
    long_ago = PLAIN - timedelta(hours=1)
    async with database.transaction() as session:
        held = sa.update(Outgoing).where(Outgoing.state == outbox.SENDING)
        await session.execute(held.values(claimed_at=long_ago))
