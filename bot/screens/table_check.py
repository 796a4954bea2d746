"""Screens of the check of a table: what was found, the recomputed table, the same as a workbook."""

from collections.abc import Iterator
from dataclasses import replace

from bot.places import table_check as to
from bot.screen import Attachment, Screen
from bot.screens.painter import Painted, Painter, rows
from documents.chat import render
from documents.excel.writer import excel
from documents.file_names import file_name
from documents.sheets.checking import workbook
from domain.table_check.check import Checked
from usecases.table_check.outcomes import CheckedBook, CheckedTable

MOST_FINDINGS, MOST_ROWS = 15, 40
"""What is told of in the chat; the rest is counted, and stands in the file."""


def checked(painter: Painter, shown: CheckedTable) -> Screen:
    """What is wrong, then the table as it should be, for each table in turn; the keys are below the last."""
    *before, last = [
        screen
        for at, table in enumerate(shown.report.tables)
        for screen in _of_one(painter, shown, table, at)
    ]
    keys = rows(
        [painter.button("check_excel", to.WORKBOOK(shown.kept_id))],
        [painter.button("check_again", to.CHECK()), painter.menu()],
    )
    first, *others = [*before, replace(last, keyboard=keys)]
    return replace(first, more=tuple(others))


def _of_one(painter: Painter, shown: CheckedTable, table: Checked, at: int) -> Iterator[Screen]:
    """What is wrong with a table; as it should be, where it has totals."""
    count = len(shown.report.tables)
    facts = {"shown": shown, "checked": table, "at": at + 1, "count": count, "is_last": at + 1 == count}
    yield painter.page("checked", **facts, most=MOST_FINDINGS)
    if all(row.total is None for row in table.rows):
        return
    document = painter.wording.page("documents/checked", checked=table, most=MOST_ROWS)
    for piece in render.rich_pieces(document):
        yield Screen("\n\n".join(render.plain_pieces(piece)), rich=piece)


def book(painter: Painter, shown: CheckedBook) -> Screen:
    """The recomputed tables as a file; making it takes a while, and belongs into a thread."""
    title = painter.wording.plain("checked_book.title")
    content = excel(workbook(painter.wording, *shown.report.tables))
    return Screen("", attachment=Attachment(file_name(title, "xlsx"), content))


PAINTED: Painted = {
    CheckedTable: checked,
    CheckedBook: book,
}
