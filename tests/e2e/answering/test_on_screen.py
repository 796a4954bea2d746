"""What is typed answers the question on the screen; a code is a code wherever one is; nothing is swallowed."""

import sqlalchemy as sa

from bot.app import Running
from simulator.phones.phone import Simulator
from store.tables.core import Answer
from store.tables.meetings import MeetingCheckIn
from tests.e2e.steps.meetings import announced, begins, code_of, house_of
from tests.e2e.steps.planting import CARDS, planted
from tests.support.cast import HENDRA, SITI

NOTE, BETTER = "Setelah anggaran ada", "Setelah perubahan anggaran"


async def test_a_meeting_and_an_activity_at_once(sim: Simulator, sqlite_bot: Running) -> None:
    house = await house_of(sim, sqlite_bot, HENDRA, SITI)
    ketua, siti = house.people
    await announced(house, [siti])
    await begins(house)
    code = await code_of(ketua)
    activity = await house.opens(0)
    await siti.taps("Mulai mengisi")
    await siti.taps("Setuju dengan catatan")
    await siti.types(code)
    await siti.sees("Kehadiran Bapak/Ibu sudah dicatat", last=1)
    assert len(await house.rows(sa.select(MeetingCheckIn.meeting_id))) == 1
    await siti.types("123456")  # a mere number
    await siti.taps("« Kembali")
    await siti.sees("Jawaban sekarang: 123456", last=1)
    await siti.types(NOTE)
    await siti.taps("« Kembali")
    await siti.types(BETTER)
    assert await house.rows(sa.select(Answer.value).order_by(Answer.id)) == ["note", BETTER]
    await siti.taps("Keberatan")
    await house.closes(activity)
    await siti.types("Belum ada dananya")
    shown = await siti.sees("sudah ditutup", last=1)
    assert "Belum dipakai: “Belum ada dananya”" in shown["text"]
    await siti.types(code)
    await siti.sees("Kehadiran Bapak/Ibu sudah dicatat", last=1)
    assert len(await house.rows(sa.select(Answer))) == 3


async def test_words_offered_to_what_is_closed_meanwhile_are_shown_again(
    sim: Simulator, sqlite_bot: Running
) -> None:
    house = await planted(sim, sqlite_bot, HENDRA, SITI)
    siti = house.people[1]
    activity = await house.opens(CARDS)
    await siti.types("/menu")
    await siti.types("Pipa bocor")
    offered = await siti.sees("Maksud Bapak/Ibu untuk apa?", last=1)
    await house.closes(activity)
    await siti.taps(offered["buttons"][0][0]["text"])
    await siti.sees("Belum dipakai: “Pipa bocor”", last=1)
