"""What people do about documents on their phones, as steps."""

from bot.app import Running
from domain import roles
from simulator.phones.phone import Person, Simulator
from tests.e2e.steps.planting import CARDS, House, planted
from tests.support.cast import HENDRA, SITI, TONO
from tests.support.process_files import source

QUIET = 0.3
"""Seconds without a word after which the bot is done: what takes longer is waited for by what is seen."""
TITLE = "Rangkuman isu dan rencana"
SMALL = source("ringkas")
"""A process whose document is complete as soon as the cards are adopted."""


async def to_paper(person: Person, title: str = TITLE) -> None:
    await person.types("/dokumen")
    await person.taps(title)


async def house_with_cards(
    sim: Simulator,
    bot: Running,
    *names: str,
    process: str = SMALL,
    card: str = "Air sering mati <b>malam</b>",
) -> House:
    """A Pokja whose first activity is adopted; Tono is a guest."""
    sim.quiet = QUIET
    house = await planted(sim, bot, *(names or (HENDRA, SITI)), process=process, role={TONO: roles.TAMU})
    cards = await house.opens(CARDS)
    await house.people[1].taps("Mulai mengisi")
    await house.people[1].types(card)
    await house.closes(cards)
    await house.adopts(cards)
    return house


async def finishes(ketua: Person) -> None:
    """The Ketua has the document published; ends on its card."""
    await to_paper(ketua)
    await ketua.taps("✅ Terbitkan versi final")
    await ketua.taps("Ya, terbitkan")
    await ketua.sees("Selesai. Berkasnya dikirim di bawah.")


async def has_files(person: Person, *names: str) -> None:
    """Waits until these are there; no other may be."""
    for name in names:
        await person.receives_file(name)
    assert await files(person) == list(names)


async def files(person: Person, last: int = 30) -> list[str]:
    """Names of all files in the chat, oldest first."""
    return [file["name"] for message in await person.messages(last) for file in message["files"]]
