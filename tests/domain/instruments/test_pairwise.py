"""The ranking matrix against a recount that knows nothing of how it is computed."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.dialog.questions import Tapped, Typed
from domain.faults import Fault
from domain.instruments.base import PLENARY, UNDO, Desk, Move
from domain.instruments.pairwise import Pairwise, Settings
from tests.support.driving import drawn, fill, moved, scripted, sheet, with_moves

PAIRWISE = Pairwise()
NAMES = ["Keluhan", "Kualitas", "Kontinuitas", "Tarif", "Kebocoran"]


def prefers(order, on=None, number=1):
    """The ballot of one who ranks the items in that order."""
    return {
        f"{number}:{a}~{b}": "a" if order.index(a) < order.index(b) else "b"
        for a, b in combinations(sorted(on or order), 2)
    }


@st.composite
def voted(draw, rounds=0):
    """A desk after a first round of any ballots, and up to that many further rounds on its ties."""
    on = sheet(Settings(), *NAMES[: draw(st.integers(2, 5))])
    data = draw(st.data())
    desk = Desk(on, {member: fill(PAIRWISE, on, drawn(data)) for member in range(1, draw(st.integers(1, 5)))})
    for _ in range(rounds):
        again = next(move for move in PAIRWISE.moves if move.kind == "again")
        if not again.available(desk):
            break
        desk = moved(desk, PAIRWISE, "again", scripted())
        later = {m: {**mine, **fill(PAIRWISE, desk.sheet, drawn(data))} for m, mine in desk.ballots.items()}
        desk = Desk(desk.sheet, later)
    return desk


def wins_of(desk, number, ids):
    """How often each item was chosen in a round, counted answer by answer."""
    won = dict.fromkeys(ids, 0)
    for answers in desk.ballots.values():
        for key, choice in answers.items():
            round_, _, pair = key.partition(":")
            if int(round_) == number:
                won[pair.split("~")["ab".index(choice)]] += 1
    return won


@given(voted())
def test_values_and_ranks_are_those_of_a_recount(desk):
    result = PAIRWISE.tally(desk.sheet, desk.ballots)
    won = wins_of(desk, 1, [item.id for item in desk.sheet.items])
    assert {s.id: s.value for s in result.order} == won
    for standing in result.order:
        assert standing.rank == 1 + sum(value > standing.value for value in won.values())


@given(voted(rounds=2))
def test_every_rounds_values_sum_to_pairs_times_ballots(desk):
    for each in PAIRWISE.tally(desk.sheet, desk.ballots).rounds:
        pairs = len(each.standings) * (len(each.standings) - 1) // 2
        assert sum(standing.value for standing in each.standings) == pairs * each.complete
        assert [sum(row) for row in each.wins] == [standing.value for standing in each.standings]
        for row, column in combinations(range(len(each.standings)), 2):
            assert each.wins[row][column] + each.wins[column][row] == each.complete


@given(voted(rounds=2))
def test_further_rounds_split_the_lead_and_nothing_else(desk):
    result = PAIRWISE.tally(desk.sheet, desk.ballots)
    won = wins_of(desk, 1, [item.id for item in desk.sheet.items])
    groups = [{i for i in won if won[i] == value} for value in sorted(set(won.values()), reverse=True)]
    for number in range(2, len(result.rounds) + 1):
        again = wins_of(desk, number, groups[0])
        lead = [
            {i for i in groups[0] if again[i] == value} for value in sorted(set(again.values()), reverse=True)
        ]
        groups = [*lead, *groups[1:]]
    expected = {i: 1 + sum(len(g) for g in groups[:n]) for n, group in enumerate(groups) for i in group}
    assert {standing.id: standing.rank for standing in result.order} == expected
    assert set(result.leaders) == groups[0]


@given(voted(rounds=1), st.randoms())
def test_the_order_of_ballots_and_answers_does_not_matter(desk, random):
    members = list(desk.ballots.items())
    random.shuffle(members)
    other = {m: dict(random.sample(list(mine.items()), len(mine))) for m, mine in members}
    assert PAIRWISE.tally(desk.sheet, other) == PAIRWISE.tally(desk.sheet, desk.ballots)


@given(voted(rounds=2))
def test_undo_restores(desk):
    before = PAIRWISE.tally(desk.sheet, desk.ballots)
    move = Move(9, "again", {"items": [item.id for item in desk.sheet.items]})
    undone = with_moves(desk, [*desk.sheet.moves, move, Move(10, UNDO, {})])
    assert PAIRWISE.tally(undone.sheet, undone.ballots) == before


@given(st.integers(2, 5), st.integers(1, 3))
def test_opposite_ballots_are_a_tie_however_many(items, times):
    ids = [str(n) for n in range(1, items + 1)]
    ballots = {n: prefers(ids if n % 2 else ids[::-1], ids) for n in range(2 * times)}
    ballots = {member + 1: ballot for member, ballot in ballots.items()}
    on = sheet(Settings(), *NAMES[:items])
    result = PAIRWISE.tally(on, ballots)
    assert {standing.rank for standing in result.order} == {1}
    assert result.leaders == tuple(ids)
    assert PAIRWISE.lacking(on, result).code == "tie_for_lead"


def tied_desk():
    """Three items: 1 and 2 share the lead, 3 is last."""
    return Desk(sheet(Settings(), *NAMES[:3]), {1: prefers("123"), 2: prefers("213")})


def test_an_unfinished_ballot_is_not_counted():
    desk = tied_desk()
    ballots = {**desk.ballots, 3: {"1:1~2": "a"}}
    result = PAIRWISE.tally(desk.sheet, ballots)
    assert (result.rounds[0].complete, result.rounds[0].incomplete) == (2, 1)
    assert result.leaders == ("1", "2")


def test_nobody_complete_is_no_result():
    on = sheet(Settings(), *NAMES[:3])
    assert PAIRWISE.lacking(on, PAIRWISE.tally(on, {})) == Fault("no_complete_ballot")
    assert not any(move.available(Desk(on, {})) for move in PAIRWISE.moves)


def test_another_round_asks_only_about_the_tied_and_settles_it():
    desk = moved(tied_desk(), PAIRWISE, "again", scripted())
    assert [question.key for question in PAIRWISE.questions(desk.sheet, desk.ballots[1])] == ["2:1~2"]
    half = Desk(desk.sheet, {1: {**desk.ballots[1], "2:1~2": "b"}, 2: desk.ballots[2]})
    result = PAIRWISE.tally(half.sheet, half.ballots)
    assert [(s.id, s.rank) for s in result.order] == [("2", 1), ("1", 2), ("3", 3)]
    assert PAIRWISE.lacking(half.sheet, result) is None
    assert [item.id for item in PAIRWISE.items(half.sheet, result)] == ["2", "1", "3"]


def test_the_room_may_decide_a_further_round_that_follows_on_members_ballots():
    desk = moved(tied_desk(), PAIRWISE, "again", scripted())
    result = PAIRWISE.tally(desk.sheet, {**desk.ballots, PLENARY: {"2:1~2": "b"}})
    assert (result.rounds[0].complete, result.rounds[1].complete) == (2, 1)
    assert result.leaders == ("2",)


def test_the_ketua_decides_a_tie_and_it_is_recorded():
    desk = moved(tied_desk(), PAIRWISE, "decide", scripted(item="2", reason="=paling mendesak"))
    result = PAIRWISE.tally(desk.sheet, desk.ballots)
    assert (result.decision.id, result.decision.reason, result.decision.by) == (
        "2",
        "paling mendesak",
        "Siti",
    )
    assert [(s.id, s.rank) for s in result.order] == [("2", 1), ("1", 2), ("3", 3)]
    assert not any(move.available(desk) for move in PAIRWISE.moves)


def test_a_decision_holds_only_for_the_tie_it_was_made_about():
    desk = moved(tied_desk(), PAIRWISE, "decide", scripted(item="2", reason="=paling mendesak"))
    without = PAIRWISE.tally(desk.sheet, {1: desk.ballots[1]})
    assert without.decision is None
    assert without.leaders == ("1",)
    wider = PAIRWISE.tally(desk.sheet, {1: prefers("123"), 2: prefers("231"), 3: prefers("312")})
    assert wider.decision is None
    assert wider.leaders == ("1", "2", "3")


def test_a_round_orders_only_ranks_it_compared_wholly():
    desk = moved(tied_desk(), PAIRWISE, "again", scripted())
    ballots = {1: {**prefers("123"), "2:1~2": "b"}, 2: prefers("231"), 3: prefers("312")}
    result = PAIRWISE.tally(desk.sheet, ballots)
    assert result.leaders == ("1", "2", "3")


@pytest.mark.parametrize("given_", [0, 1, 10])
def test_too_few_or_too_many_items_cannot_be_compared(given_):
    on = sheet(Settings(most=9), *map(str, range(given_)))
    assert PAIRWISE.ready(on) == Fault("pairwise_items", {"given": given_, "most": 9})


def test_keys_fit_in_a_button():
    on = sheet(Settings(most=12), *map(str, range(12)))
    assert PAIRWISE.ready(on) is None
    assert len(PAIRWISE.questions(on, {})) == 66
    assert max(len(question.key.encode()) for question in PAIRWISE.questions(on, {})) <= 16


def test_a_decision_needs_its_reason():
    form = next(move for move in PAIRWISE.moves if move.kind == "decide")
    item, reason = form.questions(tied_desk(), {})
    assert [item.read(Tapped("1")), reason.read(Typed("karena mendesak"))] == ["1", "karena mendesak"]
    assert {option.value for option in item.options} == {"1", "2"}
    assert form.chair_only
