"""What is said unasked about meetings, drawn when it is delivered, with the calendar's file."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy.ext.asyncio import AsyncSession

from bot.places import meetings as to
from bot.screen import Attachment, Button, Screen
from bot.screens.meetings import reply_keys
from bot.screens.painter import Painter, rows
from documents.calendar_file import CalendarMeeting, calendar
from documents.file_names import file_name
from domain.meetings.meeting import CANCELLED, Plan, calendar_marks
from usecases.meetings import minutes, notices
from usecases.meetings.outcomes import Notice

MEETING_LINK = "temu-"
"""What the payload of a link that shows a meeting begins with; its number follows."""

Draw = Callable[[AsyncSession, dict[str, Any]], Awaitable[Screen | None]]


class Clock(Protocol):
    """The time of the bot's world; always aware."""

    def now(self) -> datetime: ...


def kinds(painter: Painter, clock: Clock) -> Mapping[str, Draw]:
    """How rows of the outbox that are about a meeting are drawn."""

    async def draw(session: AsyncSession, payload: dict[str, Any]) -> Screen | None:
        notice = await minutes.told(session, payload)
        return None if notice is None else paint(painter, notice, clock.now())

    return {notices.FILE: draw}


def paint(painter: Painter, notice: Notice, now: datetime) -> Screen:
    """The message with its keys, and the file for the calendar where one belongs to it."""
    text = painter.wording.page(f"messages/{notice.page}", notice=notice, facts=notice.facts)
    keys = rows(*_keys(painter, notice))
    if not notice.file:
        return Screen(text, keys)
    plan = notice.facts.plan
    name = file_name(f"Pertemuan {plan.starts:%Y-%m-%d} {plan.title}", "ics")
    return Screen(text, keys, attachment=Attachment(name, _calendar(painter, notice, now)))


def _keys(painter: Painter, notice: Notice) -> Sequence[Sequence[Button]]:
    number = notice.facts.id
    if not notice.to:
        link = painter.start_link(f"{MEETING_LINK}{number}")
        return [[Button(painter.wording.plain("button.meeting_in_private"), url=link)]]
    if notice.written:
        return [[painter.button("minutes_open", to.MINUTES(number))], [painter.menu()]]
    if notice.cancelled:
        return [[painter.button("meetings_back", to.MEETINGS()), painter.menu()]]
    return [*reply_keys(painter, number), [painter.button("meeting_see", to.MEETING(number))]]


def _calendar(painter: Painter, notice: Notice, now: datetime) -> bytes:
    """The file; its UID is one of a kind among all bots' meetings."""
    facts, plan = notice.facts, notice.facts.plan
    meeting = replace(facts.meeting, state=CANCELLED) if notice.cancelled else facts.meeting
    return calendar(
        CalendarMeeting(
            marks=calendar_marks(meeting, notice.created, f"{painter.bot_username.lower()}.t.me"),
            title=f"{plan.title} – {facts.pokja}",
            begin=plan.starts,
            end=plan.ends,
            zone=facts.zone,
            stamp=now,
            place=plan.place or plan.link,
            description=_described(plan),
        )
    )


def _described(plan: Plan) -> str:
    lines = [f"{number}. {item.text}" for number, item in enumerate(plan.agenda, 1)]
    return "\n".join([*([plan.link] if plan.link else []), *lines])


def _opened(painter: Painter, facts: Mapping[str, Any]) -> list[list[Button]]:
    number = facts["meeting_id"]
    return [
        [painter.button("i_am_here", to.HERE(number))],
        [painter.button("meeting_see", to.MEETING(number))],
    ]


def _correction(painter: Painter, facts: Mapping[str, Any]) -> list[list[Button]]:
    return [[painter.button("corrections_open", to.CORRECTIONS(facts["meeting_id"]))]]


def _decided(painter: Painter, facts: Mapping[str, Any]) -> list[list[Button]]:
    return [[painter.button("minutes_open", to.MINUTES(facts["meeting_id"]))]]


KEYS: Mapping[str, Callable[[Painter, Mapping[str, Any]], list[list[Button]]]] = {
    "meeting_opened": _opened,
    "meeting_correction": _correction,
    "meeting_correction_decided": _decided,
}
"""The keys of ordinary messages about meetings."""
