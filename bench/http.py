"""As little HTTP/1.1 as Bot API clients need, on bare asyncio: kept-alive, one request at a time."""

import asyncio
from collections.abc import Callable, Mapping
from typing import Any, cast
from urllib.parse import parse_qsl

import orjson

Params = Mapping[str, Any]
Answer = bytes | asyncio.Future[bytes]
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"


class Connection(asyncio.Protocol):
    """A client's connection; each request is answered by `call(method, params)` with the JSON to send."""

    def __init__(self, call: Callable[[str, Params], Answer]) -> None:
        self._call = call
        self._buffer = b""
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)

    def connection_lost(self, exc: Exception | None) -> None:
        self._transport = None

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        while request := self._request():
            head, body = request
            answer = self._call(*_parsed(head, body))
            if isinstance(answer, bytes):
                self._write(answer)
            else:
                answer.add_done_callback(lambda future: self._write(future.result()))

    def _request(self) -> tuple[str, bytes] | None:
        head, end, rest = self._buffer.partition(b"\r\n\r\n")
        lowered = head.lower()
        if not end:
            return None
        if b"transfer-encoding: chunked" in lowered:
            return self._chunked(head, rest)
        length = int(lowered.partition(b"content-length:")[2].split(b"\r\n", 1)[0] or 0)
        if len(rest) < length:
            return None
        self._buffer = rest[length:]
        return head.decode("latin-1"), rest[:length]

    def _chunked(self, head: bytes, rest: bytes) -> tuple[str, bytes] | None:
        body = b""
        while True:
            size, end, rest = rest.partition(b"\r\n")
            length = int(size or b"0", 16)
            if not end or len(rest) < length + 2:
                return None
            body, rest = body + rest[:length], rest[length + 2 :]
            if not length:
                self._buffer = rest
                return head.decode("latin-1"), body

    def _write(self, body: bytes) -> None:
        if self._transport is not None:
            self._transport.write(HEAD % len(body) + body)


def _parsed(head: str, body: bytes) -> tuple[str, Params]:
    """The method's name, and its parameters in any of the ways clients write them."""
    target, _, query = head.split(" ", 2)[1].partition("?")
    lowered = head.lower()
    params: Params
    if "application/json" in lowered:
        params = orjson.loads(body or b"{}")
    elif "multipart/form-data" in lowered:
        params = _multipart(body)
    else:
        params = dict(parse_qsl(body.decode() or query))
    return target.rsplit("/", 1)[1], params


def _multipart(body: bytes) -> dict[str, str]:
    fields = {}
    for part in body.split(b"\r\n--"):
        head, _, value = part.partition(b"\r\n\r\n")
        name = head.partition(b'name="')[2].partition(b'"')[0]
        fields[name.decode()] = value.decode("utf-8", "replace")
    return fields
