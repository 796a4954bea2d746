"""What is told besides the findings: what had to be assumed, and what could not be checked."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

from domain.formulas import written
from domain.table_check.cells import Cell
from domain.table_check.derived import Derived, unknown_columns
from domain.table_check.findings import (
    ComputedRow,
    is_importance,
    is_part,
    rounded_rows,
    weight_together,
)
from domain.table_check.grid import Grid
from domain.table_check.layout import WHOLE, Layout
from domain.table_check.methods import FORMULA, MEAN, MULTIPLIED, SUM, UNKNOWN, WEIGHTED, Way
from domain.table_check.numbers import ENGLISH, INDONESIAN, Writing, is_doubtful, read
from domain.table_check.ranks import COMPETITION, RankCheck


@dataclass(frozen=True, slots=True)
class Remark:
    """Something that was assumed, or could not be checked; the sentence for `code` is in the templates."""

    code: str
    details: dict[str, object] = field(default_factory=dict)


def remarks(
    table: Layout, way: Way, ranks: RankCheck, derived: tuple[Derived, ...], used: Collection[int]
) -> Iterator[Remark]:
    """What is to be told of a table; `used` are the columns that others were computed from."""
    yield from _weight_remarks(table, way)
    known = {table.titles[at] for at in used} | {each.title for each in derived}
    unknown = () if _are_scores(way) else unknown_columns(table, derived)
    if unused := tuple(each for each in table.unused if each not in known and each not in unknown):
        yield Remark("unused", {"columns": unused})
    if unknown:
        yield Remark("unknown_columns", {"columns": unknown})
    yield from _missing(table, ranks, ranked=_are_scores(way) or table.rank is not None)


def _are_scores(way: Way) -> bool:
    """Whether the totals are made of scores, so that a column of percents may be one as well."""
    return way.method.kind in {WEIGHTED, SUM, MEAN, MULTIPLIED, FORMULA}


def doubts(found: Grid, writing: Writing) -> Iterator[Remark]:
    """A number that can be read in two ways, with the one that was taken."""
    if doubtful := _doubtful(found):
        other = ENGLISH if writing == INDONESIAN else INDONESIAN
        yield Remark(
            "doubtful",
            {"given": doubtful, "read": _read(doubtful, writing), "not_read": _read(doubtful, other)},
        )


def roundings(rows: tuple[ComputedRow, ...]) -> Iterator[Remark]:
    """Rows whose totals hold only because their scores were rounded."""
    if names := rounded_rows(rows):
        yield Remark("rounded", {"rows": names})


def any_filled(cells: Iterable[Cell | None]) -> bool:
    """Whether something stands in any of them: an empty column is one that was to be filled in."""
    return any(cell is not None and not cell.is_empty() for cell in cells)


def _weight_remarks(table: Layout, way: Way) -> Iterator[Remark]:
    together = weight_together(table)
    if (is_importance(table) or is_part(table)) and together not in {1, WHOLE}:
        yield Remark("importance", {"together": together})
    if any(each.weight and each.weight.value < 0 for each in table.criteria):
        costs = (each.title for each in table.criteria if each.weight and each.weight.value < 0)
        yield Remark("costs", {"columns": tuple(costs)})
    if table.is_weighted and way.method.kind not in {WEIGHTED, FORMULA, UNKNOWN}:
        yield Remark("forgotten", {"kind": way.method.kind})


def _missing(table: Layout, ranks: RankCheck, *, ranked: bool) -> Iterator[Remark]:
    compares = table.total is not None or table.rank is not None or table.is_weighted
    if compares and not any_filled(line.total for line in table.lines):
        yield Remark("no_totals")
    if compares and not any_filled(line.rank for line in table.lines):
        yield from [Remark("no_ranks")] if ranked else []
    elif compares and not ranks.checked:
        yield Remark("unranked")
    if ranks.style != COMPETITION:
        yield Remark("style", {"style": ranks.style})


def _doubtful(found: Grid) -> str:
    """A number that could be read in two ways, as written; an empty text where there is none."""
    cells = (cell for row in found.rows for cell in row.cells if cell.number is None)
    return next((cell.text for cell in cells if is_doubtful(cell.text)), "")


def _read(text: str, writing: Writing) -> str:
    """The number without any sign between its thousands."""
    number = read(text, writing)
    return written(number.value).replace(".", ",") if number else text
