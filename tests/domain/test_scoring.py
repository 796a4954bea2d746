"""Totals and ranks against a recount that knows nothing of how they are computed; what a result tells."""

from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.wording import Wording
from domain.faults import Fault
from domain.freezing import plain, revive
from domain.instruments.base import PLENARY, Desk, Item
from domain.instruments.scoring import Scoring
from domain.instruments.scoring_board import FOLLOWERS, Firmness, Settings
from domain.instruments.scoring_criteria import Criterion
from domain.sources import WEIGHTS
from store.process_files import check
from tests.domain.driving import drawn, fill, sheet
from tests.processes.test_features import settings as settings_of

SCORING = Scoring()
NAMES = ("Pipa baru", "Meter air", "Loket keliling", "Sumur", "Tarif")


def criteria(*weights: int):
    return tuple(
        Criterion(f"k{n}", f"Kriteria {n}", weight=Fraction(each)) for n, each in enumerate(weights, 1)
    )


def to_score(count=3, weights=(1, 1), **settings: object):
    return sheet(Settings(criteria(*weights), **settings), *NAMES[:count])


def scored(*rows: tuple[int, ...], number=1, ids="12345"):
    """A complete ballot: for each item its scores on the criteria."""
    return {
        f"{number}:{item}.k{criterion}": score
        for item, row in zip(ids, rows, strict=False)
        for criterion, score in enumerate(row, 1)
    }


@st.composite
def filled(draw):
    """A desk with up to five complete ballots on up to five items and three criteria, and one unfinished."""
    weights = draw(st.lists(st.integers(0, 9), min_size=1, max_size=3).filter(any))
    on = to_score(draw(st.integers(1, 5)), weights, highest=3)
    width = st.tuples(*[st.integers(1, 3)] * len(weights))
    rows = st.lists(width, min_size=len(on.items), max_size=len(on.items))
    ballots = {member: scored(*draw(rows)) for member in range(1, draw(st.integers(1, 5)) + 1)}
    if len(ballots[1]) > 1:
        ballots[9] = dict(list(ballots[1].items())[1:])
    return Desk(on, ballots)


def recounted(desk):
    """Each item's total: every score times its weight, over all weight and all complete ballots."""
    weights = {each.id: each.weight for each in desk.sheet.settings.criteria}
    complete = [mine for member, mine in desk.ballots.items() if member != 9]
    sums = dict.fromkeys((item.id for item in desk.sheet.items), Fraction(0))
    for mine in complete:
        for key, score in mine.items():
            item, _, criterion = key.partition(":")[2].partition(".")
            sums[item] += weights[criterion] * score
    return {item: each / sum(weights.values()) / len(complete) for item, each in sums.items()}


@given(filled())
def test_totals_and_ranks_are_those_of_a_recount(desk):
    result = SCORING.tally(desk.sheet, desk.ballots)
    totals = recounted(desk)
    assert {standing.id: standing.total for standing in result.order} == totals
    for standing in result.order:
        assert standing.rank == 1 + sum(total > standing.total for total in totals.values())
    assert [standing.rank for standing in result.order] == sorted(standing.rank for standing in result.order)
    assert sum(each.weight for each in result.criteria) == 1


@given(filled())
def test_every_row_shows_how_its_total_is_made(desk):
    (found,) = SCORING.tally(desk.sheet, desk.ballots).rounds
    weights = [each.weight for each in SCORING.tally(desk.sheet, desk.ballots).criteria]
    complete = [mine for member, mine in desk.ballots.items() if member != 9]
    for row in found.rows:
        given_ = [[mine[f"1:{row.id}.k{n}"] for mine in complete] for n in range(1, len(weights) + 1)]
        assert row.means == tuple(Fraction(sum(each), len(each)) for each in given_)
        assert row.parts == tuple(weight * mean for weight, mean in zip(weights, row.means, strict=True))
        assert row.total == sum(row.parts)
    assert (found.complete, found.incomplete) == (len(complete), len(desk.ballots) - len(complete))


