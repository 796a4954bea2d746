"""A checked table as a workbook: its formulas give what was computed exactly, and what people typed stays text."""

import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from documents.excel.table_reading import read_table
from documents.excel.writer import excel
from documents.sheets.checking import workbook
from documents.sheets.model import Workbook
from domain.table_check.check import check
from tests.documents.support.forms import WORDING
from tests.documents.support.office import converted
from tests.support.tables_to_check import checked

TABLES = {
    "weighted": "N; K1 (60%); K2 (40%); Total; Peringkat\nA; 4; 3; 3,5; 1\nB; 5; 4; 4,6; 2\nC; 5; 4; 4,6; 3",
    "by 100": "N; K1; K2; Total\nBobot; 60; 40;\nA; 4; 3; 3,6\nB; 5; 4; 4,7",
    "by weights": "N; K1; K2; Total\nBobot; 3; 2;\nA; 4; 3; 3,6\nB; 5; 4; 4,6",
    "by thirds": "N; K1; K2; Total\nBobot; 1/3; 1/2;\nA; 4; 3; 3,4\nB; 5; 4; 4,4",
    "sum": "N; K1; K2; Total\nA; 4; 3; 7\nB; 5; 4; 8",
    "mean": "N; K1; K2; Total\nA; 4; 3; 3,5\nB; 5; 4; 4,5",
    "product": "N; C; A; R; Nilai\na; 4; 3; 2; 24\nb; 2; 2; 3; 12\nc; 5; 1; 2; 10",
    "unknown": "N; C; A; Nilai; Rank\na; 4; 3; 90; 1\nb; 2; 2; 80; 2\nc; 5; 1; 70; 3",
    "given": "N; Total; Rank\nA; 3,5; 1\nB; 4; 1",
    "unread": "N; K1 (60%); K2 (40%); Total\nA; x; 3; 3,5\nB; 5; 4; 4,6",
}


def made(name: str) -> bytes:
    return excel(workbook(WORDING, checked(TABLES[name])))


def page(content: bytes, *, values: bool = False) -> Any:
    return openpyxl.load_workbook(io.BytesIO(content), data_only=values).active


@pytest.mark.parametrize("name", TABLES)
def test_the_values_kept_with_the_formulas_are_the_exact_ones(name: str):
    found = checked(TABLES[name])
    rows = {row[0].value: row for row in page(made(name), values=True).iter_rows(min_row=4)}
    at = 1 + len(found.criteria)
    for each in found.rows:
        total, rank = rows[each.name][at].value, rows[each.name][at + 1].value
        assert total == pytest.approx(float(each.total))
        assert rank == each.rank


def test_formulas_are_computed_alike_by_another_program(tmp_path: Path):
    sheets = [workbook(WORDING, checked(text)).sheets[0] for text in TABLES.values()]
    content = excel(Workbook("Semua", tuple(sheets)))
    renewed = converted(content, "hasil.xlsx", "xlsx", tmp_path)
    before, after = (openpyxl.load_workbook(io.BytesIO(each), data_only=True) for each in (content, renewed))
    assert len(after.worksheets) == len(TABLES)
    for one, other in zip(before.worksheets, after.worksheets, strict=True):
        values = [[cell.value for cell in row] for row in one]
        assert [[cell.value for cell in row] for row in other] == [
            [pytest.approx(value) if isinstance(value, float) else value for value in row] for row in values
        ]


def test_a_row_that_cant_be_computed_keeps_what_was_given():
    rows = {row[0].value: [cell.value for cell in row] for row in page(made("unread")).iter_rows(min_row=5)}
    assert rows["A"][1:4] == ["x", 3, 3.5]
    assert str(rows["B"][3]).startswith("=ROUND(SUMPRODUCT(")


def test_what_was_typed_stays_text():
    hostile = ('=HYPERLINK("x")', "+1+1 <b>&", "@SUM(A1)", "../../x")
    lines = "\n".join(f"{name};1;2;3" for name in hostile)
    content = excel(workbook(WORDING, checked(f"Nama;K1;=K2;Total\n{lines}\nB;2;2;4")))
    names = [row[0] for row in page(content).iter_rows(min_row=4)]
    assert {cell.value for cell in names} >= set(hostile)
    assert {cell.data_type for cell in names if cell.value} == {"s"}


@pytest.mark.parametrize("name", ["weighted", "by weights", "sum", "mean", "product"])
def test_the_workbook_itself_holds_when_it_is_checked(name: str):
    """It comes back with weights above, formulas with their values, and no finding."""
    found = check(read_table(made(name), "hasil.xlsx").rows)
    assert [each for each in found.findings if each.column in {"Total", "Peringkat"}] == []
