"""What is wrong with the cells, the weights and the totals of a table made elsewhere."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from domain.table_check.cells import ERROR, NO_VALUE, Cell
from domain.table_check.layout import WHOLE, Layout, Line
from domain.table_check.methods import (
    FINEST,
    GIVEN,
    HALF,
    WEIGHTED,
    Method,
    holds,
    holds_within_rounding,
    scores_of,
)

TOTAL, ROUGH, PRODUCT, RANK, TIE, TIE_AS_WRITTEN, REVERSED, WEIGHTS, WEIGHTS_ROUNDED, EMPTY, UNREAD = (
    "total",
    "rough",
    "product",
    "rank",
    "tie",
    "tie_as_written",
    "reversed",
    "weights",
    "weights_rounded",
    "empty",
    "unread",
)
"""Kinds of findings, besides NO_VALUE and ERROR of cells.

ROUGH: a total that holds only because it is rounded more than others of its column. TIE: equal totals that were given
different ranks; TIE_AS_WRITTEN: totals that were not
recomputed, and may differ before they were rounded. REVERSED: rank 1 was given to the lowest total throughout.
"""

LITTLE: Final = Fraction(2, 100)
"""What weights may lack of their whole by being rounded; more is another fault."""

TEN: Final = 10
"""Weights that add up to less were meant to be shares of 1, others to be percents."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong. `row` and `column` name the place, `number` is the row's in the source (0: the whole column).

    `given` is what stands there, `expected` what it should be, where that is known; `others` are the rows of a tie.
    """

    kind: str
    number: int = 0
    row: str = ""
    column: str = ""
    given: str = ""
    expected: Fraction | None = None
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ComputedRow:
    """A row with its exact total, None where a score can't be read; `value` is what it is ranked by."""

    line: Line
    total: Fraction | None
    value: Fraction | None


def computed_rows(table: Layout, method: Method) -> tuple[ComputedRow, ...]:
    """Every row with its total; where none can be computed, the row is ranked by the one that was given."""
    return tuple(_computed_row(line, method) for line in table.lines)


def weight_findings(table: Layout) -> Iterator[Finding]:
    """Weights that don't add up to 1 or 100."""
    given = [each.weight for each in table.criteria if each.weight]
    together = sum((weight.value for weight in given), Fraction(0))
    if not given or together in {1, WHOLE} or is_importance(table):
        return
    whole = Fraction(1 if together < TEN else WHOLE)
    finest = max(weight.decimals or 0 for weight in given)
    missing = abs(together - whole)
    rounded = missing * TEN**finest <= len(given) * HALF and missing <= whole * LITTLE
    percent = any(weight.percent for weight in given)
    scale = WHOLE if percent and whole == 1 else 1
    said = f"{{}}{'%' if percent else ''}"
    yield Finding(
        WEIGHTS_ROUNDED if rounded else WEIGHTS,
        given=said.format(_decimal(together * scale)),
        expected=whole * scale,
    )


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
    if not method.is_computable or table.total is None:
        return
    finest = decimals_of(table)
    for row in rows:
        given = row.line.total.number if row.line.total else None
        if given is None or row.total is None or holds(given, row.total, max(finest, given.decimals or 0)):
            continue
        kind = ROUGH if holds(given, row.total) else TOTAL
        if kind == TOTAL and holds_within_rounding(given, row.line, method):
            continue
        text = row.line.total.text if row.line.total else ""
        yield Finding(kind, row.line.number, row.line.name, table.total, text, row.total)


def rounded_rows(rows: tuple[ComputedRow, ...], method: Method) -> tuple[str, ...]:
    """The names of rows whose totals hold only because their scores were rounded."""
    given = ((row, row.line.total.number) for row in rows if row.line.total and row.total is not None)
    return tuple(
        row.line.name
        for row, total in given
        if total
        and row.total is not None
        and not holds(total, row.total)
        and holds_within_rounding(total, row.line, method)
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
    """How finely the totals are written: a spreadsheet leaves zeros out, so the finest cell speaks for all."""
    numbers = [line.total.number for line in table.lines if line.total]
    return min(FINEST, max((number.decimals or 0 for number in numbers if number), default=0))


def _computed_row(line: Line, method: Method) -> ComputedRow:
    scores = scores_of(line) if method.is_computable else None
    total = None if scores is None else method.total(scores)
    given = line.total.number if line.total and total is None else None
    return ComputedRow(line, total, given.value if given else total)


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
