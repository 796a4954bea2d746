"""A process of two stages in which the second draws on the first, and the way from one to the other."""

from collections.abc import Sequence

import sqlalchemy as sa

from bot.app import Running
from simulator.phones.phone import Person, Simulator
from store.tables.core import Activity
from tests.e2e.steps import basics
from tests.e2e.steps.planting import House, planted
from tests.support.cast import FIVE
from tests.support.process_files import source

LEAK, DRY, WASTE = "Kebocoran pipa", "Air mati siang", "Sampah menumpuk"


async def house_of(sim: Simulator, bot: Running, **role: str) -> House:
    """Five people at the start of the process; who is a guest is named by role."""
    guests = {name.replace("_", " "): given for name, given in role.items()}
    return await planted(sim, bot, *FIVE, role=guests, process=source("mengalir"))


async def gathered(house: House) -> None:
    """Topic 1.1: issues written and adopted."""
    ketua = house.people[0]
    await basics.opens_topic(ketua, "1.1")
    await basics.begins(ketua, "Kartu isu")
    await basics.writes_cards(ketua, [LEAK, DRY], [WASTE])
    await ketua.types("/topik")
    await ketua.taps("▶ 1.1")
    await ketua.taps("▶ Kartu isu")
    await basics.closes_and_adopts(ketua)


async def skipped(house: House) -> None:
    """Topic 1.2, which the second stage could have drawn on."""
    ketua = house.people[0]
    await ketua.types("/topik")
    await ketua.taps("○ 1.2")
    await ketua.taps("Lewati topik")
    await ketua.sees("Mengapa topik 1.2 Usulan tambahan dilewati?")
    await ketua.types("Sudah dikerjakan tahun lalu")
    await ketua.sees("dilewati: Sudah dikerjakan tahun lalu")


async def second_stage(house: House) -> None:
    """Topic 2.1 is open: it draws on the issues of 1.1 alone."""
    await gathered(house)
    await skipped(house)
    await basics.opens_topic(house.people[0], "2.1")


async def to_second_stage(ketua: Person) -> None:
    """From anywhere to the card of topic 2.1."""
    await ketua.types("/topik")
    await ketua.taps("Tahap 2")
    await ketua.taps("▶ 2.1")


async def agreed(house: House, people: Sequence[Person]) -> None:
    """In topic 2.1: all of these agree to the issues about water, and the result is adopted."""
    ketua = house.people[0]
    await basics.begins(ketua, "Isu air")
    for person in people:
        await basics.agrees(person)
    await to_second_stage(ketua)
    await ketua.taps("▶ Isu air")
    await basics.closes_and_adopts(ketua)


async def activity(house: House, number: int) -> Activity:
    found: Activity = (await house.rows(sa.select(Activity).where(Activity.id == number)))[0]
    return found
