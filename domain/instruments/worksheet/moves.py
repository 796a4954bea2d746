"""What the facilitator does to the rows of a tabel isian: corrects, removes, adds, moves them, takes in a whole file.

Moves about rows that are gone are passed over.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from domain.dialog.questions import Value
from domain.instruments.base import Ballots, Move, short_id
from domain.instruments.worksheet.cells import On, value_of
from domain.instruments.worksheet.columns import COMPUTED, Column
from domain.instruments.worksheet.rows import Draft, Drafts, corrected, gathered
from domain.instruments.worksheet.table import Table, above, lay_out, parents

EDIT, REMOVE, ADD, PLACE, FILL = "edit", "remove", "add", "place", "fill"
CELL = "v"
"""The first part of the keys under which a move asks for cells."""

NEW = "#"
"""'#3' in a file's reference is the file's third row, which may have no id yet."""


def table_of(on: On, ballots: Ballots) -> Table:
    """The table as the facilitator left it."""
    drafts, unfinished = drafts_of(on, ballots)
    return lay_out(on, drafts, unfinished)


def drafts_of(on: On, ballots: Ballots) -> tuple[Drafts, int]:
    """All rows after the moves, and how many are unfinished."""
    drafts, unfinished = gathered(on, ballots)
    for move in on.moves:
        drafts = _APPLY[move.kind](on, drafts, move) if move.kind in _APPLY else drafts
    return drafts, unfinished


def place_key(row: str) -> str:
    """The key of the answer which row that one is put after."""
    return f"a.{row}"


def _edit(on: On, drafts: Drafts, move: Move) -> Drafts:
    row = drafts.get(move.values["row"])
    column = next(each for each in on.settings.columns if each.key == move.values["column"])
    value = value_of(on, column, CELL, move.values)
    if row is None or (column.own and row.id in above(parents(drafts, column), value)):
        return drafts
    return {**drafts, row.id: corrected(row, column, value)}


def _remove(_: On, drafts: Drafts, move: Move) -> Drafts:
    return {id_: row for id_, row in drafts.items() if id_ != move.values["row"]}


def _add(on: On, drafts: Drafts, move: Move) -> Drafts:
    values = {column.key: value_of(on, column, CELL, move.values) for column in _filled(on)}
    id_ = f"T{short_id(move.number)}"
    return {**drafts, id_: Draft(id_, values)}


def _place(_: On, drafts: Drafts, move: Move) -> Drafts:
    """Moves the row after the other one, or to the top."""
    row = move.values["row"]
    after = move.values[place_key(row)]
    if row not in drafts or (after is not None and after not in drafts):
        return drafts
    order = [id_ for id_ in drafts if id_ != row]
    order.insert(order.index(after) + 1 if after else 0, row)
    return {id_: drafts[id_] for id_ in order}


def _fill(on: On, drafts: Drafts, move: Move) -> Drafts:
    """The rows of the file replace those of their ids, or are added; an ordered table takes the order of the file."""
    given: Sequence[Mapping[str, Any]] = move.values["rows"]
    ids = [row["id"] or f"X{short_id(move.number)}.{short_id(n)}" for n, row in enumerate(given, 1)]
    filled = {
        id_: _filled_in(on, drafts[id_], _values(on, row["cells"], ids), row.get("kept", ()))
        if row["id"]
        else Draft(id_, _values(on, row["cells"], ids))
        for id_, row in zip(ids, given, strict=True)
        if not row["id"] or id_ in drafts
    }
    orders = on.settings.ordered and move.values.get("ordered", True)
    return {**filled, **drafts, **filled} if orders else {**drafts, **filled}


def _values(on: On, cells: Sequence[Any], ids: Sequence[str]) -> dict[str, Value]:
    """A file's cells by column; a reference to another row of the file by that row's id."""
    values = {column.key: cell for column, cell in zip(on.settings.columns, cells, strict=True)}
    for column in on.settings.columns:
        cell = values[column.key]
        if column.own and cell and cell.startswith(NEW):
            values[column.key] = ids[int(cell[1:]) - 1]
    return values


def _filled_in(on: On, row: Draft, values: Mapping[str, Value], kept: Collection[str]) -> Draft:
    """The row with the file's values; cells that are as they were, or left alone (`kept`), keep their standing."""
    for column in _filled(on):
        if column.key not in kept and row.values.get(column.key) != values[column.key]:
            row = corrected(row, column, values[column.key])
    return row


def _filled(on: On) -> list[Column]:
    return [column for column in on.settings.columns if column.kind != COMPUTED]


_APPLY: Mapping[str, Callable[[On, Drafts, Move], Drafts]] = {
    EDIT: _edit,
    REMOVE: _remove,
    ADD: _add,
    PLACE: _place,
    FILL: _fill,
}
