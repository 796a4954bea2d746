"""Weights against a recount by hand; the points always make a hundred."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.language.wording import wording
from domain.dialog import engine
from domain.dialog.questions import Tapped, Text, Typed
from domain.faults import Fault
from domain.freezing import plain, revive
from domain.instruments.base import PLENARY, UNDO, Desk, Item, Move
from domain.instruments.scoring.criteria import Criterion
from domain.instruments.weighting.board import POINTS, SCALE, Settings
from domain.instruments.weighting.instrument import Weighting
from tests.support.driving import drawn, fill, moved, sheet, with_moves
from tests.support.process_files import settings as settings_of

WEIGHTING = Weighting()
NAMES = ("Biaya", "Manfaat", "Risiko", "Waktu")


def criteria(count):
    return tuple(Criterion(f"k{n}", name, key=name.lower()) for n, name in enumerate(NAMES[:count], 1))


def on_scale(count=3, words=()):
    return sheet(Settings(criteria(count), words=words))


def in_points(count=3):
    return sheet(Settings(criteria(count), POINTS))


def rated(*values: int):
    return {f"k{n}": value for n, value in enumerate(values, 1)}


def tapped(on, *values: int):
    """The ballot of one who taps these points one after the other."""
    wanted = iter(values)
    return fill(WEIGHTING, on, lambda question: Tapped(str(next(wanted))))


@st.composite
def filled(draw, method=None):
    """A desk with up to five complete ballots of either method."""
    settings = Settings(criteria(draw(st.integers(2, 4))), method or draw(st.sampled_from([SCALE, POINTS])))
    on, data = sheet(settings), draw(st.data())
    if settings.method == SCALE:
        values = st.lists(st.integers(1, 5), min_size=len(settings.criteria), max_size=len(settings.criteria))
        ballots = [rated(*draw(values)) for _ in range(draw(st.integers(1, 5)))]
    else:
        ballots = [fill(WEIGHTING, on, drawn(data)) for _ in range(draw(st.integers(1, 5)))]
    return Desk(on, dict(enumerate(ballots, 1)))


def given_by(desk):
    """What each criterion got from all members together, read from the answers' keys."""
    sums = dict.fromkeys((each.id for each in desk.sheet.settings.criteria), 0)
    for mine in desk.ballots.values():
        for key, value in mine.items():
            sums[key.partition(".")[0]] += int(value)
    return sums


@given(filled())
def test_a_weight_is_its_part_of_everything_given(desk):
    result = WEIGHTING.tally(desk.sheet, desk.ballots)
    sums = given_by(desk)
    assert {each.id: each.weight for each in result.criteria} == {
        id_: Fraction(each, sum(sums.values())) for id_, each in sums.items()
    }
    assert sum(each.weight for each in result.criteria) == 1
    assert {each.id: each.mean * len(desk.ballots) for each in result.criteria} == sums
    assert (result.complete, result.incomplete) == (len(desk.ballots), 0)


@given(filled(POINTS))
def test_every_members_points_make_a_hundred(desk):
    assert sum(given_by(desk).values()) == 100 * len(desk.ballots)


@given(filled(SCALE))
def test_on_a_scale_it_is_counted_how_many_gave_which_value(desk):
    for each in WEIGHTING.tally(desk.sheet, desk.ballots).criteria:
        values = [mine[each.id] for mine in desk.ballots.values()]
        assert each.counts == tuple(sum(value == wanted for value in values) for wanted in range(1, 6))
        assert (each.least, each.most) == (min(values), max(values))


@given(filled(), st.randoms())
def test_the_order_of_ballots_and_answers_does_not_matter(desk, random):
    members = random.sample(list(desk.ballots.items()), len(desk.ballots))
    other = {member: dict(random.sample(list(mine.items()), len(mine))) for member, mine in members}
    assert WEIGHTING.tally(desk.sheet, other) == WEIGHTING.tally(desk.sheet, desk.ballots)


@given(filled())
def test_undo_restores_the_counted_weights(desk):
    before = WEIGHTING.tally(desk.sheet, desk.ballots)
    after = moved(desk, WEIGHTING, "adjust", lambda q: Typed("rapat" if isinstance(q, Text) else "7"))
    assert WEIGHTING.tally(after.sheet, after.ballots) != before
    undone = with_moves(desk, [*after.sheet.moves, Move(2, UNDO, {})])
    assert WEIGHTING.tally(undone.sheet, undone.ballots) == before


