"""`kill -9` while people tap and type: what was answered is kept, once; what was lost is asked again."""

import asyncio
import os
import random
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import pytest

from bot.callbacks import Answer, unpack
from simulator.json_types import JsonObject
from simulator.phones.phone import Person, Simulator
from simulator.server import running_simulator
from simulator.simulation import DEFAULT_TOKEN, Config, Simulation, make_simulation
from tests.e2e.crash.killing import DeafQueue, Killer, Nursery, Silencer, kept, nursery, plant
from tests.e2e.steps import basics
from tests.support.moments import PLAIN
from tests.support.patience import PATIENCE

KILLS = 25
KILLS_OF_WRITERS = 8
MEMBERS = 12
ITEMS = 7
PAIRS = ITEMS * (ITEMS - 1) // 2
CARDS = 10
PATIENT = 0.8
LONGEST = 180.0
DONE = "sudah lengkap"
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

    async def reacts(self, person: Person, deed: JsonObject) -> None:
        """Wait until the bot has said something; or until it is clear that what it had to say died with it.

        A bot that is killed before it came to this person says nothing about the next: each has its own time.
        """
        chat, kills = self.world.world.chat(person.id), deed["kills"]
        tap = self.world.taps.taps.get(deed.get("tap", {}).get("query_id"))

        def is_over() -> bool:
            is_told = chat.bot_version > deed["version"] or bool(tap and tap.answer and tap.answer["text"])
            is_confirmed = not set(deed["update_ids"]) & self.world.updates.pending.keys()
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
        deed: JsonObject = await self.phones.control.post(f"/control/users/{person.id}/{action}", **arguments)
        return deed | {"kills": kills}


async def newest(person: Person) -> JsonObject:
    """The bot's last message; one without text before it wrote any."""
    written = [message for message in await person.messages() if message["from_bot"]]
    return dict(written[-1]) if written else {"text": "", "buttons": []}


@pytest.fixture(scope="module")
def bots() -> Iterator[Nursery]:
    with nursery() as opened:
        yield opened


@asynccontextmanager
async def staged(bots: Nursery, database_url: str) -> AsyncIterator[Stage]:
    print(f"POKJA_KILL_SEED={SEED}")  # noqa: T201 - pytest shows it when the test fails
    world = make_simulation(Config(start=PLAIN.timestamp(), flood=False))
    world.failures = killer = Killer(victim=bots, dice=random.Random(SEED))
    async with running_simulator(world) as url, Simulator(url, patience=PATIENCE) as phones:
        bots.environment = {
            "POKJA_TOKEN": DEFAULT_TOKEN, "POKJA_API_URL": url, "POKJA_DATABASE_URL": database_url,
            "POKJA_CLOCK_URL": f"{url}/clock", "POKJA_LOG": "ERROR",
        }  # fmt: skip
        try:
            yield Stage(world, phones, bots, killer, database_url)
            assert await bots.stop() == 0
        finally:
            bots.clear()
        assert await phones.faults() == []


@pytest.fixture
async def stage(bots: Nursery, database_url: str) -> AsyncIterator[Stage]:
    async with staged(bots, database_url) as opened:
        yield opened


@pytest.fixture
async def silenced(bots: Nursery, sqlite_url: str) -> AsyncIterator[Stage]:
    """A stage on which the bot dies before its first reply to each update."""
    async with staged(bots, sqlite_url) as opened:
        done: set[int] = set()
        opened.world.updates = DeafQueue(opened.world.clock, opened.world.journal, silenced=done)
        opened.killer = Silencer(victim=bots, updates=opened.world.updates, silenced=done)
        opened.world.failures = opened.killer
        yield opened


async def compares(stage: Stage, person: Person) -> None:
    """Taps a letter of what is shown, now and then a second one at once, until all is done."""
    message = await newest(person)
    while DONE not in message["text"]:
        letters = [
            key["callback_data"] for row in message["buttons"] for key in row if key["text"] in {"A", "B"}
        ]
        if not letters:
            await stage.opens_task(person)
        for _ in range(stage.killer.dice.choice((1, 1, 2)) if letters else 0):
            data = stage.killer.dice.choice(letters)
            deed = await stage.does(person, "tap", data=data, message_id=message["message_id"])
        if letters:
            await stage.reacts(person, deed)
        message = await newest(person)


