"""A Pokja as the rules of reminders see it, brought together from the tables."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from domain.calendar.working_days import WorkingDays
from domain.reminders.due import in_question
from domain.reminders.rules import Rules, read_rules
from domain.reminders.state import State, Subject
from domain.reminders.timeline import Timeline, timeline
from store import holidays, reminders
from store import reminder_facts as facts
from store.tables.core import Activity, Pokja
from usecases.library import Library
from usecases.reminders.kinds.base import Look
from usecases.reminders.kinds.registry import subjects

SPAN = timedelta(days=366)
"""Around today, days off are known this far at least."""


def rules_of(pokja: Pokja) -> Rules:
    """Its rules; what it hasn't set is as usual."""
    return read_rules(pokja.rules or {})


def working_days(today: date) -> WorkingDays:
    """The days off around a day."""
    return _working_days((today - SPAN).year, (today + SPAN).year)


@lru_cache(maxsize=16)
def _working_days(first: int, last: int) -> WorkingDays:
    return holidays.working_days(date(first, 1, 1), date(last, 12, 31))


@dataclass(frozen=True, slots=True)
class Sight:
    """What one look finds: the state, its timeline, and the activities that close."""

    state: State
    timeline: Timeline
    closing: Sequence[Activity]


async def sight_of(session: AsyncSession, library: Library, pokja: Pokja, now: datetime) -> Sight:
    """All that decides who is reminded in that Pokja now, and what of it was said."""
    closing = await facts.closing(session, pokja.id)
    state = await _state(session, library, pokja, now, closing)
    at = timeline(state, now)
    said = await reminders.sent(session, in_question(state, now, at))
    return Sight(replace(state, sent=said), at, closing)


async def state_of(session: AsyncSession, library: Library, pokja: Pokja, now: datetime) -> State:
    """The state as in `sight_of`, but without the reasons sent before."""
    return await _state(session, library, pokja, now, await facts.closing(session, pokja.id))


async def _state(
    session: AsyncSession, library: Library, pokja: Pokja, now: datetime, closing: Sequence[Activity]
) -> State:
    zone = ZoneInfo(pokja.zone)
    today = now.astimezone(zone).date()
    circle = await facts.circle(session, pokja.id)
    return State(
        pokja=pokja.id,
        rules=rules_of(pokja),
        zone=zone,
        days=working_days(today),
        subjects=await subjects(Look(session, library, pokja, now, closing)),
        ketua=circle.ketua,
        absences=await facts.absences(session, pokja.id, today),
        snoozes=await facts.snoozes(session, pokja.id),
        unreachable=circle.unreachable,
        report_since=_report_since(pokja, zone),
    )


def _report_since(pokja: Pokja, zone: ZoneInfo) -> datetime | None:
    if pokja.group_chat_id is None or pokja.report_since is None:
        return None
    return datetime.combine(pokja.report_since, time(0), zone)


async def subjects_of(
    session: AsyncSession, library: Library, pokja: Pokja, now: datetime
) -> tuple[Subject, ...]:
    """Everything that reminds somebody."""
    return await subjects(Look(session, library, pokja, now, await facts.closing(session, pokja.id)))
