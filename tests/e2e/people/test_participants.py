"""Who takes part in an activity: guests, breakout groups, chosen participants."""

from bot.app import Running
from domain import roles
from simulator.phones.phone import Simulator
from tests.e2e.steps import basics
from tests.e2e.steps.planting import to_desk
from tests.e2e.steps.stages import LEAK, agreed, house_of, second_stage
from tests.support.buttons import viewing


async def test_guests_answer_what_is_theirs_and_only_that(sim: Simulator, bot: Running) -> None:
    house = await house_of(sim, bot, Agus_Salim=roles.TAMU, Maria_Goreti=roles.TAMU)
    ketua, _, _, maria, agus = house.people
    await second_stage(house)
    await agreed(house, house.people[:3])
    await ketua.taps("‹ Topik")
    await basics.begins(ketua, "Tanggapan tamu")
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
    await basics.opens_topic(ketua, "1.1")
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
        await basics.writes_cards(person, [f"Gagasan {person.title}"], [])
    await to_desk(ketua, 1)
    await ketua.sees("Kelompok 1 – 2 dari 2")
    await ketua.taps("▶ Kelompok 1")
    await ketua.taps("Isi hasil pleno")
    await ketua.types("Gagasan ruangan")
    await ketua.taps("Selesai")
    await to_desk(ketua, 1)
    await ketua.taps("▶ Kelompok 1")
    await ketua.taps("Tutup pengisian")
    await ketua.taps("Sisihkan")
    await basics.chooses(ketua, f"Gagasan {ketua.title}")
    await ketua.types("Di luar pokok bahasan")
    await ketua.taps("‹ Pleno")
    await ketua.taps("▶ Kelompok 2")
    await ketua.taps("Tutup pengisian")
    await ketua.taps("‹ Pleno")
    await ketua.taps("Gabungkan di pleno")
    for written in (*(person.title for person in house.people[1:]), "ruangan"):
        await ketua.sees(f"Gagasan {written}")
    await ketua.sees("Disisihkan: 1")
    await ketua.taps("Tetapkan hasil")
    assert [len(result.items) for result in await house.results()] == [5]


async def test_chosen_participants_alone_are_asked(sim: Simulator, sqlite_bot: Running) -> None:
    house = await house_of(sim, sqlite_bot)
    ketua, siti, budi, *_ = house.people
    await basics.opens_topic(ketua, "1.1")
    await ketua.taps("○ Kartu isu")
    await ketua.taps("Pilih peserta")
    await ketua.taps("☐ Siti Aminah")
    await ketua.taps("Selesai memilih (1)")
    await ketua.taps("Mulai & undang anggota")
    await basics.writes_cards(siti, [LEAK], [])
    await ketua.taps("Muat ulang")
    await ketua.sees("1 dari 1")
    assert "dikerjakan peserta atau kelompok lain" in await basics.refusal(budi, viewing("a", 1))
