"""Where the buttons of meetings lead, and the links that open or check in."""

import logging
import re
from collections.abc import Awaitable, Callable, Mapping

from telegram import Update

from bot import screens
from bot.callbacks import Go
from bot.screens.meetings_live import CHECK_IN
from bot.screens.meetings_told import MEETING_LINK
from bot.transport.sending import Undeliverable
from bot.turns import Turns
from usecases.answering import dialog, forms
from usecases.meetings import (
    agenda,
    attendance,
    changing,
    closing,
    corrections,
    inviting,
    lists,
    live,
    materials,
    meeting,
    minutes,
    replying,
)
from usecases.meetings.inviting import preview
from usecases.meetings.outcomes import MeetingCode
from usecases.outcomes import Note, Nothing, Outcome, Said
from usecases.work import Work

log = logging.getLogger(__name__)

Place = Callable[[Work, Go], Awaitable[Outcome]]


def _form(name: str, **subject: Callable[[Go], object]) -> Place:
    """A place that begins a form; `subject` tells which part of the button names what."""

    async def begin(work: Work, press: Go) -> Outcome:
        about = {key: part(press) for key, part in subject.items()}
        return await dialog.show(work, await forms.begin(work, name, **about))

    return begin


def _number(press: Go) -> int:
    return press.id


def _more(press: Go) -> int:
    return press.more


def _word(press: Go) -> str:
    return press.word


def _zero(press: Go) -> int:
    return 0


_deputy = _form("meeting_came", meeting=_number, member=_more)
_who = _form("meeting_material", meeting=_zero, material=_number)


async def _conductor_here(work: Work, press: Go) -> Outcome:
    """Whoever conducts checks in without leaving the screen of the meeting."""
    return await live.view(work, press.id, (await attendance.come(work, press.id)).note)


async def _attend(work: Work, press: Go) -> Outcome:
    if press.word == attendance.BY_DEPUTY:
        return await _deputy(work, press)
    return await attendance.mark(work, press.id, press.more, press.word)


async def _material(work: Work, press: Go) -> Outcome:
    if press.word == materials.WHO:
        return await _who(work, press)
    if press.word == materials.DROP:
        return await materials.drop(work, press.id)
    return await materials.tick(work, press.id)


def _page(press: Go) -> int:
    return int(press.word) if press.word.isdecimal() and len(press.word) < 4 else 0  # noqa: PLR2004 - pages are few


PLACES: Mapping[str, Place] = {
    "meetings": lambda work, press: lists.listing(work, press.more),
    "topic_meetings": lambda work, press: lists.of_topic(work, press.id - 1, press.more),
    "meeting": lambda work, press: meeting.card(work, press.id, manage=bool(press.more)),
    "plan_meeting": _form("meeting", topic=lambda press: press.id - 1),
    "meeting_edit": _form("meeting_change", meeting=_number, what=_word),
    "meeting_preview": lambda work, press: preview(work, press.id),
    "meeting_announce": lambda work, press: changing.announce(work, press.id),
    "meeting_cancel": _form("meeting_cancel", meeting=_number),
    "agenda": lambda work, press: agenda.view(work, press.id, press.more),
    "agenda_up": lambda work, press: agenda.move(work, press.id, press.more, -1),
    "agenda_down": lambda work, press: agenda.move(work, press.id, press.more, 1),
    "agenda_drop": lambda work, press: agenda.drop(work, press.id, press.more),
    "agenda_edit": _form("agenda_item", meeting=_number, key=_more, what=_word),
    "agenda_send": _form("agenda_send", meeting=_number),
    "invitees": lambda work, press: inviting.view(work, press.id, press.more),
    "invitee": lambda work, press: inviting.toggle(work, press.id, press.more, _page(press)),
    "guest": _form("meeting_guest", meeting=_number, member=_more),
    "invite_more": _form("meeting_invite", meeting=_number),
    "materials": lambda work, press: materials.view(work, press.id, press.word),
    "meeting_material": _material,
    "material_add": _form("meeting_material", meeting=_number, material=_zero),
    "meeting_yes": lambda work, press: replying.coming(work, press.id),
    "meeting_no": _form("meeting_no", meeting=_number),
    "meeting_deputy": _form("meeting_deputy", meeting=_number),
    "meeting_replies": lambda work, press: replying.view(work, press.id),
    "meeting_open": lambda work, press: live.start(work, press.id),
    "conductor_here": _conductor_here,
    "meeting_here": lambda work, press: attendance.come(work, press.id),
    "live": lambda work, press: live.view(work, press.id),
    "tick": lambda work, press: live.tick(work, press.id, press.more),
    "quorum": _form("meeting_quorum", meeting=_number),
    "attendance": lambda work, press: attendance.view(work, press.id, press.word, press.more),
    "attend": _attend,
    "point": lambda work, press: minutes.point(work, press.id, press.more, drop=press.word == "drop"),
    "minute": _form("minute", meeting=_number, item=_more, kind=_word),
    "minute_edit": _form("minute_rewrite", entry=_number),
    "minute_drop": lambda work, press: minutes.strike(work, press.id),
    "meeting_give": _form("meeting_follow_up", meeting=_number, item=_more),
    "meeting_close": _form("meeting_close", meeting=_number),
    "minutes": lambda work, press: minutes.view(work, press.id),
    "correct": _form("minute_correction", meeting=_number),
    "corrections": lambda work, press: corrections.listing(work, press.id),
    "correction": lambda work, press: corrections.one(work, press.id),
    "take": _form("correction_take", correction=_number),
    "refuse": _form("correction_refuse", correction=_number),
    "finalise": lambda work, press: closing.finalise(work, press.id),
}

DONE_AT: Mapping[str, str] = {
    "meeting_announce": "meeting",
    "agenda_up": "agenda",
    "agenda_down": "agenda",
    "agenda_drop": "agenda",
    "invitee": "invitees",
    "meeting_yes": "meeting",
    "meeting_open": "live",
    "meeting_here": "meeting",
    "tick": "live",
    "attend": "attendance",
    "meeting_material": "meetings",
    "minute_drop": "meetings",
    "finalise": "minutes",
}
"""As in routes: where it can be seen that what changes something is done."""

TYPED = re.compile(r"(?:\S*[?&]start=)?(?:hadir-)?(?P<code>[0-9]{6})", re.ASCII)
"""A code for checking in, or the whole link of it, typed instead of scanned."""


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

    async def usecase(work: Work) -> Outcome:
        return await live.code(work, press.id, renew=bool(press.more))

    async def again(work: Work) -> Outcome:
        return await live.code(work, press.id)

    outcome, _ = await turns.perform(update, usecase, again)
    toast = Nothing(note=Note("code_sending")) if isinstance(outcome, MeetingCode) else outcome
    await turns.telegram.answer(query.id, turns.toast(toast), alert=isinstance(outcome, Said))
    if not isinstance(outcome, MeetingCode):
        return
    try:
        await turns.telegram.show(query.from_user.id, screens.paint(turns.painter, outcome))
    except Undeliverable as undeliverable:
        log.warning("a code could not be delivered: %s", undeliverable.trouble.kind)