@given(filled(), st.randoms())
def test_the_order_of_ballots_and_answers_does_not_matter(desk, random):
    members = random.sample(list(desk.ballots.items()), len(desk.ballots))
    other = {member: dict(random.sample(list(mine.items()), len(mine))) for member, mine in members}
    assert SCORING.tally(desk.sheet, other) == SCORING.tally(desk.sheet, desk.ballots)


@given(filled(), st.fractions(Fraction(1, 9), 9))
def test_only_the_proportions_of_the_weights_count(desk, factor):
    larger = tuple(replace(each, weight=each.weight * factor) for each in desk.sheet.settings.criteria)
    on = replace(desk.sheet, settings=replace(desk.sheet.settings, criteria=larger))
    assert SCORING.tally(on, desk.ballots) == SCORING.tally(desk.sheet, desk.ballots)


@given(st.data(), st.integers(1, 4), st.integers(1, 3))
def test_every_item_is_asked_about_on_every_criterion_item_by_item(data, items, width):
    on = to_score(items, (1,) * width)
    mine = fill(SCORING, on, drawn(data))
    assert list(mine) == [f"1:{item}.k{c}" for item in range(1, items + 1) for c in range(1, width + 1)]
    assert SCORING.tally(on, {1: mine}).rounds[0].complete == 1


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
    page = Wording().block("scoring", "desk", sheet=on, result=result)
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


FOLLOWING = (
    Item("1", "Pelatihan", "1.1/dukung#1", fields={"induk": " pipa BARU "}),
    Item("2", "Sosialisasi", "1.1/dukung#2", fields={"induk": "1.1/usul#b"}),
    Item("3", "Brosur", "1.1/dukung#3", fields={"induk": "b"}),
    Item("4", "Lepas", "1.1/dukung#4", fields={"induk": "Bendungan"}),
    Item("5", "Kosong", "1.1/dukung#5"),
)


def led():
    on = to_score(2, (1,), followers_by="induk")
    sources = ("1.1/usul#a", "1.1/usul#b")
    items = tuple(
        replace(item, source=source, fields={"jenis": "fisik"})
        for item, source in zip(on.items, sources, strict=True)
    )
    return replace(on, items=items, inputs={FOLLOWERS: FOLLOWING})


def test_followers_have_the_rank_of_their_leader_and_stand_beneath_it():
    on = led()
    result = SCORING.tally(on, {1: scored((2,), (4,))})
    passed = SCORING.items(on, result)
    assert [(item.id, item.text, item.fields.get("peringkat")) for item in passed] == [
        ("2", "Meter air", 1),
        ("f2", "Sosialisasi", 1),
        ("f3", "Brosur", 1),
        ("1", "Pipa baru", 2),
        ("f1", "Pelatihan", 2),
        ("f4", "Lepas", None),
        ("f5", "Kosong", None),
    ]
    assert passed[0].fields == {"jenis": "fisik", "total": "4", "peringkat": 1}
    assert passed[1] == Item(
        "f2", "Sosialisasi", "1.1/dukung#2",
        fields={"induk": "1.1/usul#b", "peringkat": 1, "utama": "Meter air"},
    )  # fmt: skip
    page = Wording().block("scoring", "result", sheet=on, result=result)
    assert (
        page.index("Meter air") < page.index("↳ Sosialisasi") < page.index("Pipa baru") < page.index("Lepas")
    )


def test_one_that_names_no_leader_follows_nobody():
    on = to_score(1, (1,), followers_by="induk")
    result = SCORING.tally(replace(on, inputs={FOLLOWERS: FOLLOWING[4:]}), {1: scored((2,))})
    assert (result.order[0].followers, [each.text for each in result.unattached]) == ((), ["Kosong"])


def test_a_followers_leader_by_text_goes_before_one_by_number():
    on = replace(led(), inputs={FOLLOWERS: (Item("1", "Brosur", fields={"induk": "Meter air"}),)})
    items = (replace(on.items[0], source="1.1/usul#Meter air"), on.items[1])
    result = SCORING.tally(replace(on, items=items), {1: scored((2,), (4,))})
    assert [[each.text for each in standing.followers] for standing in result.order] == [["Brosur"], []]


