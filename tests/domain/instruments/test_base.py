from hypothesis import given
from hypothesis import strategies as st

from domain.instruments.base import PLENARY, UNDO, Move, counted, in_force, short_id
from domain.instruments.registry import INSTRUMENTS

KINDS = st.lists(st.sampled_from(["merge", "hide", UNDO]))


def numbered(kinds):
    return [Move(number, kind, {}) for number, kind in enumerate(kinds, 1)]


@given(KINDS, st.randoms())
def test_an_undo_takes_back_the_last_move_that_still_stands(kinds, random):
    stack = []
    for move in numbered(kinds):
        stack = stack[:-1] if move.kind == UNDO else [*stack, move]
    shuffled = numbered(kinds)
    random.shuffle(shuffled)
    assert in_force(shuffled) == tuple(stack)


@given(KINDS)
def test_a_move_and_its_undo_leave_everything_as_it_was(kinds):
    moves = numbered(kinds)
    more = [Move(len(moves) + 1, "merge", {}), Move(len(moves) + 2, UNDO, {})]
    assert in_force([*moves, *more]) == in_force(moves)


def test_what_the_room_decided_counts_alone():
    members = {7: {"a": 1}, 8: {}}
    assert counted({**members, PLENARY: {"a": 2}}) == {PLENARY: {"a": 2}}
    assert counted({**members, PLENARY: {}}) == {7: {"a": 1}}


@given(st.integers(0, 10**9))
def test_short_ids_are_numbers_in_base_36(number):
    assert int(short_id(number), 36) == number
    assert short_id(number) == short_id(number).lower()


def test_instruments_are_registered_under_their_names():
    names = {each.name for each in INSTRUMENTS}
    assert len(names) == 12
    assert {"cards", "agreement", "pairwise", "worksheet", "date_poll"} < names
    assert all(INSTRUMENTS[each.name] is each for each in INSTRUMENTS)
    assert "cards" in INSTRUMENTS
    assert "undian" not in INSTRUMENTS
