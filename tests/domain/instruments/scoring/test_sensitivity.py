"""Where the first place turns, against a search that tries the weights themselves."""

from fractions import Fraction
from itertools import combinations, pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from domain.instruments.scoring.sensitivity import Turn, leaders, smallest_turn, totals


@st.composite
def matrices(draw):
    """Weights that sum to 1 and scores from 0 to 5, of which one item is best."""
    criteria = draw(st.integers(1, 4))
    given_ = draw(st.lists(st.integers(0, 5), min_size=criteria, max_size=criteria).filter(any))
    row = st.lists(st.integers(0, 5), min_size=criteria, max_size=criteria)
    scores = draw(st.lists(row, min_size=1, max_size=5))
    weights = [Fraction(weight, sum(given_)) for weight in given_]
    assume(len(leaders(weights, scores)) == 1)
    return weights, scores


def rescaled(weights, criterion, weight):
    """All weights when one becomes `weight` and the others keep their proportions."""
    rest = 1 - weights[criterion]
    return [weight if n == criterion else each * (1 - weight) / rest for n, each in enumerate(weights)]


def first(weights, scores):
    sums = [sum(w * s for w, s in zip(weights, row, strict=True)) for row in scores]
    return {n for n, total in enumerate(sums) if total == max(sums)}


def crossings(weights, scores, criterion):
    """Every weight in 0..1 at which two totals meet: totals are straight lines, so their ends say all."""
    ends = [totals(rescaled(weights, criterion, Fraction(end)), scores) for end in (0, 1)]
    for a, b in combinations(range(len(scores)), 2):
        at_0, at_1 = ends[0][a] - ends[0][b], ends[1][a] - ends[1][b]
        if at_0 != at_1 and 0 <= at_0 / (at_0 - at_1) <= 1:
            yield at_0 / (at_0 - at_1)


def searched(weights, scores):
    """The smallest change after which another leads: between two crossings nobody overtakes, so trying one
    weight between any two neighbouring ones tries them all."""
    leading, changes = first(weights, scores), []
    for criterion, weight in enumerate(weights):
        if weight == 1:
            continue
        stops = sorted({Fraction(0), weight, Fraction(1), *crossings(weights, scores, criterion)})
        for low, high in pairwise(stops):
            if first(rescaled(weights, criterion, (low + high) / 2), scores) != leading:
                changes.append(min(abs(low - weight), abs(high - weight)))
    return min(changes, default=None)


@given(matrices())
def test_it_is_the_smallest_change_a_search_finds(matrix):
    weights, scores = matrix
    turn = smallest_turn(weights, scores)
    assert (turn and abs(turn.after - turn.before)) == searched(weights, scores)


@given(matrices())
def test_at_the_turn_both_are_equal_and_just_past_it_the_rival_is_ahead(matrix):
    weights, scores = matrix
    turn = smallest_turn(weights, scores)
    assume(turn is not None)
    (leader,) = leaders(weights, scores)
    assert turn.before == weights[turn.criterion]
    assert 0 < turn.after < 1
    at = rescaled(weights, turn.criterion, turn.after)
    assert sum(at) == 1
    assert {leader, turn.rival} <= first(at, scores)
    bound = 1 if turn.after > turn.before else 0
    past = rescaled(weights, turn.criterion, turn.after + (bound - turn.after) / 10**9)
    assert turn.rival in first(past, scores)
    assert leader not in first(past, scores)


@given(matrices())
def test_it_is_the_theorem_of_triantaphyllou_and_sanchez_told_after_normalising(matrix):
    """Their theorem for the weighted sum: the weight k less δ = (P_j - P_i) / (a_jk - a_ik), then normalised."""
    weights, scores = matrix
    turn = smallest_turn(weights, scores)
    assume(turn is not None)
    (leader,) = leaders(weights, scores)
    sums, k = totals(weights, scores), turn.criterion
    gap = scores[turn.rival][k] - scores[leader][k]
    assert gap != 0
    delta = (sums[turn.rival] - sums[leader]) / gap
    assert turn.after == (weights[k] - delta) / (1 - delta)


def test_the_weight_falls_until_the_cheaper_one_leads():
    """Benefit 60 %, cost 40 %: 5 and 1 against 2 and 5. 3x + (1 - x) (-4) = 0 at x = 4/7 for the benefit."""
    turn = smallest_turn([Fraction(3, 5), Fraction(2, 5)], [[5, 1], [2, 5]])
    assert turn == Turn(criterion=0, rival=1, before=Fraction(3, 5), after=Fraction(4, 7))


def test_one_that_is_nowhere_worse_stays_first():
    assert smallest_turn([Fraction(1, 2), Fraction(1, 2)], [[3, 3], [3, 2], [1, 3]]) is None
    assert smallest_turn([Fraction(1)], [[3], [2]]) is None


def test_being_caught_up_only_where_all_weight_lies_is_not_being_overtaken():
    assert smallest_turn([Fraction(1, 4), Fraction(3, 4)], [[2, 5], [2, 3]]) is None


def test_of_two_that_catch_up_together_the_one_that_gets_ahead_is_named():
    """At 3/4 all three have 2; past it the second falls as the first does, the third stays."""
    turn = smallest_turn([Fraction(1, 2), Fraction(1, 2)], [[0, 8], [1, 5], [2, 2]])
    assert turn == Turn(criterion=0, rival=2, before=Fraction(1, 2), after=Fraction(3, 4))
    assert first(rescaled([Fraction(1, 2)] * 2, 0, turn.after), [[0, 8], [1, 5], [2, 2]]) == {0, 1, 2}


def test_a_criterion_without_weight_can_turn_it_too():
    turn = smallest_turn([Fraction(1), Fraction(0)], [[3, 1], [2, 5]])
    assert turn == Turn(criterion=1, rival=1, before=Fraction(0), after=Fraction(1, 5))


def test_a_shared_lead_has_no_turn():
    with pytest.raises(ValueError, match="unpack"):
        smallest_turn([Fraction(1)], [[3], [3]])
