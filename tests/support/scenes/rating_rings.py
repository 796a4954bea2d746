"""A busy desk of rating rings: two tied for the innermost, a further round that ties again, and a decision."""

from typing import Any

from domain.instruments.base import Desk, Item, Sheet
from domain.instruments.rating_rings import RatingRings, Settings
from tests.support.driving import TODAY, moved, scripted

FACTS = {
    "rings_items": {"given": 0, "most": 60},
    "tie_for_place": {"items": ["<b>Tarif</b>", "Kebocoran"], "places": 1},
    "ring": {"ring": "<b>Inti</b>", "mean": "7/3", "highest": 3, "ballots": 3, "by": "Siti"},
}
"""What the words of each fault and trace need to know."""


def rings(text: str, members: int = 3) -> Desk[Any]:
    """Items 1 and 2 are put into the innermost ring by all, the others outside; one ballot is incomplete."""
    items = tuple(Item(str(number), f"{number} {text}") for number in range(1, members + 1))
    whole = {f"1:{item.id}": "1" if int(item.id) <= 2 else str(2 + int(item.id) % 2) for item in items}
    ballots = {member: dict(whole) for member in range(1, members)} | {members: {"1:1": "3"}}
    settings = Settings((text, f"{text} 2", "Luar"))
    desk: Desk[Any] = Desk(Sheet(settings, items, voters=4, today=TODAY), ballots)
    desk = moved(desk, RatingRings(), "again", scripted())
    ballots[1]["2:pick"], ballots[2]["2:pick"] = "1", "2"
    return moved(desk, RatingRings(), "decide", scripted(chosen="1", reason="=" + text))
