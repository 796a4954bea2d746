"""How a table stands on paper: the widths of its columns, whether it needs a page turned, which columns are numbers."""

import re
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from documents.markup import grid
from documents.markup.html_tree import Element
from documents.markup.runs import plain
from documents.paper.page_setup import Paper

MM_PER_SIGN = Fraction(19, 10)  # an average letter of the type tables are set in
MM_PER_SMALL_SIGN = Fraction(17, 10)  # the same on a page turned on its side
PADDING = 3  # signs' worth of room on both sides of a column together
LONGEST_WORD, LONGEST_LINE = 18, 60  # signs beyond which a word may be broken and a line is broken anyway
LONGEST_HEAD = 24  # the same for a line of the head: what stands below needs the room more
SHORT_TEXT = 10  # signs, with the padding, of a column that needs no more room than that
MOST_UPRIGHT = 8  # columns that are more than
TINY = 7  # signs, with the padding: a mark, a small number
WHOLE = 1000
NUMBER = re.compile(r"(Rp\s?)?[-+−]?\d[\d.,/]*\s?%?|[–-]")


def is_wide(table: grid.Table, paper: Paper) -> bool:
    """Whether its words would be cramped on an upright sheet."""
    columns = sum(want > TINY for want in _natural(table))
    return columns > MOST_UPRIGHT or signs(table) > paper.room() / MM_PER_SIGN


def signs(table: grid.Table) -> int:
    """The table's width in characters when no word of it is broken."""
    return sum(_least(table))


def room_on(paper: Paper, *, turned: bool) -> Fraction:
    """The characters that fit side by side into a table on that sheet."""
    return paper.turned().room() / MM_PER_SMALL_SIGN if turned else paper.room() / MM_PER_SIGN


def shares(table: grid.Table, source: Element, room: Fraction) -> tuple[int, ...]:
    """Each column's part of the room (in signs) in thousandths, as its source says or as its text needs."""
    return _given(source, table.columns) or _parts(_wanted(table, room))


def names_and_values(table: grid.Table, source: Element, room: Fraction) -> tuple[int, ...]:
    """The same for a table of names and values: the last column has what the others leave."""
    natural = _natural(table)
    names = [Fraction(each) for each in natural[:-1]]
    if sum(names) + natural[-1] > room or len(natural) < len(("name", "value")):
        return shares(table, source, room)
    return _given(source, table.columns) or _parts([*names, room - sum(names)])


def equal(table: grid.Table, source: Element) -> tuple[int, ...]:
    """Columns of equal width, for signatures side by side."""
    return _given(source, table.columns) or _parts([1] * table.columns)


def numbers_right(table: grid.Table) -> grid.Table:
    """The table with the cells of number columns set to the right."""
    columns = {column for column in range(table.columns) if _is_numeric(table, column)}
    cells = (
        replace(cell, align="right") if cell.column in columns and cell.row >= table.head else cell
        for cell in table.cells
    )
    return replace(table, cells=tuple(cells))


def _is_numeric(table: grid.Table, column: int) -> bool:
    texts = [plain(cell.runs) for cell in table.cells if cell.column == column and cell.row >= table.head]
    said = [text for text in texts if text]
    return any(text[-1].isdigit() or text.endswith("%") for text in said) and all(map(NUMBER.fullmatch, said))


def _given(source: Element, columns: int) -> tuple[int, ...]:
    """The widths of `<col width="20%">`, if each column has one."""
    groups = [child for child in source.children if isinstance(child, Element) and child.tag == "colgroup"]
    found = [
        grid.whole(child.attributes.get("width", "").removesuffix("%"), 0)
        for group in groups
        for child in group.children
        if isinstance(child, Element) and child.tag == "col"
    ]
    return _parts(found) if len(found) == columns and all(each > 0 for each in found) else ()


def _parts(weights: Sequence[int | Fraction]) -> tuple[int, ...]:
    """Thousandths in proportion to the weights; they sum to exactly 1000."""
    ends = [int(WHOLE * sum(weights[: at + 1]) / sum(weights)) for at in range(len(weights))]
    return tuple(end - begin for begin, end in zip([0, *ends], ends, strict=False))


def _wanted(table: grid.Table, room: Fraction) -> list[Fraction]:
    """Its longest word for each column, of the rest the more, the longer its lines; what is left goes to text."""
    least, natural = _least(table), _natural(table)
    longing = [max(0, want - have) for have, want in zip(least, natural, strict=True)]
    spare = max(Fraction(0), room - sum(least))
    granted = min(Fraction(1), spare / sum(longing)) if sum(longing) else Fraction(0)
    wanted = [have + granted * more for have, more in zip(least, longing, strict=True)]
    left = max(Fraction(0), room - sum(wanted))
    texts = [want > SHORT_TEXT and not _is_numeric(table, at) for at, want in enumerate(natural)]
    taking = [want for want, text in zip(natural, texts, strict=True) if text]
    return [
        want + (left * most / sum(taking) if text else 0)
        for want, most, text in zip(wanted, natural, texts, strict=True)
    ]


def _least(table: grid.Table) -> list[int]:
    """For each column the length of its longest word, in characters."""
    return _longest(table, LONGEST_WORD, LONGEST_WORD, None)


def _natural(table: grid.Table) -> list[int]:
    """For each column its width in characters if no line were broken."""
    return _longest(table, LONGEST_LINE, LONGEST_HEAD, "\n")


def _longest(table: grid.Table, most: int, most_in_head: int, separator: str | None) -> list[int]:
    """The longest part of each column, each cell's text parted there; with the padding."""
    needs = [1] * table.columns
    for cell in table.cells:
        if cell.width == 1 and cell.runs:
            longest = max(map(len, plain(cell.runs).split(separator)), default=0)
            limit = most_in_head if cell.row < table.head else most
            needs[cell.column] = max(needs[cell.column], min(longest, limit))
    return [need + PADDING for need in needs]
