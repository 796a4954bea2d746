"""How people answer by themselves: rules that know nothing of any particular bot."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, field

from simulator.json_types import JsonObject

DEFAULT_AVOIDED = (
    r"kembali",
    r"nanti",
    r"lewati",
    r"menu",
    r"hapus",
    r"keluar",
    r"batal",
    r"tutup",
    r"ubah",
    r"ganti",
    r"tolak",
    r"bantuan",
    r"sebelumnya",
    r"cari",
    r"unduh",
    r"berhenti",
)


@dataclass(frozen=True)
class Rule:
    """When a message matches `when`, type one of `types` or tap a label matching `taps`."""

    when: str
    types: tuple[str, ...] = ()
    taps: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reaction:
    """What a robot decided to do."""

    text: str | None = None
    callback_data: str | None = None


@dataclass
class RobotRules:
    """Who answers by themselves, how, and what they leave alone."""

    users: set[int] = field(default_factory=set)
    is_on: bool = False
    rules: list[Rule] = field(default_factory=list)
    avoided: tuple[str, ...] = DEFAULT_AVOIDED
    delay: tuple[float, float] = (0.4, 1.5)
    chance: random.Random = field(default_factory=lambda: random.Random(7))  # noqa: S311
    seen: set[tuple[int, int, str]] = field(default_factory=set)

    def applies_to(self, user_id: int) -> bool:
        """Whether this person answers by themselves now; no list means everybody."""
        return self.is_on and (not self.users or user_id in self.users)

    def is_new(self, chat_id: int, message_id: int, state: str) -> bool:
        """True once for each state of each message, so that no robot runs in circles."""
        key = (chat_id, message_id, state)
        if key in self.seen:
            return False
        self.seen.add(key)
        return True

    def pause(self) -> float:
        """Seconds a person would take to answer."""
        return self.chance.uniform(*self.delay)

    def reaction(self, text: str, buttons: list[JsonObject]) -> Reaction | None:
        """What to do about a message with this text and these callback buttons."""
        for rule in self.rules:
            if re.search(rule.when, text, re.IGNORECASE) and (made := self._by(rule, buttons)):
                return made
        return self._tap_any(buttons)

    def _by(self, rule: Rule, buttons: list[JsonObject]) -> Reaction | None:
        if rule.types:
            return Reaction(text=self.chance.choice(rule.types))
        wanted = [button for button in buttons if _matches(button["text"], rule.taps)]
        return self._chosen(wanted)

    def _tap_any(self, buttons: list[JsonObject]) -> Reaction | None:
        open_ones = [button for button in buttons if not _matches(button["text"], self.avoided)]
        return self._chosen(open_ones)

    def _chosen(self, buttons: list[JsonObject]) -> Reaction | None:
        if not buttons:
            return None
        return Reaction(callback_data=self.chance.choice(buttons)["callback_data"])


def _matches(label: str, patterns: tuple[str, ...]) -> bool:
    return any(re.search(pattern, label, re.IGNORECASE) for pattern in patterns)
