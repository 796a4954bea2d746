"""A meeting from the plan to the day: planned, announced, answered, moved, cancelled."""

import re

import sqlalchemy as sa

import store.meetings
from bot.app import Running
from domain.meetings_agenda import AgendaItem
from simulator.phones import Simulator
from store.meeting_tables import MeetingReply, MeetingRow
from tests.e2e.meeting_flows import (
    BUDI,
    FITRI,
    HENDRA,
    RINA,
    SITI,
    TAMU,
    announced,
    announces,
    calendar_of,
    house_of,
    plans,
    to_meeting,
    to_topic_meetings,
)
from usecases import meetings_changing, meetings_telling


async def test_a_plan_is_filled_from_the_guide(sim: Simulator, sqlite_bot: Running) -> None:
    house = await house_of(sim, sqlite_bot, HENDRA, SITI, TAMU)
    ketua, siti, tamu = house.people
    await plans(ketua)
    text = (await ketua.sees("belum diumumkan", last=1))["text"]
    assert re.findall(r"(\d\d\.\d\d) (.+) \((\d+)'\)", text) == [
        ("09.00", "Meninjau hasil dan tindak lanjut pertemuan lalu", "15"),
        ("09.15", "Paparan hasil pendataan", "15"),
        ("09.30", "Curah pendapat", "15"),
        ("09.45", "Menetapkan jadwal berikutnya", "15"),
    ]
    assert "pukul 09.00 WIB, sampai pukul 10.00" in text
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
    await ketua.taps("▼ Turun")
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


async def test_people_answer_and_change_their_answer(sim: Simulator, bot: Running) -> None:
    house = await house_of(sim, bot, HENDRA, SITI, BUDI, RINA)
    ketua, siti, budi, rina = house.people
    group = await house.group()
    await announced(house)
    notice = await group.sees("Undangan dikirim ke chat pribadi")
    assert "09.15 Paparan hasil pendataan" in notice["text"]
    await siti.taps("Hadir")
    await siti.sees("Jawaban Bapak/Ibu: hadir", last=1)
    await budi.taps("Tidak hadir")
    await budi.types("Dinas luar ke provinsi")
    await budi.sees("Jawaban Bapak/Ibu: tidak hadir (Dinas luar ke provinsi)", last=1)
    await rina.taps("Diwakilkan")
    await rina.types("Agus, staf perencanaan")
    await rina.sees("diwakilkan (Agus, staf perencanaan)", last=1)
    await siti.types("/menu")
    await siti.sees("Bapak/Ibu hadir", last=1)
    await ketua.types("/menu")
    await ketua.sees("belum dijawab", last=1)
    await ketua.taps("📅 Pertemuan berikutnya")
    await ketua.sees("Hadir 1 · tidak 1 · diwakilkan 1 · belum menjawab 1", last=1)
    await to_meeting(budi)
    await budi.taps("Hadir")
    await ketua.taps("Siapa hadir?")
    text = (await ketua.newest())["text"]
    assert "Hadir (2):\n• Siti Aminah – Dinas 1\n• Budi Santoso – Dinas 2" in text
    assert "• Rina Kartika – oleh Agus, staf perencanaan" in text
    assert "Belum menjawab (1):\n• Hendra Wijaya" in text
    assert await house.rows(sa.select(MeetingReply.answer).order_by(MeetingReply.id)) == [
        "yes", "no", "deputy", "yes",
    ]  # fmt: skip


async def test_the_announcement_reaches_everybody_once_with_a_calendar(sim: Simulator, bot: Running) -> None:
    house = await house_of(sim, bot, HENDRA, SITI, BUDI)
    ketua, _, budi = house.people
    await plans(ketua)
    await ketua.taps("Pratinjau & umumkan")
    await ketua.sees("Dikirim ke 3 orang", last=1)
    announce = next(
        key["callback_data"] for row in (await ketua.newest())["buttons"] for key in row if "Umumkan" in key["text"]
    )  # fmt: skip
    await ketua.forges(announce)
    await budi.sees("Yth. Bapak/Ibu Budi Santoso, mohon hadir")
    await ketua.forges(announce)  # twice is once
    assert "sudah diumumkan" in await ketua.toast()
    invitations = [each for each in await budi.messages() if "mohon hadir" in each["text"]]
    assert len(invitations) == 1
    read, event = await calendar_of(budi)
    assert (read["method"], event["sequence"], event["status"]) == ("PUBLISH", 0, "CONFIRMED")
    assert str(event["location"]) == "Aula Bappeda"
    assert event.decoded("dtstart").strftime("%H.%M %Z") == "09.00 WIB"
    assert event.decoded("dtend").strftime("%H.%M") == "10.00"
    assert "1. Meninjau hasil" in str(event["description"])


