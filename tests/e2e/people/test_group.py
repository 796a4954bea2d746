"""The group: linking it, its board, and everything that befalls groups and people on Telegram."""

import sqlalchemy as sa

from bot.app import Running
from simulator.phones.phone import Person, Simulator
from store.tables.chats import Board
from store.tables.core import Outgoing, Pokja, User
from tests.e2e.steps.basics import agrees, to_group_link
from tests.e2e.steps.planting import AGREEMENT, CARDS, planted
from tests.support.buttons import going
from tests.support.cast import HENDRA, SITI
from usecases import notifying
from usecases.people import groups
from usecases.work import Work

LINKED = sa.select(Pokja.group_chat_id)


async def test_the_ketua_links_a_group(sim: Simulator, bot: Running) -> None:
    house = await planted(sim, bot, HENDRA, SITI)
    ketua = house.people[0]
    await house.opens(AGREEMENT)
    group = await sim.group("Grup Pokja", house.people)
    await ketua.opens(await to_group_link(ketua), group)
    await group.sees("sekarang terhubung dengan Pokja Air Minum")
    await group.sees("Sedang diisi: 0 dari 2")
    assert await house.rows(LINKED) == [group.chat_id]
    assert "group.link" in await house.audited()


async def test_only_the_ketua_links_and_only_as_administrator(sim: Simulator, sqlite_bot: Running) -> None:
    house = await planted(sim, sqlite_bot, HENDRA, SITI)
    ketua, siti = house.people
    link = await to_group_link(ketua)
    group = await sim.group("Grup Siti", [siti, ketua])
    await ketua.opens(link, group)
    await group.sees("Ketua harus menjadi admin di grup ini", last=1)
    assert await group.buttons() == []
    await siti.opens(link, group)
    await group.sees("hanya dapat dihubungkan oleh Ketua Pokja itu sendiri", last=1)
    assert await house.rows(LINKED) == [None]
    await group.makes(ketua, "administrator")
    await ketua.opens(link, group)
    await group.sees("sekarang terhubung", last=1)


async def test_an_anonymous_administrator_is_nobody(sim: Simulator, sqlite_bot: Running) -> None:
    """Telegram writes their commands under an account all groups share, whatever role somebody gave it."""
    view = await sim.control.post("/control/users", name="Group", id=1087968824)
    house = await planted(sim, sqlite_bot, people_before=[Person(sim, view["id"], view["name"])])
    anonymous = house.people[0]
    group = await sim.group("Grup", house.people)
    await anonymous.opens(await to_group_link(anonymous), group)
    await group.sees("tidak menulis sebagai anonim", last=1)
    assert await house.rows(LINKED) == [None]


async def test_a_group_of_another_pokja_is_not_taken(sim: Simulator, sqlite_bot: Running) -> None:
    first = await planted(sim, sqlite_bot, HENDRA)
    ketua = first.people[0]
    group = await first.group()
    await planted(sim, sqlite_bot, people_before=[ketua], pokja="Pokja Sanitasi")
    await ketua.opens(await to_group_link(ketua), group)
    await group.sees("sudah dipakai Pokja lain", last=1)
    assert await first.rows(LINKED.order_by(Pokja.id)) == [group.chat_id, None]


async def test_a_forged_link_is_refused(sim: Simulator, sqlite_bot: Running) -> None:
    house = await planted(sim, sqlite_bot, HENDRA)
    ketua = house.people[0]
    group = await sim.group("Grup", house.people, with_bot=True)
    username = await bots_name(ketua)
    for number in ("9" * 40, "0", "99", "x", "²"):
        await ketua.types_in(group, f"/start@{username} g{number}")
        await group.sees("Ketua", last=1)
    assert await house.dead_letters() == []
    assert await house.rows(LINKED) == [None]


async def test_ordinary_talk_and_other_bots_commands_get_silence(sim: Simulator, sqlite_bot: Running) -> None:
    house = await planted(sim, sqlite_bot, HENDRA, SITI)
    siti, group = house.people[1], await house.group()
    await group.makes("bot", "administrator")
    await siti.types_in(group, "Selamat pagi semua")
    await siti.types_in(group, "/menu@bot_lain")
    await sim.handled_everything()
    assert [message["from_bot"] for message in await group.messages()][-2:] == [False, False]


async def test_a_command_in_the_group_points_to_the_private_chat(sim: Simulator, sqlite_bot: Running) -> None:
    house = await planted(sim, sqlite_bot, HENDRA)
    ketua, group = house.people[0], await house.group()
    await ketua.types_in(group, "/menu")
    await group.sees("Pengisian dilakukan di chat pribadi", last=1)
    key = (await group.newest())["buttons"][0][0]
    await ketua.opens(key["url"])
    await ketua.sees("Pokja Air Minum")


