"""The Bot API: checks a call, lets it meet its fate, carries it out, counts it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping

from simulator.api_error import ApiError, bad_request, method_not_found, too_many_requests
from simulator.json_types import JsonObject
from simulator.methods import chats, editing, sending, updates
from simulator.methods.call import Call, Method
from simulator.simulation import Simulation
from simulator.world.records import OrderedFailure

_LOG = logging.getLogger(__name__)
METHODS: Mapping[str, Method] = {
    **sending.METHODS,
    **editing.METHODS,
    **chats.METHODS,
    "setWebhook": updates.set_webhook,
    "deleteWebhook": updates.delete_webhook,
    "getWebhookInfo": updates.get_webhook_info,
    "close": lambda _sim, _call: True,
    "logOut": lambda _sim, _call: True,
}
# What flood control counts: new messages and edits, but not answers to buttons.
_COUNTED = frozenset({*sending.METHODS, "editMessageText", "editMessageCaption", "editMessageReplyMarkup"})
_OK = 200


class ConnectionDroppedError(Exception):
    """The caller gets no answer: its connection breaks."""


def supported_method(sim: Simulation, name: str) -> str:
    """The proper name of a method; ApiError 404 for one that is not here, noted as a fault."""
    method = sim.contract.method_named(name)
    if method is not None:
        return method
    kind = "unsupported method" if sim.contract.knows(name) else "unknown method"
    _LOG.error("the simulator has no method %s (%s)", name, kind)
    sim.records.fault(kind, name, [f"{kind} {name}"], {})
    sim.records.count(name, None, 404, sim.clock.now())
    raise method_not_found()


async def perform(sim: Simulation, method: str, call: Call) -> object:
    """The result of a call; ApiError when it is refused, ConnectionDroppedError when cut off."""
    code = _OK
    try:
        return await _perform(sim, method, call)
    except ApiError as error:
        code = error.code
        raise
    except ConnectionDroppedError:
        code = 0
        raise
    finally:
        sim.records.count(method, call.values.get("chat_id"), code, sim.clock.now())


async def _perform(sim: Simulation, method: str, call: Call) -> object:
    if sim.failures.latency and method != "getUpdates":
        await asyncio.sleep(sim.failures.latency)
    failure = sim.failures.next_for(method)
    if failure is not None and not failure.after_effect:
        raise _as_error(failure)
    check_contract(sim, method, call.values)
    _pass_flood_gate(sim, method, call)
    if method == "getUpdates":
        result: object = await updates.get_updates(sim, call)
    else:
        result = METHODS[method](sim, call)
    if failure is not None:
        raise _as_error(failure)
    return result


def check_contract(sim: Simulation, method: str, values: JsonObject) -> None:
    """Hold a call against the contract; ApiError 400 naming the first fault, all are noted."""
    faults = sim.contract.faults_of_call(method, values)
    if faults:
        _LOG.error("contract fault in %s: %s", method, "; ".join(faults))
        sim.records.fault("contract", method, faults, values)
        raise bad_request(f"contract fault: {faults[0]}")


def _pass_flood_gate(sim: Simulation, method: str, call: Call) -> None:
    if method not in _COUNTED:
        return
    chat_id = str(call.values.get("chat_id", "")).strip()
    number = int(chat_id) if chat_id.removeprefix("-").isdigit() else 0
    for _ in range(len(call.values.get("media", [None]))):
        wait = sim.flood.retry_after(number)
        if wait:
            sim.records.refused_by_flood += 1
            raise too_many_requests(wait)


def _as_error(failure: OrderedFailure) -> Exception:
    match failure.kind:
        case "drop":
            return ConnectionDroppedError()
        case "429":
            return too_many_requests(failure.retry_after)
        case "500":
            return ApiError(500, "Internal Server Error")
    return ApiError(int(failure.kind), failure.description or "Bad Gateway")
