"""Tabel isian: members add rows of typed columns; the facilitator mends cells and removes rows.

A row counts once all its columns are answered. Rows the room entered (plenary) stand beside the members' own.
Totals are exact decimals.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from domain.faults import Fault
from domain.instruments.base import Ballots, Desk, Instrument, Item, MoveForm, Sheet, short_id
from domain.process_reading import Reader
from domain.questions import Answers, Choice, Confirm, Date, Money, Number, Option, Question, Text, Value

EDIT, REMOVE = "edit", "remove"
TEXT, NUMBER, MONEY, DATE, CHOICE, YES_NO = "text", "number", "money", "date", "choice", "yes_no"
KINDS = (TEXT, NUMBER, MONEY, DATE, CHOICE, YES_NO)
MORE = "more"
MOST_COLUMNS = 12
SUMMED = frozenset({NUMBER, MONEY})


@dataclass(frozen=True, slots=True)
class Column:
    """A column. `options` are a choice's words, `unit` a number's, `longest` a text's characters."""

    key: str
    title: str
    kind: str
    hint: str = ""
    optional: bool = False
    total: bool = False
    unit: str = ""
    decimals: int = 2
    longest: int = 200
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Settings:
    """The columns, and how many rows each member can add."""

    columns: tuple[Column, ...]
    most: int = 10


@dataclass(frozen=True, slots=True)
class Row:
    """A finished row; `cells` in the order of the columns: text, whole rupiah, yes/no, or None for empty.

    Numbers are canonical decimal text, dates ISO; `edited` tells that a facilitator mended it.
    """

    id: str
    cells: tuple[str | int | bool | None, ...]
    edited: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """The rows, each column's total (None where it has none), and how many rows are unfinished."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    totals: tuple[Decimal | None, ...]
    unfinished: int


class Worksheet(Instrument[Settings, Table]):
    """Add rows to a table."""

    name = "worksheet"

    def read(self, reader: Reader) -> Settings:
        """`columns` (key, title, kind, …) and `most`."""
        columns = tuple(_read_column(each) for each in reader.each("columns", required=True))
        reader.unique([column.key for column in columns], "columns")
        if len(columns) > MOST_COLUMNS:
            reader.fault("too_many", reader.line_of("columns"), field="columns", most=MOST_COLUMNS)
        return Settings(columns, reader.whole("most", 10, 1, 30))

    def questions(self, sheet: Sheet[Settings], mine: Answers) -> Sequence[Question]:
        """Whether there is a row to add, its columns, whether there is another."""
        asked: list[Question] = []
        for number in range(1, sheet.settings.most + 1):
            asked.append(_ask_more(number - 1, sheet.settings.most))
            if mine.get(_more_key(number - 1)) is not True:
                break
            asked += [
                _ask(column, sheet.today, _cell_key(number, column)) for column in sheet.settings.columns
            ]
        return asked

    def tally(self, sheet: Sheet[Settings], ballots: Ballots) -> Table:
        """The rows as the facilitator left them, and their totals."""
        numbered = [(m, n, answers) for m, answers in sorted(ballots.items()) for n in _begun(sheet, answers)]
        written = [_row(sheet.settings, member, number, answers) for member, number, answers in numbered]
        rows = _mended(sheet, [row for row in written if row])
        return Table(sheet.settings.columns, rows, _totals(sheet.settings.columns, rows), written.count(None))

    def items(self, sheet: Sheet[Settings], result: Table) -> tuple[Item, ...]:
        """Each row under the text of its first column."""
        return tuple(Item(row.id, _label(row), row.id) for row in result.rows)

    def lacking(self, sheet: Sheet[Settings], result: Table) -> Fault | None:
        """At least one row."""
        return None if result.rows else Fault("no_rows")

    moves = (
        MoveForm(
            EDIT,
            questions=lambda desk, values: list(_ask_edit(desk, values)),
            available=lambda desk: bool(_rows(desk)),
        ),
        MoveForm(
            REMOVE,
            questions=lambda desk, _: (_ask_row(REMOVE, desk),),
            available=lambda desk: bool(_rows(desk)),
        ),
    )


def _read_column(reader: Reader) -> Column:
    kind = reader.one_of("kind", KINDS, TEXT)
    column = Column(
        key=reader.key("key"),
        title=reader.text("title"),
        kind=kind,
        hint=reader.text("hint", ""),
        optional=reader.flag("optional"),
        total=reader.flag("total", default=True) if kind in SUMMED else False,
        unit=reader.text("unit", "") if kind == NUMBER else "",
        decimals=reader.whole("decimals", 2, 0, 6) if kind == NUMBER else 0,
        longest=reader.whole("longest", 200, 1, 1000) if kind == TEXT else 0,
        options=reader.texts("options", required=True) if kind == CHOICE else (),
    )
    if column.key == MORE:
        reader.fault("reserved_key", reader.line_of("key"), given=MORE)
    reader.close()
    return column


def _cell_key(number: int, column: Column) -> str:
    return f"{number}.{column.key}"


def _more_key(number: int) -> str:
    return f"{number}.{MORE}"


def _ask_more(number: int, most: int) -> Confirm:
    return Confirm(
        key=_more_key(number),
        about="more" if number else "begin",
        counts=False,
        facts={"number": number, "most": most},
    )


def _ask(column: Column, today: date, key: str, about: str = "cell") -> Question:
    """The question of a column's kind."""
    common: dict[str, Any] = {
        "key": key,
        "about": about,
        "optional": column.optional,
        "facts": {"column": column.title, "hint": column.hint, "unit": column.unit},
    }
    if column.kind == NUMBER:
        return Number(**common, decimals=column.decimals, unit=column.unit)
    if column.kind == CHOICE:
        return Choice(**common, options=_choices(column))
    if column.kind == TEXT:
        return Text(**common, longest=column.longest)
    if column.kind == DATE:
        return Date(**common, today=today)
    return Money(**common) if column.kind == MONEY else Confirm(**common)


