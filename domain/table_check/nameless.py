"""A first row of numbers without a name: weights, or one of what is judged? Where nothing tells, people are asked.

An answer is put into the table as a word, so that it is read like one that had it from the beginning.
"""

from dataclasses import replace

from domain.faults import Rejected
from domain.table_check.cells import Cell, Rows
from domain.table_check.grid import GridRow, grids, is_number
from domain.table_check.layout import adds_up_to_whole
from domain.table_check.tables import check_all
from domain.table_check.titles import NUMBER, RANK, TOTAL, WEIGHT, role

AS_WEIGHTS, AS_ITEM = "weights", "item"
WORDS = {AS_WEIGHTS: "Bobot", AS_ITEM: "Tanpa nama"}
LEAST = 2
"""Numbers that such a row has at least."""

MOST_ROWS = 60
"""Of a table in which such a row is looked for: it is then checked several times."""


def doubtful_row(rows: Rows) -> str:
    """The numbers of a row of which the table doesn't tell what it is: '40; 30; 30'; '' where there is none."""
    found = _nameless(rows)
    if found is None:
        return ""
    ways = [_explains(settled(rows, answer)) for answer in WORDS]
    return "; ".join(cell.text for cell in found.cells if not cell.is_empty()) if len(set(ways)) == 1 else ""


def settled(rows: Rows, answer: str = "") -> Rows:
    """The table with the row named as was answered, or without an answer as explains its totals."""
    found = _nameless(rows)
    if found is None:
        return rows
    likely = [each for each in WORDS if _explains(_named(rows, found, WORDS[each]))]
    chosen = answer or (likely[0] if len(likely) == 1 else "")
    return _named(rows, found, WORDS[chosen]) if chosen else rows


def _named(rows: Rows, found: GridRow, word: str) -> Rows:
    at = found.number - 1
    row = rows[at]
    place = next(place for place, cell in enumerate(row) if cell.is_empty())
    named = (*row[:place], replace(Cell(), text=word), *row[place + 1 :])
    return (*rows[:at], named, *rows[at + 1 :])


def _nameless(rows: Rows) -> GridRow | None:
    """The first row below the head, if nothing but scores stands in it, and its first cell is empty."""
    if len(rows) > MOST_ROWS:
        return None
    try:
        grid = grids(rows)[-1]
    except Rejected:
        return None
    first = grid.rows[0] if grid.rows else None
    roles = [role(title) for title in grid.titles]
    if (
        first is None
        or WEIGHT in roles
        or not rows[first.number - 1]
        or not rows[first.number - 1][0].is_empty()
    ):
        return None
    cells = [cell for kind, cell in zip(roles, first.cells, strict=True) if kind in {NUMBER, TOTAL, RANK}]
    filled = [cell for cell in first.cells if not cell.is_empty()]
    bare = all(cell.is_empty() for cell in cells) and all(map(is_number, filled))
    named = len(filled) >= LEAST and _others_are_named(grid.rows)
    return first if bare and named and not adds_up_to_whole(filled) else None


def _others_are_named(rows: tuple[GridRow, ...]) -> bool:
    below = [any(cell.text and not is_number(cell) for cell in row.cells) for row in rows[1:]]
    return bool(below) and all(below)


def _explains(rows: Rows) -> bool:
    """Whether the totals are explained when it is read like this."""
    try:
        first = check_all(rows).tables[0]
    except Rejected:
        return False
    return bool(first.way.following)
