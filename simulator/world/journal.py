"""Counts every change, and tells those who wait for one."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

from simulator.json_types import JsonObject

Listener = Callable[[JsonObject], None]


@dataclass
class Journal:
    """The world's version number; each change makes it one higher."""

    version: int = 0
    listeners: list[Listener] = field(default_factory=list)
    is_closed: bool = False

    def record(self, kind: str, **details: object) -> int:
        """Note a change and tell the listeners; returns the new version."""
        self.version += 1
        event: JsonObject = {"version": self.version, "kind": kind, **details}
        for listener in list(self.listeners):
            listener(event)
        return self.version

    def close(self) -> None:
        """Wake everybody for the last time: the server stops."""
        self.is_closed = True
        self.record("closed")

    async def wait_until(self, condition: Callable[[], bool], timeout: float) -> bool:  # noqa: ASYNC109
        """Wait for a change that makes `condition` true; False when time ran out first."""
        come = asyncio.Event()

        def look(_: JsonObject) -> None:
            if condition() or self.is_closed:
                come.set()

        self.listeners.append(look)
        try:
            if not (condition() or self.is_closed):
                await asyncio.wait_for(come.wait(), timeout)
        except TimeoutError:
            return condition()
        finally:
            self.listeners.remove(look)
        return condition()
