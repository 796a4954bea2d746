"""PlutoPrint: pages laid out and drawn, with the project's own fonts and nothing fetched from anywhere.

Only the fonts of `documents/fonts/` are handed out, so that a page looks the same on a machine without any font,
and nothing in a document can make the program read a file or call a server.
"""

import functools
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import plutoprint
from plutoprint import Book, ImageCanvas, PageSize, PDFCanvas, ResourceData, ResourceFetcher

from documents.markup.xml_text import storable
from documents.paper.page_setup import PageSetup, Paper
from documents.pdf.png import png

FONTS = Path(__file__).parents[1] / "fonts"
FACES: Mapping[str, tuple[str, str]] = {
    "LiberationSans-Regular.ttf": ("Dokumen", ""),
    "LiberationSans-Bold.ttf": ("Dokumen", "font-weight:bold"),
    "LiberationSans-Italic.ttf": ("Dokumen", "font-style:italic"),
    "LiberationSans-BoldItalic.ttf": ("Dokumen", "font-weight:bold;font-style:italic"),
    "DejaVuSans.ttf": ("Dokumen Aksara", ""),
    "NotoEmoji.ttf": ("Dokumen Emoji", ""),
}
FAMILIES = "Dokumen, 'Dokumen Aksara', 'Dokumen Emoji', sans-serif"
FONT_FACES = "".join(
    f"@font-face{{font-family:'{family}';src:url(font:{name});{how}}}"
    for name, (family, how) in FACES.items()
)
ADDRESS = "dokumen:/"  # where the document is, so that its inner links are whole
SEPARATOR = "; "
"""Stands between the seals of a file, which are its keywords."""
POINTS_PER_PIXEL = 0.75
EDGE = 10  # CSS pixels above and below what stands in a picture
POINTS_PER_MM = 72 / 25.4


class _Fonts(ResourceFetcher):
    """Hands out the fonts; to everything else it answers with nothing, since a refusal is printed as a traceback."""

    def fetch_url(self, url: str) -> ResourceData:
        name = url.removeprefix("font:")
        return _font(name) if name in FACES else ResourceData(b"")


@functools.cache
def _font(name: str) -> ResourceData:
    """Read by PlutoPrint itself: it keeps fonts until the program's very end, when bytes of Python's are gone."""
    return plutoprint.default_resource_fetcher.fetch_url((FONTS / name).as_uri())


def laid_out(html: str, css: str, paper: Paper) -> Book:
    """The pages of an HTML document on sheets of that size; margins are the style's business."""
    book = Book(size=_points(paper))
    book.custom_resource_fetcher = _Fonts()
    book.load_html(html, user_style=FONT_FACES + css, base_url=ADDRESS)
    return book


@dataclass(frozen=True, slots=True)
class Layers:
    """Pages laid on one another, each from a book: what is written, and what is printed around it."""

    pages: tuple[tuple[Book, int], ...]

    @property
    def size(self) -> PageSize:
        """The sheet's size in points."""
        book, page = self.pages[0]
        return book.get_page_size_at(page)


def written(sheets: Sequence[Layers], page_setup: PageSetup) -> bytes:
    """The sheets as one PDF, each of its own size."""
    stream = io.BytesIO()
    canvas = PDFCanvas.create_for_stream(stream, sheets[0].size)
    _describe(canvas, page_setup)
    for sheet in sheets:
        canvas.set_size(sheet.size)
        _draw(canvas, sheet, POINTS_PER_PIXEL)
        canvas.show_page()
    canvas.finish()
    return stream.getvalue()


def outlined(sheets: Sequence[Layers]) -> bytes:
    """The sheets as a PDF of nothing but the places of its anchors: quickly made, to learn their pages."""
    stream = io.BytesIO()
    canvas = PDFCanvas.create_for_stream(stream, sheets[0].size)
    for sheet in sheets:
        canvas.clip_rect(0, 0, 0.1, 0.1)
        _draw(canvas, Layers(sheet.pages[-1:]), POINTS_PER_PIXEL)
        canvas.show_page()
    canvas.finish()
    return stream.getvalue()


