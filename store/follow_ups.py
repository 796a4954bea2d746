"""Tindak lanjut: what happened to them is kept as events; their rows and owners follow from those."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, tzinfo
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from domain.follow_ups import follow_up
from domain.follow_ups.follow_up import DONE, FINISH, GIVE, LIVE, Event
from store.engine.database import connection_of
from store.tables.core import FollowUp
from store.tables.reminders import FollowUpEvent, FollowUpOwner

EVENTS = cast("sa.Table", FollowUpEvent.__table__)
ROWS = cast("sa.Table", FollowUp.__table__)
OF_IDS: sa.BindParameter[object] = sa.bindparam("ids", expanding=True)
TOLD = tuple(
    EVENTS.c[name] for name in ("follow_up_id", "kind", "by", "at", "reason", "due", "owners", "evidence")
)
HISTORIES = sa.select(*TOLD).where(EVENTS.c.follow_up_id.in_(OF_IDS)).order_by(EVENTS.c.id)
GLANCES = (
    sa.select(ROWS, *TOLD)
    .outerjoin(EVENTS, EVENTS.c.follow_up_id == ROWS.c.id)
    .order_by(ROWS.c.due, ROWS.c.id, EVENTS.c.id)
)
CHOSEN = GLANCES.where(ROWS.c.id.in_(OF_IDS))
ALIVE = GLANCES.where(ROWS.c.pokja_id == sa.bindparam("pokja_id"), ROWS.c.state.in_(sorted(LIVE)))
File = Mapping[str, Any]
"""A file as it can be sent again: file_id, name, mime."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A row, and how it stands by all that happened to it."""

    row: FollowUp
    now: follow_up.FollowUp


@dataclass(frozen=True, slots=True)
class Glance:
    """What reminders say of one: its `text`, and how it stands."""

    text: str
    now: follow_up.FollowUp


async def open_of(session: AsyncSession, membership_id: int) -> Sequence[FollowUp]:
    """The open tindak lanjut of a member, alone or with others, by day."""
    helping = sa.select(FollowUpOwner.follow_up_id).where(FollowUpOwner.membership_id == membership_id)
    mine = (FollowUp.owner_id == membership_id) | FollowUp.id.in_(helping)
    query = sa.select(FollowUp).where(mine, FollowUp.state.in_(LIVE))
    return list(await session.scalars(query.order_by(FollowUp.due, FollowUp.id)))


async def of_pokja(session: AsyncSession, pokja_id: int, source: str = "") -> Sequence[Kept]:
    """The tindak lanjut of a Pokja (of one topic: source begins with 'topic/'), by day."""
    query = sa.select(FollowUp).where(FollowUp.pokja_id == pokja_id)
    if source:
        query = query.where(FollowUp.source.startswith(f"{source}/", autoescape=True))
    rows = list(await session.scalars(query.order_by(FollowUp.due, FollowUp.id)))
    return await _folded(session, rows)


async def find(session: AsyncSession, follow_up_id: int, *, lock: bool = False) -> Kept | None:
    """One tindak lanjut. `lock` keeps others from changing it meanwhile."""
    query = sa.select(FollowUp).where(FollowUp.id == follow_up_id)
    row = await session.scalar(query.with_for_update() if lock else query)
    return (await _folded(session, [row]))[0] if row else None


async def among(session: AsyncSession, ids: Iterable[int]) -> Mapping[int, Kept]:
    """The tindak lanjut of these ids, as far as they exist, by id."""
    rows = list(await session.scalars(sa.select(FollowUp).where(FollowUp.id.in_(list(ids)))))
    return {each.row.id: each for each in await _folded(session, rows)}


async def alive(session: AsyncSession, pokja_id: int) -> Sequence[Glance]:
    """Those of a Pokja that aren't over, by day, to look at only: every look at its reminders pays for them."""
    return await _glances(session, ALIVE, {"pokja_id": pokja_id})


async def glances(session: AsyncSession, ids: Iterable[int]) -> Mapping[int, Glance]:
    """The tindak lanjut of these ids, as far as they exist, for reading only."""
    return {each.now.id: each for each in await _glances(session, CHOSEN, {"ids": list(ids)})}


