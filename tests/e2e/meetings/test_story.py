"""From the plan of one meeting to the agenda of the next: what the phones and the group show at each step."""

import pytest

from bot.app import Running
from documents.language.wording import wording
from simulator.phones.phone import Group, Person, Simulator
from tests.e2e.steps.meetings import (
    announces,
    begins,
    changes,
    closes,
    code_of,
    house_of,
    plans,
    says_link,
    to_live,
    to_meeting,
    writes,
)
from tests.e2e.steps.planting import House
from tests.support.buttons import going
from tests.support.cast import BUDI, HENDRA, SITI
from tests.support.pictures import PIXEL

pytestmark = pytest.mark.telling_days

DONE, LATE = "Mengumpulkan data tiga kecamatan", "Menyurati kecamatan"
LEADS_ALONE = wording().plain("skip.others")


async def test_from_a_plan_to_what_is_late_on_the_next_agenda(sim: Simulator, bot: Running) -> None:
    house = await house_of(sim, bot, HENDRA, SITI, BUDI)
    group = await house.group()
    await _planned_and_moved(house, group)
    await _held(house)
    await _finished_with_a_photo(house.people[2], house.people[0])
    await _final(house, group)
    await _late(house, group)


async def _planned_and_moved(house: House, group: Group) -> None:
    ketua, siti, budi = house.people
    await plans(ketua)
    await siti.does_not_see("Apakah Bapak/Ibu hadir?")
    await announces(ketua)
    for each in house.people:
        await each.sees("Apakah Bapak/Ibu hadir?", last=4)
    await group.sees("Aula Bappeda")
    await budi.taps("Hadir")
    await changes(ketua, "Ubah tempat")
    await ketua.types("Ruang rapat Bupati")
    await says_link(ketua)
    await ketua.taps("Ya")
    await budi.sees("Tempat: Aula Bappeda → Ruang rapat Bupati")
    await group.sees("Aula Bappeda → Ruang rapat Bupati")
    await to_meeting(budi)
    await budi.sees("Hadir 1 ·", last=1)


async def _held(house: House) -> None:
    """Everybody checks in; the Sekretaris writes; two tindak lanjut are given."""
    ketua, siti, budi = house.people
    await begins(house)
    await ketua.taps("✋ Saya hadir")
    await ketua.sees("Hadir 1 dari 3 anggota", last=1)
    code = await code_of(ketua)
    await siti.taps("✋ Saya hadir")
    await budi.starts(f"hadir-{code}")
    await budi.sees("Kehadiran Bapak/Ibu sudah dicatat", last=1)
    await to_live(siti)
    await siti.taps("2")
    await writes(siti, "＋ Keputusan", "Data pelanggan dipakai per kecamatan")
    for text, days in ((DONE, "lusa"), (LATE, "besok")):
        await siti.taps("＋ Tindak lanjut")
        await siti.types(text)
        await siti.taps(BUDI)
        await siti.taps(LEADS_ALONE)
        await siti.types(days)
        await budi.sees(text)
        await to_live(siti)
        await siti.taps("2")
    await siti.taps("‹ Layar pertemuan")
    await closes(siti)
    for each in (ketua, budi):
        await each.sees("Koreksi ditunggu sampai")
        await each.sees("Keputusan: Data pelanggan dipakai per kecamatan")


async def _finished_with_a_photo(budi: Person, ketua: Person) -> None:
    await budi.types("/tindaklanjut")
    await budi.taps(f"• {DONE}")
    await budi.taps("✔ Selesai dikerjakan")
    await budi.sends_photo(PIXEL, caption="Rekap tiga kecamatan")
    await budi.taps("Cukup, catat selesai")
    await budi.sees("✔ Selesai.", last=1)
    await ketua.sees("Catatan: Rekap tiga kecamatan")


async def _final(house: House, group: Group) -> None:
    ketua, _, budi = house.people
    await house.waits(days=3)
    await ketua.forges(going("finalise", 1))
    await budi.sees("Notulen final")
    await group.sees("sudah final")


async def _late(house: House, group: Group) -> None:
    """The owner is reminded, then the Ketua hears of it; it stands on the next agenda, the finished one doesn't."""
    ketua, _, budi = house.people
    await house.waits(days=7)
    await budi.sees(LATE)
    await ketua.sees(LATE)
    await plans(ketua)
    await announces(ketua)
    told = (await budi.sees("Apakah Bapak/Ibu hadir?", last=3))["text"]
    assert "Tindak lanjut yang terlambat" in told
    await group.sees("Ruang rapat Bupati")
    await begins(house)
    await ketua.taps("2")
    shown = (await ketua.sees("Yang terlambat:", last=1))["text"]
    assert LATE in shown
    assert DONE not in shown
