"""Bagan bawang: members say in which ring each item belongs by its influence; the exact means lay it out.

With n rings an item given to the innermost counts n, to the outermost 1. An item lies in the ring nearest to its
mean; a mean right between two rings goes to the inner one. The guide wants exactly one item in the innermost
ring, while every other ring may hold several: the item of the highest mean lies there alone, and a tie for it is
voted on among the tied, or decided by the Ketua (see runoff). Source: the STPP guide, topic 7.2, Bagan Bawang
Kegiatan.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from domain.dialog.questions import Answers, Choice, Option, Question
from domain.faults import Fault
from domain.instruments import runoff
from domain.instruments.base import Ballots, Desk, Instrument, Item, Sheet
from domain.instruments.ranks import Order, Standing, by_the_room, combined, of_round, standings
from domain.instruments.runoff import Border, Decision, Poll
from domain.process.reading import Reader

FEWEST_RINGS, MOST_RINGS = 3, 5
MOST_ITEMS = 60
HALF = Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class Settings:
    """The names of the `rings` from the innermost outwards; exactly `innermost` items lie in the first (0: any)."""

    rings: tuple[str, ...]
    innermost: int = 1


@dataclass(frozen=True, slots=True)
class Placed:
    """An item in its ring; `counts` tells how many put it into each ring, from the innermost outwards."""

    id: str
    text: str
    mean: Fraction
    rank: int
    ring: int  # 1: the innermost
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Ring:
    """A ring and what lies in it, highest mean first."""

    number: int
    name: str
    items: tuple[Placed, ...]


@dataclass(frozen=True, slots=True)
class Onion:
    """The rings from the innermost outwards, by the `complete` ballots, and what is `tied` for `places` in the first.

    `rounds` are the further rounds of voting among the tied; without a complete ballot all rings are empty.
    """

    rings: tuple[Ring, ...]
    complete: int
    incomplete: int
    rounds: tuple[Poll, ...]
    tied: tuple[str, ...]
    places: int
    decision: Decision | None
    plenary: bool


def _disputed(desk: Desk[Settings]) -> Border:
    result = RatingRings().tally(desk.sheet, desk.ballots)
    return Border(result.tied, result.places)


class RatingRings(Instrument[Settings, Onion]):
    """Put each item into a ring."""

    name = "rating_rings"

    def read(self, reader: Reader) -> Settings:
        """`rings` (3 to 5 names) and `innermost` (default 1)."""
        if not reader.has("items_from"):
            reader.fault("needs_items", field="items_from")
        rings = reader.texts("rings", required=True)
        reader.unique(rings, "rings")
        if rings and not FEWEST_RINGS <= len(rings) <= MOST_RINGS:
            limits = {"least": FEWEST_RINGS, "most": MOST_RINGS}
            reader.fault("wrong_length", reader.line_of("rings"), field="rings", given=len(rings), **limits)
        return Settings(rings, reader.whole("innermost", 1, 0, 5))

    def ready(self, sheet: Sheet[Settings]) -> Fault | None:
        """Something to place, and no more than a member can be asked about."""
        if 0 < len(sheet.items) <= MOST_ITEMS:
            return None
        return Fault("rings_items", {"given": len(sheet.items), "most": MOST_ITEMS})

    def questions(self, sheet: Sheet[Settings], mine: Answers) -> Sequence[Question]:
        """The ring of each item; in a further round, which of the tied belongs into the innermost."""
        again = runoff.ask_further(sheet)
        options = _options(sheet.settings.rings)
        return [again] if again else [_ask(item, options) for item in sheet.items]

    def tally(self, sheet: Sheet[Settings], ballots: Ballots) -> Onion:
        """The items in their rings."""
        keys = [_key(item) for item in sheet.items]
        begun = of_round(keys, ballots)
        complete = [answers for answers in begun if len(answers) == len(keys)] if keys else []
        polls = tuple(runoff.further(sheet, ballots))
        order = combined(_by_mean(sheet, complete), *(each.standings for each in polls)) if complete else ()
        order, disputed, decision = runoff.settled(sheet, order, sheet.settings.innermost)
        return Onion(
            rings=_laid_out(sheet.settings, [_placed(sheet.settings, each, complete) for each in order]),
            complete=len(complete),
            incomplete=len(begun) - len(complete),
            rounds=polls,
            tied=disputed.tied,
            places=disputed.places,
            decision=decision,
            plenary=by_the_room(keys, ballots),
        )

    def items(self, sheet: Sheet[Settings], result: Onion) -> tuple[Item, ...]:
        """The items from the innermost ring outwards."""
        sources = {item.id: item for item in sheet.items}
        return tuple(_passed_on(sources[each.id], ring, each) for ring in result.rings for each in ring.items)

    def lacking(self, sheet: Sheet[Settings], result: Onion) -> Fault | None:
        """At least one complete ballot, and the innermost ring settled."""
        if not result.complete:
            return Fault("no_complete_ballot")
        if result.tied:
            texts = [each.text for each in result.rings[0].items if each.id in result.tied]
            return Fault("tie_for_place", {"items": texts, "places": result.places})
        return None

    def trace(self, sheet: Sheet[Settings], result: Onion, item_id: str) -> Fault | None:
        """The item's ring and mean."""
        for ring in result.rings:
            for each in ring.items:
                if each.id == item_id:
                    rated = {"mean": each.mean, "highest": len(result.rings), "ballots": result.complete}
                    by = runoff.ruled_by(result.decision, each.id)
                    return Fault("ring", {"ring": ring.name, "by": by, **rated})
        return None

    moves = runoff.moves(_disputed)


