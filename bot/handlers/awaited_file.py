"""Which form takes the file that is sent now, be it even an Excel file that would elsewhere be a form come back."""

from collections.abc import Mapping
from typing import Final

from bot.turns import Turns
from store import drafts
from usecases.answering import dialog
from usecases.documents.stationery import form
from usecases.table_check import check
from usecases.work import Actor

TAKING_FILES: Final[Mapping[str, str]] = {
    "broadcast": "what",
    check.NAME: check.TABLE,
    form.NAME: form.LOGO,
}
"""Forms with a question that takes any file: its key."""


async def form_taking_files(turns: Turns, telegram_id: int) -> str:
    """The name of the form that has the focus and waits for such an answer; an empty text for none."""
    async with turns.database.reading() as session:
        work = turns.work_for(session, Actor(telegram_id, ""))
        here = await dialog.on_screen(work)
        draft = await drafts.find(session, here.ref.id) if here is not None and here.ref.kind == "f" else None
    if here is None or draft is None or draft.form not in TAKING_FILES:
        return ""
    key = TAKING_FILES[draft.form]
    return draft.form if here.key == key or (here.key is None and key not in draft.answers) else ""