@given(filled())
def test_what_is_left_is_offered_and_never_more(desk):
    for mine in desk.ballots.values():
        if desk.sheet.settings.method == POINTS:
            asked = WEIGHTING.questions(desk.sheet, mine)
            left = [100 - sum(int(mine[each.key]) for each in asked[:n]) for n in range(len(asked))]
            assert [question.facts["left"] for question in asked] == left
            for question, here in zip(asked, left, strict=True):
                assert question.options[-1].value == str(here)


def test_points_are_asked_until_none_are_left_and_the_rest_is_one_tap():
    on = in_points(3)
    asked = WEIGHTING.questions(on, {"k1.100": "40", "k2.60": "35"})
    assert [question.key for question in asked] == ["k1.100", "k2.60", "k3.25"]
    assert [option.value for option in asked[2].options] == ["25"]
    assert tapped(on, 60, 40) == {"k1.100": "60", "k2.40": "40"}
    result = WEIGHTING.tally(on, {1: tapped(on, 60, 40)})
    assert [each.percent for each in result.criteria] == [60, 40, 0]
    assert result.complete == 1


def test_an_equal_part_is_on_the_buttons():
    on = in_points(3)
    assert "33" in {option.value for option in WEIGHTING.questions(on, {})[0].options}
    assert tapped(on, 33, 33, 34)["k3.34"] == "34"


def test_a_changed_mind_is_asked_about_the_rest_anew():
    on = in_points(3)
    mine = {**tapped(on, 50, 30, 20), "k1.100": "80"}
    question = engine.next_question(WEIGHTING.questions(on, mine), mine)
    assert (question.key, question.options[-1].value) == ("k2.20", "20")
    assert WEIGHTING.tally(on, {1: mine}).complete == 0
    mine["k2.20"] = "10"
    mine["k3.10"] = "10"
    assert [each.percent for each in WEIGHTING.tally(on, {1: mine}).criteria] == [80, 10, 10]


def test_buttons_and_keys_stay_small():
    on = in_points(4)
    for question in WEIGHTING.questions(on, {}):
        assert len(question.options) <= 16
        assert len(question.key.encode()) <= 16


def test_an_unfinished_ballot_is_not_counted_and_told():
    on = on_scale(2)
    result = WEIGHTING.tally(on, {1: rated(3, 1), 2: {"k1": 5}, 3: {}})
    assert (result.complete, result.incomplete) == (1, 1)
    assert [each.weight for each in result.criteria] == [Fraction(3, 4), Fraction(1, 4)]


def test_nobody_done_is_no_result():
    on = on_scale(2)
    result = WEIGHTING.tally(on, {})
    assert WEIGHTING.lacking(on, result) == Fault("no_complete_ballot")
    assert not any(move.available(Desk(on, {})) for move in WEIGHTING.moves)
    assert WEIGHTING.lacking(on, WEIGHTING.tally(on, {1: rated(1, 1)})) is None


def test_what_the_room_enters_is_counted_alone():
    on = on_scale(2)
    result = WEIGHTING.tally(on, {1: rated(5, 1), 2: rated(5, 1), PLENARY: rated(2, 2)})
    assert (result.complete, result.plenary) == (1, True)
    assert {each.weight for each in result.criteria} == {Fraction(1, 2)}


def agreed_desk():
    desk = Desk(on_scale(2), {1: rated(4, 1)})
    given_ = {"c.k1": "=60", "c.k2": "=15", "reason": "=sesuai pedoman"}
    return moved(desk, WEIGHTING, "adjust", lambda question: Typed(given_[question.key][1:]))


def test_agreed_weights_stand_beside_the_counted_ones_with_their_reason():
    desk = agreed_desk()
    result = WEIGHTING.tally(desk.sheet, desk.ballots)
    assert [(each.counted, each.percent) for each in result.criteria] == [(80, 80), (20, 20)]
    desk = moved(desk, WEIGHTING, "adjust", lambda q: Typed("rapat" if isinstance(q, Text) else "1"))
    result = WEIGHTING.tally(desk.sheet, desk.ballots)
    assert [(each.counted, each.percent) for each in result.criteria] == [(80, 50), (20, 50)]
    assert (result.adjustment.reason, result.adjustment.by) == ("rapat", "Siti")
    assert [item.fields["bobot"] for item in WEIGHTING.items(desk.sheet, result)] == ["1/2", "1/2"]


