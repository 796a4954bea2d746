"""Checking a table of weights and scores that was made elsewhere (MCUA: total = Σ weight × score).

Everything is recalculated in exact fractions and compared with what the table says: totals, ranks, equal totals with
different ranks, weights that don't add up. What had to be assumed is told.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from domain.faults import Rejected
from domain.formulas import Formula, names
from domain.table_check.cells import Rows
from domain.table_check.columns import written_out
from domain.table_check.derived import Derived, derived_columns, unknown_columns
from domain.table_check.findings import (
    ComputedRow,
    Finding,
    cell_findings,
    computed_rows,
    decimals_of,
    derived_findings,
    product_findings,
    total_findings,
    weight_findings,
)
from domain.table_check.grid import Grid, grids
from domain.table_check.head_formulas import key
from domain.table_check.layout import Criterion, Layout, layout
from domain.table_check.methods import FINEST, MULTIPLIED, UNKNOWN, Method, Way, way_of
from domain.table_check.numbers import Writing, writings
from domain.table_check.ranks import check_ranks, competition
from domain.table_check.remarks import Remark, any_filled, doubts, remarks, roundings
from domain.table_check.sums import sum_findings, summed_columns

LEAST_DECIMALS = 2


@dataclass(frozen=True, slots=True)
class Extra:
    """A column beside criteria, total and rank that is made of others, or that others are made of.

    `formula` over columns by their places (domain.table_check.columns), None for one that was given; `shown` is the
    same in words: '% = Nilai ÷ Σ Nilai × 100'; `following` of `compared` numbers are as it gives.
    """

    place: int
    title: str
    formula: Formula | None = None
    shown: str = ""
    following: int = 0
    compared: int = 0


@dataclass(frozen=True, slots=True)
class Placed:
    """A row of the recomputed table: scores (None where unreadable), exact total, rank, what had been given.

    `total` is the one that was given where none could be computed, or None; then there is no rank either.
    `extras` are the numbers of the extra columns, the texts where these are none.
    """

    number: int
    name: str
    scores: tuple[Fraction | None, ...]
    written: tuple[str, ...]
    total: Fraction | None
    rank: int | None
    given_total: str
    given_rank: str
    extras: tuple[Fraction | str | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Checked:
    """The outcome. `rows` in rank order, equal totals sharing a rank; `decimals` tell unequal totals apart.

    `extras` are columns made of others, or that others are made of; `summed` counts sums of columns that hold. `total`
    is the title of the totals, `shown` their formula in words; `percent`: they are written with '%'.
    """

    criteria: tuple[Criterion, ...]
    rows: tuple[Placed, ...]
    findings: tuple[Finding, ...]
    remarks: tuple[Remark, ...]
    way: Way
    decimals: int
    has_totals: bool
    has_ranks: bool
    extras: tuple[Extra, ...] = ()
    summed: int = 0
    total: str = ""
    total_place: int | None = None
    shown: str = ""
    percent: bool = False

    @property
    def method(self) -> Method:
        """How the totals are made."""
        return self.way.method

    @property
    def is_recomputed(self) -> bool:
        """Whether the totals were computed again, in the way the table means them."""
        return self.method.is_computable and all(each.code != "forgotten" for each in self.remarks)

    @property
    def is_partly_recomputed(self) -> bool:
        """Whether columns beside the total, or sums of columns, were computed again."""
        return bool(self.summed) or any(each.formula for each in self.extras)

    @property
    def evidence(self) -> tuple[bool, bool, int]:
        """The less, the likelier the table was understood as it is meant."""
        explained = self.way.following or any(each.formula for each in self.extras)
        return self.method.kind == UNKNOWN, not explained, len(self.findings)


def check(rows: Rows) -> Checked:
    """Checks a table. Of several ways to read it and its numbers the one with which most holds is taken.

    Raises Rejected ('check_no_table', 'check_no_head', 'check_no_rows', 'check_no_total').
    """
    faults: list[Rejected] = []
    checked: list[Checked] = []
    for found in grids(rows):
        texts = [cell.text for row in found.rows for cell in row.cells if cell.number is None]
        for writing in writings(texts):
            try:
                checked.append(_check(found, writing))
            except Rejected as rejected:
                faults.append(rejected)
    if not checked:
        raise faults[0]
    return min(checked, key=lambda each: each.evidence)


def _check(found: Grid, writing: Writing) -> Checked:
    whole = layout(found, writing)
    derived = derived_columns(whole)
    table, way = _way(whole, derived)
    _check_purpose(table, derived)
    rows = computed_rows(table, way.method)
    ranks = check_ranks(table.rank or "", rows)
    findings = (
        *weight_findings(table),
        *cell_findings(table, way.method),
        *product_findings(table, way.method),
        *total_findings(table, rows, way.method),
        *derived_findings(table, derived),
        *sum_findings(table, way.method, derived),
        *ranks.findings,
    )
    extras = tuple(_extras(table, way.method, derived))
    return Checked(
        criteria=table.criteria,
        rows=tuple(_placed(rows, extras, {each.place: each.method for each in derived}, table)),
        findings=tuple(sorted(findings, key=lambda each: each.number)),
        remarks=(
            *doubts(found, writing),
            *remarks(table, way, ranks, derived, {each.place for each in extras}),
            *roundings(rows),
        ),
        way=way,
        decimals=_decimals(rows, decimals_of(table)),
        has_totals=any_filled(line.total for line in table.lines),
        has_ranks=any_filled(line.rank for line in table.lines),
        extras=extras,
        summed=summed_columns(table, way.method, derived),
        total=table.total or "",
        total_place=table.total_place,
        shown=_shown(table, way.method),
        percent=any(line.total and line.total.number and line.total.number.percent for line in table.lines),
    )


def _way(whole: Layout, derived: tuple[Derived, ...]) -> tuple[Layout, Way]:
    """The way of the totals, columns made of others left out of the scores; with them, where only that explains it."""
    table = whole.without({each.place for each in derived})
    way = way_of(table)
    if way.method.kind == UNKNOWN and table is not whole:
        other = way_of(whole)
        return (whole, other) if other.method.kind != UNKNOWN else (table, way)
    return table, way


def _check_purpose(table: Layout, derived: tuple[Derived, ...]) -> None:
    """Raises Rejected('check_no_total') where nothing can be checked."""
    compared = table.rank is not None or table.is_weighted
    made = derived or table.sums or unknown_columns(table, derived)
    if table.total is None and not (table.criteria and compared) and not made:
        raise Rejected("check_no_total")


def _shown(table: Layout, method: Method) -> str:
    """The formula of the totals: 'C × A × R × L'; empty where there is none."""
    if method.formula is not None:
        return written_out(method.formula, _titles(table))
    return " × ".join(each.title for each in table.criteria) if method.kind == MULTIPLIED else ""


def _extras(table: Layout, method: Method, derived: tuple[Derived, ...]) -> Iterator[Extra]:
    """Columns made of others, with the columns these are made of, from left to right."""
    formulas = _without_circles(table.total_place, method, derived)
    used = {place for formula in formulas.values() for place in _places(formula)}
    present = {each.place for each in table.criteria} | {table.total_place}
    known = {each.place: each for each in derived}
    for at in sorted((used | known.keys()) - present):
        formula = formulas.get(at)
        if formula is None:
            yield Extra(at, table.titles[at])
        else:
            shown = written_out(formula, _titles(table))
            yield Extra(at, table.titles[at], formula, shown, known[at].following, known[at].compared)


def _without_circles(total: int | None, method: Method, derived: tuple[Derived, ...]) -> dict[int, Formula]:
    """The formulas by the places of their columns, none of which needs itself."""
    found = {total: method.formula} if method.formula is not None and total is not None else {}
    for each in derived:
        formula = each.method.formula
        needed = _needed(found, _places(formula)) if formula else set()
        if formula and each.place not in needed:
            found[each.place] = formula
    return found


def _needed(formulas: Mapping[int, Formula], places: set[int]) -> set[int]:
    """The columns there, and all that these are made of."""
    found: set[int] = set()
    waiting = set(places)
    while waiting:
        found |= waiting
        waiting = {at for place in waiting if place in formulas for at in _places(formulas[place])} - found
    return found


def _places(formula: Formula) -> set[int]:
    return {int(name.rpartition("c")[2]) for name in names(formula)}


def _titles(table: Layout) -> dict[str, str]:
    return {key(at): title for at, title in enumerate(table.titles)}


def _placed(
    rows: Sequence[ComputedRow], extras: Sequence[Extra], methods: Mapping[int, Method], table: Layout
) -> Iterator[Placed]:
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
            extras=tuple(_extra(table, at, each, methods) for each in extras),
        )


def _extra(table: Layout, at: int, extra: Extra, methods: Mapping[int, Method]) -> Fraction | str | None:
    """The number of an extra column: computed where a way is known, else as it was given."""
    exact = methods[extra.place].exact(table, at) if extra.formula and extra.place in methods else None
    cell = table.lines[at].cells[extra.place]
    return exact if exact is not None else cell.number.value if cell.number else cell.text or None


def _decimals(rows: Sequence[ComputedRow], given: int) -> int:
    """As many as the totals were written with, and as many as tell unequal ones apart."""
    values = {row.value for row in rows if row.value is not None}
    enough = (
        places
        for places in range(LEAST_DECIMALS, FINEST)
        if len({round(v, places) for v in values}) == len(values)
    )
    return max(given, next(enough, FINEST))
