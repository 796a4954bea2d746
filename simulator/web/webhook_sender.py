"""Sends updates to the bot's webhook, in order within each queue, again until it takes them."""

from __future__ import annotations

import asyncio

import aiohttp

from simulator.json_types import JsonObject
from simulator.simulation import Simulation

_LONGEST_PAUSE = 60.0
_ANSWER_TIME = aiohttp.ClientTimeout(total=60)
_SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105
_SUCCESS = range(200, 300)


class WebhookSender:
    """One worker a queue: a chat for messages, a user for button presses."""

    def __init__(self, sim: Simulation) -> None:
        """Nothing is sent before `run`."""
        self._sim = sim
        self._workers: dict[str, asyncio.Task[None]] = {}

    async def run(self) -> None:
        """Send until cancelled."""
        connector = aiohttp.TCPConnector(limit=100)
        async with aiohttp.ClientSession(timeout=_ANSWER_TIME, connector=connector) as session:
            try:
                while not self._sim.journal.is_closed:
                    await self._sim.journal.wait_until(self._has_work, 3600)
                    self._start_workers(session)
            finally:
                for worker in self._workers.values():
                    worker.cancel()

    def _has_work(self) -> bool:
        return bool(self._sim.webhook.url) and any(
            queue not in self._workers for queue in self._sim.updates.queues()
        )

    def _start_workers(self, session: aiohttp.ClientSession) -> None:
        if not self._sim.webhook.url:
            return
        for queue in list(self._sim.updates.queues()):
            if queue not in self._workers:
                self._workers[queue] = asyncio.create_task(self._drain(session, queue))

    async def _drain(self, session: aiohttp.ClientSession, queue: str) -> None:
        """Send one update after the other; a refused one is sent again, ever more slowly."""
        pause = 0.0
        try:
            while self._sim.webhook.url and not self._sim.journal.is_closed:
                self._sim.updates.drop_expired()
                update = self._sim.updates.first_of(queue)
                if update is None:
                    return
                if await self._deliver(session, update):
                    self._sim.updates.forget([update["update_id"]])
                    pause = 0.0
                else:
                    await asyncio.sleep(pause)
                    pause = min(max(2.0, pause * 2), _LONGEST_PAUSE)
        finally:
            del self._workers[queue]

    async def _deliver(self, session: aiohttp.ClientSession, update: JsonObject) -> bool:
        settings = self._sim.webhook
        headers = {_SECRET_HEADER: settings.secret_token} if settings.secret_token else {}
        try:
            async with session.post(settings.url, json=update, headers=headers) as answer:
                self._note(f"Wrong response from the webhook: {answer.status}", answer.status)
                return answer.status in _SUCCESS
        except (aiohttp.ClientError, TimeoutError) as error:
            self._note(f"Connection failed: {type(error).__name__}", 0)
            return False

    def _note(self, message: str, status: int) -> None:
        if status not in _SUCCESS:
            self._sim.webhook.last_error_date = self._sim.clock.now_seconds()
            self._sim.webhook.last_error_message = message
