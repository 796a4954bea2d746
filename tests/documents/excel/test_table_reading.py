"""Tables in files: what is read of them, and what is refused before anything is read."""

import io
import zipfile
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import openpyxl
import pytest

from documents.excel.table_reading import FoundTable, read_table
from documents.excel.writer import excel
from documents.sheets.model import Column, Live, Row, Sheet, Workbook
from domain.faults import Rejected
from domain.table_check.check import check
from tests.documents.support.forms import WORDING
from tests.documents.support.workbooks import LOCKED, OLD_XLS, bomb, saved, with_part

ROWS = [
    ("Nama", "K1 (60%)", "K2 (40%)", "Total", "Peringkat"),
    ("Sumur", 4, 3, 3.6, 2),
    ("Pipa", 5, 4, 4.6, 1),
]


def book(*rows: tuple[Any, ...], edit: Callable[[Any], object] = lambda book: None) -> bytes:
    made = openpyxl.Workbook()
    for row in rows:
        made.active.append(row)
    edit(made)
    return saved(made)


def found(content: bytes, name: str = "skor.xlsx") -> FoundTable:
    return read_table(content, name)


def texts(content: bytes) -> list[list[str]]:
    rows = found(content).rows
    return [[cell.text for cell in row if cell.text] for row in rows]


def code(content: bytes, name: str = "skor.xlsx") -> str:
    with pytest.raises(Rejected) as rejected:
        read_table(content, name)
    fault = rejected.value.fault
    assert "formulir" not in WORDING.plain(f"fault.{fault.code}", **fault.details)
    return fault.code


def test_numbers_and_texts():
    assert texts(book(*ROWS))[1:] == [["Sumur", "4", "3", "3,6", "2"], ["Pipa", "5", "4", "4,6", "1"]]
    assert check(found(book(*ROWS)).rows).findings == ()


def test_percents_are_read_as_they_are_shown():
    def look(made: Any) -> None:
        for cell in made.active[2]:
            cell.number_format = "0%"

    content = book(
        ("Nama", "K1", "K2", "Total"), ("Bobot", 0.6, 0.4, 1), ("A", 4, 3, 3.6), ("B", 1, 1, 1), edit=look
    )
    assert texts(content)[1] == ["Bobot", "60%", "40%", "100%"]
    assert check(found(content).rows).findings == ()


def test_the_noise_of_binary_fractions_is_left_out():
    content = book(("Nama", "K1 (1/3)", "K2 (2/3)", "Total"), ("A", 0.1 + 0.2, 3, 2.1), ("B", 4, 3, 10 / 3))
    assert texts(content)[1:] == [["A", "0,3", "3", "2,1"], ["B", "4", "3", "3,33333333333"]]
    assert check(found(content).rows).findings == ()


def test_rows_keep_their_numbers():
    content = book((), ("Tabel 1",), (), *ROWS[:2], ("Pipa", 5, 4, 4.5, 1))
    (finding,) = check(found(content).rows).findings
    assert (finding.number, finding.row) == (6, "Pipa")


def test_formulas_count_by_the_values_they_had():
    rows = tuple(
        Row((name, first, second, Live("ROUND({k1}*0.6+{k2}*0.4,2)", value)))
        for name, first, second, value in (("A", 4, 3, "3.6"), ("B", 5, 4, "4.7"))
    )
    columns = (
        Column("n", "Nama"),
        Column("k1", "K1 (60%)", "decimal"),
        Column("k2", "K2 (40%)", "decimal"),
        Column("t", "Total", "decimal"),
    )
    content = excel(Workbook("x", (Sheet("x", columns, rows),)))
    (finding,) = check(found(content).rows).findings
    assert (finding.kind, finding.row, finding.given) == ("total", "B", "4,7")


def test_formulas_that_were_never_computed_are_told_once():
    content = book(ROWS[0], ("A", 4, 3, "=B2*0.6+C2*0.4", 2), ("B", 5, 4, "=B3*0.6+C3*0.4", 1))
    (finding,) = check(found(content).rows).findings
    assert (finding.kind, finding.column, finding.given) == ("no_value", "Total", "2")


def test_failed_formulas_are_told():
    content = book(ROWS[0], ("A", 4, 3, "#REF!", 2), ROWS[2])
    assert [(each.kind, each.row) for each in check(found(content).rows).findings] == [("error", "A")]


