"""A tabel isian filled in as a file and sent back: its cells are read by the same rules as typed answers.

Each row of the file is {'id': the id of a row there is, or '' for a new one, 'cells': a text or None for each column}.
It may name cells that the file leaves alone, 'kept': keys of columns. Those stay as they are, whatever becomes of them.
Computed cells are passed over; a choice, a person and a reference are written in the words they are shown with. What
comes of it are the values of the move 'fill'.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from domain.dialog.questions import Answers, Text, Typed, Value
from domain.faults import Fault, Rejected
from domain.instruments.base import Desk
from domain.instruments.worksheet.asking import starting
from domain.instruments.worksheet.cells import On, Spot, ask, label, one_line, people, referred
from domain.instruments.worksheet.columns import (
    CHOICE,
    COMPUTED,
    PERSON,
    REFERENCE,
    TEXT,
    YES_NO,
    Column,
    Settings,
)
from domain.instruments.worksheet.moves import CELL, NEW, drafts_of
from domain.instruments.worksheet.rows import Draft, Drafts
from domain.instruments.worksheet.table import above, parents
from domain.process.conditions import NO, YES

MOST_ROWS = 500
LISTED = 8


@dataclass(frozen=True, slots=True)
class CellFault:
    """What is wrong in a file: in which of its rows (from 1; 0: all of it) and column (its key, or '': all of it)."""

    row: int
    column: str
    fault: Fault


@dataclass(slots=True)
class _Reading:
    """A file being read: the rows the table has, the rows of the file by number, what is wrong."""

    on: On
    drafts: Drafts
    rows: dict[int, Draft]
    faults: list[CellFault]

    def refuse(self, row: int, column: str, code: str, **details: object) -> None:
        self.faults.append(CellFault(row, column, Fault(code, details)))


def read_rows(desk: Desk[Settings], rows: Sequence[Mapping[str, Any]]) -> tuple[Answers, list[CellFault]]:
    """The values of the move that takes the rows in, and what is wrong with them; a faulty file is not taken in."""
    reading = _Reading(desk.sheet, desk.tallied(drafts_of)[0], {}, [])
    if len(rows) > MOST_ROWS:
        reading.refuse(0, "", "too_many_rows", given=len(rows), most=MOST_ROWS)
        return {"rows": []}, reading.faults
    texts = {number: row for number, row in enumerate(rows, 1) if any(_filled(row["cells"]))}
    for number, row in texts.items():
        _read_row(reading, number, row)
    _refer(reading, texts)
    _check_loops(reading)
    order = sorted(reading.faults, key=lambda each: each.row)
    return {"rows": [_plain(reading, row, _kept(texts[n])) for n, row in reading.rows.items()]}, order


def _kept(row: Mapping[str, Any]) -> Sequence[str]:
    """The columns whose cells the file leaves alone; a new row has none."""
    return list(row.get("kept", ())) if row["id"] else []


def typed(value: object) -> str | None:
    """A spreadsheet's cell as a person would have typed it; what it keeps beyond 15 digits is noise."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        value = Decimal(f"{value:.15g}")
    return f"{value:f}".replace(".", ",") if isinstance(value, Decimal) else str(value)


def _filled(cells: Sequence[str | None]) -> Iterator[str]:
    return (text for text in cells if text and text.strip())


def _read_row(reading: _Reading, number: int, row: Mapping[str, Any]) -> None:
    """All cells but references to rows of the same table: those wait until every row is known."""
    columns = reading.on.settings.columns
    id_ = (
        "" if any(row["id"] == each.id for each in reading.rows.values()) else row["id"]
    )  # a copied row is new
    if id_ and id_ not in reading.drafts:
        reading.refuse(number, "", "row_gone")
    elif not id_ and not reading.on.settings.add:
        reading.refuse(number, "", "no_new_rows")
    elif len(row["cells"]) != len(columns):
        reading.refuse(number, "", "wrong_columns", given=len(row["cells"]), needed=len(columns))
    else:
        before = reading.drafts.get(id_, Draft(id_, {}))
        cells = zip(columns, row["cells"], strict=True)
        values = {
            column.key: before.values.get(column.key)
            if column.key in _kept(row)
            else _read_cell(reading, number, column, text or "", before)
            for column, text in cells
            if column.kind != COMPUTED and not column.own
        }
        reading.rows[number] = Draft(id_ or f"{NEW}{number}", values, before.item)


