"""What people are shown of documents."""

from dataclasses import dataclass, field
from datetime import datetime

from store.documents import READY
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
    """The documents of the Pokja, or those of one meeting (`subject`). Who `may_manage` sets up its paper, too."""

    pokja: str
    papers: list[PaperLine]
    subject: int = 0
    page: int = 0
    may_manage: bool = False


@dataclass(frozen=True, slots=True)
class FileLine:
    """A file that was made; `kind` as in domain.documents.editions.FORMATS."""

    id: int
    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class Version:
    """A version that was made, with the files still kept; `id` is its order's."""

    id: int
    number: int
    is_final: bool
    made_at: datetime
    files: list[FileLine]


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperCard(Outcome):
    """One document: what it lacks now, which formats it has, the versions that were made.

    `letter_number` is that of a letter which has one; who `may_finish` may hand the newest final one round, in the
    group too where the Pokja `has_group`. One that `is_private` is for Ketua and Sekretaris alone. `by_hand` are the
    parts that this person may type.
    """

    key: str
    subject: int
    title: str
    formats: tuple[str, ...]
    missing: tuple[str, ...]
    versions: list[Version]
    zone: str
    may_finish: bool
    has_group: bool = False
    letter_number: str = ""
    is_private: bool = False
    by_hand: tuple[str, ...] = ()

    @property
    def final(self) -> Version | None:
        """The newest final version."""
        return next((each for each in self.versions if each.is_final), None)


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

    @property
    def too_large(self) -> tuple[str, ...]:
        """What could be made but not sent, once all is done."""
        return tuple(each for each in self.formats if each not in self.done) if self.state == READY else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Share(Outcome):
    """A final document that is to be handed round: `to` the group, or to `count` members; `lost` are out of reach."""

    order_id: int
    key: str
    subject: int
    title: str
    version: int
    kind: str
    to: str
    count: int
    lost: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class FileAgain(Outcome):
    """A file that was made earlier; `kind` as in domain.documents.editions.FORMATS."""

    name: str
    title: str
    kind: str
    version: int
    is_final: bool
    content: bytes = field(repr=False, default=b"")
