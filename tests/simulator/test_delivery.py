"""Webhooks, flood control and failures ordered by tests."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from simulator.api_error import ApiError
from simulator.phones.phone import Person, Simulator
from simulator.rules.flood import FloodGate, FloodLimits
from simulator.server import running_simulator
from simulator.simulation import make_simulation
from tests.simulator.support.bot_side import CONFIG, BotSide

SECRET = "rahasia_123"


@dataclass
class Hook:
    """A bot's webhook that can be told to refuse."""

    url: str = ""
    statuses: list[int] = field(default_factory=list)
    got: asyncio.Queue[tuple[dict[str, Any], str]] = field(default_factory=asyncio.Queue)

    async def take(self, request: web.Request) -> web.Response:
        secret = request.headers.get("X-Telegram-Bot-Api-Secret-Token", "")
        await self.got.put((await request.json(), secret))
        return web.Response(status=self.statuses.pop(0) if self.statuses else 200)


@pytest.fixture
async def hook() -> AsyncIterator[Hook]:
    made = Hook()
    app = web.Application()
    app.router.add_post("/hook", made.take)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    made.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield made
    await runner.cleanup()


async def test_a_webhook_gets_updates_with_its_secret(
    sim: Simulator, bot: BotSide, siti: Person, hook: Hook
) -> None:
    await bot.call("setWebhook", url=hook.url, secret_token=SECRET)
    update, secret = await hook.got.get()
    assert (update["message"]["text"], secret) == ("/start", SECRET)
    assert (await bot.refusal("getUpdates")).startswith(
        "409 Conflict: can't use getUpdates method while webhook"
    )
    await sim.handled_everything()
    await bot.call("deleteWebhook")
    assert await bot.updates() == []


async def test_a_refused_update_is_sent_again_before_the_next(
    sim: Simulator, bot: BotSide, siti: Person, hook: Hook
) -> None:
    await siti.types("dua", settles=False)
    hook.statuses.append(500)
    await bot.call("setWebhook", url=hook.url)
    texts = [(await hook.got.get())[0]["message"]["text"] for _ in range(3)]
    assert texts == ["/start", "/start", "dua"]
    info = await bot.call("getWebhookInfo")
    assert info["last_error_message"] == "Wrong response from the webhook: 500"


async def test_secrets_and_addresses_are_checked(bot: BotSide) -> None:
    refusal = await bot.refusal("setWebhook", url="https://a.id", secret_token="tidak boleh")
    assert refusal == "400 Bad Request: secret token contains unallowed characters"
    refusal = await bot.refusal("setWebhook", url="ftp://a.id")
    assert refusal == "400 Bad Request: bad webhook: An HTTPS URL must be provided for webhook"


@dataclass
class StoppedClock:
    """Time that moves when told."""

    at: float = 0.0

    def __call__(self) -> float:
        return self.at


def test_each_private_chat_has_its_own_pace() -> None:
    clock = StoppedClock()
    gate = FloodGate(FloodLimits(private_burst=2), now=clock)
    assert [gate.retry_after(1) for _ in range(3)] == [0, 0, 1]
    assert gate.retry_after(2) == 0
    clock.at = 1.0
    assert [gate.retry_after(1), gate.retry_after(1)] == [0, 1]


def test_a_group_takes_twenty_a_minute() -> None:
    clock = StoppedClock()
    gate = FloodGate(FloodLimits(), now=clock)
    assert sum(gate.retry_after(-5) == 0 for _ in range(30)) == 20
    assert gate.retry_after(-5) == 3
    clock.at = 60.0
    assert sum(gate.retry_after(-5) == 0 for _ in range(30)) == 20


def test_all_chats_together_have_a_pace_too() -> None:
    clock = StoppedClock()
    gate = FloodGate(FloodLimits(overall_burst=30), now=clock)
    assert sum(gate.retry_after(chat) == 0 for chat in range(1, 60)) == 30
    clock.at = 1.0
    assert sum(gate.retry_after(chat) == 0 for chat in range(100, 160)) == 30


async def test_edits_count_and_answers_to_buttons_do_not() -> None:
    limits = FloodLimits(private_burst=2, private_rate=0.001)
    async with (
        running_simulator(make_simulation(replace(CONFIG, flood=True, flood_limits=limits))) as url,
        Simulator(url) as sim,
        aiohttp.ClientSession() as session,
    ):
        bot = BotSide(url, session)
        siti = await sim.person("Siti")
        await siti.starts(settles=False)
        sent = await bot.call("sendMessage", chat_id=siti.id, text="1")
        message = {"chat_id": siti.id, "message_id": sent["message_id"]}
        await bot.call("editMessageText", text="2", **message)
        with pytest.raises(ApiError) as caught:
            await bot.call("editMessageText", text="3", **message)
        wait = caught.value.parameters["retry_after"]
        assert (caught.value.code, caught.value.description) == (
            429,
            f"Too Many Requests: retry after {wait}",
        )
        event = await siti.forges("x", 1, settles=False)
        await bot.call("answerCallbackQuery", callback_query_id=event["tap"]["query_id"])
        assert (await sim.counters())["refused_by_flood"] == 1


async def test_ordered_failures_meet_the_next_calls(sim: Simulator, bot: BotSide, siti: Person) -> None:
    await sim.fails("429", retry_after=7)
    await sim.fails("500", count=2, method="sendMessage")
    found = [await bot.refusal("sendMessage", chat_id=siti.id, text="a") for _ in range(3)]
    assert found == [
        "429 Too Many Requests: retry after 7",
        "500 Internal Server Error",
        "500 Internal Server Error",
    ]
    await bot.call("sendMessage", chat_id=siti.id, text="a")
    assert (await sim.counters())["errors"] == {"429": 1, "500": 2}


@pytest.mark.parametrize("after_effect", [False, True])
async def test_a_dropped_connection_may_come_after_the_work(
    sim: Simulator, bot: BotSide, siti: Person, after_effect: bool
) -> None:
    await sim.fails("drop", method="sendMessage", after_effect=after_effect)
    with pytest.raises(aiohttp.ClientError):
        await bot.call("sendMessage", chat_id=siti.id, text="sampai")
    assert ("sampai" in await siti.screen()) is after_effect


async def test_random_failures_and_latency_can_be_switched_on(
    sim: Simulator, bot: BotSide, siti: Person
) -> None:
    await sim.switches(share_500=1.0, latency=0.001)
    assert await bot.refusal("getMe") == "500 Internal Server Error"
    await sim.switches(share_500=0.0, share_429=1.0)
    assert (await bot.refusal("getMe")).startswith("429 ")
    assert await bot.updates(), "polling is spared"


async def test_the_clock_moves_forward_only(sim: Simulator, bot: BotSide, siti: Person) -> None:
    before = await sim.now()
    await sim.forward(days=7)
    assert 7 * 86400 <= await sim.now() - before < 7 * 86400 + 60
    sent = await bot.call("sendMessage", chat_id=siti.id, text="a")
    assert sent["date"] >= before + 7 * 86400 - 1
    async with bot.session.post(f"{bot.url}/clock", json={"forward": -1}) as answer:
        assert answer.status == 400
