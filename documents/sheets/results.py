"""Results of instruments as sheets: the same numbers as in the bot, recalculated by Excel's own formulas.

Each function takes a result as its instrument gives it, or as it is read back after it was kept (exact numbers as
text), and gives its sheets.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from documents.language.indonesian import letter
from documents.sheets import votes
from documents.sheets.model import (
    DATE,
    DECIMAL,
    MONEY,
    PERCENTS,
    SHARE,
    TEXT,
    WHOLE,
    Column,
    Live,
    Row,
    Sheet,
    Value,
    excel_formula,
    plain_cell,
)
from documents.sheets.votes import numbered
from domain.formulas import Formula
from domain.instruments import pairwise as pairs
from domain.instruments.scoring import rounds
from domain.instruments.scoring.board import Priorities
from domain.instruments.weighting.board import Weighed, Weights
from domain.instruments.worksheet import columns as filled
from domain.instruments.worksheet.table import Row as FilledRow
from domain.instruments.worksheet.table import Table

KINDS: Mapping[str, str] = {"number": DECIMAL, "money": MONEY, "date": DATE, "percent": PERCENTS}
"""Excel's kind of a worksheet's column, by its kind or, of a computed one, by its look; all others are text."""

ROUNDED = 10
"""Decimals that sums are rounded to, or two equal ones would differ in Excel's binary fractions and lose their tie."""


RANKED, WEIGHTS = votes.RANKED, "bobot"


def from_result(instrument: str, title: str, result: object) -> tuple[Sheet, ...]:
    """The result's sheets; none for an instrument that calculates nothing."""
    write = _WRITERS.get(instrument)
    return write(title, result) if write else ()


def worksheet(title: str, result: Table) -> tuple[Sheet, ...]:
    """A filled-in table: computed columns as formulas, totals, marks."""
    columns = [_column(each, total) for each, total in zip(result.columns, result.totals, strict=True)]
    marked = bool(result.flags)
    rows = tuple(Row((*_cells(result.columns, row), *_marks(row, marked))) for row in result.rows)
    marks = [Column("tanda:", "Tanda")] if marked else []
    return (Sheet(title, (*columns, *marks), rows),)


def scoring(title: str, result: Priorities) -> tuple[Sheet, ...]:
    """Each round: weights above, mean scores, Σ bobot × skor and rank computed live; then the order in the end."""
    made = tuple(_round(title, result, each) for each in result.rounds)
    return (*made, _order(title, result)) if len(made) > 1 or result.steps else made


def weighting(title: str, result: Weights) -> tuple[Sheet, ...]:
    """Mean importance and the weight it gives; beside it the agreed weight where the group changed it."""
    total = sum((Fraction(each.mean) for each in result.criteria), Fraction(0))
    adjusted = [Column("sepakat", "Bobot yang disepakati", SHARE, total=True)] if result.adjustment else []
    columns = (
        Column("kriteria", "Kriteria"),
        Column("rata", "Rata-rata", DECIMAL, total=True),
        Column("bobot", "Bobot", SHARE, total=True),
        *adjusted,
    )
    formula = "{rata}/SUM({rata:all})" if total else "0"
    rows = tuple(
        Row(
            (
                each.title,
                Fraction(each.mean),
                Live(formula, Fraction(each.counted) / 100),
                *_agreed(each, adjusted),
            )
        )
        for each in result.criteria
    )
    return (Sheet(title, columns, rows),)


def pairwise(title: str, result: pairs.Ranking) -> tuple[Sheet, ...]:
    """The matrix of each round: how often the row was put before the column, its sum and its rank."""
    return tuple(_matrix(title, each) for each in result.rounds)


def _column(column: filled.Column, total: object) -> Column:
    kind = KINDS.get(column.look if column.kind == "computed" else column.kind, TEXT)
    title = f"{column.title} ({column.unit})" if column.unit else column.title
    return Column(column.key, title, kind, column.decimals, total is not None)


def _cells(columns: Sequence[filled.Column], row: FilledRow) -> Iterator[Value | Live]:
    for column, cell in zip(columns, row.cells, strict=True):
        computed = column.kind == "computed" and cell is not None
        yield Live(excel_formula(_formula(column.formula)), cell) if computed else plain_cell(cell)


