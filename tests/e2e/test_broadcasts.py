"""The Ketua writes to everybody, or to those it concerns, and sees who got it and who has read it."""

from datetime import timedelta

import sqlalchemy as sa

from bot.app import Running
from domain import roles
from simulator.phones import Person, Simulator
from store.broadcast_tables import BroadcastRecipient, BroadcastRow
from store.meeting_tables import Invitee, MeetingReply, MeetingRow
from store.tables import Outgoing, Participant
from tests.e2e.planting import AGREEMENT, House, planted
from usecases import broadcasting

HENDRA, SITI, BUDI, RINA = "Hendra Wijaya", "Siti Aminah", "Budi Santoso", "Rina Kartika"
NEWS = "Mohon membawa data pelanggan pada hari Kamis."
PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c626001000000ffff03000006000557bfabd40000000049454e44ae426082"
)


async def to_office_hours(house: House, *, hour: int = 9) -> None:
    """The next Wednesday at nine in Jakarta: whatever day the test runs on, people may be disturbed."""
    local = house.running.clock.now() + timedelta(hours=7)
    day = local.replace(hour=hour, minute=0, second=0, microsecond=0)
    day += timedelta(days=(2 - day.weekday()) % 7 or 7)
    await house.waits(hours=(day - local).total_seconds() / 3600)


async def writes(ketua: Person, text: str = NEWS, *, ack: str = "Ya") -> None:
    """Up to the question to whom it goes."""
    await ketua.types("/siaran")
    await ketua.taps("✍ Tulis siaran")
    await ketua.types(text)
    await ketua.taps(ack)


async def sends(ketua: Person, to: str = "Semua anggota", when: str = "Sekarang") -> None:
    """The rest of the form."""
    await ketua.taps(to)
    await ketua.taps(when)
    await ketua.sees("Kirim seperti ini?")
    await ketua.taps("Ya")


async def releases(house: House) -> None:
    """What the clock does."""
    await house.running.turns.by_clock(broadcasting.release_due)


async def test_a_broadcast_from_writing_to_the_last_reader(sim: Simulator, bot: Running) -> None:
    house = await planted(sim, bot, HENDRA, SITI, BUDI, RINA)
    ketua, siti, budi, rina = house.people
    await to_office_hours(house)
    await rina.blocks()
    await sim.handled_everything()
    await ketua.sees("tidak sampai kepada Rina Kartika (Dinas 3): memblokir bot ini")
    await ketua.types("/menu")
    await ketua.taps("📢 Siaran")
    await ketua.taps("✍ Tulis siaran")
    await ketua.types(NEWS)
    await ketua.taps("Ya")
    await ketua.taps("Semua anggota")
    await ketua.taps("Sekarang")
    preview = (await ketua.newest())["text"]
    assert NEWS in preview
    assert "Penerima: 3 orang, 1 tidak terjangkau: Rina Kartika (Dinas 3)" in preview
    await ketua.taps("Ya")
    await ketua.sees("sedang dikirim kepada 3 orang")
    for each in (siti, budi):
        shown = await each.sees(NEWS)
        assert "Hendra Wijaya, Ketua" in shown["text"]
    progress = await ketua.sees("Terkirim 2/3 · gagal 1 · dibaca 0")
    assert "Rina Kartika (Dinas 3) – memblokir bot" in progress["text"]
    await siti.taps("✔ Sudah baca")
    assert await siti.toast() == "Terima kasih, sudah dicatat."
    await siti.sees("Sudah dibaca:")
    assert (await siti.newest())["buttons"] == []
    later = await ketua.sees("Terkirim 2/3 · gagal 1 · dibaca 1")
    assert later["message_id"] == progress["message_id"]
    await ketua.taps("Rincian dan nama")
    card = await ketua.sees("Belum baca:\n• Budi Santoso (Dinas 2)")
    assert card["message_id"] != progress["message_id"]
    assert await house.rows(sa.select(BroadcastRow.state)) == ["sent"]
    assert "broadcast.send" in await house.audited()


