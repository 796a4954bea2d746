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


async def test_an_answer_is_mended_where_it_is_seen(sim: Simulator, sqlite_bot: Running) -> None:
    """After Kembali what is typed is for the question shown; 'Tidak' leads to the answers, each to be mended."""
    ketua = await sim.person(HENDRA)
    await found_pokja(ketua, until="Ya")
    await ketua.taps("« Kembali")
    await ketua.sees("Membuat Pokja · 8 dari 8", last=1)
    await ketua.taps("« Kembali")
    await ketua.sees("Membuat Pokja · 7 dari 8", last=1)
    await ketua.types("Dinas PUPR")
    await ketua.sees(f"Ketua: {HENDRA}, Kepala Bidang, Dinas PUPR", last=1)
    await ketua.taps("Tidak")
    await ketua.sees("5. Kapan proses ini dimulai?", last=1)
    await ketua.taps("2. Kabupaten Sukamaju")
    await ketua.types("Kota Sukamaju")
    await ketua.sees("Daerah: Kota Sukamaju", last=1)
    await ketua.types("betul")
    await ketua.sees("Belum dipakai: “betul”", last=1)
    await ketua.taps("Ya")
    await ketua.sees("Kode:", last=1)
