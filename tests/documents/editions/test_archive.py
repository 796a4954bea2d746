"""The archive's files: names that stay in their folders, tables without formulas, sums that hold, always the same."""

import csv
import hashlib
import io
import json
import zipfile
from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import PurePosixPath
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.editions import archive_tables, printing
from documents.language.wording import wording
from domain.documents.archives import AdoptedResult, Archive, Issued, Table, Unprinted, Word
from domain.documents.editions import EXCEL, ZIP, Edition
from tests.documents.support.paper_samples import HOSTILE

WORDS = wording()
MADE = datetime(2026, 11, 23, 2, 30, tzinfo=UTC)
NAMES = ["../../x", "/etc/passwd", "C:\\x", "..", "CON", "a/b", "", "x" * 300, "gpj.\u202eexe", *HOSTILE]


def edition(title: str = "Rangkuman", **more: Any) -> Edition:
    return Edition("result", title, "Pokja", "Kabupaten", "Asia/Jakarta", MADE, **more)


def result(
    title: str = "Isu", *, items: tuple[Any, ...] = (), path: str = "2.1/isu", version: int = 1
) -> AdoptedResult:
    return AdoptedResult(
        path, title, "cards", version, "Proses, versi 1", "Hendra", MADE, "1 2.1/isu 1 ab", {}, items
    )


def archived(
    *papers: Any, results: tuple[AdoptedResult, ...] = (), tables: tuple[Table, ...] = ()
) -> Edition:
    return edition("Arsip lengkap", facts={"archive": Archive(papers, results, tables)})


def files(made: Edition) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(printing.printed(made, ZIP).content)) as package:
        assert package.testzip() is None
        return {name: package.read(name) for name in package.namelist()}


def rows(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


@pytest.mark.parametrize("name", NAMES)
def test_no_name_leads_out_of_its_folder(name: str) -> None:
    made = archived(
        Issued(f"{name}.pdf", b"isi", folder=name),
        Unprinted(edition(name, subject=name), (EXCEL,), folder=name),
        results=(result(name, path=f"{name}/isu"),),
    )
    for path in files(made):
        parts = PurePosixPath(path).parts
        assert not path.startswith("/")
        assert not {"..", ".", ""} & set(parts)
        assert not set('\\:*?"<>|\n\u202e') & set(path)
        assert len(parts) <= 3
        assert all(len(part.encode()) <= 130 for part in parts)


def test_no_file_takes_anothers_place() -> None:
    """Also where upper and lower case are one, as on the computers of most offices."""
    made = archived(Issued("Notulen.pdf", b"1"), Issued("NOTULEN.pdf", b"2"), Issued("notulen.pdf", b"3"))
    found = {path: content for path, content in files(made).items() if path.startswith("dokumen/")}
    assert sorted(found.values()) == [b"1", b"2", b"3"]
    assert len({path.casefold() for path in found}) == 3


def test_the_sums_are_those_of_all_other_files() -> None:
    found = files(archived(Issued("a.pdf", b"isi"), results=(result(),), tables=(Table("members", ()),)))
    sums = dict(reversed(line.split("  ", 1)) for line in found.pop("SHA256SUMS.txt").decode().splitlines())
    assert sums == {path: hashlib.sha256(content).hexdigest() for path, content in found.items()}


def test_what_was_issued_is_in_it_to_the_last_byte_and_the_readme_names_the_drafts() -> None:
    content = bytes(range(256))
    found = files(
        archived(Issued("Berita Acara - final 2.pdf", content), Unprinted(edition("Laporan"), (EXCEL,)))
    )
    assert found["dokumen/Berita Acara - final 2.pdf"] == content
    assert found["dokumen/Laporan - draf 1.xlsx"].startswith(b"PK")
    readme = found["BACA DULU.txt"].decode()
    assert "(1 berkas)" in readme
    assert "- Laporan\n" in f"{readme}\n"


def test_the_same_archive_is_the_same_file() -> None:
    made = archived(Unprinted(edition(), (EXCEL,)), results=(result(),), tables=(Table("members", ()),))
    assert printing.printed(made, ZIP) == printing.printed(made, ZIP)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r="])
def test_no_cell_becomes_a_formula(start: str) -> None:
    item = {"text": f"{start}HYPERLINK(1)", "detail": f"{start}1", "fields": {f"{start}kolom": f"{start}2"}}
    made = archived(
        results=(result(items=(item,)),),
        tables=(Table("members", ((f"{start}x", "", "", None, None, None),)),),
    )
    found = files(made)
    written = [*rows(found["hasil/2.1/Isu.csv"]), *rows(found["daftar/anggota.csv"])[1:]]
    assert written
    assert not [cell for row in written for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


@given(st.lists(st.lists(st.text(), min_size=2, max_size=2), max_size=5))
def test_a_table_is_read_as_it_was_written(texts: list[list[str]]) -> None:
    cells = [[archive_tables.safe(cell) for cell in row] for row in texts]
    content = archive_tables.csv_file(["A", "B"], cells)
    assert content.startswith(b"\xef\xbb\xbf")
    assert rows(content) == [["A", "B"], *cells]


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (None, ""),
        (True, "ya"),
        (False, "tidak"),
        (0, "0"),
        (-5, "-5"),
        (1_250_000, "1250000"),
        (Decimal("1250.50"), "1250,5"),
        (Fraction(7, 3), "2,3333333333"),
        (Fraction(-1, 8), "-0,125"),
        (Fraction(10**20, 1), "1" + "0" * 20),
        (MADE.date(), "2026-11-23"),
        (MADE, "2026-11-23 02:30"),
        (Word("role.ketua"), "Ketua"),
        (Word("role.tidak-ada"), "role.tidak-ada"),
        ("3/4", "3/4"),
    ],
)
def test_a_cell_is_written_as_indonesian_excel_reads_it(value: Any, written: str) -> None:
    assert archive_tables.cell(value, WORDS) == written


def test_a_result_is_told_with_its_seal_and_all_it_says() -> None:
    item = {"text": "Air <b>", "detail": "2 kartu", "fields": {"dana": 5, "jenis": "APBD"}}
    found = files(archived(results=(result(items=(item,), version=2),)))
    told = json.loads(found["hasil/2.1/Isu - versi 2.json"])
    assert told["segel"] == "1 2.1/isu 1 ab"
    assert told["butir"] == [item]
    assert rows(found["hasil/2.1/Isu - versi 2.csv"]) == [
        ["Nomor", "Isi", "Rincian", "dana", "jenis"],
        ["1", "Air <b>", "2 kartu", "5", "APBD"],
    ]


def test_every_list_and_coded_cell_has_its_words() -> None:
    keys = ["members", "follow_ups", "follow_up_events", "meetings", "attendance", "minutes", "decisions"]
    assert all(WORDS.has(f"archive.columns.{key}") and WORDS.has(f"archive.lists.{key}") for key in keys)
