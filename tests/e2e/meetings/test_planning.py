"""A meeting is planned: from the guide or the poll, its agenda edited, its materials given to people."""

import re

import pytest
import sqlalchemy as sa

from bot.app import Running
from simulator.phones.phone import Simulator
from store.tables.meetings import MeetingRow
from tests.e2e.steps.basics import answer_to, refusal
from tests.e2e.steps.meetings import announces, house_of, plans, says_link, to_meeting, to_topic_meetings
from tests.e2e.steps.reminding import zone_name
from tests.support.buttons import going
from tests.support.cast import BUDI, HENDRA, SITI, TONO

pytestmark = pytest.mark.telling_days


async def test_a_plan_is_filled_from_the_guide(sim: Simulator, sqlite_bot: Running) -> None:
    house = await house_of(sim, sqlite_bot, HENDRA, SITI, TONO)
    ketua, siti, tamu = house.people
    await plans(ketua)
    text = (await ketua.sees("belum diumumkan", last=1))["text"]
    assert re.findall(r"(\d\d\.\d\d) (.+) \((\d+)'\)", text) == [
        ("09.00", "Meninjau hasil dan tindak lanjut pertemuan lalu", "15"),
        ("09.15", "Paparan hasil pendataan", "15"),
        ("09.30", "Curah pendapat", "15"),
        ("09.45", "Menetapkan jadwal berikutnya", "15"),
    ]
    assert f"pukul 09.00 {zone_name(sim)}, sampai pukul 10.00" in text
    assert "Diundang: 2 orang" in text  # the guest is invited by hand
    await ketua.taps("Perlengkapan")
    await ketua.sees("1. ☐ Hasil pendataan – belum ada penanggung jawab\n2. ☐ Proyektor", last=1)
    await siti.types("/pertemuan")
    await siti.sees("1.1 Isu dan rencana · rencana, belum diumumkan", last=1)
    await tamu.types("/pertemuan")
    await tamu.sees("Belum ada pertemuan", last=1)


async def test_the_agenda_is_edited(sim: Simulator, sqlite_bot: Running) -> None:
    house = await house_of(sim, sqlite_bot, HENDRA, SITI)
    ketua = house.people[0]
    await plans(ketua)
    await ketua.taps("Agenda")
    await ketua.taps("2")
    await ketua.taps("▼ Turun")
    await ketua.sees("2. 09.15 Curah pendapat", last=1)
    await answer_to(ketua, await ketua.taps("▼ Turun", settles=False))
    await ketua.sees("3. 09.30 Paparan hasil pendataan (15') ◂", last=1)  # the closing point stays last
    await ketua.taps("Ubah menit")
    await ketua.types("40")
    await ketua.sees("4. 10.10 Menetapkan jadwal berikutnya", last=1)
    await ketua.taps("＋ Tambah butir")
    await ketua.types("Pembagian tugas")
    await ketua.types("500")
    await ketua.sees("Angkanya di luar batas", last=1)
    await ketua.types("10")
    await ketua.sees("4. 10.10 Pembagian tugas (10') ◂", last=1)
    await ketua.taps("2")
    await ketua.taps("Hapus")
    await ketua.sees("2. 09.15 Paparan hasil pendataan", last=1)
    await ketua.taps("‹ Pertemuan")
    await ketua.sees("sampai pukul 10.20", last=1)


async def test_materials_get_a_person_who_says_when_ready(sim: Simulator, sqlite_bot: Running) -> None:
    house = await house_of(sim, sqlite_bot, HENDRA, SITI, BUDI)
    ketua, _, budi = house.people
    await plans(ketua)
    await ketua.taps("Perlengkapan")
    await ketua.taps("Tunjuk orang")
    await ketua.taps("2")
    await ketua.taps("Budi Santoso (Dinas 2)")
    await ketua.sees("2. ☐ Proyektor – Budi Santoso", last=1)
    await ketua.taps("‹ Pertemuan")
    await announces(ketua)
    await budi.sees("Mohon Bapak/Ibu siapkan:\n☐ Proyektor")
    await to_meeting(budi)
    await budi.taps("Yang saya siapkan")
    assert "1" not in await budi.buttons()  # what others see to is not his to tick
    await budi.taps("2")
    await budi.sees("2. ☑ Proyektor – Budi Santoso", last=1)