async def test_a_moved_meeting_says_from_when_to_when_and_asks_anew(sim: Simulator, bot: Running) -> None:
    house = await house_of(sim, bot, HENDRA, SITI, BUDI)
    ketua, siti, budi = house.people
    group = await house.group()
    await announced(house)
    await budi.taps("Hadir")
    _, first = await calendar_of(budi)
    await to_meeting(ketua)
    await ketua.taps("Ubah / batalkan")
    await ketua.taps("Ubah waktu")
    await ketua.types("lusa")
    await ketua.types("13.30")
    question = (await ketua.sees("Beri tahu 3 orang", last=1))["text"]
    assert re.search(r"Waktu: .+ pukul 09\.00 WIB → .+ pukul 13\.30 WIB", question)
    await ketua.taps("Ya")
    told = (await budi.sees("Perubahan pertemuan"))["text"]
    assert re.search(r"Waktu: .+ pukul 09\.00 WIB → .+ pukul 13\.30 WIB", told)
    assert "Mohon jawab lagi" in told
    read, moved = await calendar_of(budi)
    assert (moved["uid"], moved["sequence"]) == (first["uid"], 1)
    assert moved.decoded("dtstart").strftime("%H.%M") == "13.30"
    assert read["method"] == "PUBLISH"
    await group.sees("→")
    await to_meeting(budi)
    await budi.sees("Mohon jawab: apakah Bapak/Ibu hadir?", last=1)  # the answer was about another time
    await to_meeting(ketua)
    await ketua.taps("Ubah / batalkan")
    await ketua.taps("Ubah tempat")
    await ketua.types("Ruang rapat Bupati")
    await ketua.taps("Lewati")
    await ketua.taps("Ya")
    await siti.sees("Tempat: Aula Bappeda → Ruang rapat Bupati")
    _, placed = await calendar_of(siti)
    assert (placed["uid"], placed["sequence"], str(placed["location"])) == (
        first["uid"],
        2,
        "Ruang rapat Bupati",
    )


async def test_changes_of_the_agenda_are_sent_together(sim: Simulator, sqlite_bot: Running) -> None:
    house = await house_of(sim, sqlite_bot, HENDRA, SITI)
    ketua, siti = house.people
    await announced(house)
    await to_meeting(ketua)
    await ketua.taps("Ubah / batalkan")
    await ketua.taps("Agenda")
    await ketua.taps("＋ Tambah butir")
    await ketua.types("Pembagian tugas")
    await ketua.types("10")
    await ketua.taps("2")
    await ketua.taps("Hapus")
    await ketua.sees("belum dikirim", last=1)
    await siti.does_not_see("Perubahan pertemuan")
    await ketua.taps("Kirim perubahan agenda")
    await ketua.taps("Ya")
    told = (await siti.sees("Perubahan pertemuan"))["text"]
    assert "– Paparan hasil pendataan" in told
    assert "＋ Pembagian tugas" in told
    assert "Lama: 60 menit → 55 menit" in told
    assert await house.rows(sa.select(MeetingRow.sequence)) == [1]
    await siti.does_not_see("Mohon jawab lagi")


async def test_a_cancelled_meeting_says_why_and_leaves_the_calendar(sim: Simulator, bot: Running) -> None:
    house = await house_of(sim, bot, HENDRA, SITI, BUDI)
    ketua, _, budi = house.people
    group = await house.group()
    await announced(house)
    _, first = await calendar_of(budi)
    await to_meeting(ketua)
    await ketua.taps("Ubah / batalkan")
    await ketua.taps("Batalkan pertemuan")
    await ketua.types("Ada rapat paripurna DPRD")
    await ketua.taps("Ya")
    await budi.sees("Alasan: Ada rapat paripurna DPRD")
    await group.sees("Ada rapat paripurna DPRD")
    read, event = await calendar_of(budi)
    assert (read["method"], event["status"]) == ("CANCEL", "CANCELLED")
    assert (event["uid"], event["sequence"]) == (first["uid"], 1)
    await budi.forges("g|meeting_yes|1")
    assert await budi.toast() == "Pertemuan ini sudah dibatalkan."
    await budi.types("/menu")
    await budi.does_not_see("belum dijawab", last=1)
    assert "meeting.cancel" in await house.audited()


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


