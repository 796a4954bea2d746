"""A busy desk of a checklist: rows of the file and items, every answer, with notes and without."""

from typing import Any

from domain.instruments.base import Desk, Item, Sheet
from domain.instruments.checklist.table import ANSWERS, Line, Settings
from tests.support.driving import TODAY

FACTS = {
    "checklist_size": {"given": 0, "most": 100},
    "unchecked": {"cells": 3},
    "answers": {"ya": 4, "sebagian": 1, "belum": 1},
}
"""What the words of each fault and trace need to know."""


def checks(text: str, members: int = 3) -> Desk[Any]:
    """Each member answers each cell in another way; all but the last leave notes."""
    rows = (Line("a", text, text), Line("b", "Penyaluran"))
    items = tuple(Item(str(number), f"{number} {text}", detail=text) for number in range(1, members + 1))
    settings = Settings(rows, (Line("t", text, text), Line("p", "Partisipatif")))
    cells = [f"{row}.{n}" for row in ("r1", "r2", *(item.id for item in items)) for n in (1, 2)]
    ballots: dict[int, dict[str, Any]] = {}
    for member in range(1, members + 1):
        answers = {cell: ANSWERS[(member + place) % 3] for place, cell in enumerate(cells)}
        notes = {f"{cell}+{answer[0]}": text for cell, answer in answers.items() if answer != "ya"}
        ballots[member] = {**answers, **(notes if member < members else dict.fromkeys(notes))}
    return Desk(Sheet(settings, items, voters=4, today=TODAY), ballots)
