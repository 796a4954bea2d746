"""The table of a tabel isian: what its rows say, what is computed and marked, how they stand, their totals."""

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from domain.dialog.questions import Value
from domain.formulas import evaluate, exact, written
from domain.instruments.worksheet.asking import starting
from domain.instruments.worksheet.cells import On, asked_in, label, one_line, referred
from domain.instruments.worksheet.columns import COMPUTED, ORIGIN, REFERENCE, Column, Flag, label_place
from domain.instruments.worksheet.rows import Draft, Drafts
from domain.process.conditions import ABOVE, AT_LEAST, AT_MOST, BELOW, Condition


@dataclass(frozen=True, slots=True)
class Link:
    """What a row's reference column points to: an earlier row's id, or a row of the same table."""

    column: str
    id: str


@dataclass(frozen=True, slots=True)
class Row:
    """A row; `cells` in the order of the columns: text, whole rupiah, yes/no, or None for empty.

    Numbers are canonical decimal text or fractions ('7/3'), dates ISO, a reference is the text of the row it points to.
    `text` is what the row is known by, `flags` the titles of its flags, `depth` its level in a tree from 0; `edited`
    says whether a facilitator corrected it, `differing` on which columns people differ.
    """

    id: str
    text: str
    cells: tuple[str | int | bool | None, ...]
    links: tuple[Link, ...] = ()
    flags: tuple[str, ...] = ()
    depth: int = 0
    edited: bool = False
    differing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FlagCount:
    """How many rows a flag marks."""

    title: str
    color: str
    rows: int


@dataclass(frozen=True, slots=True)
class Table:
    """The rows in their order, and each column's total (None where it has none).

    `label` is the place of the column that rows are known by, `unfinished` counts own rows begun and not finished,
    `open` starting rows with a required cell still empty, `flagged` rows with at least one flag.
    """

    columns: tuple[Column, ...]
    label: int
    rows: tuple[Row, ...]
    totals: tuple[Fraction | None, ...]
    unfinished: int
    open: int
    flags: tuple[FlagCount, ...]
    flagged: int


def lay_out(on: On, drafts: Drafts, unfinished: int) -> Table:
    """The table of these rows; rows in which nothing is written are left out."""
    columns = on.settings.columns
    rows = _rows(on, _linked(on, {row.id: row for row in drafts.values() if label(on, row.values, row.item)}))
    rows = _flagged(on, _in_tree(rows, on.settings.tree) if on.settings.tree else rows)
    return Table(
        columns=columns,
        label=label_place(columns),
        rows=rows,
        totals=tuple(_total(place, rows) if column.total else None for place, column in enumerate(columns)),
        unfinished=unfinished,
        open=sum(_is_open(on, row) for row in drafts.values()),
        flags=tuple(_counted(flag, rows) for flag in on.settings.flags),
        flagged=sum(bool(row.flags) for row in rows),
    )


def _is_open(on: On, row: Draft) -> bool:
    """Whether a starting row lacks something that isn't optional."""
    asked = asked_in(on, row.item) if row.item else []
    return any(row.values[c.key] is None and not c.optional and not c.own for c in asked)


def _linked(on: On, drafts: Drafts) -> Drafts:
    """The rows with references only to rows there are, and to none that stands below."""
    for column in [column for column in on.settings.columns if column.kind == REFERENCE]:
        points = parents(drafts, column)
        known = drafts.keys() if column.own else referred(on, column).keys()
        for row, target in points.items():
            loops = column.own and row in above(points, target)
            if target is not None and (target not in known or loops):
                points = {**points, row: None}
        drafts = {
            id_: replace(row, values={**row.values, column.key: points[id_]}) for id_, row in drafts.items()
        }
    return drafts


def parents(drafts: Drafts, column: Column) -> Mapping[str, str | None]:
    """What each row points to in that column."""
    return {row.id: row.values.get(column.key) for row in drafts.values()}


def above(points: Mapping[str, str | None], row: str | None) -> frozenset[str]:
    """The ids of the row and of all its ancestors."""
    found: set[str] = set()
    while row is not None and row in points and row not in found:
        found.add(row)
        row = points[row]
    return frozenset(found)


def _rows(on: On, drafts: Drafts) -> tuple[Row, ...]:
    texts = {row.id: label(on, row.values, row.item) for row in drafts.values()}
    return tuple(_row(on, draft, texts) for draft in drafts.values())


