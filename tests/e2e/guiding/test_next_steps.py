"""Whoever guides is told once what comes next, and one button does it: from the first topic to its end."""

from bot.app import Running
from domain import roles
from simulator.phones.phone import Person, Simulator
from tests.e2e.steps.basics import agrees, writes
from tests.e2e.steps.planting import AGREEMENT, planted
from tests.support.cast import BUDI, HENDRA, SITI


async def test_from_the_menu_each_step_is_the_first_button(sim: Simulator, sqlite_bot: Running) -> None:
    house = await planted(sim, sqlite_bot, HENDRA, SITI, BUDI)
    ketua, siti, budi = house.people
    await ketua.types("/menu")
    await ketua.sees("Topik berikutnya: 1.1 Isu dan rencana.")
    await ketua.taps("Mulai topik 1.1 Isu dan rencana")
    await ketua.taps("Buka topik ini")
    await ketua.taps("Mulai: Kartu isu")
    await writes(siti, "Pipa bocor")
    await writes(budi, "Meter rusak")
    await ketua.types("/menu")
    await ketua.sees("Kartu isu: 2 dari 3 sudah mengisi.")
    await writes(ketua, "Air keruh")
    await ketua.taps("Tutup: Kartu isu")
    await ketua.taps("Tetapkan hasil")
    await ketua.taps("Mulai: Rencana kerja")
    await siti.sees("kegiatan Rencana kerja")


async def test_who_answers_last_tells_whoever_guides_once(sim: Simulator, sqlite_bot: Running) -> None:
    house = await planted(
        sim, sqlite_bot, HENDRA, SITI, BUDI, role={HENDRA: roles.KETUA, SITI: roles.FASILITATOR}
    )
    ketua, siti, budi = house.people
    activity = await house.opens(AGREEMENT)
    await agrees(budi)
    await agrees(ketua)
    await ketua.sees_button("Tutup: Rencana kerja")
    await ketua.types("/menu")
    await ketua.sees("Kegiatan Rencana kerja: 2 dari 2 sudah mengisi. Tutup sekarang?")
    await siti.types("/menu")
    await siti.sees("Tutup sekarang?")
    await budi.types("/menu")
    await budi.sees("Tidak ada yang menunggu")
    await ketua.taps("Tutup: Rencana kerja")
    assert await house.state(activity) == "closed"


async def test_the_room_alone_is_asked_and_nobody_invited(sim: Simulator, sqlite_bot: Running) -> None:
    house = await planted(sim, sqlite_bot, HENDRA, SITI)
    ketua, siti = house.people
    group = await house.group()
    await ketua.types("/menu")
    await ketua.taps("Mulai topik 1.1")
    await ketua.taps("Buka topik ini")
    await ketua.taps("Siapkan dulu")
    await ketua.taps("Isi di pleno, tanpa undangan")
    await ketua.types("Pipa bocor")
    await ketua.taps("Selesai")
    await ketua.taps("Tutup: Kartu isu")
    await ketua.sees("Diisi sebagai hasil pleno.")
    await siti.types("/menu")
    seen = "\n".join(str(message["text"]) for message in await siti.messages())
    assert "sudah dibuka" not in seen
    assert "Kartu isu" not in "\n".join(str(message["text"]) for message in await group.messages())


async def test_a_result_left_lying_is_called_to_mind_the_next_morning_and_once(
    sim: Simulator, sqlite_bot: Running
) -> None:
    house = await planted(sim, sqlite_bot, HENDRA, SITI)
    ketua, siti = house.people
    activity = await house.opens(AGREEMENT)
    await agrees(siti)
    await house.closes(activity)
    await ketua.types("/menu")
    await ketua.sees("Rencana kerja sudah ditutup. Hasilnya menunggu ditetapkan.")
    while not await reminded(ketua):  # days off bring nothing
        await house.waits(days=1)
    for _ in range(2):
        await house.waits(days=1)
    assert await reminded(ketua) == 1
    await ketua.taps("Tetapkan: Rencana kerja")
    await ketua.sees_button("Tetapkan hasil")


async def reminded(ketua: Person) -> int:
    """How often the Ketua was told, beside the menu."""
    messages = [str(message["text"]) for message in await ketua.messages()]
    return sum("menunggu ditetapkan.\n\nPokja" in text for text in messages)