def _read_cell(reading: _Reading, number: int, column: Column, text: str, before: Draft) -> Value:
    """The cell's value; None where it is empty, or refused."""
    present = before.values.get(column.key)
    try:
        if not text.strip():
            return _empty(column, before, present)
        if column.kind in {TEXT, PERSON} and _same(text, present):
            return present  # what an earlier item put there may keep to other rules
        if column.kind in {CHOICE, PERSON, REFERENCE}:
            return _listed(column, text, present, _named(reading.on, column))
        if column.kind == YES_NO:
            return _yes_no(text)
        question = next(ask(reading.on, column, Spot(CELL), {}))
        return question.read(Typed(text))
    except Rejected as rejected:
        reading.faults.append(CellFault(number, column.key, rejected.fault))
        return None


def _empty(column: Column, before: Draft, present: Value) -> None:
    """Raises Rejected('cell_empty') unless the cell is optional, or was empty before and is left to others."""
    if not column.optional and not (before.item and present is None):
        raise Rejected("cell_empty")


def _same(text: str, value: Value) -> bool:
    return isinstance(value, str) and one_line(text).casefold() == one_line(value).casefold()


def _yes_no(text: str) -> bool:
    meant = {YES: True, NO: False}.get(text.strip().casefold())
    if meant is None:
        raise Rejected("cell_yes_no", text=text)
    return meant


def _named(on: On, column: Column) -> list[tuple[Value, str]]:
    """What can stand in the cell: its value, and the words for it."""
    if column.kind == CHOICE:
        return [(words, words) for words in column.options]
    if column.kind == PERSON:
        return [(option.label, option.label) for option in people(on)]
    return [(id_, item.text) for id_, item in referred(on, column).items()]


def _listed(column: Column, text: str, present: Value, named: Sequence[tuple[Value, str]]) -> Value:
    """The value these words stand for; of several with the same words the one that stood there before."""
    found = list(dict.fromkeys(value for value, words in named if _same(text, words)))
    if len(found) == 1 or present in found:
        return present if present in found else found[0]
    if found:
        raise Rejected("cell_ambiguous", text=text)
    if column.free:
        return Text(key=column.key, longest=100).read(Typed(text))
    raise Rejected("cell_not_listed", text=text, some=[words for _, words in named[:LISTED]])


def _refer(reading: _Reading, texts: Mapping[int, Mapping[str, Any]]) -> None:
    """Fills in the references to rows of the same table, in the file or not."""
    own = [(place, column) for place, column in enumerate(reading.on.settings.columns) if column.own]
    named = _rows_named(reading) if own else []
    for number, row in list(reading.rows.items()):
        values = dict(row.values)
        for place, column in own:
            text, present = texts[number]["cells"][place] or "", _present(reading, row, column)
            if column.key in _kept(texts[number]):
                values[column.key] = present
                continue
            try:
                values[column.key] = _listed(column, text, present, named) if text.strip() else None
            except Rejected as rejected:
                reading.faults.append(CellFault(number, column.key, rejected.fault))
        reading.rows[number] = Draft(row.id, values, row.item)


def _present(reading: _Reading, row: Draft, column: Column) -> Value:
    return reading.drafts[row.id].values.get(column.key) if row.id in reading.drafts else None


def _rows_named(reading: _Reading) -> list[tuple[Value, str]]:
    """Every row there will be, and what it is known by."""
    rows = {**reading.drafts, **{row.id: row for row in reading.rows.values()}}
    items = starting(reading.on)
    return [(id_, label(reading.on, row.values, items.get(id_))) for id_, row in rows.items()]


def _check_loops(reading: _Reading) -> None:
    rows = {**reading.drafts, **{row.id: row for row in reading.rows.values()}}
    for column in [column for column in reading.on.settings.columns if column.own]:
        points = parents(rows, column)
        for number, row in reading.rows.items():
            if row.id in above(points, points[row.id]):
                reading.refuse(number, column.key, "cell_loop", text=label(reading.on, row.values, row.item))


def _plain(reading: _Reading, row: Draft, kept: Sequence[str]) -> dict[str, object]:
    """The row as the move keeps it; a new row of the file is known by its place among those taken in."""
    places = {each.id: f"{NEW}{place}" for place, each in enumerate(reading.rows.values(), 1)}
    columns = reading.on.settings.columns
    values = {**row.values, **{c.key: _moved(row.values.get(c.key), places) for c in columns if c.own}}
    return {
        "id": "" if row.id.startswith(NEW) else row.id,
        "cells": [values.get(column.key) for column in columns],
        **({"kept": kept} if kept else {}),
    }


def _moved(value: Value, places: Mapping[str, str]) -> Value:
    return places[value] if isinstance(value, str) and value.startswith(NEW) else value
