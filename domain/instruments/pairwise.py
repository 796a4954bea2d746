"""Matriks pemeringkatan: every item against every other; a member chooses the weightier of each pair.

An item's value is how often it was chosen, over all complete ballots (the guide's ranking matrix, summed over
the members who filled it). Equal values for the lead are compared again among themselves until one leads, or
the Ketua decides; each further round orders only the items it compared.
"""

import functools
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from domain.dialog.questions import Answers, Choice, Option, Question, Text
from domain.faults import Fault
from domain.instruments.base import Ballots, Desk, Instrument, Item, Sheet
from domain.instruments.ranks import (
    Order,
    Standing,
    again,
    combined,
    decide,
    decided,
    of_round,
    preferring,
    rounds,
    standings,
)
from domain.process.reading import Reader


@dataclass(frozen=True, slots=True)
class Settings:
    """`most` items can be compared (n items ask n(n-1)/2 taps of each member)."""

    most: int = 9


@dataclass(frozen=True, slots=True)
class Round:
    """One comparison round.

    `wins[i][j]` counts the ballots that put item i before item j (in `standings` order).
    """

    number: int
    complete: int
    incomplete: int
    standings: Order
    wins: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Decision:
    """A tie decided by the Ketua: what leads, why, by whom."""

    id: str
    text: str
    reason: str
    by: str


@dataclass(frozen=True, slots=True)
class Ranking:
    """All rounds, the final order, and the items that still share the lead (one, when it is settled)."""

    rounds: tuple[Round, ...]
    order: Order
    leaders: tuple[str, ...]
    decision: Decision | None


def _tied(desk: Desk[Settings]) -> tuple[str, ...]:
    ranking = Pairwise().tally(desk.sheet, desk.ballots)
    settled = len(ranking.leaders) < 2 or not ranking.rounds[0].complete  # noqa: PLR2004 - a tie takes two
    return () if settled else ranking.leaders


def _ask_decision(desk: Desk[Settings]) -> tuple[Question, ...]:
    texts = {item.id: item.text for item in desk.sheet.items}
    options = tuple(Option(each, texts[each]) for each in _tied(desk))
    return (
        Choice(key="item", about="decide.item", options=options, lettered=True),
        Text(key="reason", about="decide.reason", shortest=5, longest=300),
    )


class Pairwise(Instrument[Settings, Ranking]):
    """Choose A or B for every pair."""

    name = "pairwise"

    def read(self, reader: Reader) -> Settings:
        """`most`: how many items at most."""
        if not reader.has("items_from"):
            reader.fault("needs_items", field="items_from")
        return Settings(reader.whole("most", 9, 2, 12))

    def ready(self, sheet: Sheet[Settings]) -> Fault | None:
        """Two items at least, and no more than a member can be asked to compare."""
        if 1 < len(sheet.items) <= sheet.settings.most:
            return None
        return Fault("pairwise_items", {"given": len(sheet.items), "most": sheet.settings.most})

    def questions(self, sheet: Sheet[Settings], mine: Answers) -> Sequence[Question]:
        """One choice for each pair of the current round."""
        number, items = rounds(sheet)[-1]
        return _pairs(number, items)

    def tally(self, sheet: Sheet[Settings], ballots: Ballots) -> Ranking:
        """Every round counted, and the order they give together."""
        counts = tuple(_count(number, items, ballots) for number, items in rounds(sheet))
        order = combined(*(count.standings for count in counts))
        decision = _decision(sheet, order)
        if decision:
            order = preferring(order, _leaders(order), [decision.id])
        return Ranking(counts, order, _leaders(order), decision)

    def items(self, sheet: Sheet[Settings], result: Ranking) -> tuple[Item, ...]:
        """The items in their final order."""
        sources = {item.id: item for item in sheet.items}
        return tuple(_placed(sources[standing.id], standing) for standing in result.order)

    def trace(self, sheet: Sheet[Settings], result: Ranking, item_id: str) -> Fault | None:
        """Its place, how often it was chosen, and by how many."""
        for standing in result.order:
            if standing.id == item_id:
                ballots = result.rounds[0].complete
                facts = {"rank": standing.rank, "value": standing.value, "ballots": ballots}
                return Fault("ranked", facts | {"items": len(result.order)})
        return None

    def lacking(self, sheet: Sheet[Settings], result: Ranking) -> Fault | None:
        """At least one complete ballot, and a single leader."""
        if not result.rounds[0].complete:
            return Fault("no_complete_ballot")
        if len(result.leaders) > 1:
            return Fault("tie_for_lead", {"items": [s.text for s in result.order if s.rank == 1]})
        return None

    moves = (again(_tied), decide(_tied, _ask_decision))


def _placed(item: Item, standing: Standing) -> Item:
    return replace(item, fields={**item.fields, "peringkat": standing.rank, "nilai": standing.value})


def _key(number: int, first: Item, second: Item) -> str:
    return f"{number}:{first.id}~{second.id}"


@functools.lru_cache(maxsize=64)
def _pairs(number: int, items: tuple[Item, ...]) -> Sequence[Question]:
    """The same for all members, and asked for at every tap: made once."""
    return tuple(_ask(number, first, second) for first, second in combinations(items, 2))


def _ask(number: int, first: Item, second: Item) -> Choice:
    return Choice(
        key=_key(number, first, second),
        about="pair",
        options=(Option("a", first.text), Option("b", second.text)),
        lettered=True,
        facts={"round": number},
    )


def _count(number: int, items: tuple[Item, ...], ballots: Ballots) -> Round:
    pairs = {_key(number, first, second): (first.id, second.id) for first, second in combinations(items, 2)}
    begun = of_round(pairs.keys(), ballots)
    complete = [answers for answers in begun if pairs.keys() <= answers.keys()]
    wins = Counter(_won(pair, answers[key]) for answers in complete for key, pair in pairs.items())
    values = {item.id: sum(wins[item.id, other.id] for other in items) for item in items}
    places = standings(items, values)
    matrix = tuple(tuple(wins[row.id, column.id] for column in places) for row in places)
    return Round(number, len(complete), len(begun) - len(complete), places, matrix)


def _won(pair: tuple[str, str], answer: str) -> tuple[str, str]:
    """The winner and the loser of a pair."""
    return pair if answer == "a" else (pair[1], pair[0])


def _leaders(order: Order) -> tuple[str, ...]:
    return tuple(standing.id for standing in order if standing.rank == 1)


def _decision(sheet: Sheet[Settings], order: Order) -> Decision | None:
    """The last decision, if it was made about the very items that share the lead."""
    leading = {standing.id: standing.text for standing in order if standing.rank == 1}
    made = decided(sheet, leading)
    if made is None:
        return None
    values, by = made
    return Decision(values["item"], leading[values["item"]], values["reason"], by)
