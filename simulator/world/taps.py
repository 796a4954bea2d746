"""Button presses and what the bot answered to them."""

from __future__ import annotations

from dataclasses import dataclass, field

from simulator.api_error import QUERY_TOO_OLD, bad_request
from simulator.clock import Clock
from simulator.json_types import JsonObject
from simulator.world.journal import Journal

MAXIMUM_ANSWER = 200


@dataclass
class Tap:
    """One press of a button."""

    query_id: str
    user_id: int
    chat_id: int
    message_id: int
    data: str
    tapped_at: float
    version: int
    update_id: int | None = None
    answer: JsonObject | None = None

    def as_report(self) -> JsonObject:
        """What tests read of it."""
        return {
            "query_id": self.query_id,
            "user_id": self.user_id,
            "chat_id": self.chat_id,
            "message_id": self.message_id,
            "data": self.data,
            "update_id": self.update_id,
            "version": self.version,
            "answered": self.answer is not None,
            "answer": self.answer,
        }


@dataclass
class TapBook:
    """All presses, by query id."""

    clock: Clock
    journal: Journal
    maximum_age: float
    taps: dict[str, Tap] = field(default_factory=dict)

    def add(self, user_id: int, chat_id: int, message_id: int, data: str) -> Tap:
        """Note a press, not answered yet."""
        query_id = str(7_000_000_000_000_001 + len(self.taps))
        now = self.clock.now()
        tap = Tap(query_id, user_id, chat_id, message_id, data, now, self.journal.version)
        self.taps[query_id] = tap
        self.journal.record("tapped", chat_id=chat_id, user_id=user_id, query_id=query_id)
        return tap

    def answer(self, query_id: str, answer: JsonObject) -> None:
        """Take the bot's answer; ApiError 400 when it is unknown, too old or answered before."""
        tap = self.taps.get(query_id)
        if tap is None or tap.answer is not None:
            raise bad_request(QUERY_TOO_OLD)
        if self.clock.now() - tap.tapped_at > self.maximum_age:
            raise bad_request(QUERY_TOO_OLD)
        tap.answer = answer
        details = {"chat_id": tap.chat_id, "user_id": tap.user_id, "query_id": query_id}
        self.journal.record("answered", answer=answer, **details)
