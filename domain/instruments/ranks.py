"""Ranks, and the rounds that settle a tie: another one among the tied only, or a decision by the Ketua."""

from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Any, TypeVar

from domain.dialog.questions import Answers, Question
from domain.instruments.base import PLENARY, Ballots, Desk, Item, MoveForm, Sheet, counted

AGAIN, DECIDE = "again", "decide"

K = TypeVar("K", bound=Hashable)
Exact = int | Fraction | Decimal

Tied = Callable[[Desk[Any]], Sequence[str]]
"""The ids of the items that share a place which has to be settled; none where nothing is to settle."""


def ranked(values: Mapping[K, Exact]) -> dict[K, int]:
    """Each one's rank, the highest value first: equal values share a rank (1, 1, 3) and keep their order."""
    ordered = sorted(values, key=lambda each: values[each], reverse=True)
    return {each: 1 + sum(other > values[each] for other in values.values()) for each in ordered}


def refined(ranks: Mapping[K, int], later: Mapping[K, int]) -> dict[K, int]:
    """Those that share a rank are ordered among themselves by the `later` ranks, if these cover all of them."""

    def rank(one: K) -> int:
        peers = [peer for peer in ranks if ranks[peer] == ranks[one]]
        if not later.keys() >= set(peers):
            return ranks[one]
        return ranks[one] + sum(later[peer] < later[one] for peer in peers)

    renewed = {one: rank(one) for one in ranks}
    return dict(sorted(renewed.items(), key=lambda each: each[1]))


@dataclass(frozen=True, slots=True)
class Standing:
    """An item's place by its value; equal values share a rank until a later round or a decision orders them."""

    id: str
    text: str
    value: Exact
    rank: int


Order = tuple[Standing, ...]
"""The best first."""


def standings(items: Sequence[Item], values: Mapping[str, Exact]) -> Order:
    """The items by their values (by item id)."""
    texts = {item.id: item.text for item in items}
    return tuple(Standing(each, texts[each], values[each], rank) for each, rank in ranked(values).items())


def combined(first: Order, *later: Order) -> Order:
    """The first round's order, refined by each further round (one nobody has answered leaves all equal)."""
    order = first
    for each in later:
        order = _reordered(order, refined(_ranks(order), _ranks(each)))
    return order


def preferring(order: Order, tied: Collection[str], chosen: Collection[str]) -> Order:
    """Of those `tied` (all that share one rank) the `chosen` come first; the others share the next place."""
    return _reordered(order, refined(_ranks(order), {each: 1 if each in chosen else 2 for each in tied}))


def _ranks(order: Order) -> dict[str, int]:
    return {standing.id: standing.rank for standing in order}


def _reordered(order: Order, ranks: Mapping[str, int]) -> Order:
    by_id = {standing.id: standing for standing in order}
    return tuple(replace(by_id[each], rank=rank) for each, rank in ranks.items())


def rounds(sheet: Sheet[object]) -> list[tuple[int, tuple[Item, ...]]]:
    """Round number and items: the first is about all, each further one about those that were tied then."""
    found = [(1, sheet.items)]
    for move in sheet.moves:
        if move.kind == AGAIN:
            chosen = set(move.values["items"])
            found.append((len(found) + 1, tuple(item for item in sheet.items if item.id in chosen)))
    return found


def of_round(keys: Collection[str], ballots: Ballots) -> Collection[Answers]:
    """The answers to one round: the room may decide a further round that follows on the members' own."""
    within = {member: {k: answers[k] for k in keys if k in answers} for member, answers in ballots.items()}
    return counted(within).values()


def by_the_room(keys: Collection[str], ballots: Ballots) -> bool:
    """Whether the room decided that round."""
    return any(key in ballots.get(PLENARY, {}) for key in keys)


def again(tied: Tied, also: Callable[[Desk[Any]], Answers] = lambda _: {}) -> MoveForm:
    """The move that lets members answer again, about the tied only; it remembers these and what `also` tells."""
    return MoveForm(
        AGAIN,
        questions=lambda _desk, _values: (),
        available=lambda desk: bool(tied(desk)),
        keeps=lambda desk: {"items": list(tied(desk)), **also(desk)},
        reopens=True,
    )


def decide(tied: Tied, asked: Callable[[Desk[Any]], Sequence[Question]]) -> MoveForm:
    """The move by which the Ketua settles the tie, with a reason; it remembers what was tied."""
    return MoveForm(
        DECIDE,
        questions=lambda desk, _: asked(desk),
        available=lambda desk: bool(tied(desk)),
        keeps=lambda desk: {"items": list(tied(desk))},
        chair_only=True,
    )


def decided(sheet: Sheet[object], tied: Collection[str]) -> tuple[Answers, str] | None:
    """What the last decision chose and by whom, if it was made about the very items that are tied."""
    made = [move for move in sheet.moves if move.kind == DECIDE]
    if not made or set(made[-1].values["items"]) != set(tied):
        return None
    return made[-1].values, made[-1].by
