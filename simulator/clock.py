"""The simulator's own time: it begins at any moment, runs as the real time does, and is moved forward by people."""

from __future__ import annotations

import time
from collections.abc import Callable


class Clock:
    """Tells the simulated time; it only ever moves forward. `offset`: seconds it is ahead of the real time."""

    def __init__(self, start: float, real_time: Callable[[], float] = time.time) -> None:
        """Begin at `start`, in seconds since 1970."""
        self._real_time = real_time
        self.offset = start - real_time()

    def now(self) -> float:
        """Seconds since 1970, as the simulated world counts them."""
        return self._real_time() + self.offset

    def now_seconds(self) -> int:
        """The same in whole seconds, as message dates are written."""
        return int(self.now())

    def forward(self, seconds: float) -> None:
        """Move on; ValueError for a step back, which no clock on a phone does."""
        if seconds < 0:
            msg = "the clock moves forward only"
            raise ValueError(msg)
        self.offset += seconds
