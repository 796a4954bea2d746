"""Semantic HTML (documents/paper/model.py) as PDF, as pictures of its pages, and as one picture for a chat."""

import io
from collections.abc import Mapping, Sequence

from plutoprint import Book
from pypdf import PdfReader
from pypdf.generic import Destination

from documents.markup.runs import Run
from documents.paper import reading
from documents.paper.model import Contents, Document, Section, Table, Text, headings
from documents.paper.page_setup import MARGINS_MM, PageSetup, Paper
from documents.paper.tables import signs
from documents.pdf import html as pdf_html
from documents.pdf.engine import Layers, cut_apart, cut_out, laid_out, outlined, pictured, written

PHONE = 360  # CSS pixels a picture for the chat is laid out in
WIDEST = 1080
SIGN = 9  # pixels of an average letter in such a picture
MM_PER_PIXEL = 25.4 / 96
SHARP = 3  # dots to a pixel
EMPTY: Document = (Section((Text((Run("\u00a0"),)),)),)
PAGE_WIDTH = 1240  # dots of a page's picture: 150 to the inch of A4


def pdf(html: str, page_setup: PageSetup) -> bytes:
    """The document as a PDF: numbered pages, repeated table heads, wide tables on turned pages, inner links."""
    document = _read(html, page_setup)
    books = [_book(section, document, page_setup, {}) for section in document]
    if any(isinstance(block, Contents) for section in document for block in section.blocks):
        pages = _pages(outlined(_sheets(document, books, page_setup)))
        books = _numbered(document, books, page_setup, pages)
    return written(_sheets(document, books, page_setup), page_setup)


def page_pictures(html: str, page_setup: PageSetup, width: int = PAGE_WIDTH) -> list[bytes]:
    """Each page of the document as a PNG of that many dots' width."""
    document = _read(html, page_setup)
    books = [_book(section, document, page_setup, {}) for section in document]
    return pictured(_sheets(document, books, page_setup), width)


def picture(html: str) -> bytes:
    """A table, a figure or any stretch of a document as one PNG without pages, to be read on a phone.

    It is as wide as a phone, or wider where the words of a table need it; then it is there to be enlarged.
    """
    body, width = _for_phone(html)
    return cut_out(body, pdf_html.css(), width, SHARP)


def pictures(html: str, highest: int, most: int) -> list[bytes]:
    """The same in several PNGs of at most that many dots' height, the heads of tables repeated in each.

    None at all where they would be more than `most`.
    """
    body, width = _for_phone(html)
    return cut_apart(body, pdf_html.css(), width, SHARP, highest, most)


def _for_phone(html: str) -> tuple[str, int]:
    """The HTML laid out for a phone's screen, and its width in CSS pixels."""
    blocks = [block for section in reading.read(html) for block in section.blocks]
    needed = [signs(block.grid) * SIGN for block in blocks if isinstance(block, Table)]
    width = min(WIDEST, max([PHONE, *needed]))
    narrow = Paper(round(width * MM_PER_PIXEL) + MARGINS_MM[1] + MARGINS_MM[3], 0)
    blocks = [block for section in reading.read(html, narrow) for block in section.blocks]
    return f'<body class="phone">{"".join(map(pdf_html.block_html, blocks))}</body>', width


def drawing_png(svg: str, width: int = PHONE, margin: int = 12, sharp: int = SHARP) -> bytes:
    """A figure (documents/figures) as PNG with a margin around it, `width` being the one it was drawn for."""
    body = f'<body style="margin:0;padding:{margin}px;font-size:0">{svg}</body>'
    return cut_out(body, pdf_html.css(), width + 2 * margin, sharp)


def _read(html: str, page_setup: PageSetup) -> Document:
    """The document; an empty text makes an empty page."""
    return reading.read(html, page_setup.paper, landscape=page_setup.landscape) or EMPTY


def _book(section: Section, document: Document, page_setup: PageSetup, pages: Mapping[str, int]) -> Book:
    html = pdf_html.section(section, headings(document), pages)
    return laid_out(html, pdf_html.css(), _paper(section, page_setup))


def _paper(section: Section, page_setup: PageSetup) -> Paper:
    return page_setup.paper.turned() if section.landscape else page_setup.paper


def _sheets(document: Document, books: Sequence[Book], page_setup: PageSetup) -> list[Layers]:
    """Each page of the books laid over its frame."""
    pages = [
        (book, at, _paper(section, page_setup))
        for section, book in zip(document, books, strict=True)
        for at in range(book.get_page_count())
    ]
    papers = [paper for _, _, paper in pages]
    frames = {
        paper: laid_out(pdf_html.around(papers, page_setup, paper), pdf_html.frame_css(), paper)
        for paper in set(papers)
    }
    return [Layers(((frames[paper], at), (book, page))) for at, (book, page, paper) in enumerate(pages)]


def _numbered(
    document: Document, books: Sequence[Book], page_setup: PageSetup, pages: Mapping[str, int]
) -> list[Book]:
    """The books, those with a table of contents laid out again now that its page numbers are known."""
    return [
        _book(section, document, page_setup, pages)
        if any(isinstance(block, Contents) for block in section.blocks)
        else book
        for section, book in zip(document, books, strict=True)
    ]


def _pages(made: bytes) -> dict[str, int]:
    """The page each anchor is on, from 1."""
    reader = PdfReader(io.BytesIO(made))
    return {
        str(name): (reader.get_destination_page_number(found) or 0) + 1
        for name, found in reader.named_destinations.items()
        if isinstance(found, Destination)
    }
