"""One's own data: seeing it, having it removed, and text that tries to be more than text."""

import pytest
import sqlalchemy as sa

from bot.app import Running
from domain import roles
from simulator.phones.phone import Group, Person, Simulator
from store.tables.core import Membership, Outgoing, User
from tests.e2e.steps.basics import found_pokja, invitation_link, writes
from tests.e2e.steps.planting import CARDS, House, planted
from tests.support.buttons import going
from tests.support.cast import BUDI, HENDRA, SITI


async def test_a_member_sees_what_is_kept(sim: Simulator, sqlite_bot: Running) -> None:
    house = await planted(sim, sqlite_bot, HENDRA, SITI)
    siti = house.people[1]
    await house.opens(CARDS)
    await writes(siti, "Pipa bocor")
    await siti.types("/data")
    await siti.sees("Pokja Air Minum: Siti Aminah, Kepala Seksi, Dinas 1 (Anggota)", last=1)
    await siti.sees("Jawaban: 2", last=1)


async def test_a_member_erases_themselves(sim: Simulator, bot: Running) -> None:
    house = await planted(sim, bot, HENDRA, SITI, BUDI)
    ketua, siti, _ = house.people
    await house.opens(CARDS)
    await writes(siti, "Pipa bocor")
    await ketua.forges(going("give"))
    await ketua.types("Menyalin daftar hadir")
    await ketua.taps(SITI)
    await ketua.taps("Tidak ada, cukup satu orang")
    await ketua.types("besok")
    await siti.sees("penanggung jawab")
    await siti.types("/data")
    await siti.taps("Hapus data saya")
    await siti.sees("Lanjutkan?")
    await siti.taps("Ya, hapus data saya")
    await siti.sees("Data Bapak/Ibu sudah dihapus")
    await ketua.sees("Ada 1 tindak lanjut yang ditinggalkan")
    assert SITI not in await house.rows(sa.select(Membership.name))
    assert SITI not in await house.rows(sa.select(User.name))
    assert await house.rows(sa.select(Outgoing.id).where(Outgoing.chat_id == siti.id)) == []
    await ketua.types("/anggota")
    await ketua.sees("(2 orang)", last=1)
    await ketua.does_not_see(SITI, last=1)
    await siti.types("/menu")
    await siti.sees("Selamat datang", last=1)
    assert SITI not in await house.rows(sa.select(User.name))


async def test_answers_of_somebody_erased_stay_in_the_result(sim: Simulator, sqlite_bot: Running) -> None:
    house = await planted(sim, sqlite_bot, HENDRA, SITI)
    siti = house.people[1]
    activity = await house.opens(CARDS)
    await writes(siti, "Pipa bocor")
    await siti.types("/data")
    await siti.taps("Hapus data saya")
    await siti.taps("Ya, hapus data saya")
    await siti.sees("sudah dihapus")
    await house.adopts(activity)
    assert [item["text"] for item in (await house.results())[0].items] == ["Pipa bocor"]


async def test_changing_ones_mind_erases_nothing(sim: Simulator, sqlite_bot: Running) -> None:
    house = await planted(sim, sqlite_bot, HENDRA, SITI)
    siti = house.people[1]
    await siti.types("/data")
    await siti.taps("Hapus data saya")
    await siti.taps("Tidak jadi")
    await siti.sees("Siti Aminah · Anggota", last=1)


async def test_a_ketua_hands_over_before_being_erased(sim: Simulator, sqlite_bot: Running) -> None:
    house = await planted(sim, sqlite_bot, HENDRA, SITI)
    ketua = house.people[0]
    await ketua.types("/data")
    await ketua.taps("Hapus data saya")
    assert "Serahkan dulu jabatan Ketua" in await ketua.toast()
    await ketua.forges(going("do", 1, word="erase"))
    assert "Serahkan dulu jabatan Ketua" in await ketua.toast()
    assert (await house.member(ketua)).role == roles.KETUA


async def test_somebody_without_a_pokja_sees_their_data_too(sim: Simulator, sqlite_bot: Running) -> None:
    siti = await sim.person(SITI)
    await siti.starts()
    await siti.types("/data")
    await siti.sees("Nama akun: Siti Aminah")


HOSTILE = [
    "<b>Air</b> & <script>",
    "{{7*7}} {% x %}",
    "👨‍👩‍👧 Air 👍🏽",
    "مياه الشرب",
    "Baris satu\nBaris dua",
    '"><a href="tg://x">Air',
]


@pytest.mark.parametrize("text", HOSTILE)
async def test_hostile_text_is_shown_as_typed_everywhere(
    sim: Simulator, sqlite_bot: Running, text: str
) -> None:
    """As the name of the Pokja, as a member's name, instansi and jabatan, and on a card; in one line for lists."""
    ketua, siti = await sim.people(HENDRA, SITI)
    await found_pokja(ketua, text)
    text = " ".join(text.split())
    await ketua.sees(f"Undangan {text}")
    await hostile_newcomer(ketua, siti, text)
    await ketua.types("/anggota")
    await ketua.sees(f"2. {text} – {text}, Anggota", last=1)
    group = await sim.group("Grup", [ketua, siti], with_bot=True)
    await card_of(House(sim, sqlite_bot, 1, [ketua, siti]), siti, group, text)


async def test_a_name_of_several_lines_forges_no_line_of_a_list(sim: Simulator, sqlite_bot: Running) -> None:
    house = await planted(sim, sqlite_bot, HENDRA)
    ketua, siti = house.people[0], await sim.person(SITI)
    await hostile_newcomer(ketua, siti, "Siti\n3. Budi – Bupati, Ketua")
    await ketua.types("/anggota")
    lines = (await ketua.sees("(2 orang)", last=1))["text"].splitlines()
    assert [line for line in lines if line.startswith("3.")] == []


async def hostile_newcomer(ketua: Person, siti: Person, text: str) -> None:
    await siti.opens(await invitation_link(ketua))
    for _ in range(3):
        await siti.types(text)
    text = " ".join(text.split())
    await ketua.sees(f"{text}\n{text}, {text}\n\ningin bergabung dengan")
    await ketua.taps("Terima")
    await ketua.sees(f"{text} diterima di Pokja")
    await siti.sees(f"Bapak/Ibu {text}. Permintaan ke")


async def card_of(house: House, siti: Person, group: Group, text: str) -> None:
    """The same text on a card, up to the group's result."""
    await house.links(group)
    activity = await house.opens(CARDS)
    await siti.sees(f"Yth. Bapak/Ibu {text}, kegiatan")
    await siti.taps("Mulai mengisi")
    await siti.types(text)
    for _ in range(2):
        await siti.taps("Selesai" if "Selesai" in await siti.buttons() else "Tidak ada")
    await house.people[0].forges(going("turnout", activity))
    await house.people[0].sees(f"• {text} – {text}")
    await house.adopts(activity)
    await group.sees(f"• {text}")
    assert f"• {text}" in (await group.sees("segel"))["text"]
