"""Daftar periksa: each row, by each criterion where there are any, is met, partly met or not yet met.

One tap for each cell. After 'sebagian' or 'belum' a member may add a note. A cell's share is how many of those who
answered it say 'ya'.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from domain.dialog.questions import Answers, Choice, Option, Question, Text
from domain.faults import Fault
from domain.instruments.base import Ballots, Instrument, Item, Sheet
from domain.instruments.checklist.table import (
    ANSWERS,
    WITH_NOTE,
    Cell,
    Checked,
    Line,
    Row,
    Settings,
    Subject,
    cell_id,
    criteria,
    note_key,
    subjects,
    table,
)
from domain.process.reading import Reader

MOST_ROWS, MOST_CRITERIA, MOST_CELLS = 30, 10, 100
OPTIONS = tuple(Option(each, about=each) for each in ANSWERS)


class Checklist(Instrument[Settings, Checked]):
    """Yes, partly or not yet, cell by cell."""

    name = "checklist"

    def read(self, reader: Reader) -> Settings:
        """`rows` (key, title, hint) or `items_from`; `criteria`, `notes` (default true) and `all_rows`."""
        criteria_ = _read_lines(reader, "criteria", MOST_CRITERIA)
        most = min(MOST_ROWS, MOST_CELLS // max(1, len(criteria_)))
        rows = _read_lines(reader, "rows", most, required=not reader.has("items_from"))
        return Settings(rows, criteria_, reader.flag("notes", default=True), reader.flag("all_rows"))

    def ready(self, sheet: Sheet[Settings]) -> Fault | None:
        """Something to check, and no more than a member can be asked."""
        given = len(subjects(sheet)) * len(criteria(sheet.settings))
        return (
            None if 0 < given <= MOST_CELLS else Fault("checklist_size", {"given": given, "most": MOST_CELLS})
        )

    def questions(self, sheet: Sheet[Settings], mine: Answers) -> Sequence[Question]:
        """Every cell, row by row; a note beside what isn't met."""
        return [
            question
            for subject in subjects(sheet)
            for number, line in criteria(sheet.settings)
            for question in _ask(cell_id(subject, number), subject, line, mine, sheet.settings)
        ]

    def tally(self, sheet: Sheet[Settings], ballots: Ballots) -> Checked:
        return table(sheet, ballots)

    def items(self, sheet: Sheet[Settings], result: Checked) -> tuple[Item, ...]:
        """The cells that aren't fully met; with `all_rows` every row, met or not."""
        sources = {subject.id: subject.item for subject in subjects(sheet)}
        if sheet.settings.all_rows:
            return tuple(_of_row(sources[row.id], row) for row in result.rows)
        return tuple(
            _of_cell(sources[row.id], row, cell)
            for row in result.rows
            for cell in row.cells
            if cell.yes < cell.answered
        )

    def lacking(self, sheet: Sheet[Settings], result: Checked) -> Fault | None:
        """What is missing before a result can be adopted: somebody who has answered every cell."""
        unanswered = [cell for row in result.rows for cell in row.cells if not cell.answered]
        return Fault("unchecked", {"cells": len(unanswered)}) if unanswered or not result.rows else None

    def trace(self, sheet: Sheet[Settings], result: Checked, item_id: str) -> Fault | None:
        """How members answered the item's row."""
        for row in result.rows:
            found = [cell for cell in row.cells if item_id in {row.id, cell.id}]
            if found:
                return Fault("answers", _counts(found))
        return None


def _read_lines(reader: Reader, field: str, most: int, *, required: bool = False) -> tuple[Line, ...]:
    found = tuple(_read_line(each) for each in reader.each(field, required=required))
    reader.unique([line.key for line in found], field)
    if len(found) > most:
        reader.fault("too_many", reader.line_of(field), field=field, most=most)
    return found


def _read_line(reader: Reader) -> Line:
    line = Line(reader.key("key"), reader.text("title"), reader.text("hint", ""))
    reader.close()
    return line


def _ask(cell: str, subject: Subject, line: Line, mine: Answers, settings: Settings) -> Iterator[Question]:
    facts = {"row": subject.title, "row_hint": subject.hint, "criterion": line.title, "hint": line.hint}
    yield Choice(key=cell, about="cell", options=OPTIONS, facts=facts)
    answer = mine.get(cell)
    if settings.notes and answer in WITH_NOTE:
        key = note_key(cell, answer)
        yield Text(key=key, about="note", optional=True, counts=False, facts={**facts, "answer": answer})


def _of_row(item: Item, row: Row) -> Item:
    return _passed_on(item, row, row.cells, id=row.id, text=row.title)


def _of_cell(item: Item, row: Row, cell: Cell) -> Item:
    if not cell.criterion:
        return _of_row(item, row)
    passed_on = _passed_on(item, row, [cell], id=cell.id, text=f"{row.title} – {cell.criterion}")
    return replace(passed_on, fields={**passed_on.fields, "kriteria": cell.criterion})


def _passed_on(item: Item, row: Row, cells: Sequence[Cell], **names: str) -> Item:
    """The item with its counts, and the notes of its cells for detail."""
    notes = "; ".join(note.text for cell in cells for note in cell.notes)
    fields = {**item.fields, "baris": row.title, **_counts(cells)}
    return replace(item, **names, detail=notes or item.detail, fields=fields)


def _counts(cells: Sequence[Cell]) -> dict[str, int]:
    return {
        "ya": sum(cell.yes for cell in cells),
        "sebagian": sum(cell.partly for cell in cells),
        "belum": sum(cell.no for cell in cells),
    }
