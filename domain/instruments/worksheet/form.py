"""A tabel isian on its way as a file: what a form holds, what came back in it, what taking it in would change.

A form remembers what stood in its cells when it was sent. Cells that come back as they were are left alone, whatever
has become of them meanwhile: neither an old form nor one that hides members' rows undoes what others wrote.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from domain.dialog.questions import Answers, Value
from domain.faults import Fault, Rejected
from domain.instruments.base import PLENARY, Desk, Move, Sheet
from domain.instruments.worksheet.columns import COMPUTED, Column, Settings
from domain.instruments.worksheet.importing import read_rows
from domain.instruments.worksheet.moves import FILL, drafts_of, table_of
from domain.instruments.worksheet.rows import Draft
from domain.instruments.worksheet.table import Row


@dataclass(frozen=True, slots=True)
class Mark:
    """Whose form it is: `token` tells its table from every other, `revision` rises when the activity draws again."""

    activity: int
    revision: int
    token: str


@dataclass(frozen=True, slots=True)
class BlankForm:
    """What a form is made of: whose it is, and the `rows` there are; `hides` says whether members' own are left out."""

    mark: Mark
    title: str
    prompt: str
    pokja: str
    sheet: Sheet[Settings]
    rows: tuple[Row, ...]
    hides: bool


@dataclass(frozen=True, slots=True)
class FormRow:
    """A row that came back: its `number` in the file, its id ('' for a new one), texts by column, columns as sent."""

    number: int
    id: str
    cells: Mapping[str, str | None]
    kept: frozenset[str] = frozenset()

    def is_blank(self) -> bool:
        """Whether all its cells are empty."""
        return not any(text and text.strip() for text in self.cells.values())


@dataclass(frozen=True, slots=True)
class Trouble:
    """What is wrong with a cell: the file's row (0: all of it), the column's key ('': the row), what stands there."""

    number: int
    column: str
    text: str
    fault: Fault


@dataclass(frozen=True, slots=True)
class FilledForm:
    """A form that came back. `letters` names the file's columns by key, `issued` the ids of the rows it was sent with.

    `troubles` are cells that can't be read at all; `ignored` are titles of columns that the form didn't have.
    """

    mark: Mark
    letters: Mapping[str, str]
    rows: tuple[FormRow, ...]
    issued: tuple[str, ...] = ()
    troubles: tuple[Trouble, ...] = ()
    ignored: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """A cell that gets another value; without a `column` the whole row is new."""

    row: str
    column: Column | None = None
    old: Value = None
    new: Value = None


@dataclass(frozen=True, slots=True)
class Preview:
    """What taking a form in would change: counts of rows, every changed cell; `reordered`: the rows' order too."""

    added: int
    changed: int
    changes: tuple[Change, ...]
    reordered: bool

    def is_empty(self) -> bool:
        """Whether all would stay as it is."""
        return not (self.added or self.changed or self.reordered)


def filled(columns: Sequence[Column]) -> tuple[Column, ...]:
    """The columns a form is filled in with: all but the computed."""
    return tuple(column for column in columns if column.kind != COMPUTED)


def seen(desk: Desk[Settings], *, hides: bool) -> Desk[Settings]:
    """The desk as a form may show it: while members still answer, with what the room entered alone."""
    if not hides:
        return desk
    return replace(desk, ballots={PLENARY: desk.ballots[PLENARY]} if PLENARY in desk.ballots else {})


def is_reordered(form: FilledForm) -> bool:
    """Whether somebody put the rows into another order, or new ones between them."""
    present: list[str] = []
    new_above = False
    for row in form.rows:
        if not row.id or row.id in present:
            new_above |= not row.is_blank()
        elif new_above:
            return True
        else:
            present.append(row.id)
    return present != [id_ for id_ in form.issued if id_ in present]


def rows_to_take(desk: Desk[Settings], form: FilledForm) -> list[FormRow]:
    """The rows that say something new, in the file's order; all, where their order in an ordered table is new.

    A row that stands in the file a second time was copied: it is a new one.
    """
    known, _ = desk.tallied(drafts_of)
    orders = desk.sheet.settings.ordered and is_reordered(form)
    met: set[str] = set()
    taken = []
    for row in form.rows:
        each = replace(row, id="", kept=frozenset()) if row.id in met else row
        met |= {row.id} - {""}
        untouched = each.id and each.kept >= each.cells.keys()
        if not each.is_blank() and (not untouched or (orders and each.id in known)):
            taken.append(each)
    return taken