async def test_every_command_is_known(sim: Simulator, sqlite_bot: Running) -> None:
    house = await planted(sim, sqlite_bot, HENDRA)
    ketua = house.people[0]
    private = [
        "menu",
        "topik",
        "tindaklanjut",
        "pertemuan",
        "izin",
        "pengingat",
        "anggota",
        "siaran",
        "dokumen",
        "periksa",
        "undang",
        "grup",
        "pokja",
        "batal",
        "data",
        "bantuan",
    ]
    for command in private:
        await ketua.types(f"/{command}")
        await ketua.does_not_see("tidak saya kenal")
    await ketua.types("/bantuan")
    await ketua.sees("Cara memakai", last=1)


async def test_the_board_counts_and_never_tells_what(sim: Simulator, bot: Running) -> None:
    house = await planted(sim, bot, HENDRA, SITI)
    siti, group = house.people[1], await house.group()
    activity = await house.opens(AGREEMENT)
    await group.sees("0 dari 2")
    await agrees(siti)
    await group.sees("1 dari 2")
    await group.does_not_see("Setuju")
    await house.closes(activity)
    await group.sees("Pengisian ditutup (1 dari 2 anggota mengisi)")
    assert len([message for message in await group.messages() if "Rencana kerja" in message["text"]]) == 1


async def test_answers_that_come_together_make_one_edit_of_the_board(
    sim: Simulator, sqlite_bot: Running
) -> None:
    house = await planted(sim, sqlite_bot, HENDRA, SITI)
    siti, group = house.people[1], await house.group()
    await house.opens(CARDS)
    await group.sees("0 dari 2")
    await siti.taps("Mulai mengisi")
    for number in range(5):
        await siti.types(f"Kartu {number}")
    await group.sees("1 dari 2")
    edits = [call for call in await sim.calls("editMessageText") if call["chat_id"] == group.chat_id]
    assert 1 <= len(edits) < 5


async def test_whoever_can_see_the_board_answers_in_the_private_chat(
    sim: Simulator, sqlite_bot: Running
) -> None:
    house = await planted(sim, sqlite_bot, HENDRA, SITI)
    siti, group = house.people[1], await house.group()
    await house.opens(AGREEMENT)
    board = await group.sees("0 dari 2")
    await siti.opens(board["buttons"][0][0]["url"])
    await siti.sees("Rencana kerja disetujui", last=1)


async def test_a_button_pressed_in_a_group_is_never_acted_on(sim: Simulator, sqlite_bot: Running) -> None:
    house = await planted(sim, sqlite_bot, HENDRA, SITI)
    activity = await house.opens(AGREEMENT)
    ketua, group = house.people[0], await house.group()
    await ketua.forges(going("close", activity), 1, chat_id=group.chat_id)
    assert await ketua.toast() == "Silakan lanjutkan di chat pribadi dengan bot ini."
    assert await house.state(activity) == "open"


async def test_a_deleted_board_is_placed_anew(sim: Simulator, sqlite_bot: Running) -> None:
    house = await planted(sim, sqlite_bot, HENDRA, SITI)
    siti, group = house.people[1], await house.group()
    await house.opens(AGREEMENT)
    board = await group.sees("0 dari 2")
    await sim.control.delete(f"/control/chats/{group.chat_id}/messages/{board['message_id']}")
    await agrees(siti)
    placed = await group.sees("1 dari 2")
    assert placed["message_id"] != board["message_id"]
    assert await house.rows(sa.select(Board.message_id)) == [placed["message_id"]]


async def test_the_board_comes_to_the_end_of_the_group_on_request(
    sim: Simulator, sqlite_bot: Running
) -> None:
    house = await planted(sim, sqlite_bot, HENDRA, SITI)
    ketua, group = house.people[0], await house.group()
    await ketua.types_in(group, "/papan")
    await group.sees("Belum ada kegiatan yang sedang diisi")
    await house.opens(AGREEMENT)
    await group.sees("0 dari 2")
    await ketua.types_in(group, "/papan")
    await group.sees("0 dari 2", last=1)
    boards = [message for message in await group.messages() if "0 dari 2" in message["text"]]
    assert len(boards) == 1


async def test_a_group_that_becomes_a_supergroup_is_followed(sim: Simulator, bot: Running) -> None:
    house = await planted(sim, bot, HENDRA, SITI)
    siti, group = house.people[1], await house.group()
    activity = await house.opens(AGREEMENT)
    await group.sees("0 dari 2")
    grown = await group.upgrades()
    await grown.sees("0 dari 2")
    await agrees(siti)
    await grown.sees("1 dari 2")
    await house.adopts(activity)
    await grown.sees("hasil ditetapkan")
    assert await house.rows(LINKED) == [grown.chat_id]


async def test_a_kicked_bot_tells_the_ketua_how_to_link_again(sim: Simulator, bot: Running) -> None:
    house = await planted(sim, bot, HENDRA, SITI)
    ketua, group = house.people[0], await house.group()
    await group.removes("bot")
    await ketua.sees("dikeluarkan dari grup")
    await ketua.taps("Grup")
    await ketua.sees("Belum ada grup", last=1)
    assert await house.rows(LINKED) == [None]


