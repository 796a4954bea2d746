"""A busy desk of a scoring: two ties that a round leaves, the Ketua's order, followers with and without leader."""

from fractions import Fraction
from typing import Any

from domain.instruments.base import Desk, Item, Sheet
from domain.instruments.scoring.board import FOLLOWERS, Settings
from domain.instruments.scoring.criteria import Criterion
from domain.instruments.scoring.instrument import Scoring
from domain.process.sources import WEIGHTS
from tests.support.driving import TODAY, moved, scripted

FACTS = {
    "tie_for_lead": {"items": ["<b>Tarif</b>", "Kebocoran"]},
    "agreement": {
        "w": Fraction(1, 3),
        "strength": "weak",
        "items": ("<b>Tarif</b>", "Kebocoran"),
        "complete": 4,
    },
    "scored": {"rank": 2, "places": 5, "total": "7/3", "complete": 4, "merged": False},
    "follows": {"rank": 2, "leader": "<b>Tarif</b>"},
}
"""What the words of each fault, pulse and trace need to know."""


def scores(text: str, members: int = 3) -> Desk[Any]:
    """The first two items are equal, and so are the others: in every round."""
    ids = [str(number) for number in range(1, members + 3)]
    items = tuple(Item(each, f"{each} {text}", f"1.1/usulan#{each}") for each in ids)
    weights = (
        Item("1", text, fields={"bobot": "2/3", "kunci": "a"}),
        Item("2", f"Biaya {text}", fields={"bobot": "1/3"}),
    )
    followers = (
        Item("1", f"Pendukung {text}", fields={"induk": items[0].text}),
        Item("2", f"Lepas {text}", fields={"induk": "?"}),
    )
    words = tuple((value, f"{value} {text}") for value in range(1, 6))
    settings = Settings((Criterion("k1", "A", text, words, key="a"),), words=words, followers_by="induk")
    inputs = {WEIGHTS: weights, FOLLOWERS: followers}
    ballots = {
        member: {
            f"{number}:{each}.{criterion}": (3 if each in "12" else 1)
            + (member + number + int(criterion)) % 3
            for number in (1, 2)
            for each in ids
            for criterion in "12"
        }
        for member in range(1, members + 1)
    }
    ballots[members + 1] = {"1:1.1": 5}
    desk: Desk[Any] = Desk(Sheet(settings, items, voters=5, inputs=inputs, today=TODAY), ballots)
    desk = moved(desk, Scoring(), "again", scripted(rank="all"))
    return moved(desk, Scoring(), "decide", scripted(rank="1", p="2", reason="=" + text))
