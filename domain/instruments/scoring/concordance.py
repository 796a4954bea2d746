"""How far people agree on an order: Kendall's coefficient of concordance W with correction for ties, exactly.

Sources: Kendall & Babington Smith, 'The problem of m rankings' (Annals of Mathematical Statistics 10, 1939);
the correction for ties as in Siegel & Castellan, 'Nonparametric Statistics for the Behavioral Sciences'
(2nd edition, 1988, chapter 9.6). With m people who rank n things, R_i the sum of the ranks of thing i (equal
values share the mean of their places) and t the sizes of the groups of equal values of each person:

    W = 12 Σ (R_i - m(n + 1)/2)² / (m² (n³ - n) - m Σ (t³ - t))

W is 1 where all agree and 0 where the sums of ranks are all the same.
"""

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction

Exact = int | Fraction
Ratings = Sequence[Sequence[Exact]]
"""For each person the value given to each thing, in the same order of things; higher is better."""

WEAK, MODERATE, STRONG = "weak", "moderate", "strong"
MODERATE_FROM, STRONG_FROM = Fraction(1, 2), Fraction(7, 10)
"""A rule of thumb from Delphi studies: Schmidt, 'Managing Delphi surveys using nonparametric statistical
techniques' (Decision Sciences 28(3), 1997), calls 0.1 and 0.3 weak, 0.5 moderate, 0.7 and more strong."""

FEWEST = 2  # one person agrees with themselves, and one thing has only one order


def kendall_w(ratings: Ratings) -> Fraction | None:
    """W from 0 to 1; None where it says nothing: fewer than two people or things, or nobody told any two apart."""
    people, things = len(ratings), len(ratings[0]) if ratings else 0
    if people < FEWEST or things < FEWEST:
        return None
    ties = sum(count**3 - count for values in ratings for count in Counter(values).values())
    greatest = people**2 * (things**3 - things) - people * ties
    doubled = map(sum, zip(*map(_doubled_ranks, ratings), strict=True))
    apart = sum((each - people * (things + 1)) ** 2 for each in doubled)
    return Fraction(12 * apart, 4 * greatest) if greatest else None


def strength(w: Fraction | None) -> str:
    """W in a word: one of weak, moderate, strong (see STRONG_FROM); an empty text where there is no W."""
    if w is None:
        return ""
    return STRONG if w >= STRONG_FROM else MODERATE if w >= MODERATE_FROM else WEAK


def spreads(ratings: Ratings) -> tuple[Fraction, ...]:
    """For each thing the variance of the ranks people gave it (divided by their number): 0 where all agree."""
    columns = zip(*map(_doubled_ranks, ratings), strict=True)
    return tuple(_variance(each) / 4 for each in columns)


def most_divided(ratings: Ratings, most: int) -> tuple[int, ...]:
    """The positions of the things people agree on least, the most divided first; those agreed on are left out."""
    found = spreads(ratings)
    ordered = sorted(range(len(found)), key=lambda each: -found[each])
    return tuple(each for each in ordered if found[each])[:most]


def _doubled_ranks(values: Sequence[Exact]) -> list[int]:
    """Twice each value's rank, 1 for the highest; equal values share the mean of their places (2, 5, 5, 8).

    Twice, because then it is whole: a group works with thousands of them.
    """
    counts = Counter(values)
    first, ranks = 1, {}
    for value in sorted(counts, reverse=True):
        ranks[value] = 2 * first + counts[value] - 1
        first += counts[value]
    return [ranks[value] for value in values]


def _variance(values: Sequence[int]) -> Fraction:
    number = len(values)
    return Fraction(number * sum(value * value for value in values) - sum(values) ** 2, number**2)