def move_values(desk: Desk[Settings], rows: Sequence[Mapping[str, object]], *, orders: bool) -> Answers:
    """The values of the move that takes the rows in; Rejected('excel_outdated') where they don't fit any more."""
    values, faults = read_rows(desk, rows)
    if faults:
        raise Rejected("excel_outdated")
    return {**values, "ordered": orders}


def left_out(form: FilledForm) -> int:
    """How many rows the form was sent with and no longer holds; they stay in the table."""
    held = {row.id for row in form.rows if not row.is_blank() or row.kept >= row.cells.keys()}
    return len(set(form.issued) - held)


def plain_rows(on: Sheet[Settings], rows: Sequence[FormRow]) -> list[dict[str, object]]:
    """The rows as `worksheet_import.read_rows` takes them, and as a draft keeps them."""
    keys = [column.key for column in on.settings.columns]
    return [
        {"id": row.id, "cells": [row.cells.get(key) for key in keys], "kept": sorted(row.kept)}
        for row in rows
    ]


def troubles_of(
    desk: Desk[Settings], form: FilledForm, rows: Sequence[FormRow], *, hides: bool
) -> list[Trouble]:
    """All that is wrong with the rows to take, by their place in the file; nothing when they can be taken in."""
    _, faults = read_rows(desk, plain_rows(desk.sheet, rows))
    own = {column.key for column in desk.sheet.settings.columns if column.own}
    found = [
        Trouble(rows[each.row - 1].number, each.column, _text(rows[each.row - 1], each.column), each.fault)
        if each.row
        else Trouble(0, "", "", each.fault)
        for each in faults
    ]
    places = {(each.number, each.column) for each in form.troubles}
    new = [each for each in found if (each.number, each.column) not in places]
    order = list(form.letters)
    return sorted(
        (*form.troubles, *(_discreet(each) if hides and each.column in own else each for each in new)),
        key=lambda each: (each.number, order.index(each.column) if each.column in order else -1),
    )


def _text(row: FormRow, column: str) -> str:
    return row.cells.get(column) or ""


def _discreet(trouble: Trouble) -> Trouble:
    """Without the rows there are to refer to: they are members' own."""
    details = (
        {**trouble.fault.details, "some": []} if "some" in trouble.fault.details else trouble.fault.details
    )
    return replace(trouble, fault=replace(trouble.fault, details=details))


def preview(desk: Desk[Settings], values: Answers, *, hides: bool) -> Preview:
    """What the move with these values changes; where members' rows are hidden, old values are those of the form."""
    after = replace(desk, sheet=_moved(desk.sheet, values))
    old, _ = desk.tallied(drafts_of)
    new, _ = after.tallied(drafts_of)
    shown = _cells(seen(desk, hides=hides))
    told = _cells(after)
    changed = {
        id_: cells for id_, row in new.items() if id_ in old and (cells := _differing(desk, old[id_], row))
    }
    changes = [
        Change(told[id_][""], column, shown.get(id_, {}).get(column.key), told[id_][column.key])
        for id_, columns in changed.items()
        for column in columns
        if id_ in told
    ]
    added = [Change(told[id_][""]) for id_ in new if id_ not in old and id_ in told]
    reordered = desk.sheet.settings.ordered and [id_ for id_ in new if id_ in old] != list(old)
    return Preview(len(added), len(changed), (*changes, *added), reordered)


def _moved(on: Sheet[Settings], values: Answers) -> Sheet[Settings]:
    number = 1 + max((move.number for move in on.moves), default=0)
    return replace(on, moves=(*on.moves, Move(number, FILL, values)))


def _cells(desk: Desk[Settings]) -> dict[str, dict[str, Value]]:
    """The cells of the table by row and column; under an empty key what the row is known by."""
    table = desk.tallied(table_of)
    keys = [column.key for column in table.columns]
    return {row.id: {"": row.text, **dict(zip(keys, row.cells, strict=True))} for row in table.rows}


def _differing(desk: Desk[Settings], old: Draft, new: Draft) -> list[Column]:
    columns = filled(desk.sheet.settings.columns)
    return [each for each in columns if old.values.get(each.key) != new.values.get(each.key)]
