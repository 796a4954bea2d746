"""A busy desk of a naskah: a draft of the guide, contributions, every way to start a text, hidden ones."""

from typing import Any

from domain.instruments.base import Desk, Item, Sheet
from domain.instruments.narrative.instrument import Narrative
from domain.instruments.narrative.text import Section, Settings
from tests.support.driving import TODAY, moved, scripted

FACTS = {
    "sections_empty": {"sections": ["Latar belakang", "Tujuan"]},
    "not_composed": {"sections": ["Latar belakang"]},
    "written": {"count": 7, "sections": ["Tujuan"]},
    "composed": {"title": "Latar belakang", "version": 2, "by": "Siti", "used": 3},
}
"""What the words of each fault, pulse and trace need to know."""


def naskah(text: str, members: int = 3) -> Desk[Any]:
    """Three sections: one with a long draft, one composed twice, one only contributed to."""
    sections = (
        Section("latar", text, text),
        Section("maksud", f"Maksud {text}", text, "\n".join([text] * 6)),
        Section("manfaat", "Manfaat", required=False),
    )
    items = (Item("1", text), Item("2", "Ringkasan", fields={"bagian": "latar", "naskah": text}))
    ballots: dict[int, dict[str, Any]] = {
        member: {
            "1": "0",
            "1.0": f"{member} {text}",
            "2": "1",
            "2.1~0": "on",
            "2.1~1": "write",
            "2.1": f"{text} {member}",
            "3": "2",
            "3.2": text,
            "4": "-",
        }
        for member in range(1, members + 1)
    }
    on = Sheet(Settings(sections), items, voters=members, today=TODAY)
    desk: Desk[Any] = Desk(on, ballots)
    naskah_ = Narrative()
    desk = moved(
        desk, naskah_, "compose", scripted(section="0", base="pick", **{"from": "1-1,2-1"}, text="start")
    )
    desk = moved(desk, naskah_, "compose", scripted(section="0", base="add", **{"from": "b1"}, text="start"))
    desk = moved(desk, naskah_, "compose", scripted(section="0", base="improve", text=f"={text}\n{text}"))
    desk = moved(desk, naskah_, "compose", scripted(section="1", base="new", text=f"={text}"))
    desk = moved(desk, naskah_, "hide", scripted(section="2", which="1-3", reason=f"={text}"))
    desk = moved(desk, naskah_, "hide", scripted(section="0", which="3-1", reason=f"={text}"))
    return moved(desk, naskah_, "show", scripted(which="1-3"))
