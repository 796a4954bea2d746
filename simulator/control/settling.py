"""Whether the bot has done with something: so that tests wait for events, not for time."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from simulator.control.arguments import integer
from simulator.json_types import JsonObject
from simulator.simulation import Simulation

_LONGEST_WAIT = 100.0


@dataclass(frozen=True)
class Wanted:
    """What is waited for: a tap answered, and the chat changed or the updates confirmed.

    After a message `typed` it is a newer one of the bot's that counts: before that, the bot only tidies up.
    """

    chat_id: int
    since: int
    update_ids: Sequence[int]
    query_id: str | None
    quiet: float
    timeout: float
    typed: int = 0


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
    chat = sim.world.chat(wanted.chat_id)
    if wanted.typed:
        return chat.last_bot_message_id(sim.world.bot.user_id) > wanted.typed
    return chat.bot_version > wanted.since


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


async def _wait(sim: Simulation, arguments: JsonObject) -> JsonObject:
    after = integer(arguments, "after", sim.journal.version) or 0
    return await changed_since(sim, integer(arguments, "chat_id"), after, _timeout(arguments))


async def _settled(sim: Simulation, arguments: JsonObject) -> JsonObject:
    ids = [int(part) for part in arguments.get("update_ids", "").split(",") if part]
    wanted = Wanted(
        chat_id=int(arguments["chat_id"]),
        since=int(arguments["since"]),
        update_ids=ids,
        query_id=arguments.get("query_id") or None,
        quiet=float(arguments.get("quiet") or 0.2),
        timeout=_timeout(arguments),
        typed=integer(arguments, "typed", 0) or 0,
    )
    return await settled(sim, wanted)


def _timeout(arguments: JsonObject) -> float:
    return min(float(arguments.get("timeout") or 5.0), _LONGEST_WAIT)


Waiting = Callable[[Simulation, JsonObject], Awaitable[JsonObject]]
ROUTES: list[tuple[str, Waiting]] = [("/wait", _wait), ("/settled", _settled)]
