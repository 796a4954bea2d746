"""A simulator whose bots are killed while people tap and type."""

import asyncio
import os
import random
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from simulator.json_types import JsonObject
from simulator.phones.phone import Person, Simulator
from simulator.server import running_simulator
from simulator.simulation import DEFAULT_TOKEN, Config, Simulation, make_simulation
from tests.e2e.crash.killing import Killer, Nursery, Silencer
from tests.support.moments import PLAIN
from tests.support.patience import PATIENCE

SEED = int(os.environ.get("POKJA_KILL_SEED", random.randrange(1_000_000)))


@dataclass
class Stage:
    """A simulator, its people, and bots that come and go."""

    world: Simulation
    phones: Simulator
    bots: Nursery
    killer: Killer | Silencer
    url: str
    kills: int = 0

    async def people(self, count: int) -> list[Person]:
        return await self.phones.people(*(f"Anggota {number}" for number in range(1, count + 1)))

    async def dies(self) -> None:
        """The killer has done it."""
        await self.killer.struck.wait()
        assert self.bots.ended() == -9
        self.kills += 1

    async def restarts(self) -> None:
        """Whenever the bot is killed another begins, until this is cancelled."""
        while True:
            self.killer.struck.clear()
            self.bots.bear()
            await self.dies()

    async def lives(self, kills: int) -> None:
        """Bot after bot, each killed at some moment; the last one lives.

        A bot makes two calls for each tap or text, so that all are killed long before people are done.
        """
        self.bots.bear()
        await self.dies_and_lives(kills)

    async def dies_and_lives(self, kills: int) -> None:
        """The same where a bot is at work already."""
        for _ in range(kills):
            self.killer.aim(self.killer.dice.randint(1, 20))
            async with asyncio.timeout(PATIENCE):
                await self.dies()
            self.bots.bear()

    async def reacts(self, person: Person, event: JsonObject) -> None:
        """Wait until the bot has said something; or until it is clear that what it had to say died with it.

        A bot that is killed before it came to this person says nothing about the next: each has its own time.
        """
        chat, kills = self.world.world.chat(person.id), event["kills"]
        tap = self.world.taps.taps.get(event.get("tap", {}).get("query_id"))

        def is_over() -> bool:
            is_told = chat.bot_version > event["version"] or bool(tap and tap.answer and tap.answer["text"])
            is_confirmed = not set(event["update_ids"]) & self.world.updates.pending.keys()
            return is_told or (is_confirmed and self.kills > kills)

        while not is_over():
            assert await self.in_its_time(is_over), await person.screen()

    async def in_its_time(self, is_over: Callable[[], bool]) -> bool:
        """Wait until it is over or the bot of now is dead; False when that one lived and let it wait."""
        kills = self.kills
        return await self.world.journal.wait_until(lambda: is_over() or self.kills > kills, PATIENCE)

    async def opens_task(self, person: Person) -> None:
        """By the link on the board."""
        await self.reacts(person, await self.does(person, "start", payload="ta1"))

    async def does(self, person: Person, action: str, **arguments: object) -> JsonObject:
        """What a person does, without waiting for the bot; `kills`: how many bots had died before."""
        kills = self.kills
        event: JsonObject = await self.phones.control.post(
            f"/control/users/{person.id}/{action}", **arguments
        )
        return event | {"kills": kills}


async def newest(person: Person) -> JsonObject:
    """The bot's last message; one without text before it wrote any."""
    written = [message for message in await person.messages() if message["from_bot"]]
    return dict(written[-1]) if written else {"text": "", "buttons": []}


@asynccontextmanager
async def staged(bots: Nursery, database_url: str) -> AsyncIterator[Stage]:
    print(f"POKJA_KILL_SEED={SEED}")  # noqa: T201 - pytest shows it when the test fails
    world = make_simulation(Config(start=PLAIN.timestamp(), flood=False))
    world.failures = killer = Killer(victim=bots, dice=random.Random(SEED))
    async with running_simulator(world) as url, Simulator(url, patience=PATIENCE) as phones:
        bots.environment = {
            "POKJA_TOKEN": DEFAULT_TOKEN,
            "POKJA_API_URL": url,
            "POKJA_DATABASE_URL": database_url,
            "POKJA_CLOCK_URL": f"{url}/clock",
            "POKJA_LOG": "ERROR",
        }
        try:
            yield Stage(world, phones, bots, killer, database_url)
            assert await bots.stop() == 0
        finally:
            bots.clear()
        assert await phones.faults() == []
