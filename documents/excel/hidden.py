"""Rows and columns that a sheet hides: filtered away, or folded up by hand."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any, Final

from defusedxml.ElementTree import iterparse

YES: Final = frozenset({"1", "true"})


@dataclass(frozen=True, slots=True)
class Hidden:
    """Their numbers, counted from 1."""

    rows: frozenset[int] = frozenset()
    columns: frozenset[int] = frozenset()


def hidden(part: IO[bytes], *, last_row: int, last_column: int) -> Hidden:
    """What the part of a worksheet says that it hides, down to a row and a column."""
    rows: set[int] = set()
    columns: set[int] = set()
    number = 0
    for name, element in _elements(part):
        if name == "row":
            number = int(element.get("r") or number + 1)
            if number > last_row:
                break
            rows |= {number} if element.get("hidden") in YES else set()
        elif name == "col" and element.get("hidden") in YES:
            first, last = int(element.get("min", "1")), int(element.get("max", "1"))
            columns |= set(range(first, min(last, last_column) + 1))
    return Hidden(frozenset(rows), frozenset(columns))


def _elements(part: IO[bytes]) -> Iterator[tuple[str, Any]]:
    """The elements as they end, each let go of afterwards."""
    for _, element in iterparse(part, events=("end",)):
        yield element.tag.rpartition("}")[2], element
        element.clear()
