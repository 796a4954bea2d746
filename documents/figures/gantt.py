"""A Gantt chart: what is done when, over months."""

from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from documents.figures.drawing import DARK, LIGHT, MIDDLE, PHONE, Drawing
from documents.figures.lettering import LEADING, wrapped
from documents.figures.lettering import width as text_width
from documents.language.indonesian import month, short_date

THICK, LABELLED = 16, 560
"""A bar's height; from what width on labels stand beside the bars."""
CLOSEST = 4
"""Pixels between two lines at least; a day that was mistyped by centuries would make months narrower."""
_HEAD = LEADING + 12
"""Where the first task begins."""


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
    return _chart(tasks, _scale(tasks, width), title, width, today)


def gantts(
    tasks: Sequence[Task], title: str, width: int, most: int, today: date | None = None
) -> tuple[str, ...]:
    """The same in as many charts over the same months as it takes for each to be at most `most` pixels high."""
    scale = _scale(tasks, width)
    if scale is None:
        return ()
    return tuple(_chart(part, scale, title, width, today) for part in _parts(tasks, scale, width, most))


def _parts(tasks: Sequence[Task], scale: "_Scale", width: int, most: int) -> list[list[Task]]:
    """The tasks in parts that are low enough; what is under a heading stays together where that fits at all."""

    def fits(part: Sequence[Task]) -> bool:
        return _height(part, scale, width) <= most

    parts: list[list[Task]] = [[]]
    for group in _groups(tasks):
        if parts[-1] and not fits([*parts[-1], *group]):
            parts.append([])
        for task in group:
            if parts[-1] and not fits([*parts[-1], task]):
                parts.append([])
            parts[-1].append(task)
    return parts


def _groups(tasks: Sequence[Task]) -> list[list[Task]]:
    """Each heading with the tasks under it."""
    groups: list[list[Task]] = [[]]
    for task in tasks:
        if task.heading:
            groups.append([])
        groups[-1].append(task)
    return groups


def _height(tasks: Sequence[Task], scale: "_Scale", width: int) -> float:
    drawing = Drawing(width, _HEAD)
    for task in tasks:
        _task(drawing, task, scale)
    return drawing.y


def _scale(tasks: Sequence[Task], width: int) -> "_Scale | None":
    """The months of all tasks, beside their labels where there is room; None where nothing has a date."""
    dated = [task for task in tasks if not task.heading]
    if not dated:
        return None
    side = width * 0.4 if width >= LABELLED else 0
    return _Scale(min(t.begin for t in dated), max(t.end for t in dated), side, width - side - 2)


def _chart(tasks: Sequence[Task], scale: "_Scale | None", title: str, width: int, today: date | None) -> str:
    drawing = Drawing(width)
    if scale is None:
        return drawing.finish(title)
    top = drawing.y + LEADING + 4
    drawing.y = top + 4
    for task in tasks:
        _task(drawing, task, scale)
    behind = Drawing(width)
    _months(behind, scale, top, drawing.y)
    if today and scale.first <= today <= scale.last:
        x = scale.x(today)
        behind.line(x, top, x, drawing.y, stroke=MIDDLE)
        behind.shape([(x - 6, top), (x + 6, top), (x, top + 9)], fill=DARK)
    drawing.parts[:0] = behind.parts
    return drawing.finish(title)


@dataclass(frozen=True, slots=True)
class _Scale:
    """From the first of the first month to the last of the last, across that many pixels."""

    begin: date
    end: date
    left: float
    across: float

    @property
    def first(self) -> date:
        return self.begin.replace(day=1)

    @property
    def last(self) -> date:
        return self.end.replace(day=monthrange(self.end.year, self.end.month)[1])

    def x(self, day: date, after: int = 0) -> float:
        """The x at which the day, or `after` days later, begins."""
        days = (self.last - self.first).days + 1
        return self.left + 1 + self.across * ((day - self.first).days + after) / days


def _months(drawing: Drawing, scale: _Scale, top: float, bottom: float) -> None:
    """A line where a month begins and its name, where there is room for them."""
    free, line = 0.0, 0.0
    for day in _beginnings(scale):
        x = scale.x(day)
        if x < line:
            continue
        drawing.line(x, top, x, bottom, stroke=LIGHT)
        line = x + CLOSEST
        if x >= free and x + text_width(name := month(day)) <= drawing.width:
            drawing.text(x, top - 5, name)
            free = x + text_width(name) + 8
    drawing.line(scale.left, top, drawing.width, top)


def _beginnings(scale: _Scale) -> Iterator[date]:
    """The first day of each month."""
    for number in range(scale.begin.year * 12 + scale.begin.month - 1, scale.end.year * 12 + scale.end.month):
        yield date(number // 12, number % 12 + 1, 1)


def _task(drawing: Drawing, task: Task, scale: _Scale) -> None:
    side = scale.left
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
    begin, end = scale.x(task.begin), scale.x(task.end, after=1)
    drawing.box(begin, bar, max(4, end - begin), THICK, fill=DARK if task.done else MIDDLE, line=DARK)
    drawing.y = max(below, bar + THICK) + 6


def _days(task: Task) -> str:
    begin, end = short_date(task.begin), short_date(task.end)
    return begin if begin == end else f"{begin} – {end}"
