"""What a reminder says at the moment it is delivered: lines that are over by then are left out."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from domain.follow_ups.board import days_late, week
from store import follow_ups, people
from store import reminder_facts as facts
from store.tables.core import Pokja
from usecases.follow_ups.lists import line_of
from usecases.library import Library
from usecases.reminders.kinds.base import Delivery
from usecases.reminders.kinds.registry import KINDS
from usecases.reminders.outcomes import Digest, DigestLine, WeeklyReport
from usecases.work import Work

LATEST = 5
"""So many of the longest overdue are named in the weekly report."""


async def digest(
    session: AsyncSession, library: Library, payload: Mapping[str, Any], moment: datetime
) -> Digest | None:
    """What is still so of a digest; None where nothing is, or its reader is gone or away."""
    at = await _delivery(session, library, payload, moment)
    if at is None:
        return None
    lines, found = payload["lines"], dict[str, DigestLine]()
    for name, kind in KINDS.items():
        mine = [each for each in lines if each["kind"] == name]
        found |= await kind.lines(at, mine) if mine else {}
    kept = [found[each["reason"]] for each in lines if each["reason"] in found]
    alone = all(each["alone"] for each in lines)
    return Digest(at.me.pokja, at.me.zone.key, kept, alone) if kept else None


async def _delivery(
    session: AsyncSession, library: Library, payload: Mapping[str, Any], moment: datetime
) -> Delivery | None:
    me = await facts.reader(session, payload["to"], moment)
    if me is None or me.is_away(moment.astimezone(me.zone).date()):
        return None
    as_ketua = any(each["as_ketua"] for each in payload["lines"])
    return Delivery(
        session, library, me, await people.names(session, me.pokja_id) if as_ketua else {}, moment
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
