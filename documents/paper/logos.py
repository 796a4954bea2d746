"""A logo somebody sent, looked into and drawn anew: of the file that came nothing is kept but what it shows.

Who calls this does so in a process that may die of it: decoders have had their faults.
"""

import base64
import io
from collections.abc import Mapping
from dataclasses import dataclass

import plutoprint
from plutoprint import Book, ImageCanvas, PageSize, ResourceData, ResourceFetcher

from documents.paper import pictures
from documents.paper.model import Picture
from domain.faults import Rejected

KIND = "png"
"""What a logo is kept as."""
SIDE = 480
"""Dots of its longer side: twice what a printer shows of a logo two centimetres high."""
POINTS_PER_PIXEL = 0.75
ADDRESS = "logo:"
_STARTS: Mapping[str, bytes] = {"png": pictures.PNG, "jpeg": pictures.JPEG}


@dataclass(frozen=True, slots=True)
class Verdict:
    """The logo as PNG, or the fault that is wrong with what was sent: exceptions of ours don't travel well."""

    picture: bytes = b""
    fault: str = ""


def remade(content: bytes) -> Verdict:
    """The picture on white, not larger than `SIDE`; faults: logo_type, logo_pixels, logo_broken."""
    try:
        return Verdict(_drawn(_looked_into(content)))
    except Rejected as rejected:
        return Verdict(fault=rejected.fault.code)


def _looked_into(content: bytes) -> Picture:
    """By its bytes, whatever its name says; nothing is decoded that claims a canvas too large."""
    kind = next((name for name, start in _STARTS.items() if content.startswith(start)), "")
    if not kind:
        raise Rejected("logo_type")
    encoded = base64.b64encode(content).decode()
    picture = pictures.from_data(f"data:image/{kind};base64,{encoded}")
    if picture is None:
        raise Rejected("logo_pixels")
    return picture


class _Logo(ResourceFetcher):
    """Hands out the one picture, and nothing else."""

    def __init__(self, picture: Picture) -> None:
        super().__init__()
        self._picture = picture

    def fetch_url(self, url: str) -> ResourceData:
        if url != ADDRESS:
            return ResourceData(b"")
        return ResourceData(self._picture.data, f"image/{self._picture.kind}")


def _drawn(picture: Picture) -> bytes:
    scale = min(1.0, SIDE / max(picture.width, picture.height))
    width, height = max(1, round(picture.width * scale)), max(1, round(picture.height * scale))
    if not _opens(picture):
        raise Rejected("logo_broken")
    canvas = ImageCanvas(width, height)
    canvas.clear_surface(1, 1, 1)
    _book(picture, f"display:block;width:{width}px;height:{height}px").render_document(canvas)
    stream = io.BytesIO()
    canvas.write_to_png_stream(stream)
    return stream.getvalue()


def _opens(picture: Picture) -> bool:
    """Whether it has the size it claims: one that can't be decoded takes no room."""
    book = _book(picture, "display:block")
    return (round(book.get_document_width()), round(book.get_document_height())) == (
        picture.width,
        picture.height,
    )


def _book(picture: Picture, style: str) -> Book:
    size = PageSize(POINTS_PER_PIXEL, POINTS_PER_PIXEL)
    book = Book(size=size, margins=plutoprint.PAGE_MARGINS_NONE, media=plutoprint.MEDIA_TYPE_SCREEN)
    book.custom_resource_fetcher = _Logo(picture)
    book.load_html(f'<body style="margin:0"><img src="{ADDRESS}" style="{style}"></body>')
    return book
