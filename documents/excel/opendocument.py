"""Sheets of an OpenDocument spreadsheet (.ods, from LibreOffice): rows of cells, and what is hidden."""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from defusedxml.ElementTree import fromstring

from documents.excel.hidden import Hidden
from domain.dialog.reading import read_text
from domain.table_check.cells import ERROR, LONGEST_CELL, Cell, kept_number

OFFICE, TABLE, TEXT, STYLE = (
    f"{{urn:oasis:names:tc:opendocument:xmlns:{name}:1.0}}" for name in ("office", "table", "text", "style")
)
MIME: Final = b"application/vnd.oasis.opendocument.spreadsheet"
NUMBERS: Final = frozenset({"float", "percentage", "currency"})
DIGITS: Final = 12
"""What a spreadsheet keeps beyond these is the noise of its binary fractions."""


@dataclass(frozen=True, slots=True)
class OpenSheet:
    """A sheet as it is seen: its rows, and the numbers of those that are hidden."""

    title: str
    rows: tuple[tuple[Cell, ...], ...]
    hidden: Hidden


def is_opendocument(content: bytes) -> bool:
    """Whether the file says that it is such a spreadsheet: its kind stands at its beginning, unpacked."""
    return MIME in content[:200]


def open_sheets(content: bytes, *, most_rows: int, most_columns: int) -> Iterator[OpenSheet]:
    """The sheets that are seen, each down to a row and a column. Raises what its parts give cause for."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        document = fromstring(package.read("content.xml"))
    unseen = set(_unseen_styles(document))
    for table in document.iter(f"{TABLE}table"):
        if table.get(f"{TABLE}style-name") not in unseen:
            yield _sheet(table, most_rows, most_columns)


def _unseen_styles(document: Any) -> Iterator[str]:
    for style in document.iter(f"{STYLE}style"):
        if any(each.get(f"{TABLE}display") == "false" for each in style):
            yield style.get(f"{STYLE}name")


def _sheet(table: Any, most_rows: int, most_columns: int) -> OpenSheet:
    rows: list[tuple[Cell, ...]] = []
    hidden: set[int] = set()
    for row in table.iter(f"{TABLE}table-row"):
        cells = tuple(_cells(row, most_columns))
        count = min(_repeated(row, "rows"), most_rows - len(rows))
        if row.get(f"{TABLE}visibility", "visible") != "visible":
            hidden |= set(range(len(rows) + 1, len(rows) + count + 1))
        rows += [cells] * count
    return OpenSheet(
        table.get(f"{TABLE}name", ""),
        tuple(rows),
        Hidden(frozenset(hidden), frozenset(_hidden_columns(table, most_columns))),
    )


def _hidden_columns(table: Any, most: int) -> Iterator[int]:
    number = 0
    for column in table.iter(f"{TABLE}table-column"):
        count = min(_repeated(column, "columns"), most - number)
        if column.get(f"{TABLE}visibility", "visible") != "visible":
            yield from range(number + 1, number + count + 1)
        number += count


def _cells(row: Any, most: int) -> Iterator[Cell]:
    number = 0
    for cell in row:
        count = min(_repeated(cell, "columns"), most - number)
        found = _cell(cell)
        for _ in range(count):
            yield found
        number += count


def _repeated(element: Any, of: str) -> int:
    return max(1, int(element.get(f"{TABLE}number-{of}-repeated", "1")))


def _cell(cell: Any) -> Cell:
    """A number as it is kept, any other text as it is seen."""
    kind = cell.get(f"{OFFICE}value-type", "")
    if kind in NUMBERS:
        return _number(cell.get(f"{OFFICE}value", ""), percent=kind == "percentage")
    text = " ".join("".join(each.itertext()) for each in cell.findall(f"{TEXT}p"))
    if cell.get(f"{TABLE}formula") and text.startswith(("#", "Err:")):
        return Cell(trouble=ERROR)
    return Cell(" ".join(read_text(text, 0, len(text) * 4 + 4).split())[:LONGEST_CELL])


def _number(text: str, *, percent: bool) -> Cell:
    try:
        value = Decimal(f"{float(text):.{DIGITS}g}")
    except (ValueError, InvalidOperation):
        return Cell(trouble=ERROR)
    return kept_number(value, percent=percent) if value.is_finite() else Cell(trouble=ERROR)
