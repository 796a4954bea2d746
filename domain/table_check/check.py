"""Checking a table of weights and scores that was made elsewhere (MCUA: total = Σ weight × score).

Everything is recalculated in exact fractions and compared with what the table says: totals, ranks, equal totals with
different ranks, weights that don't add up. What had to be assumed is told.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from domain.formulas import written
from domain.table_check.cells import Cell, Rows
from domain.table_check.findings import (
    ComputedRow,
    Finding,
    cell_findings,
    computed_rows,
    decimals_of,
    is_importance,
    product_findings,
    rounded_rows,
    total_findings,
    weight_findings,
)
from domain.table_check.grid import Grid, grid
from domain.table_check.layout import WHOLE, Criterion, Layout, layout
from domain.table_check.methods import FINEST, MULTIPLIED, UNKNOWN, WEIGHTED, Method, Way, way_of
from domain.table_check.numbers import ENGLISH, INDONESIAN, Writing, is_doubtful, read, writings
from domain.table_check.ranks import COMPETITION, RankCheck, check_ranks, competition

LEAST_DECIMALS = 2


@dataclass(frozen=True, slots=True)
class Remark:
    """Something that was assumed, or could not be checked; the sentence for `code` is in the templates."""

    code: str
    details: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Placed:
    """A row of the recomputed table: scores (None where unreadable), exact total, rank, what had been given.

    `total` is the one that was given where none could be computed, or None; then there is no rank either.
    """

    number: int
    name: str
    scores: tuple[Fraction | None, ...]
    written: tuple[str, ...]
    total: Fraction | None
    rank: int | None
    given_total: str
    given_rank: str


@dataclass(frozen=True, slots=True)
class Checked:
    """The outcome. `rows` in rank order, equal totals sharing a rank; `decimals` tell unequal totals apart."""

    criteria: tuple[Criterion, ...]
    rows: tuple[Placed, ...]
    findings: tuple[Finding, ...]
    remarks: tuple[Remark, ...]
    way: Way
    decimals: int
    has_totals: bool
    has_ranks: bool

    @property
    def method(self) -> Method:
        """How the totals are made."""
        return self.way.method

    @property
    def is_recomputed(self) -> bool:
        """Whether the totals were computed again, in the way the table means them."""
        return self.method.is_computable and all(each.code != "forgotten" for each in self.remarks)

    @property
    def formula(self) -> str:
        """The titles that are multiplied: 'C × A × R × L'; empty where nothing is."""
        titles = [each.title for each in self.criteria]
        return " × ".join(titles) if self.method.kind == MULTIPLIED else ""


def check(rows: Rows) -> Checked:
    """Checks a table. Of two ways to read its numbers the one with which more holds is taken.

    Raises Rejected ('check_no_table', 'check_no_head', 'check_no_rows', 'check_no_total').
    """
    found = grid(rows)
    texts = [cell.text for row in found.rows for cell in row.cells if cell.number is None]
    checked = [_check(found, writing) for writing in writings(texts)]
    return min(checked, key=lambda each: (each.method.kind == UNKNOWN, len(each.findings)))


def _check(found: Grid, writing: Writing) -> Checked:
    table = layout(found, writing)
    way = way_of(table)
    method = way.method
    rows = computed_rows(table, method)
    ranks = check_ranks(table.rank or "", rows)
    findings = (
        *weight_findings(table),
        *cell_findings(table, method),
        *product_findings(table, method),
        *total_findings(table, rows, method),
        *ranks.findings,
    )
    return Checked(
        criteria=table.criteria,
        rows=tuple(_placed(rows)),
        findings=tuple(sorted(findings, key=lambda each: each.number)),
        remarks=(*_remarks(found, table, way, ranks, writing), *_rounded(rows, method)),
        way=way,
        decimals=_decimals(rows, decimals_of(table)),
        has_totals=_any(line.total for line in table.lines),
        has_ranks=_any(line.rank for line in table.lines),
    )


def _placed(rows: Sequence[ComputedRow]) -> Iterator[Placed]:
    """The rows by rank; those without a total come last."""
    values = {at: row.value for at, row in enumerate(rows) if row.value is not None}
    ranks = competition(values)
    for at in [*ranks, *(at for at in range(len(rows)) if at not in ranks)]:
        line = rows[at].line
        numbers = [cell.number for cell in line.scores]
        yield Placed(
            number=line.number,
            name=line.name,
            scores=tuple(number.value if number else None for number in numbers),
            written=tuple(cell.text for cell in line.scores),
            total=rows[at].value,
            rank=int(ranks[at]) if at in ranks else None,
            given_total=line.total.text if line.total else "",
            given_rank=line.rank.text if line.rank else "",
        )


def _remarks(found: Grid, table: Layout, way: Way, ranks: RankCheck, writing: Writing) -> Iterator[Remark]:
    if doubtful := _doubtful(found):
        other = ENGLISH if writing == INDONESIAN else INDONESIAN
        yield Remark(
            "doubtful",
            {"given": doubtful, "read": _read(doubtful, writing), "not_read": _read(doubtful, other)},
        )
    if is_importance(table) and (together := sum(table.weights())) not in {1, WHOLE}:
        yield Remark("importance", {"together": together})
    if table.unused:
        yield Remark("unused", {"columns": table.unused})
    if table.is_weighted and way.method.kind not in {WEIGHTED, UNKNOWN}:
        yield Remark("forgotten", {"kind": way.method.kind})
    if not _any(line.total for line in table.lines):
        yield Remark("no_totals")
    if not _any(line.rank for line in table.lines):
        yield Remark("no_ranks")
    elif not ranks.checked:
        yield Remark("unranked")
    if ranks.style != COMPETITION:
        yield Remark("style", {"style": ranks.style})


def _rounded(rows: tuple[ComputedRow, ...], method: Method) -> Iterator[Remark]:
    if names := rounded_rows(rows, method):
        yield Remark("rounded", {"rows": names})


def _any(cells: Iterable[Cell | None]) -> bool:
    """Whether something stands in any of them: an empty column is one that was to be filled in."""
    return any(cell is not None and not cell.is_empty() for cell in cells)


def _doubtful(found: Grid) -> str:
    """A number that could be read in two ways, as written; an empty text where there is none."""
    cells = (cell for row in found.rows for cell in row.cells if cell.number is None)
    return next((cell.text for cell in cells if is_doubtful(cell.text)), "")


def _read(text: str, writing: Writing) -> str:
    """The number without any sign between its thousands."""
    number = read(text, writing)
    return written(number.value).replace(".", ",") if number else text


def _decimals(rows: Sequence[ComputedRow], given: int) -> int:
    """As many as the totals were written with, and as many as tell unequal ones apart."""
    values = {row.value for row in rows if row.value is not None}
    enough = (
        places
        for places in range(LEAST_DECIMALS, FINEST)
        if len({round(v, places) for v in values}) == len(values)
    )
    return max(given, next(enough, FINEST))
