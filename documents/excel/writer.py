"""A workbook (documents/sheets/model.py) as an .xlsx file: live formulas, frozen heads, pages that print.

What a person typed is always written as text: nothing that begins with '=' becomes a formula, no address a link.
"""

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import (
    xl_range,
    xl_range_abs,
    xl_rowcol_to_cell,
)
from xlsxwriter.worksheet import Worksheet

from documents.markup.xml_text import storable
from documents.paper.page_setup import FAMILY, numbered_seals, words
from documents.sheets.model import (
    DATE,
    DECIMAL,
    MONEY,
    PERCENTS,
    SHARE,
    TEXT,
    WHOLE,
    Cell,
    Column,
    Jump,
    Live,
    Row,
    Sheet,
    Value,
    Workbook,
)
from domain.formulas import exact

OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
FORMATS: Mapping[str, str] = {WHOLE: "#,##0", MONEY: '"Rp"#,##0', DATE: "d mmm yyyy"}
LONGEST_CELL = 32_767  # characters Excel can hold
LONGEST_NAME = 31
NARROW, WORDY, WIDE = 7, 24, 60
"""Signs of the narrowest column, of one that need not share its room with others, and of the widest."""

LINE, HIGHEST = 13, 409  # points of a line of text, and of the highest row there is
UPRIGHT, TURNED = 95, 150
"""Signs that an upright page holds in legible type, and a turned one."""

A4 = 9
HEAD_ROW = 2  # below the title and an empty row
_REFERENCE = re.compile(
    r"\{(?:(?P<row>[^{}/]+)/)?(?P<first>[^{}/:]+?)(?:\.\.(?P<last>[^{}/:]+))?(?P<all>:all|:above)?\}"
)
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")


