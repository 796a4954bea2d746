"""Keeping a heading with what it heads: PlutoPrint itself parts it from what stands below.

Where a column of nothing has no room any more the page ends before it; what follows is laid over the column.
"""

from collections.abc import Sequence

from documents.markup.grid import Cell
from documents.markup.runs import length
from documents.paper.model import GRID, Block, Figure, Listing, Section, Table, Text

LEAD = 250  # characters of a text that belongs to the table or figure below it
HEADING_MM, LINE_MM = 11, 5
UPRIGHT_MM, TURNED_MM = 235, 150
"""The highest group that is kept together, on an upright A4 page and on one turned on its side."""

LINE, CELL = 95, 16  # characters on a line of text, and in a narrow cell
MOST_LINES = 1 + LEAD // LINE  # of a longer text this many stand below its heading
MM_PER_PIXEL = 25.4 / 96


def keeper(section: Section, at: int) -> str:
    """What stands before the block at that place, if it begins a group that has to stay together; else nothing.

    It is a column of nothing, as high as the heading and the beginning of what it heads.
    """
    blocks, highest = section.blocks, TURNED_MM if section.landscape else UPRIGHT_MM
    if at and _leads(blocks[at - 1]) and not _starts(blocks[at - 1], blocks[at]):
        return ""
    group = _group(blocks[at:])
    needs = len(group) > 1 or isinstance(group[0], Figure) or _is_grid(group[0])
    return _column(min(sum(map(_height, group)), highest)) if needs else ""


def _group(blocks: Sequence[Block]) -> Sequence[Block]:
    """The first block and what belongs to it, to the first that isn't a heading or a line or two."""
    for at, block in enumerate(blocks):
        if at and _starts(blocks[at - 1], block):
            return blocks[:at]
        if not _leads(block):
            return blocks[: at + 1]
    return blocks


def _is_grid(block: Block) -> bool:
    return isinstance(block, Table) and block.kind == GRID


def _leads(block: Block) -> bool:
    """Whether the block belongs to what follows: a heading, or a line or two."""
    return isinstance(block, Text) and (block.level > 0 or length(block.runs) <= LEAD)


def _starts(before: Block, block: Block) -> bool:
    """Whether the block is a heading after plain text, so that a new group begins."""
    return isinstance(block, Text) and block.level > 0 and isinstance(before, Text) and not before.level


def _column(high: int) -> str:
    return f'<div style="height:{high}mm;margin-bottom:-{high}mm;break-inside:avoid"></div>'


def _height(block: Block) -> int:
    """About the least height in millimetres the block takes before a page may end."""
    match block:
        case Text():
            return HEADING_MM if block.level else LINE_MM * min(MOST_LINES, 1 + length(block.runs) // LINE)
        case Table():
            caption = LINE_MM if block.grid.caption else 0
            return caption + LINE_MM * (2 + sum(map(_row_lines, block.grid.begun()[: block.grid.head + 1])))
        case Figure():
            return round(block.picture.height * MM_PER_PIXEL) + 2 * LINE_MM
        case Listing():
            return 2 * LINE_MM
        case _:
            return LINE_MM


def _row_lines(row: Sequence[Cell]) -> int:
    return max((1 + length(cell.runs) // CELL for cell in row), default=1)
