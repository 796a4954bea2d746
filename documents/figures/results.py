"""Figures of instruments' results, as they are fresh or as they are read back after they were kept.

`words` names what a figure says itself (the column of sums), `title` what it shows.
"""

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from documents.figures.bars import Bar, ranking
from documents.figures.drawing import PHONE
from documents.figures.matrix import pairwise as matrix
from documents.figures.rings import Ring, onion
from documents.figures.tree import Branch, tree
from documents.indonesian import number

Draw = Callable[[str, Any, int, str], tuple[str, ...]]


def figures(
    instrument: str, title: str, result: Any, width: int = PHONE, total: str = "Nilai"
) -> tuple[str, ...]:
    """The result's figures as SVG; none where a figure would say no more than the table."""
    draw = _DRAWN.get(instrument)
    return draw(title, result, width, total) if draw else ()


def _scoring(title: str, result: Any, width: int, total: str) -> tuple[str, ...]:
    """The totals in the order of the end."""
    bars = [
        Bar(each.text, Fraction(each.total), number(each.total, result.decimals), strong=each.rank == 1)
        for each in result.order
    ]
    return (ranking(bars, title, width),) if bars else ()


def _weighting(title: str, result: Any, width: int, total: str) -> tuple[str, ...]:
    """The weights in percent, the heaviest first."""
    heaviest = sorted(result.criteria, key=lambda each: -Fraction(each.weight))
    bars = [
        Bar(each.title, Fraction(each.percent), f"{number(each.percent, 1)} %", strong=each is heaviest[0])
        for each in heaviest
    ]
    return (ranking(bars, title, width),) if bars else ()


def _pairwise(title: str, result: Any, width: int, total: str) -> tuple[str, ...]:
    """The matrix of each round."""
    return tuple(
        matrix([s.text for s in each.standings], each.wins, total, title, width) for each in result.rounds
    )


def _rings(title: str, result: Any, width: int, total: str) -> tuple[str, ...]:
    rings = [Ring(ring.name, tuple(item.text for item in ring.items)) for ring in result.rings]
    return (onion(rings, title, width),) if any(ring.texts for ring in rings) else ()


def _worksheet(title: str, result: Any, width: int, total: str) -> tuple[str, ...]:
    """A table whose rows hang on one another as a tree; any other is best read as a table."""
    if not any(row.depth for row in result.rows):
        return ()
    branches = [Branch(row.text, "; ".join(row.flags), row.depth) for row in result.rows]
    return (tree(branches, title, width),)


_DRAWN: Mapping[str, Draw] = {
    "scoring": _scoring,
    "weighting": _weighting,
    "pairwise": _pairwise,
    "rating_rings": _rings,
    "worksheet": _worksheet,
}
