"""Private chats: typed text, files, buttons. Each parses, calls one use case, shows what comes back."""

from collections.abc import Awaitable, Callable, Mapping
from io import BytesIO

import segno
from telegram import Message, Update

from bot.callbacks import Go, unpack
from bot.handlers import (
    awaited_file,
    beside,
    documents,
    meetings,
    routes,
    stationery,
    table_check,
    typed,
    workbooks,
)
from bot.places.activities import EXCEL
from bot.places.broadcasts import BESIDE
from bot.places.documents import DRAFT, FILE, FINAL, PAPER, SAMPLE
from bot.places.meetings import CODE
from bot.places.people import QR
from bot.places.table_check import WORKBOOK
from bot.screen import Attachment, Screen
from bot.turns import Explain, Turns, refusal
from domain.dialog.questions import Given, Sent, Typed, Unreadable
from domain.faults import Fault, Rejected
from usecases import incoming
from usecases.documents.stationery import form
from usecases.outcomes import Outcome, Said
from usecases.people.outcomes import Invited
from usecases.table_check import check
from usecases.work import Work


async def on_button(turns: Turns, update: Update) -> None:
    """Any button. Data that isn't ours is explained; a button in a group is never acted on."""
    query = update.callback_query
    assert query is not None
    if query.message is None or query.message.chat.type != "private":
        fault = refusal(Rejected("only_in_private").fault)
        await turns.telegram.answer(query.id, turns.toast(fault), alert=True)
        return
    try:
        press = unpack(query.data or "")
    except Rejected as rejected:
        await turns.telegram.answer(query.id, turns.toast(refusal(rejected.fault)), alert=True)
        return
    if isinstance(press, Go) and press.place in SENDING:
        await SENDING[press.place](turns, update, press)
    else:
        await turns.press(
            update, press, lambda work: routes.follow(work, press), lambda work: routes.again(work, press)
        )


async def _send_qr(turns: Turns, update: Update, press: Go) -> None:
    """The invitation as a picture to put on a screen."""
    query = update.callback_query
    assert query is not None

    async def invite(work: Work) -> Outcome:
        return await QR.follow(work, press)

    invited, _ = await turns.perform(update, invite, invite)
    await turns.telegram.answer(query.id, turns.toast(invited), alert=isinstance(invited, Said))
    if not isinstance(invited, Invited):
        return
    picture = BytesIO()
    segno.make(turns.painter.start_link(invited.code), error="m").save(
        picture, kind="png", scale=12, border=3
    )
    caption = turns.painter.wording.page("screens/qr", invited=invited)
    attachment = Attachment("undangan.png", picture.getvalue(), picture=True)
    await turns.telegram.show(query.from_user.id, Screen(caption, attachment=attachment))


SENDING: Mapping[str, Callable[[Turns, Update, Go], Awaitable[None]]] = {
    QR.name: _send_qr,
    EXCEL.name: workbooks.send_form,
    DRAFT.name: documents.order,
    FINAL.name: documents.order,
    PAPER.name: documents.show_card,
    FILE.name: beside.show,
    SAMPLE.name: stationery.send_sample,
    WORKBOOK.name: table_check.send_workbook,
    CODE.name: meetings.send_code,
    BESIDE.name: beside.show,
}
"""Places that do more than change the message they were pressed on."""


async def on_text(turns: Turns, update: Update) -> None:
    """Whatever else is sent: it answers the question that has the focus, or is met with what would help."""
    message = update.message
    assert message is not None
    given, filed = given_in(message), None
    is_file = message.document is not None or bool(message.photo)
    taking = await awaited_file.form_taking_files(turns, message.chat.id) if is_file else ""
    if taking == form.NAME:
        given = await stationery.read(turns, given)
    if message.document and taking == check.NAME:
        given = await table_check.read(turns, message.document, given)
    elif workbooks.is_workbook(message.document) and not taking:
        filed = await workbooks.outcome_of(turns, update)
    if filed:
        await say(turns, update, filed)
        return

    async def explain(work: Work, fault: Fault) -> Outcome:
        return await incoming.refused(work, given, fault)

    await say(turns, update, lambda work: typed.take(work, given), explain=explain)


def given_in(message: Message) -> Given:
    """What a message gives: text, a file, or something no question takes."""
    if message.text is not None:
        return Typed(message.text)
    if message.document is not None:
        document = message.document
        return Sent(
            document.file_id,
            document.file_name or "berkas",
            document.mime_type or "",
            document.file_size or 0,
            caption=message.caption or "",
        )
    if message.photo:
        largest = message.photo[-1]
        size, caption = largest.file_size or 0, message.caption or ""
        return Sent(largest.file_id, "foto.jpg", "image/jpeg", size, picture=True, caption=caption)
    return Unreadable("sticker" if message.sticker else "other")


async def say(
    turns: Turns,
    update: Update,
    usecase: Callable[[Work], Awaitable[Outcome]],
    again: Callable[[Work], Awaitable[Outcome]] = typed.where_i_am,
    explain: Explain | None = None,
) -> None:
    """What comes of it, at the end of the chat."""
    chat = update.effective_chat
    assert chat is not None
    outcome, stale = await turns.perform(update, usecase, again, explain=explain)
    await turns.say(chat.id, outcome, stale)
