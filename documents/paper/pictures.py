"""Pictures of a document: drawings taken out of its HTML, and images that came as data."""

import base64
import binascii
import re
import struct
from collections.abc import Sequence
from html import escape, unescape

from documents.paper.model import Picture

DRAWING = "drawing:"
LARGEST = 4_000_000  # bytes of one image
SIDE = 4_000  # pixels of its longer side: a small file can claim a canvas that fills the memory
_SVG = re.compile(r"<svg\b.*?</svg>", re.DOTALL)
_SIZE = re.compile(r'<svg\b[^>]*?\bwidth="(\d+)"[^>]*?\bheight="(\d+)"')
_TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)
_DATA = re.compile(r"data:image/(?:png|jpeg);base64,([A-Za-z0-9+/=\s]+)")
PNG, JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"


def taken_out(html: str) -> tuple[str, tuple[Picture, ...]]:
    """The HTML with an `img` in the place of each drawing, and the drawings."""
    drawings: list[Picture] = []

    def take(found: re.Match[str]) -> str:
        drawings.append(drawing(found[0]))
        return f'<img src="{DRAWING}{len(drawings) - 1}" alt="{escape(drawings[-1].shows)}">'

    return _SVG.sub(take, html), tuple(drawings)


def drawing(svg: str) -> Picture:
    """A drawing of our own making (documents/figures) as a picture."""
    size, title = _SIZE.search(svg), _TITLE.search(svg)
    width, height = (int(size[1]), int(size[2])) if size else (0, 0)
    return Picture(svg.encode(), "svg", unescape(title[1]) if title else "", width, height)


def drawn(source: str, drawings: Sequence[Picture]) -> Picture | None:
    """The drawing an `img` stands for."""
    number = source.removeprefix(DRAWING) if source.startswith(DRAWING) else ""
    return drawings[int(number)] if number.isdecimal() and int(number) < len(drawings) else None


def from_data(source: str, shows: str = "") -> Picture | None:
    """The image in a `data:` address, if it is a sound PNG or JPEG of a sensible size."""
    found = _DATA.fullmatch(source)
    try:
        data = base64.b64decode(found[1], validate=False) if found else b""
    except binascii.Error:
        return None
    kind = "png" if data.startswith(PNG) else "jpeg" if data.startswith(JPEG) else ""
    width, height = _size(data, kind)
    fits = len(data) <= LARGEST and 0 < width <= SIDE and 0 < height <= SIDE
    return Picture(data, kind, shows, width, height) if kind and fits else None


def data_address(picture: Picture) -> str:
    """The picture as a `data:` address."""
    return f"data:image/{picture.kind};base64,{base64.b64encode(picture.data).decode()}"


def _size(data: bytes, kind: str) -> tuple[int, int]:
    """Width and height in pixels, or nothing where they can't be found."""
    if kind == "png" and len(data) >= len(PNG) + 16:
        width, height = struct.unpack(">II", data[16:24])
        return width, height
    return _jpeg_size(data) if kind == "jpeg" else (0, 0)


def _jpeg_size(data: bytes) -> tuple[int, int]:
    """From the first frame header (ITU T.81, B.2.2): markers C0-CF but for C4, C8 and CC."""
    at = 2
    while at + 9 < len(data) and data[at] == 0xFF:  # noqa: PLR2004 - the byte every marker begins with
        marker, length = data[at + 1], int.from_bytes(data[at + 2 : at + 4], "big")
        if 0xC0 <= marker <= 0xCF and marker not in {0xC4, 0xC8, 0xCC}:  # noqa: PLR2004
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return width, height
        at += 2 + length
    return 0, 0
