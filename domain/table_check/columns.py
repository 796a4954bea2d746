"""What formulas over the columns of a table give, exactly, and within the rounding of what they are made of.

A formula (domain.formulas) names columns by their places: 'c3' is the cell of the row, 'sum.c3' the sum of the column,
'run.c3' the sum from the first row down to this one.
"""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from itertools import accumulate
from operator import add, mul, sub
from typing import Final

from domain.formulas import NAME, NUMBER, Formula, evaluate
from domain.table_check.numbers import Number

HALF: Final = Fraction(1, 2)
LEAST_ROUNDED: Final = 2
"""Decimals from which on a typed number is taken for a rounded one: 3 and 3,5 are scores that people give."""

LARGEST: Final = 10**15
"""Numbers beyond it are no scores any more, and more than a spreadsheet computes exactly."""

SUM, RUN = "sum.", "run."
Bounds = tuple[Fraction, Fraction]


MOST_STEPS: Final = 15_000
"""Computed cells after which no further way is tried: a table is answered in time, whatever its size and shape."""


class Columns:
    """The numbers of a table by row and place. Sums of a column of shares (`rough`) are sums of rounded numbers."""

    def __init__(self, rows: Sequence[Sequence[Number | None]], rough: frozenset[int] = frozenset()) -> None:
        self._rows, self._rough = rows, rough
        self._steps = 0
        self._runs: dict[tuple[int, bool], list[Fraction] | None] = {}

    @property
    def is_spent(self) -> bool:
        """Whether so much was computed that no further way is to be tried."""
        return self._steps > MOST_STEPS

    def exact(self, formula: Formula, row: int) -> Fraction | None:
        """What the formula gives in that row; None where a number is missing, too large, or divides by zero."""
        self._steps += 1
        found = evaluate(formula, lambda name: self._value(name, row, half=False))
        return found if found is not None and abs(found) < LARGEST else None

    def slack(self, formula: Formula, row: int) -> Fraction:
        """How far from it the true value can be, where numbers that were typed had been rounded."""
        found = _bounds(formula, lambda name: self._around(name, row))
        exact = self.exact(formula, row)
        return max(found[1] - exact, exact - found[0]) if found and exact is not None else Fraction(0)

    def of_cells(self, formula: Formula, cells: Sequence[Number | None]) -> Fraction | None:
        """What the formula gives with other cells, as of a row of sums, in place of a row's."""

        def value(name: str) -> Fraction | None:
            if name.startswith((SUM, RUN)):
                return self._value(name, len(self._rows) - 1, half=False)
            number = cells[int(name[1:])]
            return number.value if number else None

        return evaluate(formula, value)

    def _around(self, name: str, row: int) -> Bounds | None:
        value, half = self._value(name, row, half=False), self._value(name, row, half=True)
        return None if value is None or half is None else (value - half, value + half)

    def _value(self, name: str, row: int, *, half: bool) -> Fraction | None:
        """The number of that name, or half a unit of its last decimal."""
        place = int(name.rpartition("c")[2])
        if not name.startswith((SUM, RUN)):
            return self._cell(row, place, half=half)
        if (place, half) not in self._runs:
            self._runs[place, half] = self._run(place, half=half)
        run = self._runs[place, half]
        return run[-1 if name.startswith(SUM) else row] if run else None

    def _run(self, place: int, *, half: bool) -> list[Fraction] | None:
        rough = place in self._rough
        values = [self._cell(row, place, half=half, rough=rough) for row in range(len(self._rows))]
        known = [value for value in values if value is not None]
        return list(accumulate(known)) if len(known) == len(values) else None

    def _cell(self, row: int, place: int, *, half: bool, rough: bool = False) -> Fraction | None:
        number = self._rows[row][place]
        if number is None:
            return None
        return rounding(number, rough=rough) if half else number.value


def rounding(number: Number, *, rough: bool = False) -> Fraction:
    """Half a unit of the last decimal; 3 and 3,5 are scores that people give, 3,33 is what is left of 3,3333."""
    if number.kept or number.decimals is None or (0 <= number.decimals < LEAST_ROUNDED and not rough):
        return Fraction(0)
    return HALF / Fraction(10) ** number.decimals


def written_out(formula: Formula, titles: Mapping[str, str]) -> str:
    """The formula as people write it: 'C × A × R × L', '(A + 2 × B) × C', 'Nilai ÷ Σ Nilai × 100'."""
    return _written(formula, titles, 0)


_SIGNS: Mapping[str, tuple[str, int]] = {"+": (" + ", 1), "-": (" − ", 1), "*": (" × ", 2), "/": (" ÷ ", 2)}


def _written(formula: Formula, titles: Mapping[str, str], inside: int) -> str:
    sign, *parts = formula
    if sign == NAME:
        return _named(parts[0], titles)
    if sign == NUMBER:
        return str(parts[0]).replace(".", ",")
    text, rank = _SIGNS[sign]
    if len(parts) == 1:
        return text.strip() + _written(parts[0], titles, rank + 1)
    second = rank + (sign in {"-", "/"})
    said = _written(parts[0], titles, rank) + text + _written(parts[1], titles, second)
    return f"({said})" if rank < inside else said


def _named(name: str, titles: Mapping[str, str]) -> str:
    title = titles.get(name.rpartition(".")[2], "") or "kolom tanpa judul"
    return {SUM: "Σ ", RUN: "kumulatif "}.get(name[: name.find(".") + 1], "") + title


def _bounds(formula: Formula, around: Callable[[str], Bounds | None]) -> Bounds | None:
    """Between what the value lies; None where a part is missing, or what it is divided by may be zero."""
    sign, *parts = formula
    if sign == NAME:
        return around(parts[0])
    if sign == NUMBER:
        return (Fraction(parts[0]),) * 2
    found = [_bounds(part, around) for part in parts]
    known = [each for each in found if each is not None]
    return _combined(sign, *known) if len(known) == len(found) else None


_COMPUTE: Mapping[str, Callable[[Fraction, Fraction], Fraction]] = {"+": add, "-": sub, "*": mul}


def _combined(sign: str, one: Bounds, other: Bounds = (Fraction(0), Fraction(0))) -> Bounds | None:
    if sign == "/":
        return None if other[0] <= 0 <= other[1] else _combined("*", one, (1 / other[1], 1 / other[0]))
    corners = [_COMPUTE[sign](a, b) for a in one for b in other]
    return min(corners), max(corners)
