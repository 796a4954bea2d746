"""A page of HTML as a tree: elements and text, entities resolved, forgiving about tags left open."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml.html import HtmlElement, HTMLParser, document_fromstring

UNSEEN = frozenset({"script", "style", "svg", "head", "title", "template", "math", "object", "iframe"})

# What Telegram itself does to control characters; a lone surrogate can't be sent at all.
_REPLACED = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 127), " ") | {13: "\n"}


@dataclass(frozen=True, slots=True)
class Element:
    """A tag with its attributes and what stands in it."""

    tag: str
    attributes: Mapping[str, str] = field(default_factory=dict)
    children: "tuple[Node, ...]" = ()


Node = Element | str


def parse(html: str) -> Element:
    """The page as one `body` element; drawings, scripts and styles are left out."""
    clean = html.replace("\r\n", "\n").translate(_REPLACED)
    # Without `huge_tree` what stands deeper than 255 elements would be lost in silence.
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    return _element(document_fromstring(f"<body>{clean}".encode(errors="replace"), parser)[0])


def _element(found: HtmlElement) -> Element:
    children: list[Node] = [found.text] if found.text else []
    for child in found:
        if child.tag not in UNSEEN:
            children.append(_element(child))
        if child.tail:
            children.append(child.tail)
    return Element(found.tag, dict(found.attrib), tuple(children))
