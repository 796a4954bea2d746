"""The form of a table: what stands in it, what may be put into it, and how it is seen."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from documents.excel.form import heads
from documents.excel.form_cells import excel_formula, stored
from domain.formulas import parse
from domain.instruments.base import PLENARY
from domain.instruments.worksheet.columns import Column
from domain.instruments.worksheet.form import left_out, rows_to_take
from tests.documents.support.forms import DANA, MARK, STARTED, came_back, dana, form_of, started
from tests.documents.support.workbooks import HEAD, opened, rows_of

GREY = "FFE7E6E6"


def test_sheets_and_how_they_are_seen():
    book = opened(form_of(dana(("Pompa", "2.5", 100))))
    assert [(each.title, each.sheet_state) for each in book.worksheets] == [
        ("Isian", "visible"),
        ("Petunjuk", "visible"),
        ("Daftar", "hidden"),
        ("_formulir", "veryHidden"),
    ]
    page = book["Isian"]
    assert book.active is page
    assert page["B1"].value == "Rencana biaya"
    assert page.freeze_panes == "C6"
    assert page.column_dimensions["A"].hidden
    assert page.print_title_rows == "$5:$5"
    assert page.print_area == "'Isian'!$B$1:$E$46"
    assert page.page_setup.orientation == "landscape"


def test_heads_rows_and_empty_rows():
    page = opened(form_of(dana(("Pompa", "2.5", 100), ("Pipa", None, 7))))["Isian"]
    assert [cell.value for cell in page[HEAD]] == ["No. baris", "Uraian", "Volume (unit)", "Harga", "Jumlah"]
    assert [tuple(cell.value for cell in row[:4]) for row in page.iter_rows(min_row=6, max_row=8)] == [
        ("1.1", "Pompa", 2.5, 100),
        ("1.2", "Pipa", None, 7),
        (None, None, None, None),
    ]
    assert page.max_row == 6 + 2 + 40 - 1


def test_computed_cells_are_live_in_empty_rows_too():
    page = opened(form_of(dana(("Pompa", "2.5", 100))))["Isian"]
    assert page["E6"].value == '=IF(OR(C6="",D6=""),"",IFERROR((C6*D6),""))'
    assert page["E46"].value == page["E6"].value.replace("6", "46")


@pytest.mark.parametrize(
    ("text", "excel"),
    [
        ("a + 2 * b", '=IF(OR(B3="",C3=""),"",IFERROR((B3+(2*C3)),""))'),
        ("-(a - b) / 0.11", '=IF(OR(B3="",C3=""),"",IFERROR(((-(B3-C3))/0.11),""))'),
        ("percent(a, a)", '=IF(OR(B3=""),"",IFERROR((B3/B3*100),""))'),
        ("1 / 0", '=IFERROR((1/0),"")'),
    ],
)
def test_formulas(text, excel):
    assert excel_formula(parse(text, ("a", "b")), 2, {"a": 1, "b": 2}.__getitem__) == excel


def test_what_a_column_expects_stands_at_its_head():
    page = opened(form_of(dana()))["Isian"]
    assert page["B5"].comment.text == "Teks. Wajib diisi. Apa yang dibuat"
    assert page["C5"].comment.text == "Angka dalam unit. Boleh kosong."
    assert page["E5"].comment.text == "Dihitung otomatis. Tidak perlu diisi."


def test_cells_are_checked_by_excel_itself():
    page = opened(form_of(started()))["Isian"]
    rules = {str(rule.sqref).split(":")[0]: rule for rule in page.data_validations.dataValidation}
    found = {place: (rule.type, rule.formula1, rule.errorStyle or "stop") for place, rule in rules.items()}
    assert found == {
        "B6": ("textLength", "200", "stop"),
        "C6": ("decimal", "-1000000000000000", "stop"),
        "D6": ("decimal", "-1000000000000000", "stop"),
        "E6": ("date", "18264", "stop"),
        "F6": ("list", "Daftar!$A$1:$A$2", "stop"),
        "G6": ("list", "Daftar!$B$1:$B$2", "stop"),
        "H6": ("list", "Daftar!$C$1:$C$2", "warning"),
        "I6": ("list", "Daftar!$D$1", "stop"),
        "J6": ("list", "Isian!$B$6:$B$47", "warning"),
    }
    assert "Tulis tanggalnya" in rules["E6"].error


def test_the_lists_hold_what_can_be_chosen():
    lists = opened(form_of(started()))["Daftar"]
    columns = [[cell.value for cell in column if cell.value] for column in lists.iter_cols()]
    assert columns == [["APBD", "APBN, dan lainnya"], ["Ya", "Tidak"], ["Siti", "Budi"], ["Program air"]]


def test_what_earlier_results_fill_and_what_is_computed_is_grey():
    page = opened(form_of(started()))["Isian"]
    grey = {cell.coordinate for row in page["B6:K7"] for cell in row if cell.fill.fgColor.rgb == GREY}
    assert grey == {"B6", "C6", "F6", "K6", "B7", "C7", "K7"}


def test_a_table_that_takes_no_rows_has_no_empty_ones():
    page = opened(form_of(started(add=False)))["Isian"]
    assert page.max_row == 7


def test_what_people_wrote_is_text_whatever_it_looks_like():
    odd = ['=HYPERLINK("http://x")', "+1", "@SUM(A1)", "http://contoh.id", "00123", "a\x00b\ud800"]
    page = opened(form_of(dana(*[(text, None, 1) for text in odd])))["Isian"]
    cells = [page.cell(row, 2) for row in range(6, 12)]
    assert [cell.data_type for cell in cells] == ["s"] * 6
    assert [cell.value for cell in cells] == [*odd[:5], "ab?"]
    assert not any(cell.hyperlink for cell in cells)


def test_members_rows_are_left_out_while_they_still_answer():
    desk = started(
        {"pick/1": "R1", "R1.capaian": "75"}, {"0.more": True, "1.indikator": "Rahasia", "1.target": "1"}
    )
    assert "Rahasia" not in str(rows_of(form_of(desk, hides=True)))
    assert [row[3] for row in rows_of(form_of(desk, hides=True))] == [None, None]
    assert [row[3] for row in rows_of(form_of(desk))][:1] == [75]
    room = desk.ballots | {PLENARY: {"pick/1": "R1", "R1.capaian": "9"}}
    shown = form_of(type(desk)(desk.sheet, room), hides=True)
    assert [row[3] for row in rows_of(shown)] == [9, None]


def test_the_guide_says_how_each_column_is_filled_in():
    guide = opened(form_of(dana()))["Petunjuk"]
    lines = [[cell.value for cell in row if cell.value] for row in guide.iter_rows()]
    assert ["Uraian", "Teks", "wajib", "Apa yang dibuat"] in lines
    assert ["Jumlah", "Dihitung otomatis", "dihitung otomatis"] in lines
    assert any("kirim berkasnya ke asisten" in line[0] for line in lines if line)


def test_columns_of_the_same_title_have_heads_of_their_own():
    columns = tuple(
        Column(f"k{n}", title, "text") for n, title in enumerate(("Target", "target", "Target\n[2]"))
    )
    assert heads(columns) == ("Target", "target [2]", "Target [2] [2]")


ROW = st.tuples(
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).filter(str.strip),
    st.none() | st.decimals(-(10**12), 10**12, places=2).map(lambda number: f"{number:f}"),
    st.integers(0, 10**15),
)


@settings(max_examples=25)
@given(st.lists(ROW, min_size=1, max_size=6))
def test_a_form_that_comes_back_untouched_changes_nothing(rows):
    desk = dana(*rows)
    form = came_back(form_of(desk))
    assert form.mark == MARK
    assert rows_to_take(desk, form) == []
    assert (left_out(form), form.ignored, form.troubles) == (0, (), ())
    assert len(form.issued) == len([row for row in form.rows if row.id])


@pytest.mark.parametrize("hides", [True, False])
def test_one_of_every_kind_comes_back_untouched(hides):
    cells = {"R1.capaian": "75", "R1.mulai": "2026-12-01", "R1.sumber": "1", "R1.siap": False, "R1.pj": "2"}
    desk = started({"pick/1": "R1", **cells, "R1.program": "1", "R1.induk": None})
    assert rows_to_take(desk, came_back(form_of(desk, hides=hides))) == []


def test_numbers_too_long_for_excel_are_kept_as_they_are_written():
    assert stored(DANA[1], "12345678901234567.5") == "12345678901234567.5"
    assert stored(DANA[1], "7/3") == pytest.approx(7 / 3)
    assert stored(DANA[2], 10**15) == str(10**15)


def test_the_file_stays_small():
    rows = [(f"Baris {n}", "1.5", n) for n in range(30)]
    assert len(form_of(dana(*rows))) < 40_000
    assert re.match(rb"PK", form_of(started(columns=STARTED)))
