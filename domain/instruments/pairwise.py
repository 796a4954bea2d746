"""Matriks pemeringkatan: every item against every other; a member chooses the weightier of each pair.

An item's value is how often it was chosen, over all complete ballots (the guide's ranking matrix, summed over the
members who filled it). Equal values for the lead are compared again among themselves until one leads, or the Ketua
decides; each further round orders only the items it compared.
"""

from collections.abc import Sequence
from dataclasses import dataclass
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
    """One comparison round. `wins[i][j]` counts the ballots that put item i before item j (in `standings` order)."""

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
        return Settings(reader.whole("most", 9, 2, 12))

    def ready(self, sheet: Sheet[Settings]) -> Fault | None:
        """Two items at least, and no more than a member can be asked to compare."""
        if 1 < len(sheet.items) <= sheet.settings.most:
            return None
        return Fault("pairwise_items", {"given": len(sheet.items), "most": sheet.settings.most})

    def questions(self, sheet: Sheet[Settings], mine: Answers) -> Sequence[Question]:
        """One choice for each pair of the current round."""
        number, items = rounds(sheet)[-1]
        return [_ask(number, first, second) for first, second in combinations(items, 2)]

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
            questions=lambda desk, values: (),
            available=lambda desk: bool(_tied(desk)),
            keeps=lambda desk: {"items": list(_tied(desk))},
            phases=frozenset({"closed"}),
            reopens=True,
        ),
        MoveForm(
            DECIDE,
            questions=lambda desk, values: _ask_decision(desk),
            available=lambda desk: bool(_tied(desk)),
            phases=frozenset({"closed"}),
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


def _ask(number: int, first: Item, second: Item) -> Choice:
    return Choice(
        key=_key(number, first, second),
        about="pair",
        options=(Option("a", first.text), Option("b", second.text)),
        lettered=True,
        facts={"round": number},
    )


def _count(number: int, items: tuple[Item, ...], ballots: Ballots) -> Round:
    pairs = list(combinations(items, 2))
    keys = {_key(number, first, second) for first, second in pairs}
    begun = [answers for answers in counted(ballots).values() if keys & answers.keys()]
    complete = [answers for answers in begun if keys <= answers.keys()]
    wins = {(a.id, b.id): 0 for a in items for b in items}
    for answers in complete:
        for first, second in pairs:
            winner = (first, second) if answers[_key(number, first, second)] == "a" else (second, first)
            wins[winner[0].id, winner[1].id] += 1
    standings = _ranked([(item, sum(wins[item.id, other.id] for other in items)) for item in items])
    matrix = tuple(tuple(wins[row.id, column.id] for column in standings) for row in standings)
    return Round(number, len(complete), len(begun) - len(complete), standings, matrix)


def _ranked(values: Sequence[tuple[Item, int]]) -> tuple[Standing, ...]:
    """Highest value first; equal values share a rank (1, 1, 3) and keep the order of the items."""
    ordered = sorted(values, key=lambda pair: -pair[1])
    return tuple(
        Standing(item.id, item.text, value, 1 + sum(other > value for _, other in values)) for item, value in ordered
    )


def _order(counts: Sequence[Round]) -> tuple[Standing, ...]:
    """The first round's order, refined by each further round among the items it compared."""
    order = counts[0].standings
    for later in counts[1:]:
        if not later.complete:
            continue
        compared = {standing.id: standing.rank for standing in later.standings}
        order = tuple(
            sorted(
                (
                    Standing(s.id, s.text, s.value, s.rank + compared.get(s.id, 1) - 1)
                    for s in order
                ),
                key=lambda s: s.rank,
            )
        )
    return order


def _decision(sheet: Sheet[Settings], order: Sequence[Standing]) -> Decision | None:
    made = [move for move in sheet.moves if move.kind == DECIDE]
    leading = {standing.id: standing for standing in order if standing.rank == 1}
    if not made or made[-1].values["item"] not in leading:
        return None
    move = made[-1]
    return Decision(move.values["item"], leading[move.values["item"]].text, move.values["reason"], move.by)


def _led_by(order: Sequence[Standing], leader: str) -> tuple[Standing, ...]:
    """The leader first; those it tied with share the next place."""
    moved = (
        Standing(s.id, s.text, s.value, s.rank if s.rank > 1 or s.id == leader else 2) for s in order
    )
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
