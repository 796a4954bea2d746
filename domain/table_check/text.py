"""A table that was pasted as text: rows and cells, by tabs, bars, semicolons, wide gaps, commas or single spaces.

Copied from Excel it has tabs (of which Telegram makes spaces), from a chat bars (Markdown), typed by hand semicolons.
Commas part cells only where each row has as many as the head: elsewhere they stand before decimals.
"""

import csv
import io
import re
from collections.abc import Callable
from itertools import pairwise
from typing import Final

from domain.dialog import reading
from domain.faults import Rejected
from domain.table_check import spaces
from domain.table_check.cells import LONGEST_CELL, Cell, Rows, check_size

LEAST: Final = 2
"""Rows, and cells of a row, that a table has at least."""

_GAP = re.compile(r"[^\S\n]{2,}")
_RULE = re.compile(r"[\s|:+=_\-–—─━═┼╪├┤┌┐└┘┬┴╞╡│]+")
_FENCE = re.compile(r"\s*(?:```|~~~)\w*\s*")
_BARS = str.maketrans("│┃║", "|||")


def read(text: str) -> Rows:
    """The rows. Raises Rejected('check_no_table' or 'check_too_big')."""
    lines = [line for line in text.translate(_BARS).splitlines() if not _is_drawn(line)]
    rows = _cutter(lines)(lines)
    if sum(len(row) >= LEAST for row in rows) < LEAST:
        raise Rejected("check_no_table")
    found = tuple(tuple(Cell(_clean(cell)) for cell in row) for row in rows)
    check_size(found)
    return found


Cutter = Callable[[list[str]], list[list[str]]]


def _is_drawn(line: str) -> bool:
    """Lines of a table's frame, and the fences around code; an empty line keeps its number."""
    return bool(line.strip()) and bool(_FENCE.fullmatch(line) or _RULE.fullmatch(line))


def _cutter(lines: list[str]) -> Cutter:
    """How the cells are parted, the surest sign first."""
    if any("\t" in line.strip() for line in lines):
        return _separated("\t")
    for sign, cut in (("|", _by_bars), (";", _separated(";"))):
        if sum(sign in line for line in lines) >= LEAST:
            return cut
    if _has_gaps(lines):
        return _by_gaps
    return _separated(",") if _has_safe_commas(lines) else _by_spaces


def _has_gaps(lines: list[str]) -> bool:
    """Whether wide gaps part the cells; where two numbers have but one space between them, it is spaces that do."""
    parted = [row for row in _by_gaps(lines) if len(row) >= LEAST]
    crowded = (sum(map(spaces.is_numeric, cell.split())) >= LEAST for row in parted for cell in row)
    return len(parted) >= LEAST and not any(crowded)


def _by_gaps(lines: list[str]) -> list[list[str]]:
    return [_GAP.split(line.strip()) for line in lines]


def _by_spaces(lines: list[str]) -> list[list[str]]:
    return spaces.rows(lines) or []


def _has_safe_commas(lines: list[str]) -> bool:
    """Every row has as many cells as every other; an Indonesian decimal would make one more of them."""
    counts = [len(row) for row in _separated(",")(lines) if any(row)]
    return len(counts) >= LEAST and counts[0] > LEAST and all(one == other for one, other in pairwise(counts))


def _separated(sign: str) -> Cutter:
    def cut(lines: list[str]) -> list[list[str]]:
        if any('"' in line for line in lines):
            try:
                return list(csv.reader(io.StringIO("\n".join(lines)), delimiter=sign, strict=True))
            except csv.Error:  # a quotation mark that is only an inch
                pass
        return [line.split(sign) for line in lines]

    return cut


def _by_bars(lines: list[str]) -> list[list[str]]:
    """Bars around a row part nothing, where every row has them."""
    bare = [line.strip() for line in lines]
    barred = [line for line in bare if "|" in line]
    if all(line.startswith("|") for line in barred):
        bare = [line.removeprefix("|") for line in bare]
    if all(line.endswith("|") for line in barred):
        bare = [line.removesuffix("|") for line in bare]
    return [[_unmarked(cell) for cell in line.split("|")] for line in bare]


def _unmarked(cell: str) -> str:
    """The text without Markdown's asterisks for bold type."""
    plain = cell.strip()
    return plain[2:-2] if len(plain) > 4 and plain[:2] == plain[-2:] == "**" else plain  # noqa: PLR2004 - four stars


def _clean(cell: str) -> str:
    """The text in one line, without what can't be seen."""
    return " ".join(reading.read_text(cell, 0, len(cell) * 4 + 4).split())[:LONGEST_CELL]
