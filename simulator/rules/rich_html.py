"""Rich messages: HTML with headings, lists and tables into RichBlock objects."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

from simulator.api_error import bad_request
from simulator.json_types import JsonList, JsonObject

_VOID_TAGS = {"br", "hr"}
_HEADINGS = {f"h{size}": size for size in range(1, 7)}
_BLOCK_TAGS = {*_HEADINGS, "p", "pre", "ul", "ol", "table", "blockquote", "aside", "hr", "details", "footer"}
_PART_TAGS = {"li", "caption", "thead", "tbody", "tfoot", "tr", "th", "td", "summary", "cite", "input"}
_INLINE_TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "code": "code",
    "mark": "marked",
    "sub": "subscript",
    "sup": "superscript",
    "tg-spoiler": "spoiler",
}
_OTHER_INLINE_TAGS = {"a", "br", "tg-time", "tg-emoji"}
_KNOWN_TAGS = _BLOCK_TAGS | _PART_TAGS | _INLINE_TAGS.keys() | _OTHER_INLINE_TAGS


@dataclass
class Node:
    """An element of the parsed HTML."""

    tag: str
    attributes: dict[str, str]
    children: list[Node | str] = field(default_factory=list)

    def elements(self, *tags: str) -> list[Node]:
        """The direct children with one of these tags."""
        return [child for child in self.children if isinstance(child, Node) and child.tag in tags]


class _TreeBuilder(HTMLParser):
    """Builds the tree; whatever is unknown or unbalanced is refused, not guessed."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node("", {})
        self.path = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _KNOWN_TAGS:
            raise refused(f'Unsupported start tag "{tag}"')
        node = Node(tag, {name: value or "" for name, value in attrs})
        self.path[-1].children.append(node)
        if tag not in _VOID_TAGS and tag != "input":
            self.path.append(node)

    def handle_endtag(self, tag: str) -> None:
        if tag in _VOID_TAGS:
            return
        if len(self.path) == 1:
            raise refused(f'Unexpected end tag "{tag}"')
        expected = self.path.pop().tag
        if expected != tag:
            raise refused(f'Unmatched end tag, expected "</{expected}>", found "</{tag}>"')

    def handle_data(self, data: str) -> None:
        self.path[-1].children.append(data)


def refused(reason: str) -> Exception:
    """The error for rich HTML that can't be understood."""
    return bad_request(f"can't parse rich message: {reason}")


def parse_rich_html(source: str) -> JsonList:
    """RichBlock objects of `source`; ApiError 400 for markup that is not understood."""
    builder = _TreeBuilder()
    builder.feed(source)
    builder.close()
    if len(builder.path) > 1:
        tag = builder.path[-1].tag
        raise refused(f'Can\'t find end tag corresponding to start tag "{tag}"')
    return _blocks(builder.root.children)


def _blocks(children: list[Node | str]) -> JsonList:
    """Blocks in order; loose text between them becomes paragraphs."""
    blocks: JsonList = []
    loose: list[Node | str] = []
    for child in [*children, Node("", {})]:
        is_inline = isinstance(child, str) or child.tag not in {*_BLOCK_TAGS, ""}
        if is_inline:
            loose.append(child)
            continue
        blocks += _paragraphs(loose)
        loose = []
        if isinstance(child, Node) and child.tag:
            blocks.append(_block(child))
    return blocks


def _paragraphs(loose: list[Node | str]) -> JsonList:
    text = _rich_text(loose)
    return [{"type": "paragraph", "text": text}] if _is_visible(text) else []


def _is_visible(text: object) -> bool:
    return bool(text.strip()) if isinstance(text, str) else bool(text)


def _block(node: Node) -> JsonObject:
    """Styled text by a table, everything with an inner build by its own function."""
    builders = {
        "ul": _list,
        "ol": _list,
        "table": _table,
        "blockquote": _quotation,
        "details": _details,
        "pre": _preformatted,
        "hr": _divider,
    }
    return builders.get(node.tag, _text_block)(node)


def _text_block(node: Node) -> JsonObject:
    kinds = {"p": "paragraph", "aside": "pullquote", "footer": "footer"}
    size = {"size": _HEADINGS[node.tag]} if node.tag in _HEADINGS else {}
    return {"type": kinds.get(node.tag, "heading"), "text": _rich_text(node.children), **size}


def _divider(_: Node) -> JsonObject:
    return {"type": "divider"}


def _quotation(node: Node) -> JsonObject:
    return {"type": "blockquote", "blocks": _blocks(node.children)}


def _list(node: Node) -> JsonObject:
    return {"type": "list", "items": _items(node)}


def _preformatted(node: Node) -> JsonObject:
    code = next(iter(node.elements("code")), None)
    language = (code.attributes.get("class", "") if code else "").removeprefix("language-")
    text = _rich_text((code or node).children, keep_spaces=True)
    return {"type": "pre", "text": text, **({"language": language} if language else {})}


