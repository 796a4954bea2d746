"""A meeting that is held: checking in, quorum, the agenda against the clock, minutes, corrections, final."""

import sqlalchemy as sa

from bot.app import Running
from documents.wording import Wording
from simulator.phones import Person, Simulator
from store.meeting_tables import MeetingCheckIn, MeetingRow, MinuteEntry
from store.tables import FollowUp, Outgoing
from tests.e2e.meeting_flows import (
    BUDI,
    HENDRA,
    RINA,
    SITI,
    TAMU,
    TITLE,
    announced,
    house_of,
    plans,
    to_meeting,
)
from tests.e2e.planting import House

LEADS_ALONE = Wording().plain("skip.others")


async def begins(house: House, *, hours: float = 0) -> None:
    """The day has come: the Ketua begins the meeting, so many hours after its start."""
    row = (await house.rows(sa.select(MeetingRow)))[0]
    ahead = (row.starts.timestamp() - await house.sim.now()) / 3600
    await house.waits(hours=ahead + hours)
    ketua = house.people[0]
    await to_meeting(ketua)
    await ketua.taps("▶ Mulai pertemuan")
    await ketua.sees("sesuai jadwal" if not hours else "terlambat", last=1)


async def code_of(ketua: Person) -> str:
    """The code on the screen."""
    await ketua.taps("Kode & QR")
    message = await ketua.sees("kirim kode berikut")
    return str(message["text"]).rsplit(maxsplit=1)[1]


async def to_live(person: Person) -> None:
    await person.types("/menu")
    await person.taps("📅 ▶ sedang berlangsung")
    if "▶ Layar pertemuan" in await person.buttons():
        await person.taps("▶ Layar pertemuan")


async def writes(person: Person, kind: str, text: str) -> None:
    await person.taps(kind)
    await person.types(text)
    await person.sees(text, last=1)


async def closes(person: Person) -> None:
    """The meeting is over: minutes go round, corrections until the day after tomorrow."""
    await person.taps("■ Selesai & edarkan notulen")
    await person.sees("Saran:", last=1)
    await person.types("lusa")
    await person.sees("notulen diperiksa sampai", last=2)


async def test_a_meeting_is_held_and_its_minutes_made_final(sim: Simulator, bot: Running) -> None:
    house = await house_of(sim, bot, HENDRA, SITI, BUDI, RINA)
    group = await house.group()
    budi, rina = house.people[2:]
    await announced(house)
    await rina.taps("Diwakilkan")
    await rina.types("Agus, staf perencanaan")
    await begins(house)
    await _check_in(house)
    await _write(house)
    await _correct(house)
    await _finalise(house)
    await group.sees("sudah final")
    await budi.forges("g|correct|1")
    assert "Koreksi ditunggu sampai" in await budi.toast()
    reasons = await house.rows(sa.select(Outgoing.reason))
    assert len(reasons) == len(set(reasons))
    for action in ("plan", "announce", "reply", "open", "check_in", "tick", "write", "circulate", "finalise"):
        assert f"meeting.{action}" in await house.audited()


async def _check_in(house: House) -> None:
    """By button, by the code, or marked by whoever conducts."""
    ketua, siti, budi, _ = house.people
    await ketua.sees("Hadir 0 dari 4 anggota · kuorum 2 (1/2) ⚠ kurang 2", last=1)
    code = await code_of(ketua)
    await siti.sees("Mohon catat kehadiran")
    await siti.taps("✋ Saya hadir")
    await siti.sees("Kehadiran Bapak/Ibu sudah dicatat", last=1)
    await budi.starts(f"hadir-{code}")
    await budi.sees("Kehadiran Bapak/Ibu sudah dicatat", last=1)
    await to_live(ketua)
    await ketua.sees("Hadir 2 dari 4 anggota · kuorum 2 (1/2) ✔ tercapai", last=1)
    await ketua.taps("Kehadiran")
    await ketua.taps("Tandai diwakili")
    await ketua.taps("Rina Kartika")
    await ketua.taps("Agus, staf perencanaan")
    await ketua.sees("✔ Rina Kartika, diwakili Agus, staf perencanaan (dicatat Hendra Wijaya)", last=1)


