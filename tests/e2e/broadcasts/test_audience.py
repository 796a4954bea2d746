"""A broadcast goes to those it concerns: by role, instansi, activity, or by what they have not done."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from bot.app import Running
from domain import roles
from simulator.phones.phone import Simulator
from store.tables.broadcasts import BroadcastRow
from store.tables.core import Participant
from store.tables.meetings import Invitee, MeetingReply, MeetingRow
from tests.e2e.steps.basics import agrees, answer_to
from tests.e2e.steps.broadcasts import NEWS, office, picks, sends, to_those, writes
from tests.e2e.steps.planting import AGREEMENT
from tests.support.cast import BUDI, HENDRA, RINA, SITI

pytestmark = pytest.mark.telling_days


async def test_audiences_by_role_and_by_who_lacks_what(sim: Simulator, sqlite_bot: Running) -> None:
    house = await office(sim, sqlite_bot, HENDRA, SITI, BUDI, RINA, role={SITI: roles.SEKRETARIS})
    ketua, siti, budi, rina = house.people
    await writes(ketua, "Untuk Sekretaris saja", ack="Tidak")
    await picks(ketua, "Menurut peran", "Sekretaris")
    await ketua.sees("Kepada: peran Sekretaris\nPenerima: 1 orang")
    await ketua.taps("Ya")
    await siti.sees("Untuk Sekretaris saja")
    await budi.does_not_see("Untuk Sekretaris saja")

    await house.opens(AGREEMENT)
    await agrees(budi)
    await writes(siti, "Mohon segera diisi")
    await to_those(siti, "Yang belum mengisi kegiatan", "Rencana kerja")
    await siti.sees("Kepada: yang belum mengisi Rencana kerja\nPenerima: 2 orang")
    await siti.taps("Ya")
    await ketua.sees("Mohon segera diisi")
    await rina.sees("Mohon segera diisi")
    await budi.does_not_see("Mohon segera diisi")

    await rina.taps("✔ Sudah baca")
    await writes(siti, "Sekali lagi")
    await to_those(siti, "Yang belum membaca siaran", "Mohon segera diisi")
    await siti.sees("Penerima: 1 orang")
    await siti.taps("Ya")
    await ketua.sees("Sekali lagi")
    await rina.does_not_see("Sekali lagi")


async def test_instansi_can_be_chosen(sim: Simulator, sqlite_bot: Running) -> None:
    house = await office(sim, sqlite_bot, HENDRA, SITI, BUDI)
    ketua, siti, budi = house.people
    await writes(ketua)
    await picks(ketua, "Menurut instansi", "Dinas 2")
    await ketua.taps("Ya")
    await budi.sees(NEWS)
    await siti.does_not_see(NEWS)


async def test_participants_of_an_activity_and_who_has_not_replied(
    sim: Simulator, sqlite_bot: Running
) -> None:
    house = await office(sim, sqlite_bot, HENDRA, SITI, BUDI, RINA)
    ketua, siti, budi, rina = house.people
    activity = (await house.opens_silently(AGREEMENT)).activity_id
    ids = {person.title: (await house.member(person)).id for person in house.people}
    async with sqlite_bot.database.transaction() as session:
        session.add(Participant(activity_id=activity, membership_id=ids[BUDI]))
        meeting = MeetingRow(
            pokja_id=house.pokja_id,
            title="Rapat perdana",
            starts=sqlite_bot.clock.now() + timedelta(days=3),
            minutes=60,
            agenda=[],
            state="announced",
            asked_at=sqlite_bot.clock.now(),
            created_by=ids[HENDRA],
            created_at=sqlite_bot.clock.now(),
        )
        session.add(meeting)
        await session.flush()
        session.add_all(Invitee(meeting_id=meeting.id, membership_id=ids[name]) for name in (SITI, BUDI))
        now = sqlite_bot.clock.now() + timedelta(minutes=1)
        session.add(MeetingReply(meeting_id=meeting.id, membership_id=ids[SITI], answer="yes", at=now))
    await writes(ketua, "Untuk peserta")
    await picks(ketua, "Peserta kegiatan atau kelompok", "Rencana kerja")
    await ketua.sees("Kepada: peserta Rencana kerja\nPenerima: 1 orang")
    await ketua.taps("Ya")
    await budi.sees("Untuk peserta")
    await writes(ketua, "Mohon jawab undangannya")
    await to_those(ketua, "Yang belum menjawab undangan", "Rapat perdana")
    await ketua.sees("Kepada: yang belum menjawab undangan Rapat perdana\nPenerima: 1 orang")
    await ketua.taps("Ya")
    await budi.sees("Mohon jawab undangannya")
    for other in (siti, rina):
        await other.does_not_see("Untuk peserta")
        await other.does_not_see("Mohon jawab")


async def test_nobody_in_the_audience_is_told_before_anything_is_sent(
    sim: Simulator, sqlite_bot: Running
) -> None:
    house = await office(sim, sqlite_bot, HENDRA, SITI)
    ketua, siti = house.people
    await writes(ketua)
    await sends(ketua)
    await siti.taps("✔ Sudah baca")
    await writes(ketua, "Sekali lagi")
    await ketua.taps("Yang belum membaca siaran")
    await ketua.taps("Mohon membawa")
    nobody = await answer_to(ketua, await ketua.taps("Sekarang", settles=False))
    assert "Tidak ada orang di sasaran itu" in nobody
    assert len(await house.rows(sa.select(BroadcastRow.id))) == 1
