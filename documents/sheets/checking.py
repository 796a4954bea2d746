"""A checked table as a sheet: totals and ranks computed by Excel's own formulas, beside those that were given."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from documents.language.wording import Wording
from documents.sheets.model import (
    DECIMAL,
    SHARE,
    TEXT,
    WHOLE,
    Cell,
    Column,
    Live,
    Row,
    Sheet,
    Workbook,
    excel_formula,
)
from documents.sheets.results import RANKED, ROUNDED, WEIGHTS
from domain.formulas import NAME, NUMBER, Formula, names, written
from domain.table_check.check import Checked, Placed
from domain.table_check.columns import RUN, SUM
from domain.table_check.head_formulas import key as named
from domain.table_check.methods import MULTIPLIED, WEIGHTED, Method

MOST_DECIMALS = 4
TOTAL = "total"


def workbook(wording: Wording, *tables: Checked) -> Workbook:
    """The recomputed tables, each on a sheet."""
    title = wording.plain("checked_book.title")
    return Workbook(title, tuple(_sheet(wording, title, each) for each in tables))


def _sheet(wording: Wording, title: str, checked: Checked) -> Sheet:
    """A table in rank order; with cumulative sums in its own."""
    notes = (wording.plain("checked_book.note"),) if checked.has_totals or checked.has_ranks else ()
    keys = _keys(checked)
    ordered = sorted(checked.rows, key=lambda row: row.number) if _runs(checked) else checked.rows
    rows = tuple(_row(row, keys, checked) for row in ordered)
    above = (_weights(wording, checked),) if checked.method.kind == WEIGHTED else ()
    return Sheet(title, tuple(_columns(wording, checked)), rows, above, notes)


def _keys(checked: Checked) -> dict[str, str]:
    """The columns of the sheet by their names in formulas."""
    criteria = {named(each.place): f"k{number}" for number, each in enumerate(checked.criteria, 1)}
    extras = {named(each.place): f"x{each.place}" for each in checked.extras}
    total = {named(checked.total_place): TOTAL} if checked.total_place is not None else {}
    return total | extras | criteria


def _runs(checked: Checked) -> bool:
    formulas = [each.formula for each in checked.extras] + [checked.method.formula]
    return any(name.startswith(RUN) for formula in formulas if formula for name in names(formula))


def _columns(wording: Wording, checked: Checked) -> Iterator[Column]:
    yield Column("name", wording.plain("checked_book.name"))
    for at, each in enumerate(checked.criteria):
        yield Column(f"k{at + 1}", each.title, DECIMAL, _decimals(checked, at))
    for at, extra in enumerate(checked.extras):
        yield Column(
            f"x{extra.place}", extra.title, DECIMAL, _fitting([row.extras[at] for row in checked.rows])
        )
    total = wording.plain("checked_book.total")
    decimals = max(0, checked.decimals - 2 * checked.percent)
    yield Column(TOTAL, total, SHARE if checked.percent else DECIMAL, decimals)
    yield Column("rank", wording.plain("checked_book.rank"), WHOLE)
    if checked.has_totals:
        yield Column("given_total", wording.plain("checked_book.given_total"), TEXT)
    if checked.has_ranks:
        yield Column("given_rank", wording.plain("checked_book.given_rank"), TEXT)


def _decimals(checked: Checked, at: int) -> int:
    """As few as show every score of the column, and its weight, as they are."""
    weight = checked.method.factors[at] if checked.method.factors else None
    return _fitting([weight, *(row.scores[at] for row in checked.rows)])


def _fitting(cells: Sequence[Fraction | str | None]) -> int:
    """As few decimals as show all these numbers as they are, within bounds."""
    numbers = [cell for cell in cells if isinstance(cell, Fraction)]
    exact = (places for places in range(MOST_DECIMALS) if all(round(n, places) == n for n in numbers))
    return next(exact, MOST_DECIMALS)


def _weights(wording: Wording, checked: Checked) -> Row:
    empty = [None] * (len(checked.extras) + 2 + checked.has_totals + checked.has_ranks)
    return Row((wording.plain("checked_book.weights"), *checked.method.factors, *empty), WEIGHTS)


def _row(row: Placed, keys: Mapping[str, str], checked: Checked) -> Row:
    scores = [text if score is None else score for score, text in zip(row.scores, row.written, strict=True)]
    extras = [
        Live(_live(each.formula, keys), value) if each.formula and isinstance(value, Fraction) else value
        for each, value in zip(checked.extras, row.extras, strict=True)
    ]
    rank = None if row.rank is None else Live(RANKED, row.rank)
    given = [row.given_total] * checked.has_totals + [row.given_rank] * checked.has_ranks
    return Row((row.name, *scores, *extras, _total(row, keys, checked.method), rank, *given))


def _total(row: Placed, keys: Mapping[str, str], method: Method) -> Cell:
    """A formula, unless a score is missing: then the total that was given stands."""
    if not method.is_computable or row.total is None or None in row.scores:
        return row.total
    if method.formula is not None:
        return Live(_live(method.formula, keys), row.total)
    cells = f"{{k1..k{len(row.scores)}}}"
    weights = f"{{{WEIGHTS}/k1..k{len(row.scores)}}},"
    summed = {WEIGHTED: f"SUMPRODUCT({weights}{cells})", MULTIPLIED: f"PRODUCT({cells})"}.get(
        method.kind, f"SUM({cells})"
    )
    divided = summed if method.divisor == Fraction(1) else f"{summed}/({written(method.divisor)})"
    return Live(f"ROUND({divided},{ROUNDED})", row.total)


def _live(formula: Formula, keys: Mapping[str, str]) -> str:
    return f"ROUND({_excel(formula, keys)},{ROUNDED})"


def _excel(formula: Formula, keys: Mapping[str, str]) -> str:
    """The formula over the sheet's own columns."""
    sign, *parts = formula
    if sign == NUMBER:
        return excel_formula(formula)
    if sign != NAME:
        inner = [_excel(part, keys) for part in parts]
        return f"({sign.join(inner)})" if len(inner) > 1 else f"({sign}{inner[0]})"
    key = keys[parts[0].rpartition(".")[2]]
    return {SUM: f"SUM({{{key}:all}})", RUN: f"SUM({{{key}:above}})"}.get(
        parts[0][: parts[0].find(".") + 1], f"{{{key}}}"
    )
