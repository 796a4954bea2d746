"""How wide text is in the figures' type, and where its lines break; close enough to draw by."""

import unicodedata
from collections.abc import Iterator

SIZE, LEADING = 15, 19
"""Pixels of a letter and from line to line: 15 pixels are 11¼ points, and 360 pixels are a phone's width."""

_WIDTHS = (
    "278 278 355 556 556 889 667 191 333 333 389 584 278 333 278 278 556 556 556 556 556 556 556 556 556 556 278 278 "
    "584 584 584 556 1015 667 667 722 722 667 611 778 722 278 500 667 556 833 722 778 667 778 722 667 611 722 667 944 "
    "667 667 611 278 278 278 469 556 333 556 556 500 556 556 278 556 556 222 222 500 222 833 556 556 556 556 333 500 "
    "278 556 500 722 500 500 500 334 260 334 584"
)
_ASCII = {**dict(zip(map(chr, range(32, 127)), map(int, _WIDTHS.split()), strict=True)), "…": 1000}
"""Advance widths of Helvetica, Arial and Liberation Sans in thousandths of their size."""

_OTHER, _BROAD, _BOLD = 600, 1200, 1.07


def width(text: str, size: int = SIZE, *, bold: bool = False) -> float:
    """Pixels the text takes on one line."""
    return sum(map(_sign, text)) * size / 1000 * (_BOLD if bold else 1)


def wrapped(text: str, room: float, most: int = 0, *, bold: bool = False) -> list[str]:
    """The text in lines no wider than the room; of more than `most` (0: any number) the last ends in '…'."""
    lines = [line for part in text.split("\n") for line in _lines(part.split(), room, bold=bold)] or [""]
    if not most or len(lines) <= most:
        return lines
    return [*lines[: most - 1], _fitting(lines[most - 1], room - width("…"), bold=bold).rstrip(" ,;.") + "…"]


def _lines(words: list[str], room: float, *, bold: bool) -> Iterator[str]:
    line = ""
    for piece in (piece for word in words for piece in _pieces(word, room, bold=bold)):
        longer = f"{line} {piece}" if line else piece
        if line and width(longer, bold=bold) > room:
            yield line
            line = piece
        else:
            line = longer
    if line:
        yield line


def _pieces(word: str, room: float, *, bold: bool) -> Iterator[str]:
    """The word, in pieces where it is wider than a line."""
    while width(word, bold=bold) > room and len(word) > 1:
        head = _fitting(word, room, bold=bold) or word[0]
        yield head
        word = word[len(head) :]
    yield word


def _fitting(text: str, room: float, *, bold: bool) -> str:
    """The longest beginning of the word that fits into the width."""
    end = len(text)
    while end and width(text[:end], bold=bold) > room:
        end -= 1
    return text[:end]


def _sign(sign: str) -> int:
    if sign in _ASCII:
        return _ASCII[sign]
    if unicodedata.category(sign) in {"Mn", "Me", "Cf"}:
        return 0
    return _BROAD if unicodedata.east_asian_width(sign) in "WF" else _OTHER
