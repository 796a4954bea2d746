"""A tree with its branches indented: an organisation, or a logical framework (KKL)."""

from collections.abc import Sequence
from dataclasses import dataclass

from documents.figures.drawing import DARK, LIGHT, PHONE, WHITE, Drawing
from documents.figures.lettering import LEADING, wrapped

INDENT, EDGE, GAP = 22, 6, 8
DEEPEST = 6
"""Levels that are drawn further in; what lies deeper stands under the last."""


@dataclass(frozen=True, slots=True)
class Branch:
    """A node: what it says, a note below it (a name, an indicator), how deep it is (0: a root)."""

    text: str
    note: str = ""
    depth: int = 0


def tree(branches: Sequence[Branch], title: str, width: int = PHONE) -> str:
    """The nodes in the order of reading, each after the one it hangs on, joined by lines."""
    drawing = Drawing(width)
    hooks: list[float] = []  # for each level, how far down the last node's foot is
    for branch in branches:
        depth = min(branch.depth, DEEPEST, len(hooks))
        x = depth * INDENT
        middle = _node(drawing, branch, x)
        if depth:
            drawing.line(x - INDENT + 10, hooks[depth - 1], x - INDENT + 10, middle, stroke=DARK)
            drawing.line(x - INDENT + 10, middle, x, middle, stroke=DARK)
        hooks = [*hooks[:depth], drawing.y - GAP]
    return drawing.finish(title)


def _node(drawing: Drawing, branch: Branch, x: float) -> float:
    """The node at the drawing's y; returns the height at which its parent's line meets it."""
    room = drawing.width - x - 2 * EDGE - 2
    said, note = (
        wrapped(branch.text, room, 6, bold=not branch.depth),
        wrapped(branch.note, room, 4) if branch.note else [],
    )
    height = (len(said) + len(note)) * LEADING + 2 * EDGE
    drawing.box(
        x + 0.5, drawing.y, drawing.width - x - 1, height, fill=WHITE if branch.depth % 2 else LIGHT, round_=3
    )
    below = drawing.lines(x + EDGE, drawing.y + EDGE - 1, said, bold=not branch.depth)
    drawing.lines(x + EDGE, below, note)
    middle = drawing.y + EDGE + LEADING / 2
    drawing.y += height + GAP
    return middle
