"""Ties decided by the Ketua, and steps taken back."""

from bot.app import Running
from domain import roles
from simulator.phones.phone import Simulator
from tests.e2e.steps.basics import chooses, data_of, writes
from tests.e2e.steps.planting import CARDS, PAIRWISE, House, planted, to_desk
from tests.support.buttons import going
from tests.support.cast import BUDI, HENDRA, SITI

LEAK, DRY = "Pipa bocor", "Air mati"


async def test_the_ketua_decides_a_tie_and_takes_it_back(sim: Simulator, sqlite_bot: Running) -> None:
    house, activity = await tied(sim, sqlite_bot)
    ketua, siti, _ = house.people
    await to_desk(ketua, activity)
    await ketua.taps("Tutup pengisian")
    await ketua.sees("Nilai tertinggi masih sama: Pipa bocor, Air mati", last=1)
    for again in (True, False):
        await ketua.taps("Putusan Ketua")
        await chooses(ketua, DRY)
        await ketua.types("Paling mendesak")
        await ketua.sees("Ditetapkan oleh Hendra Wijaya: Paling mendesak", last=1)
        if again:
            undo = await data_of(ketua, "↶ Batalkan")
            await ketua.forges(undo, settles=False)
            await ketua.forges(undo)
            await ketua.sees("Nilai tertinggi masih sama", last=1)
    await ketua.taps("Tetapkan hasil")
    await siti.sees("Urutan pertama ditetapkan oleh Hendra Wijaya: Paling mendesak")
    assert [item["text"] for item in (await house.results())[-1].items] == [DRY, LEAK]
    actions = await house.audited()
    assert (actions.count("activity.move.decide"), actions.count("activity.move.undo")) == (2, 1)


async def test_a_sekretaris_cannot_decide_a_tie(sim: Simulator, sqlite_bot: Running) -> None:
    house, activity = await tied(sim, sqlite_bot)
    siti = house.people[1]
    await house.closes(activity)
    await to_desk(siti, activity)
    await siti.does_not_see("Putusan Ketua")
    await siti.forges(going("move", activity, word="decide"))
    assert "tidak dapat dilakukan sekarang" in await siti.toast()


async def test_taking_back_twice_takes_one_step_back(sim: Simulator, sqlite_bot: Running) -> None:
    house = await planted(sim, sqlite_bot, HENDRA, SITI)
    ketua, siti = house.people
    activity = await house.opens(CARDS)
    await writes(siti, "Pipa bocor", "Air mati", "Tagihan keliru")
    await house.closes(activity)
    await to_desk(ketua, activity)
    for card in ("Pipa bocor", "Air mati"):
        await ketua.taps("Sisihkan")
        await chooses(ketua, card)
        await ketua.types("Di luar topik")
    undo = await data_of(ketua, "↶ Batalkan")
    await ketua.forges(undo, settles=False)
    await ketua.forges(undo)
    await ketua.sees("Disisihkan: 1", last=1)


async def tied(sim: Simulator, running: Running) -> tuple[House, int]:
    """Two issues, and two voters of different mind; the Sekretaris has answered too."""
    role = {SITI: roles.SEKRETARIS, BUDI: roles.FASILITATOR}
    house = await planted(sim, running, HENDRA, SITI, BUDI, role=role)
    ketua, siti, _ = house.people
    cards = await house.opens(CARDS)
    await writes(siti, LEAK, DRY)
    await house.adopts(cards)
    await ketua.sees("versi 1")
    activity = await house.opens(PAIRWISE)
    for person, card in ((ketua, LEAK), (siti, DRY)):
        await person.sees("Peringkat isu")
        await person.taps("Mulai mengisi")
        await chooses(person, card)
        await person.sees("sudah lengkap")
    return house, activity
