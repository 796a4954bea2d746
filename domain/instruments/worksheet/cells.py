"""One cell of a tabel isian: how it is asked, what an answer means, and what an earlier item fills it with.

A cell's value is text, whole rupiah, yes/no, canonical decimal text (or a fraction), an ISO date, a choice's words, a
person's name, or the id of the row a reference points to; None where it is empty.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from domain.dialog.questions import (
    Answers,
    Choice,
    Confirm,
    Date,
    Money,
    Number,
    Option,
    Person,
    Question,
    Text,
    Value,
)
from domain.formulas import exact, written
from domain.instruments.base import Item, Sheet, short_id
from domain.instruments.worksheet.columns import (
    CHOICE,
    COMPUTED,
    DATE,
    MONEY,
    NUMBER,
    ORIGIN,
    PERSON,
    REFERENCE,
    TEXT,
    YES_NO,
    Column,
    Settings,
    label_place,
    source_of,
)
from domain.process.conditions import NO, YES, said
from domain.process.sources import PEOPLE, ROWS

On = Sheet[Settings]
OTHER = "other"
LONG = 28  # characters of an option that no longer read well on a button
SHORTENED = 80


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a cell is asked: the `row` its key begins with, its words, what they need, the rows it may refer to."""

    row: str
    about: str = "cell"
    facts: Mapping[str, object] = field(default_factory=dict)
    parents: tuple[Option, ...] = ()


def cell_key(row: str, column: Column) -> str:
    """The key of the answer that holds a cell."""
    return f"{row}.{column.key}"


def typed_key(row: str, column: Column) -> str:
    """The key of the name of a person who is no member."""
    return f"{row}+{column.key}"


def row_of(item: Item) -> str:
    """The id of the row an item starts."""
    return f"R{short_id(int(item.id))}"


def one_line(text: str) -> str:
    """The text on one line."""
    return " ".join(text.split())


def shortened(text: str) -> str:
    """A row's text as an option of a list."""
    return text if len(text) <= SHORTENED else text[: SHORTENED - 1].rstrip() + "…"


def ask(on: On, column: Column, spot: Spot, mine: Answers) -> Iterator[Question]:
    """The question of a cell; none where there is nothing to choose from, two where a name may have to be typed."""
    common = _common(column, spot)
    if column.kind == PERSON:
        yield from _ask_person(on, column, spot, mine)
    elif column.kind == REFERENCE:
        options = spot.parents if column.own else _referable(on, column)
        if options:
            yield Choice(**common, options=options, lettered=True)
    elif column.kind == CHOICE:
        options = choices(column)
        yield Choice(**common, options=options, lettered=max(len(each.label) for each in options) > LONG)
    elif column.kind != COMPUTED:
        yield _ASKED[column.kind](column, common, on.today)


def _common(column: Column, spot: Spot) -> dict[str, Any]:
    """A table's first rows have none above them: a reference to a row of the same table can always be left out."""
    return {
        "key": cell_key(spot.row, column),
        "about": "parent" if column.own and spot.about == "cell" else spot.about,
        "optional": column.optional or column.own,
        "facts": {"column": column.title, "hint": column.hint, "unit": column.unit, **spot.facts},
    }


_ASKED: Mapping[str, Callable[[Column, dict[str, Any], date], Question]] = {
    TEXT: lambda column, common, _: Text(**common, longest=column.longest),
    NUMBER: lambda column, common, _: Number(**common, decimals=column.decimals, unit=column.unit),
    MONEY: lambda column, common, _: Money(**common),
    DATE: lambda column, common, today: Date(**common, today=today),
    YES_NO: lambda column, common, _: Confirm(**common),
}


def _ask_person(on: On, column: Column, spot: Spot, mine: Answers) -> Iterator[Question]:
    """Asks for a member, or a name that is typed."""
    common, members = _common(column, spot), people(on)
    options = ((Option(OTHER, about=OTHER),) if column.free else ()) + members  # on the first page of many
    if members:
        yield Person(**common, options=options)
    if column.free and mine.get(common["key"], OTHER if not members else None) == OTHER:
        common |= {
            "key": typed_key(spot.row, column),
            "about": "name",
            "optional": column.optional and not members,
        }
        yield Text(**common, longest=100)


def keys_asked(on: On, column: Column, row: str, mine: Answers, *, has_parents: bool) -> list[str]:
    """The keys of the questions that `ask` asks, without making them: a tally looks at every cell."""
    if column.kind == COMPUTED or (
        column.kind == REFERENCE and not (has_parents if column.own else _drawn(on, column))
    ):
        return []
    if column.kind != PERSON:
        return [cell_key(row, column)]
    first = [cell_key(row, column)] if on.inputs.get(PEOPLE) else []
    chosen = mine.get(cell_key(row, column)) if first else OTHER
    return [*first, typed_key(row, column)] if column.free and chosen == OTHER else first


def choices(column: Column) -> tuple[Option, ...]:
    """A choice's buttons."""
    return tuple(Option(short_id(number), label) for number, label in enumerate(column.options))


def people(on: On) -> tuple[Option, ...]:
    """The members who can be named."""
    return tuple(Option(item.id, item.text) for item in on.inputs.get(PEOPLE, ()))


