"""How fast Telegram lets a bot write, as arithmetic on a clock that is passed in.

About 30 messages a second over all, one a second in a chat (a short burst passes), 20 a minute in a group;
edits count. Answers to people are counted and never held back; the outbox takes what they leave.
"""

import math
from collections import deque
from dataclasses import dataclass, field
from typing import Final

SWEEP_SECONDS: Final = 60.0
# Two chats refused within this time: it's the bot that is too fast, not the chat.
TOGETHER_SECONDS: Final = 2.0


@dataclass(frozen=True, slots=True)
class Rates:
    """Messages per time. After a silence `chat_burst` may come at once, then one each `chat_seconds`."""

    overall: int = 30
    overall_seconds: float = 1.0
    chat_seconds: float = 1.0
    chat_burst: int = 3
    group: int = 20
    group_seconds: float = 60.0


@dataclass(slots=True)
class _Window:
    """Never more than `limit` marks within `seconds`; marks made without asking count too."""

    limit: int
    seconds: float
    marks: deque[float] = field(default_factory=deque)

    def free_at(self, now: float, spare: int = 0) -> float:
        self._forget(now)
        limit = self.limit - spare
        if len(self.marks) < limit:
            return now
        return self.marks[-limit] + self.seconds

    def room(self, now: float) -> int:
        self._forget(now)
        return max(0, self.limit - len(self.marks))

    def mark(self, now: float) -> None:
        self._forget(now)
        self.marks.append(now)

    def _forget(self, now: float) -> None:
        while self.marks and self.marks[0] + self.seconds <= now:
            self.marks.popleft()


@dataclass(slots=True)
class _Chat:
    """`paid_until`: the moment up to which the messages sent so far use up the chat's one a second."""

    paid_until: float
    group: _Window | None
    paused_until: float = float("-inf")

    def free_at(self, now: float, rates: Rates, spare: int = 0) -> float:
        burst_ends = self.paid_until - (rates.chat_burst - 1) * rates.chat_seconds
        group_free = self.group.free_at(now, spare) if self.group else now
        return max(now, burst_ends, group_free, self.paused_until)

    def mark(self, now: float, rates: Rates) -> None:
        self.paid_until = max(self.paid_until, now) + rates.chat_seconds
        if self.group:
            self.group.mark(now)

    def is_idle(self, now: float) -> bool:
        empty = self.group is None or self.group.room(now) == self.group.limit
        return empty and max(self.paid_until, self.paused_until) <= now


class FloodLimits:
    """Counts what is sent and says when the next may go. All moments are seconds of one monotonic clock."""

    def __init__(self, rates: Rates | None = None) -> None:
        self._rates = rates or Rates()
        self._overall = _Window(self._rates.overall, self._rates.overall_seconds)
        self._chats: dict[int, _Chat] = {}
        self._paused_until = float("-inf")
        self._last_refusal: tuple[int, float] | None = None
        self._swept_at = float("-inf")

    @property
    def chats_known(self) -> int:
        """How many chats are remembered: those that were active lately."""
        return len(self._chats)

    @property
    def pace(self) -> float:
        """Seconds between messages that go evenly, over all chats."""
        return self._rates.overall_seconds / self._rates.overall

    @property
    def memory(self) -> float:
        """Seconds after which a message doesn't count any more."""
        return max(self._rates.overall_seconds, self._rates.group_seconds)

    def wait_for(self, chat: int, now: float, *, spare: int = 0) -> float:
        """Seconds until a message to this chat may go; 0 when it may now.

        `spare` leaves that many of a group's messages per minute to more important things.
        """
        free_at = max(self._overall.free_at(now), self._paused_until)
        if chat in self._chats:
            free_at = max(free_at, self._chats[chat].free_at(now, self._rates, spare))
        return max(0.0, free_at - now)

    def wait_for_any(self, now: float) -> float:
        """Seconds until any message may go."""
        return max(0.0, max(self._overall.free_at(now), self._paused_until) - now)

    def room(self, now: float) -> int:
        """How many messages may go now, over all chats."""
        return 0 if self._paused_until > now else self._overall.room(now)

    def resting(self, now: float) -> frozenset[int]:
        """The chats that must wait even when there is room over all."""
        return frozenset(chat for chat, state in self._chats.items() if state.free_at(now, self._rates) > now)

    def first_rest(self, now: float) -> float:
        """Seconds until the first of the chats that must wait may be written to; infinite where none has to."""
        free = (state.free_at(now, self._rates) for state in self._chats.values())
        return min((moment for moment in free if moment > now), default=math.inf) - now

    def spend(self, chat: int, now: float) -> None:
        """Counts a message, whoever sent it."""
        self._overall.mark(now)
        self._chat(chat, now).mark(now, self._rates)

    def pause(self, seconds: float, now: float, chat: int | None = None) -> None:
        """Lets nothing go to a chat, or anywhere, for some seconds; a longer pause stays."""
        if chat is None:
            self._paused_until = max(self._paused_until, now + seconds)
        else:
            state = self._chat(chat, now)
            state.paused_until = max(state.paused_until, now + seconds)

    def refused(self, chat: int, seconds: float, now: float) -> None:
        """Notes a 429, which never says whom it means: this chat, or all if another was just refused."""
        self.pause(seconds, now, chat)
        before, self._last_refusal = self._last_refusal, (chat, now)
        if before and before[0] != chat and now - before[1] < TOGETHER_SECONDS:
            self.pause(seconds, now)

    def _chat(self, chat: int, now: float) -> _Chat:
        self._sweep(now)
        if chat not in self._chats:
            group = _Window(self._rates.group, self._rates.group_seconds) if chat < 0 else None
            self._chats[chat] = _Chat(now, group)
        return self._chats[chat]

    def _sweep(self, now: float) -> None:
        if now - self._swept_at >= SWEEP_SECONDS:
            self._swept_at = now
            self._chats = {chat: state for chat, state in self._chats.items() if not state.is_idle(now)}
