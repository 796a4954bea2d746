"""Figures of filled-in tables (worksheets): over time, as a procedure, as a tree, by their lights, on a map."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from documents.figures.drawing import height_of, pieces
from documents.figures.flow import Flow, Step, flows
from documents.figures.gantt import Task, gantts
from documents.figures.quadrants import Stakeholder, power_and_interest
from documents.figures.states import Light, lights
from documents.figures.tree import Branch, tree
from documents.language.indonesian import number
from domain.instruments.worksheet.columns import Column
from domain.instruments.worksheet.table import Row, Table
from domain.process.figures import FLOW, GANTT, LIGHTS, QUADRANTS, TREE, Figure

Words = Callable[[str], str]
Cells = Mapping[str, object]
"""A row's cells by the keys of their columns."""

CORNERS = ("upper_left", "upper_right", "lower_left", "lower_right")
ENDLESS = 10**6
"""Pixels that no chart is high."""

MIDDLE = Fraction(1, 2)
"""Where something stands of which only the one side is known."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A table on its way into drawings `width` pixels wide, none higher than `highest` (0: however high)."""

    figure: Figure
    title: str
    table: Table
    width: int
    highest: int
    words: Words


def _gantt(shown: Shown) -> Iterator[str]:
    """The rows with both days; those the wrong way round are left to the table."""
    tasks = []
    columns = shown.figure.columns
    for row, cells in _rows(shown.table):
        begin, end = cells[columns["start"]], cells[columns["end"]]
        if begin and end and begin <= end:
            said = cells.get(columns.get("label", "")) or row.text
            tasks.append(Task(str(said), date.fromisoformat(begin), date.fromisoformat(end)))
    yield from gantts(tasks, shown.title, shown.width, shown.highest or ENDLESS)


def _map(shown: Shown) -> Iterator[str]:
    """The rows on a map of two choices, of which the first option is the most."""
    across, up = (_column(shown.table, shown.figure.columns[part]) for part in ("across", "up"))
    people = [
        Stakeholder(row.text, _height(across, cells[across.key]), _height(up, cells[up.key]))
        for row, cells in _rows(shown.table)
        if cells[across.key] or cells[up.key]
    ]
    names = [shown.words(f"corner.{corner}") for corner in CORNERS]
    axes = (across.title, up.title)
    if people:
        yield power_and_interest(people, names, axes, shown.title, shown.width)


def _height(column: Column, chosen: object) -> Fraction:
    """The option's height in the drawing, from 0 for the last to 1 for the first."""
    last, options = len(column.options) - 1, list(column.options)
    return Fraction(last - options.index(chosen), last) if last and chosen in options else MIDDLE


def _flow(shown: Shown) -> Iterator[str]:
    """The procedure; with what changes in it, as it is now and as it shall be."""
    rows = [cells | {"": row.text} for row, cells in _rows(shown.table)]
    return pieces(rows, lambda some: flows(_procedures(shown, some), shown.title, shown.width), shown.highest)


def _procedures(shown: Shown, rows: Sequence[Cells]) -> list[Flow]:
    figure = shown.figure
    if "change" not in figure.columns:
        return [Flow("", tuple(_steps(shown, rows)))]
    change = figure.columns["change"]
    before = [cells for cells in rows if cells[change] not in figure.added]
    after = [cells for cells in rows if cells[change] not in figure.dropped]
    return [
        Flow(shown.words("flow.before"), tuple(_steps(shown, before))),
        Flow(shown.words("flow.after"), tuple(_steps(shown, after, new=True))),
    ]


def _steps(shown: Shown, rows: Sequence[Cells], *, new: bool = False) -> Iterator[Step]:
    for cells in rows:
        changed = _part(shown.figure, cells, "new_text") if new else None
        text = f"{cells['']}: {changed}" if changed else str(cells[""])
        yield Step(text, str(_new(shown.figure, cells, "actor", new=new) or ""), _time(shown, cells, new=new))


