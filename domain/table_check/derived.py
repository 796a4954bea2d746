"""Columns beside the total that are made of others: shares, cumulative sums, differences, sums of a part, formulas."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from domain.formulas import NAME, NUMBER, Formula
from domain.table_check.head_formulas import key
from domain.table_check.layout import Layout
from domain.table_check.methods import (
    MEAN,
    SUM,
    Method,
    counted,
    explains,
    spelled_out,
)
from domain.table_check.relations import RATIO, SHARE, relations, speaks
from domain.table_check.titles import TOTAL, head_weight, role

MOST_TRIED: Final = 10
"""Columns whose ways are looked for: the work is bounded, and nobody makes more."""


@dataclass(frozen=True, slots=True)
class Derived:
    """A column with the way it is made, and how many of its numbers follow it."""

    place: int
    title: str
    method: Method
    following: int
    compared: int


def derived_columns(table: Layout) -> tuple[Derived, ...]:
    """The columns of which a way is known that explains most of their numbers."""
    found = (_derived(table, place) for place in _speaking(table)[:MOST_TRIED])
    return tuple(each for each in found if each)


def unknown_columns(table: Layout, known: tuple[Derived, ...]) -> tuple[str, ...]:
    """The titles of columns whose heads say that they are made of others, and whose way isn't known."""
    places = {each.place for each in known}
    return tuple(table.titles[at] for at in _speaking(table) if at not in places)


def _speaking(table: Layout) -> list[int]:
    """The columns whose heads say that they are made of others; a weighted criterion is none."""
    weighted = {each.place for each in table.criteria} if table.is_weighted else set()
    free = [at for at in table.numeric if at != table.total_place and at not in weighted]
    bare = [at for at in free if not head_weight(table.titles[at])]
    return [at for at in bare if speaks(table.titles[at]) or any(_stated(table, at))]


def _derived(table: Layout, place: int) -> Derived | None:
    given = [line.cells[place].number for line in table.lines]
    compared = sum(number is not None for number in given)
    methods = [*_stated(table, place), *(_related(table, place) if speaks(table.titles[place]) else ())]
    counts = [counted(table, each, given) for each in methods]
    best = max(range(len(methods)), key=lambda at: (counts[at], -at), default=None)
    if best is None or not counts[best] or not _explains(methods[best], counts[best], compared):
        return None
    return Derived(place, table.titles[place], methods[best], counts[best], compared)


def _explains(method: Method, count: int, compared: int) -> bool:
    """Whether that many numbers tell the way; two are enough of shares, which don't come about by chance."""
    likely_pair = method.kind in {SHARE, RATIO} and count > 1
    return count * 2 > compared if likely_pair else explains(count, compared, method, stated=False)


def _stated(table: Layout, place: int) -> Iterator[Method]:
    """What the head says in letters, or as 'Jumlah' and 'Rata-rata' of the columns before it."""
    yield from spelled_out(table, place)
    before = [at for at in table.numeric if at < place and role(table.titles[at]) != TOTAL]
    if role(table.titles[place]) == TOTAL and len(before) > 1:
        together = _sum(before)
        yield Method(SUM, formula=together)
        yield Method(MEAN, formula=("/", together, (NUMBER, str(len(before)))))


def _related(table: Layout, place: int) -> Iterator[Method]:
    for kind, formula in relations(place, [at for at in table.numeric if at != place]):
        yield Method(kind, formula=formula)


def _sum(places: list[int]) -> Formula:
    found: Formula = (NAME, key(places[0]))
    for place in places[1:]:
        found = ("+", found, (NAME, key(place)))
    return found
