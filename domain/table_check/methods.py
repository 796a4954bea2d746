"""How totals are made: Σ weight × score (MCUA), sum, mean or product of scores (CARL), in another way, or merely given.

A way is only taken for that of the table when it explains most of its totals: by any other one right tables would be
called wrong.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm, prod
from typing import Final

from domain.table_check.layout import WHOLE, Layout, Line
from domain.table_check.numbers import Number
from domain.table_check.titles import says_mean, says_sum

WEIGHTED, SUM, MEAN, MULTIPLIED, UNKNOWN, GIVEN = "weighted", "sum", "mean", "multiplied", "unknown", "given"
HALF: Final = Fraction(1, 2)
FINEST: Final = 6
"""Decimals that are compared and shown at most: what a spreadsheet keeps beyond them tells nobody anything."""

LARGEST: Final = 10**15
"""Products beyond it are no scores any more, and more than a spreadsheet computes exactly."""

LEAST_ROUNDED: Final = 2
"""Decimals from which on a typed score is taken for a rounded one."""

LEAST_FOLLOWING: Final = 3
"""Totals that have to follow a way the table doesn't speak of; where there are fewer, all."""


@dataclass(frozen=True, slots=True)
class Method:
    """How a total is made: `factors` times the scores, divided by `divisor`; MULTIPLIED: the product of the scores.

    GIVEN has no scores to compute with, and of UNKNOWN nothing is known but that it is none of these.
    """

    kind: str
    factors: tuple[Fraction, ...] = ()
    divisor: Fraction = Fraction(1)

    def total(self, scores: Sequence[Fraction]) -> Fraction:
        """The exact total of a row's scores."""
        if self.kind == MULTIPLIED:
            return prod(scores, start=Fraction(1))
        return _product(self.factors, scores) / self.divisor

    @property
    def is_computable(self) -> bool:
        """Whether totals can be computed with it."""
        return self.kind not in {UNKNOWN, GIVEN}


@dataclass(frozen=True, slots=True)
class Way:
    """The method of a table, and of how many totals that could be compared (`compared`) it gives (`following`).

    `tried` are the kinds of methods that were tried, in order.
    """

    method: Method
    following: int = 0
    compared: int = 0
    tried: tuple[str, ...] = ()


def way_of(table: Layout) -> Way:
    """Of the ways officials use the one that explains most totals, the plainest before others; else UNKNOWN.

    One the table speaks of goes before others, where it explains more than half: a wrong total may fit by chance.
    Where no total can be compared, it is the one the table speaks of.
    """
    if not table.criteria:
        return Way(Method(GIVEN))
    methods = list(_methods(table))
    compared = sum(_can_be_compared(line) for line in table.lines)
    tried = tuple(dict.fromkeys(each.kind for each in methods))
    if not compared:
        return Way(next((each for each in methods if _is_stated(table, each)), methods[0]), tried=tried)
    counts = [_following(table, method) for method in methods]
    enough = [
        at
        for at, count in enumerate(counts)
        if _explains(count, compared, stated=_is_stated(table, methods[at]))
    ]
    if not enough and _shows_products(table):
        enough = [0]
    if not enough:
        return Way(Method(UNKNOWN, methods[0].factors), 0, compared, tried)
    sure = [at for at in enough if counts[at] * 2 > compared and _is_stated(table, methods[at])]
    best = max(sure or enough, key=lambda at: (counts[at], -at))
    return Way(methods[best], counts[best], compared, tried)


def _explains(count: int, compared: int, *, stated: bool) -> bool:
    """Whether that many of the totals tell the way: half of them, where weights or the head say it as well."""
    if stated:
        return count * 2 >= compared
    return count * 2 > compared and count >= min(LEAST_FOLLOWING, compared)


def _is_stated(table: Layout, method: Method) -> bool:
    """Whether the table says by its weights, or by the head of its totals, that they are made like this."""
    if table.is_weighted:
        return method.kind == WEIGHTED
    said = {SUM: says_sum, MEAN: says_mean}.get(method.kind)
    return said is not None and said(table.total or "")