def _time(shown: Shown, cells: Cells, *, new: bool) -> str:
    value = _new(shown.figure, cells, "time", new=new)
    if value is None:
        return ""
    column = _column(shown.table, shown.figure.columns["time"])
    said = number(value, column.decimals) if column.kind == "number" else str(value)
    return f"{said} {column.unit}".strip()


def _new(figure: Figure, cells: Cells, part: str, *, new: bool) -> Any:
    """What stands in the part's column; of the new procedure what changes it, if something does."""
    changed = _part(figure, cells, f"new_{part}") if new else None
    return _part(figure, cells, part) if changed is None else changed


def _part(figure: Figure, cells: Cells, part: str) -> object:
    return cells.get(figure.columns[part]) if part in figure.columns else None


def _tree(shown: Shown) -> Iterator[str]:
    """A table whose rows hang on one another, or whose columns are the levels."""
    levels = shown.figure.levels
    if levels:
        branches = list(_by_levels(levels, shown.table))
    else:
        branches = [Branch(row.text, depth=row.depth) for row in shown.table.rows]
    if any(branch.depth for branch in branches):
        yield from _trees(shown, branches)


def _trees(shown: Shown, branches: Sequence[Branch]) -> Iterator[str]:
    """The tree in as many drawings as it takes; where it goes on, what it hangs on is said again."""
    drawn = tree(branches, shown.title, shown.width)
    middle = len(branches) // 2
    above = _above(branches, middle)
    if not shown.highest or height_of(drawn) <= shown.highest or len(above) >= middle:
        yield drawn
        return
    yield from _trees(shown, branches[:middle])
    yield from _trees(shown, [*above, *branches[middle:]])


def _above(branches: Sequence[Branch], at: int) -> Sequence[Branch]:
    """The ancestors of the branch at that index, from the root."""
    found: list[Branch] = []
    wanted = branches[at].depth
    for branch in reversed(branches[:at]):
        if branch.depth < wanted:
            found.insert(0, branch)
            wanted = branch.depth
    return found


def _by_levels(levels: Sequence[str], table: Table) -> Iterator[Branch]:
    """Each level's text once for all rows below the same ones; where one is empty, what follows stands in its place."""
    paths = dict.fromkeys(tuple(str(cells[key]) for key in levels if cells[key]) for _, cells in _rows(table))
    seen: set[tuple[str, ...]] = set()
    for path in _together(paths):
        for depth in range(len(path)):
            if path[: depth + 1] not in seen:
                seen.add(path[: depth + 1])
                yield Branch(path[depth], depth=depth)


def _together(paths: Iterable[tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    """The paths so that those with the same beginning stand together, in the order in which each was first met."""
    groups: dict[str, list[tuple[str, ...]]] = {}
    for path in paths:
        if path:
            groups.setdefault(path[0], []).append(path[1:])
        else:
            yield path
    for head, rest in groups.items():
        yield from ((head, *path) for path in _together(rest))


def _lights(shown: Shown) -> Iterator[str]:
    """Each row with the colour of its first coloured flag."""
    colors = {flag.title: flag.color for flag in shown.table.flags if flag.color}
    found = []
    for row, cells in _rows(shown.table):
        flag = next((each for each in row.flags if each in colors), "")
        note = str(_part(shown.figure, cells, "note") or "")
        found.append(Light(row.text, colors.get(flag, ""), "; ".join(filter(None, (flag, note)))))
    return pieces(found, lambda some: lights(some, shown.title, shown.width), shown.highest)


def _rows(table: Table) -> Iterator[tuple[Row, dict[str, Any]]]:
    keys = [column.key for column in table.columns]
    for row in table.rows:
        yield row, dict(zip(keys, row.cells, strict=True))


def _column(table: Table, key: str) -> Column:
    return next(column for column in table.columns if column.key == key)


TABLES: Mapping[str, Callable[[Shown], Iterator[str]]] = {
    GANTT: _gantt,
    QUADRANTS: _map,
    FLOW: _flow,
    TREE: _tree,
    LIGHTS: _lights,
}
"""How a table is drawn as each kind of figure; nothing where there is nothing to draw."""
