"""Breakout groups bring their tables as they left them; the plenary's table holds all of them."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.instruments.base import UNDO, Desk, Item, Move
from domain.instruments.worksheet.columns import Column, Settings
from tests.support.desks.worksheet import DANA, WORKSHEET, rows_of
from tests.support.driving import drawn, fill, moved, scripted, sheet, with_moves
from tests.support.scenes.worksheet import tables


def tally(on, ballots):
    return WORKSHEET.tally(on, ballots)


def united(on, *groups: tuple):
    """The plenary's table of groups that are desks with the ids of their members."""
    ballots = {}
    for desk, members in groups:
        ballots |= WORKSHEET.brought(desk, members)
    return tally(replace(on, moves=()), ballots)


def cells(table):
    return sorted((row.cells for row in table.rows), key=str)


def test_the_plenary_holds_the_rows_of_all_groups_as_they_left_them():
    on = sheet(Settings(DANA, 2))
    first = Desk(on, {1: rows_of(("pipa", 5, None)), 0: rows_of(("aki", 1, None), ("zat", 2, None))})
    first = moved(first, WORKSHEET, "edit", scripted(row="1.1", column="biaya", v="=9"))
    first = moved(first, WORKSHEET, "remove", scripted(row="0.2"))
    second = Desk(on, {2: rows_of(("kabel", 7, None), ("pompa", 8, None)), 3: rows_of(("lem", 3, None))})
    table = united(on, (first, [1, 4]), (second, [2, 3]))
    assert cells(table) == [
        ("aki", 1, None),
        ("kabel", 7, None),
        ("lem", 3, None),
        ("pipa", 9, None),
        ("pompa", 8, None),
    ]
    assert table.unfinished == 0


def test_an_empty_group_brings_nothing():
    on = sheet(Settings(DANA, 2))
    assert WORKSHEET.brought(Desk(on, {1: {"0.more": False}}), [1]) == {}
    assert WORKSHEET.brought(Desk(on, {1: rows_of(("pipa", 5, None))}), []) == {}


def test_groups_complete_the_same_rows_and_each_counts_once():
    columns = (Column("uraian", "Uraian", "text", value_from="text"), Column("nilai", "Nilai", "number"))
    on = sheet(Settings(columns, starts=True, add=False), inputs={"rows": (Item("1", "a"), Item("2", "b"))})
    said = {n: {"pick/1": "R1", "R1.nilai": "5"} for n in range(1, 5)}
    small, large = Desk(on, {9: {"pick/1": "R1", "R1.nilai": "3", "pick/2": None}}), Desk(on, said)
    table = united(on, (large, [1, 2, 3, 4]), (small, [9]))
    assert [row.cells for row in table.rows] == [("a", "3"), ("b", None)]
    assert table.rows[0].differing == ("nilai",)


def test_a_tree_with_every_kind_of_column_is_brought_whole():
    desk = tables("Pipa")
    before = tally(desk.sheet, desk.ballots)
    after = united(desk.sheet, (desk, [1, 2, 3]))
    assert cells(after) == cells(before)
    assert sorted((row.text, row.depth) for row in after.rows) == sorted(
        (row.text, row.depth) for row in before.rows
    )
    assert after.totals == before.totals


@settings(max_examples=20)
@given(st.data())
def test_one_group_of_all_is_no_difference(data):
    scene = tables("Pipa", 1)
    ballots = {member: fill(WORKSHEET, scene.sheet, drawn(data)) for member in (1, 2)}
    desk = Desk(replace(scene.sheet, moves=()), ballots)
    assert cells(united(desk.sheet, (desk, [1, 2]))) == cells(tally(desk.sheet, ballots))


@settings(max_examples=20)
@given(st.data())
def test_whatever_the_facilitator_does_the_order_of_ballots_does_not_matter_and_undo_restores(data):
    desk = tables("Pipa", 3)
    offered = [move.kind for move in WORKSHEET.moves if move.available(desk)]
    after = moved(desk, WORKSHEET, data.draw(st.sampled_from(offered)), drawn(data))
    table = tally(after.sheet, after.ballots)
    members = list(after.ballots.items())
    data.draw(st.randoms()).shuffle(members)
    assert tally(after.sheet, dict(members)) == table
    last = after.sheet.moves[-1].number
    undone = with_moves(after, [*after.sheet.moves, Move(last + 1, UNDO, {})])
    assert tally(undone.sheet, undone.ballots) == tally(desk.sheet, desk.ballots)
