"""Making a Pokja, inviting, joining: as people do it on their phones."""

from bot.app import Running
from simulator.phones.phone import Simulator
from tests.e2e.steps.basics import found_pokja, invitation_link
from tests.support.cast import HENDRA, SITI


async def test_a_ketua_makes_a_pokja_and_lets_a_member_in(sim: Simulator, sqlite_bot: Running) -> None:
    ketua, siti = await sim.people(HENDRA, SITI)
    await found_pokja(ketua)
    await siti.opens(await invitation_link(ketua))
    await siti.sees("Siapa nama lengkap")
    await siti.taps(SITI)
    await siti.types("PDAM")
    await siti.types("Kepala Bagian")
    await siti.sees("sudah disampaikan")
    await ketua.sees("ingin bergabung")
    await ketua.taps("Terima")
    await siti.sees("Selamat bergabung")
    await siti.types("/menu")
    await siti.sees("Tidak ada yang menunggu")
