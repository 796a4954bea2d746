"""Rows a table starts with: what earlier results fill in, who completes the rest, what holds where people differ."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.dialog import engine
from domain.faults import Fault
from domain.instruments.base import PLENARY, Desk, Item
from domain.instruments.worksheet.cells import given as taken
from domain.instruments.worksheet.columns import Column, Settings
from tests.support.desks.starting_table import INDIKATOR, TREN, on_sheet
from tests.support.desks.worksheet import WORKSHEET
from tests.support.driving import drawn, fill, moved, scripted, sheet


def tally(on, **ballots: dict):
    return WORKSHEET.tally(on, {int(member[1:]): mine for member, mine in ballots.items()})


def keys(on, mine):
    return [question.key for question in WORKSHEET.questions(on, mine)]


def test_what_the_items_say_is_in_the_table_before_anybody_answers():
    table = tally(on_sheet())
    assert [(row.id, row.cells) for row in table.rows] == [
        ("R1", ("Cakupan", "80", None, None)),
        ("R2", ("Kebocoran", "20", None, None)),
        ("R3", ("Keluhan", None, None, None)),
    ]
    assert table.open == 3


def test_only_what_is_left_open_is_asked_of_the_row_one_picks():
    on = on_sheet()
    assert keys(on, {}) == ["pick/1"]
    assert keys(on, {"pick/1": "R1"}) == ["pick/1", "R1.capaian", "R1.tren", "pick/2"]
    assert keys(on, {"pick/1": "R3"})[1:-1] == ["R3.target", "R3.capaian", "R3.tren"]
    assert keys(on, {"pick/1": None}) == ["pick/1"]
    later = WORKSHEET.questions(on, {"pick/1": "R2"})[-1]
    assert [option.label for option in later.options] == ["Cakupan", "Keluhan"]


def test_a_member_is_done_when_no_row_is_left_or_the_rest_is_left_to_others():
    on = on_sheet()
    assert WORKSHEET.done(on, {"pick/1": None})
    mine = {}
    for row in ("R2", "R1", "R3"):
        assert not WORKSHEET.done(on, mine)
        mine |= {f"pick/{len(mine.keys() & PICKS) + 1}": row}
        mine |= {f"{row}.target": "1", f"{row}.capaian": "1", f"{row}.tren": None}
    assert WORKSHEET.done(on, mine)


PICKS = {f"pick/{number}" for number in range(1, 5)}


def test_another_row_picked_instead_leaves_the_first_as_it_was():
    on = on_sheet()
    mine = {
        "pick/1": "R2",
        "R1.capaian": "5",
        "R1.tren": "0",
        "R2.capaian": "7",
        "R2.tren": None,
        "pick/2": None,
    }
    assert [row.cells[2] for row in tally(on, m1=mine).rows] == [None, "7", None]
    again = {**mine, "pick/2": "R2"}  # the same row twice is the same row
    assert keys(on, again)[-1] == "pick/3"


@given(st.data())
def test_whoever_answers_is_done_some_time(data):
    on = on_sheet(add=True, most=2)
    mine = fill(WORKSHEET, on, drawn(data))
    table = WORKSHEET.tally(on, {1: mine})
    completed = {value for key, value in mine.items() if key in PICKS and value}
    assert {row.id for row in table.rows if row.cells[2] is not None} >= completed


def test_rows_may_be_added_where_the_process_says_so():
    assert "0.more" not in keys(on_sheet(), {"pick/1": None})
    on = on_sheet(add=True)
    mine = {"pick/1": None, "0.more": True, "1.indikator": "Tekanan", "1.target": "1", "1.capaian": "1"}
    mine |= {"1.tren": "2", "1.more": False}
    assert [row.text for row in tally(on, m1=mine).rows] == ["Cakupan", "Kebocoran", "Keluhan", "Tekanan"]
    (*_, item) = WORKSHEET.items(on, tally(on, m1=mine))
    assert item.fields == {"indikator": "Tekanan", "target": "1", "capaian": "1", "tren": "naik"}


def test_items_keep_the_fields_they_came_with():
    on = on_sheet()
    mine = {"pick/1": "R1", "R1.capaian": "75", "R1.tren": "2"}
    item = WORKSHEET.items(on, tally(on, m1=mine))[0]
    assert (item.text, item.detail) == ("Cakupan", "persen")
    assert item.fields == {
        "aspek": "teknis",
        "indikator": "Cakupan",
        "target": "80",
        "capaian": "75",
        "tren": "naik",
    }


SAID = st.dictionaries(st.integers(1, 9), st.sampled_from(["1", "2", "10", None]), max_size=7)


@given(SAID, st.none() | st.sampled_from(["1", "9"]))
def test_the_rooms_value_holds_else_the_most_frequent_else_the_smallest(said, room):
    on = on_sheet(columns=(INDIKATOR, Column("capaian", "Capaian", "number", optional=True)))
    ballots = {member: {"pick/1": "R1", "R1.capaian": value} for member, value in said.items()}
    if room:
        ballots[PLENARY] = {"pick/1": "R1", "R1.capaian": room}
    row = WORKSHEET.tally(on, ballots).rows[0]
    counts = Counter(int(value) for value in said.values() if value)
    often = [value for value in counts if counts[value] == max(counts.values())]
    assert row.cells[1] == (room or (str(min(often)) if often else None))
    assert row.differing == (("capaian",) if len(counts) > 1 and not room else ())


@given(SAID, st.randoms())
def test_the_order_of_ballots_does_not_matter(said, random):
    on = on_sheet()
    ballots = {member: {"pick/1": "R1", "R1.capaian": value or "3"} for member, value in said.items()}
    shuffled = random.sample(list(ballots.items()), len(ballots))
    assert WORKSHEET.tally(on, dict(shuffled)) == WORKSHEET.tally(on, ballots)


def test_equally_frequent_words_hold_in_the_order_of_the_options():
    on = on_sheet(columns=(INDIKATOR, TREN))
    naik, turun = {"pick/1": "R1", "R1.tren": "2"}, {"pick/1": "R1", "R1.tren": "0"}
    assert tally(on, m1=naik, m2=turun).rows[0].cells[1] == "turun"


def test_spelling_is_no_difference():
    on = on_sheet(columns=(INDIKATOR, Column("sebab", "Sebab", "text")))
    row = tally(
        on, m1={"pick/1": "R1", "R1.sebab": "Pipa  tua"}, m2={"pick/1": "R1", "R1.sebab": "pipa tua"}
    ).rows[0]
    assert (row.cells[1], row.differing) == ("Pipa  tua", ())


def test_the_facilitator_is_told_where_people_differ_and_settles_it():
    ballots = {n: {"pick/1": "R2", "R2.capaian": str(n), "R2.tren": None} for n in (1, 2)}
    desk = Desk(on_sheet(), ballots)
    assert WORKSHEET.hint(desk) == Fault("cells_differ", {"row": "Kebocoran", "column": "Capaian", "rows": 1})
    desk = moved(desk, WORKSHEET, "edit", scripted(row="R2", column="capaian", v="=2"))
    row = WORKSHEET.tally(desk.sheet, desk.ballots).rows[1]
    assert (row.cells[2], row.differing, row.edited) == ("2", (), True)
    assert WORKSHEET.hint(desk) is None


def test_what_the_items_gave_can_be_mended_too():
    desk = moved(Desk(on_sheet(), {}), WORKSHEET, "edit", scripted(row="R1", column="target", v="=85"))
    assert WORKSHEET.tally(desk.sheet, {}).rows[0].cells[1] == "85"


def test_where_the_room_fills_members_are_asked_nothing():
    assert keys(on_sheet(fill="plenary"), {}) == []
    assert WORKSHEET.done(on_sheet(fill="plenary"), {})
    room = on_sheet(fill="plenary", plenary=True)
    assert keys(room, {}) == ["pick/1"]
    mine = {"pick/1": "R1", "R1.capaian": "9", "R1.tren": None, "pick/2": None}
    assert engine.next_question(WORKSHEET.questions(room, mine), mine) is None
    assert tally(on_sheet(fill="plenary"), m0=mine).rows[0].cells[2] == "9"


def test_a_table_with_nothing_open_asks_nothing():
    on = on_sheet(columns=(INDIKATOR, Column("catatan", "Catatan", "text", value_from="detail")))
    assert keys(on, {}) == []
    assert tally(on).open == 0
    assert [row.cells for row in tally(on).rows][:2] == [("Cakupan", "persen"), ("Kebocoran", None)]


def test_without_rows_there_is_nothing_to_fill():
    assert WORKSHEET.ready(on_sheet(items=())) == Fault("no_rows_to_fill")
    assert WORKSHEET.ready(on_sheet(items=(), add=True)) is None
    assert WORKSHEET.ready(on_sheet()) is None


def test_pulse_counts_what_is_complete():
    desk = Desk(on_sheet(), {1: {"pick/1": "R1", "R1.capaian": "1", "R1.tren": None}})
    assert WORKSHEET.pulse(desk) == Fault("rows_so_far", {"rows": 0, "given": 3, "open": 2})


@pytest.mark.parametrize(
    ("kind", "value", "cell"),
    [
        ("text", "air", "air"),
        ("text", 5, "5"),
        ("text", True, "ya"),
        ("text", "", None),
        ("number", "12.50", "12.5"),
        ("number", 7, "7"),
        ("number", "7/3", "7/3"),
        ("number", "tujuh", None),
        ("money", 5, 5),
        ("money", "10/4", 2),
        ("money", "banyak", None),
        ("date", "2026-12-01", "2026-12-01"),
        ("date", "besok", None),
        ("choice", "NAIK", "naik"),
        ("choice", "miring", None),
        ("yes_no", True, True),
        ("yes_no", "tidak", False),
        ("yes_no", "mungkin", None),
        ("person", "Siti", "Siti"),
        ("computed", "5", None),
    ],
)
def test_a_field_fills_a_cell_it_fits(kind, value, cell):
    column = Column("k", "Kolom", kind, options=("naik", "turun"))
    assert taken(sheet(Settings((column,))), column, Item("1", "x", fields={"k": value})) == cell


def test_references_are_taken_along_by_where_they_come_from_or_by_their_text():
    column = Column("program", "Program", "reference")
    programs = (
        Item("1", "Air", "2.1/program#7"),
        Item("2", "Air", "2.1/program#8"),
        Item("3", "Sampah", "2.1/program#9"),
    )
    on = on_sheet(columns=(INDIKATOR, column), inputs={"ref.program": programs})
    assert (
        taken(on, column, Item("1", "x", fields={"program": "Air", "program.asal": "2.1/program#8"})) == "2"
    )
    assert taken(on, column, Item("1", "x", fields={"program": "Sampah"})) == "3"
    assert taken(on, column, Item("1", "x", fields={"program": "Jalan"})) is None


def test_a_tree_is_taken_along():
    items = (
        Item("1", "Keluhan", "3.2/sebab#1.1", fields={"sebab.asal": None}),
        Item("2", "Pipa tua", "3.2/sebab#1.2", fields={"sebab": "Keluhan", "sebab.asal": "1.1"}),
        Item("3", "Loket jauh", "3.2/sebab#1.3", fields={"sebab": None}),
    )
    column = Column("sebab", "Sebab", "reference", own=True)
    on = on_sheet(items=items, columns=(INDIKATOR, column), tree="sebab")
    assert [(row.text, row.depth) for row in tally(on).rows] == [
        ("Keluhan", 0),
        ("Pipa tua", 1),
        ("Loket jauh", 0),
    ]
    assert keys(on, {}) == []


def test_new_rows_can_be_put_below_those_that_stand_above_them():
    column = Column("sebab", "Sebab", "reference", own=True)
    on = on_sheet(columns=(INDIKATOR, column), tree="sebab")
    assert keys(on, {}) == ["pick/1"]
    first, second = (WORKSHEET.questions(on, {"pick/1": row})[1] for row in ("R2", "R3"))
    assert [option.value for option in first.options] == ["R1"]
    assert [option.value for option in second.options] == ["R1", "R2"]
    mine = {"pick/1": "R3", "R3.sebab": "R1", "pick/2": "R2", "R2.sebab": None}
    assert [(row.text, row.depth) for row in tally(on, m1=mine).rows] == [
        ("Cakupan", 0),
        ("Keluhan", 1),
        ("Kebocoran", 0),
    ]
