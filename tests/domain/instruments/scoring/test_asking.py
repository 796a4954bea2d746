"""What members are asked to score on: criteria of the file or of a weighting, in one view on a phone."""

from dataclasses import replace
from fractions import Fraction
from types import SimpleNamespace

import pytest

from domain.faults import Fault
from domain.instruments.base import Item
from domain.instruments.scoring.board import Settings
from domain.instruments.scoring.criteria import Criterion
from domain.process.sources import WEIGHTS
from tests.support.desks.scoring import SCORING, WORDING, criteria, scored, to_score
from tests.support.driving import sheet


def weighed(*items: Item):
    return replace(to_score(2, (3, 1)), inputs={WEIGHTS: items})


def test_weights_come_from_the_weighting_where_there_is_one():
    on = weighed(
        Item("1", "Biaya", detail="per keluarga", fields={"bobot": "1/3"}),
        Item("2", "Manfaat", fields={"bobot": "2/3"}),
    )
    assert SCORING.ready(on) is None
    assert [q.key for q in SCORING.questions(on, {})] == ["1:1.1", "1:1.2", "1:2.1", "1:2.2"]
    assert SCORING.questions(on, {})[0].facts["hint"] == "per keluarga"
    result = SCORING.tally(on, {1: {"1:1.1": 5, "1:1.2": 1, "1:2.1": 1, "1:2.2": 4}})
    assert [(each.title, each.weight) for each in result.criteria] == [
        ("Biaya", Fraction(1, 3)),
        ("Manfaat", Fraction(2, 3)),
    ]
    assert [(standing.id, standing.total) for standing in result.order] == [("2", 3), ("1", Fraction(7, 3))]


@pytest.mark.parametrize("item", [Item("1", "Lain", fields={"kunci": "biaya"}), Item("1", "BIAYA")])
def test_a_drawn_criterion_takes_hint_and_words_from_the_file(item):
    like = Criterion("k1", "Biaya", "Makin murah makin tinggi.", ((1, "Mahal"), (3, "Murah")), key="biaya")
    settings = Settings((like,), highest=3, words=((1, "Rendah"), (2, "Sedang")))
    (question,) = SCORING.questions(replace(sheet(settings, "Pipa"), inputs={WEIGHTS: (item,)}), {})
    assert (question.facts["criterion"], question.facts["hint"]) == (item.text, "Makin murah makin tinggi.")
    assert question.words == {1: "Mahal", 2: "Sedang", 3: "Murah"}


def test_criteria_without_weights_weigh_the_same():
    on = weighed(Item("1", "Biaya"), Item("2", "Manfaat"), Item("3", "Risiko"))
    assert SCORING.ready(on) is None
    assert [each.weight for each in SCORING.tally(on, {}).criteria] == [Fraction(1, 3)] * 3


@pytest.mark.parametrize(
    ("on", "code"),
    [
        (to_score(0), "nothing_to_score"),
        (to_score(2, ()), "no_criteria"),
        (to_score(2, (0, 0)), "no_weight"),
        (weighed(Item("1", "Biaya", fields={"bobot": "1/3"}), Item("2", "Manfaat")), "no_weight"),
        (
            weighed(Item("1", "Biaya", fields={"bobot": "1/3"}), Item("2", "?", fields={"bobot": "x"})),
            "no_weight",
        ),
        (
            weighed(Item("1", "Biaya", fields={"bobot": "1"}), Item("2", "?", fields={"bobot": "-1"})),
            "no_weight",
        ),
        (
            weighed(Item("1", "Biaya", fields={"bobot": "1"}), Item("2", "?", fields={"bobot": True})),
            "no_weight",
        ),
        (to_score(2, (1,), merges=True), "no_total"),
    ],
)
def test_what_is_missing_before_members_can_be_asked(on, code):
    assert SCORING.ready(on) == Fault(code)


def test_the_same_questions_are_made_once():
    assert SCORING.questions(to_score(5), {}) is SCORING.questions(to_score(5), scored((1, 1)))


def test_keys_fit_in_a_button():
    on = sheet(Settings(criteria(*[1] * 12)), *map(str, range(99)))
    assert max(len(question.key.encode()) for question in SCORING.questions(on, {})) <= 16


@pytest.mark.parametrize("values", [2, 5, 11])
def test_a_prompt_tells_all_however_long(values):
    """On a phone everything stays in one view, at most 600 characters."""
    words = tuple((value, f"arti {value} " + "x" * 90) for value in range(values))
    settings = Settings((Criterion("k1", "Cakupan " * 30, "petunjuk " * 40),), 0, values - 1, words)
    on = sheet(settings, "Pembangunan jaringan pipa " * 20)
    question = SCORING.questions(on, {})[0]
    facts = {**question.facts, "round": 12}
    prompt = WORDING.word("ask.score", "scoring", **facts)
    activity = SimpleNamespace(prompt="Nilailah " * 40)
    page = WORDING.block("scoring", "ask", activity=activity, prompt=prompt)
    shown = page.replace("<b>", "").replace("</b>", "")
    assert len(shown) <= 600
    for wanted in ("Pembangunan jaringan", "Kriteria: Cakupan", "petunjuk", "Putaran 12"):
        assert wanted in shown
    assert all(f"{value} = arti {value}" in shown for value in range(values))


def test_a_scale_without_words_tells_its_ends():
    question = SCORING.questions(to_score(1, lowest=0, highest=10), {})[0]
    word = WORDING.word("ask.score", "scoring", **question.facts)
    assert word.endswith("0 = paling rendah, 10 = paling tinggi.")
