import io
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.excel.writer import excel, sheet_names
from documents.sheets.model import (
    DATE,
    DECIMAL,
    MONEY,
    PERCENTS,
    SHARE,
    TEXT,
    WHOLE,
    Column,
    Jump,
    Live,
    Row,
    Sheet,
    Workbook,
    excel_formula,
)
from documents.sheets.results import from_result
from domain.formulas import evaluate, parse
from domain.freezing import plain, revive
from tests.documents.support.office import recalculated
from tests.documents.support.paper_samples import HOSTILE, LONG_TEXT
from tests.support.scenes import tallied

CALCULATING = (
    "worksheet",
    "scoring",
    "weighting",
    "pairwise",
    "agreement",
    "selection",
    "checklist",
    "rating_rings",
)
COSTS = Sheet(
    "Biaya & <kegiatan>",
    (
        Column("nama", "Kegiatan"),
        Column("volume", "Volume", DECIMAL),
        Column("harga-satuan", "Harga", MONEY, total=True),
        Column("jumlah", "Jumlah", MONEY, total=True),
        Column("bagian", "Bagian", SHARE, 1),
        Column("hari", "Hari", DATE),
    ),
    tuple(
        Row(
            (
                f"Kegiatan {n}",
                Decimal("1.5") * n,
                1000 * n,
                Live("{volume}*{harga-satuan}", 1500 * n * n),
                Live("{jumlah}/SUM({jumlah:all})", Fraction(n * n, 14)),
                date(2026, 11, n),
            )
        )
        for n in (1, 2, 3)
    ),
    notes=("Sumber: rapat.",),
)


def opened(*sheets: Sheet, values: bool = False) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(excel(Workbook("Biaya", sheets))), data_only=values)


def cells(page: object) -> list[list[object]]:
    return [[cell.value for cell in row] for row in page.iter_rows()]


def test_formulas_are_live_and_show_their_value_before_they_are_computed():
    page, shown = opened(COSTS).active, opened(COSTS, values=True).active
    assert page["D4"].value == "=B4*C4"
    assert page["E5"].value == "=D5/SUM($D$4:$D$6)"
    assert page["D7"].value == "=SUM(D4:D6)"
    assert [shown[place].value for place in ("D4", "D5", "D7")] == [1500, 6000, 21000]
    assert shown["E5"].value == pytest.approx(4 / 14)
    assert shown["A7"].value == "Jumlah"


def test_numbers_are_numbers_and_days_are_days():
    page = opened(COSTS).active
    assert page["B4"].value == 1.5
    assert page["F4"].value.date() == date(2026, 11, 1)
    assert page["C4"].number_format == '"Rp"#,##0'
    assert page["E4"].number_format == "0.0%"
    assert page["A9"].value == "Sumber: rapat."


def test_the_head_stays_in_sight_and_on_every_page():
    page = opened(COSTS).active
    assert page.freeze_panes == "B4"
    assert page.print_title_rows == "$3:$3"
    assert page.print_area.endswith("$A$1:$F$9")
    assert page.page_setup.paperSize == 9
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert "Halaman &P dari &N" in page.oddFooter.right.text


@pytest.mark.parametrize(
    "text",
    [*HOSTILE, LONG_TEXT, "+1", "-2+3", "@SUM(A1)", "{=1+1}", "=1+1", "12", "http://contoh.id", "_x0041_"],
)
def test_what_people_typed_stays_text(text):
    page = opened(
        Sheet(text, (Column("a", text), Column("b", "Angka", DECIMAL)), (Row((text, text)),))
    ).active
    assert page["A4"].value == page["A3"].value == page["A1"].value == text
    assert page["A4"].data_type == "s"
    assert page["A4"].hyperlink is None
    assert page["B4"].data_type == ("n" if text == "12" else "s")


def test_a_text_too_long_for_a_cell_ends_in_a_sign_that_it_goes_on():
    page = opened(Sheet("x", (Column("a", "A"),), (Row(("y" * 40_000,)),))).active
    assert len(page["A4"].value) == 32_767
    assert page["A4"].value.endswith("y…")


@pytest.mark.parametrize("sign", ["\x00", "\x0b", "\x1f", "\ud800", "\uffff"])
def test_signs_that_xml_refuses_do_not_break_the_file(sign):
    assert (
        "kata" in opened(Sheet(f"x{sign}", (Column("a", "A"),), (Row((f"kata{sign}",)),))).active["A4"].value
    )


@pytest.mark.parametrize("title", ["\x00\x1f", "\ud800 kata", "a\nb", "", "x" * 3000])
def test_any_title_can_be_kept(title):
    openpyxl.load_workbook(io.BytesIO(excel(Workbook(title, (replace(COSTS, title=title),), title))))


@given(st.lists(st.text(max_size=50), max_size=8))
def test_every_title_becomes_a_name_that_excel_takes(titles):
    names = sheet_names(titles)
    assert len({name.casefold() for name in names}) == len(titles)
    assert all(
        0 < len(name) <= 31 and not set(name) & set("[]:*?/\\") and name.strip("'") == name for name in names
    )


