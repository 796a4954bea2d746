"""Reminders as they arrive: one digest a person and day, in office hours, once, whatever happens to the bot."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date, datetime, time, timedelta

import pytest
import sqlalchemy as sa

from bot.app import Running
from documents.language import indonesian
from simulator.phones.phone import Person, Simulator
from simulator.simulation import DEFAULT_TOKEN
from store.tables.core import Activity, Outgoing, Pokja
from store.tables.meetings import Invitee, MeetingRow
from store.tables.reminders import ReminderSent, SnoozeRow
from tests import databases
from tests.e2e.steps.basics import agrees
from tests.e2e.steps.bots import settings_for, working_bot
from tests.e2e.steps.planting import AGREEMENT, House, planted, to_desk
from tests.e2e.steps.reminding import DAYS, at, digests, next_working_day, sleeps_until, zone_name
from tests.support.buttons import going
from tests.support.cast import BUDI, HENDRA, SITI
from tests.support.paths import ROOT
from usecases.follow_ups.follow_up import give

pytestmark = pytest.mark.telling_days

DATA, MAP = "Mengumpulkan data pelanggan", "Menggambar peta jaringan"


async def gives(house: House, owner: Person, text: str, due: date) -> int:
    member = await house.member(owner)

    async def usecase(work):
        me, pokja = await work.current()
        return await give(work, me, pokja, text, [member.id], due, "umum/lain")

    kept = await house.does(house.people[0], usecase)
    await owner.sees(text)
    return int(kept.row.id)


async def meets(house: House, starts: datetime, *people: Person) -> int:
    """An announced meeting."""
    members = [(await house.member(each)).id for each in people]
    chair = (await house.member(house.people[0])).id
    async with house.running.database.transaction() as session:
        now = house.running.clock.now()
        row = MeetingRow(
            pokja_id=house.pokja_id,
            title="Pertemuan bulanan",
            starts=starts,
            minutes=90,
            place="Aula",
            agenda=[],
            state="announced",
            asked_at=now,
            created_by=chair,
            created_at=now,
        )
        session.add(row)
        await session.flush()
        session.add_all(Invitee(meeting_id=row.id, membership_id=who) for who in members)
    return row.id


async def test_one_digest_tells_what_is_urgent_first(sim: Simulator, bot: Running) -> None:
    house = await planted(sim, bot, HENDRA, SITI, BUDI)
    _, siti, budi = house.people
    day = await next_working_day(sim, 3)
    await at(house, DAYS.plus(day, -1), 18)
    await gives(house, siti, DATA, day)
    await gives(house, siti, MAP, DAYS.plus(day, 1))
    await at(house, day, 8)
    shown = await siti.sees("⏰ Pengingat Pokja Air Minum")
    lines = shown["text"].splitlines()
    assert lines[2].startswith(f"1. {DATA} – hari ini")
    assert lines[3].startswith(f"2. {MAP} – ")
    assert await digests(budi) == []
    await siti.taps("2 · Buka")
    await siti.sees(MAP, last=1)
    assert len(await digests(siti)) == 0, "the digest became the card"


async def test_nobody_is_disturbed_at_night_or_on_a_day_off(sim: Simulator, sqlite_bot: Running) -> None:
    house = await planted(sim, sqlite_bot, HENDRA, SITI)
    siti = house.people[1]
    friday = await next_working_day(sim)
    while friday.weekday() != 4 or not DAYS.is_working(friday + timedelta(3)):
        friday = DAYS.plus(friday, 1)
    await at(house, friday, 6)
    await gives(house, siti, DATA, friday + timedelta(2))
    await at(house, friday, 7, 58)
    await siti.does_not_see("⏰")
    await at(house, friday, 8)
    await siti.sees("⏰ Pengingat")
    for moment in (friday + timedelta(1), friday + timedelta(2)):
        await at(house, moment, 10)
    assert len(await digests(siti)) == 1
    await at(house, friday + timedelta(3), 8)
    await siti.sees("terlambat 1 hari")


async def test_what_is_done_is_not_reminded_and_the_ketua_hears_of_what_is_late(
    sim: Simulator, bot: Running
) -> None:
    house = await planted(sim, bot, HENDRA, SITI, BUDI)
    ketua, siti, budi = house.people
    day = await next_working_day(sim, 2)
    await at(house, DAYS.plus(day, -1), 18)
    done = await gives(house, siti, DATA, day)
    await gives(house, budi, MAP, day)
    await siti.forges(going("fu_done", done))
    await siti.taps("Selesai tanpa bukti")
    late = DAYS.plus(day, 1)
    await at(house, late, 9)
    await budi.sees("terlambat")
    text = (await ketua.sees("⏰ Pengingat"))["text"]
    assert f"{MAP} – Budi Santoso, terlambat" in text
    assert DATA not in text
    assert await digests(siti) == []


async def test_put_off_once(sim: Simulator, sqlite_bot: Running) -> None:
    house = await planted(sim, sqlite_bot, HENDRA, SITI)
    siti = house.people[1]
    day = await next_working_day(sim, 2)
    await at(house, DAYS.plus(day, -1), 18)
    await gives(house, siti, DATA, day)
    await at(house, day, 8)
    await siti.taps("1 · Ingatkan lagi besok")
    assert "saya ingatkan lagi" in await siti.toast()
    await siti.sees("⏰ Pengingat", last=1)
    await siti.taps("1 · Ingatkan lagi besok")
    assert await siti.toast() == "Ini sudah pernah ditunda sekali."
    await at(house, DAYS.plus(day, 1), 8)
    await siti.sees("terlambat")
    assert len(await digests(siti)) == 2
    assert len(await house.rows(sa.select(SnoozeRow))) == 1


async def test_a_meeting_is_recalled_an_hour_before(sim: Simulator, sqlite_bot: Running) -> None:
    house = await planted(sim, sqlite_bot, HENDRA, SITI)
    siti = house.people[1]
    day = await next_working_day(sim, 4)
    await at(house, DAYS.plus(day, -3), 18)
    number = await meets(house, datetime.combine(day, time(13, 30), sim.zone), siti)
    await at(house, DAYS.plus(day, -1), 8)
    await siti.sees("Pertemuan: Pertemuan bulanan")
    await at(house, day, 12, 30)
    await siti.sees("Sebentar lagi")
    await siti.sees(f"pukul 13.30 {zone_name(sim)}, Aula")
    await at(house, day, 14)
    assert len(await digests(siti, "⏰ Sebentar")) == 1
    kept = await house.rows(sa.select(ReminderSent.subject_id).where(ReminderSent.kind == "meeting"))
    assert set(kept) == {number}


async def test_the_group_hears_once_a_week(sim: Simulator, sqlite_bot: Running) -> None:
    house = await planted(sim, sqlite_bot, HENDRA, SITI)
    group = await house.group()
    start = await next_working_day(sim)
    await at(house, start, 10)
    await gives(house, house.people[1], DATA, start)
    friday = start + timedelta(4 - start.weekday() + 7)
    days = [DAYS.next_on_or_after(friday + timedelta(7 * n)) for n in range(3)]
    for day in days:
        await at(house, day, 8)
        await group.sees(f"Tindak lanjut Pokja Air Minum – {indonesian.long_date(day)}")
        await at(house, day, 16)
    reports = [m["text"] for m in await group.messages(60) if "Selesai minggu ini" in m["text"]]
    assert [text.splitlines()[0].rpartition("– ")[2] for text in reports][-3:] == [
        indonesian.long_date(day) for day in days
    ]
    assert "Terlambat: 1" in reports[-1]
    assert len(set(reports)) == len(reports)


async def test_who_is_away_is_left_in_peace_and_the_ketua_knows(sim: Simulator, bot: Running) -> None:
    house = await planted(sim, bot, HENDRA, SITI)
    ketua, siti = house.people
    day = await next_working_day(sim, 3)
    await at(house, DAYS.plus(day, -1), 18)
    await gives(house, siti, DATA, day)
    await siti.types("/izin")
    await siti.taps("Catat dinas luar / izin")
    await siti.types(f"{day:%d/%m/%Y}")
    await siti.types(f"{DAYS.plus(day, 1):%d/%m/%Y}")
    await siti.types("Dinas luar ke Jakarta")
    await siti.sees("Dinas luar ke Jakarta", last=1)
    told = (await ketua.sees("tidak di tempat"))["text"]
    assert DATA in told
    assert "Siti Aminah (Dinas 1)" in told
    await at(house, day, 9)
    await at(house, DAYS.plus(day, 1), 9)
    assert await digests(siti) == []
    await ketua.sees("terlambat")
    await at(house, DAYS.plus(day, 2), 9)
    await siti.sees("⏰ Pengingat")
    await siti.types("/izin")
    await siti.sees("Belum ada yang dicatat", last=1)


async def test_an_absence_is_taken_back(sim: Simulator, sqlite_bot: Running) -> None:
    house = await planted(sim, sqlite_bot, HENDRA, SITI)
    ketua, siti = house.people
    day = await next_working_day(sim, 3)
    await at(house, DAYS.plus(day, -1), 18)
    await gives(house, siti, DATA, day)
    await siti.types("/izin")
    await siti.taps("Catat dinas luar / izin")
    await siti.types(f"{day:%d/%m/%Y}")
    await siti.types(f"{day:%d/%m/%Y}")
    await siti.types("Izin keluarga")
    await siti.taps("Batalkan ")
    await ketua.sees("jadi di tempat")
    await at(house, day, 9)
    await siti.sees("⏰ Pengingat")


async def test_the_ketua_changes_the_rules(sim: Simulator, sqlite_bot: Running) -> None:
    house = await planted(sim, sqlite_bot, HENDRA, SITI)
    ketua, siti = house.people
    await siti.types("/pengingat")
    await siti.sees(f"pukul 08.00–17.00 {zone_name(sim)}", last=1)
    assert await siti.buttons() == ["☰ Menu"]
    await siti.forges(going("rule", word="hours"))
    assert "bukan wewenang" in await siti.toast()
    await ketua.types("/pengingat")
    await ketua.taps("Jam kerja")
    await ketua.types("10.00")
    await ketua.types("09.00")
    await ketua.sees("harus sebelum jam selesai")
    await ketua.types("/batal")
    await ketua.types("/pengingat")
    await ketua.taps("Jam kerja")
    await ketua.taps("10.00")
    await ketua.types("15.00")
    await ketua.sees(f"pukul 10.00–15.00 {zone_name(sim)}", last=1)
    await ketua.taps("Sebelum jatuh tempo")
    await ketua.taps("☐ 2 hari sebelumnya")
    await ketua.taps("Selesai memilih (1)")
    await ketua.sees("diingatkan H-2.", last=1)
    (pokja,) = await house.rows(sa.select(Pokja))
    assert pokja.rules == {"opens": "10:00", "closes": "15:00", "follow_up_days": [2]}
    day = await next_working_day(sim, 6)
    await gives(house, siti, DATA, day + timedelta(2))
    await at(house, day, 9)
    assert await digests(siti) == []
    await at(house, day, 10)
    await siti.sees("2 hari lagi")


async def test_an_activity_with_a_closing_time(sim: Simulator, bot: Running) -> None:
    house = await planted(sim, bot, HENDRA, SITI, BUDI)
    ketua, siti, budi = house.people
    day = await next_working_day(sim, 4)
    await at(house, DAYS.plus(day, -2), 18)
    activity = await house.opens(AGREEMENT)
    await agrees(siti)
    await to_desk(ketua, activity)
    await ketua.taps("⏰ Batas waktu")
    await ketua.types(f"{day:%d/%m/%Y}")
    await ketua.taps("15.00")
    await ketua.sees("⏰ Batas waktu: ", last=1)
    await budi.sees("masih menunggu isian Bapak/Ibu, paling lambat")
    await siti.does_not_see("paling lambat")
    await at(house, DAYS.plus(day, -1), 8)
    await budi.sees(
        "Isian: Rencana kerja – ditutup besok" if DAYS.plus(day, -1) == day - timedelta(1) else "Isian"
    )
    await at(house, day, 8)
    await budi.sees("ditutup hari ini")
    assert await digests(siti) == []
    await at(house, day, 15, 1)
    await ketua.sees("Batas waktu kegiatan Rencana kerja")
    assert await house.state(activity) == "open"
    await at(house, day, 16)
    told = [m for m in await ketua.messages(60) if "sudah lewat" in m["text"]]
    assert len(told) == 1
    await ketua.taps("‹ Kegiatan")
    await ketua.taps("⏰ Batas waktu")
    await ketua.taps("Tanpa batas waktu")
    assert await ketua.toast() == "Batas waktu dihapus."
    assert await house.rows(sa.select(Activity.closes_at)) == [None]


async def test_a_closing_time_that_is_past_is_refused(sim: Simulator, sqlite_bot: Running) -> None:
    house = await planted(sim, sqlite_bot, HENDRA, SITI)
    ketua, siti = house.people
    await at(house, await next_working_day(sim), 12)
    activity = await house.opens(AGREEMENT)
    await to_desk(ketua, activity)
    await ketua.taps("⏰ Batas waktu")
    await ketua.types("hari ini")
    await ketua.types("09.00")
    await ketua.sees("Waktu itu sudah lewat")
    assert await house.rows(sa.select(Activity.closes_at)) == [None]
    await siti.forges(going("deadline", activity))
    assert "bukan wewenang" in await siti.toast()


async def test_blocked_and_back_again(sim: Simulator, sqlite_bot: Running) -> None:
    house = await planted(sim, sqlite_bot, HENDRA, SITI)
    ketua, siti = house.people
    day = await next_working_day(sim, 2)
    await at(house, DAYS.plus(day, -1), 18)
    await gives(house, siti, DATA, day)
    await siti.blocks()
    await ketua.sees("tidak sampai kepada Siti Aminah")
    await at(house, day, 9)
    await ketua.types("/menu")
    await siti.unblocks()
    await at(house, DAYS.plus(day, 1), 9)
    await siti.sees("terlambat")


@pytest.mark.parametrize("down_days", [0, 3])
async def test_once_after_a_restart_and_merged_after_days_of_downtime(
    sim: Simulator, database_url: str, down_days: int
) -> None:
    async with working_bot(settings_for(sim, database_url)) as running:
        house = await planted(sim, running, HENDRA, SITI)
        siti = house.people[1]
        day = await next_working_day(sim, 2)
        await at(house, DAYS.plus(day, -1), 18)
        await gives(house, siti, DATA, day)
        await gives(house, siti, MAP, day)
        await at(house, day, 8)
        await siti.sees("⏰ Pengingat")
    await sleeps_until(sim, DAYS.plus(day, down_days), 10)
    async with working_bot(settings_for(sim, database_url)) as running:
        house = House(sim, running, house.pokja_id, house.people)
        if down_days:
            await siti.sees(f"terlambat {(DAYS.plus(day, down_days) - day).days} hari")
        await at(house, DAYS.plus(day, down_days), 11)
        await gives(house, siti, "Sesudah itu", DAYS.plus(day, 30))  # what was due before went before
        shown = await digests(siti)
        assert len(shown) == (2 if down_days else 1)
        assert all(DATA in text and MAP in text for text in shown)
        reasons = await house.rows(sa.select(Outgoing.reason))
        assert len(reasons) == len(set(reasons))


async def test_two_processes_on_one_database_say_it_once(sim: Simulator, postgres: sa.URL) -> None:
    """Three even: a bot and two companions wake at the same moments, and each delivers what it can claim."""
    url = await databases.fresh_postgres(postgres)
    settings = settings_for(sim, url)
    async with working_bot(settings) as running:
        house = await planted(sim, running, HENDRA, SITI, BUDI)
        ketua, siti, budi = house.people
        day = await next_working_day(sim, 2)
        await at(house, DAYS.plus(day, -1), 18)
        for owner in (siti, budi):
            await gives(house, owner, f"{DATA} {owner.title}", day)
        async with companion(sim, url), companion(sim, url):
            await sleeps_until(sim, day, 8)
            await siti.sees("hari ini")
            for moment in (DAYS.plus(day, 1), DAYS.plus(day, 2)):
                await sleeps_until(sim, moment, 9)
                for person in (siti, budi):
                    await person.sees(f"terlambat {(moment - day).days} hari")
            await asyncio.sleep(2)
        for person, wanted in ((siti, 3), (budi, 3), (ketua, 1)):
            assert len(await digests(person)) == wanted
        kept = await house.rows(sa.select(Outgoing).where(Outgoing.kind == "digest"))
        assert {(row.state, row.attempts) for row in kept} == {("sent", 1)}


@asynccontextmanager
async def companion(sim: Simulator, url: str) -> AsyncIterator[None]:
    environment = {
        "POKJA_TOKEN": DEFAULT_TOKEN,
        "POKJA_API_URL": sim.control.url,
        "POKJA_DATABASE_URL": url,
        "POKJA_CLOCK_URL": f"{sim.control.url}/clock",
        "POKJA_LOG": "ERROR",
    }
    command = (sys.executable, "-m", "tests.e2e.crash.companion")
    pipes = {"stdin": asyncio.subprocess.PIPE, "stdout": asyncio.subprocess.PIPE}
    process = await asyncio.create_subprocess_exec(
        *command, cwd=ROOT, env={**os.environ, **environment}, **pipes
    )
    assert process.stdin
    assert process.stdout
    try:
        assert await process.stdout.readline() == b"ready\n"
        yield
    finally:
        process.stdin.close()
        assert await process.wait() == 0
