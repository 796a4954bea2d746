"""A busy desk of a weighting: criteria of the file and of a group, members who differ, and agreed weights."""

from fractions import Fraction
from typing import Any

from domain.dialog.questions import Given, Question, Text, Typed
from domain.instruments.base import Desk, Item, Sheet
from domain.instruments.scoring.criteria import Criterion
from domain.instruments.weighting.board import Settings
from domain.instruments.weighting.instrument import Weighting
from tests.support.driving import TODAY, moved

FACTS = {
    "agreement": {
        "w": Fraction(1, 3),
        "strength": "weak",
        "items": ("<b>Biaya</b>", "Manfaat"),
        "complete": 4,
    },
    "weight": {"percent": Fraction(100, 3), "complete": 4, "adjusted": True},
}
"""What the words of each fault, pulse and trace need to know."""


def weights(text: str, members: int = 3) -> Desk[Any]:
    """Every member but one gives each criterion a value; then other weights are agreed on."""
    written = (Criterion("k1", text, text, key="biaya"), Criterion("k2", "Manfaat", key="manfaat"))
    items = tuple(Item(str(number), f"{number} {text}", detail=text) for number in range(1, members + 1))
    settings = Settings(written, words=tuple((value, f"{value} {text}") for value in range(1, 6)))
    asked = ["k1", "k2", *(item.id for item in items)]
    ballots: dict[int, dict[str, Any]] = {
        member: {each: 1 + (member + place) % 5 for place, each in enumerate(asked)}
        for member in range(1, members + 1)
    }
    ballots[members + 1] = {"k1": 5}
    desk: Desk[Any] = Desk(Sheet(settings, items, voters=5, today=TODAY), ballots)

    def agreed(question: Question) -> Given:
        return Typed(text if isinstance(question, Text) else "12,5")

    return moved(desk, Weighting(), "adjust", agreed)
