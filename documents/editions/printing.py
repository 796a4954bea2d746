"""An edition as a file: the one place where templates, figures and the writers of formats meet.

It runs in a process of its own (bot/printing/printer.py): everything it needs comes with the edition.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from documents.editions import archive
from documents.editions.html import html_of
from documents.excel import writer
from documents.file_names import file_name
from documents.language.wording import wording
from documents.paper.page_setup import A3, A4, PageSetup
from documents.pdf import writer as pdf_writer
from documents.sheets import editions as sheet_editions
from documents.word import writer as word_writer
from domain.documents import editions, seals
from domain.documents.editions import Edition

ENDINGS: Mapping[str, str] = {
    editions.PDF: "pdf",
    editions.WORD: "docx",
    editions.EXCEL: "xlsx",
    editions.PICTURE: "png",
    editions.ZIP: "zip",
}
PAPERS = {editions.A4: A4, editions.A3: A3}


@dataclass(frozen=True, slots=True)
class File:
    """A finished file: its name and content."""

    name: str
    content: bytes


def printed(edition: Edition, kind: str) -> File:
    """The edition in one of `domain.documents.editions.FORMATS`."""
    return File(name_of(edition, ENDINGS[kind]), _WRITERS[kind](edition))


def name_of(edition: Edition, ending: str) -> str:
    """'Berita Acara 23 November 2026 - draf 2.pdf': what it is and which one, without being opened.

    An archive is neither draft nor final.
    """
    state = "final" if edition.is_final else "draf"
    which = "" if ending == ENDINGS[editions.ZIP] else f"- {state} {edition.version}"
    return file_name(" ".join(filter(None, [edition.title, edition.subject, which])), ending)


def page_setup(edition: Edition) -> PageSetup:
    """What stands around the pages."""
    return PageSetup(
        title=edition.title,
        author=edition.pokja,
        made_at=edition.made_at,
        draft=not edition.is_final,
        note=f"{edition.pokja} · versi {edition.version}",
        paper=PAPERS[edition.paper],
        landscape=edition.landscape,
        seals=seals.written(edition.sources),
    )


def _pdf(edition: Edition) -> bytes:
    return pdf_writer.pdf(html_of(edition), page_setup(edition))


def _word(edition: Edition) -> bytes:
    return word_writer.word(html_of(edition), page_setup(edition))


def _excel(edition: Edition) -> bytes:
    return writer.excel(sheet_editions.workbook_of(edition))


def _picture(edition: Edition) -> bytes:
    """The first page as a picture: for posters, which have only one."""
    found = page_setup(edition)
    paper = found.paper.turned() if found.landscape else found.paper
    return pdf_writer.page_pictures(html_of(edition), found, paper.width * pdf_writer.PAGE_WIDTH // A4.width)[
        0
    ]


def _zip(edition: Edition) -> bytes:
    """The whole archive as a zip; each paper in it is printed as it would be by itself."""

    def one(paper: Edition, kind: str) -> tuple[str, bytes]:
        made = printed(paper, kind)
        return made.name, made.content

    return archive.written(edition, one, wording())


_WRITERS: Mapping[str, Callable[[Edition], bytes]] = {
    editions.PDF: _pdf,
    editions.WORD: _word,
    editions.EXCEL: _excel,
    editions.PICTURE: _picture,
    editions.ZIP: _zip,
}