async def test_those_who_have_not_read_get_it_again_once_an_hour(sim: Simulator, bot: Running) -> None:
    house = await planted(sim, bot, HENDRA, SITI, BUDI)
    ketua, siti, budi = house.people
    await to_office_hours(house)
    await writes(ketua)
    await sends(ketua)
    await siti.taps("✔ Sudah baca")
    await budi.sees(NEWS)
    await ketua.sees("Terkirim 2/2 · dibaca 1")
    await ketua.taps("Kirim lagi ke yang belum baca (1)")
    assert await ketua.toast() == "Dikirim lagi kepada 1 orang."
    await budi.sees("Disampaikan kembali")
    await siti.does_not_see("Disampaikan kembali")
    await ketua.sees("Terkirim 2/2 · dibaca 1")
    await ketua.taps("Kirim lagi ke yang belum baca (1)")
    assert "baru saja" in await ketua.toast()
    await budi.taps("✔ Sudah baca")
    await ketua.sees("Terkirim 2/2 · dibaca 2")
    kept = await house.rows(sa.select(Outgoing.reason).where(Outgoing.kind == "broadcast"))
    assert len(kept) == 3


async def test_a_photo_with_its_caption_arrives_and_is_marked_as_read(
    sim: Simulator, sqlite_bot: Running
) -> None:
    house = await planted(sim, sqlite_bot, HENDRA, SITI)
    ketua, siti = house.people
    await to_office_hours(house)
    await ketua.types("/siaran")
    await ketua.taps("✍ Tulis siaran")
    await ketua.sends_photo(PICTURE, caption="Denah ruang rapat")
    await ketua.taps("Ya")
    await sends(ketua)
    await siti.sees("Denah ruang rapat")
    _, content = await siti.receives_file()
    assert content == PICTURE
    before = len(await siti.messages(50))
    await siti.taps("✔ Sudah baca")
    await siti.sees("Sudah dibaca:")
    assert len(await siti.messages(50)) == before
    await ketua.sees("dibaca 1")


async def test_an_excel_file_in_a_broadcast_is_not_taken_for_a_form(
    sim: Simulator, sqlite_bot: Running
) -> None:
    house = await planted(sim, sqlite_bot, HENDRA, SITI)
    ketua, siti = house.people
    await to_office_hours(house)
    await ketua.types("/siaran")
    await ketua.taps("✍ Tulis siaran")
    await ketua.sends_document("data.xlsx", b"PK", caption="Data pelanggan")
    await ketua.taps("Tidak")
    await sends(ketua)
    name, content = await siti.receives_file("data.xlsx")
    assert (name, content) == ("data.xlsx", b"PK")
    assert await siti.buttons() != ["✔ Sudah baca"]


async def test_audiences_by_role_and_by_who_lacks_what(sim: Simulator, sqlite_bot: Running) -> None:
    house = await planted(sim, sqlite_bot, HENDRA, SITI, BUDI, RINA, role={SITI: roles.SEKRETARIS})
    ketua, siti, budi, rina = house.people
    await to_office_hours(house)
    await writes(ketua, "Untuk Sekretaris saja", ack="Tidak")
    await ketua.taps("Menurut peran")
    await ketua.taps("☐ Sekretaris")
    await ketua.taps("Selesai memilih (1)")
    await ketua.taps("Sekarang")
    await ketua.sees("Kepada: peran Sekretaris\nPenerima: 1 orang")
    await ketua.taps("Ya")
    await siti.sees("Untuk Sekretaris saja")
    await budi.does_not_see("Untuk Sekretaris saja")

    await house.opens(AGREEMENT)
    await budi.taps("Mulai mengisi")
    await budi.taps("Setuju")
    await budi.taps("Setuju")
    await writes(siti, "Mohon segera diisi")
    await siti.taps("Yang belum mengisi kegiatan")
    await siti.taps("Rencana kerja")
    await siti.taps("Sekarang")
    await siti.sees("Kepada: yang belum mengisi Rencana kerja\nPenerima: 2 orang")
    await siti.taps("Ya")
    await ketua.sees("Mohon segera diisi")
    await rina.sees("Mohon segera diisi")
    await budi.does_not_see("Mohon segera diisi")

    await rina.taps("✔ Sudah baca")
    await writes(siti, "Sekali lagi")
    await siti.taps("Yang belum membaca siaran")
    await siti.taps("Mohon segera diisi")
    await siti.taps("Sekarang")
    await siti.sees("Penerima: 1 orang")
    await siti.taps("Ya")
    await ketua.sees("Sekali lagi")
    await rina.does_not_see("Sekali lagi")


