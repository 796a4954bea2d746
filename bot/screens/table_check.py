"""Screens of the check of a table: what was found, the recomputed table, the same as a workbook."""

from dataclasses import replace

from bot.places import table_check as to
from bot.screen import Attachment, Screen
from bot.screens.painter import Painted, Painter, rows
from documents.chat import render
from documents.excel.writer import excel
from documents.file_names import file_name
from documents.sheets.checking import workbook
from usecases.table_check.outcomes import CheckedBook, CheckedTable

MOST_FINDINGS, MOST_ROWS = 15, 40
"""What is told of in the chat; the rest is counted, and stands in the file."""


def checked(painter: Painter, shown: CheckedTable) -> Screen:
    """What is wrong, then the table as it should be; the keys are below it."""
    told = painter.page("checked", shown=shown, most=MOST_FINDINGS)
    document = painter.wording.page("documents/checked", shown=shown, most=MOST_ROWS)
    *first, last = [
        Screen("\n\n".join(render.plain_pieces(piece)), rich=piece) for piece in render.rich_pieces(document)
    ]
    keys = rows(
        [painter.button("check_excel", to.WORKBOOK(shown.kept_id))],
        [painter.button("check_again", to.CHECK()), painter.menu()],
    )
    return replace(told, more=(*first, replace(last, keyboard=keys)))


def book(painter: Painter, shown: CheckedBook) -> Screen:
    """The recomputed table as a file; making it takes a while, and belongs into a thread."""
    title = painter.wording.plain("checked_book.title")
    content = excel(workbook(painter.wording, shown.checked))
    return Screen("", attachment=Attachment(file_name(title, "xlsx"), content))


PAINTED: Painted = {
    CheckedTable: checked,
    CheckedBook: book,
}
