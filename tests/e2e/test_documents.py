"""/dokumen on the phones: what there is, drafts that name what is missing, files that arrive and can be had again."""

from bot.app import Running
from simulator.phones import Person, Simulator
from tests.e2e.planting import CARDS, House, planted

TITLE = "Rangkuman isu dan rencana"


async def to_paper(person: Person) -> None:
    await person.types("/dokumen")
    await person.taps(TITLE)


async def house_with_cards(sim: Simulator, bot: Running) -> House:
    house = await planted(sim, bot, "Hendra Wijaya", "Siti Aminah")
    cards = await house.opens(CARDS)
    await house.people[1].taps("Mulai mengisi")
    await house.people[1].types("Air sering mati <b>malam</b>")
    await house.closes(cards)
    await house.adopts(cards)
    return house


async def test_a_draft_in_all_formats_names_what_is_missing(sim: Simulator, sqlite_bot: Running) -> None:
    house = await house_with_cards(sim, sqlite_bot)
    ketua = house.people[0]
    await to_paper(ketua)
    await ketua.sees("Belum ada:\n• Peringkat isu\n• Rencana kerja")
    await ketua.taps("Semua format")
    await ketua.sees("Selesai. Berkasnya dikirim di bawah.")
    chat = await ketua.screen()
    assert all(f"[document: {TITLE} - draf 1.{ending}]" in chat for ending in ("pdf", "docx", "xlsx"))
