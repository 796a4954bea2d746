"""Tables as a grid: each cell with its place and the rows and columns it spans, so any part can be taken."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from documents.markup.html_tree import Element
from documents.markup.runs import Runs

WIDEST = 100  # columns or rows one cell may span
ALIGNMENTS = frozenset({"left", "center", "right"})


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its text, how it is set, where it stands and what it spans."""

    runs: Runs = ()
    align: str = "left"
    header: bool = False
    row: int = 0
    column: int = 0
    height: int = 1
    width: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """Rows and columns; the first `head` rows are its head."""

    cells: tuple[Cell, ...]
    rows: int
    columns: int
    head: int = 0
    caption: Runs = ()

    def part(self, rows: Sequence[int], columns: Sequence[int]) -> "Table":
        """Those rows and columns only; a cell that spans beyond them is cut down, never lost."""
        cells = (_moved(cell, rows, columns) for cell in self.cells)
        head = sum(row < self.head for row in rows)
        return Table(tuple(filter(None, cells)), len(rows), len(columns), head)

    def begun(self) -> list[list[Cell]]:
        """For each row the cells that begin there, from left to right."""
        return self._by_row(lambda cell: range(cell.row, cell.row + 1))

    def seen(self) -> list[list[Cell]]:
        """For each row the cells seen there, from left to right, those from above too."""
        return self._by_row(lambda cell: range(cell.row, cell.row + cell.height))

    def _by_row(self, where: Callable[[Cell], range]) -> list[list[Cell]]:
        rows: list[list[Cell]] = [[] for _ in range(self.rows)]
        for cell in sorted(self.cells, key=lambda cell: cell.column):
            for row in where(cell):
                rows[row].append(cell)
        return rows


def whole(text: str, otherwise: int) -> int:
    """A whole number written in an attribute."""
    return int(text) if text.strip().removeprefix("-").isdecimal() else otherwise


def read(table: Element, caption: Runs, content: Callable[[Element], Runs]) -> Table:
    """The table as a grid; `content` reads a cell's text."""
    rows = list(_rows(table, ""))
    head = _head(rows)
    above = _placed([row for _, row in rows[:head]], content, 0)
    below = _placed([row for _, row in rows[head:]], content, head)
    cells = (*above, *below)
    columns = max((cell.column + cell.width for cell in cells), default=0)
    return Table(cells, len(rows) if cells else 0, columns, head, caption)


def _rows(node: Element, section: str) -> Iterator[tuple[str, Element]]:
    for child in node.children:
        if isinstance(child, Element) and child.tag == "tr":
            yield section, child
        elif isinstance(child, Element) and child.tag in {"thead", "tbody", "tfoot"}:
            yield from _rows(child, child.tag)


def _head(rows: Sequence[tuple[str, Element]]) -> int:
    """How many rows are the head: those of `thead`, or else the first ones made of `th` alone."""
    marked = [section == "thead" for section, _ in rows]
    if not any(marked):
        marked = [all(cell.tag == "th" for cell in _cells(row)) for _, row in rows]
    head = next((position for position, is_head in enumerate(marked) if not is_head), len(rows))
    return head if head < len(rows) else 0


def _cells(row: Element) -> list[Element]:
    return [child for child in row.children if isinstance(child, Element) and child.tag in {"td", "th"}]


def _placed(rows: Sequence[Element], content: Callable[[Element], Runs], first: int) -> Iterator[Cell]:
    """The cells of rows of which the first one stands in the row `first`."""
    taken: set[tuple[int, int]] = set()
    for row, element in enumerate(rows):
        column = 0
        for source in _cells(element):
            while (row, column) in taken:
                column += 1
            cell = _cell(source, content(source), first + row, column, len(rows) - row)
            if cell.height > 1 or cell.width > 1:
                taken |= {
                    (row + down, column + right) for down in range(cell.height) for right in range(cell.width)
                }
            else:
                taken.add((row, column))
            yield cell


def _cell(source: Element, runs: Runs, row: int, column: int, rows_left: int) -> Cell:
    align = source.attributes.get("align", "left").lower()
    height = whole(source.attributes.get("rowspan", ""), 1) or rows_left  # 0 means: to the end
    width = whole(source.attributes.get("colspan", ""), 1)
    return Cell(
        runs,
        align if align in ALIGNMENTS else "left",
        source.tag == "th",
        row,
        column,
        max(1, min(height, rows_left)),
        max(1, min(width, WIDEST)),
    )


def _moved(cell: Cell, rows: Sequence[int], columns: Sequence[int]) -> Cell | None:
    down = [place for place, row in enumerate(rows) if cell.row <= row < cell.row + cell.height]
    right = [
        place for place, column in enumerate(columns) if cell.column <= column < cell.column + cell.width
    ]
    if not down or not right:
        return None
    return replace(cell, row=down[0], column=right[0], height=len(down), width=len(right))