def test_of_several_sheets_the_first_that_can_be_checked():
    def add(made: Any) -> None:
        made.active.title = "Sampul"
        hidden = made.create_sheet("Rahasia")
        hidden.sheet_state = "hidden"
        for sheet in (hidden, made.create_sheet("Skor"), made.create_sheet("Lain")):
            for row in ROWS:
                sheet.append(row)

    table = found(book(("Laporan",), edit=add))
    assert (table.sheet, table.others) == ("Skor", ("Lain",))


def test_merged_heads():
    def merge(made: Any) -> None:
        made.active.merge_cells("B1:C1")
        made.active.merge_cells("A1:A2")

    content = book(
        ("Nama", "Kriteria", None, "Total"), (None, "K1 (60%)", "K2 (40%)"), ("A", 4, 3, 3.6), edit=merge
    )
    assert [each.title for each in check(found(content).rows).criteria] == ["K1", "K2"]


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "cp1252"])
def test_text_files(coding: str):
    content = "Nama;K1;K2;Total\nÉva;1;2;3\nB;2;2;4".encode(coding)
    assert found(content, "skor.csv").rows[1][0].text == "Éva"


def test_text_of_sixteen_bits_and_with_a_line_about_its_separator():
    content = "sep=;\r\nNama;K1;K2;Total\r\nÉva;1;2;3\r\nB;2;2;4".encode("utf-16")
    assert found(content, "skor.csv").rows[1][0].text == "Éva"
    assert found(content, "skor.csv").rows[0][0].text == "Nama"


def hide(made: Any) -> None:
    made.active.append(("IPA", 5, 5, 5, None))
    made.active.row_dimensions[4].hidden = True
    made.active["G1"], made.active["G2"], made.active["G3"] = "Catatan", 1, 2
    made.active.column_dimensions["G"].hidden = True
    made.active.column_dimensions["F"].hidden = True


def test_hidden_rows_and_columns_are_left_out_and_named():
    """A column without anything in it isn't worth a word."""
    table = found(book(*ROWS, edit=hide))
    assert table.hidden == ("4", "G")
    checked = check(table.rows)
    assert ([row.name for row in checked.rows], checked.findings) == (["Pipa", "Sumur"], ())


BROKEN = {
    "xl/styles.xml": (b'<patternFill patternType="gray125"/>', b""),
    "docProps/core.xml": (b"dcterms:W3CDTF", b"x"),
    "xl/workbook.xml": (b"<definedNames/>", b'<definedNames><definedName name=""/></definedNames>'),
    "xl/theme/theme1.xml": (b"<a:", b"<b:"),
}


@pytest.mark.parametrize("part", BROKEN)
def test_files_whose_looks_are_broken_are_read_all_the_same(part: str):
    """Excel opens them; percents stay percents."""

    def look(made: Any) -> None:
        made.active["B2"].number_format = "0.0%"

    content = book(("Nama", "K1", "K2", "Total"), ("Bobot", 0.6, 0.4, 1), ("A", 4, 3, 3.6), edit=look)
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        damaged = package.read(part).replace(*BROKEN[part])
    assert texts(with_part(content, part, damaged))[1] == ["Bobot", "60%", "0,4", "1"]


def open_document(rows: str, *, locked: bool = False) -> bytes:
    """A spreadsheet as LibreOffice writes it, with these rows."""
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text", "style")
    )
    hidden = '<style:style style:name="ta2"><style:table-properties table:display="false"/></style:style>'
    other = '<table:table table:name="Lain" table:style-name="ta2"/>'
    sheets = f'{other}<table:table table:name="Skor">{rows}</table:table>'
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr(
            "content.xml", f"<office:document-content {spaces}>{hidden}{sheets}</office:document-content>"
        )
        package.writestr("META-INF/manifest.xml", "<encryption-data/>" if locked else "<manifest/>")
    return stream.getvalue()


def open_row(*cells: str | float, more: str = "") -> str:
    def cell(value: str | float) -> str:
        if isinstance(value, str):
            return f'<table:table-cell office:value-type="string"><text:p>{value}</text:p></table:table-cell>'
        kind = f'office:value-type="float" office:value="{value}"'
        return f"<table:table-cell {kind}><text:p>?</text:p></table:table-cell>"

    return f"<table:table-row{more}>{''.join(map(cell, cells))}</table:table-row>"


