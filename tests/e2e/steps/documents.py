"""What people do about documents on their phones, as steps."""

import struct
import zlib

from bot.app import Running
from domain import roles
from simulator.phones.phone import Person, Simulator
from tests.e2e.steps.planting import CARDS, House, planted

QUIET = 0.3
"""Seconds without a word after which the bot is done: what takes longer is waited for by what is seen."""
TITLE = "Rangkuman isu dan rencana"
HENDRA, SITI, TONO = "Hendra Wijaya", "Siti Aminah", "Tono Prasetyo"
SMALL = """
process: ringkas
version: 1
title: Proses ringkas
guide: Contoh
stages:
  - key: "1"
    title: Persiapan
    topics:
      - key: "1.1"
        title: Isu
        source: Tahap 1, Topik 1
        objective: Menyepakati isu.
        outputs: [Isu yang disepakati]
        activities:
          - key: isu
            title: Kartu isu
            instrument: cards
            prompt: Apa isunya?
            columns:
              - key: isu
                title: Isu
          - key: rencana
            title: Rencana kerja
            instrument: agreement
            prompt: Apakah disepakati?
            rule: suara-terbanyak
            statements:
              - Rencana kerja disetujui.
documents:
  - key: rangkuman
    title: Rangkuman isu dan rencana
    sections:
      - title: Isu
        activities: [1.1/isu]
"""
"""A process whose document is complete as soon as the cards are adopted."""


async def to_paper(person: Person, title: str = TITLE) -> None:
    await person.types("/dokumen")
    await person.taps(title)


async def house_with_cards(
    sim: Simulator,
    bot: Running,
    *names: str,
    process: str = SMALL,
    card: str = "Air sering mati <b>malam</b>",
) -> House:
    """A Pokja whose first activity is adopted; Tono is a guest."""
    sim.quiet = QUIET
    house = await planted(sim, bot, *(names or (HENDRA, SITI)), process=process, role={TONO: roles.TAMU})
    cards = await house.opens(CARDS)
    await house.people[1].taps("Mulai mengisi")
    await house.people[1].types(card)
    await house.closes(cards)
    await house.adopts(cards)
    return house


async def finishes(ketua: Person) -> None:
    """The Ketua has the document published; ends on its card."""
    await to_paper(ketua)
    await ketua.taps("✅ Terbitkan versi final")
    await ketua.sees("Selesai. Berkasnya dikirim di bawah.")


async def has_files(person: Person, *names: str) -> None:
    """Waits until these are there; no other may be."""
    for name in names:
        await person.receives_file(name)
    assert await files(person) == list(names)


async def files(person: Person, last: int = 30) -> list[str]:
    """Names of all files in the chat, oldest first."""
    return [file["name"] for message in await person.messages(last) for file in message["files"]]


def png(width: int, height: int, *, data: bytes | None = None) -> bytes:
    """A red picture; `data` replaces its dots."""
    dots = data if data is not None else b"".join(b"\0" + b"\xc8\0\0" * width for _ in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(dots)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
        for name, content in parts
    )
