"""What the columns of a table made elsewhere hold: names, scores on criteria with their weights, totals, ranks."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from domain.faults import Rejected
from domain.table_check import titles as titles_
from domain.table_check.cells import NO_VALUE, Cell
from domain.table_check.grid import Grid, GridRow, is_number, weight_label
from domain.table_check.numbers import Number, Writing, read, read_rank
from domain.table_check.titles import NAME, NUMBER, OTHER, PRODUCT, RANK, TOTAL, head_weight, role

WHOLE = 100
"""What weights in percent add up to, where they are written without the sign."""


@dataclass(frozen=True, slots=True)
class Criterion:
    """A column of scores with its weight, None where the table has none."""

    title: str
    weight: Number | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A row: what is judged, its scores in the order of the criteria, the total and the rank that were given.

    Whatever in these is a number carries it, also where it stood there as a text.
    `products` are weight × score for each criterion, empty cells where the table doesn't show them.
    """

    number: int
    name: str
    scores: tuple[Cell, ...]
    total: Cell | None
    rank: Cell | None
    products: tuple[Cell, ...] = ()


@dataclass(frozen=True, slots=True)
class Layout:
    """A table understood. Titles are None where there is no such column; `unused` are columns of numbers left out."""

    criteria: tuple[Criterion, ...]
    lines: tuple[Line, ...]
    total: str | None
    rank: str | None
    unused: tuple[str, ...] = ()

    @property
    def is_weighted(self) -> bool:
        """Whether the criteria have weights."""
        return any(each.weight for each in self.criteria)

    def weights(self) -> tuple[Fraction, ...]:
        """The weights as they stand; those of a table without are all 1."""
        return tuple(each.weight.value if each.weight else Fraction(1) for each in self.criteria)


@dataclass(frozen=True, slots=True)
class _Found:
    """Places of columns."""

    name: int | None
    total: int | None
    rank: int | None
    criteria: tuple[tuple[int, Criterion], ...]


def layout(grid: Grid, writing: Writing) -> Layout:
    """The table understood. Raises Rejected('check_no_rows' or 'check_no_total')."""
    weights = next((row for row in grid.rows if weight_label(row.cells)), None)
    body = [row for row in grid.rows if row is not weights and not titles_.is_aggregate(_label(row))]
    found = _columns(grid, body, weights, writing)
    places = [at for at, _ in found.criteria] + [at for at in (found.total, found.rank) if at is not None]
    rows = [row for row in body if any(is_number(row.cells[at]) for at in places)]
    if not rows:
        raise Rejected("check_no_rows")
    compared = found.rank is not None or any(each.weight for _, each in found.criteria)
    if found.total is None and not (found.criteria and compared):
        raise Rejected("check_no_total")
    return Layout(
        criteria=tuple(each for _, each in found.criteria),
        lines=_computed([_line(row, found, writing) for row in rows], kept=_are_kept(rows, found.total)),
        total=None if found.total is None else grid.titles[found.total],
        rank=None if found.rank is None else grid.titles[found.rank],
        unused=tuple(_unused(grid, rows, found)),
    )


def _label(row: GridRow) -> str:
    return next((cell.text for cell in row.cells if not cell.is_empty() and not is_number(cell)), "")


def _columns(grid: Grid, body: Sequence[GridRow], weights: GridRow | None, writing: Writing) -> _Found:
    roles = [role(title) for title in grid.titles]
    total = titles_.surest_total(list(grid.titles))
    if total is None:  # a single 'Bobot × Skor' is what others head 'Total'
        total = next((at for at in reversed(range(len(roles))) if roles[at] == PRODUCT), None)
    rank = next((at for at in reversed(range(len(roles))) if roles[at] == RANK), None)
    free = [at for at, kind in enumerate(roles) if at not in {total, rank} and kind in {NAME, OTHER, TOTAL}]
    name = _name_column(roles, body, free)
    columns = [at for at in free if at != name]
    weighted = _weighted(grid, columns, weights, writing)
    criteria = weighted or _unweighted(grid, body, columns, total)
    return _Found(name, total, rank, tuple(criteria))


