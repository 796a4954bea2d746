"""A poster of a whole process: its stages one after the other in columns, with each topic's days and who takes part.

The type is as big as the sheet allows: the drawing is made small and shown enlarged.
"""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from documents.figures.drawing import DARK, LIGHT, WHITE, Drawing
from documents.figures.lettering import LEADING, wrapped

BIGGEST, SMALLEST, FINE = 64, 20, 20
"""Times a figure's usual type, in twentieths: 64 are 36 points."""
HEADLINE = 16
"""The headline's type against the rest, in tenths."""
GAP, BOX, PAD, BESIDE = 16, 13, 4, 7
MOST_COLUMNS, NARROWEST = 5, 190
"""Columns, and the pixels each has at least before it is enlarged: in narrower ones nearly every word is broken."""


@dataclass(frozen=True, slots=True)
class Notice:
    """A topic: what it is called, its days, who takes part, and whether its box is ticked."""

    title: str
    days: str
    who: str = ""
    done: bool = False


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage: its title in white on dark, who takes part in all of it, and its topics."""

    title: str
    who: str
    notices: tuple[Notice, ...]


@dataclass(frozen=True, slots=True)
class Text:
    """What a poster says: a headline, lines below it, and the stages."""

    headline: str
    lines: tuple[str, ...]
    stages: tuple[Stage, ...]


Piece = tuple[Stage | None, Notice | None]
"""What isn't parted by the end of a column: a topic, the first one of a stage with the stage's title."""


def poster(text: Text, title: str, width: int, height: int) -> str:
    """The poster on `width` by `height` pixels, in the biggest type in which all of it finds room.

    What finds none even in the smallest type makes the poster higher.
    """

    def drawn(times: int) -> Drawing | None:
        return _fitting(text, width * FINE // times, height * FINE // times)

    sizes = range(BIGGEST, SMALLEST - 1, -1)
    at = bisect_left(sizes, True, key=lambda times: drawn(times) is not None)  # noqa: FBT003 - what is looked for
    drawing = drawn(sizes[at]) if at < len(sizes) else None
    return (drawing or _unbounded(text, width)).finish(title, width)


def _unbounded(text: Text, width: int) -> Drawing:
    """The poster in the smallest type, however high."""
    columns = _most(text, width)
    across = _across(width, columns)
    heights = [_height(piece, across) for piece in _pieces(text)]
    head = Drawing(width)
    _head(head, text)
    high = head.y + sum(heights) / columns + max(heights, default=0) + 2 * PAD
    drawing = _in_columns(text, width, int(high), columns)
    assert drawing is not None
    return drawing


def _most(text: Text, across: int) -> int:
    """The greatest number of columns there is room for."""
    topics = sum(len(stage.notices) for stage in text.stages)
    return max(1, min(MOST_COLUMNS, topics, across // NARROWEST))


def _across(width: int, columns: int) -> int:
    return (width - GAP * (columns - 1)) // columns


def _fitting(text: Text, width: int, height: int) -> Drawing | None:
    """The poster in as many columns as do, the most first, or None where it is too much for any number."""
    found = (_in_columns(text, width, height, columns) for columns in range(_most(text, width), 0, -1))
    return next(filter(None, found), None)


def _in_columns(text: Text, width: int, height: int, columns: int) -> Drawing | None:
    """The poster in `columns` columns, or None where it doesn't fit."""
    drawing = Drawing(width)
    _head(drawing, text)
    across = _across(width, columns)
    filled = _filled(_pieces(text), across, height - PAD - drawing.y, columns)
    if filled is None:
        return None
    top = drawing.y
    for at, pieces in enumerate(filled):
        drawing.y = top
        for piece in pieces:
            _draw(drawing, piece, at * (across + GAP), across)
    drawing.y = height - PAD
    return drawing


def _filled(pieces: Iterator[Piece], across: int, room: float, columns: int) -> list[list[Piece]] | None:
    """The pieces column by column, or None where the columns don't hold them."""
    filled: list[list[Piece]] = [[]]
    used = 0.0
    for piece in pieces:
        height = _height(piece, across)
        if filled[-1] and used + height > room:
            filled.append([])
            used = 0
        if height > room or len(filled) > columns:
            return None
        filled[-1].append(piece)
        used += height
    return filled


def _pieces(text: Text) -> Iterator[Piece]:
    for stage in text.stages:
        yield stage, stage.notices[0] if stage.notices else None
        yield from ((None, notice) for notice in stage.notices[1:])


def _height(piece: Piece, across: int) -> float:
    scratch = Drawing(across, 0)
    _draw(scratch, piece, 0, across)
    return scratch.y


def _draw(drawing: Drawing, piece: Piece, x: float, across: int) -> None:
    stage, notice = piece
    if stage:
        _stage(drawing, stage, x, across)
    if notice:
        _notice(drawing, notice, x, across)


def _head(drawing: Drawing, text: Text) -> None:
    """The headline, enlarged, and what is said below it; a thick line ends them."""
    big = Drawing(drawing.width * 10 // HEADLINE)
    big.y = big.lines(0, 0, wrapped(text.headline, big.width - 4, 3, bold=True), bold=True)
    drawing.parts += [f'<g transform="scale({HEADLINE / 10})">', *big.parts, "</g>"]
    drawing.y = big.y * HEADLINE / 10 + PAD
    for line in text.lines:
        drawing.paragraph(line, most=2)
    drawing.line(0, drawing.y + PAD, drawing.width, drawing.y + PAD, stroke=DARK, thick=2)
    drawing.y += 2 * PAD


def _stage(drawing: Drawing, stage: Stage, x: float, across: int) -> None:
    said = wrapped(stage.title, across - 2 * PAD, 4, bold=True)
    drawing.box(x, drawing.y, across, len(said) * LEADING + PAD, fill=DARK)
    for at, line in enumerate(said):
        drawing.text(x + PAD, drawing.y + (at + 1) * LEADING - 2, line, bold=True, fill=WHITE)
    drawing.y += len(said) * LEADING + PAD
    if stage.who:
        drawing.y = drawing.lines(x + PAD, drawing.y + 2, wrapped(stage.who, across - 2 * PAD, 2))
    drawing.y += PAD


def _notice(drawing: Drawing, notice: Notice, x: float, across: int) -> None:
    """A box to tick, the topic beside it; who takes part may be cut short, its days never."""
    beside, room = x + BOX + BESIDE, across - BOX - BESIDE
    drawing.box(x + 1, drawing.y + 3, BOX, BOX, fill=DARK if notice.done else WHITE)
    drawing.y = drawing.lines(beside, drawing.y, wrapped(notice.title, room, 6, bold=True), bold=True)
    drawing.y = drawing.lines(beside, drawing.y, wrapped(notice.days, room))
    if notice.who:
        drawing.y = drawing.lines(beside, drawing.y, wrapped(notice.who, room, 1))
    drawing.y += PAD
    drawing.line(x, drawing.y, x + across, drawing.y, stroke=LIGHT)
    drawing.y += PAD
