"""`kill -9` while people tap and type: what was answered is kept, once; what was lost is asked again."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from bot.callbacks import Answer, unpack
from simulator.json_types import JsonObject
from simulator.phones.phone import Person
from tests.e2e.crash.killing import DeafQueue, Nursery, Silencer, kept, plant
from tests.e2e.crash.staging import Stage, newest, staged
from tests.e2e.steps import basics

KILLS = 25
KILLS_OF_WRITERS = 8
MEMBERS = 12
ITEMS = 7
PAIRS = ITEMS * (ITEMS - 1) // 2
CARDS = 10
PATIENT = 0.8
LONGEST = 180.0
DONE = "sudah lengkap"


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
            event = await stage.does(person, "tap", data=data, message_id=message["message_id"])
        if letters:
            await stage.reacts(person, event)
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
    assert found.dead_letters == []
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
        event = await stage.does(person, "text", text=card)
        if number == CARDS - 1 or stage.killer.dice.random() < PATIENT:
            await stage.reacts(person, event)
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
    assert found.dead_letters == []


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
