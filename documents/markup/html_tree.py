"""A page of HTML as a tree: elements and text, entities resolved, forgiving about tags left open."""

import itertools
from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
)
UNSEEN = frozenset({"script", "style", "svg", "head", "title", "template", "math", "object", "iframe"})

# A start tag on the left ends those on the right, as in `<li>one<li>two`, up to the nearest container.
ENDS: Mapping[str, frozenset[str]] = {
    "li": frozenset({"li"}),
    "tr": frozenset({"tr", "td", "th"}),
    "td": frozenset({"td", "th"}),
    "th": frozenset({"td", "th"}),
    "tbody": frozenset({"thead", "tbody", "tr", "td", "th"}),
    "tfoot": frozenset({"thead", "tbody", "tr", "td", "th"}),
}
HOLDERS = frozenset({"ul", "ol", "table", "blockquote", "body"})

# What Telegram itself does to control characters; a lone surrogate can't be sent at all.
_REPLACED = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 127), " ") | {13: None}


@dataclass(frozen=True, slots=True)
class Element:
    """A tag with its attributes and what stands in it."""

    tag: str
    attributes: Mapping[str, str] = field(default_factory=dict)
    children: "tuple[Node, ...]" = ()


Node = Element | str


def parse(html: str) -> Element:
    """The page as one `body` element; drawings, scripts and styles are left out."""
    builder = _Builder()
    builder.feed(html.replace("\r\n", "\n").replace("\r", "\n"))
    builder.close()
    return builder.finish()


@dataclass(slots=True)
class _Open:
    tag: str
    attributes: Mapping[str, str]
    children: list[Node] = field(default_factory=list)

    def done(self) -> Element:
        return Element(self.tag, self.attributes, tuple(self.children))


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._stack = [_Open("body", {})]
        self._unseen = 0

    def finish(self) -> Element:
        while len(self._stack) > 1:
            self._close()
        return self._stack[0].done()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in UNSEEN:
            self._unseen += 1
        elif not self._unseen:
            self._end_implied(tag)
            self._stack.append(_Open(tag, {name: value or "" for name, value in attrs}))
            if tag in VOID:
                self._close()

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in UNSEEN:
            self._unseen = max(0, self._unseen - 1)
        elif not self._unseen and any(node.tag == tag for node in self._stack[1:]):
            while self._stack[-1].tag != tag:
                self._close()
            self._close()

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            clean = data.translate(_REPLACED).encode("utf-8", "replace").decode()
            self._stack[-1].children.append(clean)

    def updatepos(self, i: int, j: int) -> int:
        """Nobody asks on which line something stands; counting lines takes a tenth of the time."""
        return j

    def _end_implied(self, tag: str) -> None:
        """Close what that start tag ends, out to the nearest container."""
        ended = ENDS.get(tag)
        if not ended:
            return
        inner = itertools.takewhile(lambda node: node.tag not in HOLDERS, reversed(self._stack))
        depth = max((depth for depth, node in enumerate(inner, 1) if node.tag in ended), default=0)
        for _ in range(depth):
            self._close()

    def _close(self) -> None:
        node = self._stack.pop()
        self._stack[-1].children.append(node.done())
