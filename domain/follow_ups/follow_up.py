"""The life of a tindak lanjut: who may do what with it when, and what it is after all that happened to it.

A tindak lanjut is the fold of its events. Several people can own one; the first of them leads. What happened stays
in the history; a wish for more time is answered by the Ketua.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from domain.faults import Rejected
from domain.roles import KETUA, MANAGERS

OPEN, BLOCKED, DONE, CANCELLED = "open", "blocked", "done", "cancelled"
GIVE, FINISH, BLOCK, RESUME, ASK, ACCEPT, REFUSE, HAND_OVER, REOPEN, CANCEL = (
    "given",
    "done",
    "blocked",
    "resumed",
    "extension_asked",
    "extension_accepted",
    "extension_refused",
    "handed_over",
    "reopened",
    "cancelled",
)
"""Kinds of events."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened: `kind`, `by` which member, when (`at`), and why (`reason`).

    `due` comes with GIVE and ASK, and with ACCEPT where another day is granted than was asked for; `owners` (the
    first leads) with GIVE and HAND_OVER; `evidence` (references to kept photos and files) with FINISH.
    """

    kind: str
    by: int
    at: datetime
    reason: str = ""
    due: date | None = None
    owners: tuple[int, ...] = ()
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Owner:
    """A member who owns it, `since` they own it with its present day."""

    who: int
    since: datetime


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A tindak lanjut as it stands: `state` is OPEN, BLOCKED, DONE or CANCELLED.

    `first_due` is the day it was given with; `wish` the extension that waits for an answer; `history` all events.
    """

    id: int
    state: str
    owners: tuple[Owner, ...]
    due: date
    first_due: date
    wish: Event | None
    history: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """When an event may happen: in which states, and who may do it besides the owners (if `owners` may)."""

    states: frozenset[str]
    roles: frozenset[str]
    owners: bool
    needs_reason: bool = False


LIVE = frozenset({OPEN, BLOCKED})
OVER = frozenset({DONE, CANCELLED})
DECIDE = frozenset({KETUA})
RULES: Mapping[str, Rule] = {
    FINISH: Rule(LIVE, MANAGERS, owners=True),
    BLOCK: Rule(frozenset({OPEN}), MANAGERS, owners=True, needs_reason=True),
    RESUME: Rule(frozenset({BLOCKED}), MANAGERS, owners=True),
    ASK: Rule(LIVE, frozenset(), owners=True, needs_reason=True),
    ACCEPT: Rule(LIVE, DECIDE, owners=False),
    REFUSE: Rule(LIVE, DECIDE, owners=False, needs_reason=True),
    HAND_OVER: Rule(LIVE, MANAGERS, owners=True, needs_reason=True),
    REOPEN: Rule(OVER, MANAGERS, owners=False, needs_reason=True),
    CANCEL: Rule(LIVE, MANAGERS, owners=False, needs_reason=True),
}
"""Every event after the first."""


def fold(follow_up_id: int, history: Iterable[Event]) -> FollowUp:
    """The tindak lanjut after all its events, the first being GIVE."""
    first, *rest = history
    if first.kind != GIVE or first.due is None:
        raise ValueError("a history begins with its being given")
    owners = tuple(Owner(who, first.at) for who in first.owners)
    begun = FollowUp(follow_up_id, OPEN, owners, first.due, first.due, None, (first,))
    for event in rest:
        begun = apply(begun, event)
    return begun


def give(event: Event, today: date) -> None:
    """Checks the first event. Raises Rejected: owners_missing, due_past."""
    if not event.owners:
        raise Rejected("owners_missing")
    if event.due is None or event.due < today:
        raise Rejected("due_past", earliest=today)


def check(follow_up: FollowUp, event: Event, role: str, today: date) -> None:
    """Whether the actor (`event.by`, with that role) may do this now.

    Raises Rejected: not_allowed, follow_up_over, follow_up_state, reason_missing, extension_pending,
    extension_not_later, no_extension, owners_missing, owners_same.
    """
    rule = RULES[event.kind]
    if role not in rule.roles and not (rule.owners and owns(follow_up, event.by)):
        raise Rejected("not_allowed", role=role)
    if follow_up.state not in rule.states:
        raise Rejected(
            "follow_up_over" if follow_up.state in OVER else "follow_up_state", state=follow_up.state
        )
    _check_details(follow_up, event, today)
    if rule.needs_reason and not event.reason.strip():
        raise Rejected("reason_missing")


