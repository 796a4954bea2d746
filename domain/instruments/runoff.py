"""The last of a number of places: where more share it than there is room for, it is voted on among these only.

Members choose as many of the tied as places are left, and the votes order the tied; or the Ketua chooses, with a
reason. Used by whatever keeps the first few of an order (selection, rating rings).
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from domain.dialog.questions import Choice, Option, Question, Several, Text, Value
from domain.instruments.base import Ballots, Desk, Item, MoveForm, Sheet
from domain.instruments.ranks import (
    AGAIN,
    Order,
    again,
    by_the_room,
    decide,
    decided,
    of_round,
    preferring,
    rounds,
    standings,
)

MOST_OFFERED = 60
"""Items to choose from: a button carries one bit for each."""
MOST_LISTED = 8
LONG = 30  # characters: more than a phone shows on a button


@dataclass(frozen=True, slots=True)
class Border:
    """The ids of the `tied` and the number of `places` left for them; nothing where no place is disputed."""

    tied: tuple[str, ...] = ()
    places: int = 0


@dataclass(frozen=True, slots=True)
class Poll:
    """One round of choosing some of the items: the number of ballots, or the room; a standing's value counts votes."""

    number: int
    ballots: int
    plenary: bool
    standings: Order


@dataclass(frozen=True, slots=True)
class Decision:
    """What the Ketua chose of the tied, why, and by whom it was recorded."""

    ids: tuple[str, ...]
    texts: tuple[str, ...]
    reason: str
    by: str


def border(order: Order, keep: int) -> Border:
    """Who shares the last of `keep` places with more than fit in; 0 keeps all."""
    if not keep or len(order) <= keep:
        return Border()
    rank = order[keep - 1].rank
    tied = tuple(standing.id for standing in order if standing.rank == rank)
    places = keep - rank + 1
    return Border(tied, places) if len(tied) > places else Border()


def settled(sheet: Sheet[object], order: Order, keep: int) -> tuple[Order, Border, Decision | None]:
    """The order after the Ketua's decision, if one was made about this very tie; and what is still tied."""
    found = border(order, keep)
    made = decided(sheet, found.tied)
    if made is None or len(_listed(made[0]["chosen"])) != found.places:
        return order, found, None
    values, by = made
    chosen = _listed(values["chosen"])
    texts = tuple(standing.text for standing in order if standing.id in chosen)
    decision = Decision(tuple(chosen), texts, values["reason"], by)
    return preferring(order, found.tied, chosen), Border(), decision


def further(sheet: Sheet[object], ballots: Ballots) -> Iterator[Poll]:
    """The votes of each further round."""
    for number, items, _ in _further(sheet):
        yield poll(number, items, ballots)


def ask_further(sheet: Sheet[object]) -> Question | None:
    """The question of the latest further round, or None while there is none."""
    latest = _further(sheet)[-1:]
    return next((ask(number, "runoff", items, 1, places) for number, items, places in latest), None)


def ask(number: int, about: str, items: Sequence[Item], least: int, most: int) -> Question:
    """Which of the items, at most `most`: one tap where only one can be chosen."""
    return _choose(_key(number), about, items, least, most, round=number)


def poll(number: int, items: Sequence[Item], ballots: Ballots) -> Poll:
    """The votes of one round."""
    key = [_key(number)]
    given = [_listed(answer) for answers in of_round(key, ballots) for answer in answers.values()]
    votes = Counter(each for chosen in given for each in chosen)
    order = standings(items, {item.id: votes[item.id] for item in items})
    return Poll(number, len(given), by_the_room(key, ballots), order)


def ruled_by(decision: Decision | None, item_id: str) -> str:
    """Who put it where it is, if it was the Ketua's decision."""
    return decision.by if decision is not None and item_id in decision.ids else ""


def moves(disputed: Callable[[Desk[Any]], Border]) -> tuple[MoveForm, ...]:
    """To choose among the tied again, or to have the Ketua choose."""
    return (
        again(lambda desk: disputed(desk).tied, also=lambda desk: {"places": disputed(desk).places}),
        decide(lambda desk: disputed(desk).tied, lambda desk: _ask_decision(desk, disputed(desk))),
    )


def _key(number: int) -> str:
    return f"{number}:pick"


def _further(sheet: Sheet[object]) -> list[tuple[int, tuple[Item, ...], int]]:
    places = [move.values["places"] for move in sheet.moves if move.kind == AGAIN]
    return [(number, items, most) for (number, items), most in zip(rounds(sheet)[1:], places, strict=True)]


def _ask_decision(desk: Desk[object], found: Border) -> tuple[Question, ...]:
    items = [item for item in desk.sheet.items if item.id in found.tied]
    return (
        _choose("chosen", "decide.chosen", items, found.places, found.places),
        Text(key="reason", about="decide.reason", shortest=5, longest=300),
    )


def _choose(key: str, about: str, items: Sequence[Item], least: int, most: int, **facts: object) -> Question:
    """Long texts stand in the prompt (`listed`), numbered as the buttons are."""
    most = min(most, len(items))
    facts |= {"most": most, "least": min(least, most)}
    options = tuple(Option(item.id, item.text) for item in items)
    if most == 1:
        return Choice(key=key, about=about, options=options, lettered=True, facts={**facts, "listed": ()})
    listed = _too_long(items)
    if listed:
        options = tuple(Option(item.id, f"{n}. {item.text}") for n, item in enumerate(items, 1))
    facts["listed"] = listed
    return Several(key=key, about=about, options=options, least=min(least, most), most=most, facts=facts)


def _too_long(items: Sequence[Item]) -> tuple[str, ...]:
    """The texts, where some don't fit on a button and there is room to list them."""
    texts = tuple(item.text for item in items)
    return texts if len(texts) <= MOST_LISTED and max(map(len, texts), default=0) > LONG else ()


def _listed(value: Value) -> list[str]:
    """The answer to `ask`, whichever kind of question it was."""
    return [value] if isinstance(value, str) else list(value)
