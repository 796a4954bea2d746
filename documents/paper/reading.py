"""Reading semantic HTML into a document for paper (documents/paper/model.py says what it may hold)."""

import functools
import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from documents.markup import blocks, grid
from documents.markup.blocks import inline
from documents.markup.html_tree import Element, Node, parse
from documents.markup.runs import Run, Runs, tidy
from documents.paper import pictures
from documents.paper.model import (
    BODY,
    CENTER,
    GRID,
    NOTE,
    PLAIN,
    QUOTE,
    RIGHT,
    SIGNATURES,
    TITLE,
    Block,
    Contents,
    Document,
    Figure,
    Letterhead,
    Listing,
    NewPage,
    Picture,
    Rule,
    Table,
    Text,
)
from documents.paper.page_setup import A4, Paper
from documents.paper.sections import Placed, in_sections
from documents.paper.tables import equal, is_wide, names_and_values, numbers_right, room_on, shares

APART = blocks.BLOCKS | {"nav", "aside", "img"}
STYLES = frozenset({NOTE, CENTER, RIGHT})
KINDS = frozenset({PLAIN, SIGNATURES})


@functools.lru_cache(maxsize=1)
def read(html: str, paper: Paper = A4, *, landscape: bool = False) -> Document:
    """The document; all its pages are turned if `landscape`. The last one is kept: Word often follows PDF."""
    text, drawings = pictures.taken_out(html)
    return in_sections(list(_Reader(drawings, paper).flow(parse(text).children, turned=landscape)))


@dataclass(slots=True)
class _Reader:
    drawings: Sequence[Picture]
    paper: Paper
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def flow(self, nodes: Iterable[Node], *, turned: bool = False, style: str = BODY) -> Iterator[Placed]:
        """Blocks one after another; text between them makes paragraphs."""
        for apart, group in itertools.groupby(nodes, key=_is_apart):
            if not apart:
                yield from self._text(group, turned=turned, style=style)
                continue
            for node in group:
                assert isinstance(node, Element)
                yield from self._element(node, turned=turned, style=style)

    def _text(self, nodes: Iterable[Node], *, turned: bool, style: str) -> Iterator[Placed]:
        if runs := tidy(run for node in nodes for run in inline(node)):
            yield Text(runs, style), turned

    def _element(self, node: Element, *, turned: bool, style: str) -> Iterator[Placed]:
        """What the tag stands for; one that only groups is looked into."""
        classes = node.attributes.get("class", "").split()
        if node.tag == "table":
            yield from self._table(node, turned=turned)
        elif node.tag == "hr":
            yield (NewPage() if "page" in classes else Rule()), turned
        elif node.tag in blocks.HEADINGS:
            yield from self._heading(node, TITLE in classes, turned=turned)
        elif made := self._special(node, classes):
            yield from ((block, turned) for block in made)
        else:
            own = next((each for each in classes if each in STYLES), style)
            inner = QUOTE if node.tag == "blockquote" else own
            yield from self.flow(node.children, turned=turned or "landscape" in classes, style=inner)

    def _special(self, node: Element, classes: Sequence[str]) -> list[Block]:
        if node.tag in {"ul", "ol"}:
            return self._listing(node)
        if node.tag in {"figure", "img"}:
            return self._figure(node)
        if node.tag == "header" and "letterhead" in classes:
            return self._letterhead(node)
        return [Contents()] if node.tag == "nav" and "contents" in classes else []

    def _heading(self, node: Element, titled: bool, *, turned: bool) -> Iterator[Placed]:
        if runs := tidy(inline(node)):
            if titled:
                yield Text(runs, TITLE), turned
            else:
                yield Text(runs, BODY, blocks.HEADINGS[node.tag], f"b{next(self.numbers)}"), turned

    def _listing(self, node: Element) -> list[Block]:
        entries = [child for child in node.children if isinstance(child, Element)]
        items = [tuple(block for block, _ in self.flow(entry.children)) for entry in entries]
        full = tuple(item for item in items if item)
        start = grid.whole(node.attributes.get("start", ""), 1)
        return [Listing(full, node.tag == "ol", start)] if full else []

    def _figure(self, node: Element) -> list[Block]:
        """The picture with its caption; words where it can't be shown."""
        picture = next(filter(None, map(self._picture, _images(node))), None)
        captions = [
            child for child in node.children if isinstance(child, Element) and child.tag == "figcaption"
        ]
        caption = tidy(run for each in captions for run in inline(each))
        if picture:
            return [Figure(picture, caption)]
        runs = tidy(inline(node))
        return [Text(runs)] if runs else []

    def _picture(self, image: Element) -> Picture | None:
        source, shows = image.attributes.get("src", ""), image.attributes.get("alt", "")
        return pictures.drawn(source, self.drawings) or pictures.from_data(source, shows)

    def _letterhead(self, node: Element) -> list[Block]:
        logo = next(filter(None, map(self._picture, _images(node))), None)
        words = [child for child in node.children if not (isinstance(child, Element) and child.tag == "img")]
        lines = [block for block, _ in self.flow(words) if isinstance(block, Text)]
        return [Letterhead(logo, tuple(lines))] if lines or logo else []

    def _table(self, node: Element, *, turned: bool) -> Iterator[Placed]:
        caption = tidy(run for child in node.children if _is_caption(child) for run in inline(child))
        table = grid.read(node, caption, _cell_text)
        if not table.rows:
            return
        kind = next(iter(KINDS & set(node.attributes.get("class", "").split())), GRID)
        turned = turned or (kind == GRID and is_wide(table, self.paper))
        widths = _widths(table, kind, node, room_on(self.paper, turned=turned))
        yield Table(_set(table, kind), kind, widths), turned


def _widths(table: grid.Table, kind: str, source: Element, room: Fraction) -> tuple[int, ...]:
    if kind == SIGNATURES:
        return equal(table, source)
    return (names_and_values if kind == PLAIN else shares)(table, source, room)


def _set(table: grid.Table, kind: str) -> grid.Table:
    if kind == SIGNATURES:
        return replace(table, cells=tuple(replace(cell, align="center") for cell in table.cells))
    return numbers_right(table) if kind == GRID else table


def _cell_text(cell: Element) -> Runs:
    if len(cell.children) == 1 and isinstance(text := cell.children[0], str) and "\n" not in text:
        words = " ".join(filter(None, text.replace("\t", " ").split(" ")))  # what `tidy` does, for most cells
        return (Run(words),) if words else ()
    return tidy(run for child in cell.children for run in inline(child))


def _images(node: Element) -> Iterator[Element]:
    """The element itself, if it is an image, or those in it."""
    if node.tag == "img":
        yield node
    for child in node.children:
        if isinstance(child, Element):
            yield from _images(child)


def _is_caption(node: Node) -> bool:
    return isinstance(node, Element) and node.tag == "caption"


def _is_apart(node: Node) -> bool:
    return isinstance(node, Element) and (node.tag in APART or any(map(_is_apart, node.children)))
