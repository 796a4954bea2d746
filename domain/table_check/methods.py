"""How totals are made: Σ weight × score (MCUA), sum, mean or product of scores (CARL), by a formula, or merely given.

A way is only taken for that of the table when it explains most of its totals: by any other one right tables would be
called wrong.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import lcm, prod
from typing import Final

from domain.formulas import NUMBER, Formula, names
from domain.table_check.columns import HALF, LARGEST, rounding
from domain.table_check.head_formulas import head_formulas
from domain.table_check.layout import WHOLE, Layout, Line
from domain.table_check.numbers import Number
from domain.table_check.relations import TIMES, relations, speaks, speaks_of_share
from domain.table_check.titles import says_mean, says_price, says_sum

WEIGHTED, SUM, MEAN, MULTIPLIED, FORMULA, UNKNOWN, GIVEN = (
    "weighted",
    "sum",
    "mean",
    "multiplied",
    "formula",
    "unknown",
    "given",
)
"""Kinds of methods, besides those of relations.py."""

FINEST: Final = 6
"""Decimals that are compared and shown at most: what a spreadsheet keeps beyond them tells nobody anything."""

LEAST_FOLLOWING: Final = 3
"""Totals that have to follow a way the table doesn't speak of; where there are fewer, all."""

ROUGHEST: Final = 10
"""What rounding does to a number is less than this part of it: by how much exactly is only computed then."""

SAMPLE: Final = 12
"""Rows on which a relation is tried first: most fit none of them."""


@dataclass(frozen=True, slots=True)
class Method:
    """How a column is made: `factors` times the scores, divided by `divisor`; MULTIPLIED: the product of the scores.

    With a `formula` it is that, over all columns. GIVEN has nothing to compute with, and of UNKNOWN nothing is known
    but that it is none of these.
    """

    kind: str
    factors: tuple[Fraction, ...] = ()
    divisor: Fraction = Fraction(1)
    formula: Formula | None = None

    def of_scores(self, scores: Sequence[Fraction]) -> Fraction:
        """The exact total of a row's scores; not for a formula."""
        if self.kind == MULTIPLIED:
            return prod(scores, start=Fraction(1))
        return _product(self.factors, scores) / self.divisor

    def exact(self, table: Layout, at: int) -> Fraction | None:
        """What it gives in the line there; None where a number is missing, or it is too large for a total."""
        if self.formula is not None:
            return table.columns.exact(self.formula, at)
        scores = scores_of(table.lines[at]) if self.is_computable else None
        total = None if scores is None else self.of_scores(scores)
        return total if total is not None and abs(total) < LARGEST else None

    def slack(self, table: Layout, at: int) -> Fraction:
        """How far off the true total may be, as scores that were typed with decimals may have been rounded."""
        if self.formula is not None:
            return table.columns.slack(self.formula, at)
        if not self.factors or self.kind == MULTIPLIED or scores_of(table.lines[at]) is None:
            return Fraction(0)
        halves = [rounding(cell.number) for cell in table.lines[at].scores if cell.number]
        return _product(tuple(map(abs, self.factors)), halves) / abs(self.divisor)

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
    if table.total is None and not (table.is_weighted or table.rank):
        return Way(Method(GIVEN))
    given = tuple(line.total.number if line.total else None for line in table.lines)
    methods = [*_methods(table), *_formulas(table)]
    compared = max((_compared(table, method, given) for method in methods), default=0)
    tried = tuple(dict.fromkeys(MULTIPLIED if each.kind == TIMES else each.kind for each in methods))
    if not methods or (not compared and not table.criteria):
        return Way(Method(GIVEN))
    if not compared:
        return Way(next((each for each in methods if _is_stated(table, each)), methods[0]), tried=tried)
    return replace(_likeliest(table, methods, given), tried=tried)


def _likeliest(table: Layout, methods: Sequence[Method], given: Sequence[Number | None]) -> Way:
    compared = [_compared(table, each, given) for each in methods]
    counts = [counted(table, each, given) for each in methods]
    enough = [
        at
        for at, count in enumerate(counts)
        if count and explains(count, compared[at], methods[at], stated=_is_stated(table, methods[at]))
    ]
    if not enough and _shows_products(table):
        enough = [0]
    if not enough:
        return Way(Method(UNKNOWN if table.criteria else GIVEN, _ones(table)), 0, max(compared))
    sure = [at for at in enough if counts[at] * 2 > compared[at] and _is_stated(table, methods[at])]
    best = max(sure or enough, key=lambda at: (counts[at], -at))
    return Way(methods[best], counts[best], compared[best])


