"""How far a group agrees, and how firm its first place is, told in a sentence."""

from fractions import Fraction

from domain.faults import Fault
from domain.freezing import plain, revive
from domain.instruments.base import Desk
from domain.instruments.scoring.board import Firmness
from tests.support.desks.scoring import SCORING, WORDING, scored, to_score


def test_the_pulse_tells_agreement_and_what_divides_but_no_score():
    on = to_score(3, (1,))
    first, second = scored((5,), (3,), (1,)), scored((5,), (1,), (3,))
    assert SCORING.pulse(Desk(on, {1: first})) is None
    told = SCORING.pulse(Desk(on, {1: first, 2: second, 3: {"1:1.k1": 1}}))
    details = {
        "w": Fraction(3, 4),
        "strength": "strong",
        "items": ("Meter air", "Loket keliling"),
        "complete": 2,
    }
    assert told == Fault("agreement", details)
    words = WORDING.plain("pulse.agreement", "scoring", **details)
    assert words == (
        "Sejauh ini 2 anggota selesai menilai. Kesepakatan: kuat (W = 0,75). "
        "Paling berbeda dinilai: Meter air; Loket keliling."
    )


def test_nobody_who_tells_items_apart_has_no_agreement_to_tell():
    on = to_score(2, (1,))
    assert SCORING.pulse(Desk(on, {1: scored((3,), (3,)), 2: scored((4,), (4,))})) is None


def test_agreement_is_told_all_in_all_and_for_each_criterion():
    """They agree on the first criterion and are opposed on the second; the first weighs more."""
    on = to_score(3, (3, 1))
    result = SCORING.tally(on, {1: scored((5, 1), (3, 2), (1, 3)), 2: scored((5, 3), (3, 2), (1, 1))})
    (found,) = result.rounds
    assert [(each.w, each.strength) for each in (found.overall, *found.criteria)] == [
        (1, "strong"),
        (1, "strong"),
        (0, "weak"),
    ]


def firm_page(result):
    return WORDING.block("scoring", "essence", sheet=None, result=result)


def test_what_it_takes_to_move_the_first_place_is_told_in_a_sentence():
    """40 % and 60 %: 5 and 2 against 1 and 4, 16/5 against 14/5; equal at x = 1/3 of the first criterion."""
    on = to_score(2, (2, 3))
    result = SCORING.tally(on, {1: scored((5, 2), (1, 4))})
    assert result.firmness == Firmness(
        "turns", "Kriteria 1", Fraction(40), Fraction(100, 3), falls=True, rival="Meter air"
    )
    said = (
        "Bila bobot “Kriteria 1” turun dari 40% sampai di bawah 33,33% dan bobot lain menyesuaikan secara "
        "sebanding, urutan pertama berpindah ke “Meter air”."
    )
    assert said in firm_page(result)
    assert said in firm_page(revive(plain(result)))


def test_a_rising_weight_is_told_as_rising():
    on = to_score(2, (1, 9))
    result = SCORING.tally(on, {1: scored((1, 5), (5, 4))})
    assert (result.firmness.criterion, result.firmness.falls) == ("Kriteria 1", False)
    assert "naik dari 10% sampai di atas 20%" in firm_page(result)


def test_a_first_place_that_no_single_weight_moves_is_told():
    result = SCORING.tally(to_score(2), {1: scored((5, 5), (4, 5))})
    assert result.firmness == Firmness("firm")
    assert "tidak berpindah" in firm_page(result)


def test_a_shared_first_place_is_told_as_shared():
    assert SCORING.tally(to_score(2), {1: scored((5, 4), (4, 5))}).firmness == Firmness("shared")


def test_a_single_item_is_scored_and_has_nothing_to_lose():
    on = to_score(1)
    result = SCORING.tally(on, {1: scored((4, 2))})
    assert (SCORING.ready(on), result.order[0].rank, result.firmness) == (None, 1, None)
