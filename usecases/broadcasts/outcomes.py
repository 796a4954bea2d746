"""What the use cases of broadcasts and of who can be reached hand back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from usecases.outcomes import Outcome, Person


@dataclass(frozen=True, slots=True)
class AudienceShown:
    """Whom a broadcast goes to, to be told: `kind` all, roles, instansi, groups, answered, replied or read."""

    kind: str
    names: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Trouble:
    """Somebody it didn't reach: `advice` is invite, other_means or resend."""

    name: str
    instansi: str
    advice: str


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a broadcast is: 'Terkirim `sent`/`total` · gagal `failed` · dibaca `read`'; `waiting` are in the queue.

    `failures` and `silent` (who got it and hasn't read it) are the first of them by name.
    """

    total: int
    sent: int
    read: int
    waiting: int
    failed: int
    failures: Sequence[Trouble]
    silent: Sequence[str]


@dataclass(frozen=True, slots=True)
class BroadcastFacts:
    """A broadcast as its screens need it; `again_for` is how many would get it once more."""

    id: int
    text: str
    file: Mapping[str, Any] | None
    wants_read: bool
    audience: AudienceShown
    state: str
    at: datetime
    weekly: Mapping[str, object] | None
    by: str
    zone: str
    standing: Standing | None = None
    again_for: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Broadcasts(Outcome):
    """The broadcasts of a Pokja: those to come first."""

    pokja: str
    rows: Sequence[BroadcastFacts]
    page: int = 0
    more: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BroadcastCard(Outcome):
    """One broadcast: what it says, to whom, how far it is. `sure` asks whether it is really to be called off."""

    shown: BroadcastFacts
    page: int = 0
    sure: bool = False


@dataclass(frozen=True, slots=True)
class Letter:
    """A broadcast as its reader sees it. `again`: it is sent once more to somebody who hasn't read it."""

    recipient_id: int
    text: str
    file: Mapping[str, Any] | None
    pokja: str
    by: str
    role: str
    zone: str
    wants_read: bool
    read_at: datetime | None
    again: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BroadcastRead(Outcome):
    """The letter, now that it is marked as read."""

    letter: Letter


@dataclass(frozen=True, slots=True)
class OutOfReach:
    """A member the bot can't write to. `why` is unknown (never pressed Start), blocked or gone."""

    person: Person
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReachList(Outcome):
    """Who can't be written to, why, and the invitation's code for those who come back with another account."""

    pokja: str
    people: Sequence[OutOfReach]
    total: int
    code: str
    page: int = 0
