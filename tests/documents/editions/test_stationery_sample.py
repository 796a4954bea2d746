"""The sample letter shows everything that is set up, and says what isn't."""

import io
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from pypdf import PdfReader

from documents.editions import printing
from documents.editions.html import html_of
from documents.paper import logos
from documents.word import writer
from domain.documents.editions import PDF, Edition, Letterhead, Signer
from tests.support.cast import SITI
from tests.support.pictures import png

BARE = Edition(
    template="stationery_sample",
    title="Pokja Air Minum",
    pokja="Pokja Air Minum",
    region="Kabupaten Sukamaju",
    zone="Asia/Jakarta",
    made_at=datetime(2026, 11, 23, 2, tzinfo=UTC),
    letter_number="005/POKJA/XI/2026",
)
HEAD = Letterhead(
    ("PEMERINTAH <b>KABUPATEN</b>", "{{7*7}} =HYPERLINK(1)", "POKJA AIR MINUM"),
    "Jalan Merdeka Nomor 1",
    "Sukamaju",
    logos.remade(png(30, 40)).picture,
    "png",
)
SIGNERS = (Signer("Ketua", "Ir. Hendra Wijaya", "19700817 199503 1 002"), Signer("Sekretaris", SITI))


def text_of(edition: Edition) -> str:
    pages = PdfReader(io.BytesIO(printing.printed(edition, PDF).content)).pages
    return "\n".join(page.extract_text() for page in pages)


@pytest.mark.parametrize("signing", [0, 1, 2])
def test_what_is_set_up_stands_there(signing: int) -> None:
    text = text_of(replace(BARE, letterhead=HEAD, signers=SIGNERS[:signing]))
    for line in (*HEAD.lines, HEAD.address, "Nomor 005/POKJA/XI/2026", "Sukamaju, 23 November 2026"):
        assert (line in text) == (signing > 0 or not line.startswith("Sukamaju,")), line
    for number, signer in enumerate(SIGNERS):
        assert (signer.name in text) == (number < signing)
    assert ("NIP 19700817 199503 1 002" in text) == (signing > 0)


def test_what_is_missing_is_said() -> None:
    text = text_of(BARE)
    assert "Kop surat belum diisi." in text
    assert "Penanda tangan belum diisi." in text


def test_word_takes_it_too() -> None:
    made = writer.word(html_of(replace(BARE, letterhead=HEAD, signers=SIGNERS)), printing.page_setup(BARE))
    assert made.startswith(b"PK")
