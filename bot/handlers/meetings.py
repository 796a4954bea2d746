"""Meetings in the chat: the links that open one or check in, and the code as a picture."""

import logging
import re

from telegram import Update

from bot import screens
from bot.callbacks import Go
from bot.places.meetings import CODE
from bot.screens.meeting_notices import MEETING_LINK
from bot.screens.meetings_live import CHECK_IN
from bot.transport.undeliverable import Undeliverable
from bot.turns import Turns
from usecases.meetings import attendance, live, meeting
from usecases.meetings.outcomes import MeetingCode
from usecases.outcomes import Note, Nothing, Outcome, Said
from usecases.work import Work

log = logging.getLogger(__name__)

TYPED = re.compile(r"(?:hadir-)?(?P<code>[0-9]{6})", re.ASCII)
"""A code for checking in, typed instead of scanned."""


async def opened(work: Work, argument: str) -> Outcome | None:
    """What a link of ours opens: 'temu-12' a meeting, 'hadir-402715' checks in; None for any other."""
    number = argument.removeprefix(MEETING_LINK)
    if argument.startswith(MEETING_LINK) and number.isdecimal() and len(number) < 10:  # noqa: PLR2004 - row numbers
        return await meeting.card(work, int(number))
    if argument.startswith(CHECK_IN) and len(argument) == len(CHECK_IN) + live.LENGTH:
        return await attendance.come_by_code(work, argument.removeprefix(CHECK_IN))
    return None


def payload_in(text: str) -> str:
    """The payload of a check-in code that was typed; empty where there is none."""
    found = TYPED.fullmatch(text.strip())
    return f"{CHECK_IN}{found['code']}" if found else ""


async def send_code(turns: Turns, update: Update, press: Go) -> None:
    """The code goes to the end of the chat as a picture; the live screen stays where it is."""
    query = update.callback_query
    assert query is not None

    outcome, _ = await turns.perform(
        update, lambda work: CODE.follow(work, press), lambda work: CODE.look_again(work, press)
    )
    toast = Nothing(note=Note("code_sending")) if isinstance(outcome, MeetingCode) else outcome
    await turns.telegram.answer(query.id, turns.toast(toast), alert=isinstance(outcome, Said))
    if not isinstance(outcome, MeetingCode):
        return
    try:
        await turns.telegram.show(query.from_user.id, screens.paint(turns.painter, outcome))
    except Undeliverable as undeliverable:
        log.warning("a code could not be delivered: %s", undeliverable.trouble.kind)
