"""Tabel isian: rows of typed columns, from earlier results or from people, computed, marked, totalled; a tree of rows.

A row counts once all its columns are answered. Rows the room entered (plenary) stand beside the members' own. What is
computed and summed is exact.
"""

from collections.abc import Iterator, Sequence

from domain.dialog.questions import Answers, Choice, Option, Question, Value
from domain.faults import Fault
from domain.instruments.base import PLENARY, Ballots, Desk, Instrument, Item, MoveForm, Sheet, short_id
from domain.instruments.worksheet.asking import questions, starting
from domain.instruments.worksheet.cells import Spot, ask, shortened
from domain.instruments.worksheet.columns import (
    FLAGGED,
    LEAF,
    LEVEL,
    ORIGIN,
    Column,
    Settings,
    read_settings,
)
from domain.instruments.worksheet.groups import brought
from domain.instruments.worksheet.moves import ADD, CELL, EDIT, FILL, PLACE, REMOVE, place_key, table_of
from domain.instruments.worksheet.table import Row, Table, above, leaves, row_facts
from domain.process.reading import Reader

TWO = 2


class Worksheet(Instrument[Settings, Table]):
    """Fill a table together."""

    name = "worksheet"
    grows = True

    def read(self, reader: Reader) -> Settings:
        """`columns`, `most`, and the rest of Settings by its name; `rows_from` draws the rows it starts with."""
        return read_settings(reader)

    def ready(self, sheet: Sheet[Settings]) -> Fault | None:
        """A table to which nothing can be added needs rows to start with."""
        return None if sheet.settings.add or starting(sheet) else Fault("no_rows_to_fill")

    def questions(self, sheet: Sheet[Settings], mine: Answers) -> Sequence[Question]:
        """Which open row comes next, and its cells; whether there is a row to add, and its cells."""
        return list(questions(sheet, mine))

    def tally(self, sheet: Sheet[Settings], ballots: Ballots) -> Table:
        """The rows as the facilitator left them, and their totals."""
        return table_of(sheet, ballots)

    def items(self, sheet: Sheet[Settings], result: Table) -> tuple[Item, ...]:
        """Each row with all its cells, and those of the rows it refers to."""
        by_id = {row.id: row for row in result.rows}
        ends = leaves(result.rows)
        return tuple(_item(sheet, row, by_id, row.id in ends) for row in result.rows)

    def lacking(self, sheet: Sheet[Settings], result: Table) -> Fault | None:
        """What is missing before a result can be adopted: at least one row."""
        return None if result.rows else Fault("no_rows")

    def hint(self, desk: Desk[Settings]) -> Fault | None:
        """The first cell on which people differ."""
        rows = [row for row in desk.tallied(table_of).rows if row.differing]
        if not rows:
            return None
        titles = {column.key: column.title for column in desk.sheet.settings.columns}
        column = titles[rows[0].differing[0]]
        return Fault("cells_differ", {"row": rows[0].text, "column": column, "rows": len(rows)})

    def pulse(self, desk: Desk[Settings]) -> Fault | None:
        """How many rows there are; never what they say."""
        table = desk.tallied(table_of)
        given = len(starting(desk.sheet))
        counts = {"rows": len(table.rows) - given, "given": given, "open": table.open}
        return Fault("rows_so_far", counts) if table.rows else None

    def trace(self, sheet: Sheet[Settings], result: Table, item_id: str) -> Fault | None:
        """How the row came into the table, and what it refers to."""
        row = next((row for row in result.rows if row.id == item_id), None)
        if row is None:
            return None
        cells = dict(zip((column.key for column in result.columns), row.cells, strict=True))
        titles = {column.key: column.title for column in result.columns}
        links = [(titles[link.column], cells[link.column]) for link in row.links]
        return Fault("row", {"way": _way(row.id), "links": links, "flags": row.flags, "edited": row.edited})

    def origin(self, sheet: Sheet[Settings], item: Item) -> str:
        """That of the item the row started with; of another row's, the first of the rows it refers to."""
        begun = starting(sheet).get(item.id)
        referred = (str(item.fields.get(f"{column.key}.{ORIGIN}")) for column in sheet.settings.columns)
        return begun.source if begun else next((each for each in referred if "#" in each), item.source)

    def brought(self, desk: Desk[Settings], members: Sequence[int]) -> Ballots:
        """The group's table as its facilitator left it."""
        return brought(desk, members)

    moves = (
        MoveForm(
            EDIT,
            questions=lambda desk, values: list(_ask_edit(desk, values)),
            available=lambda desk: bool(_rows(desk)),
        ),
        MoveForm(
            REMOVE,
            questions=lambda desk, _: (_ask_row(REMOVE, _rows(desk)),),
            available=lambda desk: bool(_rows(desk)),
        ),
        MoveForm(
            ADD,
            questions=lambda desk, values: list(_ask_add(desk, values)),
            available=lambda desk: desk.sheet.settings.add,
        ),
        MoveForm(
            PLACE,
            questions=lambda desk, values: list(_ask_place(desk, values)),
            available=lambda desk: desk.sheet.settings.ordered and len(_rows(desk)) >= TWO,
        ),
        MoveForm(
            FILL, questions=lambda desk, _: (), available=lambda _: False
        ),  # a file is sent, not asked for
    )


