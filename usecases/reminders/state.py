"""A Pokja as the rules of reminders see it, brought together from the tables."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from domain.calendar.working_days import WorkingDays
from domain.follow_ups.board import subject as of_follow_up
from domain.meetings.attendance import subject as of_meeting
from domain.reminders.due import in_question
from domain.reminders.rules import Rules, read_rules
from domain.reminders.state import ACTIVITY, State, Subject, Waits
from domain.reminders.timeline import Course, course
from store import follow_ups, holidays, reminders
from store import reminder_facts as facts
from store.tables.core import Activity, Pokja
from usecases.activities.progress import missing
from usecases.library import Library

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
    """What one look finds: the state, the course in it, and the activities that close."""

    state: State
    course: Course
    closing: Sequence[Activity]


async def sight_of(session: AsyncSession, library: Library, pokja: Pokja, now: datetime) -> Sight:
    """All that decides who is reminded in that Pokja now, and what of it was said."""
    closing = await facts.closing(session, pokja.id)
    state = await _state(session, library, pokja, now, closing)
    at = course(state, now)
    said = await reminders.sent(session, in_question(state, now, at))
    return Sight(replace(state, sent=said), at, closing)


async def state_of(session: AsyncSession, library: Library, pokja: Pokja, now: datetime) -> State:
    """As in `sight_of`, but for what was said."""
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
        subjects=await _subjects(session, library, pokja, now, closing),
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
    """Everything that reminds somebody: tindak lanjut, meetings, activities that close."""
    return await _subjects(session, library, pokja, now, await facts.closing(session, pokja.id))


async def _subjects(
    session: AsyncSession, library: Library, pokja: Pokja, now: datetime, closing: Sequence[Activity]
) -> tuple[Subject, ...]:
    zone = ZoneInfo(pokja.zone)
    kept = await follow_ups.alive(session, pokja.id)
    coming = await facts.meetings(session, pokja.id, now)
    ids = [meeting.id for meeting in coming]
    invited, replies = await facts.invited(session, ids), await facts.replies(session, ids)
    meetings = [of_meeting(each, invited.get(each.id, ()), replies.get(each.id, ()), zone) for each in coming]
    activities = await _activities(session, library, pokja, zone, closing)
    return (*(of_follow_up(each.now) for each in kept), *meetings, *activities)


async def _activities(
    session: AsyncSession, library: Library, pokja: Pokja, zone: ZoneInfo, closing: Sequence[Activity]
) -> Sequence[Subject]:
    """Activities with a closing moment, waiting for those who haven't answered; earlier steps are over for them."""
    told = await reminders.deadlines_told(session, pokja.id) if closing else {}
    subjects = []
    for each in closing:
        since = max(each.opened_at, told.get(f"activity {each.id}", each.opened_at))
        waits = tuple(Waits(member.id, since) for member, _ in await missing(session, library, each))
        if each.closes_at is not None:
            day = each.closes_at.astimezone(zone).date()
            subjects.append(Subject(ACTIVITY, each.id, day, waits, each.closes_at))
    return subjects
