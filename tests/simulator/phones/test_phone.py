"""Whole flows: python-telegram-bot as the bot, phones as the people, robots as the impatient ones."""

from __future__ import annotations

import asyncio
import contextlib
import re
from collections.abc import AsyncIterator

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, Message, Update
from telegram.error import BadRequest, Forbidden

from simulator.phones.phone import Person, Simulator
from simulator.simulation import DEFAULT_TOKEN
from tests.support.cast import SITI

QUESTIONS = 15


class Quiz:
    """A small bot on python-telegram-bot: asks, counts, hands out a file."""

    def __init__(self, url: str) -> None:
        self.bot = Bot(DEFAULT_TOKEN, base_url=f"{url}/bot", base_file_url=f"{url}/file/bot")
        self.asked: dict[int, int] = {}
        self.received: list[tuple[str, bytes]] = []

    async def run(self) -> None:
        """Poll, handle, then confirm."""
        async with self.bot:
            offset = 0
            while True:
                for update in await self.bot.get_updates(offset=offset, timeout=10):
                    await self.handle(update)
                    offset = update.update_id + 1

    async def handle(self, update: Update) -> None:
        if update.callback_query:
            await self._answer(update)
        elif update.message:
            await self._reply(update.message)

    async def _answer(self, update: Update) -> None:
        query = update.callback_query
        assert query is not None
        count = self.asked[query.from_user.id] = self.asked.get(query.from_user.id, 0) + 1
        await query.answer(f"Tercatat {count}")
        if count < QUESTIONS:
            await query.edit_message_text(
                self._question(count), parse_mode="HTML", reply_markup=self._keyboard()
            )
        else:
            await query.edit_message_text("Terima kasih. Ketik nama Anda.")

    async def _reply(self, message: Message) -> None:
        if message.document:
            file = await message.document.get_file()
            self.received.append(
                (message.document.file_name or "", bytes(await file.download_as_bytearray()))
            )
            await message.reply_text("Berkas diterima")
        elif message.sticker:
            await message.reply_text("Stiker lucu")
        elif (message.text or "").startswith("/start"):
            await message.reply_html(self._question(0), reply_markup=self._keyboard())
        elif message.text == "berkas":
            await message.reply_document(b"isi rekap", filename="Rekap.txt", caption="Ini rekapnya")
        else:
            await message.reply_text(f"Halo {message.text}")

    def _question(self, count: int) -> str:
        return f"Pertanyaan <b>{count + 1} dari {QUESTIONS}</b>: A &amp; B?"

    def _keyboard(self) -> InlineKeyboardMarkup:
        labels = ("A. Pertama", "A", "B", "Kembali")
        return InlineKeyboardMarkup([[InlineKeyboardButton(label, callback_data=label) for label in labels]])


@pytest.fixture
async def quiz(url: str) -> AsyncIterator[Quiz]:
    made = Quiz(url)
    running = asyncio.create_task(made.run())
    yield made
    running.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await running


@pytest.fixture
def patient(sim: Simulator) -> Simulator:
    sim.patience = 20.0
    return sim


async def test_seven_members_answer_fifteen_questions_each(patient: Simulator, quiz: Quiz) -> None:
    members = [await patient.person(f"Anggota {number}") for number in range(1, 8)]

    async def flow(member: Person) -> None:
        await member.starts("kode")
        await member.sees("Pertanyaan 1 dari 15: A & B?")
        for _ in range(QUESTIONS):
            await member.taps("A")
        await member.sees("Terima kasih")
        assert await member.toast() == "Tercatat 15"
        await member.types(member.name)
        await member.sees(f"Halo {member.name}")

    await asyncio.gather(*(flow(member) for member in members))
    assert await patient.faults() == []
    counters = await patient.counters()
    assert (counters["taps"], counters["answered_taps"]) == (105, 105)
    assert counters["refused_by_flood"] == 0
    assert {report["data"] for report in await patient.tap_reports()} == {"A"}


