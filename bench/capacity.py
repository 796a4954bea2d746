"""How many requests the local server can serve, so that one sees it is not the bottleneck."""

import asyncio
import subprocess
import sys
import time

CONNECTIONS, SECONDS = 16, 3.0
BODY = (
    b"chat_id=1&text=halo&reply_markup=%7B%22inline_keyboard%22%3A%5B%5B%7B%22text%22%3A%22A%22%7D%5D%5D%7D"
)
REQUEST = (
    b"POST /bot1:T/sendMessage HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    b"Content-Length: %d\r\n\r\n" % len(BODY)
) + BODY


class Client(asyncio.Protocol):
    """Sends the next request when the last one is answered."""

    def __init__(self) -> None:
        self.served = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        transport.write(REQUEST)

    def data_received(self, data: bytes) -> None:
        self.served += 1
        self.transport.write(REQUEST)


async def load(port: int) -> float:
    loop = asyncio.get_running_loop()
    made = [await loop.create_connection(Client, "127.0.0.1", port) for _ in range(CONNECTIONS)]
    begun = time.perf_counter()
    await asyncio.sleep(SECONDS)
    served = sum(client.served for _, client in made)
    for transport, _ in made:
        transport.abort()
    return served / (time.perf_counter() - begun)


def measure() -> float:
    """Requests per second, with a client that does as little as it can on the other core."""
    command = [sys.executable, "-m", "bench.trivial_server", "texts", "1", "1"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            return asyncio.run(load(int(server.stdout.readline())))
        finally:
            server.terminate()


if __name__ == "__main__":
    print(f"{measure():.0f} requests/s")
