"""How totals are made: Σ weight × score (MCUA), a sum or a mean of scores, or merely given."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import Final

from domain.table_check.layout import WHOLE, Layout, Line
from domain.table_check.numbers import Number

WEIGHTED, SUM, MEAN, GIVEN = "weighted", "sum", "mean", "given"
HALF: Final = Fraction(1, 2)
FINEST: Final = 6
"""Decimals that are compared and shown at most: what a spreadsheet keeps beyond them tells nobody anything."""


@dataclass(frozen=True, slots=True)
class Method:
    """How a total is made: `factors` times the scores, divided by `divisor`. GIVEN has no scores to compute with."""

    kind: str
    factors: tuple[Fraction, ...] = ()
    divisor: Fraction = Fraction(1)

    def total(self, scores: Sequence[Fraction]) -> Fraction:
        """The exact total of a row's scores."""
        return _product(self.factors, scores) / self.divisor


def method_of(table: Layout) -> tuple[Method, Method | None]:
    """The method of the given totals: of those possible the one most of them follow, the plainest before others.

    The second is a method without weights that they follow better than any with: the weights were forgotten, perhaps.
    """
    if not table.criteria:
        return Method(GIVEN), None
    best = _best(table, list(_methods(table)))
    if not table.is_weighted:
        return best, None
    plain = _best(table, [best, *_plain_methods(table)])
    return best, None if plain is best else plain


def _best(table: Layout, methods: Sequence[Method]) -> Method:
    """The first, unless at least half of the totals follow another, and more of them than follow the first."""
    count = {at: _following(table, method) for at, method in enumerate(methods)}
    best = max(count, key=lambda at: (count[at], -at))
    return methods[best] if count[best] * 2 >= len(table.lines) else methods[0]


def holds(given: Number, total: Fraction, decimals: int | None = None) -> bool:
    """Whether the exact total is the given one where it is rounded to `decimals`, else as finely as that is written.

    Half a unit may go either way. A fraction (11/3) is not rounded at all.
    """
    if given.decimals is None:
        return given.value == total
    fine = min(FINEST, given.decimals if decimals is None else decimals)
    scale: int = 10**fine
    return abs(given.value - total) * scale <= HALF


def scores_of(line: Line) -> tuple[Fraction, ...] | None:
    """The scores of a row, or None where one of them is no number."""
    numbers = [cell.number for cell in line.scores]
    return tuple(number.value for number in numbers if number) if all(numbers) else None


def _methods(table: Layout) -> Iterator[Method]:
    if not table.is_weighted:
        yield from _plain_methods(table)
        return
    weights = table.weights()
    together = sum(weights, Fraction(0))
    first = [Fraction(WHOLE), Fraction(1)] if together == WHOLE else [Fraction(1), Fraction(WHOLE)]
    for divisor in dict.fromkeys([*first, *([together] if together else [])]):
        yield Method(WEIGHTED, weights, divisor)


def _plain_methods(table: Layout) -> Iterator[Method]:
    ones = (Fraction(1),) * len(table.criteria)
    yield Method(SUM, ones)
    yield Method(MEAN, ones, Fraction(len(ones)))


def _following(table: Layout, method: Method) -> int:
    """The number of given totals that the method reproduces."""
    count = 0
    for line in table.lines:
        scores, given = scores_of(line), line.total and line.total.number
        count += bool(scores is not None and given and holds(given, method.total(scores)))
    return count


def _product(factors: Sequence[Fraction], scores: Sequence[Fraction]) -> Fraction:
    """Σ factor × score, over common denominators: a table has thousands of these."""
    one, other = lcm(*(each.denominator for each in factors)), lcm(*(each.denominator for each in scores))
    whole = (
        (f.numerator * (one // f.denominator), s.numerator * (other // s.denominator))
        for f, s in zip(factors, scores, strict=True)
    )
    return Fraction(sum(f * s for f, s in whole), one * other)
