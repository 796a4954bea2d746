"""The whole calculation of a scoring: weights, rounds, the order after every tie that was settled, how firm it is."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from domain.faults import Fault
from domain.instruments.base import Ballots, Item, Sheet
from domain.instruments.scoring.criteria import Criterion, Words, exact, shares, weighted
from domain.instruments.scoring.rounds import Round, brought, count
from domain.instruments.scoring.sensitivity import leaders, smallest_turn
from domain.instruments.scoring.ties import Step, rounds, settle, ties

TOTAL, RANK, LEADER = "total", "peringkat", "utama"
"""Fields an item is passed on with: its exact total, its rank, and of a follower the item it belongs to."""

FOLLOWERS = "followers"
ALTERNATIVES = 2  # a single item can't lose the first place
SHARED, FIRM, TURNS = "shared", "firm", "turns"


@dataclass(frozen=True, slots=True)
class Settings:
    """Scores go from `lowest` to `highest`; `words` say what they mean where a criterion doesn't itself.

    `followers_by` names the field in which a follower (kegiatan pendukung) tells its leader. `merges`: the items
    bring the totals of earlier scorings. `leader`: a tie for the first place has to be settled.
    """

    criteria: tuple[Criterion, ...]
    lowest: int = 1
    highest: int = 5
    words: Words = ()
    followers_by: str = ""
    merges: bool = False
    leader: bool = False


@dataclass(frozen=True, slots=True)
class Weight:
    """A criterion and its part of all weight, also in percent."""

    title: str
    weight: Fraction
    percent: Fraction


@dataclass(frozen=True, slots=True)
class Follower:
    """An item that has the rank of the one it belongs to."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Standing:
    """An item's place in the end; `total` is that of the first round."""

    id: str
    text: str
    total: Fraction
    rank: int
    followers: tuple[Follower, ...]


@dataclass(frozen=True, slots=True)
class Tie:
    """Items that share a rank in the end."""

    rank: int
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Firmness:
    """What it takes to move the first place by one weight (see domain.instruments.scoring.sensitivity).

    `state` is shared (several totals are highest already), firm (no single weight does it), or turns: `rival`
    comes first when the weight of `criterion` goes from `before` past `after`, in percent; whether it `falls`.
    """

    state: str
    criterion: str = ""
    before: Fraction = Fraction(0)
    after: Fraction = Fraction(0)
    falls: bool = False
    rival: str = ""


@dataclass(frozen=True, slots=True)
class Priorities:
    """The order in the end, and all that led to it.

    `unattached` are followers whose leader isn't among the items. `firmness` is None where nobody's scores are
    counted, or there is nothing to come first of. `decimals` are as many as tell unequal totals apart. `merged`:
    the totals came from earlier scorings.
    """

    criteria: tuple[Weight, ...]
    rounds: tuple[Round, ...]
    order: tuple[Standing, ...]
    unattached: tuple[Follower, ...]
    steps: tuple[Step, ...]
    ties: tuple[Tie, ...]
    firmness: Firmness | None
    decimals: int
    merged: bool


def criteria(sheet: Sheet[Settings]) -> tuple[Criterion, ...]:
    """What the items are scored on."""
    return weighted(sheet, sheet.settings.criteria)


def board(sheet: Sheet[Settings], ballots: Ballots) -> Priorities:
    """Everything counted."""
    asked = criteria(sheet)
    weights = shares(asked) or (Fraction(0),) * len(asked)
    counted = _rounds(sheet, asked, weights, ballots)
    first = counted[0]
    later = {each.number: {row.id: row.rank for row in each.rows} for each in counted[1:] if each.complete}
    texts = {item.id: item.text for item in sheet.items}
    ranks, steps = settle({row.id: row.rank for row in first.rows}, sheet.moves, later, texts)
    followers = _followers(sheet)
    return Priorities(
        tuple(Weight(each.title, part, part * 100) for each, part in zip(asked, weights, strict=True)),
        counted,
        tuple(_standing(first, each, rank, followers) for each, rank in ranks.items()),
        tuple(followers.get("", ())),
        steps,
        tuple(Tie(rank, tuple(texts[each] for each in group)) for rank, group in ties(ranks).items()),
        _firmness(weights, asked, first),
        max(_decimals(each) for each in counted),
        sheet.settings.merges,
    )


