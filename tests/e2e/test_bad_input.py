"""Whatever people send or tap, by mistake or on purpose: a clear answer in Indonesian, or silence."""

import pytest
import sqlalchemy as sa

from bot import callbacks
from bot.app import Running
from bot.callbacks import Back, Cancel, Choose, Clear, Go, Press, Turn, View, pack
from simulator.phones.phone import Simulator
from store.tables.core import Answer
from tests.e2e.steps.basics import data_of, found_pokja
from tests.e2e.steps.planting import AGREEMENT, CARDS, planted
from tests.support.buttons import going
from tests.support.cast import BUDI, HENDRA, SITI
from usecases.answering.tasks import TaskRef

CARD_EXPECTED = "silakan tulis jawabannya sebagai pesan biasa"


async def test_text_where_a_button_is_due(sim: Simulator, bot: Running) -> None:
    house = await planted(sim, bot, HENDRA, SITI)
    siti = house.people[1]
    await house.opens(AGREEMENT)
    await siti.taps("Mulai mengisi")
    await siti.types("setuju sekali")
    await siti.sees("silakan tekan salah satu tombol")
    await siti.taps("Setuju")
    await siti.sees("2 dari 2")


async def test_stickers_contacts_and_pictures_where_text_is_due(sim: Simulator, sqlite_bot: Running) -> None:
    house = await planted(sim, sqlite_bot, HENDRA, SITI)
    siti = house.people[1]
    await house.opens(CARDS)
    await siti.taps("Mulai mengisi")
    for send in (siti.sends_sticker, siti.sends_contact, lambda: siti.sends_document("a.pdf", b"%PDF")):
        await send()
        assert CARD_EXPECTED in (await siti.newest())["text"]
    assert await house.rows(sa.select(Answer)) == []


async def test_a_message_of_4096_characters_is_told_its_limit(sim: Simulator, sqlite_bot: Running) -> None:
    house = await planted(sim, sqlite_bot, HENDRA, SITI)
    siti = house.people[1]
    await house.opens(CARDS)
    await siti.taps("Mulai mengisi")
    await siti.types("a" * 4096)
    await siti.sees("Terlalu panjang: 4096 huruf, paling banyak 120")
    await siti.types("Pipa bocor")
    await siti.sees("Pipa bocor")


@pytest.mark.parametrize(
    "text", ["👍🏽", "<b>tebal</b>", "Air & <i>pipa", "{{7*7}}", "مياه", "-- '; DROP TABLE answers"]
)
async def test_odd_text_is_a_card_like_any_other(sim: Simulator, sqlite_bot: Running, text: str) -> None:
    house = await planted(sim, sqlite_bot, HENDRA, SITI)
    siti = house.people[1]
    await house.opens(CARDS)
    await siti.taps("Mulai mengisi")
    await siti.types(text)
    await siti.taps("Selesai")
    assert text in await house.rows(sa.select(Answer.value))
    await siti.taps("Ubah jawaban")
    await siti.sees(text, last=1)


async def test_a_text_with_nothing_to_see_is_no_answer(sim: Simulator, sqlite_bot: Running) -> None:
    house = await planted(sim, sqlite_bot, HENDRA, SITI)
    siti = house.people[1]
    await house.opens(CARDS)
    await siti.taps("Mulai mengisi")
    await siti.types("\u200b\u200d")
    await siti.sees("Jawaban masih kosong")


async def test_text_nobody_asked_for_leads_to_the_menu(sim: Simulator, sqlite_bot: Running) -> None:
    house = await planted(sim, sqlite_bot, HENDRA, SITI)
    siti = house.people[1]
    for send in (lambda: siti.types("selamat pagi pak"), siti.sends_sticker):
        await send()
        await siti.sees("belum dapat saya tempatkan", last=1)
    await siti.types("/tidakada")
    await siti.sees("Perintah itu tidak saya kenal", last=1)
    await siti.sees_button("Kerangka & kegiatan")


async def test_what_is_typed_after_later_answers_nothing(sim: Simulator, sqlite_bot: Running) -> None:
    house = await planted(sim, sqlite_bot, HENDRA, SITI)
    siti = house.people[1]
    await house.opens(CARDS)
    await siti.taps("Mulai mengisi")
    await siti.taps("Nanti")
    await siti.types("Terima kasih banyak")
    await siti.sees("Maksud Bapak/Ibu untuk apa?", last=1)
    await siti.taps("Tidak jadi")
    assert await house.rows(sa.select(Answer)) == []
    await siti.taps("▸ Kartu isu")
    await siti.types("Pipa bocor")
    await siti.sees_button("Selesai")