async def test_a_guest_is_invited_later_and_uninvited(sim: Simulator, sqlite_bot: Running) -> None:
    house = await house_of(sim, sqlite_bot, HENDRA, SITI, TAMU)
    ketua, siti, tamu = house.people
    await plans(ketua)
    await announces(ketua)
    await siti.sees("Apakah Bapak/Ibu hadir?")
    await tamu.forges("g|meeting|1")
    assert "tidak ada dalam daftar undangan" in await tamu.toast()
    await ketua.taps("Ubah / batalkan")
    await ketua.taps("Undangan")
    await ketua.sees("2 dari 3 orang diundang")
    await ketua.taps("☐ Tono Prasetyo")
    await ketua.taps("Ya")
    await tamu.sees("Yth. Bapak/Ibu Tono Prasetyo, mohon hadir")
    await ketua.taps("☑ Tono Prasetyo")
    await ketua.taps("Ya")
    await tamu.sees("tidak perlu hadir")
    read, _ = await calendar_of(tamu)
    assert read["method"] == "CANCEL"
    await ketua.taps("☐ Tono Prasetyo")
    await ketua.taps("Ya")
    await tamu.sees("mohon hadir", last=1)
    assert len([each for each in await siti.messages() if "mohon hadir" in each["text"]]) == 1


async def test_inviting_by_role_and_by_instansi(sim: Simulator, sqlite_bot: Running) -> None:
    house = await house_of(sim, sqlite_bot, HENDRA, SITI, BUDI, TAMU)
    ketua = house.people[0]
    await plans(ketua)
    await ketua.taps("Undangan")
    await ketua.sees("3 dari 4 orang diundang", last=1)
    await ketua.taps("＋ Undang per kelompok")
    await ketua.taps("Menurut peran")
    await ketua.taps("☐ Tamu")
    await ketua.taps("Selesai memilih")
    await ketua.sees("4 dari 4 orang diundang", last=1)
    await ketua.taps("☑ Budi Santoso")
    await ketua.sees("3 dari 4 orang diundang", last=1)
    await ketua.taps("＋ Undang per kelompok")
    await ketua.taps("Menurut instansi")
    await ketua.taps("☐ Dinas 2")
    await ketua.taps("Selesai memilih")
    await ketua.sees("4 dari 4 orang diundang", last=1)


async def test_who_may_not_is_refused(sim: Simulator, sqlite_bot: Running) -> None:
    house = await house_of(sim, sqlite_bot, HENDRA, SITI, BUDI)
    ketua, _, budi = house.people
    await plans(ketua)
    for forged in ("g|meeting|1", "g|meeting_preview|1", "g|agenda|1", "g|invitees|1", "g|materials|1"):
        await budi.forges(forged)
        assert await budi.toast() == "Pertemuan ini belum diumumkan.", forged
    for forged in ("g|plan_meeting|1", "g|plan_meeting"):
        await budi.forges(forged)
        assert "bukan wewenang anggota" in await budi.toast(), forged
    await announces(ketua)
    await budi.sees("Apakah Bapak/Ibu hadir?")
    for forged in (
        "g|meeting_announce|1", "g|meeting_cancel|1", "g|meeting_edit|1||when", "g|agenda_up|1|2", "g|invitee|1|1",
        "g|guest|1|1", "g|meeting_open|1", "g|meeting_replies|1", "g|live|1", "g|attendance|1", "g|meeting_code|1",
        "g|point|1", "g|minute|1||note", "g|meeting_close|1", "g|finalise|1", "g|meeting_material|1||drop",
    ):  # fmt: skip
        await budi.forges(forged)
        assert "bukan wewenang anggota" in await budi.toast(), forged
    await budi.forges("g|meeting|99")
    assert "tidak berlaku" in await budi.toast()
    assert await house.rows(sa.select(MeetingRow.state)) == ["announced"]
    assert await house.dead_letters() == []


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
    await ketua.taps("Lewati")
    text = (await ketua.sees("belum diumumkan"))["text"]
    assert "pukul 10.15 WIB" in text
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
    await ketua.types("https://meet.example.id/pokja")
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
    await ketua.forges("g|meeting_announce|1")
    assert "sudah lewat" in await ketua.toast()
    assert await house.rows(sa.select(MeetingRow.state)) == ["planned"]


