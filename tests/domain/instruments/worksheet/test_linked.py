"""What follows from the cells: references and the fields they bring along, trees, computed cells, flags."""

from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from domain.freezing import plain, revive
from domain.instruments.base import UNDO, Desk, Item, Move
from domain.instruments.worksheet.columns import Column, Flag, Settings
from domain.instruments.worksheet.table import leaves
from domain.process.conditions import Condition, all_hold
from tests.support.desks.worksheet import WORKSHEET, rows_of
from tests.support.driving import moved, scripted, sheet, with_moves

SEBAB = Column("sebab", "Sebab", "text")
INDUK = Column("induk", "Akibatnya", "reference", own=True)
TREE = Settings((SEBAB, INDUK), 30, tree="induk")


def tree_of(*parents: int | None, **more: object):
    """A tree of rows named by their numbers, each below the own row of that number (or none)."""
    rows = [(str(n), str(parent) if parent else None) for n, parent in enumerate(parents, 1)]
    return Desk(sheet(TREE, **more), {1: rows_of(*rows, columns=TREE.columns)})


def tally(desk):
    return WORKSHEET.tally(desk.sheet, desk.ballots)


def shown(desk):
    return [(row.text, row.depth) for row in tally(desk).rows]


def walked(parents):
    """The tree told by recursion."""

    def below(number, depth):
        yield (str(number), depth)
        for child, parent in enumerate(parents, 1):
            if parent == number:
                yield from below(child, depth + 1)

    return [each for root, parent in enumerate(parents, 1) if parent is None for each in below(root, 0)]


FORESTS = st.integers(1, 12).flatmap(
    lambda size: st.tuples(*(st.none() | st.integers(1, n) if n else st.none() for n in range(size)))
)


@given(FORESTS)
def test_children_come_after_their_parents_one_level_deeper(parents):
    assert shown(tree_of(*parents)) == walked(parents)


@given(FORESTS)
def test_leaves_have_nothing_below_them(parents):
    rows = tally(tree_of(*parents)).rows
    assert {row.text for row in rows if row.id in leaves(rows)} == {
        str(n) for n in range(1, len(parents) + 1) if n not in parents
    }


@given(FORESTS, st.data())
def test_a_row_can_be_put_anywhere_but_below_itself(parents, data):
    desk = tree_of(*parents)
    row = data.draw(st.sampled_from(tally(desk).rows))
    edit = next(move for move in WORKSHEET.moves if move.kind == "edit")
    question = edit.questions(desk, {"row": row.id, "column": "induk"})[-1]
    assume(question.key == "v.induk")  # one that all others hang on has nowhere to go
    target = data.draw(st.sampled_from(question.options))
    after = moved(desk, WORKSHEET, "edit", scripted(row=row.id, column="induk", v=target.value))
    rows = tally(after).rows
    assert len(rows) == len(parents)
    assert [r.cells[1] for r in rows if r.id == row.id] == [target.label]
    undone = with_moves(after, [*after.sheet.moves, Move(9, UNDO, {})])
    assert tally(undone) == tally(desk)


@given(FORESTS, st.lists(st.tuples(st.integers(1, 12), st.integers(1, 12)), max_size=6))
def test_no_row_is_ever_lost_whatever_is_put_where(parents, edits):
    moves = [
        Move(n, "edit", {"row": f"1.{row:x}", "column": "induk", "v.induk": f"1.{parent:x}"})
        for n, (row, parent) in enumerate(edits, 1)
    ]
    rows = tally(with_moves(tree_of(*parents), moves)).rows
    assert {row.text for row in rows} == {str(n) for n in range(1, len(parents) + 1)}


def test_rows_that_stand_below_each_other_are_taken_apart():
    rows = rows_of(("a", "2"), ("b", "1"), ("c", "1"), columns=TREE.columns)
    assert shown(Desk(sheet(TREE), {1: rows})) == [("a", 0), ("b", 1), ("c", 1)]


def test_rows_below_a_removed_row_stand_at_the_root():
    desk = moved(tree_of(None, 1, 2), WORKSHEET, "remove", scripted(row="1.2"))
    assert shown(desk) == [("1", 0), ("3", 0)]
    assert tally(desk).rows[1].links == ()


def test_a_deep_tree_is_no_trouble():
    parents = [None, *range(1, 1500)]
    assert shown(tree_of(*parents))[-1] == ("1500", 1499)


