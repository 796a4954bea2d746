"""What one activity adopts is what the next begins with; what changes later is told, and can be traced back."""

from bot.app import Running
from simulator.phones.phone import Simulator
from tests.e2e.steps import basics
from tests.e2e.steps.planting import to_desk
from tests.e2e.steps.stages import (
    DRY,
    LEAK,
    WASTE,
    activity,
    agreed,
    gathered,
    house_of,
    second_stage,
    skipped,
    to_second_stage,
)
from tests.support.cast import FIVE


async def test_a_topic_waits_for_what_it_needs_unless_that_is_skipped(sim: Simulator, bot: Running) -> None:
    house = await house_of(sim, bot)
    ketua = house.people[0]
    await gathered(house)
    await basics.opens_topic(ketua, "2.1")
    await ketua.sees("menunggu hasil: 1.2 Kartu usulan")
    await skipped(house)
    await to_second_stage(ketua)
    await basics.begins(ketua, "Isu air")
    await ketua.taps("Mulai mengisi")
    await ketua.sees(f"Isu: {LEAK}")
    await ketua.taps("Setuju")
    await ketua.sees(f"Isu: {DRY}")
    assert WASTE not in (await ketua.messages())[-1]["text"]


async def test_an_activity_can_be_skipped_and_taken_up_after_all(sim: Simulator, sqlite_bot: Running) -> None:
    house = await house_of(sim, sqlite_bot)
    ketua = house.people[0]
    await basics.opens_topic(ketua, "1.1")
    await ketua.taps("○ Kartu isu")
    await ketua.taps("Lewati kegiatan")
    await ketua.types("Sudah ada daftar isu")
    await ketua.sees("– dilewati: Sudah ada daftar isu")
    await skipped(house)
    await basics.opens_topic(ketua, "2.1")
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
    await second_stage(house)
    await ketua.taps("○ Isu air")
    await to_desk(ketua, 1)
    await ketua.taps("Buka lagi")
    await ketua.sees("jadi perlu ditinjau: Isu air. Buka lagi?")
    await ketua.taps("Tidak jadi")
    await ketua.sees("✔ ditetapkan")
    await ketua.taps("Buka lagi")
    await ketua.taps("Ya, buka lagi")
    await ketua.taps("Tutup pengisian")
    await ketua.taps("Ubah kata")
    await ketua.taps("Air")
    await basics.chooses(ketua, DRY)
    await ketua.types("Air sering mati")
    await ketua.taps("Tetapkan hasil")
    await to_second_stage(ketua)
    await ketua.sees("↻ perlu ditinjau")
    await ketua.taps("✎ ↻ Isu air")
    await ketua.sees("Berubah sejak bahan diambil: Kartu isu")
    assert [item["text"] for item in (await activity(house, 2)).items] == [LEAK, DRY]
    await ketua.taps("Ambil ulang bahan")
    assert "sudah diambil ulang" in await ketua.toast()
    drawn = (await activity(house, 2)).items
    assert [(item["id"], item["text"]) for item in drawn] == [("1", LEAK), ("2", "Air sering mati")]
    await ketua.taps("Mulai & undang anggota")


async def test_what_repeats_is_done_anew_each_period_and_every_period_is_kept(
    sim: Simulator, sqlite_bot: Running
) -> None:
    house = await house_of(sim, sqlite_bot, Budi_Santoso="tamu", Maria_Goreti="tamu", Agus_Salim="tamu")
    ketua, siti, *_ = house.people
    await basics.opens_topic(ketua, "1.1")
    await basics.begins(ketua, "Susunan anggota")
    for person in (ketua, siti):
        await person.taps("Mulai mengisi")
        for _ in FIVE:
            await person.taps("Setuju")
        await person.sees("sudah lengkap")
    await to_desk(ketua, 1)
    await basics.closes_and_adopts(ketua)
    await ketua.taps("Mulai periode baru")
    await ketua.taps("✍ Isi bagian saya")
    await ketua.taps("Ubah jawaban")
    await ketua.taps("5. Setuju")
    await ketua.taps("Keberatan")
    await ketua.types("Beliau sudah pindah tugas")
    await to_desk(ketua, 1)
    await basics.closes_and_adopts(ketua)
    assert [(result.version, len(result.items)) for result in await house.results()] == [(1, 5), (2, 4)]


async def test_a_row_is_traced_back_to_its_card(sim: Simulator, bot: Running) -> None:
    house = await house_of(sim, bot)
    ketua, *others = house.people
    await second_stage(house)
    await agreed(house, house.people)
    await ketua.taps("Lihat hasil")
    await ketua.taps("Dari mana ini?")
    await ketua.sees(f"A. {LEAK}")
    await ketua.taps("A")
    await ketua.sees("2.1 Isu air")
    await ketua.sees("⬑ 1.1 Kartu isu")
    await others[0].forges(await basics.data_of(ketua, "‹ Baris lain"))
    await others[0].sees("Baris mana yang ingin ditelusuri?")


async def test_who_wrote_a_card_is_shown_if_the_ketua_says_so_before(
    sim: Simulator, sqlite_bot: Running
) -> None:
    house = await house_of(sim, sqlite_bot)
    ketua, siti, *_ = house.people
    await siti.types("/anggota")
    assert "Tampilkan nama penulis" not in await siti.buttons()
    await ketua.types("/anggota")
    await ketua.taps("Tampilkan nama penulis")
    await ketua.sees("Anggota diberi tahu saat menulis")
    await basics.opens_topic(ketua, "1.1")
    await basics.begins(ketua, "Kartu isu")
    await siti.taps("Mulai mengisi")
    await siti.sees("Nama Bapak/Ibu dapat dilihat setelah hasilnya ditetapkan.", last=1)
    await siti.types("Meter air rusak")
    await to_desk(ketua, 1)
    await ketua.taps("Isi hasil pleno")
    await ketua.sees("Nama Bapak/Ibu tidak ditampilkan.", last=1)
    await to_desk(ketua, 1)
    await basics.closes_and_adopts(ketua)
    await ketua.taps("Lihat hasil")
    await ketua.taps("Dari mana ini?")
    await ketua.taps("A")
    await ketua.sees(f"Ditulis oleh {siti.title}")
    await ketua.types("/anggota")
    await ketua.taps("Sembunyikan nama penulis")
    await ketua.sees("nama penulis tidak ditampilkan")
