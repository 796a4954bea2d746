"""Ranking bars: how much each thing got, and how far opinions lie apart."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from documents.figures.drawing import BLACK, DARK, LIGHT, MIDDLE, PHONE, Drawing
from documents.figures.lettering import width as text_width
from documents.figures.lettering import wrapped

THICK = 18


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar: `shown` is the value in words; `low` to `high` is where the opinions lie, if that is known."""

    label: str
    value: Fraction
    shown: str
    low: Fraction | None = None
    high: Fraction | None = None
    strong: bool = False


def ranking(bars: Sequence[Bar], title: str, width: int = PHONE, *, beside: Sequence[Bar] = ()) -> str:
    """The bars one below the other, each under its label; strong ones (the first rank) are darker.

    They are drawn to the same scale as those `beside`, of which they may be a part.
    """
    drawing = Drawing(width)
    scaled = [*bars, *beside]
    side = max((text_width(bar.shown, bold=True) for bar in scaled), default=0) + 12
    highest = max((max(bar.value, bar.high or 0) for bar in scaled), default=Fraction(0)) or Fraction(1)
    for bar in bars:
        drawing.y = drawing.lines(0, drawing.y, wrapped(bar.label, width - 4, 3), bold=bar.strong)
        _bar(drawing, bar, (width - side) / float(highest))
        drawing.y += THICK + 12
    return drawing.finish(title)


def _bar(drawing: Drawing, bar: Bar, scale: float) -> None:
    top, end = drawing.y + 2, float(bar.value) * scale
    drawing.box(0, top, end, THICK, fill=MIDDLE if bar.strong else LIGHT, line=DARK)
    edge = end
    if bar.low is not None and bar.high is not None:
        low, edge = float(bar.low) * scale, max(end, float(bar.high) * scale)
        middle = top + THICK / 2
        drawing.line(low, middle, float(bar.high) * scale, middle, stroke=BLACK, thick=2)
        for x in (low, float(bar.high) * scale):
            drawing.line(x, middle - 5, x, middle + 5, stroke=BLACK, thick=2)
    drawing.text(edge + 6, top + THICK - 4, bar.shown, bold=bar.strong)
