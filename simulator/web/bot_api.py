"""The HTTP face of the Bot API: requests in, JSON answers out."""

from __future__ import annotations

import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from simulator.api_error import ApiError, bad_request
from simulator.json_types import JsonObject
from simulator.methods.call import Call
from simulator.methods.registry import ConnectionDroppedError, perform, supported_method
from simulator.simulation import Simulation
from simulator.web.form_body import FormValues, multipart_values, urlencoded_values
from simulator.web.request_values import split_uploads, typed_form


class DroppedConnection(Response):
    """Promises a body and never sends it, so that the server closes the connection."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the head only."""
        del scope, receive
        head = [(b"content-length", b"1000"), (b"content-type", b"application/json")]
        await send({"type": "http.response.start", "status": 200, "headers": head})


def json_response(content: object, status: int = 200) -> Response:
    """JSON as the Bot API sends it."""
    return Response(orjson.dumps(content), status, media_type="application/json")


async def bot_api_endpoint(request: Request) -> Response:
    """``/bot<token>/<method>``."""
    sim: Simulation = request.app.state.simulation
    try:
        _check_token(sim, request.path_params["token"])
        method = supported_method(sim, request.path_params["method"])
        call = await _read_call(sim, method, request)
        result = await perform(sim, method, call)
    except ApiError as error:
        return json_response(_error_body(error), error.code)
    except ConnectionDroppedError:
        return DroppedConnection()
    return json_response({"ok": True, "result": result})


async def file_endpoint(request: Request) -> Response:
    """``/file/bot<token>/<file_path>``."""
    sim: Simulation = request.app.state.simulation
    try:
        _check_token(sim, request.path_params["token"])
    except ApiError as error:
        return json_response(_error_body(error), error.code)
    stored = sim.world.files.at_path(request.path_params["path"])
    if stored is None:
        return json_response(_error_body(ApiError(404, "Not Found")), 404)
    return Response(stored.content, media_type=stored.mime_type)


def _check_token(sim: Simulation, token: str) -> None:
    if token != sim.config.token:
        raise ApiError(401, "Unauthorized")


def _error_body(error: ApiError) -> JsonObject:
    body: JsonObject = {
        "ok": False,
        "error_code": error.code,
        "description": error.description,
    }
    return body | ({"parameters": error.parameters} if error.parameters else {})


async def _read_call(sim: Simulation, method: str, request: Request) -> Call:
    """Parameters of the query string and the body together, as Telegram reads them."""
    query = typed_form(sim.contract, method, urlencoded_values(request.url.query.encode()))
    body = await _read_body(sim, method, request)
    values, uploads = split_uploads(sim.contract, method, {**query, **body})
    return Call({name: value for name, value in values.items() if value is not None}, uploads)


async def _read_body(sim: Simulation, method: str, request: Request) -> JsonObject:
    kind = request.headers.get("content-type", "").split(";")[0].strip()
    if kind == "application/json":
        return _parse_json(await request.body())
    form: FormValues = {}
    if kind == "application/x-www-form-urlencoded":
        form = urlencoded_values(await request.body())
    elif kind == "multipart/form-data":
        form = multipart_values(await request.body(), request.headers["content-type"])
    return typed_form(sim.contract, method, form)


def _parse_json(body: bytes) -> JsonObject:
    try:
        parsed = orjson.loads(body or b"{}")
    except orjson.JSONDecodeError as error:
        raise bad_request("can't parse JSON object") from error
    if not isinstance(parsed, dict):
        raise bad_request("JSON object expected")
    return parsed
