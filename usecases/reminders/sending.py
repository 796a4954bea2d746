"""Reminding: what the rules say is due goes into the outbox, each reason once; the database is what remembers."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from domain import roles
from domain.reminders import due
from domain.reminders.state import GROUP, Message, Reminder, State, hours_of
from store import outbox, people
from store import reminders as store_reminders
from store.tables.core import Activity, Outgoing, Pokja, User
from store.tables.reminders import SnoozeRow
from usecases import notifying
from usecases.library import Library
from usecases.outcomes import Note, Nothing
from usecases.reminders.kinds.registry import pokja_of
from usecases.reminders.state import Sight, sight_of, state_of
from usecases.work import Work

LINE = tuple(each.name for each in fields(Reminder))
TOMORROW = 1
"""A snooze is this many working days long."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """Whether there is something to do now, and the next moment at which there will be (None: never)."""

    is_due: bool
    wake: datetime | None


async def look(session: AsyncSession, library: Library, pokja_id: int, now: datetime) -> Outlook:
    """What `remind` would find; changes nothing."""
    pokja = await session.get(Pokja, pokja_id)
    if pokja is None:
        return Outlook(is_due=False, wake=None)
    sight = await sight_of(session, library, pokja, now)
    late = await outbox.expired(session, now, pokja_id, lock=False)
    over = await _overrun(session, sight, now)
    is_due = bool(due.due(sight.state, now, sight.timeline) or late or over or _report_is_unset(pokja))
    return Outlook(is_due, _next_wake(sight, now))


async def remind(work: Work, pokja_id: int) -> datetime | None:
    """Queues what is due in a Pokja and was not said before; returns the next moment to look, or None.

    Safe to call at any time, as often as anybody likes, from several processes.
    """
    pokja = await store_reminders.hold(work.session, pokja_id)
    if pokja is None:
        return None
    _set_report(work, pokja)
    for row in await outbox.expired(work.session, work.now, pokja_id):
        await withdraw(work.session, row, "late")
    sight = await sight_of(work.session, work.library, pokja, work.now)
    messages = due.due(sight.state, work.now, sight.timeline)
    fresh = await _remember(work, sight.state, messages)
    await _queue(work, pokja, sight.state, messages, fresh)
    await _tell_of_overrun(work, pokja, sight)
    await work.session.flush()
    said = replace(sight.state, sent=sight.state.sent | due.reasons(messages))
    return _next_wake(replace(sight, state=said), work.now)


def _next_wake(sight: Sight, now: datetime) -> datetime | None:
    """The next moment of the rules, or when an activity's time is over and its facilitator hears of it."""
    hours = hours_of(sight.state)
    found = [each.closes_at for each in sight.closing if each.closes_at]
    ends = [hours.next_moment(moment) for moment in found if moment > now]
    if any(moment <= now for moment in found) and not hours.allows(now):
        ends.append(hours.next_opening(now))
    wake = due.next_wake(sight.state, now, sight.timeline)
    return min([*ends, *([wake] if wake else [])], default=None)


def _report_is_unset(pokja: Pokja) -> bool:
    return (pokja.group_chat_id is None) != (pokja.report_since is None)


def _set_report(work: Work, pokja: Pokja) -> None:
    """A group hears its first report from the day after it was linked; without a group there is none."""
    if _report_is_unset(pokja):
        tomorrow = work.today(pokja.zone) + timedelta(days=1)
        pokja.report_since = tomorrow if pokja.group_chat_id is not None else None


async def _remember(work: Work, state: State, messages: Sequence[Message]) -> frozenset[str]:
    rows = []
    for message in messages:
        who = None if message.to == GROUP else message.to
        kind = "weekly" if message.to == GROUP else "digest"
        rows.append((message.reason, who, kind, message.to))
        rows += [(each.reason, each.to, each.kind, each.id) for each in message.reminders]
    kept = {row[0]: row for row in rows}  # a message that is one reminder has its reason: that one counts
    return await store_reminders.remember(work.session, state.pokja, list(kept.values()), work.now)


async def _queue(
    work: Work, pokja: Pokja, state: State, messages: Sequence[Message], fresh: frozenset[str]
) -> None:
    """Puts messages into the outbox, until the office closes; what is not new was said by another process."""
    chats = await people.chats(work.session, [message.to for message in messages])
    chats[GROUP] = pokja.group_chat_id or 0
    new = [message for message in messages if message.reason in fresh and chats.get(message.to)]
    queued = [_row(work, state, message, chats[message.to], fresh) for message in new]
    work.has_news = await outbox.queue(work.session, queued) > 0 or work.has_news


