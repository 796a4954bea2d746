"""Reading seals back out of the files that carry them, and refusing what is no such file."""

import contextlib
import io
import zipfile
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter

from documents import zipping
from documents.editions import seals as editions_seals
from documents.editions.seals import UnreadableError
from documents.excel import writer as excel_writer
from documents.paper.page_setup import PageSetup
from documents.pdf import writer as pdf_writer
from documents.sheets.model import Workbook
from documents.word import writer as word_writer
from domain.documents import seals
from domain.documents.editions import Source

MADE = datetime(2026, 11, 23, 2, 30, tzinfo=UTC)
SOURCES = tuple(Source(n, f"2.{n}/isu-utama", "<b>Isu</b> & 😀", n, f"{n:x}" * 64) for n in range(1, 10))
MANY = tuple(Source(n, f"4.7/kegiatan-{n}", "Isu", 1, "ab" * 32) for n in range(1, 200))


def files(sources: tuple[Source, ...]) -> dict[str, bytes]:
    lines = seals.written(sources)
    page_setup = PageSetup("Judul", "Pokja", MADE, seals=lines)
    return {
        "pdf": pdf_writer.pdf("<p>isi</p>", page_setup),
        "docx": word_writer.word("<p>isi</p>", page_setup),
        "xlsx": excel_writer.excel(Workbook("Judul", (), "Pokja", MADE, lines)),
    }


@pytest.mark.parametrize("sources", [SOURCES, MANY, SOURCES[:1]])
@pytest.mark.parametrize("ending", ["pdf", "docx", "xlsx"])
def test_a_file_gives_back_the_seals_it_was_made_with(ending: str, sources: tuple[Source, ...]) -> None:
    read = editions_seals.read(files(sources)[ending])
    assert [(each.activity_id, each.path, each.version, each.sha256) for each in read.results] == [
        (each.activity_id, each.path, each.version, each.sha256) for each in sources
    ]
    assert read.is_whole


@pytest.mark.parametrize("ending", ["pdf", "docx", "xlsx"])
def test_a_file_without_results_carries_none(ending: str) -> None:
    assert editions_seals.read(files(())[ending]).results == ()


@pytest.mark.parametrize("ending", ["docx", "xlsx"])
def test_a_seal_that_was_changed_in_the_file_is_noticed(ending: str) -> None:
    parts = zipping.unzipped(files(SOURCES)[ending])
    parts["docProps/custom.xml"] = parts["docProps/custom.xml"].replace(b"1" * 64, b"2" * 64)
    read = editions_seals.read(zipping.zipped(parts))
    assert len(read.results) == len(SOURCES)
    assert not read.is_whole


def test_a_pdf_with_a_password_cannot_be_read() -> None:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(files(SOURCES)["pdf"])))
    writer.encrypt("rahasia", algorithm="RC4-128")
    locked = io.BytesIO()
    writer.write(locked)
    with pytest.raises(UnreadableError):
        editions_seals.read(locked.getvalue())


@given(st.binary(max_size=200), st.sampled_from([b"", b"%PDF-1.7\n", b"PK\x03\x04"]))
def test_whatever_a_file_holds_it_is_read_or_refused(content: bytes, start: bytes) -> None:
    with contextlib.suppress(UnreadableError):
        assert editions_seals.read(start + content).results == ()


def test_a_list_that_unpacks_to_gigabytes_is_not_unpacked() -> None:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("docProps/custom.xml", b"<vt:lpwstr>" + b" " * 20_000_000 + b"</vt:lpwstr>")
    assert editions_seals.read(bomb.getvalue()).results == ()


@pytest.mark.parametrize("ending", ["pdf", "docx", "xlsx"])
def test_what_is_made_again_is_the_same_file(ending: str) -> None:
    assert files(SOURCES)[ending] == files(SOURCES)[ending]
