"""Steps of the properties that hold for every instrument, whatever it asks."""

import random
from collections.abc import Mapping
from typing import Any

from hypothesis import strategies as st

from domain.dialog.questions import Given, Question, Tapped, Typed
from domain.instruments.base import PLENARY, UNDO, Ballots, Desk, Instrument, Move
from tests.support.driving import Answerer, drawn, moved, with_moves

FIRST_GROUP, SECOND_GROUP = range(1, 52), range(52, 103)
"""Members of two breakout groups; those of the second are numbered as in the first, and 51 on."""


def kinds_on_offer(desk: Desk[Any], instrument: Instrument[Any, Any]) -> list[str]:
    """The moves a facilitator could make now."""
    return [form.kind for form in instrument.moves if form.available(desk)]


def any_moves(data: st.DataObject, desk: Desk[Any], instrument: Instrument[Any, Any], most: int) -> Desk[Any]:
    """The desk after up to that many moves, each of those that are on offer then."""
    for _ in range(data.draw(st.integers(0, most))):
        if offered := kinds_on_offer(desk, instrument):
            desk = moved(desk, instrument, data.draw(st.sampled_from(offered)), drawn(data))
    return desk


def any_move_undone(data: st.DataObject, desk: Desk[Any], instrument: Instrument[Any, Any]) -> Desk[Any]:
    """The desk after one more move that was taken back at once."""
    kind = data.draw(st.sampled_from(kinds_on_offer(desk, instrument)))
    after = moved(desk, instrument, kind, drawn(data))
    last = max(move.number for move in after.sheet.moves)
    return with_moves(after, [*after.sheet.moves, Move(last + 1, UNDO, {})])


def shuffled(ballots: Ballots, chance: random.Random) -> Ballots:
    """The same ballots and answers, come in another order."""
    members = chance.sample(list(ballots.items()), len(ballots))
    return {member: dict(chance.sample(list(mine.items()), len(mine))) for member, mine in members}


def renamed(desk: Desk[Any], names: list[int]) -> Desk[Any]:
    """The same ballots by other members: `names` by the number each has now."""
    return Desk(desk.sheet, {names[member]: mine for member, mine in desk.ballots.items()})


def anything(data: st.DataObject) -> Answerer:
    """Taps what hypothesis chooses; what is typed differs from question to question."""

    def answer(question: Question) -> Given:
        taps: list[Given] = [Tapped(option.value) for option in getattr(question, "options", ())]
        return data.draw(st.sampled_from(taps or [Typed(question.key)]))

    return answer


def plenary_of_two(
    instrument: Instrument[Any, Any], one: Desk[Any], other: Desk[Any]
) -> tuple[Desk[Any], Desk[Any]]:
    """What two groups bring to the plenary, and the same ballots as if there had been no groups.

    Each group has a room of its own; in the desk without groups the second room is member 999.
    """
    first, second = _written(one.ballots), _written(other.ballots)
    second = {member and member + FIRST_GROUP[-1]: mine for member, mine in second.items()}
    brought = {
        **instrument.brought(Desk(one.sheet, first), FIRST_GROUP),
        **instrument.brought(Desk(one.sheet, second), SECOND_GROUP),
    }
    assert PLENARY not in brought
    separate = {**first, **{member or 999: mine for member, mine in second.items()}}
    return Desk(one.sheet, brought), Desk(one.sheet, separate)


def _written(ballots: Ballots) -> Mapping[int, Any]:
    return {member: mine for member, mine in ballots.items() if mine}
