"""Dividing into groups: everybody in exactly one, balanced, instansi spread or kept together."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from domain.breakout import Seat, representation, spread, together

instansi = st.sampled_from(["Bappeda", "PDAM", "Dinas PU", "DPRD", "Forum"])
seats = st.lists(instansi, min_size=4, max_size=40).map(
    lambda names: [Seat(number, name) for number, name in enumerate(names, 1)]
)
counts = st.integers(2, 4)


@given(seats, counts, st.text(max_size=5))
def test_by_chance_everybody_is_in_one_group_of_much_the_same_size(people, count, seed):
    groups = spread(people, count, seed)
    assert sorted(member for group in groups for member in group) == [seat.id for seat in people]
    sizes = [len(group) for group in groups]
    assert max(sizes) - min(sizes) <= 1


@given(seats, counts, st.text(max_size=5))
def test_by_chance_each_instansi_is_spread(people, count, seed):
    groups = spread(people, count, seed)
    for name in {seat.instansi for seat in people}:
        members = {seat.id for seat in people if seat.instansi == name}
        shares = [len(members & set(group)) for group in groups]
        assert max(shares) - min(shares) <= 1


@given(seats, counts)
def test_the_same_seed_divides_alike_and_chance_does_differ(people, count):
    assert spread(people, count, "7") == spread(list(reversed(people)), count, "7")


def test_another_seed_divides_otherwise():
    people = [Seat(number, "Bappeda") for number in range(1, 21)]
    assert len({spread(people, 3, str(seed)) for seed in range(5)}) > 1


@given(seats, counts)
def test_together_keeps_each_instansi_in_one_group(people, count):
    groups = together(people, count)
    assert sorted(member for group in groups for member in group) == [seat.id for seat in people]
    for name in {seat.instansi for seat in people}:
        members = {seat.id for seat in people if seat.instansi == name}
        assert sum(bool(members & set(group)) for group in groups) == 1


def test_instansi_written_alike_but_for_case_and_blanks_are_one():
    people = [Seat(1, "Dinas PU"), Seat(2, "dinas  pu"), Seat(3, "PDAM"), Seat(4, "pdam")]
    assert sorted(map(sorted, together(people, 2))) == [[1, 2], [3, 4]]


@given(seats, counts)
def test_representation_counts_everybody(people, count):
    groups = spread(people, count, "x")
    total = Counter()
    for group in groups:
        total.update(representation(people, group))
    assert total == Counter(seat.instansi.casefold() for seat in people)
