"""A document for paper: sections of blocks, read from semantic HTML, from which both PDF and Word are made.

What a template may use: `h1`-`h4 p b i u s code a ul ol li blockquote br hr table caption thead tr th td`, inline
`svg`, `img` with the data of a PNG or JPEG, `figure` with `figcaption`, and these classes:

- `section.landscape`: on pages turned on their side (a table too wide for an upright page gets them by itself);
- `header.letterhead`: an image on the left, lines in the middle, a double rule below;
- `nav.contents`: the table of contents, from the headings `h1` and `h2`;
- `table.plain`: without lines, as names and values at the top of minutes; `table.signatures`: the same, centred, an
  empty row in it being the room to sign;
- `h1.title`: the document's own title, not part of the contents; `hr.page`: a new page follows;
- `p.center`, `p.right` (place and date), `p.note` (small print).

`td align="right"` sets a cell; a column of nothing but numbers is set right by itself. `col width="20%"` in a
`colgroup` gives columns their widths, which otherwise follow from what stands in them.
"""

from dataclasses import dataclass

from documents.markup import grid
from documents.markup.runs import Runs

TITLE, BODY, NOTE, CENTER, RIGHT, QUOTE = "title", "body", "note", "center", "right", "quote"
GRID, PLAIN, SIGNATURES = "grid", "plain", "signatures"


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph of one of the styles above; a heading if it has a level (1-4), found under its `anchor`."""

    runs: Runs
    style: str = BODY
    level: int = 0
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """An image of `kind` 'svg', 'png' or 'jpeg': its bytes, what it shows in words, its size in pixels (0: unknown)."""

    data: bytes
    kind: str
    shows: str = ""
    width: int = 0
    height: int = 0


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture with its caption."""

    picture: Picture
    caption: Runs = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A table; `widths` are its columns' shares of the room, in thousandths."""

    grid: grid.Table
    kind: str
    widths: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """Items, numbered from `start` if it is ordered."""

    items: "tuple[tuple[Block, ...], ...]"
    ordered: bool = False
    start: int = 1


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The head of an official letter: a logo, if there is one, and lines of which the last ones are the address."""

    logo: Picture | None
    lines: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Contents:
    """Where the table of contents stands."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A line across the page."""


@dataclass(frozen=True, slots=True)
class NewPage:
    """What follows begins on a new page."""


Block = Text | Figure | Table | Listing | Letterhead | Contents | Rule | NewPage


@dataclass(frozen=True, slots=True)
class Section:
    """Blocks on pages of one orientation; never empty."""

    blocks: tuple[Block, ...]
    landscape: bool = False


Document = tuple[Section, ...]


def headings(document: Document) -> tuple[Text, ...]:
    """What the table of contents lists, in order."""
    texts = (block for section in document for block in section.blocks if isinstance(block, Text))
    return tuple(text for text in texts if text.level in {1, 2})