async def test_instansi_can_be_chosen(sim: Simulator, sqlite_bot: Running) -> None:
    house = await planted(sim, sqlite_bot, HENDRA, SITI, BUDI)
    ketua, siti, budi = house.people
    await to_office_hours(house)
    await writes(ketua)
    await ketua.taps("Menurut instansi")
    await ketua.taps("☐ Dinas 2")
    await ketua.taps("Selesai memilih (1)")
    await ketua.taps("Sekarang")
    await ketua.taps("Ya")
    await budi.sees(NEWS)
    await siti.does_not_see(NEWS)


async def test_participants_of_an_activity_and_who_has_not_replied(
    sim: Simulator, sqlite_bot: Running
) -> None:
    house = await planted(sim, sqlite_bot, HENDRA, SITI, BUDI, RINA)
    ketua, siti, budi, rina = house.people
    await to_office_hours(house)
    activity = (await house.opens_silently(AGREEMENT)).activity_id
    ids = {person.title: (await house.member(person)).id for person in house.people}
    async with sqlite_bot.database.transaction() as session:
        session.add(Participant(activity_id=activity, membership_id=ids[BUDI]))
        meeting = MeetingRow(
            pokja_id=house.pokja_id, title="Rapat perdana", starts=sqlite_bot.clock.now() + timedelta(days=3),
            minutes=60, agenda=[], state="announced", asked_at=sqlite_bot.clock.now(), created_by=ids[HENDRA],
            created_at=sqlite_bot.clock.now(),
        )  # fmt: skip
        session.add(meeting)
        await session.flush()
        session.add_all(Invitee(meeting_id=meeting.id, membership_id=ids[name]) for name in (SITI, BUDI))
        now = sqlite_bot.clock.now() + timedelta(minutes=1)
        session.add(MeetingReply(meeting_id=meeting.id, membership_id=ids[SITI], answer="yes", at=now))
    await writes(ketua, "Untuk peserta")
    await ketua.taps("Peserta kegiatan atau kelompok")
    await ketua.taps("☐ Rencana kerja")
    await ketua.taps("Selesai memilih (1)")
    await ketua.taps("Sekarang")
    await ketua.sees("Kepada: peserta Rencana kerja\nPenerima: 1 orang")
    await ketua.taps("Ya")
    await budi.sees("Untuk peserta")
    await writes(ketua, "Mohon jawab undangannya")
    await ketua.taps("Yang belum menjawab undangan")
    await ketua.taps("Rapat perdana")
    await ketua.taps("Sekarang")
    await ketua.sees("Kepada: yang belum menjawab undangan Rapat perdana\nPenerima: 1 orang")
    await ketua.taps("Ya")
    await budi.sees("Mohon jawab undangannya")
    for other in (siti, rina):
        await other.does_not_see("Untuk peserta")
        await other.does_not_see("Mohon jawab")


