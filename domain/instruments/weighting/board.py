"""The weights a group gives its criteria, counted exactly.

The weight of a criterion is its part of everything the members gave: the sum of its scores divided by the sum of
all scores, over the complete ballots. With 100 points that is the mean of the members' own shares (point
allocation); with a scale it is the direct rating of the group, and can be checked from the means that are shown.
Both methods: von Winterfeldt & Edwards, 'Decision Analysis and Behavioral Research', 1986.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from domain.dialog.questions import Answers
from domain.faults import Fault
from domain.instruments.base import PLENARY, Ballots, Move, Sheet, counted
from domain.instruments.scoring.concordance import kendall_w, most_divided, strength
from domain.instruments.scoring.criteria import Criterion, Words

SCALE, POINTS = "skala", "poin"
TOTAL = 100
LOWEST = 1
ADJUST = "adjust"
DIVIDED = 3
"""How many criteria are named as those that the group differs on most."""


@dataclass(frozen=True, slots=True)
class Settings:
    """`method` is a scale from 1 to `highest` with its `words`, or 100 points; `criteria` stand in the file."""

    criteria: tuple[Criterion, ...]
    method: str = SCALE
    highest: int = 5
    words: Words = ()


@dataclass(frozen=True, slots=True)
class Weighed:
    """One criterion: what it was given and the `weight` it has; all weights sum to 1.

    `counted` is the weight the ballots give, in percent; `percent` the one in force. `counts` tells, on a scale,
    how many gave each value from 1 up.
    """

    id: str
    title: str
    mean: Fraction
    least: int
    most: int
    counts: tuple[int, ...]
    counted: Fraction
    weight: Fraction
    percent: Fraction


@dataclass(frozen=True, slots=True)
class Adjustment:
    """That the group agreed on other weights than the counted ones: why, and who recorded it."""

    reason: str
    by: str


@dataclass(frozen=True, slots=True)
class Weights:
    """The criteria in their order.

    `complete` ballots are counted, the `incomplete` ones aren't; `plenary`: the room filled in the only one. `w` is
    Kendall's W of the members' orders, `divided` names what they differ on most.
    """

    method: str
    criteria: tuple[Weighed, ...]
    complete: int
    incomplete: int
    plenary: bool
    w: Fraction | None
    strength: str
    divided: tuple[str, ...]
    adjustment: Adjustment | None


def criteria(sheet: Sheet[Settings]) -> tuple[Criterion, ...]:
    """Those of the process file, then those an earlier activity brings."""
    drawn = (Criterion(item.id, item.text, item.detail) for item in sheet.items)
    return (*sheet.settings.criteria, *drawn)


def points_key(criterion: Criterion, left: int) -> str:
    """An answer holds for what was left when it was given: where an earlier one is changed it is asked again."""
    return f"{criterion.id}.{left}"


def points(asked: Sequence[Criterion], mine: Answers) -> Iterator[tuple[Criterion, int, int]]:
    """Each criterion that points are given to, what is left for it, and how many share that with it.

    Where nothing is left the rest get none and are not asked about.
    """
    left = TOTAL
    for place, criterion in enumerate(asked):
        if not left:
            return
        yield criterion, left, len(asked) - place
        left -= int(mine.get(points_key(criterion, left)) or 0)


def tally(sheet: Sheet[Settings], ballots: Ballots) -> Weights:
    """The weights by the complete ballots, or those agreed on afterwards."""
    weighed = criteria(sheet)
    begun = counted(ballots)
    rows = [row for row in (_row(sheet.settings, weighed, mine) for mine in begun.values()) if row]
    w = kendall_w(rows)
    made = _adjustment(sheet, weighed)
    found = _counted(sheet.settings, weighed, rows)
    return Weights(
        sheet.settings.method,
        _adjusted(found, made) if made else found,
        len(rows),
        len(begun) - len(rows),
        PLENARY in begun,
        w,
        strength(w),
        tuple(weighed[each].title for each in most_divided(rows, DIVIDED)),
        Adjustment(made.values["reason"], made.by) if made else None,
    )


def told(found: Weights) -> Fault | None:
    """How far the group agrees so far; nothing where fewer than two are done or nobody told any two apart."""
    if found.w is None:
        return None
    details = {"w": found.w, "strength": found.strength, "items": found.divided, "complete": found.complete}
    return Fault("agreement", details)


def traced(found: Weights, item_id: str) -> Fault | None:
    """The weight of a criterion and how many gave it; `found` may be a result that was kept."""
    weighed = next((each for each in found.criteria if each.id == item_id), None)
    if weighed is None:
        return None
    adjusted = found.adjustment is not None
    return Fault("weight", {"percent": weighed.percent, "complete": found.complete, "adjusted": adjusted})


def _row(settings: Settings, weighed: Sequence[Criterion], mine: Answers) -> tuple[int, ...]:
    """What a member gave each criterion; nothing where something is still to be answered."""
    if settings.method == SCALE:
        done = all(each.id in mine for each in weighed)
        return tuple(mine[each.id] for each in weighed) if done else ()
    asked = {each.id: points_key(each, left) for each, left, _ in points(weighed, mine)}
    if any(key not in mine for key in asked.values()):
        return ()
    return tuple(int(mine[asked[each.id]]) if each.id in asked else 0 for each in weighed)


def _counted(
    settings: Settings, weighed: Sequence[Criterion], rows: Sequence[tuple[int, ...]]
) -> tuple[Weighed, ...]:
    total = sum(map(sum, rows))
    columns = zip(*rows, strict=True) if rows else ((),) * len(weighed)
    return tuple(
        _weighed(settings, each, column, total) for each, column in zip(weighed, columns, strict=True)
    )


def _weighed(settings: Settings, criterion: Criterion, given: Sequence[int], total: int) -> Weighed:
    weight = Fraction(sum(given), total or 1)
    scale = range(LOWEST, settings.highest + 1) if settings.method == SCALE else ()
    return Weighed(
        criterion.id,
        criterion.title,
        Fraction(sum(given), len(given) or 1),
        min(given, default=0),
        max(given, default=0),
        tuple(given.count(value) for value in scale),
        weight * 100,
        weight,
        weight * 100,
    )


def _adjustment(sheet: Sheet[Settings], weighed: Sequence[Criterion]) -> Move | None:
    """The latest adjustment of the weights, if it was made about these very criteria."""
    made = [move for move in sheet.moves if move.kind == ADJUST]
    wanted = {agreed_key(each.id) for each in weighed}
    return made[-1] if made and wanted == made[-1].values.keys() - {"reason"} else None


def agreed_key(criterion_id: str) -> str:
    """The key of what the group agreed to give a criterion."""
    return f"c.{criterion_id}"


def _adjusted(found: Sequence[Weighed], made: Move) -> tuple[Weighed, ...]:
    """The same criteria with the agreed weights; any positive numbers do, their proportions count."""
    agreed: Mapping[str, Fraction] = {each.id: Fraction(made.values[agreed_key(each.id)]) for each in found}
    total = sum(agreed.values(), Fraction(0))
    return tuple(
        replace(each, weight=agreed[each.id] / total, percent=100 * agreed[each.id] / total) for each in found
    )
