"""The board of cards: who wrote, what was merged, named and hidden, and that ids keep their meaning."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.dialog import engine
from domain.dialog.questions import Tapped, Typed
from domain.faults import Fault, Rejected
from domain.instruments.base import PLENARY, UNDO, Desk, Move
from domain.instruments.cards.board import Column, Settings
from tests.support.desks.cards import CARDS, ISU, TWO, ballot, boards, card_of, desk_of, tally
from tests.support.driving import drawn, fill, moved, scripted, sheet, with_moves


def texts(desk, column=0):
    return {card.text for card in tally(desk).columns[column].loose}


@given(boards())
def test_no_written_card_is_lost_or_doubled(desk):
    written = sum(bool(value) for answers in desk.ballots.values() for value in answers.values())
    found = []
    for column in tally(desk).columns:
        cards = [*column.loose, *(card for cluster in column.clusters for card in cluster.cards)]
        found += [
            source for card in [*cards, *(hidden.card for hidden in column.hidden)] for source in card.sources
        ]
        assert all(card.count == len(card.sources) for card in cards)
    assert len(found) == len(set(found)) == written
    assert sum(column.written for column in tally(desk).columns) == written


@given(boards(), st.randoms())
def test_the_order_of_ballots_and_answers_does_not_matter(desk, random):
    members = list(desk.ballots.items())
    random.shuffle(members)
    other = {m: dict(random.sample(list(mine.items()), len(mine))) for m, mine in members}
    assert CARDS.tally(desk.sheet, other) == tally(desk)


@given(boards(), st.data())
def test_undo_restores(desk, data):
    offered = [move.kind for move in CARDS.moves if move.available(desk)]
    if not offered:
        return
    after = moved(desk, CARDS, data.draw(st.sampled_from(offered)), drawn(data))
    last = max(move.number for move in after.sheet.moves)
    undone = with_moves(after, [*after.sheet.moves, Move(last + 1, UNDO, {})])
    assert tally(undone) == tally(desk)


@given(boards(), st.integers(51, 99))
def test_ids_keep_their_meaning_while_others_write(desk, newcomer):
    more = Desk(
        desk.sheet,
        {**desk.ballots, newcomer: ballot("kartu susulan", column=desk.sheet.settings.columns[0].key)},
    )
    for before, after in zip(tally(desk).columns, tally(more).columns, strict=True):
        later = {card.id: card for card in after.loose}
        assert all(later[card.id] == card for card in before.loose)
        assert before.clusters == after.clusters
        assert before.hidden == after.hidden


@given(boards())
def test_moves_about_cards_that_are_gone_do_no_harm(desk):
    emptied = Desk(desk.sheet, {})
    for column in tally(emptied).columns:
        assert (column.loose, column.clusters, column.hidden) == ((), (), ())


@given(boards())
def test_items_are_the_clusters_and_loose_cards(desk):
    items = CARDS.items(desk.sheet, tally(desk))
    assert len({item.id for item in items}) == len(items)
    assert len(items) == sum(len(column.clusters) + len(column.loose) for column in tally(desk).columns)
    assert all(len(item.id) <= 6 for item in items)


@given(st.data(), st.integers(1, 3))
def test_a_member_can_always_finish_and_progress_ends_full(data, most):
    on = sheet(Settings(TWO, most))
    answers = fill(
        CARDS, on, lambda question: data.draw(st.sampled_from([Tapped("-"), Typed(f"kartu {question.key}")]))
    )
    assert engine.progress(CARDS.questions(on, answers), answers) == engine.Progress(2, 2)
    assert sum(bool(value) for value in answers.values()) <= 2 * most


def test_cards_are_asked_one_by_one_until_done():
    on = sheet(Settings(TWO, most=3))
    assert [q.key for q in CARDS.questions(on, {})] == ["peluang/1", "prasyarat/1"]
    one = {"peluang/1": "sungai dekat"}
    assert [(q.key, q.about) for q in CARDS.questions(on, one)] == [
        ("peluang/1", "card"),
        ("peluang/2", "next"),
        ("prasyarat/1", "card"),
    ]
    closed = {**one, "peluang/2": None}
    assert engine.next_question(CARDS.questions(on, closed), closed).key == "prasyarat/1"
    assert engine.progress(CARDS.questions(on, closed), closed) == engine.Progress(1, 2)


def test_an_emptied_card_does_not_take_later_ones_with_it():
    desk = desk_of({"isu/1": "bocor", "isu/2": None, "isu/3": "tarif"})
    assert texts(desk) == {"bocor", "tarif"}
    assert engine.next_question(CARDS.questions(desk.sheet, desk.ballots[1]), desk.ballots[1]).key == "isu/4"


def test_the_same_card_twice_is_told_at_once():
    on = sheet(Settings((ISU,)))
    mine = ballot("Air keruh")
    with pytest.raises(Rejected) as rejected:
        CARDS.check(on, mine, "isu/2", "air KERUH")
    assert rejected.value.fault == Fault("card_twice", {"text": "air KERUH"})
    CARDS.check(on, mine, "isu/1", "Air keruh")
    CARDS.check(on, mine, "isu/2", None)
    CARDS.check(on, mine, "lain/1", "Air keruh")


def test_merging_offers_the_most_alike_first_and_keeps_count():
    desk = desk_of(ballot("air keruh"), ballot("airnya keruh"), ballot("tarif"), ballot("pompa"))
    alike = {("air keruh", "airnya keruh"): 90.0}
    desk = Desk(desk.sheet, desk.ballots, lambda a, b: alike.get((a, b), 5.0))
    first = card_of(desk, "air keruh")
    form = CARDS.moves[0]
    others = form.questions(desk, {"first.0": first})[1]
    assert [option.label for option in others.options] == [
        "airnya keruh",
        *(c.text for c in tally(desk).columns[0].loose if c.text in {"tarif", "pompa"}),
    ]
    merged = moved(
        desk, CARDS, "merge", scripted(first=first, others=others.options[0].value, text="=Air keruh")
    )
    card = next(card for card in tally(merged).columns[0].loose if card.count == 2)
    assert (card.id, card.text) == (first, "Air keruh")
    assert texts(merged) == {"Air keruh", "tarif", "pompa"}
    places = [c.id for c in tally(desk).columns[0].loose if c.text != "airnya keruh"]
    assert [c.id for c in tally(merged).columns[0].loose] == places


def test_another_first_card_asks_anew_what_is_like_it():
    desk = desk_of(ballot("a"), ballot("b"), ballot("c"))
    a, b = card_of(desk, "a"), card_of(desk, "b")
    values = {"first.0": b, f"others.{a}": [b], f"text.{a}": "a"}
    assert engine.next_question(CARDS.moves[0].questions(desk, values), values).key == f"others.{b}"


def test_clusters_gather_cards_under_a_name_and_a_known_name_takes_more_in():
    desk = desk_of(ballot("bocor", "pipa tua", "tarif"))
    desk = moved(desk, CARDS, "cluster", scripted(cards=card_of(desk, "bocor"), name="=Jaringan"))
    desk = moved(desk, CARDS, "cluster", scripted(cards=card_of(desk, "pipa tua"), name="=jaringan"))
    (cluster,) = tally(desk).columns[0].clusters
    assert (cluster.id, cluster.name) == ("K1", "Jaringan")
    assert {card.text for card in cluster.cards} == {"bocor", "pipa tua"}
    renamed = moved(desk, CARDS, "rename", scripted(target="K1", name="=Jaringan pipa"))
    items = CARDS.items(renamed.sheet, tally(renamed))
    assert (items[0].id, items[0].text, items[0].source) == ("K1", "Jaringan pipa", "isu/K1")
    assert [item.text for item in items] == ["Jaringan pipa", "tarif"]


def test_a_process_can_do_without_clusters():
    desk = desk_of(ballot("a", "b"), clusters=False)
    assert {move.kind for move in CARDS.moves if move.available(desk)} == {"merge", "rename", "hide"}


def test_a_hidden_card_is_told_with_its_reason_and_can_come_back():
    desk = desk_of(ballot("bocor", "di luar pokok"))
    card = card_of(desk, "di luar pokok")
    desk = moved(desk, CARDS, "hide", scripted(card=card, reason="=bukan urusan PDAM"))
    (hidden,) = tally(desk).columns[0].hidden
    assert (hidden.card.text, hidden.reason, hidden.by) == ("di luar pokok", "bukan urusan PDAM", "Siti")
    assert [item.text for item in CARDS.items(desk.sheet, tally(desk))] == ["bocor"]
    desk = moved(desk, CARDS, "show", scripted(card=card))
    assert texts(desk) == {"bocor", "di luar pokok"}


def test_moves_ask_for_the_column_only_where_there_is_a_choice():
    one = desk_of(ballot("a", "b", column="peluang"), columns=TWO)
    both = desk_of({**ballot("a", column="peluang"), **ballot("b", column="prasyarat")}, columns=TWO)
    hide = next(move for move in CARDS.moves if move.kind == "hide")
    assert [question.key for question in hide.questions(one, {})] == ["card.0", "reason"]
    assert [question.key for question in hide.questions(both, {})] == ["column"]
    assert [question.key for question in hide.questions(both, {"column": "1"})] == [
        "column",
        "card.1",
        "reason",
    ]
    hidden = moved(both, CARDS, "hide", scripted(column="1", card=card_of(both, "b"), reason="=terulang"))
    assert len(tally(hidden).columns[1].hidden) == 1


def test_cards_of_the_guide_lie_on_the_board_before_anybody_writes():
    desk = desk_of(columns=(Column("kriteria", "Kriteria", start_with=("Urgensi", "Cakupan manfaat")),))
    column = tally(desk).columns[0]
    assert [card.text for card in column.loose] == ["Urgensi", "Cakupan manfaat"]
    assert (column.written, tally(desk).writers) == (0, 0)
    assert CARDS.lacking(desk.sheet, tally(desk)) is None


def test_what_the_room_wrote_lies_beside_members_cards():
    desk = Desk(sheet(Settings((ISU,))), {1: ballot("a"), PLENARY: ballot("b")})
    assert texts(desk) == {"a", "b"}


def test_who_wrote_is_known_but_for_the_guide_and_the_room():
    columns = (Column("isu", "Isu", start_with=("tarif",)),)
    group = Desk(
        sheet(Settings(columns)),
        {40: ballot("air keruh"), 41: ballot("airnya keruh", "bocor"), PLENARY: ballot("pompa")},
    )
    desk = Desk(group.sheet, CARDS.brought(group, [40, 41]))
    first, second = card_of(desk, "air keruh"), card_of(desk, "airnya keruh")
    desk = moved(desk, CARDS, "merge", scripted(first=first, others=second, text="=Air keruh"))
    clustered = moved(desk, CARDS, "cluster", scripted(cards=card_of(desk, "Air keruh"), name="=Mutu"))

    def written(desk, text):
        result = tally(desk)
        return CARDS.writers(result, next(i.id for i in CARDS.items(desk.sheet, result) if i.text == text))

    assert [written(desk, text) for text in ("Air keruh", "bocor", "pompa", "tarif")] == [
        (40, 41),
        (41,),
        (),
        (),
    ]
    assert written(clustered, "Mutu") == (40, 41)
    assert CARDS.writers(tally(desk), "tidak ada") == ()


def test_what_a_room_brought_takes_no_members_place():
    """Opened again, who has the room's cards behind their own is asked for as many as everybody."""
    mine = ballot("a") | {"isu/21": "b", "isu/22": "c"}
    on = sheet(Settings((ISU,), most=3))
    assert [question.key for question in CARDS.questions(on, mine)] == ["isu/1", "isu/2"]


