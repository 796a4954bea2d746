"""What one activity adopts is what the next begins with; what changes later is told, and can be traced back."""

import sqlalchemy as sa

from bot.app import Running
from domain import roles
from simulator.phones import Simulator
from store.tables import Activity
from tests.e2e import flows
from tests.e2e.planting import House, planted, to_desk

PROCESS = """
process: mengalir
version: 1
title: Hasil yang mengalir
guide: Contoh
stages:
  - key: "1"
    title: Mengumpulkan
    topics:
      - key: "1.1"
        title: Isu
        source: Contoh
        objective: Mengumpulkan isu.
        outputs: [Isu]
        activities:
          - key: isu
            title: Kartu isu
            instrument: cards
            prompt: Apa isunya?
            columns:
              - {key: air, title: Air}
              - {key: sampah, title: Sampah}
          - key: anggota
            title: Susunan anggota
            instrument: agreement
            prompt: Apakah susunan ini benar?
            repeats: true
            items_from: "@anggota"
            statements: ["{item} menjadi anggota."]
          - key: jadwal
            title: Kalender Kerja
            instrument: agreement
            prompt: Apakah kalender ini disepakati?
            shown_from: "@kalender"
            statements: ["Kalender Kerja disepakati."]
      - key: "1.2"
        title: Usulan tambahan
        source: Contoh
        objective: Mengumpulkan usulan.
        outputs: [Usulan]
        activities:
          - key: usulan
            title: Kartu usulan
            instrument: cards
            prompt: Apa usulannya?
            columns:
              - {key: usulan, title: Usulan}
  - key: "2"
    title: Menetapkan
    topics:
      - key: "2.1"
        title: Penetapan
        source: Contoh
        objective: Menyepakati isu air.
        outputs: [Kesepakatan]
        activities:
          - key: air
            title: Isu air
            instrument: agreement
            prompt: Apakah disepakati?
            items_from:
              - from: 1.1/isu
                where:
                  - {field: kolom, is: air}
              - 1.2/usulan
            statements: ["Isu: {item}"]
          - key: tamu
            title: Tanggapan tamu
            instrument: agreement
            prompt: Apakah Bapak/Ibu mendukung?
            answered_by: tamu
            items_from: air
            statements: ["Didukung: {item}"]
"""
NAMES = ("Hendra Wijaya", "Siti Aminah", "Budi Santoso", "Maria Goreti", "Agus Salim")
LEAK, DRY, WASTE = "Kebocoran pipa", "Air mati siang", "Sampah menumpuk"


async def house_of(sim: Simulator, bot: Running, **role: str) -> House:
    """Five people at the start of the process; who is a guest is named by role."""
    guests = {name.replace("_", " "): given for name, given in role.items()}
    return await planted(sim, bot, *NAMES, role=guests, process=PROCESS)


async def gathered(house: House) -> None:
    """Topic 1.1: issues written and adopted."""
    ketua = house.people[0]
    await flows.opens_topic(ketua, "1.1")
    await flows.begins(ketua, "Kartu isu")
    await flows.writes_cards(ketua, [LEAK, DRY], [WASTE])
    await ketua.types("/topik")
    await ketua.taps("▶ 1.1")
    await ketua.taps("▶ Kartu isu")
    await ketua.taps("Tutup pengisian")
    await ketua.taps("Tetapkan hasil")


async def skipped(house: House) -> None:
    ketua = house.people[0]
    await ketua.types("/topik")
    await ketua.taps("○ 1.2")
    await ketua.taps("Lewati topik")
    await ketua.sees("Mengapa topik 1.2 Usulan tambahan dilewati?")
    await ketua.types("Sudah dikerjakan tahun lalu")
    await ketua.sees("dilewati: Sudah dikerjakan tahun lalu")


async def to_stage(house: House, stage: str, topic: str) -> None:
    ketua = house.people[0]
    await ketua.types("/topik")
    await ketua.taps(stage)
    await ketua.taps(topic)


async def test_a_topic_waits_for_what_it_needs_unless_that_is_skipped(sim: Simulator, bot: Running) -> None:
    house = await house_of(sim, bot)
    ketua = house.people[0]
    await gathered(house)
    await to_stage(house, "Tahap 2", "○ 2.1")
    await ketua.taps("Buka topik ini")
    await ketua.sees("menunggu hasil: 1.2 Kartu usulan")
    await skipped(house)
    await to_stage(house, "Tahap 2", "▶ 2.1")
    await ketua.taps("○ Isu air")
    await ketua.taps("Mulai & undang anggota")
    await ketua.taps("Mulai mengisi")
    await ketua.sees(f"Isu: {LEAK}")
    await ketua.taps("Setuju")
    await ketua.sees(f"Isu: {DRY}")
    assert WASTE not in (await ketua.messages())[-1]["text"]


