from fractions import Fraction

from domain.dialog.questions import Answers
from domain.instruments.agreement import Agreement, Settings
from domain.instruments.base import PLENARY
from domain.instruments.headcount import Headcount, headcount
from domain.instruments.scoring.board import Settings as Merging
from domain.instruments.scoring.instrument import Scoring
from tests.support.driving import sheet

TWO = sheet(Settings(("Rencana disetujui.", "Dana disetujui."), Fraction(1, 2), "mufakat"))
WHOLE: Answers = {"s1": "agree", "s2": "abstain"}


def test_everybody_asked_is_done_or_missing_and_who_has_begun_is_missing():
    ballots = {1: WHOLE, 2: {"s1": "agree"}, 4: {}}
    found = headcount(Agreement(), TWO, ballots, (4, 3, 2, 1))
    assert found == Headcount(asked=(4, 3, 2, 1), done=(1,), begun=(2,), missing=(4, 3, 2))


def test_words_that_an_answer_asks_for_are_part_of_it():
    objecting = {"s1": "agree", "s2": "object"}
    assert headcount(Agreement(), TWO, {1: objecting}, [1]).begun == (1,)
    assert headcount(Agreement(), TWO, {1: {**objecting, "s2+o": "Belum ada dana"}}, [1]).done == (1,)


def test_ballots_of_others_and_of_the_room_count_for_nobody():
    found = headcount(Agreement(), TWO, {PLENARY: WHOLE, 7: WHOLE}, [1])
    assert found == Headcount(asked=(1,), done=(), begun=(), missing=(1,))


def test_nobody_counts_as_asked_where_there_is_nothing_to_answer():
    merged = sheet(Merging((), merges=True))
    found = headcount(Scoring(), merged, {}, (1, 2))
    assert found == Headcount(asked=(), done=(), begun=(), missing=())