def holds(given: Number, total: Fraction, decimals: int | None = None) -> bool:
    """Whether the exact total is the given one where it is rounded to `decimals`, else as finely as that is written.

    Half a unit may go either way. A fraction (11/3) is not rounded at all.
    """
    if given.decimals is None:
        return given.value == total
    fine = min(FINEST, given.decimals if decimals is None else decimals)
    scale: int = 10**fine
    return abs(given.value - total) * scale <= HALF


def holds_within_rounding(given: Number, line: Line, method: Method) -> bool:
    """Whether the total can be the given one, as the scores that were typed with decimals may have been rounded."""
    scores = scores_of(line)
    if scores is None or given.decimals is None or not method.factors or method.kind == MULTIPLIED:
        return False
    loose = _product(tuple(map(abs, method.factors)), [_rounding(cell.number) for cell in line.scores])
    allowed = HALF / 10 ** min(FINEST, given.decimals) + loose / abs(method.divisor)
    return bool(loose) and abs(given.value - method.total(scores)) <= allowed


def _rounding(number: Number | None) -> Fraction:
    """Half a unit of the last decimal; 3 and 3,5 are scores that people give, 3,33 is what is left of 3,3333."""
    if number is None or number.kept or (number.decimals or 0) < LEAST_ROUNDED:
        return Fraction(0)
    units: int = 10 ** (number.decimals or 0)
    return HALF / units


def scores_of(line: Line) -> tuple[Fraction, ...] | None:
    """The scores of a row, or None where one of them is no number."""
    numbers = [cell.number for cell in line.scores]
    return tuple(number.value for number in numbers if number) if all(numbers) else None


def _methods(table: Layout) -> Iterator[Method]:
    """Every way to try, the one the table speaks of first."""
    if table.is_weighted:
        yield from _weighted_methods(table)
    yield from _plain_methods(table)


def _weighted_methods(table: Layout) -> Iterator[Method]:
    weights = table.weights()
    together = sum(weights, Fraction(0))
    first = [Fraction(WHOLE), Fraction(1)] if together == WHOLE else [Fraction(1), Fraction(WHOLE)]
    for divisor in dict.fromkeys([*first, *([together] if together else [])]):
        yield Method(WEIGHTED, weights, divisor)


def _plain_methods(table: Layout) -> Iterator[Method]:
    ones = (Fraction(1),) * len(table.criteria)
    yield Method(SUM, ones)
    yield Method(MEAN, ones, Fraction(len(ones)))
    if all(abs(Method(MULTIPLIED).total(scores_of(line) or ())) < LARGEST for line in table.lines):
        yield Method(MULTIPLIED, ones)


def _shows_products(table: Layout) -> bool:
    """Whether most products of weight and score stand there and hold: their sum is the total then."""
    weights = table.weights()
    shown = [
        holds(product.number, weight * score.number.value)
        for line in table.lines
        for weight, score, product in zip(weights, line.scores, line.products, strict=False)
        if score.number and product.number
    ]
    return (
        table.is_weighted and sum(shown) * 2 > len(shown) and sum(shown) >= min(LEAST_FOLLOWING, len(weights))
    )


def _can_be_compared(line: Line) -> bool:
    return bool(scores_of(line) is not None and line.total and line.total.number)


def _following(table: Layout, method: Method) -> int:
    """The number of given totals that the method reproduces. A zero tells nothing of what was rounded to it."""
    count = 0
    for line in table.lines:
        scores, given = scores_of(line), line.total and line.total.number
        if scores is not None and given:
            total = method.total(scores)
            count += (holds(given, total) or holds_within_rounding(given, line, method)) and bool(
                given.value
            ) == bool(total)
    return count


def _product(factors: Sequence[Fraction], scores: Sequence[Fraction]) -> Fraction:
    """Σ factor × score, over common denominators: a table has thousands of these."""
    one, other = lcm(*(each.denominator for each in factors)), lcm(*(each.denominator for each in scores))
    whole = (
        (f.numerator * (one // f.denominator), s.numerator * (other // s.denominator))
        for f, s in zip(factors, scores, strict=True)
    )
    return Fraction(sum(f * s for f, s in whole), one * other)
