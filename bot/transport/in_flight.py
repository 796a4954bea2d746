"""How many messages may be on their way at once: of those nobody knows, after a kill, whether they arrived.

Sent and marked within one turn of the pace, they go one by one, and a kill can double one. Where Telegram is
further away there are as many as it takes to keep the pace, and no more.
"""

import math
import statistics
from collections import deque
from dataclasses import dataclass, field
from typing import Final

REMEMBERED: Final = 30
# One that takes longer than this may have to wait for a broken connection: the others don't wait for it.
HUNG_SECONDS: Final = 0.5
# How much of the time between two may be spent on one for them to go one by one.
ONE_BY_ONE: Final = 0.8


@dataclass(slots=True)
class InFlight:
    """Messages on their way, by number; `pace` is the time between two, in seconds of the clock that is passed in."""

    pace: float
    _since: dict[int, float] = field(default_factory=dict)
    _took: deque[float] = field(default_factory=lambda: deque(maxlen=REMEMBERED))

    def begin(self, number: int, now: float) -> None:
        """Notes that sending message `number` began at `now` (monotonic seconds)."""
        self._since[number] = now

    def end(self, number: int, now: float) -> None:
        """Notes that message `number` was sent and marked, or given up."""
        since = self._since.pop(number, None)
        if since is not None:
            self._took.append(now - since)

    def is_full(self, now: float) -> bool:
        """Whether the next message has to wait until one of these is finished."""
        return sum(now - since < HUNG_SECONDS for since in self._since.values()) >= self.most()

    def most(self) -> int:
        """How many at once keep the pace.

        The quicker ones tell how far away Telegram is; a machine that is busy for a moment makes the others slow.
        """
        took = sorted(self._took)
        if not took or took[len(took) // 4] <= ONE_BY_ONE * self.pace:
            return 1
        return math.ceil(statistics.median(took) / self.pace) + 1