async def test_an_activity_can_be_skipped_and_taken_up_after_all(sim: Simulator, sqlite_bot: Running) -> None:
    house = await house_of(sim, sqlite_bot)
    ketua = house.people[0]
    await flows.opens_topic(ketua, "1.1")
    await ketua.taps("○ Kartu isu")
    await ketua.taps("Lewati kegiatan")
    await ketua.types("Sudah ada daftar isu")
    await ketua.sees("– dilewati: Sudah ada daftar isu")
    await skipped(house)
    await to_stage(house, "Tahap 2", "○ 2.1")
    await ketua.taps("Buka topik ini")
    await ketua.taps("○ Isu air")
    await ketua.sees("Belum ada yang bisa disepakati")
    await to_desk(ketua, 1)
    await ketua.taps("Jadi dikerjakan")
    await ketua.taps("Mulai & undang anggota")
    await ketua.sees("Kartu isu\n▶")


async def test_the_framework_tells_how_far_the_pokja_is(sim: Simulator, sqlite_bot: Running) -> None:
    house = await house_of(sim, sqlite_bot)
    ketua = house.people[0]
    await gathered(house)
    await skipped(house)
    await ketua.types("/topik")
    await ketua.sees(" 41%")
    await ketua.sees("Tahap 1 · Mengumpulkan (1 dari 2 topik)")
    await ketua.sees("○ Tahap 2 · Menetapkan (0/1)")


async def test_reopening_marks_what_rests_on_it_and_changes_nothing(sim: Simulator, bot: Running) -> None:
    """The later activity keeps the old words until it draws again."""
    house = await house_of(sim, bot)
    ketua = house.people[0]
    await gathered(house)
    await skipped(house)
    await to_stage(house, "Tahap 2", "○ 2.1")
    await ketua.taps("Buka topik ini")
    await ketua.taps("○ Isu air")
    await to_desk(ketua, 1)
    await ketua.taps("Buka lagi")
    await ketua.sees("Perlu ditinjau karena memakai hasil ini: Isu air")
    await ketua.taps("Tutup pengisian")
    await ketua.taps("Ubah kata")
    await ketua.taps("Air")
    await flows.chooses(ketua, DRY)
    await ketua.types("Air sering mati")
    await ketua.taps("Tetapkan hasil")
    await to_stage(house, "Tahap 2", "▶ 2.1")
    await ketua.sees("↻ perlu ditinjau")
    await ketua.taps("✎ ↻ Isu air")
    await ketua.sees("Berubah sejak bahan diambil: Kartu isu")
    assert [item["text"] for item in (await activity(house, 2)).items] == [LEAK, DRY]
    await ketua.taps("Ambil ulang bahan")
    assert "sudah diambil ulang" in await ketua.toast()
    drawn = (await activity(house, 2)).items
    assert [(item["id"], item["text"]) for item in drawn] == [("1", LEAK), ("2", "Air sering mati")]
    await ketua.taps("Mulai & undang anggota")


async def activity(house: House, number: int) -> Activity:
    found: Activity = (await house.rows(sa.select(Activity).where(Activity.id == number)))[0]
    return found


async def test_what_repeats_is_done_anew_each_period_and_every_period_is_kept(
    sim: Simulator, sqlite_bot: Running
) -> None:
    house = await house_of(sim, sqlite_bot, Budi_Santoso="tamu", Maria_Goreti="tamu", Agus_Salim="tamu")
    ketua, siti, *_ = house.people
    await flows.opens_topic(ketua, "1.1")
    await flows.begins(ketua, "Susunan anggota")
    for person in (ketua, siti):
        await person.taps("Mulai mengisi")
        for _ in NAMES:
            await person.taps("Setuju")
        await person.sees("sudah lengkap")
    await to_desk(ketua, 1)
    await ketua.taps("Tutup pengisian")
    await ketua.taps("Tetapkan hasil")
    await ketua.taps("Mulai periode baru")
    await ketua.taps("✍ Isi bagian saya")
    await ketua.taps("Ubah jawaban")
    await ketua.taps("Keberatan")
    await ketua.types("Beliau sudah pindah tugas")
    await to_desk(ketua, 1)
    await ketua.taps("Tutup pengisian")
    await ketua.taps("Tetapkan hasil")
    assert [(result.version, len(result.items)) for result in await house.results()] == [(1, 5), (2, 4)]


