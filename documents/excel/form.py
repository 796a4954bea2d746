"""A tabel isian as a form to fill in with Excel: rows there are, empty ones, checked cells, and how to fill it in.

The sheet that is filled in has the rows' ids in a hidden column. A sheet nobody sees remembers whose form it is and
what stood in it, so that what comes back can be told from what was sent (documents/excel/reading.py).
"""

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_range_abs
from xlsxwriter.worksheet import Worksheet

from documents.excel.form_cells import (
    Cell,
    excel_formula,
    lists_of,
    number_format,
    shown,
    sound,
    stored,
    validation,
    width,
)
from documents.language.wording import Wording
from documents.paper.page_setup import FAMILY
from domain.instruments.worksheet.asking import starting
from domain.instruments.worksheet.cells import given
from domain.instruments.worksheet.columns import COMPUTED, Column, label_place
from domain.instruments.worksheet.form import BlankForm, filled
from domain.instruments.worksheet.table import Row

FORM, GUIDE, LISTS, MEMORY = "Isian", "Petunjuk", "Daftar", "_formulir"
KIND, VERSION = "formulir-tabel-isian", 1
"""What the sheet nobody sees begins with."""

MEMORY_HEAD = 5
"""Lines of it above the rows."""

TITLE, ABOUT, HINT, HEAD = 0, 1, 2, 4
"""Rows of the sheet, from 0: title, whose it is, the shortest guide, heads; the rows follow."""

FIRST = HEAD + 1
ID, FIRST_COLUMN = 0, 1
EMPTY_ROWS = 40
A4 = 9
OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
GREY, PALE = "#E7E6E6", "#FFF2CC"


def heads(columns: Sequence[Column]) -> tuple[str, ...]:
    """What stands above the columns: title and unit, each once."""
    found: list[str] = []
    for column in columns:
        base = " ".join(f"{column.title} ({column.unit})".split() if column.unit else column.title.split())
        variants = (base, *(f"{base} [{number}]" for number in range(2, len(columns) + 2)))
        found.append(next(each for each in variants if each.casefold() not in map(str.casefold, found)))
    return tuple(found)