async def test_a_plan_that_nobody_knows_of_goes_silently(sim: Simulator, sqlite_bot: Running) -> None:
    house = await house_of(sim, sqlite_bot, HENDRA, SITI)
    ketua, siti = house.people
    await plans(ketua)
    await ketua.taps("Hapus rencana")
    await ketua.taps("Ya")
    await sim.handled_everything()
    await siti.does_not_see("dibatalkan")
    await to_topic_meetings(ketua)
    await ketua.sees("Belum ada pertemuan", last=1)


async def test_the_date_comes_from_the_poll(sim: Simulator, sqlite_bot: Running) -> None:
    house = await house_of(sim, sqlite_bot, HENDRA, SITI)
    ketua = house.people[0]
    await ketua.taps("○ Waktu pertemuan")
    await ketua.taps("Tambah pilihan waktu")
    await ketua.types("lusa")
    await ketua.types("10.15")
    await ketua.types("Aula Kecamatan")
    await ketua.taps("Mulai & undang anggota")
    await ketua.sees_button("Tutup pengisian")
    await ketua.taps("Tutup pengisian")
    await ketua.taps("Tetapkan jadwal")
    await ketua.taps("A")
    await ketua.taps("Tetapkan hasil")
    await to_topic_meetings(ketua)
    await ketua.taps("＋ Rencanakan pertemuan")
    await ketua.taps("☐ Sesi 1")
    await ketua.taps("Selesai memilih")
    await ketua.sees_button("Tanggal lain")
    await ketua.taps(next(label for label in await ketua.buttons() if "pukul 10.15" in label))
    await ketua.taps("Aula Kecamatan")
    await says_link(ketua)
    text = (await ketua.sees("belum diumumkan"))["text"]
    assert f"pukul 10.15 {zone_name(sim)}" in text
    assert "📍 Aula Kecamatan" in text


async def test_planning_from_the_list_of_all_meetings(sim: Simulator, sqlite_bot: Running) -> None:
    """Both sessions with a break between them, held by link alone: without a place the link can't be left out."""
    house = await house_of(sim, sqlite_bot, HENDRA, SITI)
    ketua = house.people[0]
    await ketua.types("/pertemuan")
    await ketua.taps("＋ Rencanakan pertemuan")
    await ketua.taps("1.1 Isu dan rencana")
    await ketua.taps("☐ Sesi 1")
    await ketua.taps("☐ Sesi 2")
    await ketua.taps("Selesai memilih")
    await ketua.types("lusa")
    await ketua.taps("13.00")
    await ketua.taps("Lewati")
    assert "Lewati" not in await ketua.buttons()
    await says_link(ketua, "https://meet.example.id/pokja")
    text = (await ketua.sees("belum diumumkan", last=1))["text"]
    assert "🔗 https://meet.example.id/pokja" in text
    assert "14.00 Istirahat (15')\n14.15 Diskusi kelompok (20')" in text
    assert "sampai pukul 14.55" in text


async def test_a_time_gone_by_is_refused(sim: Simulator, sqlite_bot: Running) -> None:
    house = await house_of(sim, sqlite_bot, HENDRA, SITI)
    ketua = house.people[0]
    await plans(ketua)
    await ketua.taps("Ubah waktu")
    await ketua.types("hari ini")
    await ketua.types("00.01")
    await ketua.sees("Waktu itu sudah lewat")
    assert "meeting.replan" not in await house.audited()
    await house.waits(days=5)
    assert "sudah lewat" in await refusal(ketua, going("meeting_announce", 1))
    assert await house.rows(sa.select(MeetingRow.state)) == ["planned"]
