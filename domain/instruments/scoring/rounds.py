"""One round of scoring, counted exactly: mean scores, their weighted sums, and how far the members agree.

The total of an item is Σ weight × mean score (simple additive weighting, the weighted sum of Fishburn 1967; in
Indonesian public health 'MCUA', Σ bobot × skor). Only complete ballots are counted, so that every mean is over
the same members. W is of the members' own orders, by their own weighted sums.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from domain.instruments.base import PLENARY, Ballots, Item
from domain.instruments.ranks import of_round, ranked
from domain.instruments.scoring.concordance import Ratings, kendall_w, most_divided, strength
from domain.instruments.scoring.criteria import Criterion

DIVIDED = 3
"""How many items are named as those that the group differs on most."""

Scores = tuple[tuple[int, ...], ...]
"""One member's scores: for each item, in the order of the items, the score on each criterion."""


@dataclass(frozen=True, slots=True)
class Row:
    """One item: its mean score and that times the weight for each criterion, and their sum."""

    id: str
    text: str
    means: tuple[Fraction, ...]
    parts: tuple[Fraction, ...]
    total: Fraction
    rank: int


@dataclass(frozen=True, slots=True)
class Concord:
    """How far the members agree on the order (see concordance.py): on one criterion, or all in all ('')."""

    title: str
    w: Fraction | None
    strength: str


@dataclass(frozen=True, slots=True)
class Round:
    """One round: the items it was about, the highest total first; `divided` are those the group differs on most.

    `complete` ballots are counted, the `incomplete` ones aren't; `plenary`: the room filled in the only one.
    """

    number: int
    complete: int
    incomplete: int
    plenary: bool
    rows: tuple[Row, ...]
    overall: Concord
    criteria: tuple[Concord, ...]
    divided: tuple[str, ...]


def key(number: int, item: Item, criterion: Criterion) -> str:
    """The answer of one member to one item on one criterion in a round."""
    return f"{number}:{item.id}.{criterion.id}"


def count(
    number: int,
    items: Sequence[Item],
    criteria: Sequence[Criterion],
    weights: Sequence[Fraction],
    ballots: Ballots,
) -> Round:
    """The round as its ballots stand; an answer outside it is none of its concern."""
    keys = [[key(number, item, criterion) for criterion in criteria] for item in items]
    wanted = {each for row in keys for each in row}
    begun = of_round(wanted, ballots)
    given: list[Scores] = [
        tuple(tuple(answers[each] for each in row) for row in keys)
        for answers in begun
        if wanted <= answers.keys()
    ]
    own = _own_totals(given, weights)
    overall = kendall_w(own)
    return Round(
        number,
        len(given),
        len(begun) - len(given),
        not wanted.isdisjoint(ballots.get(PLENARY, {})),
        _rows(items, weights, given),
        Concord("", overall, strength(overall)),
        tuple(_concord(each.title, _on(given, place)) for place, each in enumerate(criteria)),
        tuple(items[place].text for place in most_divided(own, DIVIDED)),
    )


def brought(items: Sequence[Item], totals: Sequence[Fraction]) -> Round:
    """A first round that nobody was asked in: the totals come from earlier scorings."""
    ranks = ranked(dict(zip((item.id for item in items), totals, strict=True)))
    found = {item.id: (item.text, total) for item, total in zip(items, totals, strict=True)}
    rows = tuple(Row(each, found[each][0], (), (), found[each][1], ranks[each]) for each in ranks)
    return Round(1, 0, 0, plenary=False, rows=rows, overall=Concord("", None, ""), criteria=(), divided=())


def _own_totals(given: Sequence[Scores], weights: Sequence[Fraction]) -> Ratings:
    """Each member's weighted sums, times a number that makes them whole: their order is what is asked for."""
    scale = lcm(*(weight.denominator for weight in weights))
    whole = [int(weight * scale) for weight in weights]
    return [
        [sum(w * score for w, score in zip(whole, row, strict=True)) for row in scores] for scores in given
    ]


def _on(given: Sequence[Scores], place: int) -> Ratings:
    return [[row[place] for row in scores] for scores in given]


def _concord(title: str, ratings: Ratings) -> Concord:
    w = kendall_w(ratings)
    return Concord(title, w, strength(w))


def _rows(items: Sequence[Item], weights: Sequence[Fraction], given: Sequence[Scores]) -> tuple[Row, ...]:
    means = {item.id: _means(place, given, len(weights)) for place, item in enumerate(items)}
    parts = {each: _parts(weights, row) for each, row in means.items()}
    totals = {each: sum(row, Fraction(0)) for each, row in parts.items()}
    texts = {item.id: item.text for item in items}
    return tuple(
        Row(each, texts[each], means[each], parts[each], totals[each], rank)
        for each, rank in ranked(totals).items()
    )


def _means(place: int, given: Sequence[Scores], width: int) -> tuple[Fraction, ...]:
    return tuple(Fraction(sum(scores[place][c] for scores in given), len(given) or 1) for c in range(width))


def _parts(weights: Sequence[Fraction], means: Sequence[Fraction]) -> tuple[Fraction, ...]:
    return tuple(weight * mean for weight, mean in zip(weights, means, strict=True))
