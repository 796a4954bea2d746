"""A table as lines of aligned text for a phone's fixed-width type, where it is narrow enough."""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from documents.markup.grid import Cell, Table
from documents.markup.runs import plain

WIDTH = 34  # characters that fit on a small phone without a line wrapping
GAP = 2
TALLEST = 4  # lines a cell may wrap to before a list reads better
LINE, ROW_LINE = "─", "╌"


@dataclass(frozen=True, slots=True)
class TextTable:
    """The head's lines, and the lines of each row."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def portions(self, room: int) -> Iterator[str]:
        """The table in texts of at most `room` characters, each with its head."""
        lines = list(self.head)
        for row in self.rows:
            if len("\n".join([*lines, *row])) > room and len(lines) > len(self.head):
                yield "\n".join(lines)
                lines = list(self.head)
            lines += row
        yield "\n".join(lines)


def aligned(table: Table) -> TextTable | None:
    """The table in columns, or None if it is too wide, too tall, linked or written from right to left."""
    widths = None if _unfit(table) else _widths(table)
    if widths is None:
        return None
    drawn = [_drawn(row, widths) for row in table.begun()]
    if max(map(len, drawn)) > TALLEST:
        return None
    head = [line for lines in drawn[: table.head] for line in lines]
    rule = [LINE * (sum(widths) + GAP * (len(widths) - 1))] if head else []
    return TextTable((*head, *rule), tuple(_separated(drawn[table.head :], widths)))


def width(text: str) -> int:
    """Places the text takes in fixed-width type."""
    return sum(map(_places, text))


def wrap(text: str, room: int) -> list[str]:
    """The text in lines of at most `room` places; a word longer than that keeps a line of its own."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        lines.append("")
        for word in paragraph.split(" "):
            if lines[-1] and width(lines[-1]) + 1 + width(word) > room:
                lines.append(word)
            else:
                lines[-1] = f"{lines[-1]} {word}" if lines[-1] else word
    return lines


def _places(sign: str) -> int:
    if unicodedata.category(sign) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(sign) in "WF" else 1


def _unfit(table: Table) -> bool:
    runs = [run for cell in table.cells for run in cell.runs]
    linked = any(mark.href for run in runs for mark in run.marks)
    is_rtl = any(unicodedata.bidirectional(sign) in {"R", "AL"} for run in runs for sign in run.text)
    return linked or is_rtl or table.columns * (GAP + 1) > WIDTH + GAP


def _widths(table: Table) -> list[int] | None:
    """Each column's width: its longest word at least, then what is left where it saves most lines."""
    natural, least = _needs(table, "\n"), _needs(table, None)
    room = WIDTH - GAP * (table.columns - 1)
    if sum(least) > room or not _spans_fit(table, least):
        return None
    widths = least
    while sum(widths) < room and any(have < want for have, want in zip(widths, natural, strict=True)):
        widest = max(range(len(widths)), key=lambda column: natural[column] / widths[column])
        widths = [have + (column == widest) for column, have in enumerate(widths)]
    return widths


def _needs(table: Table, separator: str | None) -> list[int]:
    """Places each column needs for its longest line, or its longest word."""
    needs = [1] * table.columns
    for cell in table.cells:
        if cell.width == 1:
            parts = plain(cell.runs).split(separator)
            needs[cell.column] = max(needs[cell.column], *map(width, parts), 1)
    return needs


def _spans_fit(table: Table, widths: Sequence[int]) -> bool:
    return all(
        width(word) <= _span(cell, widths) for cell in table.cells for word in plain(cell.runs).split()
    )


def _span(cell: Cell, widths: Sequence[int]) -> int:
    return sum(widths[cell.column : cell.column + cell.width]) + GAP * (cell.width - 1)


def _drawn(row: Sequence[Cell], widths: Sequence[int]) -> list[str]:
    cells = {cell.column: cell for cell in row}
    columns: list[tuple[Cell, int, list[str]]] = []
    column = 0
    while column < len(widths):
        cell = cells.get(column, Cell(column=column))
        room = _span(cell, widths)
        columns.append((cell, room, wrap(plain(cell.runs), room)))
        column += cell.width
    height = max(len(lines) for _, _, lines in columns)
    return [_line(columns, at) for at in range(height)]


def _line(columns: Sequence[tuple[Cell, int, list[str]]], at: int) -> str:
    padded = [_padded(lines[at] if at < len(lines) else "", room, cell) for cell, room, lines in columns]
    return (" " * GAP).join(padded).rstrip()


def _padded(text: str, room: int, cell: Cell) -> str:
    blank = room - width(text)
    left = {"right": blank, "center": blank // 2}.get(cell.align, 0)
    return " " * left + text + " " * (blank - left)


def _separated(rows: Sequence[list[str]], widths: Sequence[int]) -> Iterator[tuple[str, ...]]:
    """The rows' lines, with a thin line between rows where some take several."""
    tall = any(len(lines) > 1 for lines in rows)
    rule = ROW_LINE * (sum(widths) + GAP * (len(widths) - 1))
    for at, lines in enumerate(rows):
        yield (*([rule] if tall and at else []), *lines)
