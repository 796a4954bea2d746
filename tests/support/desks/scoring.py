"""Sheets to score on, and complete ballots on them."""

from fractions import Fraction
from typing import Any

from documents.language.wording import wording
from domain.instruments.base import Sheet
from domain.instruments.scoring.board import Settings
from domain.instruments.scoring.criteria import Criterion
from domain.instruments.scoring.instrument import Scoring
from tests.support.driving import sheet

SCORING, WORDING = Scoring(), wording()
NAMES = ("Pipa baru", "Meter air", "Loket keliling", "Sumur", "Tarif")


def criteria(*weights: int) -> tuple[Criterion, ...]:
    return tuple(
        Criterion(f"k{n}", f"Kriteria {n}", weight=Fraction(each)) for n, each in enumerate(weights, 1)
    )


def to_score(count: int = 3, weights: tuple[int, ...] = (1, 1), **settings: Any) -> Sheet[Settings]:
    """So many items, with a criterion for each weight."""
    return sheet(Settings(criteria(*weights), **settings), *NAMES[:count])


def scored(*rows: tuple[int, ...], number: int = 1, ids: str = "12345") -> dict[str, int]:
    """A complete ballot: for each item its scores on the criteria."""
    return {
        f"{number}:{item}.k{criterion}": score
        for item, row in zip(ids, rows, strict=False)
        for criterion, score in enumerate(row, 1)
    }
