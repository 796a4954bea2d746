"""What is wrong with the cells, the weights and the totals of a table made elsewhere."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from domain.table_check.cells import ERROR, NO_VALUE, Cell
from domain.table_check.columns import HALF
from domain.table_check.derived import Derived
from domain.table_check.layout import WHOLE, Layout, Line
from domain.table_check.methods import (
    FINEST,
    GIVEN,
    WEIGHTED,
    Method,
    holds,
    holds_within,
)
from domain.table_check.numbers import Number

(
    TOTAL,
    ROUGH,
    CUT,
    PRODUCT,
    RANK,
    TIE,
    TIE_AS_WRITTEN,
    REVERSED,
    WEIGHTS,
    WEIGHTS_ROUNDED,
    WEIGHT_SUM,
    COLUMN_SUM,
    COLUMN_SUMS,
    EMPTY,
    UNREAD,
) = (
    "total",
    "rough",
    "cut",
    "product",
    "rank",
    "tie",
    "tie_as_written",
    "reversed",
    "weights",
    "weights_rounded",
    "weight_sum",
    "column_sum",
    "column_sums",
    "empty",
    "unread",
)
"""Kinds of findings, besides NO_VALUE and ERROR of cells.

ROUGH: a total that holds only because it is rounded more than others of its column. CUT: its last decimals were cut
off. TIE: equal totals that were given different ranks; TIE_AS_WRITTEN: totals that were not recomputed, and may differ
before they were rounded. WEIGHT_SUM, COLUMN_SUM: what the table says that weights or a column add up to; COLUMN_SUMS:
most of a row of sums are none. REVERSED: rank 1 was given to the lowest total, and the others in that order.
"""

LITTLE: Final = Fraction(2, 100)
"""What weights may lack of their whole by being rounded; more is another fault."""

TEN: Final = 10
"""Weights that add up to less were meant to be shares of 1, others to be percents."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong. `row` and `column` name the place, `number` is the row's in the source (0: the whole column).

    `given` is what stands there, `expected` what it should be, where that is known; `others` are the rows of a tie.
    `decimals` are those the column is written with, None where the table's will do; `percent`: it is written with '%'.
    """

    kind: str
    number: int = 0
    row: str = ""
    column: str = ""
    given: str = ""
    expected: Fraction | None = None
    others: tuple[str, ...] = ()
    decimals: int | None = None
    percent: bool = False


@dataclass(frozen=True, slots=True)
class ComputedRow:
    """A row with its exact total, None where a score can't be read; `value` is what it is ranked by."""

    line: Line
    total: Fraction | None
    value: Fraction | None
    slack: Fraction = Fraction(0)


def computed_rows(table: Layout, method: Method) -> tuple[ComputedRow, ...]:
    """Every row with its total; where none can be computed, the row is ranked by the one that was given."""
    return tuple(_computed_row(table, at, method) for at in range(len(table.lines)))


def weight_findings(table: Layout) -> Iterator[Finding]:
    """Weights that don't add up to 1 or 100, or to what the table says. Those of costs count by their size."""
    given = [each.weight for each in table.criteria if each.weight]
    together = weight_together(table)
    said = table.weight_sum
    if not given or (is_part(table) and said is not None and holds(said, together)):
        return
    percent = any(weight.percent for weight in given)
    if said is not None and not holds(said, together) and said.value not in {1, WHOLE}:
        yield Finding(
            WEIGHT_SUM, given=_in_percent(said.value, percent=percent), expected=together, percent=percent
        )
    elif together not in {1, WHOLE} and not is_importance(table):
        yield _odd_weights(given, together, percent=percent)


def weight_together(table: Layout) -> Fraction:
    """What the weights add up to, those of costs by their size."""
    return sum((abs(each.weight.value) for each in table.criteria if each.weight), Fraction(0))


def is_part(table: Layout) -> bool:
    """Whether the table says itself that its weights are less than the whole: it is a part of a larger one."""
    said = table.weight_sum
    return (
        said is not None
        and said.value == weight_together(table)
        and said.value not in {1, WHOLE}
        and (said.value < 1 or TEN <= said.value < WHOLE)
    )


def _odd_weights(given: Sequence[Number], together: Fraction, *, percent: bool) -> Finding:
    whole = Fraction(1 if together < TEN else WHOLE)
    finest = max(weight.decimals or 0 for weight in given)
    missing = abs(together - whole)
    rounded = missing * TEN**finest <= len(given) * HALF and missing <= whole * LITTLE
    return Finding(
        WEIGHTS_ROUNDED if rounded else WEIGHTS,
        given=_in_percent(together, percent=percent),
        expected=whole * (WHOLE if percent and whole == 1 else 1),
    )


def _in_percent(number: Fraction, *, percent: bool) -> str:
    return f"{_decimal(number * WHOLE)}%" if percent else _decimal(number)


def is_importance(table: Layout) -> bool:
    """Whether the weights tell importance in whole numbers (1 to 5, say): these add up to whatever they do."""
    weights = [each.weight for each in table.criteria if each.weight]
    return bool(weights) and all(
        not each.percent and each.value.denominator == 1 and 1 <= each.value <= TEN for each in weights
    )


