"""What use cases hand back: plain facts for a screen. One class for each thing a person can be shown."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from store.tables.core import Membership, User


@dataclass(frozen=True, slots=True)
class Note:
    """A short word that stands above the screen, or on the button's toast; `alert` makes it a dialog.

    One that `stays` stands above the screen after a button too: too much, or too grave, for a toast.
    `unused` are words that were sent and could not be taken: they are shown again, and stay with it.
    """

    code: str
    details: Mapping[str, object] = field(default_factory=dict)
    stays: bool = field(default=False, kw_only=True)
    alert: bool = False
    instrument: str = ""
    unused: str = ""


@dataclass(frozen=True, slots=True)
class Where:
    """The Pokja something was done or looked at in; `is_active` where it is also the one commands lead to."""

    id: int
    name: str
    is_active: bool


def where(pokja_id: int, name: str, active_id: int | None) -> Where:
    """That Pokja, as somebody sees it whose commands lead to `active_id` (None: to whichever they are in)."""
    return Where(pokja_id, name, is_active=active_id in {None, pokja_id})


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """The base of all. `note` is said first; `task` is what the message carries from now on.

    `where` is the Pokja it is of; None where it is of none.
    """

    note: Note | None = None
    where: Where | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Said(Outcome):
    """A sentence by its word key, with the way on ('menu', 'members', …)."""

    code: str
    details: Mapping[str, object] = field(default_factory=dict)
    way_on: str = "menu"
    alert: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Nothing(Outcome):
    """Silence, or a toast alone."""


@dataclass(frozen=True, slots=True)
class Person:
    """A member as others see them."""

    id: int
    name: str
    instansi: str
    jabatan: str
    role: str
    reach: str = "started"
    entered: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Sure(Outcome):
    """Are you sure? `action` is carried out on yes."""

    action: str
    id: int
    details: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class AskFirst(Outcome):
    """What a step unsettles or publishes, before it is taken: `step` names it, `id` and `word` say on what."""

    step: str
    id: int
    word: str = ""
    details: Mapping[str, object] = field(default_factory=dict)


def person(member: Membership, user: User, *, entered: bool = False) -> Person:
    """A member as others see them."""
    return Person(member.id, member.name, member.instansi, member.jabatan, member.role, user.reach, entered)
