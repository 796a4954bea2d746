"""A workbook as plain data: sheets of typed columns, whose formulas stay live in Excel.

A formula is written by the program, never by a person, and names cells by column: `{harga}` is the cell of this row,
`{harga:all}` the column's cells in all rows, `{harga:above}` those down to this row, `{k1..k3}` the cells of this row
from column k1 to k3, `{bobot/k1..k3}` those of the row named 'bobot'. It carries the exact value it has today, shown
where formulas are not computed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from domain.formulas import NAME, NUMBER, PERCENT, Formula

TEXT, WHOLE, DECIMAL, MONEY, PERCENTS, SHARE, DATE = (
    "text",
    "whole",
    "decimal",
    "money",
    "percent",
    "share",
    "date",
)
"""Kinds of columns: of `percent` 12.5 is shown as 12,5 %, of `share` 0.125 is; money is in rupiah."""


@dataclass(frozen=True, slots=True)
class Live:
    """A formula and its value today."""

    text: str
    value: "Value"


Value = str | int | bool | Decimal | Fraction | date | None


@dataclass(frozen=True, slots=True)
class Jump:
    """A text that leads to another sheet of the workbook, counted from 0."""

    text: str
    sheet: int


Cell = Value | Live | Jump


@dataclass(frozen=True, slots=True)
class Column:
    """A column; `decimals` for numbers, `total` adds it up below."""

    key: str
    title: str
    kind: str = TEXT
    decimals: int = 2
    total: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """Cells in the order of the columns; a row that formulas refer to has a `key`."""

    cells: tuple[Cell, ...]
    key: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table under its title: rows that belong to the head (weights), the rows themselves, notes below.

    A list that is `filtered` has Excel's filters in its head.
    """

    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    above: tuple[Row, ...] = ()
    notes: tuple[str, ...] = ()
    filtered: bool = False


@dataclass(frozen=True, slots=True)
class Workbook:
    """Sheets in one file; `seals` (domain.documents.seals) go into its own description."""

    title: str
    sheets: tuple[Sheet, ...]
    author: str = ""
    made_at: datetime | None = None
    seals: tuple[str, ...] = ()


_SIGNS: Mapping[str, str] = {"+": "+", "-": "-", "*": "*", "/": "/"}


def excel_formula(formula: Formula) -> str:
    """The formula of a computed column (domain.formulas) in the language above, every part in brackets."""
    sign, *parts = formula
    if sign == NAME:
        return f"{{{parts[0]}}}"
    if sign == NUMBER:
        return str(parts[0])
    return _joined(sign, [excel_formula(part) for part in parts])


def _joined(sign: str, parts: list[str]) -> str:
    if sign == PERCENT:
        return f"({parts[0]}/{parts[1]}*100)"
    return f"({_SIGNS[sign].join(parts)})" if len(parts) > 1 else f"({_SIGNS[sign]}{parts[0]})"


def plain_cell(value: Any) -> Value:
    """A cell of a result as it is kept: yes and no in words, everything else as it is."""
    return ("ya" if value else "tidak") if isinstance(value, bool) else value
