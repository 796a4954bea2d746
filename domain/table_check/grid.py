"""Where in a table made elsewhere the head is, and what belongs to it; tables that lie on their side are turned.

A head may take several rows ('Kriteria' above 'Dampak' and 'Biaya'), have titles above it and a row of column numbers
below it. Where a column is named 'bobot' the criteria stand in rows, and the table is turned. Beside a score its
product with the weight may stand (N and BN); it is laid below the score.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from domain.faults import Rejected
from domain.table_check.cells import Cell, Rows
from domain.table_check.numbers import read
from domain.table_check.titles import NUMBER, PRODUCT, RANK, TOTAL, WEIGHT, role

HEAD_WITHIN: Final = 40  # rows: the head stands no deeper
MOST_HEAD_ROWS: Final = 3
SCORES: Final = frozenset({"nilai", "skor", "score", "n", "s", "rating"})
VALUES: Final = frozenset(
    {"nilai", "skor", "hasil", "total", "jumlah", "nilai akhir", "skor akhir", "nilai tertimbang"}
)
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
LEAST: Final = 2
"""Filled cells that make a row part of a table rather than a title above it."""

Cells = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row with its number in the source (a column's, where the table was turned).

    `products` are weight × score below each cell, where the table shows them.
    """

    number: int
    cells: Cells
    products: Cells = ()


@dataclass(frozen=True, slots=True)
class Grid:
    """Titles of the columns, and the rows below, all of the same width; weights may stand above the head."""

    titles: tuple[str, ...]
    rows: tuple[GridRow, ...]


def grids(rows: Rows) -> tuple[Grid, ...]:
    """The table in upright form, the likelier first: with a column of weights it is turned, or its rows are products.

    Raises Rejected('check_no_table' or 'check_no_head').
    """
    filled = list(_filled(rows))
    if len(filled) < LEAST:
        raise Rejected("check_no_table")
    first, last = _head(filled)
    within = _weights_within(filled, last)
    titles = _rated(_titles([*filled[first : last + 1], *filled[last + 2 : last + 2 + len(within)]]))
    above = tuple(row for row in filled[:first] if weight_label(row.cells))
    found = Grid(titles, (*above, *within, *_below(filled[last + 1 + 2 * len(within) :])))
    if WEIGHT in map(role, titles):
        return _turned(found), found
    return (_turned(found), _folded(found)) if _lies(found) else (_folded(found),)


def _rated(titles: Sequence[str]) -> tuple[str, ...]:
    """'Peringkat' between a weight and what both give is the rating of a factor, and no rank."""
    roles = ["", *map(role, titles), ""]
    return tuple(
        f"Nilai {title.lower()}"
        if roles[at] == RANK and roles[at - 1] == WEIGHT and roles[at + 1] in {PRODUCT, TOTAL}
        else title
        for at, title in enumerate(titles, 1)
    )


def _lies(found: Grid) -> bool:
    """Whether what is judged stands in columns: a row is named 'Peringkat', and no column is, nor any a total."""
    labels = {role(cell.text) for row in found.rows for cell in row.cells[:2] if not is_number(cell)}
    return RANK in labels and not {TOTAL, RANK} & {role(title) for title in found.titles[1:]}


def weight_label(cells: Sequence[Cell]) -> str:
    """The text before the first number of the row, if it says that the row holds weights."""
    for cell in cells:
        if is_number(cell):
            return ""
        if role(cell.text) == WEIGHT:
            return cell.text
    return ""


def is_number(cell: Cell) -> bool:
    """Whether it holds a number, in whichever way it was written; a formula without its value counts."""
    return cell.number is not None or bool(cell.trouble) or read(cell.text) is not None


def _filled(rows: Rows) -> Iterator[GridRow]:
    """Rows with something in them, as wide as the widest, without the columns that are empty throughout."""
    used = sorted({at for row in rows for at, cell in enumerate(row) if not cell.is_empty()})
    for number, row in enumerate(rows, 1):
        if any(not cell.is_empty() for cell in row):
            yield GridRow(number, tuple(row[at] if at < len(row) else Cell() for at in used))


def _head(rows: Sequence[GridRow]) -> tuple[int, int]:
    """The first and the last row of the head."""
    core = _core(rows)
    first = last = core
    while core - first < MOST_HEAD_ROWS - 1 and _joined(rows, first - 1) and _belongs(rows[first - 1]):
        first -= 1
    while last - core < MOST_HEAD_ROWS - 1 and _joined(rows, last) and _continues(rows[last + 1]):
        last += 1
    return first, last


def _weights_within(rows: Sequence[GridRow], last: int) -> Sequence[GridRow]:
    """A row of numbers that stands in the head, with more titles below it; none where there is none."""
    row = rows[last + 1] if last + 2 < len(rows) else None
    if row is None or not row.cells[0].is_empty() or not _continues(rows[last + 2]):
        return ()
    filled = [cell for cell in row.cells if not cell.is_empty()]
    return (row,) if len(filled) >= LEAST and all(map(is_number, filled)) else ()


def _joined(rows: Sequence[GridRow], at: int) -> bool:
    """Whether the row there and the next one stand one right below the other."""
    return 0 <= at < len(rows) - 1 and rows[at + 1].number == rows[at].number + 1