async def test_an_old_button_explains_itself(sim: Simulator, sqlite_bot: Running) -> None:
    house = await planted(sim, sqlite_bot, HENDRA, SITI)
    siti = house.people[1]
    await house.opens(AGREEMENT)
    await siti.taps("Mulai mengisi")
    old = await data_of(siti, "Keberatan")
    await siti.taps("Setuju")
    await siti.forges(old)
    assert await siti.toast() == "Itu sudah terjawab."
    await siti.sees("Dana operasional disetujui", last=1)
    assert await house.rows(sa.select(Answer.value)) == ["agree"]


async def test_a_double_tap_counts_once(sim: Simulator, bot: Running) -> None:
    house = await planted(sim, bot, HENDRA, SITI)
    siti = house.people[1]
    await house.opens(AGREEMENT)
    await siti.taps("Mulai mengisi")
    twice = await data_of(siti, "Setuju")
    await siti.forges(twice, settles=False)
    await siti.forges(twice)
    await siti.sees("Dana operasional disetujui", last=1)
    assert await house.rows(sa.select(Answer.value)) == ["agree"]


async def test_a_double_tap_at_the_end_of_a_form_leaves_what_it_led_to(
    sim: Simulator, sqlite_bot: Running
) -> None:
    ketua = await sim.person(HENDRA)
    await found_pokja(ketua, until="Ya")
    yes = await data_of(ketua, "Ya")
    await ketua.forges(yes, settles=False)
    await ketua.forges(yes)
    assert "sudah selesai atau dibatalkan" in await ketua.toast()
    await ketua.sees("Kode:", last=1)


MALFORMED = [
    "",
    "x",
    "g",
    "q|a1||||||",
    "v|a-1",
    "v|azzzzzzz",
    "g|desk|zzzzzzzzzzz",
    "g|desk|-1",
    "t|a1|isu/1|0|zzzzzz",
    "t|a1|isu/1|zzzzzzzzzzzz|1",
    "\0",
    "💧",
    "'; DROP TABLE users",
]
"""What no button of ours could carry."""
OURS, DRAFT = TaskRef("a", 1), TaskRef("f", 99)
AMISS = [
    pack(press)
    for press in (
        callbacks.Answer(OURS, "isu/1", ""),
        View(DRAFT),
        Turn(OURS, "isu/1", "99999"),
        Turn(OURS, "isu/1", "0000-99"),
        Turn(OURS, "isu/1", "²"),
        Choose(OURS, "isu/1", 1295),
        Back(OURS, "tidakada"),
        Clear(OURS, "tidakada"),
        Cancel(DRAFT),
        Cancel(OURS),
        Go("tidakada"),
        Go("topic", 99),
        Go("topic_follow_ups", 99),
        Go("give", 99, 9),
        Go("give", 0, 9),
        Go("begin", 0, 99),
        Go("do", 1, word="tidakada"),
        Go("sure", 99, word="leave"),
        Go("move", 1, word="tidakada"),
        Go("role", 1, word="raja"),
        Go("pokja", 99),
        Go("follow_up", 99),
        Go("members", 0, 99),
        Go("result", 1),
    )
]
"""What could be a button's, but leads nowhere, or nowhere for a member."""
FORGED = [*MALFORMED, *AMISS]


async def test_forged_buttons_are_answered_and_change_nothing(sim: Simulator, bot: Running) -> None:
    house = await planted(sim, bot, HENDRA, SITI)
    siti = house.people[1]
    await house.opens(CARDS)
    for data in FORGED:
        await siti.forges(data or " ", settles=False)
    await sim.handled_everything()
    assert [tap["answered"] for tap in await sim.tap_reports()] == [True] * len(FORGED)
    assert await house.dead_letters() == []
    assert await house.rows(sa.select(Answer)) == []
    assert (await house.member(siti)).state == "active"


