"""What is typed: a command's argument, a code wherever one is, or else the answer to what is on the screen."""

import re
from dataclasses import replace

from bot.handlers import meetings
from bot.screens.messages import RESULT_LINK
from domain.dialog.questions import Given, Typed
from domain.faults import Rejected
from store import people
from store.meetings import runs_with_code
from usecases import incoming, menu
from usecases.activities import results
from usecases.answering import dialog, forms
from usecases.answering.tasks import TaskRef
from usecases.meetings.outcomes import MeetingCard
from usecases.outcomes import Note, Outcome, Said
from usecases.people import groups, joining
from usecases.work import Work

LINK = re.compile(r"\S*[?&]start=(?P<payload>[\w-]+)", re.ASCII)
"""A link of ours, typed or sent on instead of opened."""
INVITATION = re.compile(r"[\w-]{16}", re.ASCII)
"""An invitation's code: 12 random bytes in URL-safe base 64."""


async def start(work: Work, argument: str) -> Outcome:
    """/start alone, with an invitation code, or with a task to open ('ta5')."""
    await groups.reached(work, work.actor.telegram_id, "started")
    if ours := await meetings.opened(work, argument):
        return ours
    number = argument.removeprefix(RESULT_LINK)
    if number != argument and number.isdecimal() and len(number) < 10:  # noqa: PLR2004 - row numbers
        return await results.view(work, int(number))
    if argument.startswith("t") and len(argument) < 8:  # noqa: PLR2004 - invitation codes are 16 long
        return await dialog.show(work, TaskRef.parse(argument[1:]))
    if argument in {"", "menu"}:
        return await menu.show(work)
    opened = await joining.open_link(work, argument)
    return await dialog.show(work, opened) if isinstance(opened, TaskRef) else opened


async def cancel(work: Work, argument: str) -> Outcome:
    """/batal throws away the form that is being filled in."""
    here = await dialog.on_screen(work)
    return (
        await forms.cancel(work, here.ref)
        if here and here.ref.kind == "f"
        else await menu.show(work, Note("nothing_to_cancel"))
    )


async def where_i_am(work: Work) -> Outcome:
    """The question that is on the screen, or the menu."""
    here = await dialog.on_screen(work)
    return await (dialog.show(work, here.ref, here.key or "") if here else menu.show(work))


async def take(work: Work, given: Given) -> Outcome:
    """A code is acted on, whatever is being asked; anything else answers what is on the screen."""
    payload = await _payload(work, given.text.strip()) if isinstance(given, Typed) else ""
    return await (_follow(work, payload) if payload else incoming.take(work, given))


async def _payload(work: Work, text: str) -> str:
    """What a code or a link stands for; empty where the text is none. A mere number or word is one if it is known."""
    link = LINK.fullmatch(text)
    if link:
        return link["payload"]
    if code := meetings.payload_in(text):
        is_code = not text.isdecimal() or await runs_with_code(work.session, text, (await work.user()).id)
        return code if is_code or await dialog.on_screen(work) is None else ""
    if INVITATION.fullmatch(text):
        known = await people.is_invitation(work.session, text)
        return text if known or await dialog.on_screen(work) is None else ""
    return ""


async def _follow(work: Work, payload: str) -> Outcome:
    """What the code does; then the question that was on the screen is there again."""
    here = await dialog.on_screen(work)
    if here is None:
        return await start(work, payload)
    try:
        async with work.session.begin_nested():
            outcome = await start(work, payload)
    except Rejected as rejected:
        return await _again(work, Note(f"fault.{rejected.fault.code}", rejected.fault.details))
    if isinstance(outcome, Said):
        return await _again(work, Note(f"said.{outcome.code}", outcome.details))
    is_done = outcome.note is not None and isinstance(outcome, MeetingCard | menu.Menu)
    return await _again(work, outcome.note) if is_done else outcome


async def _again(work: Work, note: Note | None) -> Outcome:
    work.forget_where()
    try:
        return replace(await where_i_am(work), note=note)
    except Rejected:  # what was asked there is over
        return await menu.show(work, note)
