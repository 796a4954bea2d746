"""Who is there: by button, by code, marked by whoever conducts; and whether they are enough."""

import pytest
import sqlalchemy as sa

from bot.app import Running
from simulator.phones.phone import Simulator
from store.tables.meetings import MeetingCheckIn
from tests.e2e.steps.meetings import announced, begins, code_of, code_shown, held, house_of, to_live
from tests.support.cast import BUDI, HENDRA, RINA, SITI, TONO

pytestmark = pytest.mark.telling_days


async def test_latecomers_and_others_are_marked(sim: Simulator, sqlite_bot: Running) -> None:
    house = await house_of(sim, sqlite_bot, HENDRA, SITI, BUDI, TONO)
    ketua, siti, budi, tamu = house.people
    await announced(house, [siti])
    await begins(house, hours=0.5)
    await siti.taps("✋ Saya hadir")
    await to_live(ketua)
    await ketua.taps("Kehadiran")
    await ketua.sees("✔ Siti Aminah, terlambat 30 menit", last=1)
    await ketua.taps(BUDI)  # has no phone at hand
    await ketua.sees("✔ Budi Santoso, terlambat 30 menit (dicatat Hendra Wijaya)", last=1)
    await budi.types("/menu")
    await budi.taps("📅 ▶ sedang berlangsung")
    await budi.sees("Kehadiran Bapak/Ibu sudah dicatat", last=1)
    await ketua.taps("Hapus tanda")
    await ketua.taps(BUDI)
    await ketua.sees("1 dari 3 anggota", last=1)
    await ketua.taps("＋ Peserta lain")
    await ketua.taps(TONO)
    await ketua.taps("Tandai hadir")
    await ketua.sees("✔ Tono Prasetyo", last=1)
    await ketua.sees("1 dari 3 anggota", last=1)  # guests don't make a quorum
    await tamu.types("/pertemuan")
    await tamu.sees("sedang berlangsung", last=1)


async def test_the_quorum_is_set_and_rounded_up(sim: Simulator, sqlite_bot: Running) -> None:
    house = await house_of(sim, sqlite_bot, HENDRA, SITI, BUDI, RINA)
    ketua = house.people[0]
    await held(house)
    await ketua.sees("kuorum 2 (1/2)", last=1)
    await ketua.taps("Atur kuorum")
    await ketua.taps("2/3")
    await ketua.sees("kuorum 3 (2/3) ⚠ kurang 3", last=1)  # two thirds of four
    await ketua.taps("Atur kuorum")
    await ketua.taps("Semua")
    await ketua.sees("kuorum 4 (1)", last=1)


async def test_a_code_is_typed_and_an_old_one_is_worthless(sim: Simulator, sqlite_bot: Running) -> None:
    house = await house_of(sim, sqlite_bot, HENDRA, SITI, BUDI, TONO)
    ketua, siti, budi, tamu = house.people
    await announced(house, [siti])
    await begins(house)
    old = await code_of(ketua)
    await ketua.taps("Ganti kode")
    new = await code_shown(ketua)
    assert old != new
    await siti.types(old)
    await siti.sees("Kode kehadiran itu tidak berlaku", last=1)
    await siti.types(new)
    await siti.sees("Kehadiran Bapak/Ibu sudah dicatat", last=1)
    await siti.types(new)
    await siti.sees("Kehadiran Bapak/Ibu sudah dicatat", last=1)  # twice is once
    await budi.starts(f"hadir-{new}")
    await tamu.starts(f"hadir-{new}")
    await tamu.sees("tidak ada dalam daftar undangan", last=1)
    assert len(await house.rows(sa.select(MeetingCheckIn))) == 2
