"""Rows that add up the columns above them, or give their means: whether they do."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Final

from domain.table_check.columns import rounding
from domain.table_check.derived import Derived
from domain.table_check.findings import COLUMN_SUM, COLUMN_SUMS, Finding
from domain.table_check.layout import Layout, SumRow
from domain.table_check.methods import Method, holds, holds_within
from domain.table_check.numbers import Number
from domain.table_check.relations import speaks
from domain.table_check.titles import says_sum

MOST_ROWS: Final = 20
"""Rows of sums that are checked; tables that people make have fewer groups."""


def sum_findings(table: Layout, method: Method, derived: Sequence[Derived]) -> Iterator[Finding]:
    """Sums that are none. Where most of a row don't hold, rows may be missing: that is told once."""
    for row in table.sums[:MOST_ROWS]:
        compared = [at for at in table.numeric if _can_be_compared(table, row, at)]
        wrong = [at for at in compared if not _holds(table, row, at, method, derived)]
        accused = [at for at in wrong if _adds(table, at, derived)]
        if len(wrong) * 2 > len(compared) > 1:
            yield Finding(COLUMN_SUMS, row.number, row.label)
        elif says_sum(row.label):
            for at in accused:
                yield Finding(
                    COLUMN_SUM,
                    row.number,
                    row.label,
                    table.titles[at],
                    row.cells[at].text,
                    sum((number.value for number in _numbers(table, at, 0, row.last)), Fraction(0)),
                )


def summed_columns(table: Layout, method: Method, derived: Sequence[Derived]) -> int:
    """How many sums of columns were found to hold."""
    return sum(
        _can_be_compared(table, row, at) and _holds(table, row, at, method, derived)
        for row in table.sums[:MOST_ROWS]
        for at in table.numeric
    )


def _can_be_compared(table: Layout, row: SumRow, at: int) -> bool:
    return row.cells[at].number is not None and len(_numbers(table, at, 0, row.last)) == row.last > 0


def _adds(table: Layout, at: int, derived: Sequence[Derived]) -> bool:
    """Whether the numbers of the column can be added up: shares of different wholes, and cumulative sums, can't."""
    return at not in {each.place for each in derived} and not speaks(table.titles[at])


def _holds(table: Layout, row: SumRow, at: int, method: Method, derived: Sequence[Derived]) -> bool:
    """Whether it is the sum or the mean of what is above, or made of the row's other cells as the column is."""
    given = row.cells[at].number
    if given is None:
        return True
    for first in dict.fromkeys((0, row.first)):
        numbers = _numbers(table, at, first, row.last)
        if numbers and any(_equal(given, numbers, parts) for parts in (1, len(numbers))):
            return True
    return any(_made(table, row, each, given) for each in _methods(table, at, method, derived))


def _numbers(table: Layout, at: int, first: int, last: int) -> list[Number]:
    return [number for line in table.lines[first:last] if (number := line.cells[at].number)]


def _equal(given: Number, numbers: Sequence[Number], parts: int) -> bool:
    exact = sum((number.value for number in numbers), Fraction(0)) / parts
    slack = sum((_half(number) for number in numbers), Fraction(0)) / parts
    return holds(given, exact) or holds_within(given, exact, slack)


def _half(number: Number) -> Fraction:
    """What a typed number may have been rounded by: a total of one decimal is a rounded one too."""
    return rounding(number, rough=bool(number.decimals))


def _methods(table: Layout, at: int, method: Method, derived: Sequence[Derived]) -> Iterator[Method]:
    yield from (each.method for each in derived if each.place == at)
    if at == table.total_place and method.is_computable:
        yield method


def _made(table: Layout, row: SumRow, method: Method, given: Number) -> bool:
    exact = _of_row(table, row, method)
    return exact is not None and holds(given, exact)


def _of_row(table: Layout, row: SumRow, method: Method) -> Fraction | None:
    """What the method gives with the cells of the row of sums."""
    if method.formula is not None:
        return table.columns.of_cells(method.formula, [cell.number for cell in row.cells])
    numbers = [row.cells[each.place].number for each in table.criteria]
    return method.of_scores([number.value for number in numbers if number]) if all(numbers) else None