async def test_nobody_in_the_audience_is_told_before_anything_is_sent(
    sim: Simulator, sqlite_bot: Running
) -> None:
    house = await planted(sim, sqlite_bot, HENDRA, SITI)
    ketua, siti = house.people
    await to_office_hours(house)
    await writes(ketua)
    await sends(ketua)
    await siti.taps("✔ Sudah baca")
    await writes(ketua, "Sekali lagi")
    await ketua.taps("Yang belum membaca siaran")
    await ketua.taps("Mohon membawa")
    await ketua.taps("Sekarang")
    assert "Tidak ada orang di sasaran itu" in await ketua.toast()
    assert len(await house.rows(sa.select(BroadcastRow.id))) == 1


async def test_outside_office_hours_the_writer_decides(sim: Simulator, sqlite_bot: Running) -> None:
    house = await planted(sim, sqlite_bot, HENDRA, SITI)
    ketua, siti = house.people
    await to_office_hours(house, hour=20)
    await writes(ketua)
    await ketua.taps("Semua anggota")
    await ketua.taps("Sekarang")
    await ketua.sees("pukul 20.00 WIB di luar jam kerja")
    await ketua.taps("Ya, tunggu jam kerja")
    await ketua.sees("pukul 08.00 WIB")
    await ketua.taps("Ya")
    assert await ketua.toast() == "Siaran disimpan dan dikirim pada waktunya."
    await releases(house)
    await siti.does_not_see(NEWS)
    await house.waits(hours=12)
    await releases(house)
    await siti.sees(NEWS)
    await ketua.sees("Terkirim 1/1")
    await releases(house)
    assert len(await house.rows(sa.select(BroadcastRecipient.id))) == 1


async def test_a_planned_broadcast_is_called_off(sim: Simulator, bot: Running) -> None:
    house = await planted(sim, bot, HENDRA, SITI)
    ketua, siti = house.people
    await to_office_hours(house)
    await writes(ketua)
    await ketua.taps("Semua anggota")
    await ketua.taps("Pada waktu tertentu")
    await ketua.types("besok")
    await ketua.types("10.00")
    await ketua.taps("Ya")
    await ketua.taps("Batalkan siaran ini")
    await ketua.taps("Ya, batalkan")
    assert "Siaran dibatalkan" in await ketua.toast()
    await ketua.sees("Dibatalkan.")
    await house.waits(days=2)
    await releases(house)
    await sim.handled_everything()
    await siti.does_not_see(NEWS)
    assert (await house.audited())[-2:] == ["broadcast.plan", "broadcast.cancel"]


async def test_a_time_that_has_passed_is_refused(sim: Simulator, sqlite_bot: Running) -> None:
    house = await planted(sim, sqlite_bot, HENDRA, SITI)
    ketua = house.people[0]
    await to_office_hours(house)
    await writes(ketua)
    await ketua.taps("Semua anggota")
    await ketua.taps("Pada waktu tertentu")
    await ketua.types("hari ini")
    await ketua.types("08.30")
    await ketua.sees("Waktu itu sudah lewat")


async def test_a_weekly_broadcast_comes_each_week_and_once_after_three_weeks_of_silence(
    sim: Simulator, bot: Running
) -> None:
    house = await planted(sim, bot, HENDRA, SITI)
    ketua, siti = house.people
    await to_office_hours(house)
    await writes(ketua, "Laporan mingguan")
    await ketua.taps("Semua anggota")
    await ketua.taps("Setiap minggu")
    await ketua.taps("Kamis")
    await ketua.types("06.00")
    await ketua.sees("Jam kerja Pokja pukul 08.00 sampai 17.00")
    await ketua.types("09.00")
    await ketua.taps("Berlaku terus")
    await ketua.sees("setiap Kamis, mulai Kamis")
    await ketua.taps("Ya")
    await house.waits(days=1)
    for _ in range(3):
        await releases(house)
    await siti.sees("Laporan mingguan")
    await siti.taps("✔ Sudah baca")
    assert await _letters(house) == 1
    await house.waits(days=21)
    await releases(house)
    await releases(house)
    assert await _letters(house) == 2
    await ketua.sees("Terkirim 1/1 · dibaca 0")
    await ketua.types("/siaran")
    await ketua.sees("setiap minggu, berikutnya")
    await ketua.taps("🕒 Laporan mingguan")
    await ketua.taps("Batalkan siaran ini")
    await ketua.taps("Ya, batalkan")
    await house.waits(days=14)
    await releases(house)
    assert await _letters(house) == 2


