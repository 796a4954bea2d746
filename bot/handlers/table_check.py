"""Where the keys of the table check lead, and how a file that was sent for it becomes an answer."""

from collections.abc import Awaitable, Callable, Mapping

from telegram import Document, Update

from bot.callbacks import Go
from bot.handlers import workbooks
from bot.turns import Turns
from documents.excel.table_reading import TEXT_ENDINGS, FoundTable, read_table
from domain.dialog.questions import Given, Sent
from domain.faults import Rejected
from domain.table_check.question import SentTable
from usecases.outcomes import Outcome
from usecases.table_check import check
from usecases.work import Work

FILE = "check_excel"

PLACES: Mapping[str, Callable[[Work, Go], Awaitable[Outcome]]] = {
    "check": lambda work, press: check.ask(work),
    FILE: lambda work, press: check.book(work, press.id),
}


async def send_file(turns: Turns, update: Update, press: Go) -> None:
    """The recomputed table goes to the end of the chat."""
    await workbooks.send_made(turns, update, lambda work: PLACES[FILE](work, press))


async def read(turns: Turns, document: Document, given: Given) -> Given:
    """The file with the table in it, or with why there is none; a file of another kind as it is."""
    is_text = (document.file_name or "").lower().endswith(TEXT_ENDINGS)
    if not isinstance(given, Sent) or not (is_text or workbooks.is_workbook(document)):
        return given
    sent = (given.file_id, given.name, given.mime, given.size)
    try:
        found: FoundTable = await workbooks.fetch(turns, document, read_table)
    except Rejected as rejected:
        return SentTable(*sent, fault=rejected.fault)
    return SentTable(*sent, rows=found.rows, sheet=found.sheet, others=found.others)
