"""The table of rights, held against what was decided of each role."""

import pytest

from domain import rights, roles
from domain.meetings.meeting import IN_SESSION, PLANNED
from domain.process.states import ADOPTED, CLOSED, OPEN
from domain.rights import may

GUESTS_MAY = {
    (rights.READ_TALLY, ADOPTED),
    (rights.READ_FINAL_PAPER, rights.OTHERWISE),
}
"""All that a guest may, of what is in the table."""


@pytest.mark.parametrize("act", rights.RIGHTS)
def test_guests_may_what_was_decided_and_nothing_else(act: str) -> None:
    given = {(act, state) for state, allowed in rights.RIGHTS[act].items() if roles.TAMU in allowed}
    assert given == {each for each in GUESTS_MAY if each[0] == act}


def test_the_ketua_may_everything_in_every_state() -> None:
    states = {state for by_state in rights.RIGHTS.values() for state in by_state} | {OPEN, CLOSED}
    assert all(may(roles.KETUA, act, state) for act in rights.RIGHTS for state in states)


def test_what_is_not_told_yet_is_for_those_who_guide() -> None:
    for state in (PLANNED, IN_SESSION):
        readers = {role for role in roles.ROLES if may(role, rights.READ_PAPER, state)}
        assert readers == roles.FACILITATORS


def test_the_chairs_moves_are_the_chairs() -> None:
    assert {role for role in roles.ROLES if may(role, rights.MAKE_CHAIRS_MOVE)} == {roles.KETUA}