async def _letters(house: House) -> int:
    return len(await house.rows(sa.select(Outgoing.id).where(Outgoing.kind == "broadcast")))


async def test_a_planned_one_that_is_late_waits_for_the_morning(sim: Simulator, sqlite_bot: Running) -> None:
    house = await planted(sim, sqlite_bot, HENDRA, SITI)
    ketua, siti = house.people
    await to_office_hours(house)
    await writes(ketua)
    await ketua.taps("Semua anggota")
    await ketua.taps("Pada waktu tertentu")
    await ketua.types("hari ini")
    await ketua.types("11.00")
    await ketua.taps("Ya")
    await house.waits(hours=12)
    await releases(house)
    await siti.does_not_see(NEWS)
    await house.waits(hours=12)
    house.running.turns.delivery.wake()
    await siti.sees(NEWS)


async def test_members_can_neither_write_nor_look(sim: Simulator, sqlite_bot: Running) -> None:
    house = await planted(sim, sqlite_bot, HENDRA, SITI, BUDI)
    ketua, siti, budi = house.people
    await to_office_hours(house)
    await siti.types("/siaran")
    await siti.sees("bukan wewenang")
    await writes(ketua)
    await sends(ketua)
    await budi.sees(NEWS)
    for data in (
        "g|broadcast|1",
        "g|broadcast_again|1",
        "g|broadcast_off|1",
        "g|broadcast_more|1",
        "g|write_broadcast",
    ):
        await siti.forges(data)
        assert "bukan wewenang" in await siti.toast()
    recipients = {row.membership_id: row.id for row in await house.rows(sa.select(BroadcastRecipient))}
    await siti.forges(f"g|broadcast_read|{recipients[(await house.member(budi)).id]}")
    assert await house.rows(sa.select(BroadcastRecipient.read_at)) == [None, None]
    await siti.types("/menu")
    assert "📢 Siaran" not in await siti.buttons()


async def test_a_progress_message_goes_on_after_a_restart_of_the_sending(
    sim: Simulator, sqlite_bot: Running
) -> None:
    """Somebody the bot can't reach for the moment is told later, and the message follows."""
    house = await planted(sim, sqlite_bot, HENDRA, SITI, BUDI)
    ketua = house.people[0]
    await to_office_hours(house)
    await sim.fails("429", 1, retry_after=2, method="sendMessage")
    await writes(ketua)
    await sends(ketua)
    await ketua.sees("Terkirim 2/2")


async def test_who_can_not_be_reached_is_named_with_what_to_send(sim: Simulator, sqlite_bot: Running) -> None:
    house = await planted(sim, sqlite_bot, HENDRA, SITI, BUDI)
    ketua, siti, _ = house.people
    await ketua.types("/anggota")
    await ketua.taps("Terjangkau?")
    await ketua.sees("Semua anggota dapat dikirimi pesan")
    await siti.blocks()
    await sim.handled_everything()
    await ketua.sees("minta menekan Mulai")
    await ketua.taps("Terjangkau?")
    shown = await ketua.sees("1 orang tidak dapat dikirimi pesan")
    assert "Siti Aminah (Dinas 1) – memblokir bot ini" in shown["text"]
    link = next(word for word in shown["text"].split() if "start=" in word)
    keys = [key for row in shown["buttons"] for key in row]
    assert any(
        key["text"] == "WhatsApp: Siti Aminah" and key["url"].startswith("https://wa.me/") for key in keys
    )
    await siti.opens(link)
    await siti.sees("Pokja Air Minum")
    await ketua.types("/anggota")
    await ketua.taps("Terjangkau?")
    await ketua.sees("Semua anggota dapat dikirimi pesan")