def _row(on: On, draft: Draft, texts: Mapping[str, str]) -> Row:
    columns = on.settings.columns
    computed = _computed(columns, draft.values)
    links = [column for column in columns if column.kind == REFERENCE and draft.values.get(column.key)]
    return Row(
        id=draft.id,
        text=texts[draft.id],
        cells=tuple(_cell(on, column, {**draft.values, **computed}, texts) for column in columns),
        links=tuple(Link(column.key, draft.values[column.key]) for column in links),
        edited=draft.edited,
        differing=tuple(column.key for column in columns if column.key in draft.differing),
    )


def _computed(columns: Sequence[Column], values: Mapping[str, Value]) -> dict[str, Value]:
    """The computed cells of a row, exact; None where something they need is empty."""
    formulas = {column.key: column.formula for column in columns if column.kind == COMPUTED}

    @functools.cache
    def number(key: str) -> Fraction | None:
        return evaluate(formulas[key], number) if key in formulas else exact(values.get(key))

    found = {key: number(key) for key in formulas}
    return {key: None if value is None else written(value) for key, value in found.items()}


def _cell(on: On, column: Column, values: Mapping[str, Value], texts: Mapping[str, str]) -> Value:
    value = values.get(column.key)
    if column.kind != REFERENCE or value is None:
        return value
    item = referred(on, column).get(value)
    return texts.get(value) if column.own else one_line(item.text) if item else None


def _in_tree(rows: Sequence[Row], key: str) -> tuple[Row, ...]:
    """Each row with its children after it, in their order, and how deep it lies."""
    children: dict[str, list[Row]] = {}
    for row in rows:
        children.setdefault(next((link.id for link in row.links if link.column == key), ""), []).append(row)
    ordered: list[Row] = []
    waiting = [(row, 0) for row in reversed(children.get("", ()))]
    while waiting:
        row, depth = waiting.pop()
        ordered.append(replace(row, depth=depth))
        waiting += [(child, depth + 1) for child in reversed(children.get(row.id, ()))]
    return tuple(ordered)


def leaves(rows: Sequence[Row]) -> frozenset[str]:
    """The ids of the rows with none below them, of rows that stand in a tree."""
    after = [*(row.depth for row in rows[1:]), 0]
    return frozenset(row.id for row, depth in zip(rows, after, strict=True) if depth <= row.depth)


def _flagged(on: On, rows: Sequence[Row]) -> tuple[Row, ...]:
    by_id = {row.id: row for row in rows}
    known = {row.id: facts(on, row, by_id) for row in rows}
    return tuple(
        replace(row, flags=tuple(flag.title for flag in on.settings.flags if _holds(flag, known[row.id])))
        for row in rows
    )


def _holds(flag: Flag, known: Mapping[str, Value]) -> bool:
    met = [_meets(condition, known.get(condition.field)) for condition in flag.when]
    return any(met) if flag.any else all(met)


def _meets(condition: Condition, value: Value) -> bool:
    measured = condition.operator in {BELOW, ABOVE, AT_LEAST, AT_MOST} and isinstance(value, str)
    return condition.holds({condition.field: _decimal(value) if measured else value})


def _decimal(text: str) -> str:
    """A fraction as decimal text with enough places that it compares as the fraction does.

    p/q is at least 1/(q·10^k) away from every other number of k decimals; it is told from those of up to ten.
    """
    number = exact(text) if "/" in text else None
    if number is None:
        return text
    places = len(str(number.denominator)) + 12
    return written(Fraction(number.numerator * 10**places // number.denominator, 10**places))


def facts(on: On, row: Row, by_id: Mapping[str, Row]) -> dict[str, Value]:
    """The row's cells by their columns, and those of the rows it refers to under '<reference>.<column>'."""
    found = _cells(on, row)
    columns = {column.key: column for column in on.settings.columns}
    for link in row.links:
        column = columns[link.column]
        if column.own:
            origin, fields = link.id, _cells(on, by_id[link.id])
        else:
            item = referred(on, column)[link.id]
            origin, fields = item.source, dict(item.fields)
        found |= {f"{column.key}.{name}": value for name, value in fields.items()}
        found[f"{column.key}.{ORIGIN}"] = origin
    return found


def _cells(on: On, row: Row) -> dict[str, Value]:
    return {column.key: cell for column, cell in zip(on.settings.columns, row.cells, strict=True)}


def row_facts(on: On, row: Row, by_id: Mapping[str, Row]) -> dict[str, Value]:
    """The row's values as facts, with those of the item it started from."""
    item = starting(on).get(row.id)
    return {**(item.fields if item else {}), **facts(on, row, by_id)}


def _total(place: int, rows: Sequence[Row]) -> Fraction:
    return sum((exact(row.cells[place]) or Fraction(0) for row in rows), Fraction(0))


def _counted(flag: Flag, rows: Sequence[Row]) -> FlagCount:
    return FlagCount(flag.title, flag.color, sum(flag.title in row.flags for row in rows))
