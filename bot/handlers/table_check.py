"""The table check in the chat: the recomputed table as a file, and a file that was sent as an answer."""

from telegram import Document, Update

from bot.callbacks import Go
from bot.handlers import workbooks
from bot.places.table_check import WORKBOOK
from bot.turns import Turns
from documents.excel.table_reading import TEXT_ENDINGS, FoundTable, read_table
from domain.dialog.questions import Given, Sent
from domain.faults import Rejected
from domain.table_check.question import SentTable


async def send_workbook(turns: Turns, update: Update, press: Go) -> None:
    """The recomputed table goes to the end of the chat."""
    await workbooks.send_made(turns, update, lambda work: WORKBOOK.follow(work, press))


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
    return SentTable(*sent, rows=found.rows, sheet=found.sheet, others=found.others, hidden=found.hidden)
