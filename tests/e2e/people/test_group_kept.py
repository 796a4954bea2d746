"""The group looked after: pins with the right and without, topics, a bot added by hand, moving and letting go."""

import sqlalchemy as sa

from bot.app import Running
from simulator.phones.phone import Simulator
from store.tables.chats import Board, Pin
from store.tables.core import Pokja
from tests.e2e.steps.basics import agrees, to_group_link
from tests.e2e.steps.bots import settings_for, working_bot
from tests.e2e.steps.meetings import announced, house_of
from tests.e2e.steps.planting import AGREEMENT, CARDS, House, planted
from tests.support.cast import HENDRA, SITI

LINKED = sa.select(Pokja.group_chat_id)
BOARD, OTHER_BOARD = "Rencana kerja", "Isu"
PINNED = sa.select(Pin.message_id)


async def test_boards_are_pinned_where_the_right_is_given(sim: Simulator, bot: Running) -> None:
    """Silently, while they are open; the notices that Telegram makes of it are taken away."""
    house = await planted(sim, bot, HENDRA, SITI)
    ketua, siti = house.people
    group = await house.group()
    activity = await house.opens(AGREEMENT)
    await group.sees("0 dari 2")
    await ketua.sees("belum bisa disematkan")
    await group.sees_pinned()
    await group.makes("bot", "administrator")
    await group.sees_pinned(BOARD)
    await sim.handled_everything()
    await group.does_not_see("menyematkan")
    await agrees(siti)
    await group.sees("1 dari 2")
    cards = await house.opens(CARDS)
    await group.sees_pinned(BOARD, await title_of(house, cards))
    await group.makes("bot", "administrator", can_pin_messages=False)
    await house.adopts(activity)
    await group.sees("hasil ditetapkan")
    await group.makes("bot", "administrator")
    await group.sees_pinned(await title_of(house, cards))
    grown = await group.upgrades()
    await grown.sees_pinned(await title_of(house, cards))
    await house.closes(cards)
    await grown.sees_pinned()
    asked = [m for m in await ketua.messages(60) if "belum bisa disematkan" in m["text"]]
    assert len(asked) == 1


async def title_of(house: House, activity: int) -> str:
    """The first line of an activity's board."""
    async with house.running.database.reading() as session:
        frame = await house.running.turns.library.frame(session, activity, 0)
    return frame.title


async def test_what_a_kill_left_of_pins_is_mended(sim: Simulator, sqlite_url: str) -> None:
    """A pin that was noted and not made, one that was made and not noted, and one whose board is closed by now."""
    async with working_bot(settings_for(sim, sqlite_url)) as running:
        house = await planted(sim, running, HENDRA, SITI)
        group = await house.group()
        await group.makes("bot", "administrator")
        closed, kept = await house.opens(AGREEMENT), await house.opens(CARDS)
        titles = [await title_of(house, each) for each in (closed, kept)]
        await group.sees_pinned(*titles)
    async with working_bot(settings_for(sim, sqlite_url)) as running:
        house = House(sim, running, house.pokja_id, house.people)
        async with running.database.transaction() as session:
            await session.execute(sa.delete(Pin).where(Pin.subject == f"activity {kept}"))
            await session.execute(
                sa.text("UPDATE activities SET state = 'closed' WHERE id = :n"), {"n": closed}
            )
            await session.execute(
                sa.update(Board).where(Board.activity_id == closed).values(is_settled=False)
            )
    async with working_bot(settings_for(sim, sqlite_url)):
        await group.sees_pinned(titles[1])
        await group.sees("Pengisian ditutup")
    boards = [m for m in await group.messages(50) if m["from_bot"] and m["text"].split("\n")[0] in titles]
    assert len(boards) == 2


async def test_the_next_meeting_is_pinned_until_it_is_over(sim: Simulator, sqlite_bot: Running) -> None:
    house = await house_of(sim, sqlite_bot, HENDRA, SITI)
    group = await house.group()
    await group.makes("bot", "administrator")
    await announced(house)
    said = await group.sees("Aula Bappeda")
    await group.sees_pinned(said["text"].split("\n")[0])
    await house.waits(days=4)
    sqlite_bot.turns.pins.touch(group.chat_id)
    await group.sees_pinned()
    assert await house.rows(PINNED) == []


