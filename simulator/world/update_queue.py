"""Updates waiting for the bot: kept until it confirms them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from simulator.clock import Clock
from simulator.json_types import JsonList, JsonObject
from simulator.world.journal import Journal

NOT_SENT_UNLESS_ASKED = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
MAXIMUM_BATCH = 100
_KEPT_SECONDS = 24 * 3600
_CALLBACK_KEPT_SECONDS = 150


@dataclass
class PendingUpdate:
    """An update with the delivery queue it belongs to and the time it was made."""

    update: JsonObject
    queue: str
    made_at: float
    is_callback: bool


@dataclass
class UpdateQueue:
    """What `getUpdates` reads and the webhook sends."""

    clock: Clock
    journal: Journal
    next_id: int = 100_000_001
    allowed: list[str] = field(default_factory=list)
    pending: dict[int, PendingUpdate] = field(default_factory=dict)

    def add(self, kind: str, payload: JsonObject, queue: str) -> int | None:
        """Queue an update; None when the bot did not ask for this kind."""
        if not self.wants(kind):
            return None
        update_id = self.next_id
        self.next_id += 1
        update = {"update_id": update_id, kind: payload}
        is_callback = kind == "callback_query"
        self.pending[update_id] = PendingUpdate(update, queue, self.clock.now(), is_callback)
        self.journal.record("update", update_id=update_id)
        return update_id

    def wants(self, kind: str) -> bool:
        """Whether the bot gets updates of this kind."""
        return kind in self.allowed if self.allowed else kind not in NOT_SENT_UNLESS_ASKED

    def confirm_below(self, offset: int) -> None:
        """Forget what the bot has confirmed, handled or not."""
        done = [update_id for update_id in self.pending if update_id < offset]
        self.forget(done)

    def forget(self, update_ids: list[int]) -> None:
        """Drop updates and tell those who wait for that."""
        for update_id in update_ids:
            self.pending.pop(update_id, None)
        if update_ids:
            self.journal.record("confirmed", update_ids=update_ids)

    def drop_expired(self) -> None:
        """Telegram keeps updates for a day, button presses for 150 seconds."""
        now = self.clock.now()
        old = [update_id for update_id, kept in self.pending.items() if _is_expired(kept, now)]
        self.forget(old)

    def read(self, offset: int, limit: int) -> JsonList:
        """Confirm below `offset` and give what follows; a negative one counts from the end."""
        if offset < 0:
            self.forget(list(self.pending)[:offset])
        else:
            self.confirm_below(offset)
        self.drop_expired()
        return [kept.update for kept in list(self.pending.values())[:limit]]

    def queues(self) -> Iterator[str]:
        """Names of the delivery queues that hold something."""
        return iter({kept.queue: None for kept in self.pending.values()})

    def first_of(self, queue: str) -> JsonObject | None:
        """The oldest update of a delivery queue."""
        return next((kept.update for kept in self.pending.values() if kept.queue == queue), None)


def _is_expired(kept: PendingUpdate, now: float) -> bool:
    limit = _CALLBACK_KEPT_SECONDS if kept.is_callback else _KEPT_SECONDS
    return now - kept.made_at > limit
