"""The tables in one paste or on one sheet: under each other, each with its own head, or side by side.

Each comes as rows of the whole with nothing but its own cells in them, so that rows keep their numbers.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from domain.faults import Rejected
from domain.table_check.cells import Cell, Rows
from domain.table_check.check import Checked, check
from domain.table_check.grid import is_number, weight_label
from domain.table_check.relations import speaks
from domain.table_check.titles import NAME, NUMBER, OTHER, role

LEAST_TITLES = 3
"""Texts that make a row the head of another table; two might be a signature."""

LEAST_KNOWN = 2
"""Of them, how many are to be known titles."""

MOST_TABLES = 6
"""That are checked: each is a message or two."""


@dataclass(frozen=True, slots=True)
class Report:
    """The tables that were checked, and the rows where others begin that could not be."""

    tables: tuple[Checked, ...]
    left_out: tuple[int, ...] = ()


def check_all(rows: Rows) -> Report:
    """Every table that can be checked. Raises Rejected with what is wrong with the first where none can."""
    found: list[Checked] = []
    faults: list[Rejected] = []
    left_out: list[int] = []
    for begin, part in _stacked(rows):
        try:
            found += _side_by_side(part) if len(found) < MOST_TABLES else _too_many()
        except Rejected as rejected:
            faults.append(rejected)
            left_out.append(begin + 1)
    if not found:
        raise faults[0]
    return Report(tuple(found), tuple(left_out))


def _too_many() -> list[Checked]:
    raise Rejected("check_too_big")


def _stacked(rows: Rows) -> list[tuple[int, Rows]]:
    """The rows parted where another head begins below numbers, with where; a head repeated on a new page goes on."""
    heads = _heads(rows)
    begins = [0, *(_begin(rows, at) for at in heads[1:])]
    kept = _without(rows, heads)
    return [
        (begin, tuple(row if begin <= at < end else () for at, row in enumerate(kept)))
        for begin, end in pairwise([*begins, len(rows)])
    ]


def _heads(rows: Rows) -> list[int]:
    """The rows that are heads of tables: known titles, with numbers between them and the last head."""
    heads: list[int] = []
    numbers = False
    for at, row in enumerate(rows):
        if _is_head(row) and (numbers or not heads) and not _continues(rows, heads, at):
            heads.append(at)
            numbers = False
        numbers = numbers or sum(map(is_number, row)) > 1
    return heads


def _is_head(row: Sequence[Cell]) -> bool:
    filled = [cell for cell in row if not cell.is_empty()]
    if len(filled) < LEAST_TITLES or any(map(is_number, filled)):
        return False
    return sum(role(cell.text) != OTHER or speaks(cell.text) for cell in filled) >= LEAST_KNOWN


def _texts(row: Sequence[Cell]) -> list[str]:
    return [" ".join(cell.text.casefold().split()) for cell in row]


def _continues(rows: Rows, heads: Sequence[int], at: int) -> bool:
    """Whether it is the head before once more, and the numbering goes on: a table on two pages."""
    if not heads or _texts(rows[at]) != _texts(rows[heads[-1]]):
        return False
    place = next((n for n, cell in enumerate(rows[at]) if role(cell.text) == NUMBER), None)
    below = rows[at + 1] if at + 1 < len(rows) else ()
    return place is not None and place < len(below) and below[place].text.strip(".) ") not in {"", "1"}


def _without(rows: Rows, heads: Sequence[int]) -> Rows:
    """The rows without heads that are only repeated."""
    repeated = {
        at
        for at, row in enumerate(rows)
        if at not in heads
        and _is_head(row)
        and any(_texts(row) == _texts(rows[head]) for head in heads if head < at)
    }
    return tuple(() if at in repeated else row for at, row in enumerate(rows))


def _begin(rows: Rows, head: int) -> int:
    """Where the table with that head begins: with rows of titles, or of weights, right above it."""
    at = head
    while at and rows[at - 1] and _is_above(rows, at - 1):
        at -= 1
    return at


def _is_above(rows: Rows, at: int) -> bool:
    filled = [cell for cell in rows[at] if not cell.is_empty()]
    if weight_label(rows[at]):
        return at == 0 or all(cell.is_empty() for cell in rows[at - 1])
    return bool(filled) and not any(map(is_number, filled))


def _side_by_side(rows: Rows) -> list[Checked]:
    """The tables that stand beside each other; one where parting it makes less of it."""
    whole_fault: Rejected | None = None
    for parts in (_parted(rows), [rows]):
        if not parts:
            continue
        try:
            checked = [check(part) for part in parts]
        except Rejected as rejected:
            whole_fault = rejected
            continue
        if len(parts) == 1 or all(row.name for each in checked for row in each.rows):
            return checked
    raise whole_fault or Rejected("check_no_table")


def _parted(rows: Rows) -> list[Rows]:
    """The parts between columns that are empty throughout, or of which the titles repeat; none where there is one."""
    width = max(map(len, rows), default=0)
    used = [at for at in range(width) if any(at < len(row) and not row[at].is_empty() for row in rows)]
    begins = [at for at in used if at and at - 1 not in used and at != used[0]] or list(_repeats(rows, used))
    if not begins:
        return []
    bounds = [0, *begins, width]
    return [
        tuple(tuple(cell if begin <= at < end else Cell() for at, cell in enumerate(row)) for row in rows)
        for begin, end in pairwise(bounds)
    ]


def _repeats(rows: Rows, used: Sequence[int]) -> Iterator[int]:
    """Where the titles of a head begin again: 'Masalah;U;S;G;Total;Masalah;U;S;G;Total'."""
    head = next((row for row in rows if _is_head(row)), None)
    if head is None or len(used) % 2 or len(head) <= used[-1]:
        return
    half = len(used) // 2
    texts = _texts([head[at] for at in used])
    if half > 1 and texts[:half] == texts[half:] and role(texts[0]) in {NAME, NUMBER, OTHER}:
        yield used[half]