def _formula(formula: Sequence[object]) -> Formula:
    return tuple(_formula(part) if isinstance(part, tuple | list) else part for part in formula)


def _marks(row: FilledRow, marked: bool) -> tuple[str, ...]:
    return ("; ".join(row.flags),) if marked else ()


def _agreed(weighed: Weighed, adjusted: Sequence[Column]) -> tuple[Fraction, ...]:
    return (Fraction(weighed.weight),) if adjusted else ()


def _round(title: str, result: Priorities, found: rounds.Round) -> Sheet:
    """One round. Where its totals came from earlier scorings there are no means to compute them from."""
    name = f"{title} – putaran {found.number}" if len(result.rounds) > 1 else title
    scored = all(row.means for row in found.rows) and bool(result.criteria)
    keys = [f"k{number}" for number in range(1, len(result.criteria) + 1)] if scored else []
    columns = (
        Column("pilihan", "Yang dinilai"),
        *(Column(key, each.title, DECIMAL) for key, each in zip(keys, result.criteria, strict=False)),
        Column("total", "Σ bobot × skor" if scored else "Nilai", DECIMAL, result.decimals),
        Column("peringkat", "Peringkat", WHOLE),
    )
    rows = tuple(_scored(row, keys) for row in found.rows)
    return Sheet(name, columns, rows, (_weights(result, keys),) if keys else ())


def _weights(result: Priorities, keys: Sequence[str]) -> Row:
    weights = [Fraction(each.weight) for each in result.criteria]
    together = Live(f"SUM({{{WEIGHTS}/{keys[0]}..{keys[-1]}}})", sum(weights, Fraction(0)))
    return Row(("Bobot", *weights, together, None), WEIGHTS)


def _scored(row: rounds.Row, keys: Sequence[str]) -> Row:
    total = Fraction(row.total)
    if not keys:
        return Row((row.text, total, Live(RANKED, row.rank)))
    cells = f"{{{WEIGHTS}/{keys[0]}..{keys[-1]}}},{{{keys[0]}..{keys[-1]}}}"
    computed_total = Live(f"ROUND(SUMPRODUCT({cells}),{ROUNDED})", total)
    return Row((row.text, *(Fraction(mean) for mean in row.means), computed_total, Live(RANKED, row.rank)))


def _order(title: str, result: Priorities) -> Sheet:
    """The order in the end, after ties were settled."""
    columns = (
        Column("peringkat", "Peringkat", WHOLE),
        Column("pilihan", "Yang dinilai"),
        Column("total", "Nilai putaran 1", DECIMAL, result.decimals),
    )
    rows = tuple(Row((each.rank, each.text, Fraction(each.total))) for each in result.order)
    return Sheet(f"{title} – urutan akhir", columns, rows)


def _matrix(title: str, found: pairs.Round) -> Sheet:
    keys = [f"m{number}" for number in range(1, len(found.standings) + 1)]
    columns = (
        Column("huruf", "Kode"),
        Column("pilihan", "Pilihan"),
        *(Column(key, letter(at), WHOLE) for at, key in enumerate(keys)),
        Column("total", "Nilai", WHOLE),
        Column("peringkat", "Peringkat", WHOLE),
    )
    summed = f"SUM({{{keys[0]}..{keys[-1]}}})" if keys else "0"
    rows = tuple(
        Row(
            (
                letter(at),
                each.text,
                *_wins(found.wins[at], at),
                Live(summed, each.value),
                Live(RANKED, each.rank),
            )
        )
        for at, each in enumerate(found.standings)
    )
    return Sheet(numbered(title, found.number), columns, rows)


def _wins(row: Sequence[int], own: int) -> Iterator[int | None]:
    """The row without the cell where the item meets itself."""
    return (None if at == own else wins for at, wins in enumerate(row))


_WRITERS: Mapping[str, Callable[[str, Any], tuple[Sheet, ...]]] = {
    "worksheet": worksheet,
    "scoring": scoring,
    "weighting": weighting,
    "pairwise": pairwise,
    "agreement": votes.agreement,
    "selection": votes.selection,
    "checklist": votes.checklist,
    "rating_rings": votes.rating_rings,
}