async def test_a_forum_is_answered_where_it_asks_and_told_where_the_ketua_says(
    sim: Simulator, sqlite_bot: Running
) -> None:
    house = await planted(sim, sqlite_bot, HENDRA, SITI)
    ketua, siti = house.people
    group = await sim.group("Forum Pokja", house.people, forum=True)
    await ketua.opens(await to_group_link(ketua), group)
    linked = await group.sees("sekarang terhubung")
    papan, lain = await group.begins_topic("Papan"), await group.begins_topic("Lain")
    await siti.types_in(group, "/topik_ini", topic=papan)
    assert (await group.sees("bukan wewenang", last=1))["topic"] == papan
    await ketua.types_in(group, "/papan", topic=lain)
    assert (await group.sees("Belum ada kegiatan", last=1))["topic"] == lain
    await ketua.types_in(group, "/topik_ini", topic=papan)
    assert (await group.sees("di topik ini", last=1))["topic"] == papan
    await house.opens(AGREEMENT)
    board = await group.sees("0 dari 2", last=2)
    assert (linked["topic"], board["topic"]) == (None, papan)
    await ketua.types_in(group, "/menu")
    assert (await group.sees("di chat pribadi", last=1))["topic"] is None
    await ketua.types("/grup")
    await ketua.sees("Forum Pokja")
    await ketua.sees("di topik yang dipilih")
    await group.changes_topic(papan, "delete")
    cards = await house.opens(CARDS)
    assert (await group.sees(await title_of(house, cards), last=1))["topic"] is None
    await ketua.sees("ditutup atau dihapus")
    assert await house.rows(sa.select(Pokja.group_topic_id)) == [None]


async def test_a_bot_added_by_hand_says_how_to_go_on(sim: Simulator, sqlite_bot: Running) -> None:
    house = await planted(sim, sqlite_bot, HENDRA, SITI)
    ketua, siti = house.people
    group = await sim.group("Grup Siti", [siti, ketua], with_bot=True)
    await house.waits(hours=0.01)
    asked = await group.sees("belum terhubung", last=1)
    link = asked["buttons"][0][0]["url"]
    await siti.opens(link)
    await siti.sees("oleh Ketua Pokja itu sendiri", last=1)
    await ketua.opens(link)
    await ketua.sees("harus menjadi admin", last=1)
    await group.makes(ketua, "administrator")
    await ketua.opens(link)
    await ketua.sees("Grup Siti", last=1)
    await group.sees("sekarang terhubung dengan Pokja Air Minum", last=1)
    await ketua.types_in(group, "/grup")
    await group.sees("Grup ini terhubung dengan Pokja Air Minum", last=1)
    await ketua.opens("https://t.me/asisten_pokja_bot?start=tautkan-99")
    await ketua.sees("harus menjadi admin", last=1)
    assert await house.rows(LINKED) == [group.chat_id]


async def test_a_link_is_greeted_once(sim: Simulator, sqlite_bot: Running) -> None:
    house = await planted(sim, sqlite_bot, HENDRA, SITI)
    ketua = house.people[0]
    group = await sim.group("Grup Pokja", house.people)
    link = await to_group_link(ketua)
    assert link.endswith("&admin=pin_messages")
    await ketua.opens(link, group)
    await group.sees("sekarang terhubung")
    await house.waits(hours=0.01)
    await group.does_not_see("belum terhubung")
    await house.opens(AGREEMENT)
    await group.sees_pinned(BOARD)


async def test_the_ketua_moves_and_lets_go_of_the_group(sim: Simulator, sqlite_bot: Running) -> None:
    house = await planted(sim, sqlite_bot, HENDRA, SITI)
    ketua = house.people[0]
    old, new = [await sim.group(title, house.people) for title in ("Grup Lama", "Grup Baru")]
    link = await to_group_link(ketua)
    await ketua.opens(link, old)
    await house.opens(AGREEMENT)
    await old.sees_pinned(BOARD)
    await ketua.opens(link, new)
    await new.sees_pinned(BOARD)
    await old.sees("kini tampil di grup Grup Baru")
    await old.sees_pinned()
    await ketua.types("/grup")
    await ketua.sees("Grup Baru", last=1)
    await ketua.taps("Lepaskan grup")
    await ketua.sees("diberi tahu. Lanjutkan?")
    assert await house.rows(LINKED) == [new.chat_id]
    await ketua.taps("Ya, lepaskan")
    await ketua.sees("Belum ada grup", last=1)
    await new.sees("tidak lagi terhubung", last=1)
    await new.sees_pinned()
    assert await house.rows(LINKED) == [None]
    assert await house.rows(PINNED) == []
