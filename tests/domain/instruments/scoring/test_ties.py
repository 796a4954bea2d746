"""Equal totals stay equal until a further round or the Ketua tells them apart, on record."""

from dataclasses import replace
from fractions import Fraction
from itertools import groupby

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.language.wording import wording
from domain.dialog import engine
from domain.dialog.questions import Choice, Tapped, Text, Typed
from domain.faults import Fault
from domain.instruments.base import PLENARY, UNDO, Desk, Item, Move
from domain.instruments.scoring.board import Settings
from domain.instruments.scoring.criteria import Criterion
from domain.instruments.scoring.instrument import Scoring
from tests.support.desks.scoring import scored
from tests.support.driving import drawn, fill, filled_form, moved, scripted, sheet, with_moves

SCORING = Scoring()
AGAIN, DECIDE = SCORING.moves
NAMES = ("Pipa", "Meter", "Loket", "Sumur", "Tarif")
ONE = (Criterion("k1", "Urgensi"),)


def desk_of(*totals: int, **settings: object):
    """One ballot that gives the items these scores on the one criterion."""
    on = sheet(Settings(ONE, **settings), *NAMES[: len(totals)])
    return Desk(on, {1: scored(*((total,) for total in totals))})


def picking(*order: str, rank="1", reason="paling mendesak"):
    """Answers of a Ketua who puts the tied in this order."""
    wanted = iter(order)

    def answer(question):
        if isinstance(question, Text):
            return Typed(reason)
        return Tapped(rank) if question.key == "rank" else Tapped(next(wanted))

    return answer


def result_of(desk):
    return SCORING.tally(desk.sheet, desk.ballots)


def ranks(desk):
    return {standing.id: standing.rank for standing in result_of(desk).order}


def answered(desk, ballots):
    """The desk after members answered further."""
    members = desk.ballots.keys() | ballots.keys()
    merged = {each: {**desk.ballots.get(each, {}), **ballots.get(each, {})} for each in members}
    return Desk(desk.sheet, merged)


def again_of(*totals: tuple[str, int], number=2):
    return {f"{number}:{item}.k1": score for item, score in totals}


def test_a_further_round_asks_only_about_the_tied_and_settles_them():
    desk = moved(desk_of(3, 5, 5, 1), SCORING, "again", scripted())
    assert [question.key for question in SCORING.questions(desk.sheet, desk.ballots[1])] == [
        "2:2.k1",
        "2:3.k1",
    ]
    assert SCORING.questions(desk.sheet, {})[0].facts["round"] == 2
    desk = answered(desk, {1: again_of(("2", 1), ("3", 4))})
    assert ranks(desk) == {"3": 1, "2": 2, "1": 3, "4": 4}
    found = result_of(desk)
    assert {standing.id: standing.total for standing in found.order} == {"1": 3, "2": 5, "3": 5, "4": 1}
    (step,) = found.steps
    assert (step.kind, step.number, step.rank) == ("again", 2, 1)
    assert [(place.text, place.rank) for place in step.places] == [("Loket", 1), ("Meter", 2)]
    page = wording().block("scoring", "result", sheet=desk.sheet, result=found)
    assert "Nilai sama di peringkat 1, dinilai lagi di putaran 2: 1. Loket; 2. Meter." in page


def test_of_several_ties_one_or_all_are_scored_again():
    desk = desk_of(5, 5, 1, 1)
    (question,) = AGAIN.questions(desk, {})
    assert [option.value for option in question.options] == ["all", "1", "3"]
    assert [option.label for option in question.options[1:]] == ["(1) Pipa; Meter", "(3) Loket; Sumur"]
    lower = moved(desk, SCORING, "again", scripted(rank="3"))
    assert [question.key for question in SCORING.questions(lower.sheet, {})] == ["2:3.k1", "2:4.k1"]
    both = moved(desk, SCORING, "again", scripted(rank="all"))
    assert len(SCORING.questions(both.sheet, {})) == 4
    both = answered(both, {1: again_of(("1", 1), ("2", 2), ("3", 5), ("4", 3))})
    assert ranks(both) == {"2": 1, "1": 2, "3": 3, "4": 4}


def test_a_round_nobody_finished_changes_nothing_and_is_not_told_as_done():
    desk = moved(desk_of(5, 5), SCORING, "again", scripted())
    desk = answered(desk, {1: {"2:1.k1": 5}})
    found = result_of(desk)
    assert ([standing.rank for standing in found.order], found.steps) == ([1, 1], ())
    assert (found.rounds[1].complete, found.rounds[1].incomplete) == (0, 1)
    assert AGAIN.available(desk)


