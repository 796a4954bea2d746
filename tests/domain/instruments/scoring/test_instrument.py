"""Totals of complete ballots and nothing else: equal where they are equal, told apart where they are not."""

from fractions import Fraction

from domain.faults import Fault
from domain.instruments.base import PLENARY, Desk
from tests.support.desks.scoring import SCORING, WORDING, scored, to_score


def test_equal_totals_are_equal_where_binary_numbers_say_otherwise():
    """Weights 10 %, 20 % and 70 %: 1, 1, 3 and 2, 4, 2 both make 2.4."""
    assert 0.1 * 1 + 0.2 * 1 + 0.7 * 3 != 0.1 * 2 + 0.2 * 4 + 0.7 * 2
    result = SCORING.tally(to_score(2, (1, 2, 7)), {1: scored((1, 1, 3), (2, 4, 2))})
    assert [(standing.total, standing.rank) for standing in result.order] == [(Fraction(12, 5), 1)] * 2
    assert [(tie.rank, tie.texts) for tie in result.ties] == [(1, ("Pipa baru", "Meter air"))]


def test_totals_that_round_to_the_same_are_told_apart():
    on = to_score(2, (1, 999))
    result = SCORING.tally(on, {1: scored((5, 3), (4, 3))})
    assert [standing.rank for standing in result.order] == [1, 2]
    assert result.decimals == 3
    page = WORDING.block("scoring", "desk", sheet=on, result=result)
    assert "3,002" in page
    assert "3,001" in page


def test_an_unfinished_ballot_is_not_counted_and_told():
    on = to_score(2, (1,))
    result = SCORING.tally(on, {1: scored((5,), (1,)), 2: {"1:2.k1": 5}, 3: {}})
    assert (result.rounds[0].complete, result.rounds[0].incomplete) == (1, 1)
    assert [standing.id for standing in result.order] == ["1", "2"]


def test_nobody_complete_is_no_result():
    on = to_score(2, (1,))
    result = SCORING.tally(on, {1: {"1:1.k1": 5}})
    assert SCORING.lacking(on, result) == Fault("no_complete_ballot")
    assert result.firmness is None
    assert not any(move.available(Desk(on, {})) for move in SCORING.moves)
    assert SCORING.lacking(on, SCORING.tally(on, {1: scored((1,), (1,))})) is None


def test_what_the_room_enters_is_counted_alone():
    on = to_score(2, (1,))
    result = SCORING.tally(on, {1: scored((5,), (1,)), 2: scored((5,), (1,)), PLENARY: scored((1,), (2,))})
    assert (result.rounds[0].complete, result.rounds[0].plenary) == (1, True)
    assert result.order[0].id == "2"