def test_no_card_at_all_is_no_result():
    desk = desk_of({"isu/1": None})
    assert CARDS.lacking(desk.sheet, tally(desk)) == Fault("no_cards")
    assert not any(move.available(desk) for move in CARDS.moves)


def test_neighbours_do_not_tell_who_wrote():
    desk = desk_of(*(ballot(*(f"{member}-{number}" for number in range(5))) for member in range(8)))
    order = [card.text.split("-")[0] for card in tally(desk).columns[0].loose]
    assert order != sorted(order)
    together = sum(a == b for a, b in pairwise(order))
    assert together < 16  # of 39 neighbours; by member it would be 32


def test_buttons_hold_the_keys_and_values():
    columns = tuple(Column("abcdefghijkl"[n:] + "x" * n, f"Kolom {n}") for n in range(8))
    on = sheet(Settings(columns, most=20))
    assert max(len(q.key.encode()) for q in CARDS.questions(on, {f"{columns[0].key}/19": "a"})) <= 16
    desk = Desk(sheet(Settings((ISU,))), {36**4 - 1: ballot(*map(str, range(20)))})
    ids = [card.id for card in tally(desk).columns[0].loose]
    assert max(map(len, ids)) == 6
    form = CARDS.moves[0].questions(desk, {"first.0": ids[0]})
    assert max(len(question.key.encode()) for question in form) <= 16


def test_the_two_most_alike_are_pointed_out():
    likeness = {frozenset({"air keruh", "Air keruh!"}): 95.0, frozenset({"air keruh", "bocor"}): 85.0}
    desk = replace(
        desk_of(ballot("air keruh", "bocor"), ballot("Air keruh!")),
        similarity=lambda first, second: likeness.get(frozenset({first, second}), 0.0),
    )
    found = CARDS.hint(desk)
    assert found is not None
    assert found.code == "similar_cards"
    assert {found.details["first"], found.details["second"]} == {"air keruh", "Air keruh!"}


def test_cards_that_differ_are_left_alone():
    assert CARDS.hint(replace(desk_of(ballot("air keruh", "bocor")), similarity=lambda *_: 79.0)) is None
    assert CARDS.hint(desk_of(ballot("air keruh"))) is None
