"""Pictures of a document: drawings taken out of its HTML, and images that came as data."""

import base64
import io
import re
import warnings
from collections.abc import Sequence
from html import escape, unescape

from PIL import Image

from documents.paper.model import Picture

DRAWING = "drawing:"
LARGEST = 4_000_000  # bytes of one image
SIDE = 4_000  # pixels of its longer side: a small file can claim a canvas that fills the memory
_SVG = re.compile(r"<svg\b.*?</svg>", re.DOTALL)
_SIZE = re.compile(r'<svg\b[^>]*?\bwidth="(\d+)"[^>]*?\bheight="(\d+)"')
_TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)
_DATA = re.compile(r"data:image/(?:png|jpeg);base64,([A-Za-z0-9+/=\s]+)")
STARTS = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")
"""How files of the two kinds begin that are taken, PNG and JPEG."""
TOO_LARGE = (Image.DecompressionBombError, Image.DecompressionBombWarning)
Image.MAX_IMAGE_PIXELS = SIDE * SIDE
warnings.simplefilter("error", Image.DecompressionBombWarning)
PACKED = 3
"""How hard a PNG is compressed; more takes longer and saves little."""


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
        image = opened(data)
    except (OSError, ValueError, *TOO_LARGE):
        return None
    kind = "png" if data.startswith(STARTS[0]) else "jpeg"
    return Picture(data, kind, shows, image.width, image.height) if len(data) <= LARGEST else None


def opened(data: bytes) -> Image.Image:
    """The PNG or JPEG, of which only the head was read. Raises OSError, or one of TOO_LARGE."""
    image = Image.open(io.BytesIO(data), formats=("PNG", "JPEG"))
    if max(image.size) > SIDE:
        raise Image.DecompressionBombError(f"{image.size} is more than {SIDE} on a side")
    return image


def encoded(image: Image.Image) -> bytes:
    """The image as PNG."""
    stream = io.BytesIO()
    image.save(stream, "PNG", compress_level=PACKED)
    return stream.getvalue()


def data_address(picture: Picture) -> str:
    """The picture as a `data:` address."""
    return f"data:image/{picture.kind};base64,{base64.b64encode(picture.data).decode()}"
