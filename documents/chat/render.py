"""What a chat can show of a document: rich messages, or ordinary ones where the server knows no rich ones."""

from documents.chat import plain, rich
from documents.markup import blocks


def rich_pieces(html: str) -> list[str]:
    """HTML for `sendRichMessage`: pieces well-formed and within its limits, big tables divided."""
    return rich.messages(blocks.read(html))


def plain_pieces(html: str) -> list[str]:
    """Messages for `parse_mode=HTML` of at most 4096 characters as counted there; tables drawn as text."""
    return plain.messages(blocks.read(html))
