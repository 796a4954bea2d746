"""Picking a few, against a recount that fills the places group by group."""

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.language.wording import wording
from domain.dialog.questions import Choice, Several, Tapped
from domain.faults import Fault, Rejected
from domain.freezing import plain, revive
from domain.instruments.base import PLENARY, UNDO, Desk, Item, Move, Sheet
from domain.instruments.selection import PickSeveral, Settings
from store.process_files import check, load
from tests.support.codes import codes_in
from tests.support.driving import TODAY, filled_form, moved, scripted, sheet, with_moves
from tests.support.paths import PROCESS_FILES
from tests.support.scenes.selection import FACTS, selections

PICK = PickSeveral()
WORDING = wording()
NAMES = ["Keluhan", "Kualitas", "Kontinuitas", "Tarif", "Kebocoran"]


def picks(*chosen: Iterable[str], number=1):
    """The ballots of members who picked these ('12': items 1 and 2)."""
    return {member: {f"{number}:pick": list(each)} for member, each in enumerate(chosen, 1)}


def desk_of(*chosen: Iterable[str], keep=0, pick=3, items=4):
    return Desk(sheet(Settings(pick, keep=keep), *NAMES[:items]), picks(*chosen))


def result_of(desk):
    return PICK.tally(desk.sheet, desk.ballots)


def votes_of(desk, number):
    """How often each item was picked in a round, counted answer by answer."""
    votes = dict.fromkeys([item.id for item in desk.sheet.items], 0)
    for answers in desk.ballots.values():
        for each in answers.get(f"{number}:pick", []):
            votes[each] += 1
    return votes


@st.composite
def voted(draw, rounds=0):
    """A desk after a first round of any ballots, and up to that many further rounds on its ties."""
    count, keep = draw(st.integers(2, 5)), draw(st.integers(0, 4))
    ids = [str(number) for number in range(1, count + 1)]
    some = st.lists(st.sampled_from(ids), min_size=1, max_size=3, unique=True)
    desk = desk_of(*draw(st.lists(some, max_size=5)), keep=keep, items=count)
    for number in range(2, rounds + 2):
        tied, places = result_of(desk).tied, result_of(desk).places
        if not tied:
            break
        desk = moved(desk, PICK, "again", scripted())
        among = st.lists(st.sampled_from(tied), min_size=1, max_size=places, unique=True)
        later = {m: {**mine, f"{number}:pick": draw(among)} for m, mine in desk.ballots.items()}
        desk = Desk(desk.sheet, later)
    return desk


@given(voted())
def test_votes_and_ranks_are_those_of_a_recount(desk):
    result, votes = result_of(desk), votes_of(desk, 1)
    assert {s.id: s.value for s in result.order} == votes
    for standing in result.order:
        assert standing.rank == 1 + sum(value > standing.value for value in votes.values())


def groups_after(desk, rounds):
    """Items picked by somebody, those of equal votes together; each further round splits one group."""
    votes = votes_of(desk, 1)
    found = [{i for i in votes if votes[i] == v} for v in sorted(set(votes.values()) - {0}, reverse=True)]
    for number in range(2, rounds + 1):
        asked = set(next(m for n, m in enumerate(desk.sheet.moves, 2) if n == number).values["items"])
        again = votes_of(desk, number)
        found = [
            part
            for group in found
            for part in (
                [{i for i in group if again[i] == v} for v in sorted({again[i] for i in group}, reverse=True)]
                if group == asked
                else [group]
            )
        ]
    return found


@given(voted(rounds=2))
def test_places_are_filled_group_by_group_and_one_that_does_not_fit_is_tied(desk):
    result, keep = result_of(desk), desk.sheet.settings.keep
    chosen, tied, places = set(), set(), 0
    for group in groups_after(desk, len(result.rounds)):
        if keep and len(chosen) + len(group) > keep:
            tied, places = (group, keep - len(chosen)) if len(chosen) < keep else (set(), 0)
            break
        chosen |= group
    assert (set(result.chosen), set(result.tied), result.places) == (chosen, tied, places)
    assert [item.id for item in PICK.items(desk.sheet, result)] == list(result.chosen)


@given(voted(rounds=2), st.randoms())
def test_the_order_of_ballots_does_not_matter(desk, random):
    members = list(desk.ballots.items())
    random.shuffle(members)
    other = {m: dict(random.sample(list(mine.items()), len(mine))) for m, mine in members}
    assert PICK.tally(desk.sheet, other) == result_of(desk)


@given(voted(rounds=2))
def test_undo_restores(desk):
    move = Move(9, "again", {"items": [item.id for item in desk.sheet.items], "places": 1})
    undone = with_moves(desk, [*desk.sheet.moves, move, Move(10, UNDO, {})])
    assert result_of(undone) == result_of(desk)


@given(voted(), st.permutations(range(5)))
def test_the_pulse_tells_nothing_of_what_was_picked(desk, order):
    swapped = {
        member: {"1:pick": [str(order[int(each) - 1] + 1) for each in mine["1:pick"]]}
        for member, mine in desk.ballots.items()
    }
    on = sheet(desk.sheet.settings, *NAMES)
    assert PICK.pulse(Desk(on, desk.ballots)) == PICK.pulse(Desk(on, swapped))


