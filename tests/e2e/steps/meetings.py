"""What people do about meetings on their phones, as steps."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from icalendar import Calendar

from bot.app import Running
from domain import roles
from simulator.phones.phone import Person, Simulator
from store.tables.meetings import MeetingRow
from tests.e2e.steps.basics import opens_topic
from tests.e2e.steps.planting import House, planted
from tests.support.cast import FITRI, SITI, TONO
from tests.support.process_files import source

TITLE = "1.1 Isu dan rencana"
EVERYONE = {SITI: roles.SEKRETARIS, TONO: roles.TAMU, FITRI: roles.FASILITATOR}


async def house_of(sim: Simulator, running: Running, *names: str) -> House:
    """A Pokja with an open topic: Hendra is Ketua, Siti Sekretaris, Tono a guest, Fitri Fasilitator."""
    house = await planted(sim, running, *names, role=EVERYONE, process=source("rapat"))
    await opens_topic(house.people[0], "1.1")
    return house


async def to_topic_meetings(person: Person) -> None:
    await person.types("/topik")
    await person.taps("▶ 1.1")
    await person.taps("📅 Pertemuan")


async def plans(person: Person, day: str = "lusa", place: str = "Aula Bappeda") -> None:
    """Plans a meeting that takes the first session; ends on its card."""
    await to_topic_meetings(person)
    await person.taps("＋ Rencanakan pertemuan")
    await person.taps("☐ Sesi 1")
    await person.taps("Selesai memilih")
    await person.types(day)
    await person.taps("09.00")
    await person.types(place)
    await says_link(person)
    await person.sees("belum diumumkan", last=1)


async def says_link(person: Person, link: str = "") -> None:
    """From the question for the link to the end of what is asked about where a meeting is."""
    await (person.types(link) if link else person.taps("Lewati"))


async def announces(person: Person) -> None:
    """From the card of a plan."""
    await person.taps("Pratinjau & umumkan")
    await person.taps("📣 Umumkan ke")
    await person.sees("diumumkan", last=3)


async def announced(house: House, invited: Sequence[Person] = ()) -> None:
    """The Ketua planned and announced a meeting; those invited, or else everybody, have the invitation."""
    await plans(house.people[0])
    await announces(house.people[0])
    for person in invited or house.people:
        await person.sees("Apakah Bapak/Ibu hadir?", last=4)


async def to_meeting(person: Person) -> None:
    """The next meeting, from the menu."""
    await person.types("/menu")
    await person.taps("📅 Pertemuan berikutnya")


async def changes(ketua: Person, what: str) -> None:
    """From anywhere to what can be changed of an announced meeting."""
    await to_meeting(ketua)
    await ketua.taps("Ubah / batalkan")
    await ketua.taps(what)


async def invites(ketua: Person, among: str, which: str) -> None:
    """From the list of those invited: all of a role, an instansi or a group."""
    await ketua.taps("＋ Undang per kelompok")
    await ketua.taps(among)
    await ketua.taps(f"☐ {which}")
    await ketua.taps("Selesai memilih")


async def calendar_of(person: Person) -> tuple[Calendar, Any]:
    """The newest calendar file: the calendar and its only event."""
    _, content = await person.receives_file(".ics")
    read = Calendar.from_ical(content)
    (found,) = read.walk("VEVENT")
    return read, found


async def begins(house: House, *, hours: float = 0) -> None:
    """The day has come: the Ketua begins the meeting, that many hours after its start."""
    row = (await house.rows(sa.select(MeetingRow).order_by(MeetingRow.id)))[-1]
    ahead = (row.starts.timestamp() - await house.sim.now()) / 3600
    await house.waits(hours=ahead + hours)
    ketua = house.people[0]
    await to_meeting(ketua)
    await ketua.taps("▶ Mulai pertemuan")
    await ketua.sees("terlambat" if hours else "sesuai jadwal", last=1)


async def held(house: House) -> None:
    """A meeting that everybody was invited to has begun in time."""
    await announced(house)
    await begins(house)


async def code_of(ketua: Person) -> str:
    """The code for checking in, from the screen of the meeting."""
    await ketua.taps("Kode & QR")
    return await code_shown(ketua)


async def code_shown(ketua: Person) -> str:
    """The code on the screen."""
    message = await ketua.sees("kirim kode berikut", last=1)
    return str(message["text"]).rsplit(maxsplit=1)[1]


async def to_live(person: Person) -> None:
    """From anywhere to the screen of the meeting that is held."""
    await person.types("/menu")
    await person.taps("📅 ▶ sedang berlangsung")
    if "▶ Layar pertemuan" in await person.buttons():
        await person.taps("▶ Layar pertemuan")


async def writes(person: Person, kind: str, text: str) -> None:
    """Something for the minutes."""
    await person.taps(kind)
    await person.types(text)
    await person.sees(text, last=1)


async def closes(person: Person) -> None:
    """The meeting is over: minutes go round, corrections until the day after tomorrow."""
    await person.taps("■ Selesai & edarkan notulen")
    await person.sees("Saran:", last=1)
    await person.types("lusa")
    await person.sees("notulen diperiksa sampai", last=2)


async def corrects(person: Person, letter: str, text: str) -> None:
    """From the minutes that were sent round: proposes a correction."""
    await person.taps("Buka notulen")
    await person.taps("Usulkan koreksi")
    await person.taps(letter)
    await person.types(text)