async def _write(house: House) -> None:
    """The Sekretaris ticks points and writes privately; the screen stays one message; then everybody reads."""
    _, siti, budi, _ = house.people
    await to_live(siti)
    screen = (await siti.newest())["message_id"]
    await siti.taps("✔ Meninjau hasil")
    await siti.sees("1. ✔ 09.00", last=1)
    assert (await siti.newest())["message_id"] == screen
    await siti.taps("2")
    await writes(siti, "＋ Keputusan", "Data pelanggan dipakai per kecamatan")
    await writes(siti, "＋ Catatan", "Tiga kecamatan belum setor data")
    await siti.taps("✔ Sudah dibahas")
    await siti.sees("2. ✔ 09.15", last=1)
    await budi.does_not_see("Tiga kecamatan")
    await closes(siti)
    told = (await budi.sees("Koreksi ditunggu sampai"))["text"]
    assert "Hadir: 3 dari 4 orang. Kuorum (1/2): 3 dari 4 anggota, perlu 2 – tercapai." in told
    assert (
        "2. Paparan hasil pendataan\n✔ Keputusan: Data pelanggan dipakai per kecamatan\n• Tiga kecamatan"
        in told
    )
    assert "Tidak hadir:\n• Hendra Wijaya (Dinas 0)" in told


async def _correct(house: House) -> None:
    """A member wants something mended; the Sekretaris takes it up."""
    ketua, siti, budi, _ = house.people
    await budi.taps("Buka notulen")
    await budi.taps("Usulkan koreksi")
    await budi.taps("B")
    await budi.types("Dua kecamatan belum setor data")
    await siti.sees("Budi Santoso mengusulkan koreksi notulen")
    await ketua.forges("g|finalise|1")
    assert await ketua.toast() == "Masih ada 1 usulan koreksi yang belum diputuskan."
    await siti.taps("Lihat usulan koreksi")
    await siti.taps("Budi Santoso: Paparan")
    await siti.taps("Terima")
    await siti.sees("D. Tiga kecamatan belum setor data", last=1)
    await siti.taps("D")
    await siti.taps("Dua kecamatan belum setor data")
    await budi.sees("Diterima. Notulen sudah disesuaikan")
    notes = sa.select(MinuteEntry.text).where(MinuteEntry.kind == "note")
    assert await house.rows(notes) == ["Dua kecamatan belum setor data"]


async def _finalise(house: House) -> None:
    """Not before the last day has gone by, and only by the Ketua."""
    ketua, siti, budi, _ = house.people
    await ketua.forges("g|finalise|1")
    assert "Koreksi masih ditunggu sampai" in await ketua.toast()
    await house.waits(days=3)
    await siti.forges("g|finalise|1")
    assert "bukan wewenang Sekretaris" in await siti.toast()
    await ketua.forges("g|finalise|1")
    final = (await budi.sees("Notulen final"))["text"]
    assert "• Dua kecamatan belum setor data" in final


async def test_latecomers_and_others_are_marked(sim: Simulator, sqlite_bot: Running) -> None:
    house = await house_of(sim, sqlite_bot, HENDRA, SITI, BUDI, TAMU)
    ketua, siti, budi, tamu = house.people
    await announced_without_guest(house)
    await begins(house, hours=0.5)
    await siti.taps("✋ Saya hadir")
    await to_live(ketua)
    await ketua.taps("Kehadiran")
    await ketua.sees("✔ Siti Aminah, terlambat 30 menit", last=1)
    await ketua.taps("Budi Santoso")  # has no phone at hand
    await ketua.sees("✔ Budi Santoso, terlambat 30 menit (dicatat Hendra Wijaya)", last=1)
    await budi.types("/menu")
    await budi.taps("📅 ▶ sedang berlangsung")
    await budi.sees("Kehadiran Bapak/Ibu sudah dicatat", last=1)
    await ketua.taps("Hapus tanda")
    await ketua.taps("Budi Santoso")
    await ketua.sees("1 dari 3 anggota", last=1)
    await ketua.taps("＋ Peserta lain")
    await ketua.taps("Tono Prasetyo")
    await ketua.taps("Tandai hadir")
    await ketua.sees("✔ Tono Prasetyo", last=1)
    await ketua.sees("1 dari 3 anggota", last=1)  # guests don't make a quorum
    await tamu.types("/pertemuan")
    await tamu.sees("sedang berlangsung", last=1)


async def announced_without_guest(house: House) -> None:
    ketua = house.people[0]
    await plans(ketua)
    await ketua.taps("Pratinjau & umumkan")
    await ketua.taps("📣 Umumkan ke")
    await house.people[1].sees("Apakah Bapak/Ibu hadir?")


async def test_the_quorum_is_set_and_rounded_up(sim: Simulator, sqlite_bot: Running) -> None:
    house = await house_of(sim, sqlite_bot, HENDRA, SITI, BUDI, RINA)
    ketua = house.people[0]
    await announced(house)
    await begins(house)
    await ketua.sees("kuorum 2 (1/2)", last=1)
    await ketua.taps("Atur kuorum")
    await ketua.taps("2/3")
    await ketua.sees("kuorum 3 (2/3) ⚠ kurang 3", last=1)  # two thirds of four
    await ketua.taps("Atur kuorum")
    await ketua.taps("Semua")
    await ketua.sees("kuorum 4 (1)", last=1)


