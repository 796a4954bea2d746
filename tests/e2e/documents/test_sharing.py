"""What is final goes to the group or to every member with one key, to nobody twice; letters have their numbers."""

from collections.abc import Sequence

import pytest
import sqlalchemy as sa

from bot.app import Running
from domain.documents.editions import PDF, Edition
from simulator.phones.phone import Person, Simulator
from store.tables.core import Outgoing
from store.tables.documents import LetterNumber
from tests.e2e.steps.basics import data_of
from tests.e2e.steps.documents import TITLE, files, finishes, house_with_cards, to_paper
from tests.support.buttons import going, redirected
from tests.support.cast import BUDI, HENDRA, RINA, SITI, TONO
from usecases.documents.kinds import registry
from usecases.documents.kinds.base import Ground, Paper

FINAL = f"{TITLE} - final 1.pdf"
SENT = sa.select(Outgoing.chat_id).where(Outgoing.kind == "document").order_by(Outgoing.id)


async def gets(person: Person, name: str) -> None:
    assert (await person.receives_file(name))[0] == name


async def test_every_member_gets_it_once_but_no_guest(sim: Simulator, bot: Running) -> None:
    house = await house_with_cards(sim, bot, HENDRA, SITI, TONO, BUDI, RINA)
    ketua, siti, tono, budi, rina = house.people
    await rina.blocks()
    await finishes(ketua)
    await ketua.taps("‹ Dokumen ini")
    assert "📤 Bagikan ke grup" not in await ketua.buttons()
    await ketua.taps("📤 Kirim ke semua anggota")
    await ketua.sees("akan dikirim kepada 2 anggota")
    await ketua.sees("1 anggota tidak dapat dihubungi.")
    await ketua.taps("Tidak jadi")
    await ketua.taps("📤 Kirim ke semua anggota")
    send = await data_of(ketua, "Ya, kirim")
    await ketua.taps("Ya, kirim")
    assert await ketua.toast() == "Dokumen dikirim kepada 2 anggota."
    for person in (siti, budi):
        await gets(person, FINAL)
    await ketua.forges(send)
    assert "sudah menerima" in (await ketua.last_answer())["text"]
    await ketua.taps("📤 Kirim ke semua anggota")
    assert "sudah menerima" in (await ketua.last_answer())["text"]
    assert await files(siti) == await files(budi) == [FINAL]
    assert await files(tono) == []
    assert (await files(ketua)).count(FINAL) == 1
    assert "document.shared" in await house.audited()


async def test_the_group_gets_it_once(sim: Simulator, sqlite_bot: Running) -> None:
    house = await house_with_cards(sim, sqlite_bot)
    ketua, siti = house.people
    group = await house.group()
    await finishes(ketua)
    await ketua.taps("‹ Dokumen ini")
    share = await data_of(ketua, "📤 Bagikan")
    await ketua.taps("📤 Bagikan ke grup")
    await ketua.sees("Semua yang ada di grup dapat membacanya")
    await ketua.taps("Ya, kirim")
    assert (await group.receives_file(FINAL))[0] == FINAL
    await ketua.forges(share)
    assert "sudah menerima" in (await ketua.last_answer())["text"]
    for data in (share, redirected(share, "paper_send")):
        await siti.forges(data)
        assert "wewenang" in (await siti.last_answer())["text"]
    assert (await house.rows(SENT)).count(group.chat_id) == 1


async def test_a_draft_is_not_handed_round(sim: Simulator, sqlite_bot: Running) -> None:
    house = await house_with_cards(sim, sqlite_bot)
    ketua = house.people[0]
    await to_paper(ketua)
    await ketua.taps("PDF")
    await ketua.sees("Selesai.")
    await ketua.taps("‹ Dokumen ini")
    assert "📤 Kirim ke semua anggota" not in await ketua.buttons()
    await ketua.forges(going("paper_send", 1, word="members"))
    assert "tidak disimpan" in (await ketua.last_answer())["text"]
    assert await house.rows(SENT) == [ketua.id]


async def gathered(ground: Ground) -> Edition:
    return ground.edition("stationery_sample", "Surat contoh", {})


LETTERS = tuple(
    Paper(f"surat-{n}", f"Surat contoh {n}", gathered, formats=(PDF,), letter=f"surat-{n}" if n < 3 else "")
    for n in range(1, 4)
)


def letters_of(ground: Ground) -> Sequence[Paper]:
    return LETTERS


@pytest.fixture
def letters(monkeypatch: pytest.MonkeyPatch) -> None:
    """A Pokja's only papers are two letters, and one that is none."""
    monkeypatch.setattr(registry, "papers_for", letters_of)
    monkeypatch.setattr("usecases.documents.ordering.papers_for", letters_of)


async def publishes(ketua: Person, title: str) -> str:
    """The letter's number, as its card tells it afterwards."""
    await to_paper(ketua, title)
    await ketua.taps("✅ Terbitkan versi final")
    await ketua.taps("Ya, terbitkan")
    await ketua.sees("Selesai.", last=2)
    await ketua.taps("‹ Dokumen ini")
    text = (await ketua.sees("Yang pernah disusun"))["text"]
    return next((line for line in text.splitlines() if line.startswith("Nomor surat")), "")


@pytest.mark.usefixtures("letters")
async def test_a_letter_is_numbered_once_it_is_final(sim: Simulator, sqlite_bot: Running) -> None:
    house = await house_with_cards(sim, sqlite_bot)
    ketua = house.people[0]
    year = sqlite_bot.clock.now().year
    await to_paper(ketua, "Surat contoh 1")
    await ketua.taps("PDF")
    await ketua.sees("Selesai.")
    assert await house.rows(sa.select(LetterNumber)) == [], "a draft has none"
    first = await publishes(ketua, "Surat contoh 1")
    assert first.startswith("Nomor surat: 001/POKJA/")
    assert first.endswith(f"/{year}")
    assert (await publishes(ketua, "Surat contoh 2")).startswith("Nomor surat: 002/POKJA/")
    assert await publishes(ketua, "Surat contoh 1") == first, "the same letter keeps its number"
    assert await publishes(ketua, "Surat contoh 3") == "", "what is no letter has none"
