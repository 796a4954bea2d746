"""What is said of a meeting, and when: announced, moved, changed, cancelled, each once and with a calendar."""

import re
from typing import Any

import pytest
import sqlalchemy as sa

import store.meetings
from bot.app import Running
from domain.meetings.agenda import AgendaItem
from simulator.phones.phone import Simulator
from store.tables.meetings import MeetingRow
from tests.e2e.steps.basics import data_of, refusal
from tests.e2e.steps.meetings import (
    announced,
    announces,
    calendar_of,
    changes,
    house_of,
    plans,
    says_link,
    to_meeting,
)
from tests.e2e.steps.reminding import zone_name
from tests.support.buttons import going
from tests.support.cast import BUDI, HENDRA, SITI
from usecases.meetings import changing, notices

pytestmark = pytest.mark.telling_days


async def test_the_announcement_reaches_everybody_once_with_a_calendar(sim: Simulator, bot: Running) -> None:
    house = await house_of(sim, bot, HENDRA, SITI, BUDI)
    ketua, _, budi = house.people
    await plans(ketua)
    await ketua.taps("Pratinjau & umumkan")
    await ketua.sees("Dikirim ke 3 orang", last=1)
    announce = await data_of(ketua, "📣 Umumkan")
    await ketua.forges(announce)
    await budi.sees("Yth. Bapak/Ibu Budi Santoso, mohon hadir")
    assert "sudah diumumkan" in await refusal(ketua, announce)  # twice is once
    invitations = [each for each in await budi.messages() if "mohon hadir" in each["text"]]
    assert len(invitations) == 1
    read, event = await calendar_of(budi)
    assert (read["method"], event["sequence"], event["status"]) == ("PUBLISH", 0, "CONFIRMED")
    assert str(event["location"]) == "Aula Bappeda"
    assert event.decoded("dtstart").strftime("%H.%M %Z") == f"09.00 {zone_name(sim)}"
    assert event.decoded("dtend").strftime("%H.%M") == "10.00"
    assert "1. Meninjau hasil" in str(event["description"])


async def test_a_moved_meeting_says_from_when_to_when_and_asks_anew(sim: Simulator, bot: Running) -> None:
    house = await house_of(sim, bot, HENDRA, SITI, BUDI)
    ketua, siti, budi = house.people
    group = await house.group()
    await announced(house)
    await budi.taps("Hadir")
    _, first = await calendar_of(budi)
    await changes(ketua, "Ubah waktu")
    await ketua.types("lusa")
    await ketua.types("13.30")
    zone = zone_name(sim)
    question = (await ketua.sees("Beri tahu 3 orang", last=1))["text"]
    assert re.search(rf"Waktu: .+ pukul 09\.00 {zone} → .+ pukul 13\.30 {zone}", question)
    await ketua.taps("Ya")
    told = (await budi.sees("Perubahan pertemuan"))["text"]
    assert re.search(rf"Waktu: .+ pukul 09\.00 {zone} → .+ pukul 13\.30 {zone}", told)
    assert "Mohon jawab lagi" in told
    read, moved = await calendar_of(budi)
    assert (moved["uid"], moved["sequence"]) == (first["uid"], 1)
    assert moved.decoded("dtstart").strftime("%H.%M") == "13.30"
    assert read["method"] == "PUBLISH"
    await group.sees("→")
    await to_meeting(budi)
    await budi.sees("Mohon jawab: apakah Bapak/Ibu hadir?", last=1)  # the answer was about another time
    await changes(ketua, "Ubah tempat")
    await ketua.types("Ruang rapat Bupati")
    await says_link(ketua)
    await ketua.taps("Ya")
    await siti.sees("Tempat: Aula Bappeda → Ruang rapat Bupati")
    _, placed = await calendar_of(siti)
    assert (placed["uid"], placed["sequence"], str(placed["location"])) == (
        first["uid"],
        2,
        "Ruang rapat Bupati",
    )