def referred(on: On, column: Column) -> Mapping[str, Item]:
    """The earlier rows a reference can point to, by id."""
    return {item.id: item for item in _drawn(on, column)}


def _drawn(on: On, column: Column) -> tuple[Item, ...]:
    return on.inputs.get(source_of(column.key), ())


def _referable(on: On, column: Column) -> tuple[Option, ...]:
    return tuple(Option(id_, shortened(one_line(item.text))) for id_, item in referred(on, column).items())


def value_of(on: On, column: Column, row: str, answers: Answers) -> Value:
    """The cell's value from the answers; words stand for the button of a choice, a name for that of a person."""
    chosen = answers.get(cell_key(row, column), OTHER)
    if column.kind == PERSON:
        named = {option.value: option.label for option in people(on)}
        return answers.get(typed_key(row, column)) if chosen == OTHER else named.get(chosen)
    if column.kind == CHOICE:
        return {option.value: option.label for option in choices(column)}.get(chosen)
    return answers.get(cell_key(row, column))


def answers_of(on: On, column: Column, row: str, value: Value) -> dict[str, Value]:
    """The answers that give the cell this value: the reverse of `value_of`."""
    if column.kind not in {PERSON, CHOICE} or value is None:
        return {cell_key(row, column): value}
    options = choices(column) if column.kind == CHOICE else people(on)
    buttons = {option.label: option.value for option in reversed(options)}
    if value in buttons or column.kind == CHOICE:
        return {cell_key(row, column): buttons.get(value)}
    return {cell_key(row, column): OTHER, typed_key(row, column): value}


def asked_in(on: On, item: Item) -> list[Column]:
    """The columns that are left to fill in the row an item starts."""
    return [column for column in on.settings.columns if not _settled(on, column, item)]


def _settled(on: On, column: Column, item: Item) -> bool:
    """Whether the item fills the cell; of one that stood in a tree it is known where, be it at the root."""
    if column.kind == COMPUTED or column.value_from or (column.own and column.key in item.fields):
        return True
    return given(on, column, item) is not None


def given(on: On, column: Column, item: Item) -> Value:
    """What the item fills the cell with; None where it has nothing that fits the column's kind."""
    name = column.value_from or column.key
    if column.own:
        return _given_parent(on, name, item)
    if column.kind == REFERENCE:
        return _given_link(on, column, name, item)
    parts = {"text": item.text, "detail": item.detail} if column.value_from else {}
    value = parts.get(name) or item.fields.get(name)
    return None if value is None or column.kind not in _TAKEN else _TAKEN[column.kind](column, value)


def _given_parent(on: On, name: str, item: Item) -> str | None:
    """The row whose item stood above this one in the table both come from."""
    table = item.source.rpartition("#")[0]
    source = f"{table}#{item.fields.get(f'{name}.{ORIGIN}')}"
    return next(
        (row_of(other) for other in on.inputs.get(ROWS, ()) if other.source == source and table), None
    )


def _given_link(on: On, column: Column, name: str, item: Item) -> str | None:
    """The row that the item referred to before, known by where it comes from or else by its text."""
    origin, text = item.fields.get(f"{name}.{ORIGIN}"), item.fields.get(name)
    found = referred(on, column).items()
    by_origin = (id_ for id_, other in found if origin and other.source == origin)
    by_text = (id_ for id_, other in found if text and one_line(other.text) == one_line(str(text)))
    return next(by_origin, None) or next(by_text, None)


def _number(_: Column, value: Value) -> str | None:
    number = exact(value)
    return None if number is None else written(number)


def _money(_: Column, value: Value) -> int | None:
    """The amount rounded to whole rupiah, half to even."""
    number = exact(value)
    return None if number is None else round(number)


def _date(_: Column, value: Value) -> str | None:
    try:
        return date.fromisoformat(str(value)).isoformat()
    except ValueError:
        return None


def _choice(column: Column, value: Value) -> str | None:
    return next((each for each in column.options if each.casefold() == said(value).casefold()), None)


def _yes_no(_: Column, value: Value) -> bool | None:
    return {YES: True, NO: False}.get(said(value).casefold())


_TAKEN: Mapping[str, Callable[[Column, Value], Value]] = {
    TEXT: lambda _, value: said(value) or None,
    PERSON: lambda _, value: one_line(said(value)) or None,
    NUMBER: _number,
    MONEY: _money,
    DATE: _date,
    CHOICE: _choice,
    YES_NO: _yes_no,
}


def label(on: On, values: Mapping[str, Value], item: Item | None = None) -> str:
    """What a row is known by: its label column, else the item it started with, else the first cell that is filled."""
    columns = on.settings.columns
    first = _text(on, columns[label_place(columns)], values) or (one_line(item.text) if item else "")
    return first or next(filter(None, (_text(on, column, values) for column in columns)), "")


def _text(on: On, column: Column, values: Mapping[str, Value]) -> str:
    """What the cell says of its row on one line: nothing where it is computed or refers to a row of the same table."""
    value = values.get(column.key)
    if value is None or column.own or column.kind == COMPUTED:
        return ""
    if column.kind != REFERENCE:
        return one_line(said(value))
    found = referred(on, column).get(value)
    return one_line(found.text) if found else ""
