"""What all renderings on paper share: sizes, the facts printed around a document, and the few words they need."""

import functools
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from documents.language.wording import TEMPLATES

MARGINS_MM = (20, 20, 22, 25)
"""Top, right, bottom, left; the left one leaves room for a file's holes. A page turned keeps the same."""
BODY_PT, TABLE_PT, WIDE_TABLE_PT, SMALL_PT = 11, 10, 9, 9
FAMILY = "Arial"
"""What Word documents name; the PDF's own font has the same widths."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A sheet upright, in whole millimetres."""

    width: int
    height: int

    def turned(self) -> "Paper":
        """The sheet on its side."""
        return Paper(self.height, self.width)

    def room(self) -> int:
        """Millimetres between the left and the right margin."""
        return self.width - MARGINS_MM[1] - MARGINS_MM[3]


A4, A3 = Paper(210, 297), Paper(297, 420)


@dataclass(frozen=True, slots=True)
class PageSetup:
    """What stands around a document.

    `title` and `author` (the Pokja) go into the file's own description, `made_at` is when it was made. A `draft` is
    marked on every page. `note` stands at the foot of each page, left of its number: the Pokja, version and seal.
    `seals` (domain.documents.seals) go into the file's own description too.
    """

    title: str
    author: str = ""
    made_at: datetime | None = None
    draft: bool = False
    note: str = ""
    paper: Paper = A4
    landscape: bool = False
    seals: tuple[str, ...] = ()


@functools.cache
def words() -> Mapping[str, str]:
    """The words of `templates/documents/paper.toml`."""
    return tomllib.loads((TEMPLATES / "documents" / "paper.toml").read_text("utf-8"))


def numbered_seals(seals: Sequence[str]) -> Mapping[str, str]:
    """The seals as properties of a file of Word or Excel: each has a name there, by which some programs sort them."""
    return {f"{words()['seal']} {number:03}": each for number, each in enumerate(seals, 1)}
