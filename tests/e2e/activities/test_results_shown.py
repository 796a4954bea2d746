"""An adopted result in the chats: as tables, as pictures, in words; complete and in order on every server."""

import re

import pytest

from bot.app import Running
from bot.screens import topics
from simulator.phones.chat import ReadableChat
from simulator.phones.phone import Group, Person, Simulator
from store import documents
from store.tables.core import Answer
from tests.e2e.steps.documents import QUIET
from tests.e2e.steps.planting import CARDS, House, planted, to_desk
from tests.support.cast import HENDRA, SITI
from usecases.activities import results

MANY = 400
CARD = "gagasan-{:03} Air keruh & sering mati di malam hari, <b>keluhan</b> belum ditangani"


async def house_of(sim: Simulator, bot: Running) -> House:
    sim.quiet = QUIET
    return await planted(sim, bot, HENDRA, SITI)


async def adopted(house: House, count: int) -> int:
    """An activity with that many cards of one member is adopted."""
    activity = await house.opens(CARDS)
    member = await house.member(house.people[1])
    async with house.running.database.transaction() as session:
        now = house.running.clock.now()
        session.add_all(
            Answer(
                activity_id=activity,
                ballot=member.id,
                key=f"isu/{n + 1}",
                value=CARD.format(n),
                by=member.id,
                at=now,
            )
            for n in range(count)
        )
    await house.adopts(activity)
    return activity


async def in_order(house: House) -> list[str]:
    """The cards as the result has them: drawn by lot, so that nobody is known by their place."""
    turns = house.running.turns
    async with turns.database.reading() as session:
        kept = await results.read(session, turns.library, (await house.results())[0].id)
    return re.findall(r"gagasan-\d{3}", topics.result_body(turns.painter, kept))


async def looks_up(person: Person, activity: int) -> None:
    await to_desk(person, activity)
    await person.taps("Lihat hasil")


async def named(chat: ReadableChat, last: int = 60) -> list[str]:
    """The cards that are read, message by message, after the essence."""
    texts = [message["text"] for message in await chat.messages(last) if message["from_bot"]]
    return re.findall(r"gagasan-\d{3}", "\n".join(texts))


@pytest.mark.parametrize("server", ["on", "404", "400"])
async def test_a_long_result_is_complete_on_every_server(
    sim: Simulator, sqlite_bot: Running, server: str
) -> None:
    house = await house_of(sim, sqlite_bot)
    ketua = house.people[0]
    group = await house.group()
    await sim.switches(rich=server)
    await adopted(house, MANY)
    expected = await in_order(house)
    assert sorted(expected) == [f"gagasan-{n:03}" for n in range(MANY)]
    board = await group.sees("hasil ditetapkan")
    assert len([m for m in await group.messages(60) if "Kartu isu" in m["text"]]) == 1
    await ketua.opens(board["buttons"][0][0]["url"])
    await ketua.sees("segel", last=3)
    await ketua.sees("hasil ditetapkan" if server != "on" else "Kartu isu", last=60)
    assert (await named(ketua))[-MANY:] == expected, "all of them, in order, at the end"


async def photos(chat: ReadableChat) -> list[bytes]:
    found = [file for message in await chat.messages(60) for file in message["files"]]
    assert {file["kind"] for file in found} <= {"photo"}
    sim = chat.sim
    return [await sim.control.fetch(file["url"]) for file in found]


async def see_as_many(one: ReadableChat, other: ReadableChat, least: int) -> tuple[list[bytes], list[bytes]]:
    """The pictures of both chats, when all that were sent to one have reached the other."""
    while True:
        version = (await one.chat(1))["version"]
        found = await photos(one), await photos(other)
        if len(found[0]) == len(found[1]) >= least:
            return found
        assert (await one.sim.wait(version))["changed"], found


async def test_where_pictures_are_chosen_they_follow_the_essence(sim: Simulator, bot: Running) -> None:
    house = await house_of(sim, bot)
    ketua = house.people[0]
    group = await house.group()
    await ketua.types("/dokumen")
    for key in ("Kop surat", "Tabel di obrolan", "Sebagai gambar"):
        await ketua.taps(key)
    activity = await adopted(house, 60)
    await group.sees("hasil ditetapkan")
    await looks_up(ketua, activity)
    await ketua.sees("hasil ditetapkan", last=10)
    await ketua.sees_button("Dari mana ini?")
    shown, looked_up = await see_as_many(group, ketua, 2)
    assert all(picture.startswith(b"\x89PNG") for picture in shown)
    assert looked_up == shown
    assert await sim.calls("sendRichMessage") == []


async def test_a_group_that_takes_no_pictures_reads_it_all(sim: Simulator, sqlite_bot: Running) -> None:
    house = await house_of(sim, sqlite_bot)
    group: Group = await house.group()
    async with sqlite_bot.database.transaction() as session:
        await documents.set_stationery(session, house.pokja_id, pictures=True)
    words = "Bad Request: not enough rights to send photos to the chat"
    await sim.fails("400", method="sendPhoto", description=words)
    await adopted(house, 60)
    await group.sees("segel")
    assert (await named(group))[-60:] == await in_order(house)