async def test_changes_of_the_agenda_are_sent_together(sim: Simulator, sqlite_bot: Running) -> None:
    house = await house_of(sim, sqlite_bot, HENDRA, SITI)
    ketua, siti = house.people
    await announced(house)
    await changes(ketua, "Agenda")
    await ketua.taps("＋ Tambah butir")
    await ketua.types("Pembagian tugas")
    await ketua.types("10")
    await ketua.taps("2")
    await ketua.taps("Hapus")
    await ketua.sees("belum dikirim", last=1)
    await siti.does_not_see("Perubahan pertemuan")
    await ketua.taps("Kirim perubahan agenda")
    await ketua.taps("Ya")
    told = (await siti.sees("Perubahan pertemuan"))["text"]
    assert "– Paparan hasil pendataan" in told
    assert "＋ Pembagian tugas" in told
    assert "Lama: 60 menit → 55 menit" in told
    assert await house.rows(sa.select(MeetingRow.sequence)) == [1]
    await siti.does_not_see("Mohon jawab lagi")


async def test_a_cancelled_meeting_says_why_and_leaves_the_calendar(sim: Simulator, bot: Running) -> None:
    house = await house_of(sim, bot, HENDRA, SITI, BUDI)
    ketua, _, budi = house.people
    group = await house.group()
    await announced(house)
    _, first = await calendar_of(budi)
    await changes(ketua, "Batalkan pertemuan")
    await ketua.types("Ada rapat paripurna DPRD")
    await ketua.taps("Ya")
    await budi.sees("Alasan: Ada rapat paripurna DPRD")
    await group.sees("Ada rapat paripurna DPRD")
    read, event = await calendar_of(budi)
    assert (read["method"], event["status"]) == ("CANCEL", "CANCELLED")
    assert (event["uid"], event["sequence"]) == (first["uid"], 1)
    assert await refusal(budi, going("meeting_yes", 1)) == "Pertemuan ini sudah dibatalkan."
    await budi.types("/menu")
    await budi.does_not_see("belum dijawab", last=1)
    assert "meeting.cancel" in await house.audited()


async def test_a_long_agenda_is_sent_whole_with_its_keys(sim: Simulator, sqlite_bot: Running) -> None:
    house = await house_of(sim, sqlite_bot, HENDRA, SITI)
    ketua, siti = house.people
    await plans(ketua)
    async with house.running.database.transaction() as session:
        row = await session.get_one(MeetingRow, 1)
        text = "Pembahasan nomor {} " + "panjang & <b> " * 10
        long = [AgendaItem(number, "ordinary", text.format(number), 5) for number in range(1, 31)]
        row.agenda, row.minutes = store.meetings.agenda_data(long), 150
    await ketua.taps("Agenda")
    await ketua.taps("30")
    await ketua.taps("‹ Pertemuan")
    await announces(ketua)
    await siti.sees("Pembahasan nomor 29")
    await siti.taps("Hadir")
    await siti.sees("Jawaban Bapak/Ibu: hadir")
    _, event = await calendar_of(siti)
    assert "30. Pembahasan nomor 30 panjang & <b>" in str(event["description"])


async def test_what_has_become_idle_is_not_said(sim: Simulator, bot: Running) -> None:
    """An invitation that was long on its way is left out when the meeting was called off meanwhile."""
    house = await house_of(sim, bot, HENDRA, SITI)
    ketua, siti = house.people
    await plans(ketua)
    member = (await house.member(siti)).id
    await house.does(ketua, lambda work: changing.announce(work, 1))
    await siti.sees("mohon hadir")
    payload = {"meeting": 1, "sequence": 0, "page": "meeting_invited", "to": member}

    async def notice() -> Any:
        async with house.running.database.reading() as session:
            return await notices.read(session, payload)

    assert (await notice()).to == SITI
    async with house.running.database.transaction() as session:
        await store.meetings.uninvite(session, 1, member)
    assert await notice() is None
    async with house.running.database.transaction() as session:
        await store.meetings.invite(session, 1, [member])
        (await session.get_one(MeetingRow, 1)).state = "cancelled"
    assert await notice() is None