def excel_form(wording: Wording, form: BlankForm) -> bytes:
    """The form as the bytes of an .xlsx file."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, OPTIONS) as file:
        file.set_properties({"title": sound(form.title)[:255], "author": sound(form.pokja)[:255]})
        _Writer(wording, form, file).write()
    return stream.getvalue()


@dataclass(slots=True)
class _Writer:
    """Writes the sheets of one form."""

    wording: Wording
    form: BlankForm
    file: xlsxwriter.Workbook
    formats: dict[tuple[tuple[str, object], ...], Format] = field(default_factory=dict)

    def write(self) -> None:
        """The sheet to fill in comes first, and is the one that opens."""
        page = self.file.add_worksheet(FORM)
        guide = self.file.add_worksheet(GUIDE)
        lists = self._lists(self.file.add_worksheet(LISTS))
        self._memory(self.file.add_worksheet(MEMORY))
        self._page(page, lists)
        self._guide(guide)
        page.activate()

    @property
    def columns(self) -> tuple[Column, ...]:
        return self.form.sheet.settings.columns

    @property
    def last(self) -> int:
        """The last row of the sheet that can be filled in."""
        return FIRST + len(self.form.rows) + (EMPTY_ROWS if self.form.sheet.settings.add else 0) - 1

    def look(self, **look: object) -> Format:
        """The workbook's format for a look, made once for each."""
        key = tuple(sorted(look.items()))
        if key not in self.formats:
            self.formats[key] = self.file.add_format({"font_name": FAMILY, "font_size": 10, **look})
        return self.formats[key]

    def say(self, key: str, **facts: object) -> str:
        """A sentence of the form."""
        return self.wording.plain(f"excel.{key}", **facts)

    def _page(self, page: Worksheet, lists: Mapping[str, str]) -> None:
        page.write_string(TITLE, FIRST_COLUMN, sound(self.form.title), self.look(bold=True, font_size=14))
        page.write_string(
            ABOUT, FIRST_COLUMN, sound(self.say("about", form=self.form)), self.look(font_size=9)
        )
        page.write_string(HINT, FIRST_COLUMN, self.say("hint", hides=self.form.hides), self.look(font_size=9))
        self._heads(page)
        for at, row in enumerate(self.form.rows):
            self._row(page, FIRST + at, row)
        for at in range(FIRST + len(self.form.rows), self.last + 1):
            self._row(page, at, None)
        self._check(page, lists)
        self._arrange(page)

    def _heads(self, page: Worksheet) -> None:
        head = {"bold": True, "border": 1, "align": "center", "valign": "vcenter", "text_wrap": True}
        page.write_string(HEAD, ID, self.say("id"), self.look(**head, bg_color=GREY))
        for place, (column, title) in enumerate(
            zip(self.columns, heads(self.columns), strict=True), FIRST_COLUMN
        ):
            needed = column.kind != COMPUTED and not column.optional
            look = self.look(
                **head, bg_color=GREY if column.kind == COMPUTED else PALE, underline=int(needed)
            )
            page.write_string(HEAD, place, sound(title), look)
            note = {"x_scale": 2, "y_scale": 1.5, "author": sound(self.form.pokja)[:50]}
            page.write_comment(HEAD, place, sound(self._note(column)), note)

    def _note(self, column: Column) -> str:
        return self.say("note", column=column, kind=self.say(f"kind.{column.kind}", column=column))

    def _row(self, page: Worksheet, at: int, row: Row | None) -> None:
        """The form's row at that position, or an empty one."""
        if row:
            page.write_string(at, ID, row.id, self.look(font_color="#808080"))
        fixed = self._given(row) if row else set()
        for place, column in enumerate(self.columns):
            look = self._cell_look(column, grey=column.key in fixed or column.kind == COMPUTED)
            if column.kind == COMPUTED:
                formula = excel_formula(column.formula, at, self._place_of)
                page.write_formula(
                    at, place + FIRST_COLUMN, formula, look, shown(row.cells[place] if row else None)
                )
            else:
                self._put(
                    page, at, place + FIRST_COLUMN, stored(column, row.cells[place] if row else None), look
                )

    def _place_of(self, key: str) -> int:
        return FIRST_COLUMN + [column.key for column in self.columns].index(key)

    def _given(self, row: Row) -> set[str]:
        """The columns that an earlier result fills in this row."""
        item = starting(self.form.sheet).get(row.id)
        if item is None:
            return set()
        return {
            column.key for column in filled(self.columns) if given(self.form.sheet, column, item) is not None
        }

    def _cell_look(self, column: Column, *, grey: bool) -> Format:
        look = {"border": 1, "valign": "top", "text_wrap": True, "num_format": number_format(column)}
        return self.look(**look, **({"bg_color": GREY, "font_color": "#595959"} if grey else {}))

    @staticmethod
    def _put(page: Worksheet, at: int, place: int, cell: Cell, look: Format | None = None) -> None:
        """Text is written as text, whatever it looks like."""
        if cell is None:
            page.write_blank(at, place, None, look)
        elif isinstance(cell, str):
            page.write_string(at, place, sound(cell), look)
        elif isinstance(cell, int | float):
            page.write_number(at, place, cell, look)
        else:
            page.write_datetime(at, place, cell, look)

    def _lists(self, page: Worksheet) -> dict[str, str]:
        """What can be chosen from, a column each; returns the cells by the table's column."""
        places = {}
        for place, (key, words) in enumerate(lists_of(self.wording, self.form.sheet).items()):
            for at, text in enumerate(words):
                page.write_string(at, place, sound(text))
            places[key] = f"={LISTS}!{xl_range_abs(0, place, len(words) - 1, place)}"
        page.hide()
        return places | self._own_rows()

    def _own_rows(self) -> dict[str, str]:
        """Rows of this table are chosen from the sheet itself, so that new ones can be referred to."""
        label = FIRST_COLUMN + label_place(self.columns)
        cells = f"={FORM}!{xl_range_abs(FIRST, label, max(FIRST, self.last), label)}"
        return {column.key: cells for column in self.columns if column.own}

    def _check(self, page: Worksheet, lists: Mapping[str, str]) -> None:
        for place, column in enumerate(self.columns, FIRST_COLUMN):
            rule = validation(self.wording, column, lists.get(column.key, ""))
            if rule and self.last >= FIRST:
                page.data_validation(FIRST, place, self.last, place, rule)

    def _arrange(self, page: Worksheet) -> None:
        """Sets how the sheet is seen and printed."""
        page.set_column(ID, ID, 8, None, {"hidden": True})
        for place, column in enumerate(self.columns, FIRST_COLUMN):
            page.set_column(place, place, width(column))
        page.set_row(HEAD, 32)
        page.freeze_panes(FIRST, FIRST_COLUMN + (1 if len(self.columns) > 1 else 0))
        page.print_area(TITLE, FIRST_COLUMN, max(self.last, HEAD), FIRST_COLUMN + len(self.columns) - 1)
        page.repeat_rows(HEAD)
        page.fit_to_pages(1, 0)
        page.set_paper(A4)
        page.set_landscape()
        page.set_footer(f"&R{self.say('page')}")

    def _memory(self, page: Worksheet) -> None:
        """Whose form it is, the columns to fill in, their heads, those of computed ones, every row as it is sent."""
        mark, columns = self.form.mark, filled(self.columns)
        named = dict(zip((column.key for column in self.columns), heads(self.columns), strict=True))
        lines: list[Sequence[Cell]] = [
            (KIND, VERSION),
            (str(mark.activity), str(mark.revision), mark.token),
            ("", *(column.key for column in columns)),
            (self.say("id"), *(named[column.key] for column in columns)),
            ("", *(named[column.key] for column in self.columns if column.kind == COMPUTED)),
            *((row.id, *self._remembered(row)) for row in self.form.rows),
        ]
        for at, line in enumerate(lines):
            for place, cell in enumerate(line):
                column = columns[place - 1] if place and at >= MEMORY_HEAD else None
                look = self.look(num_format=number_format(column)) if column else None
                self._put(page, at, place, cell, look)
        page.very_hidden()

    def _remembered(self, row: Row) -> Iterator[Cell]:
        for column, cell in zip(self.columns, row.cells, strict=True):
            if column.kind != COMPUTED:
                yield stored(column, cell)

    def _guide(self, page: Worksheet) -> None:
        page.set_column(0, 0, 28)
        page.set_column(1, 1, 16)
        page.set_column(2, 2, 12)
        page.set_column(3, 3, 70)
        page.write_string(0, 0, self.say("guide", form=self.form), self.look(bold=True, font_size=14))
        steps = self.say("steps", form=self.form).split("\n")
        text = self.look(text_wrap=True, valign="top")
        for at, step in enumerate(steps, 2):
            page.merge_range(at, 0, at, 3, "", text)
            page.write_string(at, 0, sound(step), text)
            page.set_row(at, 15 * (1 + len(step) // 120))
        self._columns_told(page, 3 + len(steps), text)
        page.fit_to_pages(1, 0)
        page.set_paper(A4)

    def _columns_told(self, page: Worksheet, top: int, text: Format) -> None:
        """A line for each column: its kind, whether it must be filled in, and what is meant."""
        bold = self.look(bold=True, bg_color=GREY, border=1)
        for place, key in enumerate(("column", "kind", "needed", "meant")):
            page.write_string(top, place, self.say(f"told.{key}"), bold)
        for at, (column, title) in enumerate(zip(self.columns, heads(self.columns), strict=True), top + 1):
            kind = self.say(f"kind.{column.kind}", column=column)
            for place, words in enumerate((title, kind, self.say("is_needed", column=column), column.hint)):
                page.write_string(at, place, sound(words), text)
