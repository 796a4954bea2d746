"""What is said unasked about a meeting. Each message is drawn when it is delivered, from how the meeting stands then.

So a calendar's file that was long on its way never brings back an earlier time.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from domain.meetings.meeting import CANCELLED, Change
from store import meetings, outbox
from store.outbox import Message
from store.tables.core import Membership, Pokja, User
from store.tables.meetings import MeetingRow
from usecases import notifying
from usecases.meetings.meeting import Sitting, facts_of
from usecases.meetings.outcomes import Notice
from usecases.work import Work

FILE = "meeting_file"
"""The kind of outbox row that is about a meeting; its `payload` is what `read` takes."""
UNINVITED = "meeting_uninvited"
FILED = frozenset({"meeting_invited", "meeting_changed", "meeting_cancelled", UNINVITED})
"""Pages the calendar's file goes with."""
LAST_WORDS = frozenset({"meeting_cancelled", "meeting_group_cancelled", UNINVITED})
"""What is still to be said when it is called off, or somebody is no longer invited."""


def _payload(found: Sitting, page: str, to: int, **more: object) -> dict[str, object]:
    return {"meeting": found.row.id, "sequence": found.row.sequence, "page": page, "to": to, **more}


async def send(
    work: Work,
    found: Sitting,
    page: str,
    reason: str,
    members: Iterable[tuple[Membership, User]],
    /,
    **more: object,
) -> int:
    """A message to each of these; returns the number of those who were not told so before."""
    messages = [
        Message(
            f"{reason} to {member.id}",
            user.telegram_id,
            FILE,
            _payload(found, page, member.id, **more),
            work.now,
            priority=notifying.URGENT,
            pokja_id=found.pokja.id,
        )
        for member, user in members
    ]
    work.has_news = True
    return await outbox.queue(work.session, messages)


async def tell_group(work: Work, found: Sitting, page: str, **more: object) -> None:
    """Queues the notice for the group, where one is linked."""
    chat = found.pokja.group_chat_id
    if chat is None:
        return
    reason = f"meeting {found.row.id} {page} {found.row.sequence} to group"
    payload = _payload(found, page, 0, **more)
    message = Message(reason, chat, FILE, payload, work.now, pokja_id=found.pokja.id)
    work.has_news = True
    await outbox.queue(work.session, [message])


async def invite(work: Work, found: Sitting, members: Iterable[int]) -> int:
    """Sends these members the invitation with the calendar's file.

    Once each, unless it was withdrawn meanwhile. Returns their number.
    """
    wanted, count = set(members), 0
    for member, user in found.invited:
        if member.id in wanted:
            back = await meetings.count_sent(work.session, f"{_base(found)} uninvited {member.id}.")
            reason = f"{_base(found)} invited {back}"
            count += await send(work, found, "meeting_invited", reason, [(member, user)])
    return count


def _base(found: Sitting) -> str:
    return f"meeting {found.row.id}"


async def uninvite(work: Work, found: Sitting, member: Membership, user: User) -> None:
    """Tells somebody that they needn't come after all; the calendar's entry is cancelled."""
    times = await meetings.count_sent(work.session, f"{_base(found)} uninvited {member.id}.")
    reason = f"{_base(found)} uninvited {member.id}.{times}"
    await send(work, found, UNINVITED, reason, [(member, user)])


async def changed(work: Work, found: Sitting, changes: Sequence[Change]) -> None:
    """Tells those invited what has changed, from → to."""
    told = [{"field": each.field, "old": _plain(each.old), "new": _plain(each.new)} for each in changes]
    reason = f"{_base(found)} changed {found.row.sequence}"
    await send(work, found, "meeting_changed", reason, found.invited, changes=told)
    await tell_group(work, found, "meeting_group_changed", changes=told)


async def cancelled(work: Work, found: Sitting, reason: str) -> None:
    """Tells those invited that the meeting is cancelled, and why."""
    about = f"{_base(found)} cancelled {found.row.sequence}"
    await send(work, found, "meeting_cancelled", about, found.invited, reason=reason)
    await tell_group(work, found, "meeting_group_cancelled", reason=reason)


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime) else value


async def read(session: AsyncSession, payload: Mapping[str, Any]) -> Notice | None:
    """What a row of the outbox says now; None where it has become idle: called off, or no longer invited."""
    row = await meetings.find(session, payload["meeting"])
    member = await session.get(Membership, payload["to"]) if payload["to"] else None
    page = payload["page"]
    if row is None or await _is_idle(session, row, member, page):
        return None
    pokja = await session.get_one(Pokja, row.pokja_id)
    return Notice(
        page=page,
        facts=facts_of(row, pokja),
        to=member.name if member else "",
        changes=[_read_change(each) for each in payload.get("changes", ())],
        reason=payload.get("reason", ""),
        bring=await _brought(session, row, member),
        file=page in FILED,
        cancelled=row.state == CANCELLED or page == UNINVITED,
        created=row.created_at,
    )


async def _is_idle(session: AsyncSession, row: MeetingRow, member: Membership | None, page: str) -> bool:
    if row.state == CANCELLED and page not in LAST_WORDS:
        return True
    if member is None or page in LAST_WORDS:
        return False
    invited = await meetings.invited(session, row.id)
    return all(each.id != member.id for each, _ in invited)


def _read_change(kept: Mapping[str, Any]) -> Change:
    """A change as it was kept: moments are text, agendas lists of text and minutes."""
    if kept["field"] == "starts":
        return Change("starts", datetime.fromisoformat(kept["old"]), datetime.fromisoformat(kept["new"]))
    return Change(kept["field"], kept["old"], kept["new"])


async def _brought(session: AsyncSession, row: MeetingRow, member: Membership | None) -> list[str]:
    kept = await meetings.materials(session, row.id)
    return [each.text for each in kept if member and each.membership_id == member.id and not each.done]
