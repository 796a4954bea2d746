"""Whether the bot has done with something: so that tests wait for events, not for time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from simulator.json_types import JsonObject
from simulator.simulation import Simulation


@dataclass(frozen=True)
class Wanted:
    """What is waited for: a tap answered, and the chat changed or the updates confirmed."""

    chat_id: int
    since: int
    update_ids: Sequence[int]
    query_id: str | None
    quiet: float
    timeout: float


async def settled(sim: Simulation, wanted: Wanted) -> JsonObject:
    """Wait until the bot has answered and its reaction is to be seen, or it stays quiet.

    A bot that confirms an update has done its work, but perhaps not shown it yet; a short quiet
    time after that means that nothing more is coming.
    """
    wait = sim.journal.wait_until
    if await wait(lambda: _is_answered(sim, wanted), wanted.timeout):
        await wait(lambda: _has_changed(sim, wanted) or _is_confirmed(sim, wanted), wanted.timeout)
        await wait(lambda: _has_changed(sim, wanted), wanted.quiet)
    return {
        "version": sim.journal.version,
        "answered": _is_answered(sim, wanted),
        "changed": _has_changed(sim, wanted),
        "confirmed": _is_confirmed(sim, wanted),
    }


def _is_answered(sim: Simulation, wanted: Wanted) -> bool:
    if wanted.query_id is None:
        return True
    tap = sim.taps.taps.get(wanted.query_id)
    return tap is not None and tap.answer is not None


def _is_confirmed(sim: Simulation, wanted: Wanted) -> bool:
    return not any(update_id in sim.updates.pending for update_id in wanted.update_ids)


def _has_changed(sim: Simulation, wanted: Wanted) -> bool:
    """Whether the bot wrote, edited or deleted something in the chat since."""
    return sim.world.chat(wanted.chat_id).bot_version > wanted.since


async def changed_since(
    sim: Simulation,
    chat_id: int | None,
    after: int,
    timeout: float,  # noqa: ASYNC109
) -> JsonObject:
    """Wait until a chat (or anything) changes after a version."""

    def current() -> int:
        return sim.journal.version if chat_id is None else sim.world.chat(chat_id).version

    changed = await sim.journal.wait_until(lambda: current() > after, timeout)
    return {"version": sim.journal.version, "changed": changed}
