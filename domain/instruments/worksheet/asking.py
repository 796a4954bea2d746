"""What a member, or the room, is asked of a tabel isian: rows to complete, and rows of their own.

Rows the table starts with are picked one after another, as long as one is open; each can be left to others. The keys
of their cells name the row ('R3.target'), those of own rows its number ('2.target').
"""

import itertools
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from domain.dialog.questions import Answers, Choice, Confirm, Option, Question
from domain.instruments.base import Item
from domain.instruments.worksheet.cells import (
    On,
    Spot,
    ask,
    asked_in,
    given,
    label,
    one_line,
    row_of,
    shortened,
    value_of,
)
from domain.instruments.worksheet.columns import COMPUTED, MORE, ROOM_FILLS, Column
from domain.process.sources import ROWS

SHOWN_CELLS = 3


def questions(on: On, mine: Answers) -> Iterator[Question]:
    """All of them, in asking order; none for a member where the room fills the table."""
    if on.settings.fill == ROOM_FILLS and not on.plenary:
        return
    yield from _ask_starting(on, mine)
    if on.settings.add:
        yield from _ask_own(on, mine)


def starting(on: On) -> Mapping[str, Item]:
    """The items the table starts with, by their rows' ids."""
    return {row_of(item): item for item in on.inputs.get(ROWS, ())}


def picked(on: On, mine: Answers) -> tuple[str, ...]:
    """The rows that a ballot has picked to complete."""
    rows = starting(on)
    chosen = (mine.get(pick_key(number), "") for number in itertools.count(1))
    return tuple(dict.fromkeys(itertools.takewhile(rows.__contains__, chosen)))


def pick_key(number: int) -> str:
    """The key of the answer that picks a row to complete; no column's key holds a slash."""
    return f"pick/{number}"


def more_key(number: int) -> str:
    """The key of the answer whether there is a row after that one."""
    return f"{number}.{MORE}"


def own_rows(mine: Answers) -> Iterator[int]:
    """The numbers of the rows that a ballot says there are."""
    return itertools.takewhile(lambda number: mine.get(more_key(number - 1)) is True, itertools.count(1))


def ask_own_row(on: On, number: int, mine: Answers, above: Sequence[str]) -> Iterator[Question]:
    """The cells of an own row; `above` is what the own rows before it are known by."""
    parents = _parents(on, above) if _refers(on) else ()
    spot = Spot(str(number), facts={"number": number, "row": own_label(on, number, mine)}, parents=parents)
    for column in on.settings.columns:
        yield from ask(on, column, spot, mine)


def own_label(on: On, number: int, mine: Answers) -> str:
    """What an own row is known by; an empty text as long as nothing is in it."""
    values = {column.key: value_of(on, column, str(number), mine) for column in on.settings.columns}
    return label(on, values)


def _refers(on: On) -> bool:
    return any(column.own for column in on.settings.columns)


def _parents(on: On, above: Sequence[str]) -> tuple[Option, ...]:
    """The rows an own row can be put below: those given, and own ones above it."""
    texts = {row: one_line(item.text) for row, item in starting(on).items()}
    texts |= {str(number): text or str(number) for number, text in enumerate(above, 1)}
    return tuple(Option(row, shortened(text)) for row, text in texts.items())


def _ask_own(on: On, mine: Answers) -> Iterator[Question]:
    """Asks whether there is a row to add, for its cells, and whether there is another."""
    above: list[str] = []
    for number in itertools.count(0):
        if number >= on.settings.most and mine.get(more_key(number)) is not True:
            return
        yield _ask_more(on, number)
        if mine.get(more_key(number)) is not True:
            return
        yield from ask_own_row(on, number + 1, mine, above)
        above.append(own_label(on, number + 1, mine))


def _ask_more(on: On, number: int) -> Confirm:
    facts = {"number": number, "most": on.settings.most, "starts": on.settings.starts}
    return Confirm(key=more_key(number), about="more" if number else "begin", counts=False, facts=facts)


def _ask_starting(on: On, mine: Answers) -> Iterator[Question]:
    """Which open row comes next, and its cells, until none is left or the rest is left to others."""
    items = starting(on)
    left = {row: columns for row, item in items.items() if (columns := _askable(on, row, item))}
    for number in itertools.count(1):
        if not left:
            return
        yield _ask_pick(number, {row: items[row] for row in left})
        chosen = mine.get(pick_key(number), "")
        if chosen not in items:
            return
        for column in left.pop(chosen, ()):
            yield from ask(on, column, _spot(on, chosen), mine)


def _ask_pick(number: int, items: Mapping[str, Item]) -> Choice:
    """Asks which row to complete; leaving it out means that the rest is left to others."""
    options = tuple(Option(row, shortened(one_line(item.text))) for row, item in items.items())
    common: dict[str, Any] = {"optional": True, "counts": False, "facts": {"left": len(items)}}
    return Choice(key=pick_key(number), about="pick", options=options, lettered=True, **common)


def _askable(on: On, row: str, item: Item) -> list[Column]:
    """The columns that can be asked of a starting row; the first row has none above it."""
    is_first = row == next(iter(starting(on)))
    columns = (column for column in asked_in(on, item) if not (column.own and is_first))
    return [column for column in columns if column.own or next(ask(on, column, Spot(row), {}), None)]


def _spot(on: On, row: str) -> Spot:
    """Where the cells of a starting row are asked: with what is known of it, below rows that stand above it."""
    items = starting(on)
    above = itertools.takewhile(lambda each: each != row, items) if _refers(on) else ()
    parents = tuple(Option(each, shortened(one_line(items[each].text))) for each in above)
    values = {column.key: given(on, column, items[row]) for column in on.settings.columns}
    facts = {"row": label(on, values, items[row]), "known": _known(on, values), "number": 0}
    return Spot(row, facts=facts, parents=parents)


def _known(on: On, values: Mapping[str, object]) -> tuple[tuple[Column, object], ...]:
    """The first cells that are filled already, to be shown while the others are asked."""
    shown = (
        (column, values[column.key])
        for column in on.settings.columns
        if values[column.key] is not None and not column.own and column.kind != COMPUTED
    )
    return tuple(itertools.islice(shown, SHOWN_CELLS))
