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


def onion(rings: Sequence[Ring], title: str, width: int = PHONE) -> str:
    """Numbered discs on rings; below, ring by ring, what each number stands for."""
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
    for at, ring in enumerate(rings):
        drawing.paragraph(f"{at + 1}. {ring.name}", bold=True)
        drawing.y += 4
        for number, text in zip(numbers[at], ring.texts, strict=True):
            drawing.listed(str(number), text, fill=WHITE, ink=BLACK)
    return drawing.finish(title)


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