def told(found: Priorities) -> Fault | None:
    """How far the members agree so far and what divides them; nothing while there is no W."""
    last = found.rounds[-1]
    if last.overall.w is None:
        return None
    overall = last.overall
    return Fault(
        "agreement",
        {"w": overall.w, "strength": overall.strength, "items": last.divided, "complete": last.complete},
    )


def traced(found: Priorities, item_id: str) -> Fault | None:
    """The rank of an item and by what it has it; `found` may be a result that was kept."""
    for each in found.order:
        if item_id == each.id:
            facts = {"total": each.total, "complete": found.rounds[0].complete, "merged": found.merged}
            return Fault("scored", {"rank": each.rank, "places": len(found.order), **facts})
        if item_id in {follower.id for follower in each.followers}:
            return Fault("follows", {"rank": each.rank, "leader": each.text})
    return None


def followers_of(sheet: Sheet[Settings]) -> dict[str, Item]:
    """The followers by the id they have in the result ('f1': their numbers are their own)."""
    return {f"f{item.id}": item for item in sheet.inputs.get(FOLLOWERS, ())}


def _rounds(
    sheet: Sheet[Settings], asked: Sequence[Criterion], weights: Sequence[Fraction], ballots: Ballots
) -> tuple[Round, ...]:
    wanted = rounds(sheet)
    if not sheet.settings.merges:
        return tuple(count(number, items, asked, weights, ballots) for number, items in wanted)
    totals = [exact(item.fields.get(TOTAL)) or Fraction(0) for item in sheet.items]
    further = (count(number, items, asked, weights, ballots) for number, items in wanted[1:])
    return (brought(sheet.items, totals), *further)


def _standing(first: Round, id_: str, rank: int, followers: Mapping[str, Sequence[Follower]]) -> Standing:
    row = next(row for row in first.rows if row.id == id_)
    return Standing(id_, row.text, row.total, rank, tuple(followers.get(id_, ())))


def _followers(sheet: Sheet[Settings]) -> dict[str, list[Follower]]:
    """By the id of their leader; under '' those whose leader isn't here."""
    found: dict[str, list[Follower]] = {}
    leading = dict(_names(sheet.items))
    for id_, item in followers_of(sheet).items():
        name = str(item.fields.get(sheet.settings.followers_by) or "").strip().casefold()
        found.setdefault(leading.get(name, "") if name else "", []).append(Follower(id_, item.text))
    return found


def _names(items: Sequence[Item]) -> Iterator[tuple[str, str]]:
    """What a follower may call its leader: the id it had before, where it comes from, or its text, which wins."""
    for item in reversed(items):
        yield item.source.rpartition("#")[2].casefold(), item.id
    for item in reversed(items):
        yield item.source.casefold(), item.id
    for item in reversed(items):
        yield item.text.strip().casefold(), item.id


def _firmness(weights: Sequence[Fraction], asked: Sequence[Criterion], first: Round) -> Firmness | None:
    if not first.complete or len(first.rows) < ALTERNATIVES:
        return None
    means = [row.means for row in first.rows]
    if len(leaders(weights, means)) > 1:
        return Firmness(SHARED)
    turn = smallest_turn(weights, means)
    if turn is None:
        return Firmness(FIRM)
    before, after = turn.before * 100, turn.after * 100
    rival = first.rows[turn.rival].text
    return Firmness(TURNS, asked[turn.criterion].title, before, after, after < before, rival)


def _decimals(counted: Round) -> int:
    totals = {row.total for row in counted.rows}
    apart = (
        digits for digits in range(2, 8) if len({round(total, digits) for total in totals}) == len(totals)
    )
    return next(apart, 8)