def test_the_pulse_counts_what_more_than_half_picked_once_two_have_answered():
    assert PICK.pulse(desk_of("12")) is None
    assert PICK.pulse(desk_of("12", "13", "14", "23")) == Fault("majorities", {"agreed": 1, "ballots": 4})


def test_what_nobody_picked_is_not_kept_however_many_places_there_are():
    result = result_of(desk_of("1", "1", "2", keep=4))
    assert (result.chosen, result.tied) == (("1", "2"), ())
    assert PICK.lacking(desk_of().sheet, result) is None


def test_nobody_chose_is_no_result():
    desk = desk_of(keep=1)
    assert PICK.lacking(desk.sheet, result_of(desk)) == Fault("nobody_chose")
    assert not any(move.available(desk) for move in PICK.moves)


def test_items_keep_what_they_were_and_add_votes_and_rank():
    item = Item("1", "Pipa", "1.1/isu#4", "rinci", {"aspek": "teknis"})
    on = Sheet(Settings(), (item, Item("2", "Tarif")), voters=4, today=TODAY)
    (kept,) = PICK.items(on, PICK.tally(on, picks("1", "1")))
    assert (kept.source, kept.detail) == ("1.1/isu#4", "rinci")
    assert kept.fields == {"aspek": "teknis", "suara": 2, "peringkat": 1}


def tied_desk():
    """Item 4 leads with three votes, 1, 2 and 3 share the two places after it."""
    return desk_of("41", "42", "43", keep=3)


def test_a_tie_at_the_border_holds_the_result_back():
    desk = tied_desk()
    result = result_of(desk)
    assert (result.chosen, result.tied, result.places) == (("4",), ("1", "2", "3"), 2)
    assert PICK.lacking(desk.sheet, result) == Fault("tie_for_place", {"items": NAMES[:3], "places": 2})


def test_a_tie_that_fits_is_none():
    assert result_of(desk_of("41", "42", "43", keep=4)).tied == ()
    assert result_of(desk_of("41", "42", "43", keep=1)).tied == ()
    assert not any(move.available(desk_of("41", "42", keep=3)) for move in PICK.moves)


def test_another_round_asks_among_the_tied_for_the_places_left():
    desk = moved(tied_desk(), PICK, "again", scripted())
    (question,) = PICK.questions(desk.sheet, desk.ballots[1])
    assert question.key not in desk.ballots[1]
    assert ([option.value for option in question.options], question.most) == (["1", "2", "3"], 2)
    with pytest.raises(Rejected):
        question.read(Tapped("1,2,3"))
    ballots = {m: {**mine, "2:pick": ["3", str(min(m, 2))]} for m, mine in desk.ballots.items()}
    result = PICK.tally(desk.sheet, ballots)
    assert [(s.id, s.rank) for s in result.order] == [("4", 1), ("3", 2), ("2", 3), ("1", 4)]
    assert (result.chosen, result.tied) == (("4", "3", "2"), ())


def test_the_room_may_decide_a_further_round_alone():
    desk = moved(tied_desk(), PICK, "again", scripted())
    result = PICK.tally(desk.sheet, {**desk.ballots, PLENARY: {"2:pick": ["1", "2"]}})
    assert [(each.ballots, each.plenary) for each in result.rounds] == [(3, False), (1, True)]
    assert result.chosen == ("4", "1", "2")


def test_the_ketua_decides_for_exactly_the_places_left():
    desk = moved(tied_desk(), PICK, "decide", scripted(chosen="1,3", reason="=datanya lengkap"))
    result = result_of(desk)
    assert result.chosen == ("4", "1", "3")
    assert (result.decision.texts, result.decision.by) == (("Keluhan", "Kontinuitas"), "Siti")
    assert not any(move.available(desk) for move in PICK.moves)
    decide = next(move for move in PICK.moves if move.kind == "decide")
    assert decide.chair_only
    with pytest.raises(Rejected):
        filled_form(decide, tied_desk(), scripted(chosen="1", reason="=datanya lengkap"))


@pytest.mark.parametrize(
    ("ballots", "tied"),
    [
        (("41", "42"), ()),
        (("41", "42", "43", "5"), ("1", "2", "3", "5")),
        (("1", "2", "3"), ()),
        (("451", "452", "453"), ("1", "2", "3")),
    ],
)
def test_a_decision_holds_only_for_the_tie_it_was_made_about(ballots, tied):
    desk = moved(
        desk_of("41", "42", "43", keep=3, items=5),
        PICK,
        "decide",
        scripted(chosen="1,3", reason="=datanya lengkap"),
    )
    result = PICK.tally(desk.sheet, picks(*ballots))
    assert result.decision is None
    assert result.tied == tied


