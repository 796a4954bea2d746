"""The question for a table to check: pasted as text, or sent as a file that has been read already."""

from dataclasses import dataclass
from typing import ClassVar

from domain.dialog.questions import Given, Question, Sent, Unreadable, Value
from domain.faults import Fault, Rejected
from domain.table_check import text as check_text
from domain.table_check.cells import Rows, plain
from domain.table_check.tables import check_all


@dataclass(frozen=True, slots=True, kw_only=True)
class SentTable(Sent):
    """A file with what was read of it: rows of its first sheet that can be checked, or why there are none.

    `others` are names of sheets that were not looked at, `hidden` those of rows and columns that nobody sees.
    """

    rows: Rows = ()
    sheet: str = ""
    others: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    fault: Fault | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Table(Question):
    """A table of weights and scores.

    The value is {"rows": cells as cells.py keeps them, "sheet": its name, "others": names, "hidden": names of rows
    and columns, "long": whether the message was as long as Telegram allows, so that its end may be missing}.
    """

    kind: ClassVar[str] = "table"
    takes_text: ClassVar[bool] = True

    def typed(self, text: str) -> Value:
        """The pasted table. Raises Rejected with why it can't be checked."""
        rows = check_text.read(text)
        check_all(rows)
        return _value(rows, is_long=len(text.encode("utf-16-le")) // 2 >= NEARLY_CUT)

    def read(self, given: Given) -> Value:
        """The table. Raises Rejected with what is wanted instead."""
        if isinstance(given, Unreadable):
            raise Rejected("check_not_this")
        return Question.read(self, given)

    def tapped(self, value: str) -> Value:
        """Raises Rejected: this question has no buttons."""
        return self.refuse_tap()

    def sent(self, file: Sent) -> Value:
        """The table of a file. Raises Rejected with why it can't be checked."""
        if not isinstance(file, SentTable):
            raise Rejected("check_picture" if file.picture else _other(file.name))
        if file.fault is not None:
            raise Rejected(file.fault.code, **file.fault.details)
        return _value(file.rows, sheet=file.sheet, others=file.others, hidden=file.hidden)


NEARLY_CUT = 4_000
"""Telegram parts longer messages than 4,096 characters into several, each of which comes alone."""


OTHERS = {".pdf": "check_pdf", ".doc": "check_word", ".docx": "check_word", ".odt": "check_word"}
"""What to do with files out of which a table can be copied, by their endings."""


def _other(name: str) -> str:
    kinds = (code for ending, code in OTHERS.items() if name.lower().endswith(ending))
    pictures = name.lower().endswith((".jpg", ".jpeg", ".png", ".heic", ".webp"))
    return next(kinds, "check_picture" if pictures else "check_other_file")


def _value(
    rows: Rows,
    *,
    sheet: str = "",
    others: tuple[str, ...] = (),
    hidden: tuple[str, ...] = (),
    is_long: bool = False,
) -> Value:
    kept = {"sheet": sheet, "others": list(others), "hidden": list(hidden), "long": is_long}
    return {"rows": plain(rows), **kept}