def test_rows_tell_where_they_come_from_in_a_kept_result_too():
    on = led()
    kept = revive(plain(SCORING.tally(on, {1: scored((2,), (4,)), 2: scored((3,), (4,))})))
    told = SCORING.trace(on, kept, "1")
    assert told == Fault("scored", {"rank": 2, "places": 2, "total": "5/2", "complete": 2, "merged": False})
    assert (
        Wording()
        .word("trace.scored", "scoring", **told.details)
        .startswith("Peringkat 2 dari 2 dengan nilai 2,5")
    )
    assert SCORING.trace(on, kept, "f1") == Fault("follows", {"rank": 2, "leader": "Pipa baru"})
    assert SCORING.trace(on, kept, "f4") is None


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
    words = Wording().plain("pulse.agreement", "scoring", **details)
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
    return Wording().block("scoring", "essence", sheet=None, result=result)


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
    prompt = Wording().word("ask.score", "scoring", **facts)
    activity = SimpleNamespace(prompt="Nilailah " * 40)
    page = Wording().block("scoring", "ask", activity=activity, prompt=prompt)
    shown = page.replace("<b>", "").replace("</b>", "")
    assert len(shown) <= 600
    for wanted in ("Pembangunan jaringan", "Kriteria: Cakupan", "petunjuk", "Putaran 12"):
        assert wanted in shown
    assert all(f"{value} = arti {value}" in shown for value in range(values))


def test_a_scale_without_words_tells_its_ends():
    question = SCORING.questions(to_score(1, lowest=0, highest=10), {})[0]
    word = Wording().word("ask.score", "scoring", **question.facts)
    assert word.endswith("0 = paling rendah, 10 = paling tinggi.")


def test_a_process_file_says_scale_criteria_followers_and_merging():
    words = ((1, "Rendah"), (2, "Sedang"), (3, "Tinggi"))
    biaya = Criterion("k1", "Biaya", "Makin murah makin tinggi.", ((1, "Mahal"), (3, "Murah")), key="biaya")
    assert settings_of("skor", "teknis") == Settings((biaya,), 1, 3, words, followers_by="induk")
    finansial = settings_of("skor", "finansial")
    assert [each.weight for each in finansial.criteria] == [2, Fraction(1, 2)]
    assert (finansial.lowest, finansial.highest) == (0, 10)
    assert settings_of("skor", "gabungan") == Settings((), merges=True, leader=True)


FILE = (Path(__file__).parent.parent / "processes" / "skor.yaml").read_text("utf-8")


@pytest.mark.parametrize(
    ("old", "new", "codes"),
    [
        ("3: Tinggi", "4: Tinggi", ["not_allowed"]),
        ("3: Murah", "tiga: Murah", ["not_allowed"]),
        ("            weights_from: bobot\n            followers", "            followers", []),
        ("            weights_from: bobot\n            totals", "            totals", []),
        ("            totals_from_items: true\n            leader", "            leader", []),
        ("            followers_by: induk\n", "", ["missing_field"]),
        ("            followers_from: pendukung\n", "", ["unknown_field"]),
        ("weights_from: bobot", "weights_from: nilai", ["unknown_reference"]),
        ("highest: 10", "highest: 0", ["out_of_range"]),
        ("lowest: 0\n            highest: 10", "lowest: 7", []),
        ("weight: 2", "weight: dua", ["not_fraction"]),
        ("key: dampak", "key: biaya", ["duplicate_key"]),
    ],
)
def test_what_is_wrong_in_a_process_file_is_told(old, new, codes):
    assert old in FILE
    _, faults = check(FILE.replace(old, new, 1))
    assert [fault.fault.code for fault in faults] == codes


def test_criteria_may_be_left_out_only_where_weights_or_totals_are_drawn():
    start = FILE.index("            lowest: 0")
    _, (fault,) = check(FILE[:start] + FILE[FILE.index("          - key: gabungan") :])
    assert (fault.fault.code, fault.fault.details) == ("missing_field", {"field": "criteria"})


def test_a_scale_that_begins_late_ends_later():
    process, _ = check(FILE.replace("lowest: 0\n            highest: 10", "lowest: 7"))
    finansial = process.activity("1.1", "finansial").settings
    assert (finansial.lowest, finansial.highest) == (7, 8)
