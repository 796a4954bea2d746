"""Short references from the rows of a document to where they come from: 'R12' in the row, its way in an appendix.

A template of an instrument marks a row by what it stands for: `<tr data-item="3">` (several ids, parted by blanks: the
first that is known counts). Renderings for the chat don't look at the mark; on paper the table gets one more column.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import unescape
from typing import Protocol

from markupsafe import Markup

from domain.documents.origins import Step, Ways

Version = tuple[int, int]
"""An activity's number and the version of its result."""

_TABLE = re.compile(r"<table\b[^>]*>.*?</table>", re.DOTALL)
_ROW = re.compile(r"<tr(?P<marks>[^>]*)>(?P<cells>.*?)</tr>", re.DOTALL)
_ITEM = re.compile(r'data-item="(?P<ids>[^"]*)"')


class Adopted(Protocol):
    """A result as a document shows it, whatever else it tells."""

    @property
    def activity_id(self) -> int:
        """Which activity's result it is."""
        ...

    @property
    def version(self) -> int:
        """Which of the activity's results it is."""
        ...


@dataclass(frozen=True, slots=True)
class Reference:
    """What a reference stands for: an item of a result, and the steps it came by, the newest first."""

    number: int
    version: Version
    steps: Sequence[Step]


@dataclass(slots=True)
class References:
    """Numbers rows through a document in the order they are printed; a row shown twice keeps its number.

    `column` heads the column of references, `origins` are the ways by result.
    """

    column: str
    origins: Mapping[Version, Ways]
    _given: dict[tuple[Version, str], Reference] = field(default_factory=dict)

    def marked(self, html: str, shown: Adopted) -> Markup:
        """The tables of a result with the references of their rows."""
        version = (shown.activity_id, shown.version)
        made = _TABLE.sub(lambda found: self._table(found[0], version), html)
        return Markup(made)  # noqa: S704 - the same HTML with cells of ours added

    def listed(self) -> Sequence[Reference]:
        """The references given so far, in their order."""
        return tuple(self._given.values())

    def _table(self, html: str, version: Version) -> str:
        """A table in which no row is known stays as it is."""
        ways = self.origins.get(version, {})
        if not any(_known(row["marks"], ways) for row in _ROW.finditer(html)):
            return html
        return _ROW.sub(lambda row: self._row(row, version, ways), html)

    def _row(self, row: re.Match[str], version: Version, ways: Ways) -> str:
        """The row with one more cell, whatever it is: the first one heads the column."""
        item = _known(row["marks"], ways)
        tag = "td" if "<td" in row["cells"] else "th"
        said = self._reference(version, item, ways[item]) if item else ""
        if tag == "th" and "<tr" not in row.string[: row.start()]:
            said = self.column
        return f"<tr>{row['cells']}<{tag}>{said}</{tag}></tr>"

    def _reference(self, version: Version, item: str, steps: Sequence[Step]) -> str:
        made = Reference(len(self._given) + 1, version, steps)
        return f"R{self._given.setdefault((version, item), made).number}"


def _known(marks: str, ways: Ways) -> str:
    """The first item of a row's mark that has a way; an empty text for a row without."""
    found = _ITEM.search(marks)
    ids = unescape(found["ids"]).split() if found else ()
    return next((item for item in ids if item in ways), "")