def excel(book: Workbook) -> bytes:
    """The workbook as the bytes of an .xlsx file."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, OPTIONS) as file:
        file.set_properties(
            {"title": _clean(book.title)[:255], "author": _clean(book.author)[:255], "created": book.made_at}
        )
        for name, seal in numbered_seals(book.seals).items():
            file.set_custom_property(name, seal)
        styles = _Styles(file)
        names = sheet_names([each.title for each in book.sheets])
        for name, sheet in zip(names, book.sheets, strict=True):
            _Writer(file.add_worksheet(name), sheet, styles, names).write()
        if not book.sheets:
            file.add_worksheet()
    return stream.getvalue()


def sheet_names(titles: Sequence[str]) -> list[str]:
    """The titles as names Excel takes: at most 31 signs, without the ones it forbids, none twice in whatever case."""
    names: list[str] = []
    for title in titles:
        base = (
            " ".join(_FORBIDDEN.sub(" ", _clean(title)).split()).strip("'")[:LONGEST_NAME].rstrip()
            or "Lembar"
        )
        names.append(
            next(name for name in _variants(base) if name.casefold() not in map(str.casefold, names))
        )
    return names


def _variants(base: str) -> Iterator[str]:
    if base.casefold() != "history":  # a name Excel keeps for itself
        yield base
    for number in range(2, 10_000):
        end = f" ({number})"
        yield base[: LONGEST_NAME - len(end)] + end


def _clean(text: str) -> str:
    """Text that can be stored; one too long for a cell ends in a sign that it goes on."""
    sound = storable(text)
    return sound if len(sound) <= LONGEST_CELL else sound[: LONGEST_CELL - 1] + "…"


@dataclass(slots=True)
class _Styles:
    """The formats of a file, each made once."""

    file: xlsxwriter.Workbook
    made: dict[tuple[str, int, bool], Format] = field(default_factory=dict)

    def title(self) -> Format:
        return self._format({"bold": True, "font_size": 14})

    def head(self) -> Format:
        return self._format(
            {
                "bold": True,
                "bg_color": "#E6E6E6",
                "border": 1,
                "align": "center",
                "valign": "vcenter",
                "text_wrap": True,
            }
        )

    def note(self) -> Format:
        return self._format({"font_size": 9, "text_wrap": True, "valign": "top"})

    def cell(self, column: Column, *, strong: bool = False) -> Format:
        key = (column.kind, column.decimals, strong)
        if key not in self.made:
            look = {"border": 1, "valign": "top", "text_wrap": column.kind == TEXT, "bold": strong}
            self.made[key] = self._format({**look, "num_format": _number_format(column)})
        return self.made[key]

    def _format(self, look: Mapping[str, object]) -> Format:
        return self.file.add_format({"font_name": FAMILY, "font_size": 10, **look})


def _number_format(column: Column) -> str:
    decimals = "." + "0" * column.decimals if column.decimals else ""
    own = {DECIMAL: f"#,##0{decimals}", PERCENTS: f'0{decimals}"%"', SHARE: f"0{decimals}%", TEXT: "@"}
    return FORMATS.get(column.kind) or own[column.kind]


class _Writer:
    """Writes one sheet."""

    def __init__(self, page: Worksheet, sheet: Sheet, styles: _Styles, names: Sequence[str]) -> None:
        self._page, self._sheet, self._styles, self._names = page, sheet, styles, names
        self._places = {column.key: at for at, column in enumerate(sheet.columns)}
        self._first = HEAD_ROW + 1 + len(sheet.above)
        self._last = self._first + len(sheet.rows) - 1
        self._widths = self._fitting()
        self._named = {row.key: HEAD_ROW + 1 + at for at, row in enumerate(sheet.above) if row.key}

    def write(self) -> None:
        """Title, head, rows, totals, notes; then how it is seen and printed."""
        self._page.write_string(0, 0, _clean(self._sheet.title), self._styles.title())
        self._high(HEAD_ROW, [column.title for column in self._sheet.columns], bold=True)
        for at, column in enumerate(self._sheet.columns):
            self._page.write_string(HEAD_ROW, at, _clean(column.title), self._styles.head())
        for at, row in enumerate(self._sheet.above):
            self._row(HEAD_ROW + 1 + at, row, strong=True)
        for at, row in enumerate(self._sheet.rows):
            self._row(self._first + at, row)
        end = self._notes(self._totals())
        self._look(end)

    def _row(self, at: int, row: Row, *, strong: bool = False) -> None:
        self._high(at, [_said(cell) for cell in row.cells], bold=strong)
        for place, (column, cell) in enumerate(zip(self._sheet.columns, row.cells, strict=True)):
            self._cell(at, place, column, cell, strong=strong)

    def _high(self, at: int, texts: Sequence[str], *, bold: bool) -> None:
        """Makes a row as high as its wrapped text; not every program does so by itself."""
        rooms = [max(1, width - (2 if bold else 1)) for width in self._widths]
        lines = max((_wrapped(text, room) for text, room in zip(texts, rooms, strict=True)), default=1)
        if lines > 1:
            self._page.set_row(at, min(HIGHEST, LINE * lines + 2))

    def _cell(self, at: int, place: int, column: Column, cell: Cell, *, strong: bool) -> None:
        look = self._styles.cell(column, strong=strong)
        if isinstance(cell, Live):
            formula = _REFERENCE.sub(lambda found: self._reference(found, at), cell.text)
            self._page.write_formula(at, place, "=" + formula, look, _shown(cell.value))
            return
        if isinstance(cell, Jump):
            self._jump(at, place, cell, look)
            return
        value = _stored(cell, column.kind)
        if isinstance(value, int | float):
            self._page.write_number(at, place, value, look)
        elif isinstance(value, date):
            self._page.write_datetime(at, place, value, look)
        elif value:
            self._page.write_string(at, place, _clean(value), look)
        else:
            self._page.write_blank(at, place, None, look)

    def _jump(self, at: int, place: int, jump: Jump, look: Format) -> None:
        name = self._names[jump.sheet].replace("'", "''")
        self._page.write_url(at, place, f"internal:'{name}'!A1", look, _clean(jump.text))

    def _reference(self, found: re.Match[str], at: int) -> str:
        """A reference of documents/sheets/model.py as Excel writes it."""
        first = self._places[found["first"]]
        if found["all"]:
            last = at if found["all"] == ":above" else self._last
            return str(xl_range_abs(self._first, first, max(self._first, last), first))
        row = self._named[found["row"]] if found["row"] else at
        if not found["last"]:
            return str(xl_rowcol_to_cell(row, first, row_abs=bool(found["row"])))
        last = self._places[found["last"]]
        return str((xl_range_abs if found["row"] else xl_range)(row, first, row, last))

    def _totals(self) -> int:
        """The row of sums, where a column has one; the row after it."""
        end = self._last + 1
        if not self._sheet.rows or not any(column.total for column in self._sheet.columns):
            return end
        for place, column in enumerate(self._sheet.columns):
            look = self._styles.cell(column, strong=True)
            if column.total:
                cells = xl_range(self._first, place, self._last, place)
                self._page.write_formula(end, place, f"=SUM({cells})", look, self._sum(place))
            else:
                self._page.write_string(end, place, words()["total"] if place == 0 else "", look)
        return end + 1

    def _sum(self, place: int) -> float:
        cells = [row.cells[place] for row in self._sheet.rows]
        values = [cell.value if isinstance(cell, Live) else cell for cell in cells]
        return float(sum(filter(None, map(_exact, values)), Fraction(0)))

    def _notes(self, end: int) -> int:
        last = max(0, len(self._sheet.columns) - 1)
        for at, note in enumerate(self._sheet.notes, end + 1):
            if last:
                self._page.merge_range(at, 0, at, last, "", self._styles.note())
            self._page.write_string(at, 0, _clean(note), self._styles.note())
        return end + 1 + len(self._sheet.notes) if self._sheet.notes else end

    def _look(self, end: int) -> None:
        columns = self._sheet.columns
        for at, width in enumerate(self._widths):
            self._page.set_column(at, at, width)
        self._page.freeze_panes(self._first, 1 if len(columns) > 1 else 0)
        self._page.print_area(0, 0, max(end - 1, HEAD_ROW), max(0, len(columns) - 1))
        self._page.repeat_rows(HEAD_ROW)
        if self._sheet.filtered and self._sheet.rows:
            self._page.autofilter(HEAD_ROW, 0, self._last, len(columns) - 1)
        self._page.fit_to_pages(1, 0)
        self._page.set_paper(A4)
        self._page.set_footer("&R" + words()["page"].format(page="&P", pages="&N"))
        if sum(self._widths) > UPRIGHT:
            self._page.set_landscape()

    def _fitting(self) -> list[int]:
        """Signs for the longest line of each column; those of long text share what a turned page holds."""
        wanted = [self._longest(at, column) for at, column in enumerate(self._sheet.columns)]
        long = sum(width > WORDY for width in wanted)
        room = (TURNED - sum(width for width in wanted if width <= WORDY)) // (long or 1)
        return [min(width, max(WORDY, room)) for width in wanted]

    def _longest(self, at: int, column: Column) -> int:
        """Of the head only the longest word counts, since it is wrapped."""
        lines = [
            line
            for row in (*self._sheet.above, *self._sheet.rows)
            for line in _said(row.cells[at]).split("\n")
        ]
        longest = max(map(len, [*lines, *column.title.split()]), default=0)
        return max(NARROW, min(longest + 2, WIDE if column.kind == TEXT else WORDY))


def _stored(cell: Value, kind: str) -> str | int | float | date | None:
    """The cell as Excel keeps it: a number in a column of numbers, a day in one of days, else text."""
    if cell is None or isinstance(cell, bool):
        return None if cell is None else str(cell)
    if kind == DATE:
        return _day(cell)
    number = None if kind == TEXT else _exact(cell)
    if number is None:
        return cell if isinstance(cell, date) else str(cell)
    return int(number) if number.denominator == 1 else float(number)


def _day(cell: Value) -> str | date:
    if isinstance(cell, date):
        return cell
    try:
        return date.fromisoformat(str(cell))
    except ValueError:
        return str(cell)


def _exact(value: object) -> Fraction | None:
    """The number, also of an exact decimal."""
    return exact(str(value)) if value is not None and not isinstance(value, bool | date) else None


def _shown(value: Value) -> float | str:
    """The value a formula's cell shows until a program computes it."""
    number = _exact(value)
    if number is not None:
        return float(number)
    return "" if value is None else _clean(str(value))


def _wrapped(text: str, room: int) -> int:
    """About the number of lines the text takes in a cell."""
    return sum(max(1, -(-len(line) // room)) for line in text.split("\n"))


def _said(cell: Cell) -> str:
    """The cell as text, to measure it; money and long fractions as they will be shown."""
    if isinstance(cell, Jump):
        return cell.text
    value = cell.value if isinstance(cell, Live) else cell
    number = _exact(value)
    return f"{float(number):,.2f}" if number is not None else str(value or "")