async def test_a_row_is_traced_back_to_its_card(sim: Simulator, bot: Running) -> None:
    house = await house_of(sim, bot)
    ketua, *others = house.people
    await gathered(house)
    await skipped(house)
    await to_stage(house, "Tahap 2", "○ 2.1")
    await ketua.taps("Buka topik ini")
    await flows.begins(ketua, "Isu air")
    for person in house.people:
        await flows.agrees(person)
    await to_stage(house, "Tahap 2", "▶ 2.1")
    await ketua.taps("▶ Isu air")
    await ketua.taps("Tutup pengisian")
    await ketua.taps("Tetapkan hasil")
    await ketua.taps("Lihat hasil")
    await ketua.taps("Dari mana ini?")
    await ketua.sees(f"A. {LEAK}")
    await ketua.taps("A")
    await ketua.sees("2.1 Isu air")
    await ketua.sees("⬑ 1.1 Kartu isu")
    await others[0].forges(await flows.data_of(ketua, "‹ Baris lain"))
    await others[0].sees("Baris mana yang ingin ditelusuri?")


async def test_guests_answer_what_is_theirs_and_only_that(sim: Simulator, bot: Running) -> None:
    house = await house_of(sim, bot, Agus_Salim=roles.TAMU, Maria_Goreti=roles.TAMU)
    ketua, _, _, maria, agus = house.people
    await gathered(house)
    await skipped(house)
    await to_stage(house, "Tahap 2", "○ 2.1")
    await ketua.taps("Buka topik ini")
    await flows.begins(ketua, "Isu air")
    for person in house.people[:3]:
        await flows.agrees(person)
    await to_stage(house, "Tahap 2", "▶ 2.1")
    await ketua.taps("▶ Isu air")
    await ketua.taps("Tutup pengisian")
    await ketua.taps("Tetapkan hasil")
    await ketua.taps("‹ Topik")
    await flows.begins(ketua, "Tanggapan tamu")
    await ketua.sees("0 dari 2")
    for guest in (maria, agus):
        await guest.taps("Mulai mengisi")
        await guest.sees(f"Didukung: {LEAK}")
        await guest.taps("Setuju")
        await guest.taps("Keberatan")
        await guest.types("Belum ada anggaran")
        await guest.sees("sudah lengkap")
    await ketua.taps("Muat ulang")
    await ketua.sees("2 dari 2")


async def test_groups_work_on_copies_and_meet_in_the_plenary(sim: Simulator, bot: Running) -> None:
    house = await house_of(sim, bot)
    ketua = house.people[0]
    await flows.opens_topic(ketua, "1.1")
    await ketua.taps("○ Kartu isu")
    await ketua.taps("Bagi kelompok")
    await ketua.sees("Ada 5 peserta")
    await ketua.taps("2")
    await ketua.taps("Saya pilih sendiri")
    await ketua.taps("☐ Hendra Wijaya")
    await ketua.taps("☐ Siti Aminah")
    await ketua.taps("Selesai memilih (2)")
    await ketua.sees("Kelompok 1: Dinas 0 1, Dinas 1 1. Kelompok 2: Dinas 2 1, Dinas 3 1, Dinas 4 1.")
    await ketua.taps("Mulai & undang anggota")
    assert "2 kelompok mulai bekerja" in await ketua.toast()
    for number, person in enumerate(house.people):
        group = "Kelompok 1" if number < 2 else "Kelompok 2"
        await person.sees(f"Kartu isu – {group}")
        await flows.writes_cards(person, [f"Gagasan {person.title}"], [])
    await to_desk(ketua, 1)
    await ketua.sees("Kelompok 1 – 2 dari 2")
    for group in ("Kelompok 1", "Kelompok 2"):
        await ketua.taps(f"▶ {group}")
        await ketua.taps("Tutup pengisian")
        await ketua.taps("‹ Pleno")
    await ketua.taps("Gabungkan di pleno")
    for person in house.people:
        await ketua.sees(f"Gagasan {person.title}")
    await ketua.taps("Tetapkan hasil")
    assert [len(result.items) for result in await house.results()] == [5]


async def test_chosen_participants_alone_are_asked(sim: Simulator, sqlite_bot: Running) -> None:
    house = await house_of(sim, sqlite_bot)
    ketua, siti, budi, *_ = house.people
    await flows.opens_topic(ketua, "1.1")
    await ketua.taps("○ Kartu isu")
    await ketua.taps("Pilih peserta")
    await ketua.taps("☐ Siti Aminah")
    await ketua.taps("Selesai memilih (1)")
    await ketua.taps("Mulai & undang anggota")
    await flows.writes_cards(siti, [LEAK], [])
    await ketua.taps("Muat ulang")
    await ketua.sees("1 dari 1")
    await budi.forges("v|a1")
    assert "dikerjakan peserta atau kelompok lain" in await budi.toast()
