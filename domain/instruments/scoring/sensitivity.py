"""How firm the first place is: the smallest change of one weight that gives it to another, exactly.

After Triantaphyllou & Sánchez, 'A sensitivity analysis approach for some deterministic multi-criteria
decision-making methods' (Decision Sciences 28(1), 1997, pp. 151-194), for the weighted sum. They change one
weight and normalise all again; here the change is told as what the weight becomes after that, the others keeping
their proportions and the sum staying 1.

Let criterion k have the weight w < 1. At the weight x it makes the leader's lead over a rival

    D(x) = x u + (1 - x) v,  where u is the difference of their scores on k and v = (D(w) - w u) / (1 - w)

the difference that the other criteria make by themselves. D(w) is above 0, so D reaches 0 only towards 1 (u < 0)
or towards 0 (v < 0), at x = v / (v - u): from there on the rival is ahead.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

Exact = int | Fraction
Scores = Sequence[Sequence[Exact]]
"""For each item its score on each criterion."""


@dataclass(frozen=True, slots=True)
class Turn:
    """Where the first place turns: the weight of `criterion` goes from `before` past `after`, and `rival` leads.

    Criterion and rival are positions. At `after` itself both have the same total.
    """

    criterion: int
    rival: int
    before: Fraction
    after: Fraction


def totals(weights: Sequence[Exact], scores: Scores) -> tuple[Fraction, ...]:
    """The weighted sum of each item (simple additive weighting)."""
    return tuple(Fraction(sum(w * s for w, s in zip(weights, row, strict=True))) for row in scores)


def leaders(weights: Sequence[Exact], scores: Scores) -> tuple[int, ...]:
    """The positions of the items with the highest total."""
    sums = totals(weights, scores)
    highest = max(sums, default=None)
    return tuple(each for each, total in enumerate(sums) if total == highest)


def smallest_turn(weights: Sequence[Fraction], scores: Scores) -> Turn | None:
    """The turn with the smallest change, or None where no single weight between 0 and 1 takes the first place away.

    The weights sum to 1, and one item leads alone. Of equal changes the first criterion's is told; of rivals
    that overtake at the same weight, the one that is then ahead. A weight of 1 is left alone: what it would lose
    has no proportions to be shared in. Raises ValueError where several share the lead.
    """
    (leader,) = leaders(weights, scores)
    sums = totals(weights, scores)
    found = [
        turn
        for criterion, weight in enumerate(weights)
        if weight < 1
        for turn in _turns(criterion, weight, leader, sums, scores)
    ]
    return min(found, key=lambda each: each[0], default=(None, None))[1]


def _turns(
    criterion: int, weight: Fraction, leader: int, sums: Sequence[Fraction], scores: Scores
) -> Iterator[tuple[tuple[Fraction, int, Fraction], Turn]]:
    """Each rival that can overtake, after what it is chosen by: change, criterion, how fast it gets ahead."""
    for rival in range(len(scores)):
        lead = sums[leader] - sums[rival]
        on_it = Fraction(scores[leader][criterion] - scores[rival][criterion])
        on_others = (lead - weight * on_it) / (1 - weight)
        if min(on_it, on_others) < 0 and rival != leader:
            after = on_others / (on_others - on_it)
            order = (abs(after - weight), criterion, -abs(on_it - on_others))
            yield order, Turn(criterion, rival, weight, after)