def _name_column(roles: Sequence[str], body: Sequence[GridRow], free: Sequence[int]) -> int | None:
    """The column of texts; of several the one whose head says so, else the wordiest."""
    wordy = {at: [row.cells[at] for row in body if row.cells[at].text] for at in free}
    texts = {
        at: cells for at, cells in wordy.items() if sum(not is_number(c) for c in cells) * 2 > len(cells)
    }
    return max(
        texts,
        key=lambda at: (roles[at] == NAME, sum(len(cell.text) for cell in texts[at]), -at),
        default=None,
    )


def _weighted(
    grid: Grid, columns: Sequence[int], weights: GridRow | None, writing: Writing
) -> list[tuple[int, Criterion]]:
    """The criteria that have weights, in a row of their own or in their heads."""
    if weights is not None:
        found = [(at, weights.cells[at]) for at in columns]
        return [
            (at, Criterion(grid.titles[at], number))
            for at, cell in found
            if (number := cell.number or read(cell.text, writing))
        ]
    heads = [(at, said) for at in columns if (said := head_weight(grid.titles[at]))]
    if _only_counts([said.amount for _, said in heads]):
        return []
    return [
        (at, Criterion(said.title, number)) for at, said in heads if (number := read(said.amount, writing))
    ]


def _unweighted(
    grid: Grid, body: Sequence[GridRow], columns: Sequence[int], total: int | None
) -> list[tuple[int, Criterion]]:
    """Columns of numbers; where some stand before the total, those behind it are something else."""
    scored = [at for at in columns if _is_scored(body, at) and not titles_.is_aside(grid.titles[at])]
    before = [at for at in scored if total is None or at < total]
    return [(at, Criterion(grid.titles[at])) for at in before or scored]


def _only_counts(amounts: Sequence[str]) -> bool:
    """'(1)', '(2)', '(3)' behind titles number the columns."""
    return (
        len(amounts) > 1
        and all(each.isdecimal() for each in amounts)
        and [int(each) - int(amounts[0]) for each in amounts] == list(range(len(amounts)))
    )


def _is_scored(body: Sequence[GridRow], at: int) -> bool:
    """Whether at least half of what stands in the column is numbers."""
    cells = [row.cells[at] for row in body if not row.cells[at].is_empty()]
    return bool(cells) and sum(map(is_number, cells)) * 2 >= len(cells)


def _line(row: GridRow, found: _Found, writing: Writing) -> Line:
    def numbered(cell: Cell) -> Cell:
        return replace(cell, number=cell.number or read(cell.text, writing))

    return Line(
        number=row.number,
        name=row.cells[found.name].text if found.name is not None else "",
        scores=tuple(numbered(row.cells[at]) for at, _ in found.criteria),
        total=numbered(row.cells[found.total]) if found.total is not None else None,
        rank=_ranked(row.cells[found.rank], writing) if found.rank is not None else None,
        products=tuple(numbered(row.products[at]) for at, _ in found.criteria) if row.products else (),
    )


def _are_kept(rows: Sequence[GridRow], at: int | None) -> bool:
    """Whether a program kept the numbers of that column, so that formulas may have made them."""
    return at is not None and all(row.cells[at].number for row in rows)


def _computed(lines: Sequence[Line], *, kept: bool) -> tuple[Line, ...]:
    """The lines; zeros in place of every total, though there are scores, are formulas that were never computed."""
    zeros = all(line.total and line.total.number and not line.total.number.value for line in lines)
    scored = any(cell.number and cell.number.value for line in lines for cell in line.scores)
    if not (kept and zeros and scored):
        return tuple(lines)
    lost = Cell(trouble=NO_VALUE)
    return tuple(replace(line, total=lost, rank=_lost_rank(line.rank)) for line in lines)


def _lost_rank(cell: Cell | None) -> Cell | None:
    return Cell(trouble=NO_VALUE) if cell and cell.number and not cell.number.value else cell


def _ranked(cell: Cell, writing: Writing) -> Cell:
    rank = None if cell.number else read_rank(cell.text, writing)
    return cell if rank is None else replace(cell, number=Number(rank))


def _unused(grid: Grid, rows: Sequence[GridRow], found: _Found) -> Iterator[str]:
    """Columns of numbers that have no weight where others have one."""
    taken = {found.name, found.total, found.rank, *(at for at, _ in found.criteria)}
    for at, title in enumerate(grid.titles):
        if at not in taken and role(title) not in {NUMBER, PRODUCT} and _is_scored(rows, at):
            yield title