def _check_details(follow_up: FollowUp, event: Event, today: date) -> None:
    if event.kind == ASK:
        _check_wish(follow_up, event, today)
    elif event.kind in {ACCEPT, REFUSE}:
        _check_answer(follow_up, event, today)
    elif event.kind == HAND_OVER:
        _check_owners(follow_up, event)


def _check_wish(follow_up: FollowUp, event: Event, today: date) -> None:
    if follow_up.wish is not None:
        raise Rejected("extension_pending", due=follow_up.wish.due)
    _check_later(follow_up, event.due, today)


def _check_answer(follow_up: FollowUp, event: Event, today: date) -> None:
    if follow_up.wish is None:
        raise Rejected("no_extension")
    if event.kind == ACCEPT:
        _check_later(follow_up, event.due or follow_up.wish.due, today)


def _check_later(follow_up: FollowUp, due: date | None, today: date) -> None:
    if due is None or due <= follow_up.due or due < today:
        raise Rejected("extension_not_later", earliest=max(follow_up.due + timedelta(1), today))


def _check_owners(follow_up: FollowUp, event: Event) -> None:
    if not event.owners:
        raise Rejected("owners_missing")
    if event.owners == tuple(owner.who for owner in follow_up.owners):
        raise Rejected("owners_same")


def apply(follow_up: FollowUp, event: Event) -> FollowUp:
    """The tindak lanjut after one more event, which has been checked."""
    after = replace(follow_up, history=(*follow_up.history, event))
    if event.kind in STATE_AFTER:
        wish = None if STATE_AFTER[event.kind] in OVER else follow_up.wish
        after = replace(after, state=STATE_AFTER[event.kind], wish=wish)
    if event.kind == REOPEN:
        return replace(after, owners=_since(follow_up.owners, event.at))
    if event.kind == ASK:
        return replace(after, wish=event)
    if event.kind == REFUSE:
        return replace(after, wish=None)
    if event.kind == ACCEPT:
        return replace(
            after, wish=None, due=_granted(follow_up, event), owners=_since(follow_up.owners, event.at)
        )
    return replace(after, owners=_handed(follow_up, event)) if event.kind == HAND_OVER else after


STATE_AFTER: Mapping[str, str] = {
    FINISH: DONE,
    BLOCK: BLOCKED,
    RESUME: OPEN,
    REOPEN: OPEN,
    CANCEL: CANCELLED,
}


def _granted(follow_up: FollowUp, event: Event) -> date:
    wished = follow_up.wish.due if follow_up.wish else None
    return event.due or wished or follow_up.due


def _since(owners: Iterable[Owner], at: datetime) -> tuple[Owner, ...]:
    return tuple(Owner(owner.who, at) for owner in owners)


def _handed(follow_up: FollowUp, event: Event) -> tuple[Owner, ...]:
    """The owners after a hand-over: who stays keeps their `since`, who is new has `now`."""
    known = {owner.who: owner for owner in follow_up.owners}
    return tuple(known.get(who, Owner(who, event.at)) for who in dict.fromkeys(event.owners))


def owns(follow_up: FollowUp, who: int) -> bool:
    """Whether that member is one of the owners."""
    return any(owner.who == who for owner in follow_up.owners)


def open_to(follow_up: FollowUp, who: int, role: str) -> tuple[str, ...]:
    """The kinds of events that member may bring about now, as buttons are shown."""
    wish = follow_up.wish is not None
    fits = {ASK: not wish, ACCEPT: wish, REFUSE: wish}
    return tuple(
        kind
        for kind, rule in RULES.items()
        if follow_up.state in rule.states
        and fits.get(kind, True)
        and (role in rule.roles or (rule.owners and owns(follow_up, who)))
    )