def _row(work: Work, state: State, message: Message, chat: int, fresh: frozenset[str]) -> outbox.Message:
    lines = [each for each in message.reminders if each.reason in fresh]
    payload = {
        "pokja_id": state.pokja,
        "to": message.to,
        "lines": [{name: getattr(each, name) for name in LINE} for each in lines],
        store_reminders.REASONS: sorted({message.reason, *(each.reason for each in lines)}),
    }
    alone = bool(lines) and all(each.alone for each in lines)
    return outbox.Message(
        message.reason,
        chat,
        "weekly" if message.to == GROUP else "digest",
        payload,
        work.now,
        priority=notifying.URGENT if alone else notifying.NORMAL,
        pokja_id=state.pokja,
        not_after=_closes(state, work.now),
    )


def _closes(state: State, now: datetime) -> datetime:
    """The moment today's office hours end."""
    return datetime.combine(hours_of(state).local_day(now), state.rules.closes, state.zone)


async def _overrun(session: AsyncSession, sight: Sight, now: datetime) -> Sequence[Activity]:
    """Open activities whose closing moment has passed and whose facilitator has not heard of it."""
    if not hours_of(sight.state).allows(now):
        return []
    over = [each for each in sight.closing if each.closes_at and each.closes_at <= now]
    said = await outbox.known(session, [_overrun_reason(each) for each in over])
    return [each for each in over if _overrun_reason(each) not in said]


def _overrun_reason(activity: Activity) -> str:
    assert activity.closes_at is not None
    return f"activity {activity.id} time over {activity.closes_at:%Y%m%d%H%M}"


async def _tell_of_overrun(work: Work, pokja: Pokja, sight: Sight) -> None:
    """Tells whoever opened an activity, or the Ketua, that its time is over; nothing closes by itself."""
    for activity in await _overrun(work.session, sight, work.now):
        frame = await work.library.frame(work.session, activity.id, activity.revision)
        user = await _facilitator(work, pokja, activity, sight.state)
        if user is not None:
            facts = {"activity_id": activity.id, "title": frame.title, "pokja": pokja.name}
            told = outbox.Message(
                _overrun_reason(activity),
                user.telegram_id,
                "words",
                notifying.words("time_over", **facts),
                work.now,
                priority=notifying.URGENT,
                pokja_id=pokja.id,
                not_after=_closes(sight.state, work.now),
            )
            work.has_news = await outbox.queue(work.session, [told]) > 0 or work.has_news


async def _facilitator(work: Work, pokja: Pokja, activity: Activity, state: State) -> User | None:
    """Who opened it, if they still guide and are there; else the Ketua."""
    today = work.today(pokja.zone)
    away = {each.who for each in state.absences if each.first <= today <= each.last} | state.unreachable
    guides = await people.members(work.session, pokja.id, roles=roles.FACILITATORS)
    chosen = [u for m, u in guides if m.id == activity.opened_by and m.id not in away]
    return next(iter([*chosen, *(u for m, u in guides if m.role == roles.KETUA)]), None)


async def withdraw(session: AsyncSession, row: Outgoing, why: str) -> None:
    """A reminder that did not reach its reader: the rules say again what is due, merged with what has come since."""
    await store_reminders.forget(session, store_reminders.reasons_of(row))
    await outbox.withdraw(session, row, why)


async def snooze(work: Work, kind: str, subject_id: int) -> Nothing:
    """Puts the actor's reminder of a subject off until tomorrow. Raises Rejected."""
    pokja = await pokja_of(work.session, kind, subject_id)
    me = await work.member_in(pokja.id)
    state = await state_of(work.session, work.library, pokja, work.now)
    put_off = due.snooze(state, me.id, kind, subject_id, work.now, TOMORROW)
    work.session.add(
        SnoozeRow(membership_id=me.id, kind=kind, subject_id=subject_id, day=put_off.day, until=put_off.until)
    )
    work.record("reminder.snooze", f"{kind} {subject_id}", me, until=put_off.until.isoformat())
    await work.session.flush()
    return Nothing(note=Note("snoozed", {"until": put_off.until}))