def test_a_member_can_refer_to_own_rows_above_and_to_no_others():
    on = sheet(TREE)
    mine = rows_of(("a", None), ("b", "1"), columns=TREE.columns) | {"2.more": True}
    asked = {question.key: question for question in WORKSHEET.questions(on, mine)}
    assert "1.induk" not in asked
    assert [option.label for option in asked["2.induk"].options] == ["a"]
    assert [option.value for option in asked["3.induk"].options] == ["1", "2"]
    assert asked["2.induk"].optional


def test_items_of_a_tree_tell_their_level_what_they_are_part_of_and_whether_they_end_it():
    desk = tree_of(None, 1)
    root, end = WORKSHEET.items(desk.sheet, tally(desk))
    assert root.fields == {"sebab": "1", "induk": None, "tingkat": 1, "ujung": False}
    assert end.fields == {
        "sebab": "2",
        "induk": "1",
        "induk.asal": "1.1",
        "induk.sebab": "1",
        "induk.induk": None,
        "tingkat": 2,
        "ujung": True,
    }


PROGRAM = Column("program", "Program", "reference")
LINKED = Settings((SEBAB, PROGRAM))
PROGRAMS = (
    Item("1", "Air bersih", "2.1/program#3", fields={"strategi": "SO", "strategi.sasaran": "80%"}),
    Item("2", "Sampah", "2.1/program#4"),
)


def test_a_reference_brings_its_rows_fields_along():
    on = sheet(LINKED, inputs={"ref.program": PROGRAMS})
    (row,) = WORKSHEET.tally(on, {1: rows_of(("sumur", "1"), columns=LINKED.columns)}).rows
    assert row.cells == ("sumur", "Air bersih")
    (item,) = WORKSHEET.items(on, WORKSHEET.tally(on, {1: rows_of(("sumur", "1"), columns=LINKED.columns)}))
    assert item.fields == {
        "sebab": "sumur",
        "program": "Air bersih",
        "program.asal": "2.1/program#3",
        "program.strategi": "SO",
        "program.strategi.sasaran": "80%",
    }
    told = WORKSHEET.trace(
        on, revive(plain(WORKSHEET.tally(on, {1: rows_of(("a", "2"), columns=LINKED.columns)}))), "1.1"
    )
    assert told.details["links"] == [("Program", "Sampah")]


def test_with_nothing_to_refer_to_nothing_is_asked():
    mine = {"0.more": True, "1.sebab": "a", "1.more": False}
    on = sheet(LINKED)
    assert WORKSHEET.done(on, mine)
    assert WORKSHEET.tally(on, {1: mine}).rows[0].cells == ("a", None)


def test_a_reference_to_what_is_gone_is_empty():
    on = sheet(LINKED, inputs={"ref.program": PROGRAMS[:1]})
    table = WORKSHEET.tally(on, {1: rows_of(("a", "2"), columns=LINKED.columns)})
    assert (table.rows[0].cells[1], table.rows[0].links) == (None, ())
    assert WORKSHEET.items(on, table)[0].fields == {"sebab": "a", "program": None}


VOLUME, HARGA = (
    Column("volume", "Volume", "number", optional=True),
    Column("harga", "Harga", "money", optional=True),
)
PRODUCT = ("*", ("name", "volume"), ("name", "harga"))
JUMLAH = Column("jumlah", "Jumlah", "computed", total=True, formula=PRODUCT, look="money")
PAJAK = Column(
    "pajak", "Pajak", "computed", formula=("/", ("name", "jumlah"), ("number", "9")), look="percent"
)
DANA = (SEBAB, PAJAK, VOLUME, HARGA, JUMLAH)
CELLS = st.tuples(
    st.none() | st.decimals(0, 10**6, places=2).map(lambda number: str(number + 0)),
    st.none() | st.integers(0, 10**12),
)


@given(st.lists(CELLS, min_size=1, max_size=5))
def test_computed_cells_and_their_totals_are_exact(cells):
    given_ = (SEBAB, VOLUME, HARGA)
    ballot = rows_of(*[("a", *each) for each in cells], columns=given_)
    table = WORKSHEET.tally(sheet(Settings(DANA, 9)), {1: ballot})
    expected = [None if None in each else Fraction(each[0]) * each[1] for each in cells]
    assert [row.cells[4] and Fraction(row.cells[4]) for row in table.rows] == expected
    assert [row.cells[1] and Fraction(row.cells[1]) for row in table.rows] == [
        each and each / 9 for each in expected
    ]
    assert table.totals == (None, None, None, None, sum(filter(None, expected), Fraction(0)))


