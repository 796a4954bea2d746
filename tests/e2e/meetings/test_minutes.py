"""What is written at a meeting: minutes that are corrected, tindak lanjut old and new."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from bot.app import Running
from documents.language.wording import wording
from simulator.phones.phone import Simulator
from store.tables.core import FollowUp
from tests.e2e.steps.meetings import (
    TITLE,
    announces,
    begins,
    closes,
    corrects,
    held,
    house_of,
    plans,
    to_live,
    writes,
)
from tests.e2e.steps.reminding import today
from tests.support.buttons import going
from tests.support.cast import BUDI, HENDRA, SITI

pytestmark = pytest.mark.telling_days

LEADS_ALONE = wording().plain("skip.others")


async def test_minutes_are_mended_by_the_secretary(sim: Simulator, sqlite_bot: Running) -> None:
    house = await house_of(sim, sqlite_bot, HENDRA, SITI, BUDI)
    _, siti, budi = house.people
    await held(house)
    await to_live(siti)
    await siti.taps("Catatan umum")
    await writes(siti, "＋ Catatan", "Rapat dibuka dengan doa")
    await writes(siti, "＋ Catatan", "Salah tulis")
    await siti.taps("A")
    await siti.types("Rapat dibuka oleh Ketua")
    await siti.sees("A. Rapat dibuka oleh Ketua\nB. Salah tulis", last=1)
    await siti.taps("Hapus isi notulen")
    await siti.taps("B")
    await siti.does_not_see("Salah tulis", last=1)
    await siti.taps("‹ Layar pertemuan")
    await closes(siti)
    told = (await budi.sees("Koreksi ditunggu sampai"))["text"]
    assert "Catatan umum\n• Rapat dibuka oleh Ketua" in told
    await corrects(budi, "A", "Tolong tambahkan nama saya")
    await siti.sees("mengusulkan koreksi")
    await siti.forges(going("corrections", 1))
    await siti.taps("Budi Santoso: ")
    await siti.taps("Tidak diambil")
    await siti.types("Sudah ada di daftar hadir")
    await budi.sees("Tidak diambil: Sudah ada di daftar hadir")
    await siti.sees("✖ Budi Santoso", last=1)


async def test_a_follow_up_is_given_at_the_meeting(sim: Simulator, sqlite_bot: Running) -> None:
    house = await house_of(sim, sqlite_bot, HENDRA, SITI, BUDI)
    _, siti, budi = house.people
    await held(house)
    await to_live(siti)
    await siti.taps("2")
    await siti.taps("＋ Tindak lanjut")
    await siti.types("Mengumpulkan data tiga kecamatan")
    await siti.taps(BUDI)
    await siti.taps(LEADS_ALONE)
    await siti.types("lusa")
    await budi.sees("Mengumpulkan data tiga kecamatan")
    assert await house.rows(sa.select(FollowUp.source)) == ["pertemuan/1"]
    await to_live(siti)
    await closes(siti)
    told = (await budi.sees("Koreksi ditunggu sampai"))["text"]
    assert "Tindak lanjut:\n• Mengumpulkan data tiga kecamatan – Budi Santoso" in told
    assert TITLE in told


async def test_overdue_follow_ups_stand_on_the_agenda(sim: Simulator, sqlite_bot: Running) -> None:
    house = await house_of(sim, sqlite_bot, HENDRA, SITI, BUDI)
    ketua, siti, _ = house.people
    budi = await house.member(house.people[2])
    async with house.running.database.transaction() as session:
        session.add(
            FollowUp(
                pokja_id=house.pokja_id,
                text="Menyurati kecamatan",
                owner_id=budi.id,
                source="umum/lain",
                due=await today(sim) - timedelta(days=10),
                created_by=budi.id,
                created_at=house.running.clock.now(),
            )
        )
    await plans(ketua)
    await ketua.sees("Tindak lanjut yang terlambat", last=1)
    await announces(ketua)
    await siti.sees("Apakah Bapak/Ibu hadir?")
    await begins(house)
    await ketua.taps("2")
    await ketua.sees("Yang terlambat:\n• Menyurati kecamatan", last=1)