def test_one_place_takes_one_tap():
    (question,) = PICK.questions(sheet(Settings(pick=1), *NAMES), {})
    assert isinstance(question, Choice)
    assert question.read(Tapped("2")) == "2"
    on = sheet(Settings(pick=1), *NAMES)
    assert PICK.tally(on, {1: {"1:pick": "2"}, 2: {"1:pick": "2"}}).chosen == ("2",)


def test_nobody_has_to_pick_more_than_there_is():
    (question,) = PICK.questions(sheet(Settings(pick=5, least=4), *NAMES[:3]), {})
    assert (question.least, question.most) == (3, 3)


@pytest.mark.parametrize(("keep", "most"), [(0, 5), (2, 2)])
def test_the_room_names_at_once_what_is_kept(keep, most):
    on = sheet(Settings(pick=1, keep=keep), *NAMES, plenary=True)
    (question,) = PICK.questions(on, {})
    assert (question.least, question.most) == (1, most)
    chosen = [str(number) for number in range(1, most + 1)]
    result = PICK.tally(on, {PLENARY: {"1:pick": chosen}, 1: {"1:pick": "5"}})
    assert (result.chosen, result.tied) == (tuple(chosen), ())


@pytest.mark.parametrize("given_", [0, 61])
def test_nothing_or_too_much_cannot_be_chosen_from(given_):
    on = sheet(Settings(), *map(str, range(given_)))
    assert PICK.ready(on) == Fault("selection_items", {"given": given_, "most": 60})
    assert PICK.ready(sheet(Settings(), "satu")) is None


def page(on, question):
    prompt = WORDING.word(f"ask.{question.about}", "selection", **question.facts)
    facts = {"question": question, "prompt": prompt, "sheet": on, "mine": {}}
    return WORDING.block("selection", "ask", activity={"prompt": "p" * 300}, **facts)


def test_long_texts_stand_in_the_prompt_by_the_numbers_of_their_buttons_and_it_stays_short():
    items = tuple(Item(str(n), f"{n} " + "x" * 300) for n in range(1, 9))
    on = Sheet(Settings(pick=4, least=2), items, items, voters=4, today=TODAY)
    (question,) = PICK.questions(on, {})
    assert isinstance(question, Several)
    assert question.options[2].label.startswith("3. 3 x")
    shown = page(on, question)
    assert "\n3. 3 xxx" in shown
    assert len(shown) <= 600
    tied = with_moves(
        Desk(on, {}), [Move(1, "again", {"items": [item.id for item in items], "places": 2})]
    ).sheet
    (again,) = PICK.questions(tied, {})
    assert again.about == "runoff"
    assert len(page(tied, again)) <= 600


def test_short_texts_are_not_said_twice():
    (question,) = PICK.questions(sheet(Settings(), *NAMES), {})
    assert [option.label for option in question.options] == NAMES
    assert "Tarif" not in page(sheet(Settings(), *NAMES), question)


def test_it_is_told_by_how_many_an_item_was_chosen_also_of_a_kept_result():
    desk = moved(tied_desk(), PICK, "decide", scripted(chosen="1,3", reason="=datanya lengkap"))
    fresh = result_of(desk)
    for result in (fresh, revive(plain(fresh))):
        assert PICK.trace(desk.sheet, result, "4").details == {"votes": 3, "ballots": 3, "rank": 1, "by": ""}
        assert PICK.trace(desk.sheet, result, "1").details["by"] == "Siti"
        assert PICK.trace(desk.sheet, result, "9") is None


def test_limits_are_read_from_a_process_file():
    process = load(PROCESS_FILES / "pilihan.yaml")
    assert process.activity("1.1", "pilihan").settings == Settings(pick=4, least=2, keep=3)
    assert process.activity("1.1", "semua").settings == Settings(pick=3, least=1, keep=0)


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        ("least: 2", "least: 5", "out_of_range"),
        ("keep: 3", "keep: 61", "out_of_range"),
        ("            items_from: isu\n            pick: 4\n", "            pick: 4\n", "needs_items"),
    ],
)
def test_a_faulty_file_is_told(before, after, code):
    text = (PROCESS_FILES / "pilihan.yaml").read_text("utf-8")
    assert text.count(before) == 1
    _, faults = check(text.replace(before, after))
    assert [fault.fault.code for fault in faults] == [code]


def test_everything_it_says_has_words():
    words = WORDING._instrument_words("selection")
    said = {key.partition(".")[2] for key in words if key.partition(".")[0] in {"fault", "pulse", "trace"}}
    assert said == codes_in("domain/instruments/selection.py", "Fault", "Rejected")
    for key in words:
        kind, _, code = key.partition(".")
        if kind in {"fault", "pulse", "trace"}:
            assert len(WORDING.plain(key, "selection", **FACTS.get(code, {}))) > 20


def test_a_decision_is_shown_with_its_reason():
    desk = selections("Pipa bocor")
    facts = {"activity": {"prompt": "?"}, "sheet": desk.sheet, "result": result_of(desk)}
    for block in ("desk", "essence", "result"):
        assert "Ditetapkan oleh Siti".lower() in WORDING.block("selection", block, **facts).lower()
