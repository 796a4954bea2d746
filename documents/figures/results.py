"""Figures of instruments' results, as they are fresh or as they are read back after they were kept.

A process file says what a result is drawn as (a `Figure`). `words` gives what a figure says itself (the
heads of two procedures, the names of four fields) by key; the title is what it shows.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Generic, TypeVar

from documents.figures import tables
from documents.figures.bars import Bar, ranking
from documents.figures.drawing import PHONE, height_of, pieces
from documents.figures.matrix import pairwise as matrix
from documents.figures.quadrants import Field, swot
from documents.figures.rings import Ring, legend, lines, onion
from documents.figures.tables import TABLES, Words
from documents.language.indonesian import number
from domain.instruments.cards.board import Board
from domain.instruments.pairwise import Ranking
from domain.instruments.rating_rings import Onion
from domain.instruments.scoring.board import Priorities
from domain.instruments.selection import Selection
from domain.instruments.weighting.board import Weights
from domain.process.figures import BARS, MATRIX, QUADRANTS, RINGS, Figure

Result = TypeVar("Result")
Draw = Callable[["Shown[Any]"], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Shown(Generic[Result]):
    """A result on its way into a drawing of `width` pixels."""

    figure: Figure
    title: str
    result: Result
    width: int
    highest: int
    words: Words


def figures(
    figure: Figure | None,
    instrument: str,
    title: str,
    result: Any,
    words: Words,
    width: int = PHONE,
    highest: int = 0,
) -> tuple[str, ...]:
    """The result's figures as SVG; none where nothing is drawn of it, or there is nothing to draw.

    One that would be higher than `highest` pixels (0: however high) is divided, if its parts tell something.
    """
    if figure is None:
        return ()
    if instrument == "worksheet":
        return tuple(TABLES[figure.kind](tables.Shown(figure, title, result, width, highest, words)))
    return _DRAWN[figure.kind, instrument](Shown(figure, title, result, width, highest, words))


def _scoring(shown: Shown[Priorities]) -> tuple[str, ...]:
    """The totals in the order of the end."""
    bars = [
        Bar(each.text, Fraction(each.total), number(each.total, shown.result.decimals), strong=each.rank == 1)
        for each in shown.result.order
    ]
    return _ranked(bars, shown)


def _weighting(shown: Shown[Weights]) -> tuple[str, ...]:
    """The weights in percent, the heaviest first."""
    heaviest = sorted(shown.result.criteria, key=lambda each: -Fraction(each.weight))
    bars = [
        Bar(each.title, Fraction(each.percent), f"{number(each.percent, 1)} %", strong=each is heaviest[0])
        for each in heaviest
    ]
    return _ranked(bars, shown)


def _selection(shown: Shown[Selection]) -> tuple[str, ...]:
    """The votes, what was chosen darker."""
    bars = [
        Bar(each.text, Fraction(each.value), str(each.value), strong=each.id in shown.result.chosen)
        for each in shown.result.order
    ]
    return _ranked(bars, shown)


def _ranked(bars: Sequence[Bar], shown: Shown[Any]) -> tuple[str, ...]:
    """The bars to one scale, in as many drawings as it takes."""
    return tuple(
        pieces(bars, lambda some: ranking(some, shown.title, shown.width, beside=bars), shown.highest)
    )


def _pairwise(shown: Shown[Ranking]) -> tuple[str, ...]:
    """The matrix of each round."""
    return tuple(
        matrix([s.text for s in each.standings], each.wins, shown.words("total"), shown.title, shown.width)
        for each in shown.result.rounds
    )


def _rings(shown: Shown[Onion]) -> tuple[str, ...]:
    rings = [Ring(ring.name, tuple(item.text for item in ring.items)) for ring in shown.result.rings]
    if not any(ring.texts for ring in rings):
        return ()
    whole = onion(rings, shown.title, shown.width)
    if not shown.highest or height_of(whole) <= shown.highest:
        return (whole,)
    told = pieces(lines(rings), lambda some: legend(some, shown.title, shown.width), shown.highest)
    return (onion(rings, shown.title, shown.width, told=False), *told)


def _cards(shown: Shown[Board]) -> tuple[str, ...]:
    """Four columns of cards as four fields: what was clustered by its cluster's name, the rest as it was written."""
    fields = [
        Field(
            each.column.title,
            (*(cluster.name for cluster in each.clusters), *(card.text for card in each.loose)),
        )
        for each in shown.result.columns
    ]
    return (swot(fields, shown.title, shown.width),) if any(field.texts for field in fields) else ()


_DRAWN: Mapping[tuple[str, str], Draw] = {
    (BARS, "scoring"): _scoring,
    (BARS, "weighting"): _weighting,
    (BARS, "selection"): _selection,
    (MATRIX, "pairwise"): _pairwise,
    (RINGS, "rating_rings"): _rings,
    (QUADRANTS, "cards"): _cards,
}
