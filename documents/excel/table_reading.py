"""A table of weights and scores from a file: Excel (.xlsx) with the values its formulas had, or text (.csv, .tsv).

Of several sheets the first visible one is taken that can be checked. All of this takes time and belongs into a thread.
"""

import io
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

import openpyxl

from documents.excel.package import MOST_BYTES, check_package
from documents.excel.reading import PERCENT_SIGN
from domain.dialog.reading import read_text
from domain.faults import Rejected
from domain.instruments.worksheet.importing import typed
from domain.table_check import text as check_text
from domain.table_check.cells import (
    ERROR,
    LONGEST_CELL,
    MOST_COLUMNS,
    MOST_ROWS,
    NO_VALUE,
    Cell,
    Rows,
    check_size,
    kept_number,
)
from domain.table_check.check import check

TEXT_ENDINGS: Final = (".csv", ".tsv", ".txt")
TEXT_CODINGS: Final = ("utf-8-sig", "cp1252")
MOST_SHEETS: Final = 20
LAST_ROW: Final = MOST_ROWS + 100
"""Rows that are looked at: a table has at most MOST_ROWS, and stands near the top of its sheet."""

DIGITS: Final = 12
"""What a spreadsheet keeps beyond these is the noise of its binary fractions."""

SAID_OTHERWISE: Final = {
    "excel_csv": "check_other_file",
    "excel_unknown": "check_other_file",
    "excel_swollen": "check_swollen",
}
"""Faults whose sentences speak of forms that were filled in."""


@dataclass(frozen=True, slots=True)
class FoundTable:
    """The rows of a table, the sheet it stood in (nothing in a text), and the sheets that were not looked at."""

    rows: Rows
    sheet: str = ""
    others: tuple[str, ...] = ()


def read_table(content: bytes, name: str) -> FoundTable:
    """The table in a file. Raises Rejected with what is wrong with the file and what to do."""
    if name.lower().endswith(TEXT_ENDINGS) and not content.startswith(b"PK\x03\x04"):
        return FoundTable(check_text.read(_decoded(content)))
    try:
        check_package(content, name)
    except Rejected as rejected:
        raise Rejected(
            SAID_OTHERWISE.get(rejected.fault.code, rejected.fault.code), **rejected.fault.details
        ) from rejected
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl tells what it leaves out, such as the checks of cells
        try:
            return _first_table(content)
        except Rejected:
            raise
        except Exception as error:  # whatever openpyxl trips over, the file is to blame
            raise Rejected("excel_damaged") from error


def _decoded(content: bytes) -> str:
    """Raises Rejected where it is too long, or no text."""
    if len(content) > MOST_BYTES:
        raise Rejected("excel_too_big", most_mb=MOST_BYTES // 1_000_000)
    for coding in TEXT_CODINGS:
        try:
            return content.decode(coding)
        except UnicodeDecodeError:
            continue
    raise Rejected("check_other_file")


def _first_table(content: bytes) -> FoundTable:
    """Of the visible sheets the first that can be checked; if none can, what is wrong with the first."""
    values = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    formulas = openpyxl.load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
    names = [sheet.title for sheet in values.worksheets if sheet.sheet_state == "visible"][:MOST_SHEETS]
    faults: list[Rejected] = []
    for at, name in enumerate(names):
        try:
            rows = _checkable(_rows(values[name], formulas[name]))
        except Rejected as rejected:
            faults.append(rejected)
        else:
            return FoundTable(rows, name, tuple(names[at + 1 :]))
    raise faults[0] if faults else Rejected("check_no_table")


def _checkable(rows: Rows) -> Rows:
    check_size(rows)
    check(rows)
    return rows


def _rows(values: object, formulas: object) -> Rows:
    return tuple(
        tuple(_cell(value, formula) for value, formula in zip(*pair, strict=True))
        for pair in zip(_lines(values), _lines(formulas), strict=True)
    )


def _lines(sheet: Any) -> Iterator[tuple[object, ...]]:
    """Its rows, all of one width. Raises Rejected('check_too_big') where there are more than are looked at."""
    sheet.reset_dimensions()  # what a file says of its own size is not to be trusted
    for number, line in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS + 1, max_row=LAST_ROW + 1), 1):
        if number > LAST_ROW and any(cell.value is not None for cell in line):
            raise Rejected("check_too_big", rows=MOST_ROWS, columns=MOST_COLUMNS)
        yield (*line, *[None] * (MOST_COLUMNS + 1 - len(line)))


def _cell(value: Any, formula: Any) -> Cell:
    """What is seen in the cell; `formula` is the same cell of the book as it was written."""
    if formula is not None and formula.data_type == "f" and (value is None or value.value is None):
        return Cell(trouble=NO_VALUE)
    if value is None or value.value is None:
        return Cell()
    if value.data_type == "e":
        return Cell(trouble=ERROR)
    if isinstance(value.value, int | float) and not isinstance(value.value, bool):
        return kept_number(
            Decimal(f"{value.value:.{DIGITS}g}"), percent=PERCENT_SIGN in (value.number_format or "")
        )
    return Cell(_said(value.value))


def _said(value: object) -> str:
    text = f"{value:%d/%m/%Y}" if isinstance(value, datetime | date) else typed(value) or ""
    return " ".join(read_text(text, 0, len(text) * 4 + 4).split())[:LONGEST_CELL]
