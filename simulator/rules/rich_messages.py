"""Rich messages as plain text, and their limits."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.api_error import bad_request
from simulator.json_types import JsonList, JsonObject
from simulator.rules.rich_html import parse_rich_html

MAXIMUM_CHARACTERS = 32768
MAXIMUM_BLOCKS = 500
MAXIMUM_LEVELS = 16
MAXIMUM_COLUMNS = 20


def rich_message_from(given: JsonObject) -> JsonObject:
    """The RichMessage an InputRichMessage means; ApiError 400 for what is wrong or too big."""
    if "markdown" in given and "html" not in given:
        raise bad_request("rich messages are written in HTML here")
    if len([name for name in ("html", "markdown") if name in given]) != 1:
        raise bad_request("exactly one of html and markdown must be used in a rich message")
    blocks = parse_rich_html(given["html"])
    _check_limits(blocks)
    return {"blocks": blocks, **({"is_rtl": True} if given.get("is_rtl") else {})}


def plain_text(blocks: JsonList) -> str:
    """What a reader sees, without styles: cells are separated by ``|``."""
    return "\n".join(_plain_block(block) for block in blocks)


def plain_rich_text(text: object) -> str:
    """The characters of a RichText."""
    if isinstance(text, str):
        return text
    if isinstance(text, list):
        return "".join(plain_rich_text(part) for part in text)
    return plain_rich_text(text["text"]) if isinstance(text, dict) else ""


def _plain_block(block: JsonObject) -> str:
    match block["type"]:
        case "divider":
            return "———"
        case "list":
            return "\n".join(_plain_item(item) for item in block["items"])
        case "table":
            return _plain_table(block)
        case "blockquote":
            return plain_text(block["blocks"])
        case "details":
            return f"{plain_rich_text(block['summary'])}\n{plain_text(block['blocks'])}"
    return plain_rich_text(block["text"])


def _plain_item(item: JsonObject) -> str:
    box = ("☑ " if item.get("is_checked") else "☐ ") if item.get("has_checkbox") else ""
    return f"{item['label']} {box}{plain_text(item['blocks'])}"


def _plain_table(block: JsonObject) -> str:
    rows = [" | ".join(plain_rich_text(cell.get("text", "")) for cell in row) for row in block["cells"]]
    return "\n".join([plain_rich_text(block.get("caption", "")), *rows]).strip("\n")


def _check_limits(blocks: JsonList) -> None:
    text = plain_text(blocks)
    if not text.strip():
        raise bad_request("message text is empty")
    if len(text) > MAXIMUM_CHARACTERS:
        raise bad_request("message is too long")
    if sum(1 for _ in _all_blocks(blocks)) > MAXIMUM_BLOCKS:
        raise bad_request("RICH_MESSAGE_TOO_MANY_BLOCKS")
    if _depth(blocks) > MAXIMUM_LEVELS:
        raise bad_request("RICH_MESSAGE_TOO_DEEP")
    if any(_columns(block) > MAXIMUM_COLUMNS for block in _all_blocks(blocks)):
        raise bad_request("RICH_MESSAGE_TABLE_TOO_WIDE")


def _all_blocks(blocks: JsonList) -> Iterator[JsonObject]:
    """Every block, list item and table row: all of them count."""
    for block in blocks:
        yield block
        for row in block.get("cells", []):
            yield {"type": "row", "columns": row}
        for inner in (block, *block.get("items", [])):
            yield from _all_blocks(inner.get("blocks", []))
        yield from ({"type": "item"} for _ in block.get("items", []))


def _columns(block: JsonObject) -> int:
    return sum(cell.get("colspan", 1) for cell in block.get("columns", []))


def _depth(value: object) -> int:
    """How deep blocks and styles are nested in each other."""
    if isinstance(value, list):
        return max((_depth(item) for item in value), default=0)
    if not isinstance(value, dict):
        return 0
    return ("type" in value) + max((_depth(inner) for inner in value.values()), default=0)
