"""What tests want to know afterwards: faults, calls, refusals; and failures ordered by them."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field

from simulator.json_types import JsonList, JsonObject


@dataclass
class Records:
    """Faults seen and calls counted."""

    faults: JsonList = field(default_factory=list)
    calls: Counter[str] = field(default_factory=Counter)
    errors: Counter[str] = field(default_factory=Counter)
    log: JsonList = field(default_factory=list)
    refused_by_flood: int = 0

    def fault(self, kind: str, method: str, details: list[str], values: JsonObject) -> None:
        """Keep a fault of the bot with the parameters of its call."""
        shown = {name: repr(value)[:300] for name, value in values.items()}
        fault = {"kind": kind, "method": method, "details": details, "parameters": shown}
        self.faults.append(fault)

    def count(self, method: str, chat_id: object, code: int, at: float) -> None:
        """Count a call and how it ended."""
        self.calls[method] += 1
        if code != 200:  # noqa: PLR2004
            self.errors[str(code)] += 1
        self.log.append({"method": method, "chat_id": chat_id, "code": code, "at": at})

    def forget(self) -> None:
        """Begin again."""
        self.faults.clear()
        self.calls.clear()
        self.errors.clear()
        self.log.clear()
        self.refused_by_flood = 0


@dataclass
class OrderedFailure:
    """The next calls fail in this way; with `after_effect` the work is done all the same."""

    kind: str
    remaining: int
    method: str = ""
    after_effect: bool = False
    retry_after: int = 1
    description: str = ""


@dataclass
class FailurePlan:
    """Which of the coming calls fail."""

    ordered: list[OrderedFailure] = field(default_factory=list)
    share_500: float = 0.0
    share_429: float = 0.0
    latency: float = 0.0
    chance: random.Random = field(default_factory=lambda: random.Random(1))  # noqa: S311

    def next_for(self, method: str) -> OrderedFailure | None:
        """The failure this call meets, if any."""
        for failure in self.ordered:
            if failure.remaining > 0 and failure.method.lower() in {"", method.lower()}:
                failure.remaining -= 1
                return failure
        return self._by_chance(method)

    def _by_chance(self, method: str) -> OrderedFailure | None:
        if method == "getUpdates":
            return None
        if self.share_500 and self.chance.random() < self.share_500:
            return OrderedFailure("500", 0)
        if self.share_429 and self.chance.random() < self.share_429:
            return OrderedFailure("429", 0)
        return None
