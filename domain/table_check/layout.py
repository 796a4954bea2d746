"""What the columns of a table made elsewhere hold: names, scores on criteria with their weights, totals, ranks."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from domain.faults import Rejected
from domain.table_check import titles as titles_
from domain.table_check.cells import NO_VALUE, Cell
from domain.table_check.columns import Columns
from domain.table_check.grid import Grid, GridRow, is_number, weight_label
from domain.table_check.numbers import INDONESIAN, Number, Writing, read, read_rank
from domain.table_check.relations import speaks_of_share
from domain.table_check.titles import NAME, NUMBER, OTHER, PRODUCT, RANK, TOTAL, WEIGHT, head_weight, role

WHOLE = 100
"""What weights in percent add up to, where they are written without the sign."""


@dataclass(frozen=True, slots=True)
class Criterion:
    """A column of scores with its weight, None where the table has none; `place` is the column's."""

    title: str
    weight: Number | None = None
    place: int = 0


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
    cells: tuple[Cell, ...] = ()


@dataclass(frozen=True, slots=True)
class SumRow:
    """A row that adds up the columns, or gives their means: its label ('' where it has none), and all its cells.

    `first` and `last` are the lines (by their place, `last` not among them) since the last row of this kind.
    """

    number: int
    label: str
    cells: tuple[Cell, ...]
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Layout:
    """A table understood. Titles are None where there is no such column; `unused` are columns of numbers left out.

    `titles` are of all columns; `numeric` are the places of those that hold numbers, other than ranks and the numbers
    of rows; `weight_sum` is what the table itself says that the weights add up to.
    """

    criteria: tuple[Criterion, ...]
    lines: tuple[Line, ...]
    total: str | None
    rank: str | None
    unused: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    numeric: tuple[int, ...] = ()
    total_place: int | None = None
    sums: tuple[SumRow, ...] = ()
    weight_sum: Number | None = None
    columns: Columns = field(default_factory=lambda: Columns(()), compare=False)

    def without(self, places: Collection[int]) -> "Layout":
        """The table without the criteria there: these columns are made of others."""
        kept = [at for at, each in enumerate(self.criteria) if each.place not in places]
        if self.is_weighted or len(kept) == len(self.criteria):
            return self
        lines = (replace(line, scores=tuple(line.scores[at] for at in kept)) for line in self.lines)
        return replace(self, criteria=tuple(self.criteria[at] for at in kept), lines=tuple(lines))

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
    numeric: tuple[int, ...] = ()

    @property
    def judged(self) -> set[int]:
        """The places whose numbers make a row one of the table: scores, total, rank, else whatever is a number."""
        results = {at for at in (self.total, self.rank) if at is not None}
        return {at for at, _ in self.criteria} | results or set(self.numeric)


def layout(grid: Grid, writing: Writing) -> Layout:
    """The table understood. Raises Rejected('check_no_rows')."""
    weights = next((row for row in grid.rows if weight_label(row.cells)), None)
    if weights is None:
        weights = _nameless_weights(grid, writing)
    body = [row for row in grid.rows if row is not weights]
    found = _columns(grid, [row for row in body if not _is_sum(grid, row)], weights, writing)
    rows = [row for row in body if any(is_number(row.cells[at]) for at in found.judged)]
    named = [row for row in rows if not _is_sum(grid, row)]
    named = named[:-1] if _adds_up(named, found, writing) else named
    if not named:
        raise Rejected("check_no_rows")
    lines = _computed([_line(row, found, writing) for row in named], kept=_are_kept(named, found.total))
    numbers = [[cell.number for cell in line.cells] for line in lines]
    return Layout(
        criteria=tuple(each for _, each in found.criteria),
        lines=lines,
        total=None if found.total is None else grid.titles[found.total],
        rank=None if found.rank is None else grid.titles[found.rank],
        unused=tuple(_unused(grid, named, found)),
        titles=grid.titles,
        numeric=found.numeric,
        total_place=found.total,
        sums=tuple(_sums(rows, named, writing)),
        weight_sum=_weight_sum(weights, found, writing),
        columns=Columns(
            numbers, frozenset(at for at, title in enumerate(grid.titles) if speaks_of_share(title))
        ),
    )


def _is_sum(grid: Grid, row: GridRow) -> bool:
    """Whether its label says that it adds up the columns, and it has no number of its own among the rows."""
    counted = (cell for title, cell in zip(grid.titles, row.cells, strict=True) if role(title) == NUMBER)
    return titles_.is_aggregate(_label(row)) and not any(map(is_number, counted))


def _adds_up(rows: Sequence[GridRow], found: "_Found", writing: Writing) -> bool:
    """Whether the last row has no name where all others have one, and holds nothing but sums of its columns."""
    if found.name is None or len(rows) <= LEAST_ROWS or not rows[-1].cells[found.name].is_empty():
        return False
    if any(row.cells[found.name].is_empty() for row in rows[:-1]):
        return False
    sums = [
        (number.value, sum((each.value for each in column if each), Fraction(0)))
        for at in found.judged
        if at != found.rank and (number := _number(rows[-1].cells[at], writing))
        if (column := [_number(row.cells[at], writing) for row in rows[:-1]])
    ]
    return bool(sums) and sum(one == other for one, other in sums) * 2 > len(sums)


