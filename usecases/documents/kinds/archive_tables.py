"""The lists of the archive: members, tindak lanjut, meetings with their minutes, decisions."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

import orjson

from domain.documents.archives import Table, Word
from domain.meetings.agenda import AgendaItem
from store import audit_trail, follow_ups, meetings, people
from store.tables.core import AuditEntry, Membership
from store.tables.meetings import MeetingRow
from usecases.documents.kinds.base import Ground

Row = tuple[Any, ...]
NOBODY: Final = ""
HARMLESS: Final = frozenset({"version", "sha256", "reason", "kind", "title", "name"})
"""Details of decisions about an activity that name no card, row or ballot."""


async def of(ground: Ground) -> tuple[Table, ...]:
    """Each list, in the order they are filed."""
    everyone = await people.everyone(ground.session, ground.pokja.id)
    names = {number: member.name for number, member in everyone.items()}
    makers: Mapping[str, Callable[[Ground, Mapping[int, str]], Awaitable[list[Row]]]] = {
        "follow_ups": _follow_ups,
        "follow_up_events": _events,
        "meetings": _meetings,
        "attendance": _attendance,
        "minutes": _minutes,
    }
    tables = [Table(key, tuple(await make(ground, names))) for key, make in makers.items()]
    decisions = Table("decisions", tuple(await _decisions(ground, everyone)))
    return (Table("members", tuple(_members(ground, everyone))), *tables, decisions)


def _members(ground: Ground, everyone: Mapping[int, Membership]) -> list[Row]:
    """By name, and without their numbers."""
    found = sorted(everyone.values(), key=lambda each: (each.name.casefold(), each.id))
    return [
        (
            each.name,
            each.instansi,
            each.jabatan,
            Word(f"role.{each.role}"),
            Word(f"member_state.{each.state}"),
            _local(ground, each.joined_at).date(),
        )
        for each in found
    ]


async def _follow_ups(ground: Ground, names: Mapping[int, str]) -> list[Row]:
    kept = await follow_ups.of_pokja(ground.session, ground.pokja.id)
    return [
        (
            each.row.id,
            each.row.text,
            "; ".join(names.get(owner.who, NOBODY) for owner in each.now.owners),
            each.now.first_due,
            each.now.due,
            Word(f"follow_up_state.{each.now.state}"),
            each.row.source,
            _local(ground, each.row.created_at),
            _local(ground, each.row.done_at),
        )
        for each in kept
    ]


async def _events(ground: Ground, names: Mapping[int, str]) -> list[Row]:
    kept = await follow_ups.of_pokja(ground.session, ground.pokja.id)
    return [
        (
            each.row.id,
            _local(ground, event.at),
            Word(f"archive_event.{event.kind}"),
            names.get(event.by, NOBODY),
            event.reason,
            event.due,
            "; ".join(names.get(owner, NOBODY) for owner in event.owners),
            len(event.evidence),
        )
        for each in kept
        for event in each.now.history
    ]


async def _held(ground: Ground) -> list[MeetingRow]:
    """The meetings that were held, the earliest first."""
    return [*reversed(await meetings.listed(ground.session, ground.pokja.id))]


async def _meetings(ground: Ground, names: Mapping[int, str]) -> list[Row]:
    return [
        (row.id, *_plan(ground, row), Word(f"meeting_state.{row.state}"), "\n".join(_texts(row)))
        for row in await _held(ground)
    ]


def _plan(ground: Ground, row: MeetingRow) -> Row:
    """Each field of the plan but the agenda, in its order."""
    data = {name: getattr(row, name) for name in meetings.PLAN}
    return tuple({**data, "starts": _local(ground, row.starts)}.values())


def _texts(row: MeetingRow) -> list[str]:
    return [item.text for item in meetings.read_agenda(row.agenda)]


async def _attendance(ground: Ground, names: Mapping[int, str]) -> list[Row]:
    """A line for everybody who was invited, answered, or came; the newest answer counts."""
    return [row for meeting in await _held(ground) for row in await _present(ground, names, meeting)]


async def _present(ground: Ground, names: Mapping[int, str], meeting: MeetingRow) -> list[Row]:
    session = ground.session
    invited = [member.id for member, _ in await meetings.invited(session, meeting.id)]
    replies = {each.who: each for each in await meetings.replies(session, meeting.id)}
    came = {each.who: each for each in await meetings.check_ins(session, meeting.id)}
    return [
        (
            meeting.id,
            meeting.title,
            names.get(who, NOBODY),
            Word(f"meeting_reply.{replies[who].answer}") if who in replies else None,
            replies[who].reason if who in replies else "",
            _local(ground, came[who].at) if who in came else None,
            came[who].deputy if who in came else "",
        )
        for who in dict.fromkeys([*invited, *replies, *came])
    ]


async def _minutes(ground: Ground, names: Mapping[int, str]) -> list[Row]:
    return [
        (
            row.id,
            row.title,
            _point(meetings.read_agenda(row.agenda), entry.item),
            Word(f"archive_entry.{entry.kind}"),
            entry.text,
            names.get(entry.by, NOBODY),
            _local(ground, entry.at),
        )
        for row in await _held(ground)
        for entry in await meetings.entries(ground.session, row.id)
    ]


def _point(agenda: tuple[AgendaItem, ...], key: int) -> str:
    return next((item.text for item in agenda if item.key == key), "")


async def _decisions(ground: Ground, everyone: Mapping[int, Membership]) -> list[Row]:
    """The audit trail, with the details as they were noted."""
    names = {member.user_id: member.name for member in everyone.values()}
    return [
        (
            _local(ground, each.at),
            names.get(each.user_id or 0, NOBODY),
            each.action,
            each.subject,
            orjson.dumps(_told(each)).decode(),
        )
        for each in await audit_trail.entries(ground.session, ground.pokja.id)
    ]


def _told(entry: AuditEntry) -> Mapping[str, Any]:
    """What was noted; of moves in an activity only what says nothing of who wrote what (a card's number does)."""
    if not entry.action.startswith("activity."):
        return entry.details
    return {key: each for key, each in entry.details.items() if key in HARMLESS}


def _local(ground: Ground, moment: datetime | None) -> Any:
    return moment.astimezone(ZoneInfo(ground.pokja.zone)) if moment else None