def test_sheets_of_one_name_are_told_apart_and_can_be_opened():
    titles = ["Prioritas", "prioritas", "x" * 40, "x" * 40, "History", "", "a/b:c*?[d]", "'kutip'"]
    book = opened(*(replace(COSTS, title=title) for title in titles))
    assert book.sheetnames[:3] == ["Prioritas", "prioritas (2)", "x" * 31]
    assert len(book.sheetnames) == len(titles)


def test_an_empty_workbook_and_an_empty_table_can_be_opened():
    assert len(opened().sheetnames) == 1
    page = opened(Sheet("Kosong", COSTS.columns, ())).active
    assert page["A3"].value == "Kegiatan"


FORMULAS = st.recursive(
    st.sampled_from(["a", "b", "2", "0.5"]),
    lambda inner: st.one_of(
        st.builds("({} {} {})".format, inner, st.sampled_from("+-*"), inner), st.builds("-{}".format, inner)
    ),
    max_leaves=6,
)


@given(FORMULAS, st.integers(-50, 50), st.integers(-50, 50))
def test_a_formula_of_a_process_means_the_same_in_excel(text, a, b):
    formula = parse(text, {"a", "b"})
    values = {"a": Fraction(a), "b": Fraction(b)}
    python = excel_formula(formula).replace("{a}", "(a)").replace("{b}", "(b)")
    assert evaluate(formula, values.get) == pytest.approx(eval(python, {"a": a, "b": b}))  # noqa: S307 - ours


def test_a_percentage_is_out_of_a_hundred():
    assert excel_formula(parse("percent(a, b-c)", {"a", "b", "c"})) == "({a}/({b}-{c})*100)"


@pytest.mark.parametrize("name", CALCULATING)
def test_a_result_that_was_kept_gives_the_same_sheets(name):
    fresh = tallied(name)
    kept = from_result(name, "Hasil", revive(plain(fresh)))
    made = from_result(name, "Hasil", fresh)
    assert made
    assert [cells(page) for page in opened(*kept)] == [cells(page) for page in opened(*made)]
    assert [cells(page) for page in opened(*kept, values=True)] == [
        cells(page) for page in opened(*made, values=True)
    ]


def test_what_calculates_nothing_has_no_sheet():
    assert from_result("cards", "Kartu", tallied("cards")) == ()


def test_totals_are_weight_times_score_and_ranks_follow():
    result = tallied("scoring")
    page = opened(*from_result("scoring", "Prioritas", result)).worksheets[0]
    last = len(result.criteria) + 1
    letters = "ABCDEFGHIJ"
    span = f"B5:{letters[last - 1]}5"
    assert page.cell(5, last + 1).value == f"=ROUND(SUMPRODUCT($B$4:${letters[last - 1]}$4,{span}),10)"
    assert page.cell(5, last + 2).value.startswith(f"=RANK({letters[last]}5,${letters[last]}$5:")
    assert page.cell(4, 1).value == "Bobot"


@pytest.mark.parametrize("name", CALCULATING)
def test_libreoffice_computes_what_the_bot_computed(name, tmp_path):
    sheets = from_result(name, "Hasil", tallied(name))
    data = excel(Workbook("Hasil", sheets, "Pokja", datetime(2026, 11, 23, tzinfo=UTC)))
    ours = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    theirs = recalculated(data, tmp_path)
    assert any(isinstance(cell, Live) for sheet in sheets for row in sheet.rows for cell in row.cells)
    for mine, other in zip(ours.worksheets, theirs.worksheets, strict=True):
        for cell in (cell for row in mine.iter_rows() for cell in row):
            found = other[cell.coordinate].value
            if isinstance(cell.value, float):
                assert found == pytest.approx(cell.value, rel=1e-12, abs=1e-9)
            else:
                assert (found or "") == (cell.value or "")


def test_libreoffice_recalculates_rather_than_believing_us(tmp_path):
    lying = replace(COSTS, rows=(Row(("a", 2, 3, Live("{volume}*{harga-satuan}", 999), Live("1", 1), None)),))
    page = recalculated(excel(Workbook("x", (lying,))), tmp_path).active
    assert (page["D4"].value, page["D5"].value) == (6, 6)


def test_a_line_of_contents_leads_to_its_sheet():
    first = Sheet("Isi", (Column("isi", "Isi"),), (Row((Jump("Biaya & 'harga'", 1),)),))
    book = opened(first, Sheet("Biaya & 'harga'", (Column("a", "A"),), ()))
    cell = book.worksheets[0]["A4"]
    assert cell.value == "Biaya & 'harga'"
    assert cell.hyperlink.location == f"'{book.sheetnames[1].replace(chr(39), 2 * chr(39))}'!A1"


def test_kinds_have_formats():
    columns = tuple(
        Column(kind, kind, kind, 1) for kind in (TEXT, WHOLE, DECIMAL, MONEY, PERCENTS, SHARE, DATE)
    )
    page = opened(
        Sheet("x", columns, (Row(("a", 1, "7/3", 5, "12.5", Fraction(1, 8), "2026-11-23")),))
    ).active
    assert [cell.number_format for cell in page[4]] == [
        "@",
        "#,##0",
        "#,##0.0",
        '"Rp"#,##0',
        '0.0"%"',
        "0.0%",
        "d mmm yyyy",
    ]
    assert page["C4"].value == pytest.approx(7 / 3)
    assert page["G4"].value.date() == date(2026, 11, 23)
