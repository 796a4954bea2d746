"""States of things: traffic lights told apart by shape and word, and how far each part has come."""

from collections.abc import Sequence
from dataclasses import dataclass

from documents.figures.drawing import DARK, LIGHT, MIDDLE, PHONE, WHITE, Drawing
from documents.figures.lettering import width as text_width
from documents.figures.lettering import wrapped

RED, YELLOW, GREEN = "merah", "kuning", "hijau"
COLORS = {RED: "#d64545", YELLOW: "#f2c94c", GREEN: "#4caf7a"}


@dataclass(frozen=True, slots=True)
class Light:
    """What is watched, its colour (one of the three, or empty where nothing is known), and a word on it."""

    label: str
    color: str
    note: str = ""


def lights(found: Sequence[Light], title: str, width: int = PHONE) -> str:
    """A line for each: a square for red, a triangle for yellow, a disc for green, with the colour's name beside it."""
    drawing = Drawing(width)
    for light in found:
        top = drawing.y
        _sign(drawing, light.color, 12, top + 11)
        said = [*wrapped(light.label, width - 36, 3, bold=True)]
        below = drawing.lines(32, top, said, bold=True)
        about = " · ".join(filter(None, (light.color.capitalize() or "–", light.note)))
        drawing.y = drawing.lines(32, below, wrapped(about, width - 36, 3)) + 6
        drawing.line(0, drawing.y - 2, width, drawing.y - 2, stroke=LIGHT)
        drawing.y += 4
    return drawing.finish(title)


def _sign(drawing: Drawing, color: str, x: float, y: float) -> None:
    fill = COLORS.get(color, WHITE)
    if color == RED:
        drawing.box(x - 9, y - 9, 18, 18, fill=fill)
    elif color == YELLOW:
        drawing.shape([(x, y - 10), (x + 10, y + 8), (x - 10, y + 8)], fill=fill)
    else:
        drawing.circle(x, y, 9, fill=fill)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the work: how many of its steps are done."""

    label: str
    done: int
    total: int


def progress(parts: Sequence[Part], title: str, width: int = PHONE) -> str:
    """A bar for each part, filled as far as it has come."""
    drawing = Drawing(width)
    side = max((text_width(_told(part)) for part in parts), default=0) + 10
    for part in parts:
        drawing.y = drawing.lines(0, drawing.y, wrapped(part.label, width - 4, 2))
        across = width - side
        drawing.box(0.5, drawing.y + 2, across, 14, fill=WHITE, round_=3)
        if part.total and part.done:
            filled = across * min(part.done, part.total) / part.total
            drawing.box(
                0.5, drawing.y + 2, filled, 14, fill=DARK if part.done >= part.total else MIDDLE, round_=3
            )
        drawing.text(across + 8, drawing.y + 14, _told(part))
        drawing.y += 28
    return drawing.finish(title)


def _told(part: Part) -> str:
    return f"{part.done} / {part.total}"