def _core(rows: Sequence[GridRow]) -> int:
    """The row that names a total or a rank, else a weight, else the last one of texts before numbers begin."""
    heads = [at for at, row in enumerate(rows[:HEAD_WITHIN]) if _belongs(row)]
    for kinds in ({TOTAL, RANK}, {WEIGHT}):
        for at in heads:
            if kinds & {role(cell.text) for cell in rows[at].cells if cell.text}:
                return at
    counts = (not _belongs(row) and sum(map(is_number, row.cells)) >= LEAST for row in rows)
    begin = next((at for at, is_body in enumerate(counts) if is_body), 0)
    if begin - 1 in heads:
        return begin - 1
    raise Rejected("check_no_head")


def _belongs(row: GridRow) -> bool:
    """Whether the row can be part of a head: several texts, and no number but years."""
    filled = [cell for cell in row.cells if not cell.is_empty()]
    numbers = [cell for cell in filled if is_number(cell)]
    return len(filled) >= LEAST and len(filled) > len(numbers) and all(map(_is_year, numbers))


def _is_year(cell: Cell) -> bool:
    return bool(_YEAR.fullmatch(cell.text))


def _continues(row: GridRow) -> bool:
    """Whether the row goes on with a head begun above it: it leaves names and numbers of rows empty."""
    return _belongs(row) and row.cells[0].is_empty()


def _titles(rows: Sequence[GridRow]) -> tuple[str, ...]:
    """Of each column the lowest title; above a score and its product ('N', 'BN') stands what both are about."""
    columns = [
        [cell.text for cell in column if cell.text]
        for column in zip(*(row.cells for row in rows), strict=True)
    ]
    lowest = [column[-1] if column else "" for column in columns]
    return tuple(
        column[-2] if len(column) > 1 and role(following) == PRODUCT else title
        for column, title, following in zip(columns, lowest, [*lowest[1:], ""], strict=True)
    )


def _below(rows: Sequence[GridRow]) -> tuple[GridRow, ...]:
    """The rows, without a first one that only numbers the columns."""
    return tuple(rows[1:] if rows and _counts(rows[0].cells) else rows)


def _counts(cells: Cells) -> bool:
    """Whether the row only numbers the columns: '(1) (2) (3) (4)', or '1 2 3 4=2x3'."""
    texts = [cell.text.split("=")[0].strip("()[] ") for cell in cells if not cell.is_empty()]
    return len(texts) > LEAST and texts == [str(n) for n in range(1, len(texts) + 1)]


def _folded(found: Grid) -> Grid:
    """Columns of products go below those of scores. A single one is a total rather."""
    products = _products(found.titles)
    if len(products) < LEAST:
        return found
    kept = [at for at in range(len(found.titles)) if at not in products]
    rows = (
        GridRow(row.number, _picked(row.cells, kept), tuple(_next(row.cells, at, products) for at in kept))
        for row in found.rows
    )
    return Grid(tuple(found.titles[at] for at in kept), tuple(rows))


def _products(titles: Sequence[str]) -> set[int]:
    """The columns that hold products, each after the column of its score."""
    return {at for at, title in enumerate(titles) if at and role(title) == PRODUCT}


def _picked(cells: Cells, places: Sequence[int]) -> Cells:
    return tuple(cells[at] for at in places)


def _next(cells: Cells, at: int, products: set[int]) -> Cell:
    return cells[at + 1] if at + 1 in products else Cell()


def _turned(found: Grid) -> Grid:
    """Rows become columns: what was the column of weights is the row of weights then."""
    roles = [role(title) for title in found.titles]
    label = _label_column(found, roles)
    products = _products(found.titles) | _valued(found.titles)
    kept = [at for at, kind in enumerate(roles) if kind != NUMBER and at != label and at not in products]
    titles = (found.titles[label], *(_row_title(row, label, roles) for row in found.rows))
    return Grid(titles, tuple(_column(found, at, products) for at in kept))


def _row_title(row: GridRow, label: int, roles: Sequence[str]) -> str:
    """What the row is about. 'Jumlah' may stand in the column of numbers, where cells were merged."""
    named = (row.cells[at] for at in [label, *(at for at, kind in enumerate(roles) if kind == NUMBER)])
    return next((cell.text for cell in named if cell.text and not is_number(cell)), row.cells[label].text)


def _valued(titles: Sequence[str]) -> set[int]:
    """'Nilai' behind 'Skor', beside a column of weights, is their product."""
    plain = [title.casefold().split("(")[0].strip() for title in titles]
    return {at for at in range(1, len(plain)) if plain[at - 1] in SCORES and plain[at] in VALUES}


def _column(found: Grid, at: int, products: set[int]) -> GridRow:
    """A column as a row. The total and the rank stand below the products, where there are any."""
    cells = [row.cells[at] for row in found.rows]
    below = tuple(_next(row.cells, at, products) for row in found.rows)
    for place, row in enumerate(found.rows):
        is_result = {TOTAL, RANK} & {
            role(cell.text) for cell in row.cells if cell.text and not is_number(cell)
        }
        if is_result and not below[place].is_empty():
            cells[place] = below[place]
    return GridRow(at + 1, (Cell(found.titles[at]), *cells), (Cell(), *below))


def _label_column(found: Grid, roles: Sequence[str]) -> int:
    """The column that names the rows: the first one with texts that is neither number nor weight."""
    for at, kind in enumerate(roles):
        texts = [row.cells[at] for row in found.rows if row.cells[at].text]
        if kind not in {NUMBER, WEIGHT} and sum(not is_number(cell) for cell in texts) * 2 > len(texts):
            return at
    raise Rejected("check_no_head")