async def test_files_and_stickers_go_both_ways(patient: Simulator, quiz: Quiz) -> None:
    siti = await patient.person(SITI)
    await siti.sends_document("daftar.csv", b"a;b\n", caption="ini")
    await siti.sees("Berkas diterima")
    assert quiz.received == [("daftar.csv", b"a;b\n")]
    await siti.starts()
    await siti.types("berkas")
    assert await siti.receives_file("Rekap") == ("Rekap.txt", b"isi rekap")
    await siti.sends_sticker()
    await siti.sees("Stiker lucu")


async def test_a_library_sees_telegrams_errors(sim: Simulator, url: str) -> None:
    siti = await sim.person("Siti")
    async with Bot(DEFAULT_TOKEN, base_url=f"{url}/bot") as bot:
        with pytest.raises(BadRequest, match="Chat not found"):
            await bot.send_message(siti.id, "a")
        await siti.starts(settles=False)
        sent = await bot.send_message(siti.id, "<i>a</i>", parse_mode="HTML")
        with pytest.raises(BadRequest, match="Message is not modified"):
            await sent.edit_text("<i>a</i>", parse_mode="HTML")
        with pytest.raises(BadRequest, match="Can't parse entities: unsupported start tag"):
            await bot.send_message(siti.id, "<p>a</p>", parse_mode="HTML")
        await siti.blocks()
        with pytest.raises(Forbidden, match="bot was blocked by the user"):
            await bot.send_message(siti.id, "a")
    assert await sim.faults() == []


async def test_a_failing_step_shows_the_whole_screen(sim: Simulator, url: str) -> None:
    sim.patience = 0.01
    siti = await sim.person(SITI)
    await siti.starts(settles=False)
    async with Bot(DEFAULT_TOKEN, base_url=f"{url}/bot") as bot:
        keyboard = InlineKeyboardMarkup.from_button(InlineKeyboardButton("Gabung", callback_data="g"))
        await bot.send_message(siti.id, "Selamat datang", reply_markup=keyboard)
    await siti.sees_button("Gab")
    assert await siti.buttons() == ["Gabung"]
    with pytest.raises(AssertionError) as caught:
        await siti.sees("Sampai jumpa")
    assert str(caught.value) == (
        "Siti Aminah does not see 'Sampai jumpa'\n"
        "── Siti Aminah ──\n"
        "Siti Aminah:\n   /start\n"
        "Asisten Pokja:\n   Selamat datang\n   ⟦Gabung⟧"
    )
    for step in (
        siti.taps("Tidak ada"),
        siti.does_not_see("Gabung"),
        siti.receives_file(),
        siti.taps("Gabung"),
    ):
        with pytest.raises(AssertionError, match=re.escape("⟦Gabung⟧")):
            await step


async def test_robots_answer_by_themselves_and_stop(patient: Simulator, quiz: Quiz) -> None:
    rules = [{"when": "Ketik nama", "types": ["Robot"]}]
    await patient.control.post("/control/robots", on=True, rules=rules, delay=[0, 0])
    siti = await patient.person("Siti")
    await siti.starts(settles=False)
    await siti.sees("Halo Robot")
    data = {report["data"] for report in await patient.tap_reports()}
    assert data <= {"A. Pertama", "A", "B"}
    assert len(await patient.tap_reports()) == QUESTIONS
    await patient.control.post("/control/robots", on=False)
    await siti.starts()
    await siti.sees("Pertanyaan 1 dari 15")
    assert len(await patient.tap_reports()) == QUESTIONS


async def test_robots_prefer_what_a_rule_names(patient: Simulator, quiz: Quiz) -> None:
    rules = [{"when": "Pertanyaan", "taps": ["^B$"]}]
    siti = await patient.person("Siti")
    budi = await patient.person("Budi")
    settings = {"on": True, "rules": rules, "delay": [0, 0], "users": [siti.id]}
    await patient.control.post("/control/robots", **settings)
    await siti.starts(settles=False)
    await budi.starts(settles=False)
    await siti.sees("Terima kasih")
    await budi.sees("Pertanyaan 1 dari")
    assert {(report["user_id"], report["data"]) for report in await patient.tap_reports()} == {(siti.id, "B")}
