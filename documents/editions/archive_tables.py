"""Tables of the archive as CSV that Excel opens as a table: parted by semicolons, UTF-8 with its mark at the front.

What a person typed never becomes a formula: a text that begins as one gets an apostrophe before it.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from documents.language.wording import Wording
from documents.markup.xml_text import storable
from documents.sheets.model import DATE, TEXT, Live, Sheet
from documents.sheets.results import from_result
from domain.documents.archives import AdoptedResult, Table, Word
from domain.formulas import exact
from domain.freezing import revive

MARK = "\ufeff"
DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
DECIMALS = 10
"""Places of a number that has no end; the exact one stands in the JSON."""


def csv_file(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Texts as a file; they are written as they are."""
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=";", lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return (MARK + stream.getvalue()).encode()


def of_table(table: Table, wording: Wording) -> bytes:
    """A list, its columns and coded cells in the templates' words."""
    columns = wording.plain(f"archive.columns.{table.key}").split("; ")
    return csv_file(columns, [[cell(each, wording) for each in row] for row in table.rows])


def of_result(found: AdoptedResult, wording: Wording) -> Iterator[tuple[str, bytes]]:
    """The tables of a result by their titles: what it calculates, else what it hands on."""
    sheets = from_result(found.instrument, found.title, revive(found.result))
    if not sheets:
        yield found.title, _items(found, wording)
    for sheet in sheets:
        yield sheet.title, _of_sheet(sheet, wording)


def _of_sheet(sheet: Sheet, wording: Wording) -> bytes:
    kinds = [column.kind for column in sheet.columns]
    rows = [
        [cell(_number(value, kind), wording) for value, kind in zip(row.cells, kinds, strict=False)]
        for row in (*sheet.above, *sheet.rows)
    ]
    return csv_file([safe(column.title) for column in sheet.columns], rows)


def _number(value: object, kind: str) -> object:
    """A cell as its column means it: kept numbers are texts; of a formula its value today."""
    now = value.value if isinstance(value, Live) else value
    is_number = isinstance(now, str) and kind not in {TEXT, DATE}
    return (exact(now) or now) if is_number else now


def _items(found: AdoptedResult, wording: Wording) -> bytes:
    names = list(dict.fromkeys(name for item in found.items for name in item["fields"]))
    head = wording.plain("archive.columns.items").split("; ")
    rows = [
        [
            str(number),
            *(cell(each, wording) for each in (item["text"], item["detail"], *_fields(item, names))),
        ]
        for number, item in enumerate(found.items, 1)
    ]
    return csv_file([*head, *map(safe, names)], rows)


def _fields(item: Any, names: Sequence[str]) -> list[object]:
    return [item["fields"].get(name) for name in names]


def cell(value: object, wording: Wording) -> str:
    """A cell as Indonesian Excel reads it: 1234,5 and 2026-11-23 09:30."""
    match value:
        case None:
            return ""
        case Word():
            return safe(wording.plain(value.key) if wording.has(value.key) else value.key)
        case bool():
            return wording.plain("archive.yes" if value else "archive.no")
        case int() | Fraction() | Decimal():
            return _written(Fraction(value))
        case date():
            return f"{value:%Y-%m-%d %H:%M}" if isinstance(value, datetime) else value.isoformat()
        case _:
            return safe(str(value))


def _written(number: Fraction) -> str:
    rounded = round(number, DECIMALS)
    text = f"{Decimal(rounded.numerator) / Decimal(rounded.denominator):f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace(".", ",")


def safe(text: str) -> str:
    """Text that no program takes for a formula."""
    clean = storable(text)
    return f"'{clean}" if clean.startswith(DANGEROUS) else clean