PERCENT = (
    '<table:table-cell office:value-type="percentage" office:value="0.5" table:number-columns-repeated="2"/>'
)
EMPTY = '<table:table-row table:number-rows-repeated="1048570"><table:table-cell/></table:table-row>'


def test_tables_of_libreoffice():
    weights = f"<table:table-row>{open_row('Bobot')[17:-18]}{PERCENT}</table:table-row>"
    seen = open_row("Nama", "K1", "K2", "Total") + weights + open_row("A", 4, 3, 3.5)
    unseen = open_row("B", 1, 1, 9.5, more=' table:visibility="filter"')
    table = found(open_document(seen + unseen + open_row("C", 0.1 + 0.2, 1, 0.75) + EMPTY), "skor.ods")
    assert (table.sheet, table.hidden) == ("Skor", ("4",))
    assert [cell.text for cell in table.rows[1]] == ["Bobot", "50%", "50%"]
    assert [(each.row, each.expected) for each in check(table.rows).findings] == [("C", Fraction("0.65"))]


def test_failed_formulas_of_libreoffice_are_told():
    kind = 'table:formula="of:=1/0" office:value-type="string"'
    failed = f"<table:table-cell {kind}><text:p>#DIV/0!</text:p></table:table-cell>"
    row = f"<table:table-row>{open_row('A', 1, 2)[17:-18]}{failed}</table:table-row>"
    content = open_document(open_row("Nama", "K1", "K2", "Total") + row + open_row("B", 1, 2, 3))
    assert [each.kind for each in check(found(content, "skor.ods").rows).findings] == ["error"]


def drawn(content: bytes) -> bytes:
    return with_part(content, "xl/workbook.xml", b"<x/>")


@pytest.mark.parametrize(
    ("content", "name", "expected"),
    [
        (open_document("", locked=True), "skor.ods", "excel_locked"),
        (open_document("<oops"), "skor.ods", "excel_damaged"),
        (open_document("<!DOCTYPE x>"), "skor.ods", "excel_damaged"),
        (open_document(""), "skor.ods", "check_no_table"),
        (OLD_XLS, "skor.xls", "excel_old"),
        (LOCKED, "skor.xlsx", "excel_locked"),
        (b"", "skor.xlsx", "check_other_file"),
        (b"Nama;Total", "skor.xlsx", "check_other_file"),
        (b"PK\x03\x04", "skor.xlsx", "excel_damaged"),
        (b"\x00\x81\x8d", "skor.csv", "check_other_file"),
        (b"halo", "skor.txt", "check_no_table"),
        (b"x" * 5_000_001, "skor.csv", "excel_too_big"),
        (b"PK\x03\x04" + b"x" * 5_000_000, "skor.xlsx", "excel_too_big"),
        (book(), "skor.xlsx", "check_no_table"),
        (book(("a", "b"), ("c", "d")), "skor.xlsx", "check_no_head"),
        (book(*ROWS, *[("A", 1, 1, 1, 1)] * 500), "skor.xlsx", "check_too_big"),
        (book(*ROWS, *[("A", 1, 1, 1, 1)] * 900), "skor.xlsx", "check_too_big"),
        (book(("Nama", *["K"] * 30, "Total"), ("A", *[1] * 30, 30)), "skor.xlsx", "check_too_big"),
    ],
)
def test_what_cant_be_read_is_refused(content: bytes, name: str, expected: str):
    assert code(content, name) == expected


def test_no_more_is_looked_at_than_people_wait_for():
    def add(made: Any) -> None:
        for sheet in (made.active, made.create_sheet("Besar"), made.create_sheet("Skor")):
            for _ in range(450):
                sheet.append(["x"] * 29)
        for row in ROWS:
            made["Skor"].append(row)

    assert code(book(edit=add)) == "check_swollen"


def test_what_would_unpack_to_too_much_is_refused():
    assert code(bomb(book(*ROWS))) == "check_swollen"


def test_a_part_that_is_no_xml_is_damage():
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book(*ROWS))) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            new.writestr(name, b"<oops" if name.startswith("xl/worksheets/") else old.read(name))
    assert code(stream.getvalue()) == "excel_damaged"


def test_the_largest_table_is_taken():
    content = book(ROWS[0], *[("A", 5, 5, 5, 1)] * 499)
    assert len(check(found(content).rows).rows) == 499
