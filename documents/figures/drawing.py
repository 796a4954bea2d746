"""A small builder of SVG drawings: shapes in greys that survive a copier, text that is always escaped."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import TypeVar

from documents.figures.lettering import LEADING, SIZE, wrapped
from documents.markup.xml_text import storable

Thing = TypeVar("Thing")

PHONE = 360
"""Pixels of width: what a figure is drawn for in the chat; on paper there is room for 620."""

BLACK, DARK, MIDDLE, LIGHT, WHITE = "#000", "#444", "#999", "#e4e4e4", "#fff"
FONTS = "Dokumen, 'Dokumen Aksara', 'Dokumen Emoji', Arial, sans-serif"


_SIZE = re.compile(r'width="(\d+)" height="(\d+)"')


def height_of(svg: str) -> int:
    """Pixels from the top to the bottom of a finished drawing."""
    found = _SIZE.search(svg)
    return int(found[2]) if found else 0


def fitting(svg: str, highest: int) -> str:
    """The drawing, scaled down where it is higher than `height` pixels."""
    found = _SIZE.search(svg)
    if found is None or int(found[2]) <= highest:
        return svg
    across = int(found[1]) * highest // int(found[2])
    return f'{svg[: found.start()]}width="{across}" height="{highest}"{svg[found.end() :]}'


def pieces(things: Sequence[Thing], draw: Callable[[Sequence[Thing]], str], highest: int) -> Iterator[str]:
    """The things in one drawing, or in as many as it takes for none to be higher than that (0: however high)."""
    if not things:
        return
    drawn = draw(things)
    if not highest or height_of(drawn) <= highest or len(things) == 1:
        yield drawn
        return
    middle = len(things) // 2
    yield from pieces(things[:middle], draw, highest)
    yield from pieces(things[middle:], draw, highest)


def number(value: float) -> str:
    """A coordinate, to a tenth of a pixel."""
    return f"{value:.1f}".removesuffix(".0")


def clean(text: str) -> str:
    """Text as XML can hold it, escaped."""
    return escape(storable(text))


@dataclass(slots=True)
class Drawing:
    """A drawing being made, from the top down; `y` is where the next thing may begin."""

    width: int = PHONE
    y: float = 4
    parts: list[str] = field(default_factory=list)

    def text(
        self, x: float, y: float, said: str, *, anchor: str = "start", bold: bool = False, fill: str = BLACK
    ) -> None:
        """Draws one line of text whose baseline is `y`."""
        weight = ' font-weight="bold"' if bold else ""
        place = f'x="{number(x)}" y="{number(y)}" text-anchor="{anchor}" fill="{fill}"{weight}'
        self.parts.append(f"<text {place}>{clean(said)}</text>")

    def lines(
        self, x: float, top: float, said: Sequence[str], *, anchor: str = "start", bold: bool = False
    ) -> float:
        """Lines one below the other from the top; returns where they end."""
        for at, line in enumerate(said):
            self.text(x, top + at * LEADING + SIZE - 1, line, anchor=anchor, bold=bold)
        return top + len(said) * LEADING

    def box(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        *,
        fill: str = WHITE,
        line: str = DARK,
        round_: float = 0,
    ) -> None:
        """A rectangle; `line` 'none' for one without an edge."""
        place = f'x="{number(x)}" y="{number(y)}" width="{number(max(0, width))}" height="{number(height)}"'
        self.parts.append(f'<rect {place} rx="{number(round_)}" fill="{fill}" stroke="{line}"/>')

    def line(
        self, x1: float, y1: float, x2: float, y2: float, *, stroke: str = DARK, thick: float = 1
    ) -> None:
        ends = f'x1="{number(x1)}" y1="{number(y1)}" x2="{number(x2)}" y2="{number(y2)}"'
        self.parts.append(f'<line {ends} stroke="{stroke}" stroke-width="{number(thick)}"/>')

    def circle(self, x: float, y: float, radius: float, *, fill: str = WHITE, line: str = DARK) -> None:
        """A circle."""
        place = f'cx="{number(x)}" cy="{number(y)}" r="{number(radius)}"'
        self.parts.append(f'<circle {place} fill="{fill}" stroke="{line}"/>')

    def shape(self, points: Sequence[tuple[float, float]], *, fill: str = WHITE, line: str = DARK) -> None:
        corners = " ".join(f"{number(x)},{number(y)}" for x, y in points)
        self.parts.append(f'<polygon points="{corners}" fill="{fill}" stroke="{line}"/>')

    def arrow_down(self, x: float, top: float, bottom: float) -> None:
        """An arrow from the top to the bottom."""
        self.line(x, top, x, bottom - 6, thick=1.5)
        self.shape([(x - 5, bottom - 8), (x + 5, bottom - 8), (x, bottom)], fill=DARK)

    def badge(self, x: float, y: float, said: str, *, fill: str = DARK, ink: str = WHITE) -> None:
        """A number in a disc, standing for what a list beside the drawing says."""
        self.circle(x, y, 11, fill=fill)
        self.text(x, y + 5, said, anchor="middle", bold=True, fill=ink)

    def paragraph(self, said: str, *, x: float = 0, bold: bool = False, most: int = 0) -> None:
        """Text across the drawing from `y` on, which is moved below it."""
        self.y = self.lines(x, self.y, wrapped(said, self.width - x - 4, most, bold=bold), bold=bold)

    def listed(self, sign: str, said: str, *, fill: str = DARK, ink: str = WHITE) -> None:
        """A badge with what it stands for beside it."""
        self.badge(13, self.y + 10, sign, fill=fill, ink=ink)
        self.paragraph(said, x=32)
        self.y += 5

    def finish(self, title: str, shown: int = 0) -> str:
        """The drawing as SVG; `title` says what it shows to whoever can't see it; `shown`: its width enlarged to."""
        height = int(self.y + 5)
        wide, high = shown or self.width, height * (shown or self.width) // self.width
        size = f'width="{wide}" height="{high}" viewBox="0 0 {self.width} {height}"'
        head = f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="{FONTS}" font-size="{SIZE}" role="img">'
        return f"{head}<title>{clean(title)}</title>{''.join(self.parts)}</svg>"