def test_computed_columns_are_not_asked_and_not_corrected():
    on = sheet(Settings(DANA))
    asked = [question.key for question in WORKSHEET.questions(on, {"0.more": True})]
    assert asked == ["0.more", "1.sebab", "1.volume", "1.harga", "1.more"]
    desk = Desk(on, {1: rows_of(("a", "2", 3), columns=(SEBAB, VOLUME, HARGA))})
    edit = next(move for move in WORKSHEET.moves if move.kind == "edit")
    options = edit.questions(desk, {"row": "1.1"})[-1].options
    assert [option.value for option in options] == ["sebab", "volume", "harga"]
    desk = moved(desk, WORKSHEET, "edit", scripted(row="1.1", column="volume", v="=1,5"))
    assert tally(desk).rows[0].cells == ("a", "0.5", "1.5", 3, "4.5")


PERSEN = Column(
    "persen", "Persen", "computed", formula=("percent", ("name", "volume"), ("name", "harga")), look="percent"
)


@given(
    st.integers(0, 200),
    st.integers(0, 30),
    st.sampled_from(["below", "above", "at_least", "at_most"]),
    st.decimals(0, 400, places=3),
)
def test_lights_compare_exactly(volume, harga, operator, bound):
    flag = Flag("Lampu", (Condition("persen", operator, str(bound)),), color="merah")
    on = sheet(Settings((SEBAB, VOLUME, HARGA, PERSEN), flags=(flag,)))
    table = WORKSHEET.tally(on, {1: rows_of(("a", str(volume), harga), columns=(SEBAB, VOLUME, HARGA))})
    share = Fraction(volume * 100, harga) if harga else None
    compared = {
        "below": lambda: share < bound,
        "above": lambda: share > bound,
        "at_least": lambda: share >= bound,
        "at_most": lambda: share <= bound,
    }
    assert table.rows[0].flags == (("Lampu",) if share is not None and compared[operator]() else ())


def test_a_third_is_told_from_its_decimals():
    flags = tuple(Flag(op, (Condition("persen", op, "33.3333333333"),)) for op in ("above", "at_most"))
    on = sheet(Settings((SEBAB, VOLUME, HARGA, PERSEN), flags=flags))
    table = WORKSHEET.tally(on, {1: rows_of(("a", "1", 3), columns=(SEBAB, VOLUME, HARGA))})
    assert table.rows[0].flags == ("above",)


SMART = tuple(Column(each, each, "yes_no", optional=True) for each in ("s", "m", "a", "r", "t"))


@given(st.lists(st.tuples(*[st.sampled_from([True, False, None])] * 5), min_size=1, max_size=4))
def test_flags_mark_rows_that_meet_any_or_all_conditions(answers):
    conditions = tuple(Condition(column.key, "is", "tidak") for column in SMART)
    flags = (
        Flag("Perlu ditinjau", conditions, any=True, color="kuning"),
        Flag("Sama sekali tidak", conditions),
    )
    on = sheet(Settings((SEBAB, *SMART), 9, flags=flags))
    table = WORKSHEET.tally(on, {1: rows_of(*[("a", *row) for row in answers], columns=(SEBAB, *SMART))})
    assert [bool(row.flags) for row in table.rows] == [False in row for row in answers]
    assert ["Sama sekali tidak" in row.flags for row in table.rows] == [
        set(row) == {False} for row in answers
    ]
    assert table.flagged == sum(False in row for row in answers)
    assert [(flag.color, flag.rows) for flag in table.flags] == [
        ("kuning", table.flagged),
        ("", sum(set(row) == {False} for row in answers)),
    ]


def test_a_row_that_links_to_nothing_is_marked_and_later_activities_can_ask_for_it():
    flag = Flag("Tidak terhubung", (Condition("program", "empty", "true"),), color="merah")
    on = sheet(
        Settings((SEBAB, Column("program", "Program", "reference", optional=True)), flags=(flag,)),
        inputs={"ref.program": PROGRAMS},
    )
    table = WORKSHEET.tally(on, {1: rows_of(("a", None), ("b", "1"), columns=LINKED.columns)})
    assert [row.flags for row in table.rows] == [("Tidak terhubung",), ()]
    items = WORKSHEET.items(on, table)
    wanted = (Condition("tanda", "is", "Tidak terhubung"),)
    assert [item.text for item in items if all_hold(wanted, item.fields)] == ["a"]


@pytest.mark.parametrize(("field", "marked"), [("program.strategi", True), ("program.lain", False)])
def test_flags_look_into_the_rows_referred_to(field, marked):
    on = sheet(
        Settings(LINKED.columns, flags=(Flag("Ada", (Condition(field, "filled"),)),)),
        inputs={"ref.program": PROGRAMS},
    )
    table = WORKSHEET.tally(on, {1: rows_of(("a", "1"), columns=LINKED.columns)})
    assert bool(table.flagged) is marked
