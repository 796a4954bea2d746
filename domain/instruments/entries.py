"""A member's entries: for each first where it goes (one of several places, or nowhere), then what it says.

Entry n is kept under the key 'n' (its place, or NOWHERE) and under keys that begin with 'n.'. An entry taken back
is NOWHERE and leaves those after it alone; the last one NOWHERE says that there is nothing (more) to add.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence

from domain.dialog.questions import Answers
from domain.instruments.base import PLENARY, Ballots

NOWHERE = "-"


def entries(mine: Answers) -> Iterator[tuple[int, str]]:
    """Number and place of every entry, in their order."""
    for number in _numbers(mine):
        if mine[str(number)] != NOWHERE:
            yield number, mine[str(number)]


def asked(mine: Answers) -> range:
    """The numbers to ask about: all so far, and the next one unless the last says that there is nothing more."""
    last = _last(mine)
    return range(1, last + 1 if mine.get(str(last)) == NOWHERE else last + 2)


def free(limits: Mapping[str, int], mine: Answers, number: int) -> list[str]:
    """The places that entry `number` may go to: its present one, and those that hold less than their limit."""
    held = Counter(place for _, place in entries(mine))
    present = mine.get(str(number))
    return [place for place, most in limits.items() if held[place] < most or place == present]


def behind_the_last(room: Answers, mine: Answers) -> Answers:
    """What the room wrote under the numbers that come after the member's own."""
    return _renumbered(room, _last(mine))


def brought_along(
    ballots: Ballots, members: Sequence[int], behind: Callable[[Answers, Answers], Answers] = behind_the_last
) -> Ballots:
    """What a breakout group brings: its members' ballots, and what its room wrote `behind` the first member's own.

    There it gets free numbers, so that the rooms of several groups don't meet under one.
    """
    own = {member: answers for member, answers in ballots.items() if member != PLENARY and answers}
    room = ballots.get(PLENARY)
    if not room or not members:
        return own
    first = min(members)
    mine = own.get(first, {})
    return {**own, first: {**mine, **behind(room, mine)}}


def _numbers(mine: Answers) -> list[int]:
    return sorted(int(key) for key in mine if key.isdecimal())


def _last(mine: Answers) -> int:
    return max(_numbers(mine), default=0)


def _renumbered(answers: Answers, by: int) -> Answers:
    moved = {}
    for key, value in answers.items():
        number, point, rest = key.partition(".")
        moved[f"{int(number) + by}{point}{rest}"] = value
    return moved
