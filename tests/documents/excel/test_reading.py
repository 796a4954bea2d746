"""Forms that came back, whole and spoilt: what is read, and what people are told."""

import io
import zipfile

import pytest
from defusedxml import EntitiesForbidden
from openpyxl.utils import get_column_letter
from openpyxl.xml.constants import SHEET_MAIN_NS

from documents.excel import package as excel_package
from documents.excel import reading
from documents.excel.package import check_package
from domain.faults import Rejected
from domain.instruments.worksheet.form import is_reordered, left_out, rows_to_take, troubles_of
from tests.documents.support.forms import WORDING, came_back, dana, form_of, started, told
from tests.documents.support.workbooks import (
    LOCKED,
    OLD_XLS,
    bomb,
    changed,
    edited,
    opened,
    saved,
    with_part,
)
from tests.support.codes import codes_in

DESK = dana(("Pompa", "2.5", 100), ("Pipa", None, 7))
FORM = form_of(DESK)


def refused(content: bytes, name: str = "Isian.xlsx") -> tuple[str, dict]:
    with pytest.raises(Rejected) as rejected:
        reading.read_form(content, name)
    fault = rejected.value.fault
    assert WORDING.plain(f"fault.{fault.code}", **fault.details)
    return fault.code, dict(fault.details)


def taken(content: bytes, desk=DESK):
    """The cells that are not left alone, by row."""
    rows = rows_to_take(desk, came_back(content))
    return [(row.id, {key: text for key, text in row.cells.items() if key not in row.kept}) for row in rows]


def test_cells_that_changed_and_rows_that_are_new():
    content = changed(FORM, {"C6": 3, "B9": "Aki", "D9": 5})
    assert taken(content) == [("1.1", {"volume": "3"}), ("", {"uraian": "Aki", "volume": None, "harga": "5"})]


def test_a_cell_that_was_emptied_has_changed():
    assert taken(changed(FORM, {"C6": None})) == [("1.1", {"volume": None})]


def test_columns_may_stand_elsewhere_and_rows_above_may_be_added():
    def move(book):
        page = book["Isian"]
        page.move_range("D5:D60", cols=4)
        page.insert_rows(1, 3)
        page["H9"] = 9

    content = edited(FORM, move)
    assert taken(content) == [("1.1", {"harga": "9"})]
    assert came_back(content).letters == {"uraian": "B", "volume": "C", "harga": "H"}
    assert came_back(content).rows[0].number == 9


def test_a_column_more_is_told():
    content = changed(FORM, {"F5": "Catatan", "F6": "penting"})
    assert came_back(content).ignored == ("Catatan",)
    assert taken(content) == []


def test_rows_that_were_deleted_are_told():
    assert left_out(came_back(edited(FORM, lambda book: book["Isian"].delete_rows(6)))) == 1
    assert left_out(came_back(changed(FORM, {"B6": None, "C6": None, "D6": None}))) == 1


def test_a_copied_row_is_a_new_one():
    content = changed(FORM, {"A8": "1.1", "B8": "Pompa lain", "D8": 100})
    assert taken(content) == [("", {"uraian": "Pompa lain", "volume": None, "harga": "100"})]


def test_the_order_of_rows():
    assert not is_reordered(came_back(changed(FORM, {"B9": "Aki", "D9": 5})))
    swapped = {
        "A6": "1.2",
        "B6": "Pipa",
        "C6": None,
        "D6": 7,
        "A7": "1.1",
        "B7": "Pompa",
        "C7": 2.5,
        "D7": 100,
    }
    assert is_reordered(came_back(changed(FORM, swapped)))
    assert is_reordered(came_back(edited(FORM, lambda book: _insert(book["Isian"]))))


