"""Every fault of a process file is found, on its line, and explained."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.language.wording import wording
from store import process_files
from store.process_files import FaultyProcess, check, load, parse_version
from tests.support.codes import codes_in
from tests.support.paths import PROCESS_FILES, ROOT

FAULTY = sorted((PROCESS_FILES / "salah").glob("*.yaml"))
GOOD = (PROCESS_FILES / "kesepakatan-butir.yaml").read_text("utf-8")
ELSEWHERE = {"empty_file", "file_too_large"}
SOURCES = (
    "domain/process/model.py",
    "domain/process/reading.py",
    "domain/process/figures.py",
    "domain/process/sources.py",
    "domain/process/conditions.py",
    "domain/formulas.py",
    "store/process_files.py",
    *sorted(str(path.relative_to(ROOT)) for path in (ROOT / "domain" / "instruments").rglob("*.py")),
)
WORDING = wording()


def said(fault):
    return WORDING.plain(f"file_fault.{fault.fault.code}", **fault.fault.details)


@pytest.mark.parametrize("path", FAULTY, ids=lambda path: path.stem)
def test_the_fault_is_found_on_its_line_and_explained(path):
    text = path.read_text("utf-8")
    line = next(number for number, each in enumerate(text.splitlines(), 1) if each.endswith("# salah"))
    process, faults = check(text)
    assert process is None
    assert [(fault.fault.code, fault.line) for fault in faults] == [(path.stem, line)]
    assert len(said(faults[0])) > 20


def test_there_is_a_file_for_every_fault_that_can_be_raised():
    raised = {code for source in SOURCES for code in codes_in(source, "fault", "_faulty")} | {
        "duplicate_field"
    }
    assert raised == {path.stem for path in FAULTY} | ELSEWHERE


@pytest.mark.parametrize("text", ["", "   \n", "# hanya catatan\n", "---\n"])
def test_an_empty_file_is_told(text):
    process, (fault,) = check(text)
    assert (process, fault.line, fault.fault.code) == (None, 1, "empty_file")
    assert said(fault)


def test_a_file_too_large_is_not_read():
    _, (fault,) = check("x" * (process_files.LARGEST + 1))
    assert fault.fault.code == "file_too_large"
    assert said(fault)


def test_all_faults_are_told_at_once_in_the_order_of_their_lines():
    text = (
        GOOD.replace("version: 1", "version: satu").replace("objective:", "tujuan:").replace("cards", "kartu")
    )
    _, faults = check(text)
    assert [fault.fault.code for fault in faults] == [
        "not_whole",
        "missing_field",
        "unknown_field",
        "not_allowed",
    ]
    assert [fault.line for fault in faults] == sorted(fault.line for fault in faults)
    assert [fault.place for fault in faults] == [
        "berkas",
        "topik 1.1",
        "topik 1.1",
        "topik 1.1 › kegiatan isu",
    ]


def test_a_slip_of_the_pen_gets_its_likely_meaning():
    _, (_, fault) = check(GOOD.replace("objective:", "objectiv:"))
    assert fault.fault.details == {"field": "objectiv", "meant": "objective"}
    assert "'objective'" in said(fault)


def test_a_later_activity_cannot_be_drawn_on():
    _, (fault,) = check(GOOD.replace("items_from: isu", "items_from: setuju"))
    assert (fault.fault.code, fault.place) == ("unknown_reference", "topik 1.1 › kegiatan setuju")


def test_statements_about_items_need_items():
    _, (fault,) = check(GOOD.replace("            items_from: isu\n", ""))
    assert fault.fault.code == "needs_items"


@pytest.mark.parametrize("text", ["- a\n- b\n", "hanya teks\n", "[a, b]"])
def test_a_file_that_is_no_mapping_is_told_once(text):
    _, (fault,) = check(text)
    assert fault.fault.code == "not_mapping"


@pytest.mark.parametrize(
    "text",
    ["a: [", "a: b: c", "\tx: 1", "? [a]\n: b", "a: 1\n---\nb: 2", "a: \x07", "[" * 100_000, "*x", "{{{"],
)
def test_what_is_no_yaml_is_told(text):
    process, faults = check(text)
    assert process is None
    assert faults[0].fault.code in {"not_yaml", "no_anchors"}
    assert said(faults[0])


@given(st.text(alphabet="ab:-[]{}&*!|>#'\"%@\n ,?0\t", max_size=60))
def test_any_text_is_a_process_or_explained(text):
    process, faults = check(text)
    assert process is None
    assert all(said(fault) for fault in faults)


@given(st.data())
def test_any_line_left_out_is_explained_or_harmless(data):
    lines = GOOD.splitlines()
    del lines[data.draw(st.integers(0, len(lines) - 1))]
    process, faults = check("\n".join(lines))
    assert (process is None) == bool(faults)
    assert all(1 <= fault.line <= len(lines) and said(fault) for fault in faults)


def test_a_faulty_file_cannot_be_loaded():
    with pytest.raises(FaultyProcess) as error:
        load(FAULTY[0])
    assert [fault.fault.code for fault in error.value.faults] == [FAULTY[0].stem]
    assert FAULTY[0].stem in str(error.value)


def test_a_version_is_parsed_once():
    assert parse_version(GOOD) is parse_version(str(GOOD))
