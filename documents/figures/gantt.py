"""A Gantt chart: what is done when, over months."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from documents.figures.drawing import DARK, LIGHT, MIDDLE, PHONE, Drawing
from documents.figures.lettering import LEADING, wrapped
from documents.figures.lettering import width as text_width
from documents.indonesian import month, short_date

THICK, LABELLED = 16, 560
"""A bar's height; from what width on labels stand beside the bars."""


@dataclass(frozen=True, slots=True)
class Task:
    """A piece of work from its first to its last day; darker once `done`; a `heading` has only a label."""

    label: str
    begin: date
    end: date
    done: bool = False
    heading: bool = False


def gantt(tasks: Sequence[Task], title: str, width: int = PHONE, today: date | None = None) -> str:
    """The tasks one below the other, each with its days; a wedge and a line mark `today`."""
    drawing = Drawing(width)
    dated = [task for task in tasks if not task.heading]
    if not dated:
        return drawing.finish(title)
    side = width * 0.4 if width >= LABELLED else 0
    scale = _Scale(min(t.begin for t in dated), max(t.end for t in dated), side, width - side - 2)
    top = drawing.y + LEADING + 4
    marks = len(drawing.parts)
    drawing.y = top + 4
    for task in tasks:
        _task(drawing, task, scale, side)
    behind = Drawing(width)
    _months(behind, scale, top, drawing.y)
    if today and scale.first <= today <= scale.last:
        x = scale.x(today)
        behind.line(x, top, x, drawing.y, stroke=MIDDLE)
        behind.shape([(x - 6, top), (x + 6, top), (x, top + 9)], fill=DARK)
    drawing.parts[marks:marks] = behind.parts
    return drawing.finish(title)


@dataclass(frozen=True, slots=True)
class _Scale:
    """From the first of the first month to the last of the last, across so many pixels."""

    begin: date
    end: date
    left: float
    across: float

    @property
    def first(self) -> date:
        return self.begin.replace(day=1)

    @property
    def last(self) -> date:
        return _next_month(self.end) - timedelta(days=1)

    def x(self, day: date) -> float:
        """Where the day begins."""
        days = (self.last - self.first).days + 1
        return self.left + 1 + self.across * (day - self.first).days / days


def _months(drawing: Drawing, scale: _Scale, top: float, bottom: float) -> None:
    """A line at the beginning of each month, its name where there is room for it."""
    free, day = 0.0, scale.first
    while day <= scale.last:
        x = scale.x(day)
        drawing.line(x, top, x, bottom, stroke=LIGHT)
        name = month(day)
        if x >= free and x + text_width(name) <= drawing.width:
            drawing.text(x, top - 5, name)
            free = x + text_width(name) + 8
        day = _next_month(day)
    drawing.line(scale.left, top, drawing.width, top)


def _task(drawing: Drawing, task: Task, scale: _Scale, side: float) -> None:
    room = (side or drawing.width) - 8
    days = "" if task.heading else f" ({_days(task)})"
    said = wrapped(
        task.label if side else task.label + days,
        drawing.width - 8 if task.heading else room,
        4,
        bold=task.heading,
    )
    top = drawing.y + 3
    below = drawing.lines(0, top, said, bold=task.heading)
    if task.heading:
        drawing.y = below + 2
        return
    bar = top + 2 if side else below + 2
    begin, end = scale.x(task.begin), scale.x(task.end + timedelta(days=1))
    drawing.box(begin, bar, max(4, end - begin), THICK, fill=DARK if task.done else MIDDLE, line=DARK)
    drawing.y = max(below, bar + THICK) + 6


def _days(task: Task) -> str:
    begin, end = short_date(task.begin), short_date(task.end)
    return begin if begin == end else f"{begin} – {end}"


def _next_month(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1)
