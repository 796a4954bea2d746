"""Who may read what was answered: until an activity is closed it is its member's own. Every reader asks here."""

from collections.abc import Collection, Mapping

from domain.instruments.base import PLENARY, Ballots
from domain.process.states import OPEN, PARTED

HIDDEN_IN = frozenset({OPEN, PARTED})
"""The states in which members answer."""

Givers = Mapping[int, Collection[int]]
"""By ballot, the memberships that gave the answers on it which stand."""


def are_shown(state: str) -> bool:
    """Whether what everybody answered may be read, and what follows from it."""
    return state not in HIDDEN_IN


def readable(ballots: Ballots, state: str) -> Ballots:
    """The ballots that those who guide may read: all once they are shown, until then the room's alone."""
    return ballots if are_shown(state) else {who: ballots[who] for who in ballots if who == PLENARY}


def may_enter_for(owner: int, givers: Givers) -> bool:
    """Whether somebody who guides may open a member's ballot: as long as the member has answered nothing themself."""
    return owner == PLENARY or owner not in givers.get(owner, ())