async def _glances(session: AsyncSession, query: sa.Executable, values: Mapping[str, object]) -> list[Glance]:
    """Reads tindak lanjut; the query returns a row for each of their events, and one where there is none."""
    found = (await (await connection_of(session)).execute(query, values)).all()
    rows = {row.id: row for row in found}
    histories = _histories(row[-len(TOLD) :] for row in found if row.follow_up_id)
    return [Glance(row.text, _fold(row, histories)) for row in rows.values()]


async def give(session: AsyncSession, row: FollowUp, event: Event, zone: tzinfo) -> Kept:
    """Adds a new tindak lanjut, with the event it begins with."""
    row.first_due = row.due
    session.add(row)
    await session.flush()
    session.add(_event_row(row.id, event, ()))
    now = follow_up.fold(row.id, (event,))
    await _project(session, row, now, zone)
    return Kept(row, now)


async def record(
    session: AsyncSession, kept: Kept, event: Event, zone: tzinfo, files: Sequence[File] = ()
) -> tuple[Kept, int]:
    """Keeps an event that has been checked, and what follows from it; returns the event's number too."""
    if not await _has_events(session, kept.row.id):
        session.add_all(_event_row(kept.row.id, each, ()) for each in kept.now.history)
        await session.flush()
    happened = _event_row(kept.row.id, event, files)
    session.add(happened)
    now = follow_up.apply(kept.now, event)
    kept.row.done_at = event.at if event.kind == FINISH else kept.row.done_at if now.state == DONE else None
    await _project(session, kept.row, now, zone)
    return Kept(kept.row, now), happened.id


async def files_of(session: AsyncSession, follow_up_id: int) -> Sequence[tuple[FollowUpEvent, File]]:
    """The files that prove it, each with the event it came with, the oldest first."""
    query = sa.select(FollowUpEvent).where(FollowUpEvent.follow_up_id == follow_up_id)
    events = await session.scalars(query.order_by(FollowUpEvent.id))
    return [(event, file) for event in events for file in event.evidence]


async def _folded(session: AsyncSession, rows: Sequence[FollowUp]) -> list[Kept]:
    asked = {"ids": [row.id for row in rows]}
    histories = _histories((await (await connection_of(session)).execute(HISTORIES, asked)).all())
    return [Kept(row, _fold(row, histories)) for row in rows]


def _fold(row: Any, histories: Mapping[int, Sequence[Event]]) -> follow_up.FollowUp:
    return follow_up.fold(row.id, histories.get(row.id) or _inherited(row))


def _histories(rows: Iterable[Sequence[Any]]) -> Mapping[int, list[Event]]:
    found: defaultdict[int, list[Event]] = defaultdict(list)
    for number, kind, by, at, reason, due, owners, evidence in rows:
        files = tuple(file["file_id"] for file in evidence)
        found[number].append(Event(kind, by, at, reason, due, tuple(owners), files))
    return found


def _inherited(row: Any) -> list[Event]:
    """The events reconstructed for a row that is older than the table of events."""
    given = Event(GIVE, row.created_by, row.created_at, due=row.due, owners=(row.owner_id,))
    done = Event(FINISH, row.owner_id, row.done_at or row.created_at)
    return [given, done] if row.state == DONE else [given]


async def _has_events(session: AsyncSession, follow_up_id: int) -> bool:
    query = sa.select(EVENTS.c.id).where(EVENTS.c.follow_up_id == follow_up_id).limit(1)
    return await session.scalar(query) is not None


def _event_row(follow_up_id: int, event: Event, files: Sequence[File]) -> FollowUpEvent:
    return FollowUpEvent(
        follow_up_id=follow_up_id,
        kind=event.kind,
        by=event.by,
        at=event.at,
        reason=event.reason,
        due=event.due,
        owners=list(event.owners),
        evidence=[dict(file) for file in files],
    )


async def _project(session: AsyncSession, row: FollowUp, now: follow_up.FollowUp, zone: tzinfo) -> None:
    """Writes the state that follows from the events into the row and its owners."""
    row.state, row.due, row.owner_id = now.state, now.due, now.owners[0].who
    await session.execute(sa.delete(FollowUpOwner).where(FollowUpOwner.follow_up_id == row.id))
    for place, owner in enumerate(now.owners):
        since: date = owner.since.astimezone(zone).date()
        session.add(FollowUpOwner(follow_up_id=row.id, membership_id=owner.who, place=place, since=since))
    await session.flush()
