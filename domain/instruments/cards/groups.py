"""What a breakout group's board brings to the plenary's: its cards, and what was done with them.

The room's cards come behind those of one of the group's members, under numbers that no member's card has.
"""

from collections.abc import Callable, Sequence
from typing import Any

from domain.dialog.questions import Answers
from domain.instruments.base import DIGITS, PLENARY, Ballots, Move, short_id
from domain.instruments.cards.board import CLUSTER_ID, MOST_CARDS, mark
from domain.instruments.entries import brought_along

NAMES_CARDS = frozenset({"first", "others", "cards", "target", "card"})
"""What a move asks that is answered with ids; 'others' and 'text' have an id behind the point of their key."""
ABOUT_A_CARD = frozenset({"others", "text"})
ROOM = short_id(PLENARY)


def cards_brought(ballots: Ballots, members: Sequence[int]) -> Ballots:
    """The members' cards and the room's."""
    return brought_along(ballots, members, _behind)


def _behind(room: Answers, mine: Answers) -> Answers:
    parts = {key: key.rpartition("/") for key in room}
    return {f"{column}/{MOST_CARDS + int(number)}": room[key] for key, (column, _, number) in parts.items()}


def moves_brought(moves: Sequence[Move], members: Sequence[int], number: int) -> Sequence[Move]:
    """The group's moves, numbered from `number`, about the cards and clusters by the names they have in the plenary.

    None of a group nobody is in any more: its room's cards have nowhere to lie.
    """
    if not members:
        return ()
    numbered = list(enumerate(moves, number))
    clusters = {_cluster(move.number): _cluster(new) for new, move in numbered}

    def name(id_: str) -> str:
        if id_.startswith(ROOM):
            return f"{short_id(min(members))}{id_[1]}{mark(MOST_CARDS + int(id_[2:], len(DIGITS)))}"
        return clusters.get(id_, id_)

    return [Move(new, move.kind, _renamed(move.values, name), move.by) for new, move in numbered]


def _cluster(number: int) -> str:
    return f"{CLUSTER_ID}{short_id(number)}"


def _renamed(values: Answers, name: Callable[[str], str]) -> Answers:
    renamed: dict[str, object] = {}
    for key, value in values.items():
        asked, point, about = key.partition(".")
        told = f"{asked}{point}{name(about)}" if asked in ABOUT_A_CARD else key
        renamed[told] = _names(value, name) if asked in NAMES_CARDS else value
    return renamed


def _names(value: Any, name: Callable[[str], str]) -> object:
    return name(value) if isinstance(value, str) else [name(each) for each in value]
