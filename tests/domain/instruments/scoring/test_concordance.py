"""Kendall's W against its definition: how much the sums of ranks vary, by how much they could."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.instruments.scoring.concordance import kendall_w, most_divided, spreads, strength


@st.composite
def rated(draw, fewest_people=1, fewest_things=1):
    """Up to six people who rate up to six things from 1 to 4: full of ties."""
    things = draw(st.integers(fewest_things, 6))
    values = st.lists(st.integers(1, 4), min_size=things, max_size=things)
    return draw(st.lists(values, min_size=fewest_people, max_size=6))


def places(values):
    """Each value's rank by laying them all out: the mean of the places where its like stand."""
    laid = sorted(values, reverse=True)
    where = [[n for n, each in enumerate(laid, 1) if each == value] for value in values]
    return [Fraction(sum(found), len(found)) for found in where]


def squares(values):
    mean = Fraction(sum(values), len(values))
    return sum((value - mean) ** 2 for value in values)


def by_definition(ratings):
    """The squares of the sums of ranks, divided by what they were if everybody ranked as each one does."""
    ranked = [places(values) for values in ratings]
    most = len(ranked) * sum(squares(ranks) for ranks in ranked)
    if len(ranked) < 2 or not most:
        return None
    return squares([sum(column) for column in zip(*ranked, strict=True)]) / most


@given(rated())
def test_w_is_what_its_definition_says(ratings):
    assert kendall_w(ratings) == by_definition(ratings)


@given(rated(2, 2), st.randoms())
def test_neither_people_nor_things_have_an_order(ratings, random):
    people = random.sample(ratings, len(ratings))
    things = random.sample(range(len(ratings[0])), len(ratings[0]))
    assert kendall_w([[values[n] for n in things] for values in people]) == kendall_w(ratings)


@given(rated(2, 2))
def test_only_the_order_of_the_values_counts(ratings):
    stretched = [[value**3 + person for value in values] for person, values in enumerate(ratings)]
    assert kendall_w(stretched) == kendall_w(ratings)


@given(rated(2, 2))
def test_w_is_between_none_and_full_agreement(ratings):
    w = kendall_w(ratings)
    assert w is None or 0 <= w <= 1
    same = kendall_w([ratings[0]] * 3)
    assert same == (None if len(set(ratings[0])) == 1 else 1)


@given(st.permutations([1, 2, 3, 4]))
def test_opposite_orders_do_not_agree_at_all(order):
    assert kendall_w([order, [-value for value in order]]) == 0


@pytest.mark.parametrize("ratings", [[], [[]], [[3, 1]], [[1], [2]], [[], []], [[2, 2, 2], [5, 5, 5]]])
def test_where_there_is_nothing_to_compare_there_is_no_w(ratings):
    assert kendall_w(ratings) is None


def test_one_who_tells_none_apart_leaves_the_others_order():
    assert kendall_w([[3, 2, 1], [3, 2, 1], [1, 1, 1]]) == Fraction(2, 3)


@pytest.mark.parametrize(
    ("w", "word"),
    [
        (None, ""),
        (Fraction(0), "weak"),
        (Fraction(499, 1000), "weak"),
        (Fraction(1, 2), "moderate"),
        (Fraction(699, 1000), "moderate"),
        (Fraction(7, 10), "strong"),
        (Fraction(1), "strong"),
    ],
)
def test_agreement_in_a_word(w, word):
    assert strength(w) == word


@given(rated())
def test_the_spread_is_the_variance_of_the_ranks(ratings):
    columns = zip(*(places(values) for values in ratings), strict=True)
    assert list(spreads(ratings)) == [squares(column) / len(column) for column in columns]


@given(rated(), st.integers(0, 6))
def test_the_most_divided_are_those_with_the_largest_spread(ratings, most):
    found = spreads(ratings)
    named = most_divided(ratings, most)
    assert len(named) == min(most, sum(spread > 0 for spread in found))
    left = [found[n] for n in range(len(found)) if n not in named]
    assert all(found[n] >= max(left, default=0) and found[n] > 0 for n in named)
    assert [found[n] for n in named] == sorted((found[n] for n in named), reverse=True)


def test_nobody_is_divided_about_nothing():
    assert spreads([]) == most_divided([], 3) == ()
