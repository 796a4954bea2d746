"""An edition as a file: the one place where templates, figures and the writers of formats meet.

It runs in a process of its own (bot/printer.py): everything it needs comes with the edition.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from documents import excel, pdf, sheets_editions, word
from documents.editions_html import html_of
from documents.file_names import file_name
from documents.styles import A3, A4, Imprint
from domain import editions
from domain.editions import Edition

ENDINGS: Mapping[str, str] = {
    editions.PDF: "pdf", editions.WORD: "docx", editions.EXCEL: "xlsx", editions.PICTURE: "png",
}  # fmt: skip
PAPERS = {editions.A4: A4, editions.A3: A3}


@dataclass(frozen=True, slots=True)
class File:
    """A file as it is sent and kept."""

    name: str
    content: bytes


def printed(edition: Edition, kind: str) -> File:
    """The edition in one of `domain.editions.FORMATS`."""
    return File(name_of(edition, ENDINGS[kind]), _WRITERS[kind](edition))


def name_of(edition: Edition, ending: str) -> str:
    """'Berita Acara 23 November 2026 - draf 2.pdf': what it is and which one, without being opened."""
    state = "final" if edition.is_final else "draf"
    return file_name(
        " ".join(filter(None, [edition.title, edition.subject, f"- {state} {edition.version}"])), ending
    )


def imprint(edition: Edition) -> Imprint:
    """What stands around the pages."""
    return Imprint(
        title=edition.title, author=edition.pokja, made_at=edition.made_at, draft=not edition.is_final,
        note=f"{edition.pokja} · versi {edition.version}", paper=PAPERS[edition.paper], landscape=edition.landscape,
    )  # fmt: skip


def _pdf(edition: Edition) -> bytes:
    return pdf.pdf(html_of(edition), imprint(edition))


def _word(edition: Edition) -> bytes:
    return word.word(html_of(edition), imprint(edition))


def _excel(edition: Edition) -> bytes:
    return excel.excel(sheets_editions.workbook_of(edition))


def _picture(edition: Edition) -> bytes:
    """The first page: for posters, which have but one."""
    return pdf.page_pictures(html_of(edition), imprint(edition))[0]


_WRITERS: Mapping[str, Callable[[Edition], bytes]] = {
    editions.PDF: _pdf, editions.WORD: _word, editions.EXCEL: _excel, editions.PICTURE: _picture,
}  # fmt: skip