def _key(item: Item) -> str:
    return f"1:{item.id}"


def _options(rings: Sequence[str]) -> tuple[Option, ...]:
    """The rings by their numbers, 1 being the innermost."""
    return tuple(Option(str(number), name) for number, name in enumerate(rings, 1))


def _ask(item: Item, options: tuple[Option, ...]) -> Choice:
    return Choice(
        key=_key(item), about="ring", options=options, facts={"item": item.text, "inner": options[0].label}
    )


def _by_mean(sheet: Sheet[Settings], complete: Sequence[Answers]) -> Order:
    means: Mapping[str, Fraction] = {
        item.id: Fraction(
            sum(_worth(sheet.settings, answers[_key(item)]) for answers in complete), len(complete)
        )
        for item in sheet.items
    }
    return standings(sheet.items, means)


def _worth(settings: Settings, ring: str) -> int:
    """The innermost of n rings counts n, the outermost 1."""
    return len(settings.rings) + 1 - int(ring)


def _placed(settings: Settings, standing: Standing, complete: Sequence[Answers]) -> Placed:
    given = [answers[f"1:{standing.id}"] for answers in complete]
    counts = tuple(given.count(str(number)) for number in range(1, len(settings.rings) + 1))
    mean = Fraction(standing.value)
    return Placed(standing.id, standing.text, mean, standing.rank, _ring(settings, standing, mean), counts)


def _ring(settings: Settings, standing: Standing, mean: Fraction) -> int:
    """The nearest to the mean; where the innermost holds a set number, its places go by rank."""
    nearest = len(settings.rings) + 1 - math.floor(mean + HALF)
    if not settings.innermost:
        return nearest
    return 1 if standing.rank <= settings.innermost else max(nearest, 2)


def _laid_out(settings: Settings, placed: Sequence[Placed]) -> tuple[Ring, ...]:
    return tuple(
        Ring(number, name, tuple(each for each in placed if each.ring == number))
        for number, name in enumerate(settings.rings, 1)
    )


def _passed_on(item: Item, ring: Ring, placed: Placed) -> Item:
    said = {"lingkar": ring.name, "nomor-lingkar": ring.number, "rata-rata": str(placed.mean)}
    return replace(item, fields={**item.fields, **said})
