"""Which blocks stand on upright pages and which on turned ones, so that few pages are turned or half empty."""

import itertools
from collections.abc import Iterable, Sequence

from documents.markup.runs import length
from documents.paper.model import TITLE, Block, Document, Listing, NewPage, Section, Table, Text

SHORT = 600  # characters that stay on a turned page rather than turn it back for a few lines
HALF_PAGE, WHOLE_PAGE = 20, 100  # lines
LINE, CELL = 90, 40  # characters on a line of text, and in a cell of middling width
Placed = tuple[Block, bool]  # a block, and whether it stands on a page turned on its side


def in_sections(placed: Sequence[Placed]) -> Document:
    """The blocks in sections of one orientation each; what belongs to a turned page is turned with it."""
    turned = _bridged(_with_headings(placed))
    groups = itertools.groupby(turned, key=lambda each: each[1])
    sections = (Section(_without_breaks([block for block, _ in group]), turn) for turn, group in groups)
    return tuple(section for section in sections if section.blocks)


def _with_headings(placed: Sequence[Placed]) -> list[Placed]:
    """Headings before something on a turned page stand there too, with the few lines between the two."""
    moved = list(placed)
    for at in reversed(range(len(moved) - 1)):
        if moved[at + 1][1] and not moved[at][1]:
            begins = _heading_above(moved, at)
            moved[begins : at + 1] = [(block, True) for block, _ in moved[begins : at + 1]]
    return moved


def _heading_above(placed: Sequence[Placed], last: int) -> int:
    """Where the heading of the texts that end at `last` stands; behind them where there is none near."""
    said = 0
    for at in range(last, -1, -1):
        block = placed[at][0]
        if not isinstance(block, Text) or block.style == TITLE:
            break
        if block.level:
            return at
        said += length(block.runs)
        if said > SHORT:
            break
    return last + 1


def _bridged(placed: Sequence[Placed]) -> list[Placed]:
    """Less than half a page between turned pages, or a few lines after the last one, do not turn the page back."""
    groups = [(turned, list(group)) for turned, group in itertools.groupby(placed, key=lambda each: each[1])]
    bridged: list[Placed] = []
    for at, (turned, group) in enumerate(groups):
        found = [block for block, _ in group]
        between = 0 < at < len(groups) - 1 and _lines(found) <= HALF_PAGE
        stays = len(found) if turned or between else _closing(found) if at else 0
        bridged += [(block, place < stays) for place, block in enumerate(found)]
    return bridged


def _closing(found: Sequence[Block]) -> int:
    """How many blocks at the beginning are a few lines that close what stands before, and lead to nothing."""
    texts = list(itertools.takewhile(lambda each: isinstance(each, Text) and not each.level, found))
    after = found[len(texts)] if len(texts) < len(found) else NewPage()
    leads = not isinstance(after, NewPage) and not (isinstance(after, Text) and after.level)
    is_long = sum(length(each.runs) for each in texts if isinstance(each, Text)) > SHORT
    return 0 if leads or is_long else len(texts)


def _lines(found: Iterable[Block]) -> int:
    """About how many lines the blocks take; what begins a new page is more than any page holds."""
    return sum(map(_lines_of, found))


def _lines_of(block: Block) -> int:
    match block:
        case Text():
            return 1 + length(block.runs) // LINE
        case Table():
            return 2 + sum(
                1 + max(length(cell.runs) for cell in row) // CELL for row in block.grid.begun() if row
            )
        case Listing():
            return sum(_lines(item) for item in block.items)
        case _:
            return WHOLE_PAGE


def _without_breaks(found: Sequence[Block]) -> tuple[Block, ...]:
    """Pages are new at the turn anyway: breaks there would leave an empty one."""
    kept = list(found)
    while kept and isinstance(kept[-1], NewPage):
        kept.pop()
    while kept and isinstance(kept[0], NewPage):
        kept.pop(0)
    return tuple(kept)
