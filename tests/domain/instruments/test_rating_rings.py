"""Bagan bawang against a layout by distances to the mean."""

from collections.abc import Iterable
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.language.wording import wording
from domain.faults import Fault
from domain.freezing import plain, revive
from domain.instruments.base import PLENARY, UNDO, Desk, Item, Move, Sheet
from domain.instruments.rating_rings import RatingRings, Settings
from store.process_files import check, load
from tests.support.codes import codes_in
from tests.support.driving import TODAY, drawn, fill, moved, scripted, sheet, with_moves
from tests.support.paths import PROCESS_FILES
from tests.support.scenes.rating_rings import FACTS, rings

RINGS = RatingRings()
WORDING = wording()
FOUR = ("Inti", "Dekat", "Jauh", "Luar")
NAMES = ["Pipa", "Tarif", "Sumber", "Loket"]


def desk_of(*ballots: Iterable[str], innermost=1, names=FOUR):
    """Each ballot gives the ring of each item in turn ('122': item 1 into the innermost)."""
    on = sheet(Settings(names, innermost), *NAMES[: max(len(list(each)) for each in ballots)])
    given = [{f"1:{n}": ring for n, ring in enumerate(each, 1)} for each in ballots]
    return Desk(on, dict(enumerate(given, 1)))


def result_of(desk):
    return RINGS.tally(desk.sheet, desk.ballots)


def layout(result):
    return [[each.id for each in ring.items] for ring in result.rings]


@st.composite
def rated(draw, rounds=0):
    """A desk after any ratings of two to four items, and up to that many further rounds on its ties."""
    count, innermost = draw(st.integers(2, 4)), draw(st.integers(0, 2))
    on = sheet(Settings(FOUR[: draw(st.integers(3, 4))], innermost), *NAMES[:count])
    data = draw(st.data())
    desk = Desk(
        on, {member: fill(RINGS, on, drawn(data)) for member in range(1, draw(st.integers(1, 4)) + 1)}
    )
    again = next(move for move in RINGS.moves if move.kind == "again")
    for _ in range(rounds):
        if not again.available(desk):
            break
        desk = moved(desk, RINGS, "again", scripted())
        later = {m: {**mine, **fill(RINGS, desk.sheet, drawn(data))} for m, mine in desk.ballots.items()}
        desk = Desk(desk.sheet, later)
    return desk


def worth(desk, item_id):
    """All that was given to an item, an inner ring counting more."""
    outer = len(desk.sheet.settings.rings) + 1
    return [outer - int(mine[f"1:{item_id}"]) for mine in desk.ballots.values()]


@given(rated())
def test_an_item_lies_in_the_ring_nearest_to_its_mean_the_inner_of_two(desk):
    innermost, last = desk.sheet.settings.innermost, len(desk.sheet.settings.rings)
    for ring in result_of(desk).rings:
        for each in ring.items:
            given_ = worth(desk, each.id)
            assert each.mean * len(given_) == sum(given_)
            away = [abs(sum(given_) - (last + 1 - n) * len(given_)) for n in range(1, last + 1)]
            nearest = 1 + away.index(min(away))
            better = sum(sum(worth(desk, other.id)) > sum(given_) for other in desk.sheet.items)
            inner = better < innermost if innermost else nearest == 1
            assert ring.number == (1 if inner else max(nearest, 2))


@given(rated(rounds=2))
def test_once_settled_exactly_so_many_lie_in_the_innermost_ring(desk):
    result, innermost = result_of(desk), desk.sheet.settings.innermost
    inner = len(result.rings[0].items)
    if innermost and not result.tied:
        assert inner == min(innermost, len(desk.sheet.items))
    assert bool(result.tied) == (innermost and inner > innermost)
    assert (RINGS.lacking(desk.sheet, result) is None) == (not result.tied)


@given(rated(rounds=2))
def test_every_item_lies_somewhere_once_and_higher_means_never_further_out(desk):
    result = result_of(desk)
    laid = [each for ring in result.rings for each in ring.items]
    assert sorted(each.id for each in laid) == [item.id for item in desk.sheet.items]
    assert [each.mean for each in laid] == sorted((each.mean for each in laid), reverse=True)
    assert [item.id for item in RINGS.items(desk.sheet, result)] == [each.id for each in laid]
    assert all(sum(each.counts) == result.complete == len(desk.ballots) for each in laid)


@given(rated(rounds=2), st.randoms())
def test_the_order_of_ballots_does_not_matter(desk, random):
    members = list(desk.ballots.items())
    random.shuffle(members)
    other = {m: dict(random.sample(list(mine.items()), len(mine))) for m, mine in members}
    assert RINGS.tally(desk.sheet, other) == result_of(desk)


