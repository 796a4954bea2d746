"""A row of numbers without a name below the head: weights by what they add up to or explain, else people are asked."""

import pytest

from domain.table_check import text as check_text
from domain.table_check.nameless import AS_ITEM, AS_WEIGHTS, doubtful_row, settled
from domain.table_check.tables import check_all
from tests.support.tables_to_check import checked, found_in

HEAD = "No;Program;Dampak;Mutu;Biaya;Jumlah;Rangking\n"
WHOLE = HEAD + ";;40;30;30;;\n1;IPAL;4;5;3;{};2\n2;TPS;5;4;4;4,4;1\n3;MCK;3;3;3;3;3"
PARTS = HEAD + ";;4;3;3;;\n1;IPAL;4;5;3;{};{}\n2;TPS;5;4;4;{};{}"


def test_weights_that_add_up_need_no_word():
    assert found_in(WHOLE.format(4)) == []
    assert found_in(WHOLE.format("4,2")) == [("total", "IPAL", "4,2", "4")]
    assert doubtful_row(check_text.read(WHOLE.format(4))) == ""


def test_a_row_that_explains_the_totals_is_what_it_explains_them_as():
    rows = check_text.read(PARTS.format(40, 2, 44, 1))
    assert doubtful_row(rows) == ""
    (table,) = check_all(settled(rows)).tables
    assert ([each.name for each in table.rows], table.findings) == (["TPS", "IPAL"], ())


@pytest.mark.parametrize(("answer", "names"), [(AS_WEIGHTS, 2), (AS_ITEM, 3)])
def test_where_nothing_tells_people_are_asked(answer: str, names: int):
    rows = check_text.read(PARTS.format("", 2, "", 1))
    assert doubtful_row(rows) == "4; 3; 3"
    (table,) = check_all(settled(rows, answer)).tables
    assert (len(table.rows), bool(table.criteria[0].weight)) == (names, answer == AS_WEIGHTS)


@pytest.mark.parametrize("text", [HEAD + "1;IPAL;4;5;3;12;1\n2;TPS;5;4;4;13;2", "halo", "a;b\nc;d", ""])
def test_other_tables_raise_no_question(text: str):
    rows = check_text.read(text) if ";" in text else ()
    assert doubtful_row(rows) == ""
    assert settled(rows) == rows


def test_a_last_row_without_a_name_that_adds_up_is_a_row_of_sums():
    text = "N;K1;K2;Jumlah\nA;1;2;3\nB;2;2;4\nC;3;1;4\n;6;5;{}"
    assert found_in(text.format(11)) == []
    assert len(checked(text.format(11)).rows) == 3
