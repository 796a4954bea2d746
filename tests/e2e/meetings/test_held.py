"""A meeting from its first minute to its final minutes: checking in, writing, correcting, final."""

import pytest
import sqlalchemy as sa

from bot.app import Running
from simulator.phones.phone import Simulator
from store.tables.core import Outgoing
from store.tables.meetings import MinuteEntry
from tests.e2e.steps.basics import refusal
from tests.e2e.steps.meetings import announced, begins, closes, code_of, corrects, house_of, to_live, writes
from tests.e2e.steps.planting import House
from tests.support.buttons import going
from tests.support.cast import BUDI, HENDRA, RINA, SITI

pytestmark = pytest.mark.telling_days


async def test_a_meeting_is_held_and_its_minutes_made_final(sim: Simulator, bot: Running) -> None:
    house = await house_of(sim, bot, HENDRA, SITI, BUDI, RINA)
    group = await house.group()
    budi, rina = house.people[2:]
    await announced(house)
    await rina.taps("Diwakilkan")
    await rina.types("Agus, staf perencanaan")
    await begins(house)
    await _check_in(house)
    await _write(house)
    await _correct(house)
    await _finalise(house)
    await group.sees("sudah final")
    assert "Koreksi ditunggu sampai" in await refusal(budi, going("correct", 1))
    reasons = await house.rows(sa.select(Outgoing.reason))
    assert len(reasons) == len(set(reasons))
    for action in ("plan", "announce", "reply", "open", "check_in", "tick", "write", "circulate", "finalise"):
        assert f"meeting.{action}" in await house.audited()


async def _check_in(house: House) -> None:
    """By button, by the code, or marked by whoever conducts."""
    ketua, siti, budi, _ = house.people
    await ketua.sees("Hadir 0 dari 4 anggota · kuorum 2 (1/2) ⚠ kurang 2", last=1)
    code = await code_of(ketua)
    await siti.sees("Mohon catat kehadiran")
    await siti.taps("✋ Saya hadir")
    await siti.sees("Kehadiran Bapak/Ibu sudah dicatat", last=1)
    await budi.starts(f"hadir-{code}")
    await budi.sees("Kehadiran Bapak/Ibu sudah dicatat", last=1)
    await to_live(ketua)
    await ketua.sees("Hadir 2 dari 4 anggota · kuorum 2 (1/2) ✔ tercapai", last=1)
    await ketua.taps("Kehadiran")
    await ketua.taps("Tandai diwakili")
    await ketua.taps(RINA)
    await ketua.taps("Agus, staf perencanaan")
    await ketua.sees("✔ Rina Kartika, diwakili Agus, staf perencanaan (dicatat Hendra Wijaya)", last=1)


async def _write(house: House) -> None:
    """The Sekretaris ticks points and writes privately; the screen stays one message; then everybody reads."""
    _, siti, budi, _ = house.people
    await to_live(siti)
    screen = (await siti.newest())["message_id"]
    await siti.taps("✔ Meninjau hasil")
    await siti.sees("1. ✔ 09.00", last=1)
    assert (await siti.newest())["message_id"] == screen
    await siti.taps("2")
    await writes(siti, "＋ Keputusan", "Data pelanggan dipakai per kecamatan")
    await writes(siti, "＋ Catatan", "Tiga kecamatan belum setor data")
    await siti.taps("✔ Sudah dibahas")
    await siti.sees("2. ✔ 09.15", last=1)
    await budi.does_not_see("Tiga kecamatan")
    await closes(siti)
    told = (await budi.sees("Koreksi ditunggu sampai"))["text"]
    assert "Hadir: 3 dari 4 orang. Kuorum (1/2): 3 dari 4 anggota, perlu 2 – tercapai." in told
    assert (
        "2. Paparan hasil pendataan\n✔ Keputusan: Data pelanggan dipakai per kecamatan\n• Tiga kecamatan"
        in told
    )
    assert "Tidak hadir:\n• Hendra Wijaya (Dinas 0)" in told


async def _correct(house: House) -> None:
    """A member wants something corrected; the Sekretaris takes it up."""
    ketua, siti, budi, _ = house.people
    await corrects(budi, "B", "Dua kecamatan belum setor data")
    await siti.sees("Budi Santoso mengusulkan koreksi notulen")
    assert await refusal(ketua, going("finalise", 1)) == "Masih ada 1 usulan koreksi yang belum diputuskan."
    await siti.taps("Lihat usulan koreksi")
    await siti.taps("Budi Santoso: Paparan")
    await siti.taps("Terima")
    await siti.sees("D. Tiga kecamatan belum setor data", last=1)
    await siti.taps("D")
    await siti.taps("Dua kecamatan belum setor data")
    await budi.sees("Diterima. Notulen sudah disesuaikan")
    notes = sa.select(MinuteEntry.text).where(MinuteEntry.kind == "note")
    assert await house.rows(notes) == ["Dua kecamatan belum setor data"]


async def _finalise(house: House) -> None:
    """Not before the last day has gone by, and only by the Ketua."""
    ketua, siti, budi, _ = house.people
    assert "Koreksi masih ditunggu sampai" in await refusal(ketua, going("finalise", 1))
    await house.waits(days=3)
    assert "bukan wewenang Sekretaris" in await refusal(siti, going("finalise", 1))
    await ketua.forges(going("finalise", 1))
    final = (await budi.sees("Notulen final"))["text"]
    assert "• Dua kecamatan belum setor data" in final
