"""The rows of a tabel isian as people gave them: those it starts with, completed by many, and each one's own.

Where several complete the same cell, the room's value holds; else the one most of them gave, and of equally frequent
ones the first in the order of the values (of a choice's options), so that the order of ballots doesn't matter. Own rows
stand in the order of their texts, those of one ballot together, so that they don't tell who wrote them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from domain.dialog.questions import Answers, Value
from domain.formulas import exact
from domain.instruments.base import PLENARY, Ballots, Item, short_id
from domain.instruments.worksheet.asking import own_rows, picked, starting
from domain.instruments.worksheet.cells import On, cell_key, given, keys_asked, label, one_line, value_of
from domain.instruments.worksheet.columns import CHOICE, COMPUTED, Column
from domain.process.sources import ROWS


@dataclass(frozen=True, slots=True)
class Draft:
    """A row before it is laid out: `values` by column, the item it started with, the columns people differ on."""

    id: str
    values: Mapping[str, Value]
    item: Item | None = None
    edited: bool = False
    differing: frozenset[str] = field(default=frozenset())


Drafts = Mapping[str, Draft]
"""Rows by id, in their order."""


def gathered(on: On, ballots: Ballots) -> tuple[Drafts, int]:
    """All rows, and how many were begun and not finished."""
    picks = {member: picked(on, answers) for member, answers in sorted(ballots.items())}
    given_rows = [
        _completed(on, row, item, {m: ballots[m] for m in picks if row in picks[m]})
        for row, item in starting(on).items()
    ]
    own = [_own(on, member, answers) for member, answers in sorted(ballots.items())]
    blocks = sorted((rows for rows, _ in own if rows), key=lambda rows: _place(on, rows))
    unfinished = sum(count for _, count in own)
    return {row.id: row for rows in (given_rows, *blocks) for row in rows}, unfinished


def own_id(member: int, number: int) -> str:
    """The id of a ballot's own row."""
    return f"{short_id(member)}.{short_id(number)}"


def _own(on: On, member: int, answers: Answers) -> tuple[list[Draft], int]:
    """A ballot's own finished rows, and how many are unfinished."""
    begun = list(own_rows(answers))
    finished = [number for number in begun if _is_finished(on, number, answers)]
    rows = [Draft(own_id(member, n), _values(on, member, str(n), answers)) for n in finished]
    return rows, len(begun) - len(finished)


def _is_finished(on: On, number: int, answers: Answers) -> bool:
    has_parents = number > 1 or bool(on.inputs.get(ROWS))
    return all(
        key in answers
        for column in on.settings.columns
        for key in keys_asked(on, column, str(number), answers, has_parents=has_parents)
    )


def _place(on: On, rows: Sequence[Draft]) -> tuple[bool, list[str]]:
    """The sort key of a row: the room's rows first, then by their text."""
    in_the_room = rows[0].id.startswith(f"{short_id(PLENARY)}.")
    return not in_the_room, [label(on, row.values).casefold() for row in rows]


def _values(on: On, member: int, row: str, answers: Answers) -> dict[str, Value]:
    columns = (column for column in on.settings.columns if column.kind != COMPUTED)
    return {column.key: _value(on, column, member, row, answers) for column in columns}


def _value(on: On, column: Column, member: int, row: str, answers: Answers) -> Value:
    """The cell's value; a member refers to own rows by their number alone."""
    value = value_of(on, column, row, answers)
    return own_id(member, int(value)) if column.own and value and value.isdecimal() else value


def _completed(on: On, row: str, item: Item, pickers: Ballots) -> Draft:
    """A row the table starts with, and what people filled in."""
    values: dict[str, Value] = {}
    differing = set()
    for column in on.settings.columns:
        if column.kind != COMPUTED:
            said = {
                m: _value(on, column, m, row, mine) for m, mine in pickers.items() if _has(column, row, mine)
            }
            value, differs = _decided(column, {m: each for m, each in said.items() if each is not None})
            values[column.key] = given(on, column, item) if value is None else value
            differing |= {column.key} if differs else set()
    return Draft(row, values, item, differing=frozenset(differing))


def _has(column: Column, row: str, answers: Answers) -> bool:
    return cell_key(row, column) in answers or f"{row}+{column.key}" in answers


def _decided(column: Column, said: Mapping[int, Value]) -> tuple[Value, bool]:
    """The value that holds, and whether people differ on it."""
    if PLENARY in said or not said:
        return said.get(PLENARY), False
    groups: dict[Value, list[Value]] = {}
    for value in said.values():
        groups.setdefault(one_line(value).casefold() if isinstance(value, str) else value, []).append(value)
    most = max(map(len, groups.values()))
    frequent = [min(group, key=str) for group in groups.values() if len(group) == most]
    return min(frequent, key=lambda value: _order(column, value)), len(groups) > 1


def _order(column: Column, value: Value) -> tuple[int, Fraction, str]:
    """Numbers by size, a choice's words by their place, all else by its letters."""
    place = column.options.index(value) if column.kind == CHOICE else 0
    return place, exact(value) or Fraction(0), str(value).casefold()


def corrected(draft: Draft, column: Column, value: Value) -> Draft:
    """The row with that cell set by the facilitator, which settles it."""
    values = {**draft.values, column.key: value}
    return replace(draft, values=values, edited=True, differing=draft.differing - {column.key})
