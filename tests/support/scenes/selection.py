"""A busy desk of a selection: three ways tied, a further round that ties again, and the Ketua's decision."""

from typing import Any

from domain.instruments.base import Desk, Item, Sheet
from domain.instruments.selection import PickSeveral, Settings
from tests.support.driving import TODAY, moved, scripted

FACTS = {
    "selection_items": {"given": 0, "most": 60},
    "tie_for_place": {"items": ["<b>Tarif</b>", "Kebocoran"], "places": 1},
    "majorities": {"agreed": 2, "ballots": 5},
    "votes": {"votes": 3, "ballots": 5, "rank": 1, "by": "Siti"},
}
"""What the words of each fault, pulse and trace need to know."""


def selections(text: str, members: int = 3) -> Desk[Any]:
    """Everybody picks everything, so that all are tied for two places."""
    ids = [str(number) for number in range(1, members + 1)]
    items = tuple(Item(each, f"{each} {text}") for each in ids)
    context = (Item("1", text),)
    ballots = {member: {"1:pick": ids} for member in range(1, members + 1)}
    settings = Settings(pick=members, keep=2)
    desk: Desk[Any] = Desk(Sheet(settings, items, context, voters=4, today=TODAY), ballots)
    desk = moved(desk, PickSeveral(), "again", scripted())
    for member, mine in ballots.items():
        mine["2:pick"] = [str(member), str(member % members + 1)]
    return moved(desk, PickSeveral(), "decide", scripted(chosen="1,2", reason="=" + text))