def explains(count: int, compared: int, method: Method, *, stated: bool) -> bool:
    """Whether that many of the totals tell the way: half of them, where weights or the head say it as well.

    Of relations between columns there are so many that two thirds are wanted: one fits some rows by chance.
    """
    if stated:
        return count * 2 >= compared
    enough = count >= min(LEAST_FOLLOWING, compared)
    is_relation = method.formula is not None and method.kind not in {FORMULA, SUM, MEAN}
    return enough and (count * 3 >= compared * 2 if is_relation else count * 2 > compared)


def _is_priced(table: Layout, method: Method) -> bool:
    """Whether a price is multiplied."""
    return method.formula is not None and any(
        says_price(table.titles[int(name[1:])]) for name in names(method.formula)
    )


def _is_stated(table: Layout, method: Method) -> bool:
    """Whether the table says by its weights, or by the head of its totals, that they are made like this."""
    if method.kind == FORMULA or (method.kind == TIMES and _is_priced(table, method)):
        return True
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
    return abs(given.value - total) * Fraction(10) ** fine <= HALF


def holds_within(given: Number, total: Fraction, slack: Fraction) -> bool:
    """Whether the total can be the given one, where what it is made of was rounded by as much."""
    if not slack or given.decimals is None:
        return False
    return abs(given.value - total) <= HALF / Fraction(10) ** min(FINEST, given.decimals) + slack


def follows(table: Layout, method: Method, at: int, given: Number) -> bool:
    """Whether the method gives that number in the line there. A zero tells nothing of what was rounded to it."""
    exact = method.exact(table, at)
    if exact is None or bool(given.value) != bool(exact):
        return False
    if holds(given, exact):
        return True
    is_near = abs(given.value - exact) * ROUGHEST <= max(abs(given.value), Fraction(1))
    return is_near and holds_within(given, exact, method.slack(table, at))


def following(table: Layout, method: Method, given: Sequence[Number | None]) -> int:
    """How many of the given numbers, one for each line, the method reproduces."""
    return sum(number is not None and follows(table, method, at, number) for at, number in enumerate(given))


def counted(table: Layout, method: Method, given: Sequence[Number | None]) -> int:
    """How many numbers the method reproduces; 0 where a few lines, spread over the table, speak against it.

    And 0 for a formula where enough has been computed already.
    """
    known = [at for at, number in enumerate(given) if number is not None]
    some = known[:: max(1, len(known) // SAMPLE)]
    if method.formula is not None and table.columns.is_spent:
        return 0
    hits = sum(follows(table, method, at, number) for at in some if (number := given[at]))
    return following(table, method, given) if hits * 3 >= len(some) else 0


def _compared(table: Layout, method: Method, given: Sequence[Number | None]) -> int:
    """How many lines have a number to compare: given, and computed."""
    if method.formula is None:
        return sum(bool(number and scores_of(line)) for line, number in zip(table.lines, given, strict=True))
    return sum(number is not None for number in given)


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
    ones = _ones(table)
    if not ones:
        return
    yield Method(SUM, ones)
    yield Method(MEAN, ones, Fraction(len(ones)))
    if all(abs(Method(MULTIPLIED).of_scores(scores_of(line) or ())) < LARGEST for line in table.lines):
        yield Method(MULTIPLIED, ones)


def _ones(table: Layout) -> tuple[Fraction, ...]:
    return (Fraction(1),) * len(table.criteria)


def _formulas(table: Layout) -> Iterator[Method]:
    """What the head of the totals may say, and what else it may speak of; the product of two columns at any rate."""
    if table.total_place is None:
        return
    spoken = speaks(table.total or "")
    yield from spelled_out(table, table.total_place)
    for kind, formula in relations(table.total_place, _sources(table, table.total_place)):
        method = Method(kind, _ones(table), formula=formula)
        if spoken or (kind == TIMES and not table.is_weighted):
            yield method


def spelled_out(table: Layout, place: int) -> Iterator[Method]:
    """The formulas that the head of the column may mean; of a share also a hundred times as much."""
    sources = {at: table.titles[at] for at in _sources(table, place)}
    for formula in head_formulas(table.titles[place], sources):
        yield Method(FORMULA, _ones(table), formula=formula)
        if speaks_of_share(table.titles[place]):
            yield Method(FORMULA, _ones(table), formula=("*", formula, (NUMBER, "100")))


def _sources(table: Layout, place: int) -> list[int]:
    return [at for at in table.numeric if at != place]


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


def _product(factors: Sequence[Fraction], scores: Sequence[Fraction]) -> Fraction:
    """Σ factor × score, over common denominators: a table has thousands of these."""
    one, other = lcm(*(each.denominator for each in factors)), lcm(*(each.denominator for each in scores))
    whole = (
        (f.numerator * (one // f.denominator), s.numerator * (other // s.denominator))
        for f, s in zip(factors, scores, strict=True)
    )
    return Fraction(sum(f * s for f, s in whole), one * other)
