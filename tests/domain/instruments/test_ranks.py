"""Ranks against a recount in groups."""

from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from domain.instruments.ranks import ranked, refined

VALUES = st.dictionaries(st.text("abcdefgh", min_size=1, max_size=1), st.integers(0, 3))


def groups(values):
    """The keys of equal value together, highest value first."""
    return [{k for k in values if values[k] == v} for v in sorted(set(values.values()), reverse=True)]


@given(VALUES)
def test_a_rank_counts_those_before_it_and_equal_values_share_it(values):
    before = 0
    for group in groups(values):
        assert {ranked(values)[key] for key in group} == {before + 1}
        before += len(group)
    assert before == len(ranked(values))


@given(VALUES)
def test_the_best_come_first_and_equals_keep_their_order(values):
    keys = list(values)
    expected = [key for group in groups(values) for key in keys if key in group]
    assert list(ranked(values)) == expected


def test_values_that_differ_by_the_smallest_fraction_do_not_share_a_rank():
    third, nearly = Fraction(1, 3), Fraction(10**30, 3 * 10**30 + 1)
    assert ranked({"a": nearly, "b": third, "c": Fraction(2, 6)}) == {"b": 1, "c": 1, "a": 3}
    long = Decimal("1." + "0" * 40 + "1")
    assert ranked({"a": Decimal(1), "b": long, "c": Decimal("1.0")}) == {"b": 1, "a": 2, "c": 2}


@given(VALUES, VALUES)
def test_a_later_round_splits_each_group_it_covers_wholly(values, later):
    expected = []
    for group in groups(values):
        covered = group <= later.keys()
        within = groups({key: later[key] for key in group}) if covered else [group]
        expected += within
    ranks = refined(ranked(values), ranked(later))
    before = 0
    for group in expected:
        assert {ranks[key] for key in group} == {before + 1}
        before += len(group)
    assert list(ranks.values()) == sorted(ranks.values())
