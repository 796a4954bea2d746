"""Flood control: how many messages Telegram lets a bot send, as token buckets."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(frozen=True)
class FloodLimits:
    """Messages per second and how many may come at once."""

    overall_rate: float = 30.0
    overall_burst: int = 60
    private_rate: float = 1.0
    private_burst: int = 30
    group_rate: float = 20 / 60
    group_burst: int = 20


@dataclass
class _Bucket:
    rate: float
    burst: int
    tokens: float
    filled_at: float

    def wait(self, now: float) -> float:
        """Seconds until a message may be sent; 0 when it may be now."""
        self.tokens = min(self.burst, self.tokens + (now - self.filled_at) * self.rate)
        self.filled_at = now
        return 0.0 if self.tokens >= 1 else (1 - self.tokens) / self.rate


@dataclass
class FloodGate:
    """Decides for each message whether it may pass."""

    limits: FloodLimits
    enabled: bool = True
    now: Callable[[], float] = time.monotonic
    _buckets: dict[int | None, _Bucket] = field(default_factory=dict)

    def retry_after(self, chat_id: int) -> int:
        """0 and the message is counted, or the seconds the bot has to wait."""
        if not self.enabled:
            return 0
        buckets = [self._bucket(None), self._bucket(chat_id)]
        wait = max(bucket.wait(self.now()) for bucket in buckets)
        if wait > 0:
            return max(1, math.ceil(wait))
        for bucket in buckets:
            bucket.tokens -= 1
        return 0

    def _bucket(self, chat_id: int | None) -> _Bucket:
        if chat_id not in self._buckets:
            rate, burst = self._limit(chat_id)
            self._buckets[chat_id] = _Bucket(rate, burst, burst, self.now())
        return self._buckets[chat_id]

    def _limit(self, chat_id: int | None) -> tuple[float, int]:
        if chat_id is None:
            return self.limits.overall_rate, self.limits.overall_burst
        if chat_id > 0:
            return self.limits.private_rate, self.limits.private_burst
        return self.limits.group_rate, self.limits.group_burst
