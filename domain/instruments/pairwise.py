"""Matriks pemeringkatan: every item against every other; a member chooses the weightier of each pair.

An item's value is how often it was chosen, over all complete ballots (the guide's ranking matrix, summed over
the members who filled it). Equal values for the lead are compared again among themselves until one leads, or
the Ketua decides; each further round orders only the items it compared.
"""

import functools
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from domain.faults import Fault
from domain.instruments.base import Ballots, Desk, Instrument, Item, MoveForm, Sheet, counted
from domain.process_reading import Reader
from domain.questions import Answers, Choice, Option, Question, Text

AGAIN, DECIDE = "again", "decide"


@dataclass(frozen=True, slots=True)
class Settings:
    """`most` items can be compared (n items ask n(n-1)/2 taps of each member)."""

    most: int = 9


@dataclass(frozen=True, slots=True)
class Standing:
    """An item's place: `value` counts how often it was chosen; equal values share a rank."""

    id: str
    text: str
    value: int
    rank: int


@dataclass(frozen=True, slots=True)
class Round:
    """One comparison round.

    `wins[i][j]` counts the ballots that put item i before item j (in `standings` order).
    """

    number: int
    complete: int
    incomplete: int
    standings: tuple[Standing, ...]
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
    order: tuple[Standing, ...]
    leaders: tuple[str, ...]
    decision: Decision | None


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
        order = _order(counts)
        decision = _decision(sheet, order)
        if decision:
            order = _led_by(order, decision.id)
        return Ranking(counts, order, tuple(s.id for s in order if s.rank == 1), decision)

    def items(self, sheet: Sheet[Settings], result: Ranking) -> tuple[Item, ...]:
        """The items in their final order."""
        sources = {item.id: item for item in sheet.items}
        return tuple(sources[standing.id] for standing in result.order)

    def lacking(self, sheet: Sheet[Settings], result: Ranking) -> Fault | None:
        """At least one complete ballot, and a single leader."""
        if not result.rounds[0].complete:
            return Fault("no_complete_ballot")
        if len(result.leaders) > 1:
            return Fault("tie_for_lead", {"items": [s.text for s in result.order if s.rank == 1]})
        return None

    moves = (
        MoveForm(
            AGAIN,
            questions=lambda _desk, _values: (),
            available=lambda desk: bool(_tied(desk)),
            keeps=lambda desk: {"items": list(_tied(desk))},
            reopens=True,
        ),
        MoveForm(
            DECIDE,
            questions=lambda desk, _: _ask_decision(desk),
            available=lambda desk: bool(_tied(desk)),
            keeps=lambda desk: {"items": list(_tied(desk))},
            chair_only=True,
        ),
    )


def rounds(sheet: Sheet[Settings]) -> list[tuple[int, tuple[Item, ...]]]:
    """Round number and items: the first compares all, each further one those that shared the lead."""
    found = [(1, sheet.items)]
    for move in sheet.moves:
        if move.kind == AGAIN:
            chosen = set(move.values["items"])
            found.append((len(found) + 1, tuple(item for item in sheet.items if item.id in chosen)))
    return found


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
    begun = _of_round(pairs.keys(), ballots)
    complete = [answers for answers in begun if pairs.keys() <= answers.keys()]
    wins = Counter(_won(pair, answers[key]) for answers in complete for key, pair in pairs.items())
    standings = _ranked([(item, sum(wins[item.id, other.id] for other in items)) for item in items])
    matrix = tuple(tuple(wins[row.id, column.id] for column in standings) for row in standings)
    return Round(number, len(complete), len(begun) - len(complete), standings, matrix)


def _of_round(keys: Collection[str], ballots: Ballots) -> Collection[Answers]:
    """The answers to one round: the room may decide a further round that follows on the members' own."""
    within = {member: {k: answers[k] for k in keys if k in answers} for member, answers in ballots.items()}
    return counted(within).values()


def _won(pair: tuple[str, str], answer: str) -> tuple[str, str]:
    """Winner and loser."""
    return pair if answer == "a" else (pair[1], pair[0])


def _ranked(values: Sequence[tuple[Item, int]]) -> tuple[Standing, ...]:
    """Highest value first; equal values share a rank (1, 1, 3) and keep the order of the items."""
    ordered = sorted(values, key=lambda pair: -pair[1])
    return tuple(
        Standing(item.id, item.text, value, 1 + sum(other > value for _, other in values))
        for item, value in ordered
    )


def _order(counts: Sequence[Round]) -> tuple[Standing, ...]:
    """The first round's order, refined by each further round (one nobody has completed leaves all equal)."""
    order = counts[0].standings
    for later in counts[1:]:
        order = _refined(order, later)
    return order


def _refined(order: Sequence[Standing], later: Round) -> tuple[Standing, ...]:
    """Items that share a rank are ordered among themselves, if the later round compared all of them."""
    compared = {standing.id: standing.rank for standing in later.standings}

    def rank(standing: Standing) -> int:
        peers = [peer.id for peer in order if peer.rank == standing.rank]
        if not compared.keys() >= set(peers):
            return standing.rank
        return standing.rank + sum(compared[peer] < compared[standing.id] for peer in peers)

    return tuple(sorted((replace(s, rank=rank(s)) for s in order), key=lambda s: s.rank))


def _decision(sheet: Sheet[Settings], order: Sequence[Standing]) -> Decision | None:
    """The last decision, if it was made about the very items that share the lead."""
    made = [move for move in sheet.moves if move.kind == DECIDE]
    leading = {standing.id: standing.text for standing in order if standing.rank == 1}
    if not made or set(made[-1].values["items"]) != leading.keys():
        return None
    values = made[-1].values
    return Decision(values["item"], leading[values["item"]], values["reason"], made[-1].by)


def _led_by(order: Sequence[Standing], leader: str) -> tuple[Standing, ...]:
    """The leader first; those it tied with share the next place."""
    moved = (s if s.rank > 1 or s.id == leader else replace(s, rank=2) for s in order)
    return tuple(sorted(moved, key=lambda s: s.rank))


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
