"""What a breakout group's table brings to the plenary's: its rows as they stand, in the ballot of one of its members.

A starting row that the group removed comes back there, as does what a group emptied: other groups may need it.
"""

from collections.abc import Mapping, Sequence

from domain.dialog.questions import Value
from domain.instruments.base import Ballots, Desk
from domain.instruments.worksheet.asking import more_key, pick_key
from domain.instruments.worksheet.cells import On, answers_of, given
from domain.instruments.worksheet.columns import COMPUTED, Column, Settings
from domain.instruments.worksheet.moves import drafts_of
from domain.instruments.worksheet.rows import Draft


def brought(desk: Desk[Settings], members: Sequence[int]) -> Ballots:
    """One ballot with the group's rows; none where the group has no rows or nobody is in it."""
    drafts, _ = desk.tallied(drafts_of)
    own = [row for row in drafts.values() if not row.item]
    names = {row: row for row in drafts} | {row.id: str(number) for number, row in enumerate(own, 1)}
    ballot = _started(desk.sheet, list(drafts.values()), names) | _own(desk.sheet, own, names)
    return {min(members): ballot} if members and ballot else {}


def _started(on: On, rows: Sequence[Draft], names: Mapping[str, str]) -> dict[str, Value]:
    """The starting rows the group completed, with what it put into them."""
    ballot: dict[str, Value] = {}
    completed = [(row, columns) for row in rows if (columns := _changed(on, row))]
    for number, (row, columns) in enumerate(completed, 1):
        ballot |= {pick_key(number): row.id, **_cells(on, row, columns, names)}
    return ballot


def _changed(on: On, row: Draft) -> list[Column]:
    """The columns in which the row says something that its item doesn't."""
    if row.item is None:
        return []
    said = [column for column in on.settings.columns if row.values.get(column.key) is not None]
    return [column for column in said if row.values[column.key] != given(on, column, row.item)]


def _own(on: On, rows: Sequence[Draft], names: Mapping[str, str]) -> dict[str, Value]:
    ballot: dict[str, Value] = {more_key(0): True} if rows else {}
    for number, row in enumerate(rows, 1):
        columns = [column for column in on.settings.columns if column.kind != COMPUTED]
        ballot |= {**_cells(on, row, columns, names), more_key(number): number < len(rows)}
    return ballot


def _cells(on: On, row: Draft, columns: Sequence[Column], names: Mapping[str, str]) -> dict[str, Value]:
    cells: dict[str, Value] = {}
    for column in columns:
        value = row.values.get(column.key)
        cells |= answers_of(on, column, names[row.id], names.get(value or "") if column.own else value)
    return cells
