"""A stretch of a document as pictures for a chat: tables that look alike on every phone, however old its app."""

from dataclasses import dataclass

from documents.file_names import NAMELESS, file_name
from documents.markup.runs import plain
from documents.paper import reading
from documents.paper.model import headings
from documents.paper.page_setup import PageSetup
from documents.pdf import writer

HIGHEST = 2560
"""Dots: Telegram keeps no more of a picture's longer side, and one much higher than wide can't be read on a phone."""
MOST = 10
"""More pictures at a time would be a nuisance, and against the limits of a group: then it is one file."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A picture, or the whole as a file."""

    name: str
    content: bytes
    is_picture: bool


def sheets(html: str) -> list[Sheet]:
    """Everything the document holds: as pictures in order, or as one PDF named after its first heading."""
    made = writer.pictures(html, HIGHEST, MOST)
    if made:
        return [Sheet(f"{number}.png", content, is_picture=True) for number, content in enumerate(made, 1)]
    title = next((plain(each.runs) for each in headings(reading.read(html))), NAMELESS)
    return [Sheet(file_name(title, "pdf"), writer.pdf(html, PageSetup(title)), is_picture=False)]
