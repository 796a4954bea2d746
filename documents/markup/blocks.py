"""A document as blocks: paragraphs, lists, quotes, tables; read from plain semantic HTML.

A line break in the text is kept as one, since a person may have typed it; so templates keep a sentence on
one line.
"""

import itertools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from documents.markup import grid
from documents.markup.html_tree import Element, Node, parse
from documents.markup.runs import BREAK, Mark, Run, Runs, tidy

MARKS: Mapping[str, str] = {
    "b": "b",
    "strong": "b",
    "i": "i",
    "em": "i",
    "u": "u",
    "ins": "u",
    "s": "s",
    "del": "s",
    "strike": "s",
    "code": "code",
    "kbd": "code",
    "a": "a",
}
LINKS = ("https://", "http://", "tg://")
HEADINGS: Mapping[str, int] = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 4, "h6": 4}
BLOCKS = frozenset(HEADINGS) | {
    "p",
    "pre",
    "ul",
    "ol",
    "li",
    "table",
    "blockquote",
    "hr",
    "div",
    "section",
    "article",
    "header",
    "footer",
    "main",
    "figure",
    "figcaption",
    "dl",
    "dt",
    "dd",
    "caption",
    "thead",
    "tbody",
    "tfoot",
    "tr",
}
DEEPEST = (
    3  # lists and quotes in one another; 16 levels of a rich message leave room for no more with its marks
)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Text; a heading if it has a level (1–4)."""

    runs: Runs
    level: int = 0


@dataclass(frozen=True, slots=True)
class Preformatted:
    """Text whose blanks and line breaks matter."""

    text: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A line across the page."""


@dataclass(frozen=True, slots=True)
class Quote:
    """Blocks quoted."""

    blocks: "tuple[Block, ...]"


@dataclass(frozen=True, slots=True)
class Listing:
    """Items, numbered from `start` if it is ordered."""

    items: "tuple[tuple[Block, ...], ...]"
    ordered: bool = False
    start: int = 1

    def label(self, position: int) -> str:
        """The number or sign before the item at that position."""
        return f"{self.start + position}." if self.ordered else "•"


Block = Paragraph | Preformatted | Rule | Quote | Listing | grid.Table


def read(html: str) -> tuple[Block, ...]:
    """The document's blocks, without empty ones."""
    return tuple(_flow(parse(html).children, 0))


def _flow(nodes: Iterable[Node], depth: int) -> Iterator[Block]:
    for is_block, group in itertools.groupby(nodes, key=_is_block):
        if is_block:
            for node in group:
                yield from _block(node, depth)
        elif runs := tidy(run for node in group for run in inline(node)):
            yield Paragraph(runs)


def _is_block(node: Node) -> bool:
    return isinstance(node, Element) and (node.tag in BLOCKS or any(map(_is_block, node.children)))


def _block(node: Node, depth: int) -> Iterator[Block]:
    assert isinstance(node, Element)
    if node.tag == "hr":
        yield Rule()
    elif node.tag == "pre":
        yield from _preformatted(node)
    elif node.tag == "table":
        yield from _table(node)
    elif node.tag in {"ul", "ol", "blockquote"}:
        yield from _container(node, depth)
    elif node.tag in HEADINGS or node.tag in MARKS:
        yield from _text(node)
    else:
        yield from _flow(node.children, depth)


def _text(node: Element) -> Iterator[Block]:
    if runs := tidy(inline(node)):
        yield Paragraph(runs, HEADINGS.get(node.tag, 0))


def _preformatted(node: Element) -> Iterator[Block]:
    text = "".join(run.text for run in inline(node)).replace(BREAK, "\n").strip("\n")
    if text.strip():
        yield Preformatted(text)


def _container(node: Element, depth: int) -> Iterator[Block]:
    if depth >= DEEPEST:
        if runs := tidy(inline(node)):
            yield Paragraph(runs)
    elif node.tag == "blockquote":
        blocks = tuple(_flow(node.children, depth + 1))
        yield from [Quote(blocks)] if blocks else []
    else:
        yield from _listing(node, depth)


def _listing(node: Element, depth: int) -> Iterator[Block]:
    entries = [child if _is_tag(child, "li") else Element("li", {}, (child,)) for child in node.children]
    items = (tuple(_flow(entry.children, depth + 1)) for entry in entries if isinstance(entry, Element))
    if full := tuple(item for item in items if item):
        yield Listing(full, node.tag == "ol", grid.whole(node.attributes.get("start", ""), 1))


def _is_tag(node: Node, tag: str) -> bool:
    return isinstance(node, Element) and node.tag == tag


def _table(node: Element) -> Iterator[Block]:
    caption = tidy(run for child in node.children if _is_tag(child, "caption") for run in inline(child))
    table = grid.read(
        node, caption, lambda cell: tidy(run for child in cell.children for run in inline(child))
    )
    if any(cell.runs for cell in table.cells):
        yield table
    elif caption:
        yield Paragraph(caption)


def inline(node: Node, marks: tuple[Mark, ...] = ()) -> Iterator[Run]:
    """The node's text, whatever it holds; blocks in it stand on lines of their own."""
    if isinstance(node, str):
        yield Run(node, marks)
    elif node.tag in {"br", "img", "hr"}:
        yield Run(node.attributes.get("alt", "") if node.tag == "img" else BREAK, marks)
    else:
        yield from _inline_element(node, _marked(marks, node))


def _inline_element(node: Element, marks: tuple[Mark, ...]) -> Iterator[Run]:
    apart = node.tag in BLOCKS
    yield Run({"li": "\n• ", "td": " ", "th": " "}.get(node.tag, "\n" if apart else ""), marks)
    for child in node.children:
        yield from inline(child, marks)
    yield Run("\n" if apart else "", marks)


def _marked(marks: tuple[Mark, ...], node: Element) -> tuple[Mark, ...]:
    """The marks inside that element: none twice, nothing else within code, no link that leads nowhere."""
    tag = MARKS.get(node.tag, "")
    href = node.attributes.get("href", "").strip() if tag == "a" else ""
    if (
        not tag
        or any(mark.tag in {tag, "code"} for mark in marks)
        or (tag == "a" and not href.startswith(LINKS))
    ):
        return marks
    return (Mark("code"),) if tag == "code" else (*marks, Mark(tag, href))