def cell_findings(table: Layout, method: Method) -> Iterator[Finding]:
    """Scores, and totals where others are given, that are empty or can't be read; lost values once a column."""
    lost: Counter[str] = Counter()
    for line in table.lines:
        for title, cell in _needed(table, line, method):
            if cell.trouble == NO_VALUE:
                lost[title] += 1
            elif cell.number is None:
                kind = ERROR if cell.trouble else UNREAD if cell.text else EMPTY
                yield Finding(kind, line.number, line.name, title, cell.text)
    for title, count in lost.items():
        yield Finding(NO_VALUE, column=title, given=str(count))


def total_findings(table: Layout, rows: tuple[ComputedRow, ...], method: Method) -> Iterator[Finding]:
    """Totals that are not what the scores give."""
    if method.is_computable and table.total is not None:
        yield from value_findings(table.total, [(row, row.line.total) for row in rows])


def value_findings(title: str, cells: Sequence[tuple[ComputedRow, Cell | None]]) -> Iterator[Finding]:
    """Cells of a column that are not what was computed for them, each with its row."""
    finest = finest_of([cell for _, cell in cells])
    for row, cell in cells:
        given = cell.number if cell else None
        if cell is None or given is None or row.total is None:
            continue
        if holds(given, row.total, max(finest, given.decimals or 0)) or holds_within(
            given, row.total, row.slack
        ):
            continue
        kind = ROUGH if holds(given, row.total) else CUT if _is_cut(given, row.total) else TOTAL
        yield Finding(
            kind,
            row.line.number,
            row.line.name,
            title,
            cell.text,
            row.total,
            decimals=max(0, finest - 2 * given.percent),
            percent=given.percent,
        )


def _is_cut(given: Number, exact: Fraction) -> bool:
    """Whether decimals were cut off where they should have been rounded."""
    if not given.decimals:
        return False
    beyond = (abs(exact) - abs(given.value)) * 10**given.decimals
    return given.value * exact > 0 and 0 < beyond < 1


def derived_findings(table: Layout, derived: Sequence[Derived]) -> Iterator[Finding]:
    """Numbers of columns made of others that are not what these give; cells that hold none."""
    for each in derived:
        rows = computed_rows(table, each.method)
        yield from value_findings(each.title, [(row, row.line.cells[each.place]) for row in rows])
        yield from _lost(table, each.place)


def _lost(table: Layout, place: int) -> Iterator[Finding]:
    """Texts that are no numbers, in a column of numbers."""
    for line in table.lines:
        cell = line.cells[place]
        if cell.number is None and not cell.is_empty() and cell.trouble != NO_VALUE:
            kind = ERROR if cell.trouble else UNREAD
            yield Finding(kind, line.number, line.name, table.titles[place], cell.text)


def rounded_rows(rows: tuple[ComputedRow, ...]) -> tuple[str, ...]:
    """The names of rows whose totals hold only because their scores were rounded."""
    given = ((row, row.line.total.number) for row in rows if row.line.total and row.total is not None)
    return tuple(
        row.line.name
        for row, total in given
        if total
        and row.total is not None
        and not holds(total, row.total)
        and holds_within(total, row.total, row.slack)
    )


def product_findings(table: Layout, method: Method) -> Iterator[Finding]:
    """Products of weight and score that are shown, and aren't that; divided as the totals are, or not yet."""
    if method.kind != WEIGHTED:
        return
    for line in table.lines:
        for at, cell in enumerate(line.products):
            given, score = cell.number, line.scores[at].number
            if given is None or score is None:
                continue
            product = method.factors[at] * score.value
            if not holds(given, product) and not holds(given, product / method.divisor):
                title = table.criteria[at].title
                yield Finding(PRODUCT, line.number, line.name, title, cell.text, product / method.divisor)


def decimals_of(table: Layout) -> int:
    """How finely the totals are written."""
    return finest_of([line.total for line in table.lines])


def finest_of(cells: Sequence[Cell | None]) -> int:
    """How finely they are written: a spreadsheet leaves zeros out, so the finest cell speaks for all."""
    numbers = [cell.number for cell in cells if cell]
    return min(FINEST, max((number.decimals or 0 for number in numbers if number), default=0))


def _computed_row(table: Layout, at: int, method: Method) -> ComputedRow:
    line, total = table.lines[at], method.exact(table, at)
    if total is not None:
        return ComputedRow(line, total, total, method.slack(table, at))
    given = line.total.number if line.total else None
    return ComputedRow(line, None, given.value if given else None)


def _needed(table: Layout, line: Line, method: Method) -> Iterator[tuple[str, Cell]]:
    """The cells of a row that have to hold a number, by the titles of their columns."""
    yield from zip((each.title for each in table.criteria), line.scores, strict=True)
    if line.total and (method.kind == GIVEN or _has_totals(table)):
        yield table.total or "", line.total


def _has_totals(table: Layout) -> bool:
    """Whether any total was given; an empty column is one that was to be filled in."""
    return any(line.total and not line.total.is_empty() for line in table.lines)


def _decimal(number: Fraction) -> str:
    """As Indonesians write it, with at most FINEST decimals."""
    scaled = round(number * 10**FINEST)
    whole, rest = divmod(abs(scaled), 10**FINEST)
    decimals = f"{rest:0{FINEST}d}".rstrip("0")
    return f"{'-' if scaled < 0 else ''}{whole}" + (f",{decimals}" if decimals else "")
