"""Blocks as HTML of Telegram's rich messages, divided where one message's limits end."""

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from html import escape

from documents.chat import packing
from documents.markup.blocks import Block, Listing, Paragraph, Preformatted, Quote
from documents.markup.grid import Cell, Table
from documents.markup.runs import Run, chunks, length, markup

CHARACTERS = 32_768
BLOCKS = 500
COLUMNS = 20
Cost = tuple[int, int]  # characters, blocks


def messages(blocks: Iterable[Block]) -> list[str]:
    """The blocks in as few rich messages as hold them."""
    return ["".join(map(_html, group)) for group in _pack(blocks, (CHARACTERS, BLOCKS))]


def _pack(blocks: Iterable[Block], limit: Cost) -> list[list[Block]]:
    parts = (part for block in blocks for part in _fitting(block, limit))
    return packing.pack(parts, _cost, limit, lambda block: isinstance(block, Paragraph) and block.level > 0)


def _cost(block: Block) -> Cost:
    """What a block takes of the limits, a character more for each block so that joints are paid for."""
    match block:
        case Paragraph(runs):
            return length(runs) + 1, 1
        case Preformatted(text):
            return len(text) + 1, 1
        case Quote(blocks):
            return _sum(map(_cost, blocks), (1, 1))
        case Listing(items):
            return _sum((_item_cost(block.label(at), item) for at, item in enumerate(items)), (1, 1))
        case Table():
            return _sum(map(_row_cost, block.seen()), (length(block.caption) + 1, 1))
        case _:
            return 1, 1


def _sum(costs: Iterable[Cost], start: Cost) -> Cost:
    characters, blocks = start
    for cost in costs:
        characters, blocks = characters + cost[0], blocks + cost[1]
    return characters, blocks


def _item_cost(label: str, item: Iterable[Block]) -> Cost:
    return _sum(map(_cost, item), (len(label) + 1, 1))


def _row_cost(cells: Iterable[Cell]) -> Cost:
    return sum(length(cell.runs) + 1 for cell in cells), 1


def _less(limit: Cost, characters: int, blocks: int) -> Cost:
    return limit[0] - characters, limit[1] - blocks


def _fitting(block: Block, limit: Cost) -> Iterator[Block]:
    """The block in parts that each fit into a message; itself where it fits."""
    if not _too_much(_cost(block), limit) and not (isinstance(block, Table) and block.columns > COLUMNS):
        yield block
    elif isinstance(block, Paragraph):
        yield from (replace(block, runs=part) for part in chunks(block.runs, limit[0] - 1))
    elif isinstance(block, Preformatted):
        parts = chunks((Run(block.text),), limit[0] - 1)
        yield from (Preformatted("".join(run.text for run in part)) for part in parts)
    elif isinstance(block, Quote):
        yield from (Quote(tuple(part)) for part in _pack(block.blocks, _less(limit, 1, 1)))
    elif isinstance(block, Listing):
        yield from _fitting_listing(block, limit)
    elif isinstance(block, Table):
        yield from _fitting_table(block, limit)


def _too_much(cost: Cost, limit: Cost) -> bool:
    return cost[0] > limit[0] or cost[1] > limit[1]


def _fitting_listing(listing: Listing, limit: Cost) -> Iterator[Block]:
    parts = [
        (at, tuple(part))
        for at, item in enumerate(listing.items)
        for part in _pack(item, _less(limit, len(listing.label(at)) + 2, 2))
    ]
    costs = {part: _item_cost(listing.label(part[0]), part[1]) for part in parts}
    for group in packing.pack(parts, costs.__getitem__, _less(limit, 1, 1), lambda _: False):
        yield Listing(tuple(item for _, item in group), listing.ordered, listing.start + group[0][0])


def _fitting_table(table: Table, limit: Cost) -> Iterator[Block]:
    caption = table.caption
    for columns in _columns(table.columns):
        for part in _fitting_rows(
            table.part(range(table.rows), columns), _less(limit, length(caption) + 1, 1)
        ):
            yield replace(part, caption=caption)
            caption = ()


def _columns(count: int) -> Iterator[Sequence[int]]:
    """Groups of columns; the first column leads each, since it says what a row is about."""
    yield range(min(count, COLUMNS))
    for start in range(COLUMNS, count, COLUMNS - 1):
        yield (0, *range(start, min(count, start + COLUMNS - 1)))


def _fitting_rows(table: Table, limit: Cost) -> Iterator[Table]:
    """The rows in groups, each under the head; a head of half a message's length isn't repeated."""
    costs = [_row_cost(cells) for cells in table.seen()]
    head = range(table.head if sum(cost[0] for cost in costs[: table.head]) < limit[0] // 2 else 0)
    room = _less(limit, sum(cost[0] for cost in costs[: len(head)]), len(head))
    everything = range(table.columns)
    body = range(len(head), table.rows)
    for group in packing.pack(body, lambda row: (min(costs[row][0], room[0]), 1), room, lambda _: False):
        part = table.part((*head, *group), everything)
        yield from [part] if costs[group[0]][0] <= room[0] else _cut_row(part, room[0])


def _cut_row(table: Table, room: int) -> Iterator[Table]:
    """The only row under a head, too long by itself, continued in further rows."""
    head = [cell for cell in table.cells if cell.row < table.head]
    row = [cell for cell in table.cells if cell.row >= table.head]
    texts = [tuple(chunks(cell.runs, room // len(row) - 1)) for cell in row]
    for turn in itertools.zip_longest(*texts, fillvalue=()):
        cells = [replace(cell, runs=runs) for cell, runs in zip(row, turn, strict=True)]
        yield replace(table, cells=(*head, *cells))


def _html(block: Block) -> str:
    match block:
        case Paragraph(runs, level):
            tag = f"h{level}" if level else "p"
            return f"<{tag}>{markup(runs, '<br>')}</{tag}>"
        case Preformatted(text):
            return f"<pre>{escape(text, quote=False)}</pre>"
        case Quote(blocks):
            return f"<blockquote>{''.join(map(_html, blocks))}</blockquote>"
        case Listing(items):
            return _listing_html(block, items)
        case Table():
            return _table_html(block)
        case _:
            return "<hr/>"


def _listing_html(listing: Listing, items: Iterable[Iterable[Block]]) -> str:
    tag = "ol" if listing.ordered else "ul"
    start = f' start="{listing.start}"' if listing.ordered and listing.start != 1 else ""
    return f"<{tag}{start}>{''.join(f'<li>{_item_html(tuple(item))}</li>' for item in items)}</{tag}>"


def _item_html(item: tuple[Block, ...]) -> str:
    """An item of one paragraph is written without it, as people write lists."""
    match item:
        case (Paragraph(runs, 0), *others):
            return markup(runs, "<br>") + "".join(map(_html, others))
        case _:
            return "".join(map(_html, item))


def _table_html(table: Table) -> str:
    caption = f"<caption>{markup(table.caption, '<br>')}</caption>" if table.caption else ""
    rows = "".join(f"<tr>{''.join(map(_cell_html, cells))}</tr>" for cells in table.begun())
    return f"<table bordered striped>{caption}{rows}</table>"


def _cell_html(cell: Cell) -> str:
    tag = "th" if cell.header else "td"
    spans = {"colspan": cell.width, "rowspan": cell.height}
    written = "".join(f' {name}="{count}"' for name, count in spans.items() if count > 1)
    align = f' align="{cell.align}"' if cell.align != "left" else ""
    return f"<{tag}{written}{align}>{markup(cell.runs, '<br>')}</{tag}>"