def pictured(sheets: Iterable[Layers], width: int) -> list[bytes]:
    """Each sheet as a PNG of that many pixels' width."""
    return [_picture(sheet, width) for sheet in sheets]


def _picture(sheet: Layers, width: int) -> bytes:
    scale = width / sheet.size.width
    canvas = ImageCanvas(width, round(sheet.size.height * scale))
    canvas.clear_surface(1, 1, 1)
    _draw(canvas, sheet, scale * POINTS_PER_PIXEL)
    return _png(canvas)


def cut_out(html: str, css: str, width: int, scale: int) -> bytes:
    """The HTML as one PNG just as high as it needs, `width` CSS pixels wide, each drawn as `scale` by `scale` dots."""
    size, screen = PageSize(width * POINTS_PER_PIXEL, 800), plutoprint.MEDIA_TYPE_SCREEN
    book = Book(size=size, margins=plutoprint.PAGE_MARGINS_NONE, media=screen)
    book.custom_resource_fetcher = _Fonts()
    book.load_html(html, user_style=FONT_FACES + css, base_url=ADDRESS)
    across, down = max(width, book.get_document_width()), max(1, book.get_document_height())
    canvas = ImageCanvas(round(across * scale), round(down * scale))
    canvas.clear_surface(1, 1, 1)
    canvas.scale(scale, scale)
    book.render_document(canvas)
    return _png(canvas)


def cut_apart(html: str, css: str, width: int, scale: int, highest: int, most: int) -> list[bytes]:
    """The HTML as PNGs at most `highest` dots high, each as high as what stands in it; none if more than `most`."""
    size = PageSize(width * POINTS_PER_PIXEL, highest // scale * POINTS_PER_PIXEL)
    book = Book(size=size, margins=plutoprint.PAGE_MARGINS_NONE)
    book.custom_resource_fetcher = _Fonts()
    apart = f"@page{{margin:{EDGE}px 0}}.phone{{padding-top:0;padding-bottom:0}}"
    book.load_html(html, user_style=FONT_FACES + css + apart, base_url=ADDRESS)
    pages = range(book.get_page_count())
    return (
        [_cut_page(book, page, width * scale, highest, scale) for page in pages] if len(pages) <= most else []
    )


def _cut_page(book: Book, page: int, width: int, highest: int, scale: int) -> bytes:
    """The page without what is empty below: where all dots are white, all bytes are 255."""
    canvas = _page_canvas(book, page, width, highest, scale)
    filled = len(bytes(canvas.get_data()).rstrip(b"\xff"))
    height = min(highest, -(-filled // canvas.get_stride()) + EDGE * scale)
    return _png(_page_canvas(book, page, width, height, scale))


def _page_canvas(book: Book, page: int, width: int, height: int, scale: int) -> ImageCanvas:
    canvas = ImageCanvas(width, height)
    canvas.clear_surface(1, 1, 1)
    canvas.scale(scale, scale)
    book.render_page(canvas, page)
    return canvas


def _draw(canvas: plutoprint.Canvas, sheet: Layers, scale: float) -> None:
    for book, page in sheet.pages:
        canvas.save_state()
        canvas.scale(scale, scale)
        book.render_page(canvas, page)
        canvas.restore_state()


def _png(canvas: ImageCanvas) -> bytes:
    """PlutoPrint's own writer takes ten times as long."""
    canvas.flush()
    return png(canvas.get_data(), canvas.get_width(), canvas.get_height(), canvas.get_stride())


def _describe(canvas: PDFCanvas, page_setup: PageSetup) -> None:
    canvas.set_metadata(plutoprint.PDF_METADATA_TITLE, storable(page_setup.title))
    canvas.set_metadata(plutoprint.PDF_METADATA_AUTHOR, storable(page_setup.author))
    canvas.set_metadata(plutoprint.PDF_METADATA_KEYWORDS, storable(SEPARATOR.join(page_setup.seals)))
    if page_setup.made_at:
        made = page_setup.made_at.isoformat(timespec="seconds")
        canvas.set_metadata(plutoprint.PDF_METADATA_CREATION_DATE, made)


def _points(paper: Paper) -> PageSize:
    return PageSize(paper.width * POINTS_PER_MM, paper.height * POINTS_PER_MM)