def _details(node: Node) -> JsonObject:
    summaries = node.elements("summary")
    rest = [child for child in node.children if child not in summaries]
    summary = _rich_text(summaries[0].children) if summaries else ""
    is_open = {"is_open": True} if "open" in node.attributes else {}
    return {"type": "details", "summary": summary, "blocks": _blocks(rest), **is_open}


def _items(node: Node) -> JsonList:
    start = int(node.attributes.get("start") or 1)
    items = node.elements("li")
    ordered = node.tag == "ol"
    return [_item(item, start + index if ordered else None) for index, item in enumerate(items)]


def _item(node: Node, number: int | None) -> JsonObject:
    boxes = node.elements("input")
    rest = [child for child in node.children if child not in boxes]
    item: JsonObject = {"label": "•" if number is None else f"{number}.", "blocks": _blocks(rest)}
    if number is not None:
        item |= {"value": number, "type": "1"}
    if boxes:
        item["has_checkbox"] = True
        if "checked" in boxes[0].attributes:
            item["is_checked"] = True
    return item


def _table(node: Node) -> JsonObject:
    parts = node.elements("tr", "thead", "tbody", "tfoot")
    rows = [row for part in parts for row in ([part] if part.tag == "tr" else part.elements("tr"))]
    captions = node.elements("caption")
    table: JsonObject = {"type": "table", "cells": [_row(row) for row in rows]}
    table |= {f"is_{name}": True for name in ("bordered", "striped") if name in node.attributes}
    if captions:
        table["caption"] = _rich_text(captions[0].children)
    return table


def _row(row: Node) -> JsonList:
    return [_cell(cell) for cell in row.elements("th", "td")]


def _cell(node: Node) -> JsonObject:
    text = _rich_text(node.children)
    spans = {
        name: int(node.attributes[name])
        for name in ("colspan", "rowspan")
        if node.attributes.get(name, "1").isdigit() and int(node.attributes.get(name, "1")) > 1
    }
    return {
        "align": _one_of(node.attributes.get("align"), "left", "center", "right"),
        "valign": _one_of(node.attributes.get("valign"), "top", "middle", "bottom"),
        **({"text": text} if _is_visible(text) else {}),
        **({"is_header": True} if node.tag == "th" else {}),
        **spans,
    }


def _one_of(value: str | None, default: str, *others: str) -> str:
    return value if value in others else default


def _rich_text(children: list[Node | str], *, keep_spaces: bool = False) -> object:
    parts = [_rich_part(child, keep_spaces=keep_spaces) for child in children]
    merged = _merged([part for part in parts if part != ""])
    if not keep_spaces:
        merged = _stripped(merged)
    return merged[0] if len(merged) == 1 else (merged or "")


def _merged(parts: list[object]) -> list[object]:
    """Join neighbouring strings."""
    merged: list[object] = []
    for part in parts:
        if isinstance(part, str) and merged and isinstance(merged[-1], str):
            merged[-1] += part
        else:
            merged.append(part)
    return merged


def _stripped(parts: list[object]) -> list[object]:
    """Take the spaces off both ends of a block, as a browser does."""
    ends = list(parts)
    if ends and isinstance(ends[0], str):
        ends[0] = ends[0].lstrip()
    if ends and isinstance(ends[-1], str):
        ends[-1] = ends[-1].rstrip()
    return [part for part in ends if part != ""]


def _rich_part(child: Node | str, *, keep_spaces: bool) -> object:
    if isinstance(child, str):
        return child if keep_spaces else _collapsed(child)
    if child.tag == "br":
        return "\n"
    inner_parts = [_rich_part(part, keep_spaces=keep_spaces) for part in child.children]
    merged = _merged([part for part in inner_parts if part != ""])
    inner = merged[0] if len(merged) == 1 else (merged or "")
    if child.tag in _INLINE_TAGS:
        return {"type": _INLINE_TAGS[child.tag], "text": inner}
    return _special(child, inner)


def _collapsed(text: str) -> str:
    """White space in HTML is one space."""
    words = " ".join(text.split())
    before = " " if text[:1].isspace() else ""
    after = " " if text[-1:].isspace() and words else ""
    return f"{before}{words}{after}"


def _special(node: Node, inner: object) -> object:
    if node.tag == "a":
        target = node.attributes.get("href", "")
        return {"type": "url", "text": inner, "url": target} if target else inner
    if node.tag == "tg-time" and node.attributes.get("unix", "").isdigit():
        moment = int(node.attributes["unix"])
        form = node.attributes.get("format", "")
        return {"type": "date_time", "text": inner, "unix_time": moment, "date_time_format": form}
    if node.tag in _BLOCK_TAGS | _PART_TAGS:
        raise refused(f'Tag "{node.tag}" is not allowed inside of text')
    return inner
