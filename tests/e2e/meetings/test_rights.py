"""Who may do what about a meeting."""

import pytest
import sqlalchemy as sa

from bot.app import Running
from simulator.phones.phone import Simulator
from store.tables.meetings import MeetingRow
from tests.e2e.steps.basics import refusal
from tests.e2e.steps.meetings import announces, house_of, plans, to_meeting
from tests.support.buttons import going
from tests.support.cast import BUDI, FITRI, HENDRA, SITI
from usecases.meetings import changing

pytestmark = pytest.mark.telling_days

FOR_WHO_GUIDES = (
    "meeting_announce",
    "meeting_cancel",
    "meeting_open",
    "meeting_replies",
    "live",
    "attendance",
    "meeting_code",
    "point",
    "meeting_close",
    "finalise",
)


async def test_who_may_not_is_refused(sim: Simulator, sqlite_bot: Running) -> None:
    house = await house_of(sim, sqlite_bot, HENDRA, SITI, BUDI)
    ketua, _, budi = house.people
    await plans(ketua)
    for place in ("meeting", "meeting_preview", "agenda", "invitees", "materials"):
        assert await refusal(budi, going(place, 1)) == "Pertemuan ini belum diumumkan.", place
    for forged in (going("plan_meeting", 1), going("plan_meeting")):
        assert "bukan wewenang anggota" in await refusal(budi, forged), forged
    await announces(ketua)
    await budi.sees("Apakah Bapak/Ibu hadir?")
    for forged in (
        *(going(place, 1) for place in FOR_WHO_GUIDES),
        *(going(place, 1, 1) for place in ("invitee", "guest")),
        going("agenda_up", 1, 2),
        going("meeting_edit", 1, word="when"),
        going("meeting_material", 1, word="drop"),
        going("minute", 1, word="note"),
    ):
        assert "bukan wewenang anggota" in await refusal(budi, forged), forged
    assert "tidak berlaku" in await refusal(budi, going("meeting", 99))
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
    assert "bukan wewenang Fasilitator" in await refusal(fitri, going("meeting_announce", 1))
    await house.does(siti, lambda work: changing.announce(work, 1))
    await fitri.sees("mohon hadir")
    for forged in (
        *(going(place, 1) for place in ("meeting_cancel", "agenda", "invitees")),
        going("meeting_edit", 1, word="when"),
    ):
        assert "bukan wewenang Fasilitator" in await refusal(fitri, forged), forged
    await to_meeting(fitri)
    await fitri.taps("▶ Mulai pertemuan")
    await fitri.sees("kuorum 1 (1/2)", last=1)  # who guides is invited, but isn't counted
    assert "bukan wewenang Fasilitator" in await refusal(fitri, going("meeting_close", 1))
    await ketua.sees("Mohon catat kehadiran")