async def test_every_answered_tap_is_kept_once(stage: Stage) -> None:
    people = await stage.people(MEMBERS)
    await plant(stage.url, people, "peringkat", "pairwise", ITEMS)
    async with asyncio.timeout(LONGEST), asyncio.TaskGroup() as group:
        killing = group.create_task(stage.lives(KILLS))
        for person in people:
            group.create_task(compares(stage, person))
    assert killing.done()
    await stage.phones.handled_everything()
    taps = await stage.phones.tap_reports()
    found = await kept(stage.url)
    assert len(found.answers) == MEMBERS * PAIRS
    assert {(user, key): value for user, key, value in found.answers} == first_choices(taps)
    assert {tap["update_id"] for tap in taps} <= set(found.handled)
    assert len(found.handled) == len(set(found.handled))
    assert found.put_aside == []
    answered = sum(tap["answered"] for tap in taps)
    print(f"{stage.kills} kills, {len(taps)} taps, {answered} answered")  # noqa: T201 - for whoever looks on


def first_choices(taps: list[JsonObject]) -> dict[tuple[int, str], str]:
    """What counts by person and question: the first tap; later ones come when the question is answered."""
    choices: dict[tuple[int, str], str] = {}
    for tap in sorted(taps, key=lambda tap: tap["update_id"]):
        press = unpack(tap["data"])
        assert isinstance(press, Answer)
        choices.setdefault((tap["user_id"], press.key), press.value)
    return choices


async def writes(stage: Stage, person: Person, cards: list[str]) -> None:
    """Types one card after the other, now and then the next before the bot has said anything."""
    for number, card in enumerate(cards):
        deed = await stage.does(person, "text", text=card)
        if number == CARDS - 1 or stage.killer.dice.random() < PATIENT:
            await stage.reacts(person, deed)
    for _ in range(KILLS_OF_WRITERS):  # what the bot had to say in the end may have died with it
        if DONE not in (await newest(person))["text"]:
            await stage.opens_task(person)
    await person.sees(DONE)


async def test_every_typed_card_is_kept_once_and_in_order(stage: Stage) -> None:
    people = await stage.people(MEMBERS)
    await plant(stage.url, people, "peluang", "cards")
    cards = {
        person.id: [f"Gagasan {number} oleh {person.title}" for number in range(CARDS)] for person in people
    }
    stage.bots.bear()
    for person in people:
        await person.starts("ta1")
        await person.sees("Peluang")
    async with asyncio.timeout(LONGEST), asyncio.TaskGroup() as group:
        killing = group.create_task(stage.dies_and_lives(KILLS_OF_WRITERS))
        for person in people:
            group.create_task(writes(stage, person, cards[person.id]))
    assert killing.done()
    await stage.phones.handled_everything()
    found = await kept(stage.url)
    keys = [
        f"{column}/{number}" for column in ("peluang", "prasyarat") for number in range(1, CARDS // 2 + 1)
    ]
    for person in people:
        own = [(key, value) for user, key, value in found.answers if user == person.id]
        assert own == list(zip(keys, cards[person.id], strict=True))
        await person.does_not_see("sudah Bapak/Ibu tulis", last=100)
    assert found.put_aside == []


async def test_a_reply_lost_after_the_commit_is_given_after_the_restart(silenced: Stage) -> None:
    """Whatever people do, the bot dies between commit and reply, and they come through all the same."""
    ketua, siti = await silenced.people(2)
    await plant(silenced.url, [ketua, siti])
    first = silenced.world.updates.next_id
    async with asyncio.TaskGroup() as group:
        restarting = group.create_task(silenced.restarts())
        await carries_out_an_activity(ketua, siti)
        restarting.cancel()
    cards = [value for user, _, value in (await kept(silenced.url)).answers if user == siti.id]
    assert cards == ["Minat warga tinggi", "Tarif wajar", None, None]
    assert len(silenced.killer.silenced) == silenced.kills == silenced.world.updates.next_id - first > 0


async def carries_out_an_activity(ketua: Person, siti: Person) -> None:
    """From opening the topic to a follow-up: links, commands, texts, buttons, forms."""
    await ketua.starts()
    await siti.starts()
    await basics.opens_topic(ketua)
    await basics.begins(ketua, "Peluang dan prasyarat")
    await basics.writes_cards(siti, ["Minat warga tinggi", "Tarif wajar"], [])
    await basics.adopts(ketua, "Peluang dan prasyarat")
    await ketua.taps("Tindak lanjut topik ini")
    await ketua.taps("＋ Kelompok Kerja mengumpulkan")
    await ketua.taps(siti.title)
    await ketua.taps("Tidak ada, cukup satu orang")
    await ketua.types("besok")
    await siti.taps("Lihat tindak lanjut")
    await siti.taps("✔ Selesai dikerjakan")
    await siti.taps("Selesai tanpa bukti")
    await ketua.sees("Tindak lanjut selesai")
