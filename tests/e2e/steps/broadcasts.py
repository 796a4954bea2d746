"""What people do about broadcasts on their phones, as steps."""

from collections.abc import Mapping

import sqlalchemy as sa

from bot.app import Running
from simulator.phones.phone import Person, Simulator
from store.tables.core import Outgoing
from tests.e2e.steps.planting import House, planted
from tests.e2e.steps.reminding import DAYS, at
from usecases.broadcasts import sending

NEWS = "Mohon membawa data pelanggan pada hari Kamis."
QUICK = 0.2
"""Seconds between two looks of the message that shows how far a broadcast is; in the field a few more."""


async def office(
    sim: Simulator, running: Running, *names: str, role: Mapping[str, str] | None = None, hour: int = 9
) -> House:
    """A Pokja at this hour of its working day."""
    running.turns.progress._interval = QUICK
    house = await planted(sim, running, *names, role=role)
    await to_office_hours(house, hour)
    return house


async def to_office_hours(house: House, hour: int) -> None:
    """The next time it is that hour on a working day."""
    local = await house.sim.local()
    day = DAYS.next_on_or_after(local.date())
    if day == local.date() and local.hour >= hour:
        day = DAYS.plus(day, 1)
    await at(house, day, hour)


async def begins(ketua: Person) -> None:
    """Up to the question what is to be said."""
    await ketua.types("/siaran")
    await ketua.taps("✍ Tulis siaran")


async def writes(ketua: Person, text: str = NEWS, *, ack: str = "Ya") -> None:
    """Up to the question to whom it goes."""
    await begins(ketua)
    await ketua.types(text)
    await ketua.taps(ack)


async def sends(ketua: Person, to: str = "Semua anggota", when: str = "Sekarang") -> None:
    """The rest of the form."""
    await ketua.taps(to)
    await ketua.taps(when)
    await ketua.sees("Kirim seperti ini?")
    await ketua.taps("Ya")


async def picks(ketua: Person, among: str, one: str) -> None:
    """It goes now to one of a list to be ticked; up to the question whether to send."""
    await ketua.taps(among)
    await ketua.taps(f"☐ {one}")
    await ketua.taps("Selesai memilih (1)")
    await ketua.taps("Sekarang")


async def to_those(ketua: Person, who: str, about: str) -> None:
    """It goes now to those who have not done something; up to the question whether to send."""
    await ketua.taps(who)
    await ketua.taps(about)
    await ketua.taps("Sekarang")


async def plans(ketua: Person, day: str, time: str) -> None:
    """It goes to everybody later; up to the question whether to send."""
    await ketua.taps("Semua anggota")
    await ketua.taps("Pada waktu tertentu")
    await ketua.types(day)
    await ketua.types(time)


async def calls_off(ketua: Person) -> None:
    """From a planned broadcast's card."""
    await ketua.taps("Batalkan siaran ini")
    await ketua.taps("Ya, batalkan")


async def releases(house: House) -> None:
    """What the clock does."""
    await house.running.turns.by_clock(sending.release_due)


async def letters(house: House) -> int:
    """How many messages of broadcasts there are, sent or not."""
    return len(await house.rows(sa.select(Outgoing.id).where(Outgoing.kind == "broadcast")))