def _nameless_weights(grid: Grid, writing: Writing) -> GridRow | None:
    """The first row, if it has no texts, no total and no number of its own, and its numbers add up to 1 or 100."""
    first = grid.rows[0] if grid.rows else None
    if first is None or _label(first) or any(head_weight(title) for title in grid.titles):
        return None
    roles = [role(title) for title in grid.titles]
    pairs = list(zip(roles, first.cells, strict=True))
    if not all(cell.is_empty() for kind, cell in pairs if kind in {NUMBER, RANK}):
        return None
    filled = [cell for kind, cell in pairs if kind not in {NUMBER, RANK, TOTAL} and not cell.is_empty()]
    return first if len(filled) >= LEAST_ROWS and adds_up_to_whole(filled, writing) else None


def adds_up_to_whole(cells: Sequence[Cell], writing: Writing = INDONESIAN) -> bool:
    """Whether all of them are numbers, and 1 or 100 together, as weights are."""
    numbers = [_number(cell, writing) for cell in cells]
    return all(numbers) and sum(number.value for number in numbers if number) in {1, WHOLE}


def _weight_sum(weights: GridRow | None, found: "_Found", writing: Writing) -> Number | None:
    if weights is None or found.total is None:
        return None
    return _number(weights.cells[found.total], writing)


def _sums(rows: Sequence[GridRow], named: Sequence[GridRow], writing: Writing) -> Iterator[SumRow]:
    first = at = 0
    for row in rows:
        if at < len(named) and row is named[at]:
            at += 1
        else:
            yield SumRow(
                row.number, _label(row), tuple(_numbered(cell, writing) for cell in row.cells), first, at
            )
            first = at


LEAST_ROWS = 2
"""Rows, and weights of a row without a name, from which on a sum says something."""


def _number(cell: Cell, writing: Writing) -> Number | None:
    return cell.number or read(cell.text, writing)


def _numbered(cell: Cell, writing: Writing) -> Cell:
    return replace(cell, number=_number(cell, writing))


def _label(row: GridRow) -> str:
    return next((cell.text for cell in row.cells if not cell.is_empty() and not is_number(cell)), "")


def _columns(grid: Grid, body: Sequence[GridRow], weights: GridRow | None, writing: Writing) -> _Found:
    roles = [role(title) for title in grid.titles]
    total = titles_.surest_total(list(grid.titles))
    if total is None:  # a single 'Bobot × Skor' is what others head 'Total'
        total = next((at for at in reversed(range(len(roles))) if roles[at] == PRODUCT), None)
    rank = next((at for at in reversed(range(len(roles))) if roles[at] == RANK), None)
    judging = {NAME, OTHER, TOTAL, WEIGHT}
    free = [at for at, kind in enumerate(roles) if at not in {total, rank} and kind in judging]
    name = _name_column(roles, body, free)
    columns = [at for at in free if at != name]
    weighted = _weighted(grid, columns, weights, writing)
    criteria = weighted or _unweighted(grid, body, columns, total)
    numeric = [at for at, kind in enumerate(roles) if at not in {name, rank} and kind != NUMBER]
    return _Found(
        name, total, rank, tuple(criteria), tuple(at for at in numeric if at == total or _is_scored(body, at))
    )


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
            (at, Criterion(grid.titles[at], number, at))
            for at, cell in found
            if (number := cell.number or read(cell.text, writing))
        ]
    heads = [(at, said) for at in columns if (said := head_weight(grid.titles[at]))]
    if _only_counts([said.amount for _, said in heads]):
        return []
    return [
        (at, Criterion(said.title, number, at))
        for at, said in heads
        if (number := read(said.amount, writing))
    ]


def _unweighted(
    grid: Grid, body: Sequence[GridRow], columns: Sequence[int], total: int | None
) -> list[tuple[int, Criterion]]:
    """Columns of numbers; where some stand before the total, those behind it are something else."""
    scored = [at for at in columns if _is_scored(body, at) and not titles_.is_aside(grid.titles[at])]
    before = [at for at in scored if total is None or at < total]
    return [(at, Criterion(grid.titles[at], place=at)) for at in before or scored]


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
    cells = tuple(_numbered(cell, writing) for cell in row.cells)
    return Line(
        number=row.number,
        name=row.cells[found.name].text if found.name is not None else "",
        scores=tuple(cells[at] for at, _ in found.criteria),
        total=cells[found.total] if found.total is not None else None,
        rank=_ranked(row.cells[found.rank], writing) if found.rank is not None else None,
        products=tuple(_numbered(row.products[at], writing) for at, _ in found.criteria)
        if row.products
        else (),
        cells=cells,
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