@pytest.mark.parametrize(
    "press",
    [
        View(OURS),
        callbacks.Answer(OURS, "1", "agree"),
        View(TaskRef("a", 1, 0)),
        *(Go(place, 1) for place in ("desk", "close", "turnout", "accept")),
    ],
)
async def test_a_strangers_tap(sim: Simulator, sqlite_bot: Running, press: Press) -> None:
    house = await planted(sim, sqlite_bot, HENDRA, SITI)
    activity = await house.opens(AGREEMENT)
    stranger = await sim.person("Orang Lain")
    await stranger.starts()
    await stranger.forges(pack(press))
    assert await stranger.toast() in {
        "Bapak/Ibu bukan anggota Pokja ini. Mintalah tautan undangan kepada Ketua.",
        "Orang itu tidak (lagi) menjadi anggota Pokja ini.",
    }
    await stranger.does_not_see("Rencana kerja")
    assert await house.state(activity) == "open"
    assert await house.rows(sa.select(Answer)) == []


@pytest.mark.parametrize(
    "press",
    [
        *(Go(place, 1) for place in ("close", "start", "turnout", "nudge")),
        Go("undo", 1, 1),
        *(Go(place) for place in ("invite", "renew", "qr", "group")),
    ],
)
async def test_a_member_cannot_forge_the_ketuas_buttons(
    sim: Simulator, sqlite_bot: Running, press: Press
) -> None:
    house = await planted(sim, sqlite_bot, HENDRA, SITI)
    siti = house.people[1]
    activity = await house.opens(AGREEMENT)
    await siti.forges(pack(press))
    assert "bukan wewenang anggota" in await siti.toast()
    assert await house.state(activity) == "open"
    assert [message["files"] for message in await siti.messages()] == [[]] * len(await siti.messages())


async def test_a_late_answer_is_told_politely(sim: Simulator, sqlite_bot: Running) -> None:
    house = await planted(sim, sqlite_bot, HENDRA, SITI, BUDI)
    ketua, siti, budi = house.people
    activity = await house.opens(AGREEMENT)
    await siti.taps("Mulai mengisi")
    await ketua.starts(f"ta{activity}")
    await ketua.taps("Setuju")
    await house.closes(activity)
    await siti.taps("Setuju")
    assert "sudah ditutup" in await siti.toast()
    await siti.sees("sudah ditutup", last=1)
    await budi.taps("Mulai mengisi")
    await budi.sees("sudah ditutup. Terima kasih", last=1)
    assert len(await house.rows(sa.select(Answer))) == 1


async def test_a_button_of_a_message_too_old_to_read_still_works(sim: Simulator, sqlite_bot: Running) -> None:
    house = await planted(sim, sqlite_bot, HENDRA, SITI)
    siti = house.people[1]
    await siti.forges(going("members"), inaccessible=True)
    await siti.sees("Anggota Pokja Air Minum")


async def test_text_typed_too_late_is_told_politely(sim: Simulator, sqlite_bot: Running) -> None:
    house = await planted(sim, sqlite_bot, HENDRA, SITI)
    siti = house.people[1]
    activity = await house.opens(CARDS)
    await siti.taps("Mulai mengisi")
    await siti.types("Pipa bocor")
    await house.closes(activity)
    await siti.types("Tagihan keliru")
    await siti.sees("“Kartu isu” sudah ditutup", last=1)
    assert await house.rows(sa.select(Answer.value)) == ["Pipa bocor"]


async def test_text_after_the_last_answer_changes_nothing(sim: Simulator, sqlite_bot: Running) -> None:
    house = await planted(sim, sqlite_bot, HENDRA, SITI)
    siti = house.people[1]
    await house.opens(AGREEMENT)
    await siti.taps("Mulai mengisi")
    await siti.taps("Setuju")
    await siti.taps("Setuju")
    await siti.types("terima kasih pak")
    await siti.sees("Belum dipakai: “terima kasih pak”", last=1)
    assert await house.rows(sa.select(Answer.value)) == ["agree", "agree"]


async def test_text_typed_at_buttons_answers_no_other_task(sim: Simulator, sqlite_bot: Running) -> None:
    house = await planted(sim, sqlite_bot, HENDRA, SITI)
    siti = house.people[1]
    await house.opens(CARDS)
    await siti.taps("Mulai mengisi")
    await house.opens(AGREEMENT)
    await siti.taps("Mulai mengisi")
    await siti.sees("Rencana kerja disetujui", last=1)
    await siti.types("setuju")
    await siti.sees("silakan tekan salah satu tombol", last=1)
    assert await house.rows(sa.select(Answer)) == []
