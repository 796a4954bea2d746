"""Who is invited to a meeting, and what they answer."""

import pytest
import sqlalchemy as sa

from bot.app import Running
from simulator.phones.phone import Simulator
from store.tables.meetings import MeetingReply
from tests.e2e.steps.basics import refusal
from tests.e2e.steps.meetings import announced, announces, calendar_of, house_of, invites, plans, to_meeting
from tests.support.buttons import going
from tests.support.cast import BUDI, HENDRA, RINA, SITI, TONO

pytestmark = pytest.mark.telling_days


async def test_people_answer_and_change_their_answer(sim: Simulator, bot: Running) -> None:
    house = await house_of(sim, bot, HENDRA, SITI, BUDI, RINA)
    ketua, siti, budi, rina = house.people
    group = await house.group()
    await announced(house)
    notice = await group.sees("Undangan dikirim ke chat pribadi")
    assert "09.15 Paparan hasil pendataan" in notice["text"]
    await siti.taps("Hadir")
    await siti.sees("Jawaban Bapak/Ibu: hadir", last=1)
    await budi.taps("Tidak hadir")
    await budi.types("Dinas luar ke provinsi")
    await budi.sees("Jawaban Bapak/Ibu: tidak hadir (Dinas luar ke provinsi)", last=1)
    await rina.taps("Diwakilkan")
    await rina.types("Agus, staf perencanaan")
    await rina.sees("diwakilkan (Agus, staf perencanaan)", last=1)
    await siti.types("/menu")
    await siti.sees("Bapak/Ibu hadir", last=1)
    await ketua.types("/menu")
    await ketua.sees("belum dijawab", last=1)
    await ketua.taps("📅 Pertemuan berikutnya")
    await ketua.sees("Hadir 1 · tidak 1 · diwakilkan 1 · belum menjawab 1", last=1)
    await to_meeting(budi)
    await budi.taps("Hadir")
    await ketua.taps("Siapa hadir?")
    text = (await ketua.newest())["text"]
    assert "Hadir (2):\n• Siti Aminah – Dinas 1\n• Budi Santoso – Dinas 2" in text
    assert "• Rina Kartika – oleh Agus, staf perencanaan" in text
    assert "Belum menjawab (1):\n• Hendra Wijaya" in text
    assert await house.rows(sa.select(MeetingReply.answer).order_by(MeetingReply.id)) == [
        "yes",
        "no",
        "deputy",
        "yes",
    ]


async def test_a_guest_is_invited_later_and_uninvited(sim: Simulator, sqlite_bot: Running) -> None:
    house = await house_of(sim, sqlite_bot, HENDRA, SITI, TONO)
    ketua, siti, tamu = house.people
    await plans(ketua)
    await announces(ketua)
    await siti.sees("Apakah Bapak/Ibu hadir?")
    assert "tidak ada dalam daftar undangan" in await refusal(tamu, going("meeting", 1))
    await ketua.taps("Ubah / batalkan")
    await ketua.taps("Undangan")
    await ketua.sees("2 dari 3 orang diundang")
    await ketua.taps("☐ Tono Prasetyo")
    await ketua.taps("Ya")
    await tamu.sees("Yth. Bapak/Ibu Tono Prasetyo, mohon hadir")
    await ketua.taps("☑ Tono Prasetyo")
    await ketua.taps("Ya")
    await tamu.sees("tidak perlu hadir")
    read, _ = await calendar_of(tamu)
    assert read["method"] == "CANCEL"
    await ketua.taps("☐ Tono Prasetyo")
    await ketua.taps("Ya")
    await tamu.sees("mohon hadir", last=1)
    assert len([each for each in await siti.messages() if "mohon hadir" in each["text"]]) == 1


async def test_inviting_by_role_and_by_instansi(sim: Simulator, sqlite_bot: Running) -> None:
    house = await house_of(sim, sqlite_bot, HENDRA, SITI, BUDI, TONO)
    ketua = house.people[0]
    await plans(ketua)
    await ketua.taps("Undangan")
    await ketua.sees("3 dari 4 orang diundang", last=1)
    await invites(ketua, "Menurut peran", "Tamu")
    await ketua.sees("4 dari 4 orang diundang", last=1)
    await ketua.taps("☑ Budi Santoso")
    await ketua.sees("3 dari 4 orang diundang", last=1)
    await invites(ketua, "Menurut instansi", "Dinas 2")
    await ketua.sees("4 dari 4 orang diundang", last=1)


async def test_a_breakout_group_is_invited(sim: Simulator, sqlite_bot: Running) -> None:
    house = await house_of(sim, sqlite_bot, HENDRA, SITI, BUDI, RINA)
    ketua = house.people[0]
    await ketua.taps("○ Waktu pertemuan")
    await ketua.taps("Bagi kelompok")
    await ketua.taps("2")
    await ketua.taps("Saya pilih sendiri")
    await ketua.taps("☐ Budi Santoso")
    await ketua.taps("☐ Rina Kartika")
    await ketua.taps("Selesai memilih")
    await plans(ketua)
    await ketua.taps("Undangan")
    for name in (HENDRA, SITI, BUDI, RINA):
        await ketua.taps(f"☑ {name}")
    await ketua.sees("0 dari 4 orang diundang", last=1)
    await invites(ketua, "Menurut kelompok", "Kelompok 1")
    await ketua.sees_button("☑ Budi Santoso")
    await ketua.sees_button("☑ Rina Kartika")
    await ketua.sees("2 dari 4 orang diundang", last=1)
