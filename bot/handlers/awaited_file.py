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
        ref = await dialog.focused(work, telegram_id)
        draft = await drafts.find(session, ref.id) if ref is not None and ref.kind == "f" else None
    if draft is None or TAKING_FILES.get(draft.form, "") in {"", *draft.answers}:
        return ""
    return draft.form