def _insert(page) -> None:
    page.insert_rows(7)
    page["B7"] = "Aki"


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"D6": "=1+2"}, [("D6", "cell_formula")]),
        ({"D6": "#N/A"}, [("D6", "cell_error")]),
        ({"C6": "banyak"}, [("C6", "not_a_number")]),
        ({"C6": 1.234}, [("C6", "too_many_decimals")]),
        ({"D6": "mahal"}, [("D6", "not_money")]),
        ({"D6": 1.5}, [("D6", "not_money")]),
        ({"D6": 10**16}, [("D6", "money_out_of_range")]),
        ({"B6": "a" * 101}, [("B6", "text_too_long")]),
        ({"B6": None}, [("B6", "cell_empty")]),
        ({"B8": "Aki"}, [("D8", "cell_empty")]),
        ({"B8": "Aki", "D8": "=A1"}, [("D8", "cell_formula")]),
        ({"A6": "9.9", "D6": 1}, [("6", "row_gone")]),
        (
            {"C6": "x", "D6": "x", "D7": "x"},
            [("C6", "not_a_number"), ("D6", "not_money"), ("D7", "not_money")],
        ),
        ({"C6": "1.250,5", "D6": "Rp1,5 juta", "B6": 12}, []),
    ],
)
def test_cells_are_checked_as_typed_answers_are(cells, expected):
    assert told(DESK, changed(FORM, cells)) == expected


def test_a_percentage_is_not_read_as_its_hundredth():
    def type_percent(book):
        book["Isian"]["C6"] = 0.8
        book["Isian"]["C6"].number_format = "0%"

    content = edited(FORM, type_percent)
    assert told(DESK, content) == [("C6", "cell_percent")]
    assert came_back(content).troubles[0].fault.details == {"given": "80"}


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"E6": "kemarin dulu"}, [("E6", "not_a_date")]),
        ({"E6": 45000}, []),  # a day, as Excel counts them: the cell is one for days
        ({"F6": "APBX"}, [("F6", "cell_not_listed")]),
        ({"G6": "mungkin"}, [("G6", "cell_yes_no")]),
        ({"I6": "Program jalan"}, [("I6", "cell_not_listed")]),
        ({"J6": "Tidak ada"}, [("J6", "cell_not_listed")]),
        ({"J6": "Kebocoran", "J7": "Cakupan"}, [("J6", "cell_loop"), ("J7", "cell_loop")]),
        ({"B9": "Baru", "C9": 1}, [("9", "no_new_rows")]),
        (
            {
                "E6": "1 Des 2026",
                "F6": "apbd",
                "G6": "ya",
                "H6": "Pak Lurah",
                "I6": "program air",
                "J7": "Cakupan",
            },
            [],
        ),
    ],
)
def test_lists_days_and_references(cells, expected):
    desk = started(add=False)
    assert told(desk, changed(form_of(desk), cells)) == expected


def test_members_rows_are_not_given_away_by_what_is_told():
    desk = started({"0.more": True, "1.indikator": "Rahasia", "1.target": "1", "1.more": False})
    content = changed(form_of(desk, hides=True), {"J6": "Tidak ada"})
    form = came_back(content)
    rows = rows_to_take(desk, form)
    for hides, listed in ((True, []), (False, ["Cakupan", "Kebocoran"])):
        found = troubles_of(desk, form, rows, hides=hides)
        assert found[0].fault.details["some"][:2] == listed


@pytest.mark.parametrize(
    ("edit", "code", "details"),
    [
        (lambda book: book.remove(book["_formulir"]), "excel_not_ours", {}),
        (
            lambda book: setattr(book["Isian"], "title", "Sheet1"),
            "excel_no_sheet",
            {"wanted": "Isian", "given": ["Sheet1", "Petunjuk"]},
        ),
        (
            lambda book: book.remove(book["Isian"]),
            "excel_no_sheet",
            {"wanted": "Isian", "given": ["Petunjuk"]},
        ),
        (
            lambda book: book["Isian"].__setitem__("D5", "Biaya"),
            "excel_columns",
            {"missing": ["Harga"], "strange": ["Biaya"]},
        ),
        (lambda book: book["Isian"].delete_cols(4), "excel_columns", {"missing": ["Harga"], "strange": []}),
        (
            lambda book: book["Isian"].delete_cols(1),
            "excel_columns",
            {"missing": ["No. baris"], "strange": []},
        ),
        (
            lambda book: book["Isian"].delete_rows(1, 60),
            "excel_columns",
            {"missing": ["No. baris", "Uraian", "Volume (unit)", "Harga"], "strange": []},
        ),
        (lambda book: book["_formulir"].__setitem__("A2", "-1"), "excel_not_ours", {}),
        (lambda book: book["_formulir"].__setitem__("A2", "99999999999"), "excel_not_ours", {}),
        (lambda book: book["_formulir"].__setitem__("A1", "lain"), "excel_not_ours", {}),
    ],
)
def test_a_form_that_lost_its_shape(edit, code, details):
    assert refused(edited(FORM, edit)) == (code, details)