async def test_the_result_of_a_pokja_whose_group_is_gone(sim: Simulator, sqlite_bot: Running) -> None:
    house = await planted(sim, sqlite_bot, HENDRA, SITI)
    ketua, siti = house.people
    group = await house.group()
    activity = await house.opens(AGREEMENT)
    await group.sees("0 dari 2")
    await agrees(siti)
    await group.is_deleted()
    await house.adopts(activity)
    await ketua.sees("dikeluarkan dari grup")
    assert await house.rows(LINKED) == [None]


async def test_a_muted_group_is_told_to_the_ketua(sim: Simulator, sqlite_bot: Running) -> None:
    house = await planted(sim, sqlite_bot, HENDRA, SITI)
    ketua, siti = house.people
    group = await house.group()
    activity = await house.opens(AGREEMENT)
    await group.sees("0 dari 2")
    await agrees(siti)
    await group.mutes()
    await house.adopts(activity)
    await ketua.sees("tidak dapat menulis di grup")


async def test_the_ketua_sees_who_blocked_the_bot(sim: Simulator, bot: Running) -> None:
    house = await planted(sim, bot, HENDRA, SITI)
    ketua, siti = house.people
    await siti.blocks()
    await ketua.sees("tidak sampai kepada Siti Aminah (Dinas 1): memblokir bot ini")
    activity = await house.opens(AGREEMENT)
    await ketua.forges(going("turnout", activity))
    await ketua.sees("Siti Aminah – Dinas 1 ⚠ tidak terjangkau")
    await siti.starts()
    await siti.taps("▸ Rencana kerja")
    await siti.sees("Rencana kerja disetujui")
    assert await house.rows(sa.select(User.reach)) == ["started", "started"]


async def test_a_deleted_account_is_told_to_the_ketua(sim: Simulator, sqlite_bot: Running) -> None:
    house = await planted(sim, sqlite_bot, HENDRA, SITI)
    ketua, siti = house.people
    await siti.deactivates()
    await house.opens(AGREEMENT)
    await ketua.sees("akun Telegramnya tidak ditemukan atau tidak aktif")
    await ketua.types("/anggota")
    await ketua.sees("Siti Aminah – Dinas 1, Anggota ⚠ tidak terjangkau")


async def test_a_button_answered_too_late_still_counts(sim: Simulator, sqlite_bot: Running) -> None:
    house = await planted(sim, sqlite_bot, HENDRA, SITI)
    siti = house.people[1]
    await house.opens(AGREEMENT)
    await siti.taps("Mulai mengisi")
    late = "Bad Request: query is too old and response timeout expired or query ID is invalid"
    await sim.fails("400", method="answerCallbackQuery", description=late)
    await siti.forges(await first_key(siti), settles=False)
    await siti.sees("Dana operasional disetujui")
    assert await house.dead_letters() == []


async def first_key(person: Person) -> str:
    return str((await person.newest())["buttons"][0][0]["callback_data"])


async def bots_name(person: Person) -> str:
    return (await to_group_link(person)).partition("t.me/")[2].partition("?")[0]


async def test_a_group_that_another_pokja_has_by_now_stays_theirs(
    sim: Simulator, sqlite_bot: Running
) -> None:
    """Its Ketua was the last to say whose it is; what the first still has to say doesn't go there."""
    first = await planted(sim, sqlite_bot, HENDRA)
    ketua, group = first.people[0], await first.group()
    await planted(sim, sqlite_bot, SITI, pokja="Pokja Sanitasi")

    async def clash(work: Work) -> None:
        pokja, other = (await work.session.scalars(sa.select(Pokja).order_by(Pokja.id))).all()
        other.group_chat_id = MOVED
        await notifying.tell_group(work, pokja, "x", "topic_opened", title="x")
        await groups.migrate(work, group.chat_id, MOVED)

    await sqlite_bot.turns.by_clock(clash)
    await ketua.sees("sudah dihubungkan dengan Pokja lain", last=1)
    assert await first.rows(LINKED.order_by(Pokja.id)) == [None, MOVED]
    assert await first.rows(sa.select(Outgoing.state).where(Outgoing.reason == "x")) == ["failed"]


MOVED = -1009999


async def test_what_telegram_never_takes_is_told(sim: Simulator, sqlite_bot: Running) -> None:
    house = await planted(sim, sqlite_bot, HENDRA, SITI)
    ketua, siti = house.people
    await sim.fails("400", 1, method="sendMessage", description="Bad Request: nobody has seen this before")

    async def say(work: Work) -> None:
        user = (await work.session.scalars(sa.select(User).where(User.telegram_id == siti.id))).one()
        await notifying.tell(work, user, house.pokja_id, "x", "group_rights", pokja="x")

    await sqlite_bot.turns.by_clock(say)
    await ketua.sees("tidak dapat dikirim kepada Siti", last=1)
