"""What a reminder says at the moment it is delivered: lines that are over by then are left out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from domain.follow_ups.board import days_late, week
from domain.follow_ups.follow_up import LIVE, owns
from domain.meetings.attendance import NO, standing
from domain.meetings.meeting import COMING, Meeting
from domain.reminders.state import ACTIVITY, FOLLOW_UP, MEETING
from domain.roles import KETUA
from store import follow_ups, people
from store import reminder_facts as facts
from store.follow_ups import Glance
from store.reminder_facts import Reader
from store.tables.core import Activity, Pokja
from usecases.activities.progress import missing
from usecases.follow_ups.lists import line_of
from usecases.library import Library
from usecases.reminders.outcomes import Digest, DigestLine, WeeklyReport
from usecases.work import Work

LATEST = 5
"""So many of the longest overdue are named in the weekly report."""

Line = Mapping[str, Any]
"""A reminder as the outbox keeps it: domain.reminders.state.Reminder as plain data."""


@dataclass(frozen=True, slots=True)
class Now:
    """The moment of delivery: for whom, on which day there; `names` of members where they are told."""

    me: Reader
    names: Mapping[int, str]
    moment: datetime

    @property
    def today(self) -> date:
        """The date where they are."""
        return self.moment.astimezone(self.me.zone).date()


async def digest(
    session: AsyncSession, library: Library, payload: Mapping[str, Any], moment: datetime
) -> Digest | None:
    """What is still so of a digest; None where nothing is, or its reader is gone or away."""
    now = await _now(session, payload, moment)
    if now is None:
        return None
    lines = payload["lines"]
    found = {
        **await _follow_ups(session, now, _of(lines, FOLLOW_UP)),
        **await _meetings(session, now, _of(lines, MEETING)),
        **await _activities(session, library, now, _of(lines, ACTIVITY)),
    }
    kept = [found[each["reason"]] for each in lines if each["reason"] in found]
    alone = all(each["alone"] for each in lines)
    return Digest(now.me.pokja, now.me.zone.key, kept, alone) if kept else None


async def _now(session: AsyncSession, payload: Mapping[str, Any], moment: datetime) -> Now | None:
    me = await facts.reader(session, payload["to"], moment)
    if me is None:
        return None
    now = Now(me, {}, moment)
    if me.is_away(now.today):
        return None
    return replace(now, names=await people.names(session, me.pokja_id)) if _told_as_ketua(payload) else now


def _told_as_ketua(payload: Mapping[str, Any]) -> bool:
    return any(each["as_ketua"] for each in payload["lines"])


def _of(lines: Sequence[Line], kind: str) -> Sequence[Line]:
    return [each for each in lines if each["kind"] == kind]


def _is_about(line: Line, when: str) -> bool:
    """A reason ends with the day or moment it is about and for whom: what was moved since has another."""
    return str(line["reason"]).endswith(f" {when} to {line['to']}")


async def _follow_ups(session: AsyncSession, now: Now, lines: Sequence[Line]) -> dict[str, DigestLine]:
    kept = await follow_ups.glances(session, [each["id"] for each in lines]) if lines else {}
    return {
        each["reason"]: _follow_up_line(now, each, kept[each["id"]])
        for each in lines
        if each["id"] in kept and _still_waits(now, each, kept[each["id"]])
    }


def _still_waits(now: Now, line: Line, kept: Glance) -> bool:
    concerns = now.me.role == KETUA if line["as_ketua"] else owns(kept.now, now.me.id)
    return concerns and kept.now.state in LIVE and _is_about(line, kept.now.due.isoformat())


def _follow_up_line(now: Now, line: Line, kept: Glance) -> DigestLine:
    owners = [now.names[owner.who] for owner in kept.now.owners if line["as_ketua"]]
    days = (kept.now.due - now.today).days
    return DigestLine(
        FOLLOW_UP, kept.now.id, kept.text, days, kept.now.due, line["as_ketua"], owners, step=line["step"]
    )


async def _meetings(session: AsyncSession, now: Now, lines: Sequence[Line]) -> dict[str, DigestLine]:
    if not lines:
        return {}
    coming = {each.id: each for each in await facts.meetings(session, now.me.pokja_id, now.moment)}
    replies = await facts.replies(session, coming)
    return {
        each["reason"]: _meeting_line(now, each, coming[each["id"]])
        for each in lines
        if each["id"] in coming and _still_comes(now, each, coming[each["id"]], replies.get(each["id"], ()))
    }


def _still_comes(now: Now, line: Line, meeting: Meeting, replies: Iterable[Any]) -> bool:
    own = standing(meeting, replies).get(now.me.id)
    when = meeting.plan.starts.astimezone(now.me.zone).isoformat(timespec="minutes")
    return meeting.state in COMING and _is_about(line, when) and not (own and own.answer == NO)


def _meeting_line(now: Now, line: Line, meeting: Meeting) -> DigestLine:
    starts = meeting.plan.starts
    day = starts.astimezone(now.me.zone).date()
    return DigestLine(
        MEETING, meeting.id, meeting.plan.title, (day - now.today).days, day,
        moment=starts, place=meeting.plan.place, link=meeting.plan.link, step=line["step"],
    )  # fmt: skip


async def _activities(
    session: AsyncSession, library: Library, now: Now, lines: Sequence[Line]
) -> dict[str, DigestLine]:
    closing = {each.id: each for each in await facts.closing(session, now.me.pokja_id)} if lines else {}
    found = {}
    for each in lines:
        activity = closing.get(each["id"])
        if activity is not None and await _still_open(session, library, now, each, activity):
            found[each["reason"]] = await _activity_line(session, library, now, each, activity)
    return found


async def _still_open(
    session: AsyncSession, library: Library, now: Now, line: Line, activity: Activity
) -> bool:
    assert activity.closes_at is not None
    when = activity.closes_at.astimezone(now.me.zone).isoformat(timespec="minutes")
    lacking = {member.id for member, _ in await missing(session, library, activity)}
    return activity.closes_at > now.moment and _is_about(line, when) and now.me.id in lacking


async def _activity_line(
    session: AsyncSession, library: Library, now: Now, line: Line, activity: Activity
) -> DigestLine:
    assert activity.closes_at is not None
    frame = await library.frame(session, activity.id, activity.revision)
    day = activity.closes_at.astimezone(now.me.zone).date()
    days = (day - now.today).days
    return DigestLine(
        ACTIVITY, activity.id, frame.title, days, day, moment=activity.closes_at, step=line["step"]
    )


async def report(
    session: AsyncSession, library: Library, payload: Mapping[str, Any], moment: datetime
) -> WeeklyReport | None:
    """The weekly report as it stands now; None where there is no tindak lanjut to report on."""
    pokja = await session.get_one(Pokja, payload["pokja_id"])
    zone = ZoneInfo(pokja.zone)
    today = moment.astimezone(zone).date()
    kept = await follow_ups.of_pokja(session, pokja.id)
    counted = week([each.now for each in kept], today, zone)
    if counted.share is None:
        return None
    everyone = await people.everyone(session, pokja.id)
    work = Work.by_clock(session, moment, library)
    late = sorted((each for each in kept if days_late(each.now, today)), key=lambda each: each.now.due)
    lines = [line_of(work, pokja, 0, each, everyone) for each in late[:LATEST]]
    percent = int(100 * counted.share)
    return WeeklyReport(pokja.name, today, counted.done, counted.due, counted.late, percent, lines)
