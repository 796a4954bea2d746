"""The statements of the outbox, made once: each message that goes out pays for them."""

import functools
from typing import Any, Final, cast

import sqlalchemy as sa

from store.engine.upsert import insert_of
from store.tables.core import Outgoing

OUTBOX: Final = cast("sa.Table", Outgoing.__table__)
QUEUED: Final = "queued"
SENDING: Final = "sending"
SENT: Final = "sent"
FAILED: Final = "failed"
CLAIM_LOCK: Final = 0x504F4B4A41  # any number, the same in every process

# One claim at a time over all processes: SKIP LOCKED alone lets two take rows of one chat at once.
TAKE_TURNS: Final = sa.select(sa.func.pg_advisory_xact_lock(CLAIM_LOCK))

IS_DUE: Final = (OUTBOX.c.state == QUEUED) & (OUTBOX.c.not_before <= sa.bindparam("now"))
IS_IN_TIME: Final = OUTBOX.c.not_after.is_(None) | (OUTBOX.c.not_after > sa.bindparam("now"))
IS_BUSY: Final = sa.select(OUTBOX.c.chat_id).where(OUTBOX.c.state == SENDING)
IS_FREE: Final = ~(
    OUTBOX.c.chat_id.in_(IS_BUSY) | OUTBOX.c.chat_id.in_(sa.bindparam("resting", expanding=True))
)
CANDIDATES: Final = (
    sa.select(OUTBOX.c.id, OUTBOX.c.chat_id)
    .where(IS_DUE, IS_FREE, IS_IN_TIME)
    .order_by(OUTBOX.c.priority, OUTBOX.c.not_before, OUTBOX.c.id)
    .limit(sa.bindparam("most", type_=sa.Integer))
    .with_for_update(skip_locked=True)
)
TAKE: Final = (
    sa.update(Outgoing)
    .where(Outgoing.id.in_(sa.bindparam("ids", expanding=True)))
    .values(state=SENDING, claimed_at=sa.bindparam("now"), attempts=Outgoing.attempts + 1)
    .returning(Outgoing)
    .execution_options(synchronize_session=False, populate_existing=True)
)
IS_IT: Final = OUTBOX.c.id == sa.bindparam("outgoing_id")
MARK_SENT: Final = (
    sa.update(OUTBOX)
    .where(IS_IT)
    .values(state=SENT, message_id=sa.bindparam("message"), sent_at=sa.bindparam("now"), error=None)
)
RELEASE: Final = (
    sa.update(OUTBOX)
    .where(IS_IT, OUTBOX.c.state == SENDING)
    .values(state=QUEUED, claimed_at=None, attempts=OUTBOX.c.attempts - 1)
)
TRIED: Final = (
    sa.select(OUTBOX.c.chat_id, OUTBOX.c.claimed_at)
    .where(OUTBOX.c.claimed_at > sa.bindparam("since"))
    .order_by(OUTBOX.c.claimed_at)
)
NEXT_DUE: Final = sa.select(sa.func.min(OUTBOX.c.not_before)).where(OUTBOX.c.state == QUEUED)
EXPIRED: Final = sa.select(Outgoing).where(
    Outgoing.state == QUEUED, Outgoing.not_after <= sa.bindparam("now")
)
# "+ 0" keeps SQLite from walking through all a Pokja was ever sent, by the index of Pokja, for the few that wait.
EXPIRED_IN: Final = EXPIRED.where(Outgoing.pokja_id + 0 == sa.bindparam("pokja_id"))
EXPIRED_LOCKED: Final = EXPIRED.with_for_update(skip_locked=True)
EXPIRED_LOCKED_IN: Final = EXPIRED_IN.with_for_update(skip_locked=True)


@functools.cache
def add(dialect: str) -> Any:
    """Adds rows whose reason is new; returns their numbers."""
    statement = insert_of(dialect)(OUTBOX).on_conflict_do_nothing(index_elements=["reason"])
    return statement.returning(OUTBOX.c.id)
