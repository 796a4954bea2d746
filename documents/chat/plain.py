"""Blocks as ordinary Telegram messages: no lists, no headings, no tables, so these are drawn with text."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from documents.chat import packing
from documents.chat.text_table import aligned
from documents.markup.blocks import Block, Listing, Paragraph, Preformatted, Quote
from documents.markup.grid import Cell, Table
from documents.markup.runs import Mark, Run, Runs, chunks, entities, join, length, markup, plain, under

CHARACTERS = 4096
ENTITIES = 100  # Telegram drops the marks beyond the hundredth without a word
RULE = "─" * 12
INDENT = "   "
BOLD, QUOTED, FIXED = Mark("b"), Mark("blockquote"), Mark("pre")
HEADING_MARKS = {1: (BOLD, Mark("u")), 2: (BOLD,), 3: (BOLD,), 4: (Mark("i"), BOLD)}


@dataclass(frozen=True, slots=True)
class Flow:
    """A stretch of text that is kept together; `kind` decides how far it stands from its neighbours."""

    runs: Runs
    kind: str = "block"


def messages(blocks: Iterable[Block]) -> list[str]:
    """The blocks in as few messages as hold them."""
    flows = [part for block in blocks for flow in _flows(block) for part in _fitting(flow)]
    groups = packing.pack(flows, _cost, (CHARACTERS, ENTITIES), lambda flow: flow.kind == "heading")
    return [markup(_together(group)) for group in groups]


def _cost(flow: Flow) -> tuple[int, int]:
    return length(flow.runs) + len("\n\n"), entities(flow.runs)


def _fitting(flow: Flow) -> Iterator[Flow]:
    room = CHARACTERS - len("\n\n")
    return (replace(flow, runs=part) for part in chunks(flow.runs, room))


def _together(flows: Iterable[Flow]) -> Runs:
    runs: list[Run] = []
    before: Flow | None = None
    for flow in flows:
        runs += ([Run(_gap(before, flow))] if before else []) + list(flow.runs)
        before = flow
    return tuple(runs)


def _gap(before: Flow, after: Flow) -> str:
    return "\n" if before.kind == "heading" or before.kind == after.kind == "item" else "\n\n"


def _flows(block: Block) -> Iterator[Flow]:
    match block:
        case Paragraph(runs, level):
            yield _heading(runs, level) if level else Flow(runs)
        case Preformatted(text):
            yield Flow((Run(text, (FIXED,)),))
        case Listing():
            yield from _listing(block)
        case Quote(blocks):
            yield from _quote(blocks)
        case Table():
            yield from _table(block)
        case _:
            yield Flow((Run(RULE),))


def _heading(runs: Runs, level: int) -> Flow:
    for mark in reversed(HEADING_MARKS[level]):
        runs = under(mark, runs)
    return Flow(runs, "heading")


def _listing(listing: Listing) -> Iterator[Flow]:
    for position, item in enumerate(listing.items):
        lead = listing.label(position) + " "
        for flow in (flow for block in item for flow in _flows(block)):
            if FIXED in flow.runs[0].marks:
                yield flow
            else:
                yield Flow((Run(lead), *_indented(flow.runs)), "item")
                lead = INDENT


def _indented(runs: Runs) -> Runs:
    return tuple(Run(run.text.replace("\n", "\n" + INDENT), run.marks) for run in runs)


def _quote(blocks: Iterable[Block]) -> Iterator[Flow]:
    """The quoted text in one stretch; a table in it stands outside, since fixed width can't be quoted."""
    gathered: list[Flow] = []
    for flow in (flow for block in blocks for flow in _flows(block)):
        if FIXED in flow.runs[0].marks:
            yield from _quoted(gathered)
            yield flow
            gathered = []
        else:
            gathered.append(flow)
    yield from _quoted(gathered)


def _quoted(flows: list[Flow]) -> Iterator[Flow]:
    if flows:
        yield Flow(under(QUOTED, _together(flows)))


def _table(table: Table) -> Iterator[Flow]:
    if table.caption:
        yield Flow(under(BOLD, table.caption), "heading")
    if not _is_form(table) and (text := aligned(table)):
        yield from (Flow((Run(part, (FIXED,)),)) for part in text.portions(CHARACTERS - len("\n\n")))
    else:
        yield from _rows(table)


def _is_form(table: Table) -> bool:
    """Whether the rows are names and values, as at the top of minutes: they read better as lines."""
    named = all(cell.header for cell in table.cells if cell.column == 0)
    return named and not table.head and table.columns == len(("name", "value"))


def _labels(table: Table) -> list[list[str]]:
    """For each column what its head says, from the top down."""
    labels: list[list[str]] = [[] for _ in range(table.columns)]
    for cell in (cell for cells in table.begun()[: table.head] for cell in cells if cell.runs):
        for column in _columns(cell):
            labels[column].append(plain(cell.runs))
    return labels


def _rows(table: Table) -> Iterator[Flow]:
    """The table as a list, row by row; its head comes first where no row would show all of it."""
    labels = _labels(table)
    body = [cells for cells in table.seen()[table.head :] if any(cell.runs for cell in cells)]
    shown = {
        place for cells in body for cell in cells if cell.width < table.columns for place in _columns(cell)
    }
    if any(said and column not in shown for column, said in enumerate(labels)):
        yield from (
            Flow(join(" · ", (cell.runs for cell in cells)), "heading")
            for cells in table.begun()[: table.head]
        )
    yield from (_row(cells, labels) for cells in body)


def _columns(cell: Cell) -> range:
    return range(cell.column, cell.column + cell.width)


def _row(cells: Sequence[Cell], labels: Sequence[Sequence[str]]) -> Flow:
    """A row as lines of 'Label: value', the first one bold; a row that is one cell is a heading."""
    if len(labels) > 1 and cells[0].width == len(labels):
        return Flow(under(BOLD, cells[0].runs), "heading")
    if not any(labels) and len(labels) == len(cells) == 2:  # noqa: PLR2004 - a label and its value
        return Flow((*under(BOLD, cells[0].runs), Run(": "), *_value(cells[1])), "item")
    first, *others = (_labelled(cell, labels) for cell in cells)
    return Flow(join("\n", [under(BOLD, first), *others]))


def _labelled(cell: Cell, labels: Sequence[Sequence[str]]) -> Runs:
    said = (text for column in labels[cell.column : cell.column + cell.width] for text in column)
    label = " – ".join(dict.fromkeys(said))
    return (Run(f"{label}: "), *_value(cell)) if label else _value(cell)


def _value(cell: Cell) -> Runs:
    return cell.runs or (Run("–"),)
