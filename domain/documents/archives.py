"""What a Pokja's archive holds, as plain data: papers to be printed, papers as they were issued, results, tables."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from domain.documents.editions import Edition


@dataclass(frozen=True, slots=True)
class Word:
    """A cell that a template words: 'role.ketua'."""

    key: str


Cell = str | int | date | datetime | Word | None


@dataclass(frozen=True, slots=True)
class Unprinted:
    """A paper as it stands now, in these formats; `folder` is the meeting's it is about (empty: the Pokja's own)."""

    edition: Edition
    formats: tuple[str, ...]
    folder: str = ""


@dataclass(frozen=True, slots=True)
class Issued:
    """A file of a paper exactly as it was issued as final."""

    name: str
    content: bytes
    folder: str = ""


@dataclass(frozen=True, slots=True)
class AdoptedResult:
    """An adopted result without anybody's authorship.

    `result` and `items` are plain data; `adopted_at` is in the Pokja's zone; `seal` is its line.
    """

    path: str
    title: str
    instrument: str
    version: int
    process: str
    adopted_by: str
    adopted_at: datetime
    seal: str
    result: Mapping[str, object]
    items: tuple[Mapping[str, Any], ...]

    @property
    def topic(self) -> str:
        """The key of its topic."""
        return self.path.partition("/")[0]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of a list that the templates know by `key`: its file and its columns are named there."""

    key: str
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Archive:
    """All of it, in the order it is filed."""

    papers: tuple[Unprinted | Issued, ...]
    results: tuple[AdoptedResult, ...]
    tables: tuple[Table, ...]
