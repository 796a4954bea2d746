"""Bagan bawang: rings around a middle; the nearer to it, the weightier."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from documents.figures.drawing import BLACK, LIGHT, MIDDLE, PHONE, WHITE, Drawing

SHADES = (MIDDLE, "#c8c8c8", LIGHT, "#f4f4f4", WHITE)
LARGEST = 460


@dataclass(frozen=True, slots=True)
class Ring:
    """A ring, the innermost first: its name and what is on it."""

    name: str
    texts: tuple[str, ...]


def onion(rings: Sequence[Ring], title: str, width: int = PHONE, *, told: bool = True) -> str:
    """Numbered discs on rings; below, if it is to be `told`, ring by ring what each number stands for."""
    drawing = Drawing(width)
    radius = min(width, LARGEST) / 2 - 2
    middle, centre = width / 2, drawing.y + radius
    band = radius / max(1, len(rings))
    for at in reversed(range(len(rings))):
        drawing.circle(middle, centre, band * (at + 1), fill=SHADES[min(at, len(SHADES) - 1)])
    numbers = _numbered(rings)
    for at, ring in enumerate(rings):
        places = _around(len(ring.texts), band * (at + 0.5) if at else band * 0.5 * (len(ring.texts) > 1), at)
        for number, (x, y) in zip(numbers[at], places, strict=True):
            drawing.badge(middle + x, centre + y, str(number), fill=WHITE, ink=BLACK)
    drawing.y = centre + radius + 12
    if told:
        _tell(drawing, lines(rings))
    return drawing.finish(title)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of what the numbers stand for: a ring's name, or with a number what is on it."""

    text: str
    number: int = 0


def lines(rings: Sequence[Ring]) -> list[Line]:
    """Ring by ring what each number stands for."""
    found: list[Line] = []
    for at, (ring, numbers) in enumerate(zip(rings, _numbered(rings), strict=True), 1):
        found.append(Line(f"{at}. {ring.name}"))
        found += [Line(text, number) for text, number in zip(ring.texts, numbers, strict=True)]
    return found


def legend(found: Sequence[Line], title: str, width: int = PHONE) -> str:
    """What the numbers stand for, as a drawing of its own."""
    drawing = Drawing(width)
    _tell(drawing, found)
    return drawing.finish(title)


def _tell(drawing: Drawing, found: Sequence[Line]) -> None:
    for line in found:
        if line.number:
            drawing.listed(str(line.number), line.text, fill=WHITE, ink=BLACK)
        else:
            drawing.paragraph(line.text, bold=True)
            drawing.y += 4


def _numbered(rings: Sequence[Ring]) -> list[list[int]]:
    """Numbers for all that stands on the rings, counted on from ring to ring."""
    numbers: list[list[int]] = []
    begun = 0
    for ring in rings:
        numbers.append(list(range(begun + 1, begun + len(ring.texts) + 1)))
        begun += len(ring.texts)
    return numbers


def _around(count: int, radius: float, ring: int) -> list[tuple[float, float]]:
    """Places spread evenly on a circle, each ring turned a little against the last."""
    turns = (math.tau * at / count - math.pi / 2 + ring * 0.4 for at in range(count))
    return [(radius * math.cos(turn), radius * math.sin(turn)) for turn in turns]