def test_a_round_that_ties_again_is_followed_by_another():
    desk = moved(desk_of(5, 5, 5), SCORING, "again", scripted())
    desk = answered(desk, {1: again_of(("1", 4), ("2", 4), ("3", 1))})
    assert ranks(desk) == {"1": 1, "2": 1, "3": 3}
    desk = moved(desk, SCORING, "again", scripted())
    assert [question.key for question in SCORING.questions(desk.sheet, {})] == ["3:1.k1", "3:2.k1"]
    desk = answered(desk, {1: again_of(("1", 1), ("2", 2), number=3)})
    assert ranks(desk) == {"2": 1, "1": 2, "3": 3}


def test_a_round_orders_only_ties_it_compared_wholly():
    desk = moved(desk_of(5, 5, 4), SCORING, "again", scripted())
    later = answered(desk, {1: again_of(("1", 1), ("2", 2)), 2: scored((3,), (3,), (4,))})
    assert result_of(later).order[0].total == 4
    assert ranks(later) == {"1": 1, "2": 1, "3": 1}


def test_the_room_may_decide_a_further_round():
    desk = moved(desk_of(5, 5), SCORING, "again", scripted())
    desk = answered(desk, {1: again_of(("1", 5), ("2", 1)), PLENARY: again_of(("1", 1), ("2", 5))})
    found = result_of(desk)
    assert [(each.plenary, each.complete) for each in found.rounds] == [(False, 1), (True, 1)]
    assert [standing.id for standing in found.order] == ["2", "1"]


def test_the_ketua_orders_a_tie_and_it_is_recorded():
    desk = moved(desk_of(5, 5, 5, 1), SCORING, "decide", picking("3", "1"))
    assert ranks(desk) == {"3": 1, "1": 2, "2": 3, "4": 4}
    (step,) = result_of(desk).steps
    assert (step.kind, step.rank, step.reason, step.by) == ("decide", 1, "paling mendesak", "Siti")
    assert [place.text for place in step.places] == ["Loket", "Pipa", "Meter"]
    assert not any(form.available(desk) for form in SCORING.moves)
    assert DECIDE.chair_only
    page = wording().block("scoring", "result", sheet=desk.sheet, result=result_of(desk))
    assert "diurutkan oleh Siti: 1. Loket; 2. Pipa; 3. Meter. Alasan: paling mendesak" in page


def test_of_several_ties_the_ketua_orders_one_and_the_other_stays():
    desk = moved(desk_of(5, 5, 1, 1), SCORING, "decide", picking("4", rank="3"))
    assert ranks(desk) == {"1": 1, "2": 1, "4": 3, "3": 4}
    assert [tie.rank for tie in result_of(desk).ties] == [1]
    page = wording().block("scoring", "result", sheet=desk.sheet, result=result_of(desk))
    assert "Tetap sama di peringkat 1: Pipa; Meter." in page


def test_a_decision_holds_only_for_the_tie_it_was_made_about():
    desk = moved(desk_of(5, 5, 1), SCORING, "decide", picking("2"))
    apart = Desk(desk.sheet, {1: scored((4,), (5,), (1,))})
    assert (result_of(apart).steps, ranks(apart)) == ((), {"2": 1, "1": 2, "3": 3})
    wider = Desk(desk.sheet, {1: scored((5,), (5,), (5,))})
    assert (result_of(wider).steps, set(ranks(wider).values())) == ((), {1})


def test_a_decision_about_three_does_not_order_two_of_them():
    desk = moved(desk_of(5, 5, 5), SCORING, "decide", picking("3", "2"))
    narrower = Desk(desk.sheet, {1: scored((5,), (5,), (1,))})
    assert (result_of(narrower).steps, ranks(narrower)) == ((), {"1": 1, "2": 1, "3": 3})


def test_one_who_changes_their_mind_is_asked_about_the_rest_anew():
    desk = desk_of(5, 5, 5, 5)
    values = {"p.1.0": "1", "p.1.1": "2", "p.1.3": "3"}
    changed = {**values, "p.1.0": "3"}
    question = engine.next_question(DECIDE.questions(desk, changed), changed)
    assert [option.value for option in question.options] == ["1", "2", "4"]
    assert question.facts["place"] == 2


@given(st.permutations(["1", "2", "3", "4", "5"]))
def test_every_order_can_be_given(order):
    desk = moved(desk_of(2, 2, 2, 2, 2), SCORING, "decide", picking(*order))
    assert [standing.id for standing in result_of(desk).order] == order


def test_a_decision_needs_its_reason():
    form = DECIDE.questions(desk_of(5, 5), {"p.1.0": "1"})
    assert [type(question) for question in form] == [Choice, Text]
    assert not form[1].optional


