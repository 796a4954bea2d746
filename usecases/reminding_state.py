"""A Pokja as the rules of reminders see it, brought together from the tables."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from domain import roles
from domain.followups_board import subject as of_follow_up
from domain.instruments.registry import INSTRUMENTS
from domain.meetings_people import subject as of_meeting
from domain.reminders_rules import Rules, read_rules
from domain.reminders_state import ACTIVITY, State, Subject, Waits
from domain.working_days import WorkingDays
from store import activities, followups, holidays, people, reminding
from store.activities import MOVES
from store.tables import Activity, Membership, Pokja, User
from usecases.library import Library
from usecases.scenes import asked, read_moves

SPAN = timedelta(days=366)
"""Around today, days off are known this far at least."""


def rules_of(pokja: Pokja) -> Rules:
    """Its rules; what it hasn't set is as usual."""
    return read_rules(pokja.rules or {})


def working_days(today: date) -> WorkingDays:
    """The days off around a day."""
    return holidays.working_days(today - SPAN, today + SPAN)


async def state_of(session: AsyncSession, library: Library, pokja: Pokja, now: datetime) -> State:
    """All that decides who is reminded in that Pokja now."""
    zone = ZoneInfo(pokja.zone)
    today = now.astimezone(zone).date()
    subjects = await subjects_of(session, library, pokja, now)
    chair = await people.members(session, pokja.id, roles=frozenset({roles.KETUA}))
    numbers: defaultdict[str, list[int]] = defaultdict(list)
    for each in subjects:
        numbers[each.kind].append(each.id)
    return State(
        pokja=pokja.id,
        rules=rules_of(pokja),
        zone=zone,
        days=working_days(today),
        subjects=subjects,
        ketua=tuple(member.id for member, _ in chair),
        absences=await reminding.absences(session, pokja.id, today),
        snoozes=await reminding.snoozes(session, pokja.id),
        unreachable=await reminding.unreachable(session, pokja.id),
        sent=await reminding.sent(session, pokja.id, numbers, now),
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
    zone = ZoneInfo(pokja.zone)
    kept = await followups.of_pokja(session, pokja.id, only_live=True)
    coming = await reminding.meetings(session, pokja.id, now)
    ids = [meeting.id for meeting in coming]
    invited, replies = await reminding.invited(session, ids), await reminding.replies(session, ids)
    meetings = [of_meeting(each, invited.get(each.id, ()), replies.get(each.id, ()), zone) for each in coming]
    closing = await _closing(session, library, pokja, zone)
    return (*(of_follow_up(each.now) for each in kept), *meetings, *closing)


async def _closing(
    session: AsyncSession, library: Library, pokja: Pokja, zone: ZoneInfo
) -> Sequence[Subject]:
    """Activities with a closing moment, waiting for those who haven't answered; earlier steps are over for them."""
    found = await reminding.closing(session, pokja.id)
    told = await reminding.deadlines_told(session, pokja.id) if found else {}
    subjects = []
    for each in found:
        since = max(each.opened_at, told.get(f"activity {each.id}", each.opened_at))
        waits = tuple(Waits(member.id, since) for member, _ in await missing(session, library, each))
        if each.closes_at is not None:
            day = each.closes_at.astimezone(zone).date()
            subjects.append(Subject(ACTIVITY, each.id, day, waits, each.closes_at))
    return subjects


async def missing(
    session: AsyncSession, library: Library, activity: Activity
) -> Sequence[tuple[Membership, User]]:
    """Those whose answers an activity asks for and hasn't got in full."""
    frame = await library.frame(session, activity.id, activity.revision)
    ballots = await activities.answers(session, activity.id)
    moves = read_moves(ballots.pop(MOVES, {}))
    sheet = frame.drawn.sheet(frame.spec.settings, moves, activity.opened_at.date())
    instrument = INSTRUMENTS[frame.spec.instrument]
    everyone = await asked(session, activity, frame.spec)
    return [pair for pair in everyone if not instrument.done(sheet, ballots.get(pair[0].id, {}))]
