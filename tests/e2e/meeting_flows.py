"""What people do about meetings on their phones, as steps."""

from icalendar import Calendar

from bot.app import Running
from domain import roles
from simulator.phones import Person, Simulator
from tests.e2e.planting import House, planted

HENDRA, SITI, BUDI, RINA, TAMU, FITRI = (
    "Hendra Wijaya", "Siti Aminah", "Budi Santoso", "Rina Kartika", "Tono Prasetyo", "Fitri Handayani",
)  # fmt: skip
TITLE = "1.1 Isu dan rencana"
PROCESS = """
process: rapat
version: 1
title: Proses rapat
guide: Contoh
stages:
  - key: "1"
    title: Persiapan
    topics:
      - key: "1.1"
        title: Isu dan rencana
        source: Tahap 1, Topik 1
        objective: Menyepakati isu.
        outputs: [Isu yang disepakati]
        materials: [Hasil pendataan]
        equipment: [Proyektor]
        sessions:
          - minutes: 60
            agenda: [Paparan hasil pendataan, Curah pendapat]
          - minutes: 40
            agenda: [Diskusi kelompok]
        activities:
          - key: waktu
            title: Waktu pertemuan
            instrument: date_poll
            prompt: Kapan Bapak/Ibu dapat hadir?
"""
EVERYONE = {SITI: roles.SEKRETARIS, TAMU: roles.TAMU, FITRI: roles.FASILITATOR}


async def house_of(sim: Simulator, running: Running, *names: str) -> House:
    """A Pokja with an open topic: Hendra is Ketua, Siti Sekretaris, Tono a guest, Fitri Fasilitator."""
    house = await planted(sim, running, *names, role=EVERYONE, process=PROCESS)
    ketua = house.people[0]
    await ketua.types("/topik")
    await ketua.taps("○ 1.1")
    await ketua.taps("Buka topik ini")
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
    await person.taps("Lewati")
    await person.sees("belum diumumkan", last=1)


async def announces(person: Person) -> None:
    """From the card of a plan."""
    await person.taps("Pratinjau & umumkan")
    await person.taps("📣 Umumkan ke")
    await person.sees("diumumkan", last=3)


async def announced(house: House) -> None:
    """The Ketua planned and announced a meeting; everybody has the invitation."""
    await plans(house.people[0])
    await announces(house.people[0])
    for person in house.people:
        await person.sees("Apakah Bapak/Ibu hadir?", last=4)


async def to_meeting(person: Person) -> None:
    """The next meeting, from the menu."""
    await person.types("/menu")
    await person.taps("📅 Pertemuan berikutnya")


async def calendar_of(person: Person) -> tuple[Calendar, object]:
    """The newest calendar file: the calendar and its only event."""
    _, content = await person.receives_file(".ics")
    read = Calendar.from_ical(content)
    (found,) = read.walk("VEVENT")
    return read, found