def test_a_tie_blocks_only_the_first_place_and_only_where_one_is_wanted():
    first, lower = (5, 5, 1), (5, 1, 1)
    for totals, leader, code in (
        (first, False, None),
        (lower, True, None),
        (first, True, Fault("tie_for_lead", {"items": ["Pipa", "Meter"]})),
    ):
        desk = desk_of(*totals, leader=leader)
        assert SCORING.lacking(desk.sheet, result_of(desk)) == code


@st.composite
def settled(draw):
    """A desk of equal and unequal items after up to three moves of any kind, with members' further answers."""
    data = draw(st.data())
    scores = st.lists(st.integers(1, 3), min_size=2, max_size=5)
    desk = desk_of(*draw(scores))
    for _ in range(draw(st.integers(0, 3))):
        form = draw(st.sampled_from(SCORING.moves))
        if not form.available(desk):
            break
        desk = moved(desk, SCORING, form.kind, drawn(data))
        if form.reopens and draw(st.booleans()):
            desk = answered(desk, {1: fill(SCORING, desk.sheet, drawn(data))})
    return desk


@given(settled())
def test_moves_order_the_equal_among_themselves_and_nothing_else(desk):
    """Between items of unequal totals nothing ever moves, and ranks count who is ahead."""
    found = result_of(desk)
    totals = [standing.total for standing in found.order]
    assert totals == sorted(totals, reverse=True)
    place = 1
    for rank, group in groupby(found.order, key=lambda standing: standing.rank):
        members = list(group)
        assert rank == place
        place += len(members)
        if len(members) > 1:
            assert len({standing.total for standing in members}) == 1
    shared = {
        rank for rank, group in groupby(found.order, key=lambda each: each.rank) if len(list(group)) > 1
    }
    assert {tie.rank for tie in found.ties} == shared


@given(settled(), st.data())
def test_undo_restores(desk, data):
    forms = [form for form in SCORING.moves if form.available(desk)]
    before = result_of(desk)
    for form in forms:
        number = 1 + len(desk.sheet.moves)
        move = Move(number, form.kind, filled_form(form, desk, drawn(data)), "Siti")
        after = with_moves(desk, [*desk.sheet.moves, move])
        assert result_of(after) != before
        undone = with_moves(desk, [*desk.sheet.moves, move, Move(number + 1, UNDO, {})])
        assert result_of(undone) == before


def merging(*totals: str, criteria=ONE, **settings: object):
    on = sheet(Settings(criteria, merges=True, **settings), *NAMES[: len(totals)])
    items = tuple(
        Item(item.id, item.text, fields={"total": total, "aspek": "Teknis", "peringkat": 9})
        for item, total in zip(on.items, totals, strict=True)
    )
    return Desk(replace(on, items=items), {})


def test_earlier_totals_are_merged_without_asking_anybody():
    desk = merging("7/3", "3", "2.5")
    assert SCORING.ready(desk.sheet) is None
    assert SCORING.questions(desk.sheet, {}) == ()
    found = result_of(desk)
    assert SCORING.lacking(desk.sheet, found) is None
    assert [(standing.id, standing.total) for standing in found.order] == [
        ("2", 3),
        ("3", Fraction(5, 2)),
        ("1", Fraction(7, 3)),
    ]
    assert SCORING.items(desk.sheet, found)[2].fields == {"total": "7/3", "aspek": "Teknis", "peringkat": 3}
    assert (found.firmness, SCORING.pulse(desk)) == (None, None)
    assert "Gabungan penilaian sebelumnya" in wording().block(
        "scoring", "result", sheet=desk.sheet, result=found
    )


def test_merged_totals_that_are_equal_can_be_scored_again():
    desk = merging("7/3", "14/6", "1", leader=True)
    assert SCORING.lacking(desk.sheet, result_of(desk)).code == "tie_for_lead"
    desk = moved(desk, SCORING, "again", scripted())
    assert [question.key for question in SCORING.questions(desk.sheet, {})] == ["2:1.k1", "2:2.k1"]
    desk = answered(desk, {1: again_of(("1", 1), ("2", 5)), 2: again_of(("1", 2), ("2", 3))})
    assert ranks(desk) == {"2": 1, "1": 2, "3": 3}
    assert SCORING.pulse(desk).details["w"] == 1
    assert SCORING.lacking(desk.sheet, result_of(desk)) is None


def test_merged_totals_without_criteria_are_left_to_the_ketua():
    desk = merging("2", "2", criteria=())
    assert [form.kind for form in SCORING.moves if form.available(desk)] == ["decide"]
    assert ranks(moved(desk, SCORING, "decide", picking("2"))) == {"2": 1, "1": 2}


@pytest.mark.parametrize("total", ["", "tiga", "-1", None, True])
def test_what_has_no_total_cannot_be_merged(total):
    assert SCORING.ready(merging("2", total).sheet) == Fault("no_total")
