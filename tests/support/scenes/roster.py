"""A busy desk of a susunan tim: members and others proposed, some appointed, one taken back."""

from typing import Any

from domain.instruments.base import Desk, Item, Sheet
from domain.instruments.roster.instrument import Roster
from domain.instruments.roster.people import Post, Settings, somebody
from domain.process.sources import MEMBERS, PEOPLE
from tests.support.driving import TODAY, moved, scripted

FACTS = {
    "posts_empty": {"posts": ["Ketua", "Sekretaris"]},
    "groups_absent": {"groups": ["Pengguna layanan"]},
    "proposed": {"count": 7, "posts": ["Ketua"]},
    "appointed": {"name": "Siti", "post": "Ketua", "count": 3, "by": "Budi"},
}
"""What the words of each fault, pulse and trace need to know."""


def person(number: int, name: str, instansi: str, **fields: str) -> Item:
    """A member as the activity draws them: numbered again, the membership in the source."""
    facts = {"instansi": instansi, "jabatan": "Kepala Seksi", "peran": "anggota", **fields}
    return Item(str(number), name, f"{MEMBERS}#{number + 40}", instansi, facts)


def teams(text: str, members: int = 3) -> Desk[Any]:
    """Three posts and two groups; one member's group is known, the others' are asked."""
    settings = Settings(
        (
            Post("ketua", text, 1, text),
            Post("anggota", f"Anggota {text}", 5, text),
            Post("penulis", "Penulis"),
        ),
        (text, "Pengguna layanan"),
    )
    people = (person(1, text, text), person(2, "Siti", text, unsur=text), person(3, "Budi", "PDAM"))
    other = {"2.1": "x", "2.1n": text, "2.1i": text, "2.1ux": "0"}
    ballots: dict[int, dict[str, Any]] = {
        member: {"1": "0", "1.0": "41", "1.0u41": "1", "2": "1", **other, "3": "1", "3.1": "42", "4": "-"}
        for member in range(1, members + 1)
    }
    on = Sheet(settings, inputs={PEOPLE: people}, voters=members, today=TODAY)
    desk: Desk[Any] = Desk(on, ballots)
    roster, stranger = Roster(), somebody(text, text).id
    desk = moved(desk, roster, "appoint", scripted(post="0", who="42"))
    desk = moved(desk, roster, "appoint", scripted(post="1", who=stranger, u="-"))
    desk = moved(desk, roster, "appoint", scripted(post="1", who="41", u="0"))
    desk = moved(
        desk, roster, "appoint", scripted(post="2", who="x", name=f"={text[:80]}", org="=PDAM", u="0")
    )
    return moved(desk, roster, "remove", scripted(who="A4"))
