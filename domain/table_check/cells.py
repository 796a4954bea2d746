"""Cells of a table made elsewhere, and the same as plain data that can be kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

from domain.faults import Rejected
from domain.formulas import written
from domain.table_check.numbers import LARGEST, Number

MOST_ROWS: Final = 500
MOST_COLUMNS: Final = 30
LONGEST_CELL: Final = 3_000
MOST_CHARACTERS: Final = 200_000
"""Of all cells together: a table is kept until another is checked."""

NO_VALUE, ERROR = "no_value", "error"
"""Troubles of a cell: a formula without the value it had, and one that failed (#REF!)."""

Plain = Any
"""JSON: a text; of a number that a program kept {"number": "0.3", "percent": true}; of a trouble {"trouble": …}."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell; `number` where a program kept a number rather than a text."""

    text: str = ""
    number: Number | None = None
    trouble: str = ""

    def is_empty(self) -> bool:
        return not self.text and not self.trouble


Rows = tuple[tuple[Cell, ...], ...]
"""Every row of the source, also the empty ones: the place of a row is its number less one."""


def kept_number(value: Decimal, *, percent: bool = False) -> Cell:
    """The cell of a number that a program kept, with its text as Indonesians write it; a text where it is too large."""
    if abs(value) >= LARGEST:
        return Cell(f"{value:.3e}")
    exponent = value.normalize().as_tuple().exponent
    decimals = max(0, -exponent) if isinstance(exponent, int) else 0
    number = Number(Fraction(value), decimals, percent, kept=True)
    shown = written(number.value * (100 if percent else 1)).replace(".", ",")
    return Cell(shown + ("%" if percent else ""), number)


def plain(rows: Rows) -> list[list[Plain]]:
    """The rows as JSON."""
    return [[_plain(cell) for cell in row] for row in rows]


def revived(rows: Sequence[Sequence[Plain]]) -> Rows:
    """The reverse of `plain`."""
    return tuple(tuple(_revived(cell) for cell in row) for row in rows)


def check_size(rows: Rows) -> None:
    """Raises Rejected('check_too_big')."""
    filled = [row for row in rows if any(not cell.is_empty() for cell in row)]
    wide = max((at for row in filled for at, cell in enumerate(row, 1) if not cell.is_empty()), default=0)
    size = sum(len(cell.text) for row in filled for cell in row)
    if len(filled) > MOST_ROWS or wide > MOST_COLUMNS or size > MOST_CHARACTERS:
        raise Rejected("check_too_big", rows=MOST_ROWS, columns=MOST_COLUMNS)


def _plain(cell: Cell) -> Plain:
    if cell.trouble:
        return {"trouble": cell.trouble}
    if cell.number is None:
        return cell.text
    return {"number": written(cell.number.value), "percent": cell.number.percent}


def _revived(cell: Plain) -> Cell:
    if isinstance(cell, str):
        return Cell(cell)
    if "trouble" in cell:
        return Cell(trouble=cell["trouble"])
    return kept_number(Decimal(cell["number"]), percent=cell["percent"])
