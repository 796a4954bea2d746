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
class Way:
    """A way to make a total: `factors` times the scores, divided by `divisor`. GIVEN has no scores to reckon with."""

    kind: str
    factors: tuple[Fraction, ...] = ()
    divisor: Fraction = Fraction(1)

    def total(self, scores: Sequence[Fraction]) -> Fraction:
        """The exact total of a row's scores."""
        return _product(self.factors, scores) / self.divisor


def way_of(table: Layout) -> tuple[Way, Way | None]:
    """The way the given totals were made: of those possible the one most of them follow, the plainest before others.

    The second is a way without weights that they follow better than any with: the weights were forgotten, perhaps.
    """
    if not table.criteria:
        return Way(GIVEN), None
    best = _best(table, list(_ways(table)))
    if not table.is_weighted:
        return best, None
    plain = _best(table, [best, *_plain_ways(table)])
    return best, None if plain is best else plain


def _best(table: Layout, ways: Sequence[Way]) -> Way:
    """The first, unless at least half of the totals follow another, and more of them than follow the first."""
    count = {at: _following(table, way) for at, way in enumerate(ways)}
    best = max(count, key=lambda at: (count[at], -at))
    return ways[best] if count[best] * 2 >= len(table.lines) else ways[0]


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


def _ways(table: Layout) -> Iterator[Way]:
    if not table.is_weighted:
        yield from _plain_ways(table)
        return
    weights = table.weights()
    together = sum(weights, Fraction(0))
    first = [Fraction(WHOLE), Fraction(1)] if together == WHOLE else [Fraction(1), Fraction(WHOLE)]
    for divisor in dict.fromkeys([*first, *([together] if together else [])]):
        yield Way(WEIGHTED, weights, divisor)


def _plain_ways(table: Layout) -> Iterator[Way]:
    ones = (Fraction(1),) * len(table.criteria)
    yield Way(SUM, ones)
    yield Way(MEAN, ones, Fraction(len(ones)))


def _following(table: Layout, way: Way) -> int:
    """How many of the given totals hold."""
    count = 0
    for line in table.lines:
        scores, given = scores_of(line), line.total and line.total.number
        count += bool(scores is not None and given and holds(given, way.total(scores)))
    return count


def _product(factors: Sequence[Fraction], scores: Sequence[Fraction]) -> Fraction:
    """Σ factor × score, over common denominators: a table has thousands of these."""
    one, other = lcm(*(each.denominator for each in factors)), lcm(*(each.denominator for each in scores))
    whole = (
        (f.numerator * (one // f.denominator), s.numerator * (other // s.denominator))
        for f, s in zip(factors, scores, strict=True)
    )
    return Fraction(sum(f * s for f, s in whole), one * other)
