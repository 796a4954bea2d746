"""Who may do what with which thing in which state: one table, asked alike by lists, cards, orders and files."""

from collections.abc import Mapping
from typing import Final

from domain import roles
from domain.meetings.meeting import IN_SESSION, PLANNED
from domain.process.states import ADOPTED

EVERYBODY: Final = frozenset(roles.ROLES)
MEMBERS: Final = roles.VOTERS | roles.FACILITATORS
"""The Pokja itself: everybody but its guests."""
CHAIR: Final = frozenset({roles.KETUA})
OTHERWISE: Final = ""
"""Any state that has no line of its own."""

READ_TALLY, MAKE_MOVE, MAKE_CHAIRS_MOVE = "read_tally", "make_move", "make_chairs_move"
READ_FINAL_PAPER, READ_PAPER, ORDER_PAPER = "read_final_paper", "read_paper", "order_paper"
READ_PRIVATE_PAPER, FINISH_PAPER = "read_private_paper", "finish_paper"
READ_OTHERS_FOLLOW_UPS = "read_others_follow_ups"

_OF_A_MEETING: Final = {PLANNED: roles.FACILITATORS, IN_SESSION: roles.FACILITATORS}
"""What was not told yet, and minutes that are still being written, are for those who guide."""

RIGHTS: Final[Mapping[str, Mapping[str, frozenset[str]]]] = {
    READ_TALLY: {ADOPTED: EVERYBODY, OTHERWISE: MEMBERS},
    MAKE_MOVE: {OTHERWISE: roles.FACILITATORS},
    MAKE_CHAIRS_MOVE: {OTHERWISE: CHAIR},
    READ_FINAL_PAPER: {OTHERWISE: EVERYBODY},
    READ_PAPER: {**_OF_A_MEETING, OTHERWISE: MEMBERS},
    ORDER_PAPER: {**_OF_A_MEETING, OTHERWISE: MEMBERS},
    READ_PRIVATE_PAPER: {OTHERWISE: roles.MANAGERS},
    FINISH_PAPER: {OTHERWISE: roles.MANAGERS},
    READ_OTHERS_FOLLOW_UPS: {OTHERWISE: MEMBERS},
}
"""By act and by the state of what it is done with (an activity's, a meeting's): the roles that may."""


def may(role: str, act: str, state: str = OTHERWISE) -> bool:
    """Whether somebody of that role may, with something in that state."""
    by_state = RIGHTS[act]
    return role in by_state.get(state, by_state[OTHERWISE])