@given(rated(rounds=2))
def test_undo_restores(desk):
    move = Move(9, "decide", {"items": ["1", "2"], "chosen": "1", "reason": "paling mendesak"})
    undone = with_moves(desk, [*desk.sheet.moves, move, Move(10, UNDO, {})])
    assert result_of(undone) == result_of(desk)


def test_a_mean_of_exactly_half_goes_inward_and_just_below_outward():
    result = result_of(desk_of("134", "134", "124", "124", innermost=0))
    assert layout(result) == [["1"], ["2"], [], ["3"]]
    assert result.rings[1].items[0].mean == Fraction(5, 2)
    assert layout(result_of(desk_of("13", "13", "12", innermost=0))) == [["1"], [], ["2"], []]


def test_only_the_highest_mean_lies_in_the_innermost_ring():
    result = result_of(desk_of("112", "112", "123"))
    assert layout(result) == [["1"], ["2", "3"], [], []]
    assert RINGS.lacking(desk_of("1").sheet, result) is None
    assert layout(result_of(desk_of("112", "112", "123", innermost=0))) == [["1", "2"], ["3"], [], []]


def test_one_leads_even_where_nobody_put_anything_inside():
    assert layout(result_of(desk_of("344"))) == [["1"], [], [], ["2", "3"]]


def test_an_unfinished_ballot_is_not_counted():
    desk = desk_of("123")
    result = RINGS.tally(desk.sheet, {**desk.ballots, 2: {"1:1": "4"}})
    assert (result.complete, result.incomplete) == (1, 1)
    assert result.rings[0].items[0].mean == 4


@pytest.mark.parametrize("ballots", [{}, {1: {"1:1": "1"}}])
def test_nobody_complete_is_no_result(ballots):
    on = sheet(Settings(FOUR), *NAMES)
    result = RINGS.tally(on, ballots)
    assert RINGS.lacking(on, result) == Fault("no_complete_ballot")
    assert RINGS.items(on, result) == ()
    assert not any(move.available(Desk(on, ballots)) for move in RINGS.moves)


def tied_desk():
    """Items 1 and 2 share the highest mean, 3 is outside."""
    return desk_of("124", "214")


def test_a_tie_for_the_innermost_holds_the_result_back():
    desk = tied_desk()
    assert RINGS.lacking(desk.sheet, result_of(desk)) == Fault(
        "tie_for_place", {"items": ["Pipa", "Tarif"], "places": 1}
    )
    assert RINGS.lacking(desk.sheet, result_of(desk_of("124", "214", innermost=2))) is None


def test_another_round_asks_which_of_the_tied_and_settles_it():
    desk = moved(tied_desk(), RINGS, "again", scripted())
    (question,) = RINGS.questions(desk.sheet, desk.ballots[1])
    assert question.key not in desk.ballots[1]
    assert [option.value for option in question.options] == ["1", "2"]
    result = RINGS.tally(desk.sheet, {1: {**desk.ballots[1], "2:pick": "2"}, 2: desk.ballots[2]})
    assert layout(result) == [["2"], ["1"], [], ["3"]]
    assert result.rings[0].items[0].mean == result.rings[1].items[0].mean
    assert RINGS.lacking(desk.sheet, result) is None


def test_the_room_may_decide_the_further_round():
    desk = moved(tied_desk(), RINGS, "again", scripted())
    result = RINGS.tally(desk.sheet, {**desk.ballots, PLENARY: {"2:pick": "2"}})
    assert (result.complete, result.plenary, result.rounds[0].plenary) == (2, False, True)
    assert layout(result)[0] == ["2"]


def test_the_ketua_decides_and_it_is_recorded():
    desk = moved(tied_desk(), RINGS, "decide", scripted(chosen="2", reason="=paling cepat terasa"))
    result = result_of(desk)
    assert layout(result)[0] == ["2"]
    assert (result.decision.texts, result.decision.reason, result.decision.by) == (
        ("Tarif",),
        "paling cepat terasa",
        "Siti",
    )
    assert not any(move.available(desk) for move in RINGS.moves)
    assert next(move for move in RINGS.moves if move.kind == "decide").chair_only


def test_a_decision_holds_only_for_the_tie_it_was_made_about():
    desk = moved(tied_desk(), RINGS, "decide", scripted(chosen="2", reason="=paling cepat terasa"))
    without = RINGS.tally(desk.sheet, {1: desk.ballots[1]})
    assert (without.decision, layout(without)[0]) == (None, ["1"])
    wider = RINGS.tally(desk.sheet, {1: {"1:1": "1", "1:2": "1", "1:3": "1"}})
    assert (wider.decision, wider.tied) == (None, ("1", "2", "3"))


