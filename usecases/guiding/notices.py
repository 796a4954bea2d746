"""Tells whoever guides what waits, once; what was done before the message went is not said any more."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from domain import roles
from domain.calendar.work_calendar import OfficeHours
from domain.guiding.steps import CLOSE, PAUSE, Step, Telling, all_steps, of_activity
from store import outbox, people, reminder_facts
from store.outbox import Message
from store.tables.core import Activity, Membership, Pokja, User
from usecases.answering.outcomes import Finished
from usecases.guiding.situation import situation, standing
from usecases.library import Library
from usecases.notifying import URGENT
from usecases.reminders.state import rules_of, working_days
from usecases.work import Work

KIND = "step"
"""The kind of outbox row that tells a step."""


@dataclass(frozen=True, slots=True)
class Told:
    """A step as it still waits when its message goes."""

    step: Step
    pokja: str


async def after_answering(work: Work, finished: Finished) -> Finished:
    """Once everybody has answered: whoever guides has the next step below the thanks, or is told of it."""
    ballot = finished.task.ballot
    activity = await work.session.get_one(Activity, finished.task.ref.id)
    now_at = await standing(work.session, work.library, activity)
    step = next((step for step in of_activity(now_at, work.now) if step.kind is CLOSE), None)
    if step is None:
        return finished
    if ballot.role in roles.FACILITATORS:
        return replace(finished, onward=step)
    await _queue(work, await work.session.get_one(Pokja, ballot.pokja_id), [step])
    return finished


async def due(session: AsyncSession, library: Library, pokja_id: int, now: datetime) -> Sequence[Step]:
    """The steps of a Pokja that are to be told now and were not told before."""
    pokja = await session.get_one(Pokja, pokja_id)
    hours = _hours(pokja, now)
    found = [
        step for step in all_steps(await situation(session, library, pokja, now)) if _is_due(step, hours, now)
    ]
    known = await outbox.known(session, [_reason(pokja, step) for step in found])
    return [step for step in found if _reason(pokja, step) not in known]


async def tell(work: Work, pokja_id: int) -> None:
    """Queues what is due; safe to call at any time, from several processes."""
    steps = await due(work.session, work.library, pokja_id, work.now)
    await _queue(work, await work.session.get_one(Pokja, pokja_id), steps)


async def told(
    session: AsyncSession, library: Library, payload: Mapping[str, Any], now: datetime
) -> Told | None:
    """What a row of the outbox says, or None where nothing of it waits any more."""
    pokja = await session.get_one(Pokja, payload["pokja_id"])
    found = await situation(session, library, pokja, now)
    step = next((step for step in all_steps(found) if step.key == payload["key"]), None)
    return Told(step, pokja.name) if step is not None else None


def _is_due(step: Step, hours: OfficeHours, now: datetime) -> bool:
    telling = step.kind.telling
    if telling is Telling.AT_ONCE:
        return True
    if telling is Telling.NEVER or not hours.allows(now):
        return False
    if telling is Telling.AFTER_A_PAUSE:
        return hours.days.plus(hours.local_day(step.since), PAUSE) <= hours.local_day(now)
    return telling is Telling.IN_HOURS or hours.next_opening(step.since) <= now


def _reason(pokja: Pokja, step: Step) -> str:
    return f"pokja {pokja.id} step {step.key}"


def _hours(pokja: Pokja, now: datetime) -> OfficeHours:
    rules, zone = rules_of(pokja), ZoneInfo(pokja.zone)
    return OfficeHours(working_days(now.astimezone(zone).date()), zone, rules.opens, rules.closes)


async def _queue(work: Work, pokja: Pokja, steps: Sequence[Step]) -> None:
    messages = [
        Message(
            _reason(pokja, step),
            user.telegram_id,
            KIND,
            {"key": step.key, "pokja_id": pokja.id},
            work.now,
            priority=URGENT,
            pokja_id=pokja.id,
        )
        for step in steps
        if (user := await _addressee(work, pokja, step)) is not None
    ]
    work.has_news = await outbox.queue(work.session, messages) > 0 or work.has_news


async def _addressee(work: Work, pokja: Pokja, step: Step) -> User | None:
    """Whose business it is: who began it, else the Ketua, else another who may; the first who is there."""
    guides = await people.members(work.session, pokja.id, roles=step.kind.roles)
    absent = await _absent(work, pokja)
    ranked = sorted(guides, key=lambda pair: (pair[0].id in absent, _distance(pair[0], step)))
    return ranked[0][1] if ranked else None


def _distance(member: Membership, step: Step) -> tuple[bool, bool]:
    return member.id != step.guide, member.role != roles.KETUA


async def _absent(work: Work, pokja: Pokja) -> frozenset[int]:
    today = work.today(pokja.zone)
    away = await reminder_facts.absences(work.session, pokja.id, today)
    circle = await reminder_facts.circle(work.session, pokja.id)
    return frozenset(each.who for each in away if each.first <= today) | circle.unreachable