def test_any_other_workbook():
    import openpyxl

    assert refused(saved(openpyxl.Workbook()))[0] == "excel_not_ours"


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (OLD_XLS, "a.xls", "excel_old"),
        (OLD_XLS, "a.xlsx", "excel_old"),
        (LOCKED, "a.xlsx", "excel_locked"),
        (b"Uraian;Harga\n", "a.csv", "excel_csv"),
        (b"%PDF-1.7", "a.xlsx", "excel_unknown"),
        (b"", "a.xlsx", "excel_unknown"),
        (FORM[: len(FORM) // 2], "a.xlsx", "excel_damaged"),
        (FORM + bytes(excel_package.MOST_BYTES), "a.xlsx", "excel_too_big"),
        (with_part(FORM, "xl/vbaProject.bin", b""), "a.xlsm", "excel_macro"),
        (with_part(FORM, "xl/workbook.bin", b""), "a.xlsb", "excel_macro"),
        (with_part(FORM, "[Content_Types].xml", b"<Types>macroEnabled</Types>"), "a.xlsx", "excel_macro"),
        (with_part(FORM, "mimetype", b"x", instead_of="xl/workbook.xml"), "a.ods", "excel_unknown"),
        (with_part(FORM, "xl/workbook.xml", b"<workbook>"), "a.xlsx", "excel_damaged"),
        (
            with_part(FORM, "xl/styles.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'),
            "a.xlsx",
            "excel_damaged",
        ),
        (with_part(FORM, "xl/styles.xml", "<a/>".encode("utf-16")), "a.xlsx", "excel_damaged"),
        (with_part(FORM, "xl/a.bin", b"<a>" * 500_001), "a.xlsx", "excel_swollen"),
        (with_part(FORM, "xl/media/a.png", bytes(70_000_000)), "a.xlsx", "excel_swollen"),
        (with_part(FORM, "xl/styles.xml", b"<styleSheet>" + b"<xf/>" * 100_001), "a.xlsx", "excel_swollen"),
        (with_part(FORM, "xl/sharedStrings.xml", b"<sst>" + b"<si/>" * 500_001), "a.xlsx", "excel_swollen"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_file_that_is_no_form(content, name, code):
    assert refused(content, name)[0] == code


DECLARED = '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'


@pytest.mark.parametrize(
    "part",
    [
        f"\n{DECLARED}".encode("utf-16-le"),
        f" {DECLARED}".encode("utf-16-be"),
        DECLARED.encode("utf-16-le"),
        DECLARED.encode("utf-32-be"),
        DECLARED.encode("utf-32-le"),
        b'<?xml version="1.0" encoding="UTF-7"?>' + DECLARED.replace("<!", "+ADwAIQ-").encode(),
        b"\xef\xbb\xbf<?xml version='1.0' encoding = 'hz'?><a/>",
    ],
)
def test_in_no_coding_tags_go_uncounted(part):
    """What an XML reader takes for a tag must not be other bytes to who counts them."""
    assert refused(with_part(FORM, "xl/worksheets/sheet1.xml", part))[0] == "excel_damaged"


def test_the_reader_itself_refuses_entities():
    """The second lock, if ever something gets past the first."""
    sheet = f'<!DOCTYPE a [<!ENTITY b "c">]><worksheet xmlns="{SHEET_MAIN_NS}"><sheetData/></worksheet>'
    with pytest.raises(ValueError, match="invalid XML") as refusal:
        opened(with_part(FORM, "xl/worksheets/sheet1.xml", sheet.encode()))
    assert isinstance(refusal.value.__cause__, EntitiesForbidden)


@pytest.mark.parametrize("coding", ["UTF-8", "utf-8", "ISO-8859-1", "windows-1252", "us-ascii"])
def test_a_coding_that_writes_tags_as_ascii_is_read(coding):
    package = zipfile.ZipFile(io.BytesIO(FORM))
    part = package.read("xl/sharedStrings.xml").decode().replace("UTF-8", coding, 1)
    coded = part.encode(coding, "xmlcharrefreplace")
    assert taken(with_part(FORM, "xl/sharedStrings.xml", coded)) == []


def test_pictures_that_begin_with_zeros_do_no_harm():
    for start in (b"\x00\x00\x00\x20ftyp", b"\x01\x00\x00\x00", b"\x00\x00\x01\x00", b"\x00\x01\x00\x00"):
        assert taken(with_part(FORM, "xl/media/image1.bin", start + b"<" * 9)) == []


def test_a_bomb_is_not_unpacked(monkeypatch: pytest.MonkeyPatch):
    def never(*args: object) -> None:
        raise AssertionError("it was unpacked")

    packed = bomb(FORM)
    assert len(packed) < 400_000
    monkeypatch.setattr(zipfile.ZipFile, "open", never)
    assert refused(packed)[0] == "excel_swollen"


def test_a_part_that_lies_about_its_size_is_damaged():
    packed = bytearray(with_part(FORM, "xl/styles.xml", b"<a>" + b" " * 30_000_000))
    at = packed.rfind(b"xl/styles.xml") - 46 + 24  # the size in the directory at the end
    packed[at : at + 4] = (1000).to_bytes(4, "little")
    assert refused(bytes(packed))[0] == "excel_damaged"


def test_ten_thousand_rows():
    def write(book):
        for row in range(6, 10_006):
            book["Isian"].cell(row, 2, f"Baris {row}")

    assert refused(edited(FORM, write)) == ("excel_rows", {"most": 2000, "at_once": 500})


def test_a_row_far_below_is_found_and_costs_little():
    content = edited(FORM, lambda book: book["Isian"].__setitem__("B1048576", "Jauh"))
    assert [row[1]["uraian"] for row in taken(content)] == ["Jauh"]


def test_what_a_sheet_says_of_its_own_size_is_not_believed():
    package = zipfile.ZipFile(io.BytesIO(FORM))
    part = package.read("xl/worksheets/sheet1.xml")
    start, end = part.index(b"<dimension"), part.index(b"/>", part.index(b"<dimension")) + 2
    lied = part[:start] + b'<dimension ref="A1:XFD1048576"/>' + part[end:]
    assert taken(with_part(FORM, "xl/worksheets/sheet1.xml", lied)) == []


def test_a_row_number_past_the_end_is_passed_over():
    package = zipfile.ZipFile(io.BytesIO(FORM))
    part = package.read("xl/worksheets/sheet1.xml").replace(b'<row r="45"', b'<row r="999999999"', 1)
    assert taken(with_part(FORM, "xl/worksheets/sheet1.xml", part)) == []


def test_as_many_columns_as_there_can_be():
    def widen(book):
        for place in range(6, 200):
            book["Isian"][f"{get_column_letter(place)}5"] = f"Kolom {place}"

    assert len(came_back(edited(FORM, widen)).ignored) == reading.MOST_COLUMNS - 5


def test_every_fault_of_a_file_has_its_sentence():
    modules = (
        "documents/excel/package.py",
        "documents/excel/reading.py",
        "usecases/activities/excel_import.py",
        "bot/handlers/workbooks.py",
    )
    codes = {code for module in modules for code in codes_in(module, "Rejected")}
    assert len(codes) > 12
    assert [code for code in codes if not WORDING.has(f"fault.{code}")] == []
    cells = codes_in("documents/excel/reading.py", "Fault") | codes_in(
        "domain/instruments/worksheet/importing.py", "Rejected", "refuse"
    )
    assert [code for code in cells if not WORDING.has(f"excel_fault.{code}")] == []


def test_pictures_do_no_harm():
    picture = b"\x89PNG\r\n\x1a\n\x00\x00" + b"<<<!" * 200_000
    assert taken(with_part(FORM, "xl/media/image1.png", picture)) == []


def test_the_package_of_a_form_is_sound():
    check_package(FORM, "Isian.xlsx")
    assert opened(FORM)["Isian"]["B6"].value == "Pompa"
