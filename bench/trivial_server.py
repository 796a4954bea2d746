"""A Bot API that does nothing but keep people tapping, and measures how soon each is served.

`python -m bench.trivial_server taps 32 5` prints its port and waits for a bot. After two seconds of warming
up it prints 'measuring', after five more a line of JSON. A number behind that is how often it measures, with a
rest between: people go on tapping meanwhile. It goes on answering, without new updates, until it is ended.
"""

import asyncio
import sys
import time
from collections import deque
from typing import Any

import orjson

from bench.http import Answer, Connection, Params
from bench.phones import Phones

WARM_UP = 2.0  # pydantic builds its validators on first use, connections and pools open
REST = 6.0  # between two measurements: within it a bot looks for what another process has ordered


class Server:
    """The methods of the Bot API, and the clock."""

    def __init__(self, users: int, talk: str, seconds: float, times: int) -> None:
        self._left = times
        self._phones = Phones(users, talk, self._push)
        self._seconds = seconds
        self._updates: deque[tuple[int, bytes]] = deque()
        self._last = 0
        self._poll: asyncio.Future[bytes] | None = None
        self._poll_limit = 100
        self._over = False
        self._begun = self._spent = 0.0
        self.requests = 0

    def call(self, method: str, params: Params) -> Answer:
        self.requests += 1
        if method.lower() == "getupdates":
            return self._get_updates(params)
        return b'{"ok":true,"result":' + orjson.dumps(self._phones.call(method, params)) + b"}"

    def _push(self, update: dict[str, Any]) -> None:
        if not self._over:
            self._last += 1
            self._updates.append((self._last, orjson.dumps({"update_id": self._last} | update)))
            if self._poll is not None and not self._poll.done():
                # Gather what else arrives in this turn of the loop, as a real server does within its tick.
                asyncio.get_running_loop().call_soon(self._hand_out)

    def _get_updates(self, params: Params) -> Answer:
        self._start_clock()
        offset, timeout = int(params.get("offset") or 0), float(params.get("timeout") or 0)
        self._poll_limit = int(params.get("limit") or 100)
        while self._updates and self._updates[0][0] < offset:
            self._updates.popleft()
        loop = asyncio.get_running_loop()
        self._poll = loop.create_future()
        loop.call_later(0 if self._updates else timeout, self._hand_out, self._poll)
        return self._poll

    def _hand_out(self, poll: asyncio.Future[bytes] | None = None) -> None:
        poll = poll or self._poll
        if poll is not None and not poll.done():
            updates = [update for _, update in list(self._updates)[: self._poll_limit]]
            poll.set_result(b'{"ok":true,"result":[' + b",".join(updates) + b"]}")

    def _start_clock(self) -> None:
        if not self._begun:
            self._begun = time.perf_counter()
            loop = asyncio.get_running_loop()
            loop.call_soon(self._phones.begin)
            loop.call_later(WARM_UP, self._measure)

    def _measure(self) -> None:
        self._begun, self._spent, self.requests = time.perf_counter(), time.process_time(), 0
        print("measuring", flush=True)
        asyncio.get_running_loop().call_later(self._seconds, self._finish)

    def _finish(self) -> None:
        seconds = time.perf_counter() - self._begun
        waits = sorted(wait for when, wait in self._phones.waits if when >= self._begun)
        result = {
            "per_second": len(waits) / seconds,
            "p50_ms": _percentile(waits, 0.50) * 1000,
            "p95_ms": _percentile(waits, 0.95) * 1000,
            "served": len(waits),
            "requests_per_second": self.requests / seconds,
            "server_cpu": (time.process_time() - self._spent) / seconds,
            "waiting": self._phones.waiting(),
        }
        self._left -= 1
        self._over = not self._left
        if self._left:
            asyncio.get_running_loop().call_later(REST, self._measure)
        print(orjson.dumps(result).decode(), flush=True)


def _percentile(ordered: list[float], share: float) -> float:
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else float("nan")


async def serve(users: int, talk: str, seconds: float, times: int) -> None:
    server = Server(users, talk, seconds, times)
    listening = await asyncio.get_running_loop().create_server(
        lambda: Connection(server.call), "127.0.0.1", 0
    )
    print(listening.sockets[0].getsockname()[1], flush=True)
    await listening.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[2]), sys.argv[1], float(sys.argv[3]), int([*sys.argv, "1"][4])))
