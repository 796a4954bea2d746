"""The bot ends and begins again in the middle of things, and updates it can't handle: nobody loses anything."""

import contextlib
from collections.abc import AsyncIterator

import sqlalchemy as sa

from simulator.phones.phone import Simulator
from store.tables.core import Answer, Membership, ProcessVersion
from tests.e2e.steps.basics import data_of, invitation_link, joins
from tests.e2e.steps.bots import settings_for, working_bot
from tests.e2e.steps.planting import AGREEMENT, CARDS, SHORT, House, planted
from tests.support.buttons import going
from tests.support.cast import HENDRA, RINA, SITI


@contextlib.asynccontextmanager
async def next_bot(sim: Simulator, url: str, former: House) -> AsyncIterator[House]:
    """A bot that knows nothing but the database of the former one."""
    async with working_bot(settings_for(sim, url)) as running:
        yield House(sim, running, former.pokja_id, former.people)


async def test_an_answer_goes_on_after_a_restart(sim: Simulator, database_url: str) -> None:
    async with working_bot(settings_for(sim, database_url)) as running:
        house = await planted(sim, running, HENDRA, SITI)
        siti = house.people[1]
        await house.opens(CARDS)
        await siti.taps("Mulai mengisi")
        await siti.types("Pipa bocor")
    async with next_bot(sim, database_url, house) as house:
        await siti.types("Air mati")
        await siti.taps("Selesai")
        await siti.sees("sudah lengkap")
        assert (await house.rows(sa.select(Answer.value).order_by(Answer.id)))[:2] == [
            "Pipa bocor",
            "Air mati",
        ]


async def test_a_form_goes_on_after_a_restart(sim: Simulator, sqlite_url: str) -> None:
    rina = await sim.person(RINA)
    async with working_bot(settings_for(sim, sqlite_url)) as running:
        house = await planted(sim, running, HENDRA)
        ketua = house.people[0]
        await rina.opens(await invitation_link(ketua))
        await rina.taps(RINA)
        await rina.types("Dinas PUPR")
    async with next_bot(sim, sqlite_url, house):
        await rina.types("Kepala Seksi")
        await rina.sees("sudah disampaikan")
        await ketua.taps("Terima")
        await rina.sees("Selamat bergabung")


async def test_what_people_did_while_the_bot_was_away_counts_once(sim: Simulator, sqlite_url: str) -> None:
    async with working_bot(settings_for(sim, sqlite_url)) as running:
        house = await planted(sim, running, HENDRA, SITI)
        siti = house.people[1]
        await house.opens(AGREEMENT)
        await siti.taps("Mulai mengisi")
    agree = await data_of(siti, "Setuju")
    await siti.forges(agree, settles=False)
    await siti.forges(agree, settles=False)
    async with next_bot(sim, sqlite_url, house) as house:
        await siti.sees("Dana operasional disetujui")
        await sim.handled_everything()
        assert await house.rows(sa.select(Answer.value)) == ["agree"]


async def test_a_board_goes_on_after_a_restart(sim: Simulator, sqlite_url: str) -> None:
    async with working_bot(settings_for(sim, sqlite_url)) as running:
        house = await planted(sim, running, HENDRA, SITI)
        siti, group = house.people[1], await house.group()
        await house.opens(CARDS)
        board = await group.sees("0 dari 2")
    async with next_bot(sim, sqlite_url, house):
        await siti.taps("Mulai mengisi")
        await siti.taps("Tidak ada")
        assert (await group.sees("1 dari 2"))["message_id"] == board["message_id"]


async def test_what_was_queued_before_the_end_arrives_after_it(sim: Simulator, sqlite_url: str) -> None:
    async with working_bot(settings_for(sim, sqlite_url)) as running:
        house = await planted(sim, running, HENDRA, SITI)
        ketua, siti = house.people
        rina = await sim.person(RINA)
        await sim.fails("429", 50, method="sendMessage", retry_after=1)
        await house.opens_silently(AGREEMENT)
        await siti.does_not_see("sudah dibuka")
    await sim.control.delete("/control/failures")
    async with next_bot(sim, sqlite_url, house) as house:
        await siti.sees("sudah dibuka")
        await ketua.sees("sudah dibuka")
        await joins(rina, await invitation_link(ketua), "Dinas PUPR")
        assert len(await house.rows(sa.select(Membership))) == 3


async def test_a_poison_update_is_a_dead_letter_and_the_others_go_on(
    sim: Simulator, database_url: str
) -> None:
    """A process text that can't be read any more breaks one Pokja's topics, and nothing else."""
    broken = SHORT.replace("version: 1", "version: 2")
    async with working_bot(settings_for(sim, database_url)) as running:
        sick = await planted(sim, running, HENDRA, pokja="Pokja Sakit", process=broken)
        sound = await planted(sim, running, SITI, process=SHORT)
        async with running.database.transaction() as session:
            spoil = sa.update(ProcessVersion).where(ProcessVersion.source == broken)
            await session.execute(spoil.values(source="bukan proses"))
    async with next_bot(sim, database_url, sick) as sick:
        await sick.people[0].types("/topik")
        await sick.people[0].sees("ada gangguan dan langkah terakhir belum tercatat", last=1)
        await sick.people[0].forges(going("topics"))
        assert "ada gangguan" in await sick.people[0].toast()
        await sound.people[0].types("/topik")
        await sound.people[0].sees("Proses pendek", last=1)
        await sick.people[0].types("/menu")
        await sick.people[0].sees("Pokja Sakit", last=1)
        await sim.handled_everything()
        letters = await sick.dead_letters()
        assert [("message" in letter.payload, "callback_query" in letter.payload) for letter in letters] == [
            (True, False),
            (False, True),
        ]
        assert all(letter.error for letter in letters)
