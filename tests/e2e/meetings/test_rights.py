"""Who may do what about a meeting."""

import pytest
import sqlalchemy as sa

from bot.app import Running
from simulator.phones.phone import Simulator
from store.tables.meetings import MeetingRow
from tests.e2e.steps.basics import BUDI, HENDRA, SITI, refusal
from tests.e2e.steps.meetings import FITRI, announces, house_of, plans, to_meeting
from usecases.meetings import changing

pytestmark = pytest.mark.telling_days


async def test_who_may_not_is_refused(sim: Simulator, sqlite_bot: Running) -> None:
    house = await house_of(sim, sqlite_bot, HENDRA, SITI, BUDI)
    ketua, _, budi = house.people
    await plans(ketua)
    for forged in ("g|meeting|1", "g|meeting_preview|1", "g|agenda|1", "g|invitees|1", "g|materials|1"):
        assert await refusal(budi, forged) == "Pertemuan ini belum diumumkan.", forged
    for forged in ("g|plan_meeting|1", "g|plan_meeting"):
        assert "bukan wewenang anggota" in await refusal(budi, forged), forged
    await announces(ketua)
    await budi.sees("Apakah Bapak/Ibu hadir?")
    for forged in (
        "g|meeting_announce|1", "g|meeting_cancel|1", "g|meeting_edit|1||when", "g|agenda_up|1|2", "g|invitee|1|1",
        "g|guest|1|1", "g|meeting_open|1", "g|meeting_replies|1", "g|live|1", "g|attendance|1", "g|meeting_code|1",
        "g|point|1", "g|minute|1||note", "g|meeting_close|1", "g|finalise|1", "g|meeting_material|1||drop",
    ):  # fmt: skip
        assert "bukan wewenang anggota" in await refusal(budi, forged), forged
    assert "tidak berlaku" in await refusal(budi, "g|meeting|99")
    assert await house.rows(sa.select(MeetingRow.state)) == ["announced"]
    assert await house.dead_letters() == []


async def test_a_facilitator_plans_and_conducts_but_does_not_announce(
    sim: Simulator, sqlite_bot: Running
) -> None:
    house = await house_of(sim, sqlite_bot, HENDRA, SITI, FITRI)
    ketua, siti, fitri = house.people
    await plans(fitri)
    await fitri.taps("Pratinjau & umumkan")
    await fitri.sees("Pengumuman dilakukan oleh Ketua atau Sekretaris", last=1)
    assert "bukan wewenang Fasilitator" in await refusal(fitri, "g|meeting_announce|1")
    await house.does(siti, lambda work: changing.announce(work, 1))
    await fitri.sees("mohon hadir")
    for forged in ("g|meeting_edit|1||when", "g|meeting_cancel|1", "g|agenda|1", "g|invitees|1"):
        assert "bukan wewenang Fasilitator" in await refusal(fitri, forged), forged
    await to_meeting(fitri)
    await fitri.taps("▶ Mulai pertemuan")
    await fitri.sees("kuorum 1 (1/2)", last=1)  # who guides is invited, but isn't counted
    assert "bukan wewenang Fasilitator" in await refusal(fitri, "g|meeting_close|1")
    await ketua.sees("Mohon catat kehadiran")
