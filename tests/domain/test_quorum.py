from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.quorum import quorum_of


@pytest.mark.parametrize(
    ("share", "entitled", "needed"),
    [("1/2", 7, 4), ("1/2", 8, 4), ("2/3", 10, 7), ("3/5", 5, 3), ("1", 6, 6), ("1/2", 1, 1), ("1/2", 0, 1)],
)
def test_a_quorum_is_rounded_up_and_never_nobody(share, entitled, needed):
    assert quorum_of(Fraction(share), entitled) == needed


@given(st.fractions(Fraction(1, 100), 1), st.integers(1, 500))
def test_it_is_the_least_number_that_reaches_the_share(share, entitled):
    needed = quorum_of(share, entitled)
    assert needed >= share * entitled > needed - 1