def test_agreed_weights_hold_only_for_the_criteria_they_were_agreed_for():
    desk = agreed_desk()
    wider = replace(desk.sheet, items=(Item("1", "Waktu"),))
    result = WEIGHTING.tally(wider, {1: {**rated(4, 1), "1": 5}})
    assert result.adjustment is None
    assert [each.weight for each in result.criteria] == [Fraction(2, 5), Fraction(1, 10), Fraction(1, 2)]


def test_criteria_are_passed_on_with_weight_key_and_their_own_fields():
    on = replace(on_scale(1), items=(Item("1", "Waktu", "1.1/kartu#7", "lama", {"kolom": "a"}),))
    result = WEIGHTING.tally(on, {1: {"k1": 2, "1": 1}})
    assert WEIGHTING.items(on, result) == (
        Item("k1", "Biaya", "biaya", "", {"kunci": "biaya", "bobot": "2/3"}),
        Item("1", "Waktu", "1.1/kartu#7", "lama", {"kolom": "a", "bobot": "1/3"}),
    )


def test_one_criterion_is_nothing_to_weigh():
    assert WEIGHTING.ready(on_scale(1)) == Fault("few_criteria")
    assert WEIGHTING.ready(on_scale(2)) is None


def test_the_pulse_tells_agreement_and_no_value():
    on = on_scale(3)
    assert WEIGHTING.pulse(Desk(on, {1: rated(5, 3, 1)})) is None
    assert WEIGHTING.pulse(Desk(on, {1: rated(5, 5, 5), 2: rated(1, 1, 1)})) is None
    told = WEIGHTING.pulse(Desk(on, {1: rated(5, 3, 1), 2: rated(3, 5, 1), 3: {"k1": 1}}))
    assert told == Fault(
        "agreement",
        {"w": Fraction(3, 4), "strength": "strong", "items": ("Biaya", "Manfaat"), "complete": 2},
    )


def test_where_a_weight_comes_from_is_told_of_a_kept_result_too():
    desk = agreed_desk()
    kept = revive(plain(WEIGHTING.tally(desk.sheet, desk.ballots)))
    told = WEIGHTING.trace(desk.sheet, kept, "k2")
    assert told == Fault("weight", {"percent": "20", "complete": 1, "adjusted": True})
    assert WEIGHTING.trace(desk.sheet, kept, "k9") is None


def test_the_same_questions_are_made_once():
    on = on_scale(4)
    assert WEIGHTING.questions(on, {}) is WEIGHTING.questions(on_scale(4), rated(1))


@pytest.mark.parametrize(
    ("mine", "said"),
    [
        ({}, "Sisa 100 poin</b> untuk kriteria ini dan 2 lagi"),
        ({"k1.100": "50"}, "Sisa 50 poin</b> untuk kriteria ini dan 1 lagi"),
        ({"k1.100": "50", "k2.50": "20"}, "Sisanya 30 poin"),
    ],
)
def test_the_question_tells_how_many_points_are_left(mine, said):
    on = in_points(3)
    question = engine.next_question(WEIGHTING.questions(on, mine), mine)
    assert said in wording().word(f"ask.{question.about}", "weighting", **question.facts)


def test_the_scale_has_words_of_its_own_or_ours():
    asked = WEIGHTING.questions(on_scale(2, words=((1, "Rendah"), (5, "Tinggi"))), {})
    word = wording().word("ask.importance", "weighting", **asked[0].facts)
    assert "\n1 = Rendah\n5 = Tinggi" in word
    ours = wording().word("ask.importance", "weighting", **WEIGHTING.questions(on_scale(2), {})[0].facts)
    assert "1 = kurang penting, 5 = sangat penting" in ours


def test_a_process_file_says_scale_words_and_method():
    assert settings_of("bobot", "bobot") == Settings(
        (), SCALE, 3, ((1, "Kurang penting"), (3, "Sangat penting"))
    )
    assert settings_of("bobot", "poin") == Settings(
        (
            Criterion("k1", "Biaya", "Biaya per keluarga.", key="biaya"),
            Criterion("k2", "Manfaat", key="manfaat"),
        ),
        POINTS,
    )


@given(st.integers(2, 8))
def test_tapping_equal_parts_is_as_equal_as_whole_points_can_be(count):
    on = sheet(Settings(tuple(Criterion(f"k{n}", str(n)) for n in range(count)), POINTS))
    ballot = fill(
        WEIGHTING, on, lambda question: Tapped(str(question.facts["left"] // (question.facts["others"] + 1)))
    )
    values = sorted(int(value) for value in ballot.values())
    assert values[-1] - values[0] <= 1
