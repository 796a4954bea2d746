"""What people are shown of documents."""

from dataclasses import dataclass, field
from datetime import datetime

from usecases.outcomes import Outcome


@dataclass(frozen=True, slots=True)
class PaperLine:
    """A document one can ask for; `version` is the newest made, 0 for none."""

    key: str
    title: str
    version: int
    is_final: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Papers(Outcome):
    """The documents of the Pokja, or those of one meeting (`subject`)."""

    pokja: str
    papers: list[PaperLine]
    subject: int = 0
    page: int = 0


@dataclass(frozen=True, slots=True)
class FileLine:
    """A file that was made; `kind` as in domain.editions.FORMATS."""

    id: int
    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class Version:
    """A version that was made, with the files still kept."""

    number: int
    is_final: bool
    made_at: datetime
    files: list[FileLine]


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperCard(Outcome):
    """One document: what it lacks now, which formats it has, the versions that were made."""

    key: str
    subject: int
    title: str
    formats: tuple[str, ...]
    missing: tuple[str, ...]
    versions: list[Version]
    zone: str
    may_finish: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Printing(Outcome):
    """How far an order is: `done` of `formats` are made; `state` as in store.documents."""

    order_id: int
    key: str
    subject: int
    title: str
    state: str
    formats: tuple[str, ...]
    done: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    is_final: bool = False
    version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class FileAgain(Outcome):
    """A file that was made earlier."""

    name: str
    title: str
    version: int
    is_final: bool
    content: bytes = field(repr=False, default=b"")