async def test_a_long_agenda_is_sent_whole_with_its_keys(sim: Simulator, sqlite_bot: Running) -> None:
    house = await house_of(sim, sqlite_bot, HENDRA, SITI)
    ketua, siti = house.people
    await plans(ketua)
    async with house.running.database.transaction() as session:
        row = await session.get_one(MeetingRow, 1)
        text = "Pembahasan nomor {} " + "panjang & <b> " * 10
        long = [AgendaItem(number, "ordinary", text.format(number), 5) for number in range(1, 31)]
        row.agenda, row.minutes = store.meetings.agenda_data(long), 150
    await ketua.taps("Agenda")
    await ketua.taps("30")
    await ketua.taps("‹ Pertemuan")
    await announces(ketua)
    await siti.sees("Pembahasan nomor 29")
    await siti.taps("Hadir")
    await siti.sees("Jawaban Bapak/Ibu: hadir")
    _, event = await calendar_of(siti)
    assert "30. Pembahasan nomor 30 panjang & <b>" in str(event["description"])


async def test_a_breakout_group_is_invited(sim: Simulator, sqlite_bot: Running) -> None:
    house = await house_of(sim, sqlite_bot, HENDRA, SITI, BUDI, RINA)
    ketua = house.people[0]
    await ketua.taps("○ Waktu pertemuan")
    await ketua.taps("Bagi kelompok")
    await ketua.taps("2")
    await ketua.taps("Saya pilih sendiri")
    await ketua.taps("☐ Budi Santoso")
    await ketua.taps("☐ Rina Kartika")
    await ketua.taps("Selesai memilih")
    await plans(ketua)
    await ketua.taps("Undangan")
    for name in (HENDRA, SITI, BUDI, RINA):
        await ketua.taps(f"☑ {name}")
    await ketua.sees("0 dari 4 orang diundang", last=1)
    await ketua.taps("＋ Undang per kelompok")
    await ketua.taps("Menurut kelompok")
    await ketua.taps("☐ Kelompok 1")
    await ketua.taps("Selesai memilih")
    await ketua.sees_button("☑ Budi Santoso")
    await ketua.sees_button("☑ Rina Kartika")
    await ketua.sees("2 dari 4 orang diundang", last=1)


async def test_what_has_become_idle_is_not_said(sim: Simulator, bot: Running) -> None:
    """An invitation that was long on its way is left out when the meeting was called off meanwhile."""
    house = await house_of(sim, bot, HENDRA, SITI)
    ketua, siti = house.people
    await plans(ketua)
    member = (await house.member(siti)).id
    await house.does(ketua, lambda work: meetings_changing.announce(work, 1))
    await siti.sees("mohon hadir")
    payload = {"meeting": 1, "sequence": 0, "page": "meeting_invited", "to": member}

    async def notice():
        async with house.running.database.reading() as session:
            return await meetings_telling.read(session, payload)

    assert (await notice()).to == SITI
    async with house.running.database.transaction() as session:
        await store.meetings.uninvite(session, 1, member)
    assert await notice() is None
    async with house.running.database.transaction() as session:
        await store.meetings.invite(session, 1, [member])
        (await session.get_one(MeetingRow, 1)).state = "cancelled"
    assert await notice() is None


async def test_a_facilitator_plans_and_conducts_but_does_not_announce(
    sim: Simulator, sqlite_bot: Running
) -> None:
    house = await house_of(sim, sqlite_bot, HENDRA, SITI, FITRI)
    ketua, siti, fitri = house.people
    await plans(fitri)
    await fitri.taps("Pratinjau & umumkan")
    await fitri.sees("Pengumuman dilakukan oleh Ketua atau Sekretaris", last=1)
    await fitri.forges("g|meeting_announce|1")
    assert "bukan wewenang Fasilitator" in await fitri.toast()
    await house.does(siti, lambda work: meetings_changing.announce(work, 1))
    await fitri.sees("mohon hadir")
    for forged in ("g|meeting_edit|1||when", "g|meeting_cancel|1", "g|agenda|1", "g|invitees|1"):
        await fitri.forges(forged)
        assert "bukan wewenang Fasilitator" in await fitri.toast(), forged
    await to_meeting(fitri)
    await fitri.taps("▶ Mulai pertemuan")
    await fitri.sees("kuorum 1 (1/2)", last=1)  # who guides is invited, but isn't counted
    await fitri.forges("g|meeting_close|1")
    assert "bukan wewenang Fasilitator" in await fitri.toast()
    await ketua.sees("Mohon catat kehadiran")
