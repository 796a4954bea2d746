"""Broadcasts: whom one goes to, what became of it, and when a recurring one comes next."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from domain.faults import Rejected

DRAFT, SCHEDULED, SENDING, SENT, CANCELLED = "draft", "scheduled", "sending", "sent", "cancelled"
ANSWERED, REPLIED, READ = "answered", "replied", "read"
"""What an audience may be lacking: an answer to an activity, to an invitation, or 'sudah baca'."""
UNREACHABLE = frozenset({"unknown", "blocked", "gone"})


@dataclass(frozen=True, slots=True)
class Person:
    """A member as far as audiences care; `reach` as in the users table, `groups` are the names of theirs."""

    id: int
    role: str
    instansi: str
    groups: frozenset[str] = frozenset()
    reach: str = "started"


@dataclass(frozen=True, slots=True)
class Audience:
    """Whom it goes to: everybody of any of these roles, instansi, groups or people; all, where none is named.

    `lacking` (ANSWERED, REPLIED or READ) leaves out who has done so with the activity, meeting or broadcast `of`.
    """

    roles: tuple[str, ...] = ()
    instansi: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    people: tuple[int, ...] = ()
    lacking: str = ""
    of: int = 0


@dataclass(frozen=True, slots=True)
class Asked:
    """Of an activity, meeting or broadcast: whom it was put to, and who has done their part."""

    asked: frozenset[int]
    done: frozenset[int]


def select(audience: Audience, people: Iterable[Person], asked: Asked | None = None) -> tuple[Person, ...]:
    """Those it goes to, in the order of `people`; `asked` is of what the audience is lacking.

    Raises Rejected('audience_empty'), and ValueError where it is lacking something that isn't given.
    """
    if audience.lacking and asked is None:
        raise ValueError("who has not done it can't be told without who has")
    found = tuple(each for each in people if _is_named(audience, each) and _is_lacking(each, asked))
    if not found:
        raise Rejected("audience_empty")
    return found


def _is_named(audience: Audience, person: Person) -> bool:
    if not (audience.roles or audience.instansi or audience.groups or audience.people):
        return True
    return (
        person.role in audience.roles
        or person.instansi in audience.instansi
        or person.id in audience.people
        or not person.groups.isdisjoint(audience.groups)
    )


def _is_lacking(person: Person, asked: Asked | None) -> bool:
    return asked is None or person.id in asked.asked - asked.done


def unreachable(people: Iterable[Person]) -> tuple[Person, ...]:
    """Those who can't be written to: they never pressed Start, blocked the bot, or are gone."""
    return tuple(person for person in people if person.reach in UNREACHABLE)


@dataclass(frozen=True, slots=True)
class Delivery:
    """What became of it for one person: `state` as in the outbox, `error` where it failed, and whether it was read."""

    who: int
    state: str
    error: str = ""
    read: bool = False


@dataclass(frozen=True, slots=True)
class Failure:
    """Somebody it didn't reach, and the code of what can be done: invite, other_means, resend."""

    who: int
    advice: str


@dataclass(frozen=True, slots=True)
class Progress:
    """'Terkirim `sent`/`total` · dibaca `read`'; `waiting` are in the queue."""

    total: int
    sent: int
    read: int
    waiting: int
    failures: tuple[Failure, ...]


ADVICE: Mapping[str, str] = {"unknown": "invite", "blocked": "other_means", "gone": "other_means"}
"""What can be done, by why it failed; 'resend' for anything else."""


def progress(deliveries: Collection[Delivery]) -> Progress:
    """The counts; each person is in exactly one of sent, failures and waiting."""
    sent = [each for each in deliveries if each.state == "sent"]
    failed = [each for each in deliveries if each.state == "failed"]
    return Progress(
        total=len(deliveries),
        sent=len(sent),
        read=sum(each.read for each in sent),
        waiting=len(deliveries) - len(sent) - len(failed),
        failures=tuple(Failure(each.who, ADVICE.get(each.error, "resend")) for each in failed),
    )


def check_cancel(state: str) -> None:
    """Whether it can be called off. Raises Rejected: broadcast_under_way (being sent or sent), broadcast_cancelled."""
    if state in {SENDING, SENT}:
        raise Rejected("broadcast_under_way", state=state)
    if state == CANCELLED:
        raise Rejected("broadcast_cancelled")


def check_time(at: datetime, now: datetime) -> None:
    """Whether it can be sent then. Raises Rejected('broadcast_past')."""
    if at <= now:
        raise Rejected("broadcast_past")