def _choices(column: Column) -> tuple[Option, ...]:
    return tuple(Option(short_id(number), label) for number, label in enumerate(column.options))


def _begun(sheet: Sheet[Settings], answers: Answers) -> Iterator[int]:
    """The numbers of the rows the member said there are."""
    for number in range(1, sheet.settings.most + 1):
        if answers.get(_more_key(number - 1)) is not True:
            return
        yield number


def _row(settings: Settings, member: int, number: int, answers: Answers) -> Row | None:
    """The row, or None while a column of it isn't answered."""
    keys = [_cell_key(number, column) for column in settings.columns]
    if not all(key in answers for key in keys):
        return None
    cells = tuple(_cell(column, answers[key]) for column, key in zip(settings.columns, keys, strict=True))
    return Row(f"{short_id(member)}{short_id(number)}", cells)


def _cell(column: Column, value: Value) -> str | int | bool | None:
    """The value to show: a choice's words stand for its button."""
    if column.kind != CHOICE or value is None:
        return value  # type: ignore[no-any-return]  # JSON of the column's kind
    return {option.value: option.label for option in _choices(column)}.get(value, value)


def _mended(sheet: Sheet[Settings], rows: Sequence[Row]) -> tuple[Row, ...]:
    """The rows after the moves; moves about rows that are gone are passed over."""
    by_id = {row.id: row for row in rows}
    positions = {column.key: place for place, column in enumerate(sheet.settings.columns)}
    for move in sheet.moves:
        row = by_id.get(move.values.get("row", ""))
        if row and move.kind == REMOVE:
            del by_id[row.id]
        elif row and move.kind == EDIT:
            by_id[row.id] = _edited(
                row, sheet.settings.columns, positions[move.values["column"]], move.values
            )
    return tuple(by_id.values())


def _edited(row: Row, columns: Sequence[Column], place: int, values: Answers) -> Row:
    cells = list(row.cells)
    cells[place] = _cell(columns[place], values[_value_key(columns[place])])
    return replace(row, cells=tuple(cells), edited=True)


def _totals(columns: Sequence[Column], rows: Sequence[Row]) -> tuple[Decimal | None, ...]:
    return tuple(_sum(place, rows) if column.total else None for place, column in enumerate(columns))


def _sum(place: int, rows: Sequence[Row]) -> Decimal:
    return sum((Decimal(str(row.cells[place])) for row in rows if row.cells[place] is not None), Decimal(0))


def _rows(desk: Desk[Settings]) -> tuple[Row, ...]:
    return Worksheet().tally(desk.sheet, desk.ballots).rows


def _label(row: Row) -> str:
    return " ".join(str(row.cells[0]).split())


def _ask_row(kind: str, desk: Desk[Settings]) -> Choice:
    options = tuple(Option(row.id, _label(row)) for row in _rows(desk))
    return Choice(key="row", about=f"{kind}.row", options=options, lettered=True)


def _ask_edit(desk: Desk[Settings], values: Answers) -> Iterator[Question]:
    """Which row, which column, and the new value in that column's kind."""
    columns: Mapping[str, Column] = {column.key: column for column in desk.sheet.settings.columns}
    yield _ask_row(EDIT, desk)
    options = tuple(Option(column.key, column.title) for column in columns.values())
    yield Choice(key="column", about="edit.column", options=options)
    column = columns.get(values.get("column", ""))
    if column:
        yield _ask(column, desk.sheet.today, _value_key(column), "edit.value")


def _value_key(column: Column) -> str:
    """The key names the column: what was given for another column is not mistaken for this one's."""
    return f"v.{column.key}"
