"""Equal totals: they share a rank until a further round among them or the Ketua tells them apart, on record.

A move remembers all that was tied when it was made ('ties': rank → ids); 'rank' is the tie it is about where
there were several. A round orders every tie whose items it all compared; a decision holds for the very tie it
was made about. Any tie may also stay.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from domain.dialog.questions import Answers, Choice, Option, Question, Text
from domain.instruments.base import Desk, Item, Move, MoveForm, Sheet, short_id
from domain.instruments.ranks import AGAIN, DECIDE, refined

ALL = "all"
BRIEF = 60  # characters of an item where several stand in one option

Ties = Mapping[int, Sequence[str]]
"""By rank the ids of the items that share it; ranks that one item has alone are left out."""

Tied = Callable[[Desk[Any]], Ties]


@dataclass(frozen=True, slots=True)
class Place:
    """An item and the rank it has after a tie was looked into."""

    text: str
    rank: int


@dataclass(frozen=True, slots=True)
class Step:
    """How a tie at `rank` was looked into: `kind` is again (the round of that `number`) or decide (`reason`, `by`).

    `places` tells what came of it; items that are still equal share a rank.
    """

    kind: str
    rank: int
    places: tuple[Place, ...]
    number: int = 0
    reason: str = ""
    by: str = ""


def ties(ranks: Mapping[str, int]) -> dict[int, tuple[str, ...]]:
    """The items that share a rank, by rank."""
    groups: dict[int, tuple[str, ...]] = {}
    for each, rank in ranks.items():
        groups[rank] = (*groups.get(rank, ()), each)
    return {rank: group for rank, group in sorted(groups.items()) if len(group) > 1}


def rounds(sheet: Sheet[object]) -> list[tuple[int, tuple[Item, ...]]]:
    """Round number and items: the first is about all, each further one about ties that were chosen for it."""
    again = [move for move in sheet.moves if move.kind == AGAIN]
    found = [(1, sheet.items)]
    for number, move in enumerate(again, 2):
        chosen = {each for rank in _chosen(move.values) for each in move.values["ties"][rank]}
        found.append((number, tuple(item for item in sheet.items if item.id in chosen)))
    return found


def settle(
    ranks: Mapping[str, int],
    moves: Sequence[Move],
    later: Mapping[int, Mapping[str, int]],
    texts: Mapping[str, str],
) -> tuple[dict[str, int], tuple[Step, ...]]:
    """The ranks after every move in its order, and what each did.

    `later` has the ranks within each further round that somebody completed, by its number.
    """
    now, steps, number = dict(ranks), list[Step](), 1
    for move in moves:
        number += move.kind == AGAIN
        order = later.get(number, {}) if move.kind == AGAIN else _decided(move, now)
        before, now = now, refined(now, order)
        for rank, group in ties(before).items():
            if order.keys() >= set(group):
                steps.append(_step(move, number, rank, [each for each in now if each in group], now, texts))
    return now, tuple(steps)


def again(tied: Tied) -> MoveForm:
    """Score the tied again: all of them, or those of one rank."""
    return MoveForm(
        AGAIN,
        questions=lambda desk, _: tuple(
            _ask_rank(AGAIN, tied(desk), _texts(desk), (Option(ALL, about="all_ties"),))
        ),
        available=lambda desk: bool(tied(desk)),
        keeps=lambda desk: _kept(tied(desk)),
        reopens=True,
    )


def decide(tied: Tied) -> MoveForm:
    """The Ketua orders the items of one tie, with the reason."""
    return MoveForm(
        DECIDE,
        questions=lambda desk, values: tuple(_ask_decision(tied(desk), _texts(desk), values)),
        available=lambda desk: bool(tied(desk)),
        keeps=lambda desk: _kept(tied(desk)),
        chair_only=True,
    )


def _kept(tied: Ties) -> Answers:
    return {"ties": {str(rank): list(group) for rank, group in tied.items()}}


def _chosen(values: Answers) -> list[str]:
    """The ranks whose ties a move is about, as they are kept."""
    rank = values.get("rank", ALL)
    return list(values["ties"]) if rank == ALL else [rank]


def _texts(desk: Desk[object]) -> dict[str, str]:
    return {item.id: item.text for item in desk.sheet.items}


def _ask_rank(
    kind: str, tied: Ties, texts: Mapping[str, str], more: tuple[Option, ...] = ()
) -> Iterator[Question]:
    """Asks which tie is meant, where there are several."""
    options = tuple(
        Option(str(rank), f"({rank}) " + "; ".join(_brief(texts[each]) for each in group))
        for rank, group in tied.items()
    )
    if len(options) > 1:
        yield Choice(key="rank", about=f"{kind}.rank", options=(*more, *options), lettered=True)


def _brief(text: str) -> str:
    return text if len(text) <= BRIEF else text[: BRIEF - 1].rstrip() + "…"


def _ask_decision(tied: Ties, texts: Mapping[str, str], values: Answers) -> Iterator[Question]:
    """Which tie; then who is first, next, …; the last place is what is left. And why."""
    yield from _ask_rank(DECIDE, tied, texts)
    rank = int(values.get("rank") or min(tied, default=0))
    group = tied.get(rank, ())
    order, keys = _picked(rank, group, values)
    for place in range(len(group) - 1):
        taken = order[:place]
        if place < len(keys):
            options = tuple(Option(each, texts[each]) for each in group if each not in taken)
            facts = {"place": rank + place}
            yield Choice(key=keys[place], about="decide.place", options=options, lettered=True, facts=facts)
    yield Text(key="reason", about="decide.reason", shortest=5, longest=300)


def _picked(rank: int, group: Sequence[str], values: Answers) -> tuple[list[str], list[str]]:
    """Who was picked so far, and the keys of the questions up to the first unanswered one.

    A key tells who was picked before it (as bits), so that a changed mind is asked about the rest again.
    """
    order: list[str] = []
    keys: list[str] = []
    while len(order) < len(group) - 1:
        bits = sum(1 << place for place, each in enumerate(group) if each in order)
        keys.append(f"p.{rank}.{short_id(bits)}")
        if keys[-1] not in values:
            break
        order.append(values[keys[-1]])
    return order, keys


def _decided(move: Move, ranks: Mapping[str, int]) -> dict[str, int]:
    """The order the Ketua gave, if it was about a tie that is there now; for any other move, none."""
    if move.kind != DECIDE:
        return {}
    rank = move.values.get("rank") or next(iter(move.values["ties"]))
    group = move.values["ties"][rank]
    if set(group) not in map(set, ties(ranks).values()):
        return {}
    order, _ = _picked(int(rank), group, move.values)
    return {each: order.index(each) if each in order else len(order) for each in group}


def _step(
    move: Move, number: int, rank: int, group: Sequence[str], now: Mapping[str, int], texts: Mapping[str, str]
) -> Step:
    places = tuple(Place(texts[each], now[each]) for each in group)
    if move.kind == AGAIN:
        return Step(AGAIN, rank, places, number=number)
    return Step(DECIDE, rank, places, reason=move.values["reason"], by=move.by)
