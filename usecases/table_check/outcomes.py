"""What checking a table hands back."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.table_check.tables import Report
from usecases.outcomes import Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedTable(Outcome):
    """What was found. `kept_id` names the kept tables.

    `sheet` is that of a workbook; `others` were not looked at, nor were the `hidden` rows and columns.
    `long`: the message was as long as Telegram allows, so that the table's end may be missing.
    """

    kept_id: int
    report: Report
    sheet: str = ""
    others: Sequence[str] = ()
    hidden: Sequence[str] = ()
    long: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedBook(Outcome):
    """The recomputed tables, to be made a workbook of."""

    report: Report
