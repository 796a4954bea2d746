"""A checked table as a sheet: totals and ranks computed by Excel's own formulas, beside those that were given."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from documents.language.wording import Wording
from documents.sheets.model import DECIMAL, TEXT, WHOLE, Cell, Column, Live, Row, Sheet, Workbook
from documents.sheets.results import RANKED, ROUNDED, WEIGHTS
from domain.formulas import written
from domain.table_check.check import Checked, Placed
from domain.table_check.methods import MULTIPLIED, WEIGHTED, Method

MOST_DECIMALS = 4


def workbook(wording: Wording, checked: Checked) -> Workbook:
    """The recomputed table in rank order."""
    title = wording.plain("checked_book.title")
    notes = (wording.plain("checked_book.note"),) if checked.has_totals or checked.has_ranks else ()
    keys = [f"k{number}" for number, _ in enumerate(checked.criteria, 1)]
    rows = tuple(_row(row, keys, checked) for row in checked.rows)
    above = (_weights(wording, checked),) if checked.method.kind == WEIGHTED else ()
    return Workbook(title, (Sheet(title, tuple(_columns(wording, checked, keys)), rows, above, notes),))


def _columns(wording: Wording, checked: Checked, keys: Sequence[str]) -> Iterator[Column]:
    yield Column("name", wording.plain("checked_book.name"))
    for at, (key, each) in enumerate(zip(keys, checked.criteria, strict=True)):
        yield Column(key, each.title, DECIMAL, _decimals(checked, at))
    yield Column("total", wording.plain("checked_book.total"), DECIMAL, checked.decimals)
    yield Column("rank", wording.plain("checked_book.rank"), WHOLE)
    if checked.has_totals:
        yield Column("given_total", wording.plain("checked_book.given_total"), TEXT)
    if checked.has_ranks:
        yield Column("given_rank", wording.plain("checked_book.given_rank"), TEXT)


def _decimals(checked: Checked, at: int) -> int:
    """As few as show every score of the column, and its weight, as they are."""
    numbers = [score for row in checked.rows if (score := row.scores[at]) is not None]
    numbers += [checked.method.factors[at]]
    exact = (places for places in range(MOST_DECIMALS) if all(round(n, places) == n for n in numbers))
    return next(exact, MOST_DECIMALS)


def _weights(wording: Wording, checked: Checked) -> Row:
    empty = [None] * (2 + checked.has_totals + checked.has_ranks)
    return Row((wording.plain("checked_book.weights"), *checked.method.factors, *empty), WEIGHTS)


def _row(row: Placed, keys: Sequence[str], checked: Checked) -> Row:
    scores = [text if score is None else score for score, text in zip(row.scores, row.written, strict=True)]
    rank = None if row.rank is None else Live(RANKED, row.rank)
    given = [row.given_total] * checked.has_totals + [row.given_rank] * checked.has_ranks
    return Row((row.name, *scores, _total(row, keys, checked.method), rank, *given))


def _total(row: Placed, keys: Sequence[str], method: Method) -> Cell:
    """A formula, unless a score is missing: then the total that was given stands."""
    if not method.is_computable or row.total is None or None in row.scores:
        return row.total
    cells = f"{{{keys[0]}..{keys[-1]}}}"
    weights = f"{{{WEIGHTS}/{keys[0]}..{keys[-1]}}},"
    summed = {WEIGHTED: f"SUMPRODUCT({weights}{cells})", MULTIPLIED: f"PRODUCT({cells})"}.get(
        method.kind, f"SUM({cells})"
    )
    divided = summed if method.divisor == Fraction(1) else f"{summed}/({written(method.divisor)})"
    return Live(f"ROUND({divided},{ROUNDED})", row.total)
