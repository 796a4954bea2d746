"""A table from a file: Excel (.xlsx) or LibreOffice (.ods) with the values its formulas had, or text (.csv, .tsv).

Of several sheets the first visible one is taken that can be checked. All of this takes time and belongs into a thread.
"""

import io
import re
import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from typing import Any, Final

import openpyxl
from openpyxl.utils import get_column_letter

from documents.excel.bare import bare
from documents.excel.hidden import Hidden, hidden
from documents.excel.opendocument import OpenSheet, is_opendocument, open_sheets
from documents.excel.package import MOST_BYTES, check_opendocument, check_package
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
from domain.table_check.tables import check_all

TEXT_ENDINGS: Final = (".csv", ".tsv", ".txt")
_SEPARATOR = re.compile(r"^sep=.\r?\n", re.IGNORECASE)
"""What Excel is told by the first line of some."""

TEXT_CODINGS: Final = ("utf-8-sig", "cp1252")
MOST_SHEETS: Final = 20
MOST_CELLS: Final = 12_000
"""Filled cells that are looked at without finding a table: reading them takes about a second."""

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
    """The rows of a table, the sheet it stood in (nothing in a text), and the sheets that were not looked at.

    `hidden` are the rows and columns that were left out, as a spreadsheet names them: '5', 'C'.
    """

    rows: Rows
    sheet: str = ""
    others: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A sheet that is seen. Reading it gives its rows, and what of them isn't seen."""

    title: str
    read: Callable[[], tuple[Rows, Hidden]]


def read_table(content: bytes, name: str) -> FoundTable:
    """The table in a file. Raises Rejected with what is wrong with the file and what to do."""
    if is_opendocument(content):
        check_opendocument(content)
        return _unbroken(lambda: _first_table(_open_sheets(content)))
    if name.lower().endswith(TEXT_ENDINGS) and not content.startswith(b"PK\x03\x04"):
        return FoundTable(check_text.read(_decoded(content)))
    try:
        check_package(content, name)
    except Rejected as rejected:
        raise Rejected(
            SAID_OTHERWISE.get(rejected.fault.code, rejected.fault.code), **rejected.fault.details
        ) from rejected
    return _unbroken(lambda: _first_table(_sheets(content)), lambda: _first_table(_sheets(bare(content))))


def _unbroken(*ways: Callable[[], FoundTable]) -> FoundTable:
    """What the first of the ways gives that gets through the file: whatever they trip over, it is to blame."""
    broken: Exception | None = None
    for way in ways:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl tells what it leaves out, such as the checks of cells
            try:
                return way()
            except Rejected:
                raise
            except Exception as error:  # noqa: BLE001 - the last of them is told below
                broken = error
    raise Rejected("excel_damaged") from broken


def _decoded(content: bytes) -> str:
    """Raises Rejected where it is too long, or no text."""
    if len(content) > MOST_BYTES:
        raise Rejected("excel_too_big", most_mb=MOST_BYTES // 1_000_000)
    codings = ("utf-16",) if content.startswith((b"\xff\xfe", b"\xfe\xff")) else TEXT_CODINGS
    for coding in codings:
        try:
            return _SEPARATOR.sub("", content.decode(coding))
        except UnicodeDecodeError:
            continue
    raise Rejected("check_other_file")


def _first_table(sheets: Sequence[_Sheet]) -> FoundTable:
    """Of the visible sheets the first that can be checked; if none can, what is wrong with the first.

    Raises Rejected('check_swollen') where so much was read in vain that looking on would keep people waiting.
    """
    faults: list[Rejected] = []
    looked_at = 0
    for at, sheet in enumerate(sheets):
        if looked_at > MOST_CELLS:
            raise Rejected("check_swollen")
        try:
            rows, unseen = sheet.read()
            looked_at += sum(not cell.is_empty() for row in rows for cell in row)
            seen = _checkable(_seen(rows, unseen))
        except Rejected as rejected:
            faults.append(rejected)
        else:
            others = tuple(each.title for each in sheets[at + 1 :])
            return FoundTable(seen, sheet.title, others, _named(rows, unseen))
    raise faults[0] if faults else Rejected("check_no_table")


def _checkable(rows: Rows) -> Rows:
    if any(not cell.is_empty() for row in rows[LAST_ROW:] for cell in row):
        raise Rejected("check_too_big", rows=MOST_ROWS, columns=MOST_COLUMNS)
    check_size(rows)
    check_all(rows)
    return rows


def _seen(rows: Rows, unseen: Hidden) -> Rows:
    """The rows as they are seen: what is hidden is empty."""
    return tuple(
        ()
        if number in unseen.rows
        else tuple(Cell() if at in unseen.columns else cell for at, cell in enumerate(row, 1))
        for number, row in enumerate(rows, 1)
    )


def _named(rows: Rows, unseen: Hidden) -> tuple[str, ...]:
    """Hidden rows and columns with something in them, as a spreadsheet names them."""
    filled = {
        (number, at)
        for number, row in enumerate(rows, 1)
        for at, cell in enumerate(row, 1)
        if not cell.is_empty()
    }
    numbers = sorted({number for number, _ in filled} & unseen.rows)
    columns = sorted({at for _, at in filled} & unseen.columns)
    return (*map(str, numbers), *map(get_column_letter, columns))


def _open_sheets(content: bytes) -> list[_Sheet]:
    def reading(sheet: OpenSheet) -> Callable[[], tuple[Rows, Hidden]]:
        return lambda: (sheet.rows, sheet.hidden)

    sheets = open_sheets(content, most_rows=LAST_ROW + 1, most_columns=MOST_COLUMNS + 1)
    return [_Sheet(each.title, reading(each)) for each in islice(sheets, MOST_SHEETS)]


def _sheets(content: bytes) -> list[_Sheet]:
    values = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    formulas = openpyxl.load_workbook(io.BytesIO(content), read_only=True, keep_links=False)

    def reading(sheet: Any) -> Callable[[], tuple[Rows, Hidden]]:
        return lambda: (_rows(sheet, formulas[sheet.title]), _hidden(sheet))

    seen = [sheet for sheet in values.worksheets if sheet.sheet_state == "visible"]
    return [_Sheet(sheet.title, reading(sheet)) for sheet in seen[:MOST_SHEETS]]


def _hidden(sheet: Any) -> Hidden:
    with sheet._get_source() as part:  # noqa: SLF001 - openpyxl keeps from readers what is hidden
        return hidden(part, last_row=LAST_ROW, last_column=MOST_COLUMNS + 1)


def _rows(values: object, formulas: object) -> Rows:
    return tuple(
        tuple(_cell(value, formula) for value, formula in zip(*pair, strict=True))
        for pair in zip(_lines(values), _lines(formulas), strict=True)
    )


def _lines(sheet: Any) -> Iterator[tuple[object, ...]]:
    """Its rows, all of one width, one more of them than are looked at: there are too many then."""
    sheet.reset_dimensions()  # what a file says of its own size is not to be trusted
    for line in sheet.iter_rows(max_col=MOST_COLUMNS + 1, max_row=LAST_ROW + 1):
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