def test_items_keep_what_they_were_and_add_their_ring_and_exact_mean():
    first = Item("1", "Pipa", "4.7/prioritas#2", "rinci", {"aspek": "teknis"})
    on = Sheet(Settings(FOUR), (first, Item("2", "Tarif")), voters=4, today=TODAY)
    ballots = {n: {"1:1": ring, "1:2": "4"} for n, ring in enumerate("122", 1)}
    kept, _ = RINGS.items(on, RINGS.tally(on, ballots))
    assert (kept.source, kept.detail) == ("4.7/prioritas#2", "rinci")
    assert kept.fields == {"aspek": "teknis", "lingkar": "Inti", "nomor-lingkar": 1, "rata-rata": "10/3"}


@pytest.mark.parametrize("given_", [0, 61])
def test_nothing_or_too_much_cannot_be_rated(given_):
    on = sheet(Settings(FOUR), *map(str, range(given_)))
    assert RINGS.ready(on) == Fault("rings_items", {"given": given_, "most": 60})
    assert RINGS.ready(sheet(Settings(FOUR), "satu")) is None


def test_the_ring_of_a_row_is_told_also_of_a_kept_result():
    desk = moved(tied_desk(), RINGS, "decide", scripted(chosen="2", reason="=paling cepat terasa"))
    fresh = result_of(desk)
    for result in (fresh, revive(plain(fresh))):
        told = RINGS.trace(desk.sheet, result, "2")
        assert WORDING.plain(f"trace.{told.code}", "rating_rings", **told.details) == (
            "Lingkaran Inti: rata-rata 3,5 dari 4, menurut 2 lembar jawaban. Ditetapkan oleh Siti."
        )
        assert RINGS.trace(desk.sheet, result, "1").details["by"] == ""
        assert RINGS.trace(desk.sheet, result, "9") is None


def test_a_question_with_everything_in_it_stays_short():
    items = tuple(Item(str(n), "x" * 400) for n in range(1, 3))
    on = Sheet(Settings(("Paling berpengaruh" * 5, "Dekat", "Luar")), items, voters=4, today=TODAY)
    asked = moved(Desk(on, {1: {"1:1": "1", "1:2": "1"}}), RINGS, "again", scripted()).sheet
    for each in (on, asked):
        question = RINGS.questions(each, {})[0]
        prompt = WORDING.word(f"ask.{question.about}", "rating_rings", **question.facts)
        facts = {"question": question, "prompt": prompt, "sheet": each, "mine": {}}
        shown = WORDING.block("rating_rings", "ask", activity={"prompt": "p" * 300}, **facts)
        assert 100 < len(shown) <= 600


def test_rings_are_read_from_a_process_file():
    process = load(PROCESS_FILES / "lingkaran.yaml")
    names = ("Paling berpengaruh", "Berpengaruh", "Cukup berpengaruh", "Kurang berpengaruh")
    assert process.activity("1.1", "bawang").settings == Settings(names, innermost=1)
    assert process.activity("1.1", "bebas").settings == Settings(("Dalam", "Tengah", "Luar"), innermost=0)


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        ("[Dalam, Tengah, Luar]", "[Dalam, Luar]", "wrong_length"),
        ("[Dalam, Tengah, Luar]", "[A, B, C, D, E, F]", "wrong_length"),
        ("[Dalam, Tengah, Luar]", "[Dalam, Luar, Luar]", "duplicate_key"),
        ("            rings: [Dalam, Tengah, Luar]\n", "", "missing_field"),
        ("innermost: 0", "innermost: satu", "not_whole"),
        (
            "            items_from: isu\n            rings: [Dalam",
            "            rings: [Dalam",
            "needs_items",
        ),
    ],
)
def test_a_faulty_file_is_told(before, after, code):
    text = (PROCESS_FILES / "lingkaran.yaml").read_text("utf-8")
    assert text.count(before) == 1
    _, faults = check(text.replace(before, after))
    assert [fault.fault.code for fault in faults] == [code]


def test_everything_it_says_has_words():
    words = WORDING._instrument_words("rating_rings")
    said = {key.partition(".")[2] for key in words if key.partition(".")[0] in {"fault", "pulse", "trace"}}
    assert said == codes_in("domain/instruments/rating_rings.py", "Fault", "Rejected")
    for key in words:
        kind, _, code = key.partition(".")
        if kind in {"fault", "pulse", "trace"}:
            assert len(WORDING.plain(key, "rating_rings", **FACTS.get(code, {}))) > 20


def test_the_pages_show_the_rings_from_the_innermost_outwards():
    desk = rings("Pipa bocor", 5)
    facts = {"activity": {"prompt": "?"}, "sheet": desk.sheet, "result": result_of(desk)}
    for block in ("desk", "essence", "result"):
        page = WORDING.block("rating_rings", block, **facts)
        places = [
            page.index(text) for text in ("1 Pipa bocor", "2 Pipa bocor", "4 Pipa bocor", "3 Pipa bocor")
        ]
        assert places == sorted(places)
        assert "ditetapkan oleh siti" in page.lower()
