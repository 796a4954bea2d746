"""The flow of a procedure: steps from the top down, and two procedures, before and after, side by side."""

from collections.abc import Sequence
from dataclasses import dataclass

from documents.figures.drawing import LIGHT, PHONE, WHITE, Drawing
from documents.figures.lettering import LEADING, wrapped

STEP, DECISION, END = "step", "decision", "end"
ARROW, BESIDE, EDGE = 20, 560, 8


@dataclass(frozen=True, slots=True)
class Step:
    """A step: what is done, by whom, how long it takes; a decision has slanting sides, an end round ones."""

    text: str
    actor: str = ""
    time: str = ""
    kind: str = STEP


@dataclass(frozen=True, slots=True)
class Flow:
    """A procedure under its heading, if it has one."""

    heading: str
    steps: tuple[Step, ...]


def flows(found: Sequence[Flow], title: str, width: int = PHONE) -> str:
    """The procedures side by side where there is room, else one below the other."""
    drawing = Drawing(width)
    beside = len(found) if width >= BESIDE else 1
    across = (width - 16 * (beside - 1)) / beside
    for at in range(0, len(found), beside):
        ends = [
            _flow(drawing, flow, column * (across + 16), across)
            for column, flow in enumerate(found[at : at + beside])
        ]
        drawing.y = max(ends) + 14
    return drawing.finish(title)


def _flow(drawing: Drawing, flow: Flow, x: float, across: float) -> float:
    """One procedure from the drawing's y on; returns where it ends."""
    heading = wrapped(flow.heading, across, bold=True) if flow.heading else []
    y = drawing.lines(x, drawing.y, heading, bold=True) + 6
    for at, step in enumerate(flow.steps):
        if at:
            drawing.arrow_down(x + across / 2, y, y + ARROW)
            y += ARROW
        y = _step(drawing, step, x, y, across)
    return y


def _step(drawing: Drawing, step: Step, x: float, y: float, across: float) -> float:
    inner = across - 2 * EDGE - (24 if step.kind == DECISION else 0)
    said = wrapped(step.text, inner, 5)
    about = " · ".join(filter(None, (step.actor, step.time)))
    names = wrapped(about, inner, 2, bold=True) if about else []
    height = (len(said) + len(names)) * LEADING + 2 * EDGE
    _frame(drawing, step.kind, x, y, across, height)
    below = drawing.lines(x + across / 2, y + EDGE - 2, names, anchor="middle", bold=True)
    drawing.lines(x + across / 2, below, said, anchor="middle")
    return y + height


def _frame(drawing: Drawing, kind: str, x: float, y: float, across: float, height: float) -> None:
    if kind == DECISION:
        middle, slant = y + height / 2, 14
        points = [(x + slant, y), (x + across - slant, y), (x + across - 1, middle)]
        points += [(x + across - slant, y + height), (x + slant, y + height), (x + 1, middle)]
        drawing.shape(points, fill=LIGHT)
    else:
        drawing.box(
            x + 1,
            y,
            across - 2,
            height,
            fill=LIGHT if kind == END else WHITE,
            round_=16 if kind == END else 3,
        )
