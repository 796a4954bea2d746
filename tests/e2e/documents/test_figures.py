"""The figure of an adopted result follows it into the chats, if the process file draws it."""

import struct

import sqlalchemy as sa

from bot.app import Running
from simulator.phones.phone import Group, Simulator
from store.tables.core import Answer, Outgoing
from tests.e2e.steps.planting import CARDS, SHORT, House, planted
from tests.support.cast import HENDRA, SITI

FIELDS = ("Kekuatan", "Kelemahan", "Peluang", "Ancaman")
COLUMNS = "".join(
    f"\n              - key: k{number}\n                title: {title}" for number, title in enumerate(FIELDS)
)
ONE_COLUMN = "\n              - key: isu\n                title: Isu"
DRAWN = SHORT.replace("instrument: cards\n", "instrument: cards\n            figure: quadrants\n").replace(
    ONE_COLUMN, COLUMNS
)
WIDEST, HIGHEST = 1080, 2560


async def house_of(sim: Simulator, bot: Running, process: str = DRAWN) -> tuple[House, Group]:
    house = await planted(sim, bot, HENDRA, SITI, process=process)
    return house, await house.group()


async def adopted(house: House, columns: int, text: str = "Air keruh <b>&</b>") -> None:
    activity = await house.opens(CARDS)
    member = await house.member(house.people[1])
    async with house.running.database.transaction() as session:
        now = house.running.clock.now()
        session.add_all(
            Answer(
                activity_id=activity,
                ballot=member.id,
                key=f"k{n}/1",
                value=f"{text} {n}",
                by=member.id,
                at=now,
            )
            for n in range(columns)
        )
    await house.adopts(activity)


async def test_a_picture_follows_the_words_and_the_tables(sim: Simulator, bot: Running) -> None:
    house, group = await house_of(sim, bot)
    await adopted(house, 4)
    while not (files := (await group.messages(1))[0]["files"]):
        version = (await group.chat(1))["chat"]["version"]
        assert (await sim.wait(version, group.chat_id))["changed"]
    picture = await sim.control.fetch(files[0]["url"])
    across, down = struct.unpack(">II", picture[16:24])
    assert picture.startswith(b"\x89PNG")
    assert across == WIDEST
    assert 300 < down <= HIGHEST
    board = await group.sees("hasil ditetapkan")
    assert "segel" in board["text"]
    assert len([m for m in await group.messages(20) if m["from_bot"] and not m["service"]]) == 3


async def test_a_group_that_takes_no_pictures_is_told_where_it_is(
    sim: Simulator, sqlite_bot: Running
) -> None:
    house, group = await house_of(sim, sqlite_bot)
    words = "Bad Request: not enough rights to send photos to the chat"
    await sim.fails("400", method="sendPhoto", description=words)
    await adopted(house, 4)
    await group.sees("Kartu isu\nGambarnya tidak bisa ditampilkan di sini.")


async def test_without_a_figure_in_the_process_nothing_follows(sim: Simulator, sqlite_bot: Running) -> None:
    house, group = await house_of(sim, sqlite_bot, DRAWN.replace("            figure: quadrants\n", ""))
    await adopted(house, 4)
    await group.sees("segel")
    assert "figure" not in await house.rows(sa.select(Outgoing.kind))