async def test_a_code_is_typed_and_an_old_one_is_worthless(sim: Simulator, sqlite_bot: Running) -> None:
    house = await house_of(sim, sqlite_bot, HENDRA, SITI, BUDI, TAMU)
    ketua, siti, budi, tamu = house.people
    await announced_without_guest(house)
    await begins(house)
    old = await code_of(ketua)
    await ketua.taps("Ganti kode")
    await ketua.sees("kirim kode berikut", last=1)
    new = str((await ketua.newest())["text"]).rsplit(maxsplit=1)[1]
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


async def test_minutes_are_mended_by_the_secretary(sim: Simulator, sqlite_bot: Running) -> None:
    house = await house_of(sim, sqlite_bot, HENDRA, SITI, BUDI)
    _, siti, budi = house.people
    await announced(house)
    await begins(house)
    await to_live(siti)
    await siti.taps("Catatan umum")
    await writes(siti, "＋ Catatan", "Rapat dibuka dengan doa")
    await writes(siti, "＋ Catatan", "Salah tulis")
    await siti.taps("A")
    await siti.types("Rapat dibuka oleh Ketua")
    await siti.sees("A. Rapat dibuka oleh Ketua\nB. Salah tulis", last=1)
    await siti.taps("Hapus isi notulen")
    await siti.taps("B")
    await siti.does_not_see("Salah tulis", last=1)
    await siti.taps("‹ Layar pertemuan")
    await closes(siti)
    told = (await budi.sees("Koreksi ditunggu sampai"))["text"]
    assert "Catatan umum\n• Rapat dibuka oleh Ketua" in told
    await budi.taps("Buka notulen")
    await budi.taps("Usulkan koreksi")
    await budi.taps("A")
    await budi.types("Tolong tambahkan nama saya")
    await siti.sees("mengusulkan koreksi")
    await siti.forges("g|corrections|1")
    await siti.taps("Budi Santoso: ")
    await siti.taps("Tidak diambil")
    await siti.types("Sudah ada di daftar hadir")
    await budi.sees("Tidak diambil: Sudah ada di daftar hadir")
    await siti.sees("✖ Budi Santoso", last=1)


async def test_a_follow_up_is_given_at_the_meeting(sim: Simulator, sqlite_bot: Running) -> None:
    house = await house_of(sim, sqlite_bot, HENDRA, SITI, BUDI)
    _, siti, budi = house.people
    await announced(house)
    await begins(house)
    await to_live(siti)
    await siti.taps("2")
    await siti.taps("＋ Tindak lanjut")
    await siti.types("Mengumpulkan data tiga kecamatan")
    await siti.taps("Budi Santoso")
    await siti.taps(LEADS_ALONE)
    await siti.types("lusa")
    await budi.sees("Mengumpulkan data tiga kecamatan")
    assert await house.rows(sa.select(FollowUp.source)) == ["pertemuan/1"]
    await to_live(siti)
    await closes(siti)
    told = (await budi.sees("Koreksi ditunggu sampai"))["text"]
    assert "Tindak lanjut:\n• Mengumpulkan data tiga kecamatan – Budi Santoso" in told
    assert TITLE in told


async def test_overdue_follow_ups_stand_on_the_agenda(sim: Simulator, sqlite_bot: Running) -> None:
    house = await house_of(sim, sqlite_bot, HENDRA, SITI, BUDI)
    ketua, siti, _ = house.people
    budi = await house.member(house.people[2])
    today = (await house.rows(sa.select(sa.func.current_date())))[0]
    async with house.running.database.transaction() as session:
        session.add(
            FollowUp(
                pokja_id=house.pokja_id, text="Menyurati kecamatan", owner_id=budi.id, source="umum/lain",
                due=_days_before(today, 10), created_by=budi.id, created_at=house.running.clock.now(),
            )
        )  # fmt: skip
    await plans(ketua)
    await ketua.sees("Tindak lanjut yang terlambat", last=1)
    await ketua.taps("Pratinjau & umumkan")
    await ketua.taps("📣 Umumkan ke")
    await siti.sees("Apakah Bapak/Ibu hadir?")
    await begins(house)
    await ketua.taps("2")
    await ketua.sees("Yang terlambat:\n• Menyurati kecamatan", last=1)


def _days_before(today, days):
    from datetime import date, timedelta

    return date.fromisoformat(str(today)) - timedelta(days=days)
