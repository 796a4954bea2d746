"""Excel files in private chats: sending a form, taking one that comes back.

Nothing is downloaded or read inside a transaction, and nothing is read on the loop's own thread.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from telegram import Document, Update

from bot import screens
from bot.callbacks import Go
from bot.places.activities import EXCEL
from bot.transport.undeliverable import Undeliverable
from bot.turns import Turns, actor_of
from documents.excel.package import MOST_BYTES
from documents.excel.reading import read_form
from domain.faults import Fault, Rejected
from usecases.activities import excel_import
from usecases.outcomes import Note, Nothing, Outcome, Said
from usecases.work import Work

log = logging.getLogger(__name__)

ENDINGS = (".xlsx", ".xls", ".xlsm", ".xlsb", ".xltx", ".xltm", ".csv", ".tsv", ".ods", ".numbers")
MIMES = (
    "application/vnd.ms-excel",
    "application/vnd.openxmlformats-officedocument.spreadsheetml",
    "text/csv",
)
READERS = ThreadPoolExecutor(max_workers=2, thread_name_prefix="excel")
"""Two at a time: reading holds the interpreter, and taps come first."""

UseCase = Callable[[Work], Awaitable[Outcome]]
Read = TypeVar("Read")


def is_workbook(document: Document | None) -> bool:
    """Whether it looks like something made with Excel."""
    if document is None:
        return False
    return (document.file_name or "").lower().endswith(ENDINGS) or (document.mime_type or "").startswith(
        MIMES
    )


async def send_form(turns: Turns, update: Update, press: Go) -> None:
    """Sends the Excel form of a tabel isian."""
    await send_made(turns, update, lambda work: EXCEL.follow(work, press))


async def send_made(turns: Turns, update: Update, usecase: UseCase) -> None:
    """A workbook goes to the end of the chat; the message that was pressed stays as it is."""
    query = update.callback_query
    assert query is not None
    outcome, _ = await turns.perform(update, usecase, usecase)
    refused = isinstance(outcome, Said)
    toast = outcome if refused else Nothing(note=Note("excel_sending"))
    await turns.telegram.answer(query.id, turns.toast(toast), alert=refused)
    if not refused:
        loop = asyncio.get_running_loop()
        screen = await loop.run_in_executor(READERS, screens.paint, turns.painter, outcome)
        try:
            await turns.telegram.show(query.from_user.id, screen)
        except Undeliverable as undeliverable:
            log.warning("a workbook could not be delivered: %s", undeliverable.trouble.kind)


async def outcome_of(turns: Turns, update: Update) -> UseCase | None:
    """What to do with a workbook that was sent; None where an open question waits for a file."""
    message = update.message
    assert message is not None
    assert message.document is not None
    try:
        if not await _admit(turns, update):
            return None
        sent = await fetch(turns, message.document, read_form)
    except Rejected as rejected:
        return _refusing(rejected.fault)
    return lambda work: excel_import.take(work, sent)


async def _admit(turns: Turns, update: Update) -> bool:
    return await turns.database.run(
        lambda session: excel_import.admit(turns.work_for(session, actor_of(update)))
    )


async def fetch(turns: Turns, document: Document, read: Callable[[bytes, str], Read]) -> Read:
    """Downloads the workbook and reads it. Raises Rejected."""
    if (document.file_size or 0) > MOST_BYTES:
        raise Rejected("excel_too_big", most_mb=MOST_BYTES // 1_000_000)
    try:
        content = await turns.telegram.file_content(document.file_id, most_bytes=MOST_BYTES)
    except Undeliverable as undeliverable:
        log.warning("a workbook could not be fetched: %s", undeliverable.trouble.kind)
        raise Rejected("excel_lost") from undeliverable
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(READERS, read, content, document.file_name or "")


def _refusing(fault: Fault) -> UseCase:
    async def refuse(work: Work) -> Outcome:
        raise Rejected(fault.code, **fault.details)

    return refuse
