"""The figure that an activity's result is drawn as, and how a process file says it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from domain.process.reading import Node, Reader

GANTT, QUADRANTS, FLOW, TREE, LIGHTS = "gantt", "quadrants", "flow", "tree", "lights"
BARS, RINGS, MATRIX = "bars", "rings", "matrix"
SUITED: Mapping[str, frozenset[str]] = {
    GANTT: frozenset({"worksheet"}),
    QUADRANTS: frozenset({"cards", "worksheet"}),
    FLOW: frozenset({"worksheet"}),
    TREE: frozenset({"worksheet"}),
    LIGHTS: frozenset({"worksheet"}),
    BARS: frozenset({"scoring", "weighting", "selection"}),
    RINGS: frozenset({"rating_rings"}),
    MATRIX: frozenset({"pairwise"}),
}
"""The instruments whose results a kind of figure can show."""

FIELDS = 4
"""Columns of cards that make four quadrants."""

DATES, CHOICES = frozenset({"date"}), frozenset({"choice"})
ANY: frozenset[str] = frozenset()
NEEDED: Mapping[str, Mapping[str, frozenset[str]]] = {
    GANTT: {"start": DATES, "end": DATES},
    QUADRANTS: {"across": CHOICES, "up": CHOICES},
}
"""What a table must name for a figure: the part, and the kinds of columns that can play it (none: any)."""

WELCOME: Mapping[str, Mapping[str, frozenset[str]]] = {
    GANTT: {"label": ANY},
    FLOW: {"actor": ANY, "time": ANY, "change": CHOICES, "new_text": ANY, "new_actor": ANY, "new_time": ANY},
    LIGHTS: {"note": ANY},
}
"""What it may name besides."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure: its kind, and the keys of the table's columns by the parts they play in it.

    `levels` are the columns of a tree that is written in columns, from the root; `dropped` the choices in the column
    'change' that take a step out of a procedure, `added` those that bring a new one in.
    """

    kind: str
    columns: Mapping[str, str] = field(default_factory=dict)
    levels: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    added: tuple[str, ...] = ()


def read_figure(reader: Reader, instrument: str, settings: object) -> Figure | None:
    """The figure of an activity whose settings are read already; faults go to the reader."""
    nodes = reader.nodes("figure")
    if not nodes:
        return None
    node = nodes[0]
    short = Node({"kind": node}, node.line) if isinstance(node.value, str) else node
    if not isinstance(short.value, Mapping):
        reader.fault("not_mapping", node.line, field="figure")
        return None
    return _read(reader.within(short, "figure"), instrument, settings)


def _read(reader: Reader, instrument: str, settings: Any) -> Figure | None:
    suited = sorted(kind for kind, instruments in SUITED.items() if instrument in instruments)
    kind = reader.one_of("kind", suited)
    is_table = instrument == "worksheet"
    found = Figure(
        kind=kind,
        columns=_parts(reader, kind, settings.columns) if is_table and kind and settings else {},
        levels=_levels(reader, settings) if kind == TREE and settings else (),
        dropped=reader.texts("dropped") if kind == FLOW else (),
        added=reader.texts("added") if kind == FLOW else (),
    )
    if kind and settings and not _has_what_it_shows(found, instrument, settings):
        reader.fault("figure_empty", reader.line_of("kind"), given=kind)
    reader.close()
    return found


def _parts(reader: Reader, kind: str, columns: Sequence[Any]) -> dict[str, str]:
    needed, welcome = NEEDED.get(kind, {}), WELCOME.get(kind, {})
    named = {part: reader.text(part) for part in needed}
    named |= {part: reader.text(part, "") for part in welcome}
    kinds = {column.key: column.kind for column in columns}
    for part, wanted in {**needed, **welcome}.items():
        key = named[part]
        if key and key not in kinds:
            reader.fault("unknown_column", reader.line_of(part), field=part, given=key)
        elif key and wanted and kinds[key] not in wanted:
            wants = ", ".join(sorted(wanted))
            reader.fault("figure_column", reader.line_of(part), field=part, given=key, wanted=wants)
    return {part: key for part, key in named.items() if key}


def _levels(reader: Reader, settings: Any) -> tuple[str, ...]:
    keys = {column.key for column in settings.columns}
    levels = reader.texts("levels")
    for key in levels:
        if key not in keys:
            reader.fault("unknown_column", reader.line_of("levels"), field="levels", given=key)
    return levels


def _has_what_it_shows(found: Figure, instrument: str, settings: Any) -> bool:
    """Whether the activity has the four columns, the tree or the colours that the figure is made of."""
    if found.kind == QUADRANTS and instrument == "cards":
        return len(settings.columns) == FIELDS
    if found.kind == TREE:
        return bool(found.levels or settings.tree)
    return found.kind != LIGHTS or any(flag.color for flag in settings.flags)