def _item(sheet: Sheet[Settings], row: Row, by_id: dict[str, Row], leaf: bool) -> Item:
    """The row under what it is known by; in a tree with its level, and whether nothing hangs below it."""
    fields: dict[str, Value] = row_facts(sheet, row, by_id)
    if sheet.settings.flags:
        fields[FLAGGED] = "; ".join(row.flags)
    if sheet.settings.tree:
        fields |= {LEVEL: row.depth + 1, LEAF: leaf}
    item = starting(sheet).get(row.id)
    return Item(row.id, row.text, row.id, item.detail if item else "", fields)


WAYS = {"R": "started", "T": "added", "X": "filed"}
"""How a row came into the table, by the first letter of its id; all others were written on a ballot."""


def _way(row: str) -> str:
    return WAYS.get(row[0], "room" if row.startswith(f"{short_id(PLENARY)}.") else "written")


def _rows(desk: Desk[Settings]) -> tuple[Row, ...]:
    return desk.tallied(table_of).rows


def _options(rows: Sequence[Row]) -> tuple[Option, ...]:
    return tuple(Option(row.id, shortened(row.text)) for row in rows)


def _ask_row(kind: str, rows: Sequence[Row]) -> Choice:
    return Choice(key="row", about=f"{kind}.row", options=_options(rows), lettered=True)


def _ask_edit(desk: Desk[Settings], values: Answers) -> Iterator[Question]:
    """Asks which row, which column, and for the new value in that column's kind."""
    rows = _rows(desk)
    yield _ask_row(EDIT, rows)
    row = next((row for row in rows if row.id == values.get("row")), None)
    if row is None:
        return
    columns = desk.sheet.settings.columns
    asked = {
        column.key: found for column in columns if (found := list(_ask_cell(desk, rows, row, column, values)))
    }
    options = tuple(Option(column.key, column.title) for column in columns if column.key in asked)
    yield Choice(key="column", about="edit.column", options=options)
    yield from asked.get(values.get("column", ""), ())


def _ask_cell(
    desk: Desk[Settings], rows: Sequence[Row], row: Row, column: Column, values: Answers
) -> Iterator[Question]:
    """The questions of one cell; none where it is computed or there is nothing to choose from."""
    place = desk.sheet.settings.columns.index(column)
    facts = {"now": row.cells[place], "shown": column}
    options = _options(_not_below(rows, row, column)) if column.own else ()
    return ask(desk.sheet, column, Spot(CELL, "edit.value", facts, options), values)


def _not_below(rows: Sequence[Row], row: Row, column: Column) -> list[Row]:
    """The rows that one can be put below: not itself, and none that stands below it."""
    links = {each.id: {link.column: link.id for link in each.links} for each in rows}
    points = {id_: own.get(column.key) for id_, own in links.items()}
    return [each for each in rows if row.id not in above(points, each.id)]


def _ask_add(desk: Desk[Settings], values: Answers) -> Iterator[Question]:
    """Asks for the cells of a new row."""
    spot = Spot(CELL, parents=_options(_rows(desk)))
    for column in desk.sheet.settings.columns:
        yield from ask(desk.sheet, column, spot, values)


def _ask_place(desk: Desk[Settings], values: Answers) -> Iterator[Question]:
    """Asks which row, and the one it comes after; without one it goes to the top."""
    rows, row = _rows(desk), values.get("row")
    yield _ask_row(PLACE, rows)
    options = _options([each for each in rows if each.id != row])
    if row:
        yield Choice(key=place_key(row), about="place.after", options=options, lettered=True, optional=True)
