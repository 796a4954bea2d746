"""getUpdates and the webhook methods: how the bot gets its updates."""

from __future__ import annotations

import orjson

from simulator.api_error import POLLING_CONFLICT, WEBHOOK_CONFLICT, ApiError
from simulator.json_types import JsonList, JsonObject
from simulator.methods.call import Call
from simulator.simulation import Simulation
from simulator.world.update_queue import MAXIMUM_BATCH

_LONGEST_POLL = 50


async def get_updates(sim: Simulation, call: Call) -> JsonList:
    """Wait for updates; ApiError 409 when another poller came or a webhook is set."""
    if sim.webhook.url:
        raise ApiError(409, WEBHOOK_CONFLICT)
    _remember_allowed(sim, call)
    sim.poll_number += 1
    number = sim.poll_number
    sim.journal.record("polled")
    limit = min(max(int(call.values.get("limit") or MAXIMUM_BATCH), 1), MAXIMUM_BATCH)
    updates = sim.updates.read(int(call.values.get("offset") or 0), limit)
    timeout = min(float(call.values.get("timeout") or 0), _LONGEST_POLL)
    if updates or not timeout:
        return _detached(updates)
    await sim.journal.wait_until(lambda: bool(sim.updates.pending) or _is_old(sim, number), timeout)
    if _is_old(sim, number):
        raise ApiError(409, WEBHOOK_CONFLICT if sim.webhook.url else POLLING_CONFLICT)
    return _detached(sim.updates.read(0, limit))


def _is_old(sim: Simulation, number: int) -> bool:
    return sim.poll_number != number or bool(sim.webhook.url)


def _remember_allowed(sim: Simulation, call: Call) -> None:
    """Left out means as before; an empty list means Telegram's default."""
    if call.values.get("allowed_updates") is not None:
        sim.updates.allowed = list(call.values["allowed_updates"])


def _detached(updates: JsonList) -> JsonList:
    """A copy as of now, for the answer is written later."""
    copied: JsonList = orjson.loads(orjson.dumps(updates))
    return copied


def set_webhook(sim: Simulation, call: Call) -> bool:
    """Have updates sent to an address; an empty one removes the webhook."""
    values = call.values
    secret = values.get("secret_token") or ""
    sim.webhook.set(values["url"], secret, int(values.get("max_connections") or 40))
    _remember_allowed(sim, call)
    _drop_if_asked(sim, values)
    sim.journal.record("webhook")
    return True


def delete_webhook(sim: Simulation, call: Call) -> bool:
    """Go back to getUpdates."""
    sim.webhook.set("", "", 0)
    _drop_if_asked(sim, call.values)
    sim.journal.record("webhook")
    return True


def _drop_if_asked(sim: Simulation, values: JsonObject) -> None:
    if values.get("drop_pending_updates"):
        sim.updates.forget(list(sim.updates.pending))


def get_webhook_info(sim: Simulation, _: Call) -> JsonObject:
    """The webhook's state."""
    return sim.webhook.as_info(len(sim.updates.pending), sim.updates.allowed)
