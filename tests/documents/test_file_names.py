import re
import unicodedata
from pathlib import PurePosixPath, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.file_names import LONGEST, RESERVED, file_name
from tests.documents.support.paper_samples import HOSTILE


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Berita Acara Topik 2.1", "Berita Acara Topik 2.1.pdf"),
        ("Isu: air/sanitasi?", "Isu- air-sanitasi.pdf"),
        ("../../x", "x.pdf"),
        ("C:\\Windows\\x", "C-Windows-x.pdf"),
        ("  ..  ", "dokumen.pdf"),
        ("", "dokumen.pdf"),
        ("CON", "dokumen CON.pdf"),
        ("nul.txt", "dokumen nul.txt.pdf"),
        ("baris satu\nbaris dua", "baris satu baris dua.pdf"),
        ("laporan\u202efdp.exe", "laporanfdp.exe.pdf"),
        ("السلام عليكم 🙏", "السلام عليكم 🙏.pdf"),
        ("a\x00b", "ab.pdf"),
    ],
)
def test_a_title_becomes_a_name(title, name):
    assert file_name(title, "pdf") == name


@given(
    st.one_of(st.text(), st.sampled_from(HOSTILE), st.text("./\\. con\u202e\n"), st.text("é🙏ب", min_size=60))
)
def test_any_title_becomes_a_safe_name(title):
    name = file_name(title, "docx")
    stem = name.removesuffix(".docx")
    assert name != stem
    assert stem == stem.strip(" .-") != ""
    assert len(name.encode()) <= LONGEST + len("dokumen ")
    assert not re.search(r'[\\/:*?"<>|\x00-\x1f]', name)
    assert not any(unicodedata.category(sign) in {"Cc", "Cf", "Cs"} for sign in name)
    assert PurePosixPath(name).name == PureWindowsPath(name).name == name
    assert stem.split(".", maxsplit=1)[0].casefold() not in RESERVED


def test_titles_that_differ_early_keep_different_names():
    assert file_name("a" * 50 + "1", "pdf") != file_name("a" * 50 + "2", "pdf")
