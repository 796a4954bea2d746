"""Broadcasts: giving one, releasing those whose moment has come, calling one off, sending it again.

Whoever changes a broadcast's state says in what state they saw it (`store.broadcasts.change`): of two processes
that release the same one at the same moment one comes second and does nothing. Each message has its own reason too.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time

from sqlalchemy.ext.asyncio import AsyncSession

from domain.broadcasts.broadcast import CANCELLED, SCHEDULED, SENT, Audience, check_cancel
from domain.broadcasts.weekly import Weekly, latest, upcoming
from domain.faults import Rejected
from store import broadcasts, outbox
from store.outbox import Message
from store.tables.broadcasts import BroadcastRow
from store.tables.core import Membership, Pokja, User
from usecases.broadcasts import audience as audiences
from usecases.broadcasts import views
from usecases.broadcasts.hours import hours_of, read_weekly, weekly_data
from usecases.notifying import NORMAL, URGENT
from usecases.outcomes import Note, Nothing, Outcome, Said
from usecases.work import NoMember, Work


@dataclass(frozen=True, slots=True)
class Written:
    """What a writer wants to be said, and to whom. `file` as domain.broadcasts.content has it."""

    text: str
    file: Mapping[str, object] | None
    wants_read: bool
    audience: Audience


async def give(
    work: Work, me: Membership, pokja: Pokja, what: Written, at: datetime | None, weekly: Weekly | None
) -> Outcome:
    """Sends it at once, or keeps it for its moment. Raises Rejected('audience_empty')."""
    row = await _keep(work, me, pokja, what, at or work.now, weekly)
    if at is not None:
        work.record("broadcast.plan", f"broadcast {row.id}", me)
        return await views.card(work, row.id, Note("broadcast_planned"))
    found = await audiences.addressees(work.session, work.library, pokja, what.audience, me.id)
    row.state, row.last_planned = SENT, row.at
    await _send(work, row, pokja, found, work.now)
    work.record("broadcast.send", f"broadcast {row.id}", me, count=len(found))
    return Said(code="broadcast_sending", details={"count": len(found)}, way_on="broadcasts")


async def _keep(
    work: Work, me: Membership, pokja: Pokja, what: Written, at: datetime, weekly: Weekly | None
) -> BroadcastRow:
    row = BroadcastRow(
        pokja_id=pokja.id,
        by=me.id,
        text=what.text,
        file=dict(what.file) if what.file else None,
        wants_read=what.wants_read,
        audience=audiences.plain(what.audience),
        state=SCHEDULED,
        at=at,
        weekly=weekly_data(weekly) if weekly else None,
        created_at=work.now,
    )
    work.session.add(row)
    await work.session.flush()
    return row


async def release_due(work: Work) -> datetime | None:
    """Sends every broadcast whose moment has come, once; returns the moment of the next one, if any is planned.

    The clock calls this, in a transaction of its own; `work.broadcasts` and `work.has_news` tell what to wake then.
    """
    for row in await broadcasts.due(work.session, work.now):
        await _release(work, row)
    return await broadcasts.next_at(work.session)


async def _release(work: Work, row: BroadcastRow) -> None:
    pokja = await work.session.get_one(Pokja, row.pokja_id)
    hours = hours_of(pokja, work.now)
    in_hours = hours.allows(row.at)
    planned, values = row.at, {"state": SENT, "last_planned": row.at}
    if row.weekly is not None:
        weekly = read_weekly(row.weekly)
        done = row.last_planned.date() if row.last_planned else None
        due, following = latest(weekly, hours, work.now, done), upcoming(weekly, hours, work.now)
        values = {"at": following.at} if following else {"state": SENT}
        if due is not None:
            planned = datetime.combine(due.planned, time(), UTC)
            values |= {"last_planned": planned, "message_id": None}
    if await broadcasts.change(work.session, row, **values) and row.last_planned == planned:
        # A bot that was away at the moment catches up, but disturbs nobody in the evening.
        now = work.now if not in_hours else hours.next_moment(work.now)
        await _send_planned(work, row, pokja, now)


async def _send_planned(work: Work, row: BroadcastRow, pokja: Pokja, now: datetime) -> None:
    """Also where nobody is left to send it to: the writer is told so."""
    try:
        audience = audiences.audience_of(row.audience)
        found = await audiences.addressees(work.session, work.library, pokja, audience, row.by)
    except Rejected:
        found = []
    await _send(work, row, pokja, found, now)
    work.record("broadcast.release", f"broadcast {row.id}", NoMember(pokja.id), count=len(found))


async def _send(
    work: Work, row: BroadcastRow, pokja: Pokja, found: Sequence[tuple[Membership, User]], now: datetime
) -> None:
    """Everything in one transaction: whom it goes to, what is to be sent, where the writer sees how far it is."""
    assert row.last_planned is not None
    await work.session.flush()
    ids = await broadcasts.address(work.session, row.id, row.last_planned, [member.id for member, _ in found])
    to = {ids[member.id]: user.telegram_id for member, user in found}
    await _queue(work, row, to, f"broadcast {row.id} {row.last_planned:%Y%m%d%H%M%S%f}", now)
    writer = await views.writer_of(work.session, row)
    progress = Message(
        views.progress_reason(row),
        writer.telegram_id,
        "broadcast_progress",
        {"broadcast_id": row.id},
        work.now,
        priority=URGENT,
        pokja_id=pokja.id,
    )
    await outbox.queue(work.session, [progress])
    work.has_news = True
    work.broadcasts.add(row.id)


async def _queue(
    work: Work, row: BroadcastRow, to: Mapping[int, int], reason: str, now: datetime, *, again: bool = False
) -> int:
    """Puts a message to each recipient (number → chat) into the outbox; returns the number of new ones."""
    reasons = {number: f"{reason} to {number}" for number in to}
    messages = [
        Message(
            reasons[number],
            chat_id,
            "broadcast",
            {"recipient_id": number, "again": again},
            now,
            priority=NORMAL,
            pokja_id=row.pokja_id,
        )
        for number, chat_id in to.items()
    ]
    count = await outbox.queue(work.session, messages)
    await broadcasts.attach(work.session, reasons)
    work.has_news = True
    work.broadcasts.add(row.id)
    return count


async def send_again(work: Work, broadcast_id: int, *, on_card: bool = False) -> Outcome:
    """Once more to those who haven't read it, or whom it didn't reach; to each at most once an hour."""
    row, me, _ = await views.managed(work, broadcast_id)
    sent = await broadcasts.addressed(work.session, row) if row.last_planned else []
    to = {each.recipient_id: each.chat_id for each in sent if views.may_get_again(row, each)}
    reason = f"broadcast {row.id} again {work.now:%Y%m%d%H}"
    fresh = await _new(work.session, to, reason)
    if fresh:
        await _queue(work, row, {number: to[number] for number in fresh}, reason, work.now, again=True)
        work.record("broadcast.again", f"broadcast {row.id}", me, count=len(fresh))
    code = "broadcast_again" if fresh else "broadcast_again_already" if to else "broadcast_nobody"
    note = Note(code, {"count": len(fresh)})
    return await views.card(work, row.id, note) if on_card else Nothing(note=note)


async def _new(session: AsyncSession, to: Collection[int], reason: str) -> list[int]:
    """The recipients to whom it has not been sent again for the same reason."""
    before = await outbox.known(session, [f"{reason} to {number}" for number in to])
    return [number for number in to if f"{reason} to {number}" not in before]


async def read(work: Work, recipient_id: int) -> Outcome:
    """'Sudah baca': noted once, by the one it was sent to. Raises Rejected."""
    found = await broadcasts.received(work.session, recipient_id)
    if found is None or found[3].telegram_id != work.actor.telegram_id:
        raise Rejected("unknown_button")
    recipient, row = found[:2]
    if recipient.read_at is None:
        recipient.read_at = work.now
        await work.session.flush()
        work.broadcasts.add(row.id)
    return await views.read_letter(work, recipient_id)


async def ask_to_cancel(work: Work, broadcast_id: int) -> Outcome:
    """Asks once more. Raises Rejected where it is sent already."""
    row, _, _ = await views.managed(work, broadcast_id)
    check_cancel(row.state)
    return await views.card(work, row.id, sure=True)


async def cancel(work: Work, broadcast_id: int) -> Outcome:
    """Calls off one that is still to come. Raises Rejected: broadcast_under_way, broadcast_cancelled."""
    row, me, _ = await views.managed(work, broadcast_id)
    check_cancel(row.state)
    if not await broadcasts.change(work.session, row, state=CANCELLED):
        check_cancel(row.state)
    work.record("broadcast.cancel", f"broadcast {row.id}", me)
    return await views.card(work, row.id, Note("broadcast_cancelled"))
