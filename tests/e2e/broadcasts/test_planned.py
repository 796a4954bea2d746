"""A broadcast for later: at a time, each week, called off, or when the office opens."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from bot.app import Running
from documents.language import indonesian
from simulator.phones.phone import Simulator
from store.tables.broadcasts import BroadcastRecipient
from tests.e2e.steps.broadcasts import NEWS, calls_off, letters, office, plans, releases, writes
from tests.e2e.steps.reminding import DAYS, at, next_working_day
from tests.support.cast import HENDRA, SITI

pytestmark = pytest.mark.telling_days


async def test_outside_office_hours_the_writer_decides(sim: Simulator, sqlite_bot: Running) -> None:
    house = await office(sim, sqlite_bot, HENDRA, SITI, hour=20)
    ketua, siti = house.people
    await writes(ketua)
    await ketua.taps("Semua anggota")
    await ketua.taps("Sekarang")
    zone = indonesian.zone_name(str(sim.zone))
    await ketua.sees(f"pukul 20.00 {zone} di luar jam kerja")
    await ketua.taps("Ya, tunggu jam kerja")
    await ketua.sees(f"pukul 08.00 {zone}")
    await ketua.taps("Ya")
    assert await ketua.toast() == "Siaran disimpan dan dikirim pada waktunya."
    await releases(house)
    await siti.does_not_see(NEWS)
    await at(house, await next_working_day(sim), 8)
    await releases(house)
    await siti.sees(NEWS)
    await ketua.sees("Terkirim 1/1")
    await releases(house)
    assert len(await house.rows(sa.select(BroadcastRecipient.id))) == 1


async def test_a_planned_broadcast_is_called_off(sim: Simulator, bot: Running) -> None:
    house = await office(sim, bot, HENDRA, SITI)
    ketua, siti = house.people
    await writes(ketua)
    await plans(ketua, f"{await next_working_day(sim):%d/%m/%Y}", "10.00")
    await ketua.taps("Ya")
    await calls_off(ketua)
    assert "Siaran dibatalkan" in await ketua.toast()
    await ketua.sees("Dibatalkan.")
    await house.waits(days=2)
    await releases(house)
    await sim.handled_everything()
    await siti.does_not_see(NEWS)
    assert (await house.audited())[-2:] == ["broadcast.plan", "broadcast.cancel"]


async def test_a_time_that_has_passed_is_refused(sim: Simulator, sqlite_bot: Running) -> None:
    house = await office(sim, sqlite_bot, HENDRA, SITI)
    ketua = house.people[0]
    await writes(ketua)
    await plans(ketua, "hari ini", "08.30")
    await ketua.sees("Waktu itu sudah lewat")


async def test_a_weekly_broadcast_comes_each_week_and_once_after_three_weeks_of_silence(
    sim: Simulator, bot: Running
) -> None:
    house = await office(sim, bot, HENDRA, SITI)
    ketua, siti = house.people
    first = await next_working_day(sim)
    weekday = indonesian.long_date(first).partition(",")[0]
    await writes(ketua, "Laporan mingguan")
    await ketua.taps("Semua anggota")
    await ketua.taps("Setiap minggu")
    await ketua.taps(weekday)
    await ketua.types("06.00")
    await ketua.sees("Jam kerja Pokja pukul 08.00 sampai 17.00")
    await ketua.types("09.00")
    await ketua.taps("Berlaku terus")
    await ketua.sees(f"setiap {weekday}, mulai {weekday}")
    await ketua.taps("Ya")
    await at(house, first, 9)
    for _ in range(3):
        await releases(house)
    await siti.sees("Laporan mingguan")
    await siti.taps("✔ Sudah baca")
    assert await letters(house) == 1
    await at(house, DAYS.next_on_or_after(first + timedelta(days=21)), 10)
    await releases(house)
    await releases(house)
    assert await letters(house) == 2
    await ketua.sees("Terkirim 1/1 · dibaca 0")
    await ketua.types("/siaran")
    await ketua.sees("setiap minggu, berikutnya")
    await ketua.taps("🕒 Laporan mingguan")
    await calls_off(ketua)
    await house.waits(days=14)
    await releases(house)
    assert await letters(house) == 2


async def test_a_planned_one_that_is_late_waits_for_the_morning(sim: Simulator, sqlite_bot: Running) -> None:
    house = await office(sim, sqlite_bot, HENDRA, SITI)
    ketua, siti = house.people
    await writes(ketua)
    await plans(ketua, "hari ini", "11.00")
    await ketua.taps("Ya")
    await house.waits(hours=12)
    await releases(house)
    await siti.does_not_see(NEWS)
    await at(house, await next_working_day(sim), 9)
    house.running.turns.delivery.wake()
    await siti.sees(NEWS)
