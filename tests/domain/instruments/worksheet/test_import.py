"""A table filled in as a file: cells obey the rules of typed answers, and what is wrong is told by row and column."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.dialog.questions import Money, Number, Typed
from domain.dialog.reading import canonical
from domain.faults import Rejected
from domain.instruments.base import UNDO, Desk, Item, Move
from domain.instruments.worksheet.columns import Column, Settings
from domain.instruments.worksheet.importing import MOST_ROWS, read_rows, typed
from tests.support.desks.worksheet import WORKSHEET, rows_of
from tests.support.driving import sheet, with_moves

COLUMNS = (
    Column("uraian", "Uraian", "text", longest=20),
    Column("volume", "Volume", "number", optional=True),
    Column("harga", "Harga", "money", optional=True),
    Column(
        "jumlah", "Jumlah", "computed", formula=("*", ("name", "volume"), ("name", "harga")), look="money"
    ),
    Column("mulai", "Mulai", "date", optional=True),
    Column("sumber", "Sumber", "choice", optional=True, options=("APBD", "APBN")),
    Column("rutin", "Rutin", "yes_no", optional=True),
    Column("pj", "PJ", "person", optional=True, free=True),
    Column("program", "Program", "reference", optional=True),
    Column("induk", "Induk", "reference", own=True),
)
KEYS = [column.key for column in COLUMNS]
INPUTS = {
    "people": (Item("1", "Siti"), Item("2", "Budi")),
    "ref.program": (Item("1", "Air bersih"), Item("2", "Sampah"), Item("3", "sampah ")),
}
WRITTEN = tuple(column for column in COLUMNS if column.key != "jumlah")
BALLOT = rows_of(
    ("pipa", "2", 5, None, "0", None, "1", "2", None),
    ("pompa", None, None, None, None, None, None, None, "1"),
    columns=WRITTEN,
)


def desk_of(**settings: object):
    return Desk(sheet(Settings(COLUMNS, **settings), inputs=INPUTS), {1: BALLOT})


def row(id_="", **cells: str):
    return {"id": id_, "cells": [cells.get(key) for key in KEYS]}


def taken_in(desk, *rows: dict):
    """The desk after the file was taken in."""
    values, faults = read_rows(desk, rows)
    assert faults == []
    number = 1 + max((move.number for move in desk.sheet.moves), default=0)
    return with_moves(desk, [*desk.sheet.moves, Move(number, "fill", values, "Siti")])


def rows_after(desk, *rows: dict):
    return WORKSHEET.tally(*_parts(taken_in(desk, *rows))).rows


def _parts(desk):
    return desk.sheet, desk.ballots


def faults_of(*rows: dict, desk=None):
    return [(each.row, each.column, each.fault.code) for each in read_rows(desk or desk_of(), rows)[1]]


FULL = row(
    uraian="kabel",
    volume="1.250,5",
    harga="1,5 juta",
    mulai="1/12/2026",
    sumber="apbn",
    rutin="Ya",
    pj="budi",
    program="AIR  bersih",
    induk="Pipa",
)


def test_a_file_is_read_as_people_write():
    kabel = rows_after(desk_of(), FULL)[-1]
    assert kabel.cells == (
        "kabel",
        "1250.5",
        1_500_000,
        "1875750000",
        "2026-12-01",
        "APBN",
        True,
        "Budi",
        "Air bersih",
        "pipa",
    )
    assert not kabel.edited


def test_rows_of_the_table_are_replaced_by_their_ids_and_others_stay():
    pipa, pompa, kabel = rows_after(
        desk_of(), row("1.2", uraian="pompa baru", induk="pipa"), row(uraian="kabel")
    )
    assert (pipa.text, pipa.edited) == ("pipa", False)
    assert (pompa.id, pompa.text, pompa.cells[-1], pompa.edited) == ("1.2", "pompa baru", "pipa", True)
    assert kabel.text == "kabel"


def test_a_file_sent_back_as_it_was_changes_nothing():
    same = [
        row(
            "1.1",
            uraian="pipa",
            volume="2",
            harga="5",
            jumlah="10",
            sumber="APBD",
            pj="Siti",
            program="Sampah",
        ),
        row("1.2", uraian="pompa", induk="pipa"),
    ]
    before = WORKSHEET.tally(*_parts(desk_of()))
    assert WORKSHEET.tally(*_parts(taken_in(desk_of(), *same))) == before


def test_taking_in_a_file_can_be_undone():
    desk = taken_in(desk_of(), FULL)
    undone = with_moves(desk, [*desk.sheet.moves, Move(9, UNDO, {})])
    assert WORKSHEET.tally(*_parts(undone)) == WORKSHEET.tally(*_parts(desk_of()))


def test_a_row_gone_by_the_time_is_passed_over():
    values, _ = read_rows(desk_of(), [row("1.2", uraian="pompa baru")])
    moves = [Move(1, "remove", {"row": "1.2"}), Move(2, "fill", values)]
    assert [each.text for each in WORKSHEET.tally(*_parts(with_moves(desk_of(), moves))).rows] == ["pipa"]


def test_an_ordered_table_takes_the_files_order():
    desk = desk_of(ordered=True)
    texts = [each.text for each in rows_after(desk, row(uraian="kabel"), row("1.2", uraian="pompa"))]
    assert texts == ["kabel", "pompa", "pipa"]


def test_rows_of_the_file_refer_to_each_other():
    rows = rows_after(
        desk_of(tree="induk"), row(uraian="a", induk="b"), row(), row(uraian="b", induk="pompa")
    )
    assert [(each.text, each.depth) for each in rows] == [("pipa", 0), ("pompa", 1), ("b", 2), ("a", 3)]


def test_a_copied_row_is_a_new_one():
    rows = rows_after(desk_of(), row("1.1", uraian="pipa"), row("1.1", uraian="pipa kecil"))
    assert [each.text for each in rows] == ["pipa", "pompa", "pipa kecil"]


@pytest.mark.parametrize(
    ("cells", "fault"),
    [
        ({"uraian": "x" * 21}, ("uraian", "text_too_long")),
        ({"volume": "1"}, ("uraian", "cell_empty")),
        ({"volume": "dua"}, ("volume", "not_a_number")),
        ({"volume": "1,234"}, ("volume", "too_many_decimals")),
        ({"harga": "mahal"}, ("harga", "not_money")),
        ({"mulai": "kapan"}, ("mulai", "not_a_date")),
        ({"sumber": "APBX"}, ("sumber", "cell_not_listed")),
        ({"rutin": "mungkin"}, ("rutin", "cell_yes_no")),
        ({"program": "Jalan"}, ("program", "cell_not_listed")),
        ({"program": "SAMPAH"}, ("program", "cell_ambiguous")),
        ({"induk": "kawat"}, ("induk", "cell_not_listed")),
        ({"uraian": "b", "induk": "b"}, ("induk", "cell_loop")),
    ],
)
def test_what_is_wrong_is_told_by_row_and_column(cells, fault):
    filled = cells if fault[1] == "cell_empty" else {"uraian": "a", **cells}
    assert faults_of(FULL, row(**filled)) == [(2, *fault)]


def test_rows_that_stand_below_each_other_are_refused():
    assert faults_of(row("1.1", uraian="pipa", induk="pompa")) == [(1, "induk", "cell_loop")]


def test_whole_rows_can_be_wrong():
    assert faults_of(row("9.9", uraian="a")) == [(1, "", "row_gone")]
    assert faults_of(row(), {"id": "", "cells": ["a"]}) == [(2, "", "wrong_columns")]
    assert faults_of(*[row(uraian="a")] * (MOST_ROWS + 1)) == [(0, "", "too_many_rows")]


def test_a_table_that_takes_no_rows_takes_none_from_a_file():
    inputs = {"rows": (Item("1", "Cakupan", fields={"target": "80"}),)}
    columns = (
        Column("uraian", "Uraian", "text", value_from="text"),
        Column("target", "Target", "number"),
        Column("capaian", "Capaian", "number"),
    )
    desk = Desk(sheet(Settings(columns, starts=True, add=False), inputs=inputs), {})
    assert [each.fault.code for each in read_rows(desk, [{"id": "", "cells": ["a", "1", "1"]}])[1]] == [
        "no_new_rows"
    ]
    open_yet = [{"id": "R1", "cells": ["Cakupan", "80", None]}]
    assert read_rows(desk, open_yet)[1] == []
    assert [
        each.fault.code for each in read_rows(desk, [{"id": "R1", "cells": ["Cakupan", "", "7"]}])[1]
    ] == ["cell_empty"]
    filled = taken_in(desk, {"id": "R1", "cells": ["Cakupan", "80", "7,5"]})
    assert WORKSHEET.tally(*_parts(filled)).rows[0].cells == ("Cakupan", "80", "7.5")


def read(question, text):
    try:
        return question.read(Typed(text))
    except Rejected as rejected:
        return rejected.fault.code


@given(st.text(alphabet="0123456789.,-Rpjuta ", min_size=1, max_size=12).filter(str.strip))
def test_a_cell_is_read_as_the_same_text_typed(text):
    for key, question in (
        ("volume", Number(key="k", optional=True)),
        ("harga", Money(key="k", optional=True)),
    ):
        values, faults = read_rows(desk_of(), [row(uraian="a", **{key: text})])
        found = faults[0].fault.code if faults else values["rows"][0]["cells"][KEYS.index(key)]
        assert found == read(question, text)


@given(st.decimals(-(10**9), 10**9, places=2))
def test_a_spreadsheets_number_is_the_number_people_would_type(number):
    assert Number(key="k").read(Typed(typed(float(number)))) == canonical(number)
    assert Number(key="k").read(Typed(typed(number))) == canonical(number)


def test_a_spreadsheets_cells_are_texts():
    cells = [
        None,
        "a",
        True,
        False,
        5,
        0.1 + 0.2,
        1.125,
        Decimal("1.5"),
        date(2026, 12, 1),
        datetime(2026, 12, 1, tzinfo=UTC),
    ]
    assert [typed(each) for each in cells] == [
        None,
        "a",
        "ya",
        "tidak",
        "5",
        "0,3",
        "1,125",
        "1,5",
        "2026-12-01",
        "2026-12-01",
    ]
