"""Broadcasts to look at: the list, one of them with how far it is, and the letter its readers get."""

from collections import Counter
from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from domain import roles
from domain.broadcasts.broadcast import DRAFT, Delivery, progress
from domain.faults import Rejected
from store import broadcasts, outbox, people
from store.broadcasts import Addressed, Count
from store.tables.broadcasts import BroadcastRow
from store.tables.core import Membership, Pokja, User
from usecases.broadcasts import audience as audiences
from usecases.broadcasts.outcomes import (
    AudienceShown,
    BroadcastCard,
    BroadcastFacts,
    BroadcastRead,
    Broadcasts,
    Letter,
    Standing,
    Trouble,
)
from usecases.outcomes import Note
from usecases.work import Work, require

A_PAGE = 8
FAILURES_SHOWN = 10
MOST_NAMES = 500
"""In the message that shows how far it is, and on the card, where they are paged."""

REASONS = {"not_started": "unknown", "blocked": "blocked", "chat_gone": "gone"}
"""Why it didn't arrive, by the word the outbox begins its error with."""


async def listing(work: Work, page: int = 0) -> Broadcasts:
    """A page of the broadcasts of the actor's Pokja; for Ketua and Sekretaris."""
    _, pokja = await work.current_as(roles.MANAGERS)
    rows = await broadcasts.of_pokja(work.session, pokja.id, limit=A_PAGE + 1, offset=page * A_PAGE)
    shown = [await facts(work.session, row, pokja, AudienceShown("all")) for row in rows[:A_PAGE]]
    return Broadcasts(pokja=pokja.name, rows=shown, page=page, more=len(rows) > A_PAGE)


async def card(
    work: Work, broadcast_id: int, note: Note | None = None, *, page: int = 0, sure: bool = False
) -> BroadcastCard:
    """One broadcast. Raises Rejected."""
    row, _, pokja = await managed(work, broadcast_id)
    audience = await audiences.shown(work, audiences.audience_of(row.audience))
    shown = await facts(work.session, row, pokja, audience, names=MOST_NAMES)
    return BroadcastCard(shown=shown, page=page, sure=sure, note=note)


async def managed(work: Work, broadcast_id: int) -> tuple[BroadcastRow, Membership, Pokja]:
    """A broadcast of a Pokja whose Ketua or Sekretaris the actor is. Raises Rejected."""
    row = await work.session.get(BroadcastRow, broadcast_id)
    if row is None or row.state == DRAFT:
        raise Rejected("unknown_button")
    me = await work.member_in(row.pokja_id)
    return row, require(me, roles.MANAGERS), await work.session.get_one(Pokja, row.pokja_id)


async def progress_of(session: AsyncSession, row: BroadcastRow) -> BroadcastFacts:
    """The progress of a broadcast, for the message that shows it."""
    pokja = await session.get_one(Pokja, row.pokja_id)
    return await facts(session, row, pokja, AudienceShown("all"), names=FAILURES_SHOWN)


async def facts(
    session: AsyncSession, row: BroadcastRow, pokja: Pokja, audience: AudienceShown, *, names: int = 0
) -> BroadcastFacts:
    """A broadcast as screens show it, with the first few of those it failed with, or who haven't read it."""
    by = await session.get_one(Membership, row.by)
    counts = await broadcasts.counted(session, row) if row.last_planned else None
    again = sum(each.count for each in counts or () if may_get_again(row, each))
    return BroadcastFacts(
        row.id,
        row.text,
        row.file,
        row.wants_read,
        audience,
        row.state,
        row.at,
        row.weekly,
        by.name,
        pokja.zone,
        None if counts is None else await _standing(session, row, counts, names),
        again,
    )


async def _standing(
    session: AsyncSession, row: BroadcastRow, counts: Sequence[Count], names: int
) -> Standing:
    read = sum(each.count for each in counts if each.is_read)
    by_state = Counter[str]()
    for each in counts:
        by_state[each.state] += 0 if each.is_read else each.count
    failed, sent = by_state.pop(outbox.FAILED, 0), by_state.pop(outbox.SENT, 0)
    return Standing(
        total=sum(each.count for each in counts),
        sent=sent + read,
        read=read,
        waiting=by_state.total(),
        failed=failed,
        failures=await _failures(session, row, names) if failed and names else (),
        silent=await _silent(session, row, names) if sent and names and row.wants_read else (),
    )


async def _failures(session: AsyncSession, row: BroadcastRow, most: int) -> Sequence[Trouble]:
    lost = await broadcasts.addressed(session, row, state=outbox.FAILED, unread=True, limit=most)
    known = await broadcasts.named(session, [each.member_id for each in lost])
    found = progress([_delivery(each) for each in lost])
    return [Trouble(known[f.who].name, known[f.who].instansi, f.advice) for f in found.failures]


def _delivery(each: Addressed) -> Delivery:
    return Delivery(each.member_id, each.state, REASONS.get(each.error.partition(":")[0], "other"))


async def _silent(session: AsyncSession, row: BroadcastRow, most: int) -> Sequence[str]:
    quiet = await broadcasts.addressed(session, row, state=outbox.SENT, unread=True, limit=most)
    known = await broadcasts.named(session, [each.member_id for each in quiet])
    return [f"{known[each.member_id].name} ({known[each.member_id].instansi})" for each in quiet]


def may_get_again(row: BroadcastRow, each: Addressed | Count) -> bool:
    """Whether it is of use to send it to them once more: not read where that was asked for, or not arrived."""
    if each.is_read or each.standing != people.ACTIVE:
        return False
    return each.state == outbox.FAILED or (row.wants_read and each.state == outbox.SENT)


async def writer_of(session: AsyncSession, row: BroadcastRow) -> User:
    """Who sees how far it is: the writer, or the Ketua where the writer has left."""
    member = await session.get_one(Membership, row.by)
    if member.state != people.ACTIVE:
        chairs = await people.members(session, row.pokja_id, roles=frozenset({roles.KETUA}))
        if chairs:
            return chairs[0][1]
    return await session.get_one(User, member.user_id)


def progress_reason(row: BroadcastRow) -> str:
    """The reason of the message that shows how far this sending is."""
    assert row.last_planned is not None
    return f"broadcast {row.id} {row.last_planned:%Y%m%d%H%M%S%f} progress"


async def letter(session: AsyncSession, recipient_id: int, *, again: bool = False) -> Letter | None:
    """What one recipient gets; None where it is not needed any more: read already, or no member any longer."""
    found = await broadcasts.received(session, recipient_id)
    if found is None or found[2].state != people.ACTIVE or (again and found[0].read_at):
        return None
    return await _letter(session, recipient_id, again=again)


async def read_letter(work: Work, recipient_id: int) -> BroadcastRead:
    """The same, for somebody who has just marked it as read."""
    return BroadcastRead(letter=await _letter(work.session, recipient_id), note=Note("broadcast_read"))


async def _letter(session: AsyncSession, recipient_id: int, *, again: bool = False) -> Letter:
    found = await broadcasts.received(session, recipient_id)
    assert found is not None
    recipient, row = found[:2]
    by, pokja = await session.get_one(Membership, row.by), await session.get_one(Pokja, row.pokja_id)
    return Letter(
        recipient.id,
        row.text,
        row.file,
        pokja.name,
        by.name,
        by.role,
        pokja.zone,
        row.wants_read,
        recipient.read_at,
        again,
    )
