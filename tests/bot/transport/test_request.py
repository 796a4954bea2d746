import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest
from aiohttp import web
from telegram import Bot, InputFile
from telegram.error import NetworkError, TelegramError, TimedOut

from bot.transport.request import AiohttpRequest, call
from bot.transport.telegram_errors import FloodControlError, NotSentError
from tests.bot.support.simulated import Side, make_bot

TOKEN = "123456789:abcdefghijklmnopqrstuvwxyzABCDEFGHI"
Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]


@asynccontextmanager
async def server(answer: Answer) -> AsyncIterator[str]:
    """The smallest server that does to a request what the test wants."""
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", answer)
    runner = web.AppRunner(app, shutdown_timeout=0)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


@asynccontextmanager
async def bot_of(url: str, *, read_timeout: float = 10.0) -> AsyncIterator[Bot]:
    request = AiohttpRequest(read_timeout=read_timeout)
    await request.initialize()
    try:
        yield Bot(TOKEN, base_url=f"{url}/bot", request=request, get_updates_request=AiohttpRequest())
    finally:
        await request.shutdown()


def answering(status: int, text: str) -> Answer:
    async def answer(request: web.Request) -> web.Response:
        return web.Response(status=status, text=text)

    return answer


async def test_no_connection_means_not_sent() -> None:
    async with bot_of("http://127.0.0.1:1") as bot:
        with pytest.raises(NotSentError) as refusal:
            await bot.get_me()
    assert TOKEN not in str(refusal.value)


async def test_silence_means_timed_out() -> None:
    silent = asyncio.Event()

    async def answer(request: web.Request) -> web.Response:
        await silent.wait()
        return web.Response()

    async with server(answer) as url, bot_of(url, read_timeout=0.05) as bot:
        with pytest.raises(TimedOut):
            await bot.get_me()
        silent.set()


async def test_a_broken_connection_is_no_time_out() -> None:
    async def answer(request: web.Request) -> web.Response:
        assert request.transport is not None
        request.transport.close()
        return web.Response()

    async with server(answer) as url, bot_of(url) as bot:
        with pytest.raises(NetworkError) as refusal:
            await bot.get_me()
    assert not isinstance(refusal.value, TimedOut | NotSentError)


@pytest.mark.parametrize(
    ("body", "seconds"),
    [
        ('{"ok":false,"description":"Too Many Requests","parameters":{"retry_after":9}}', 9.0),
        ("slow down", 1.0),
    ],
)
async def test_flood_control(body: str, seconds: float) -> None:
    async with server(answering(429, body)) as url, bot_of(url) as bot:
        with pytest.raises(FloodControlError) as refusal:
            await bot.get_me()
    assert refusal.value.seconds == seconds


async def test_a_gateway_that_speaks_html() -> None:
    async with server(answering(502, "<html>Bad Gateway</html>")) as url, bot_of(url) as bot:
        with pytest.raises(NetworkError):
            await bot.get_me()


@pytest.mark.parametrize("body", ["<html>login</html>", '["ok"]', ""])
async def test_an_answer_that_is_none(body: str) -> None:
    async with server(answering(200, body)) as url, bot_of(url) as bot:
        with pytest.raises(TelegramError, match="Invalid server response"):
            await bot.get_me()


async def test_redirects_do_not_carry_the_token_away() -> None:
    seen: list[str] = []

    async def answer(request: web.Request) -> web.Response:
        seen.append(request.path)
        raise web.HTTPFound("/elsewhere")

    async with server(answer) as url, bot_of(url) as bot:
        with pytest.raises(NetworkError):
            await bot.get_me()
    assert len(seen) == 1


async def test_connections_are_kept() -> None:
    peers: set[object] = set()

    async def answer(request: web.Request) -> web.Response:
        assert request.transport is not None
        peers.add(request.transport.get_extra_info("peername"))
        return web.json_response({"ok": True, "result": True})

    async with server(answer) as url, bot_of(url) as bot:
        for _ in range(5):
            await call(bot, "log_out", {})
    assert len(peers) == 1


async def test_files_and_plain_values_travel_together() -> None:
    seen: dict[str, object] = {}

    async def answer(request: web.Request) -> web.Response:
        form = await request.post()
        file = form["document"]
        assert isinstance(file, web.FileField)
        seen.update(form, document=(file.filename, file.file.read()))
        return web.json_response({"ok": True, "result": {}})

    async with server(answer) as url, bot_of(url) as bot:
        file = InputFile(b"isi", filename='daftar "SKPD" – é.txt')
        await call(bot, "send_document", {"chat_id": 5, "document": file, "caption": "a"})
    assert seen == {"chat_id": "5", "caption": "a", "document": ('daftar "SKPD" – é.txt', b"isi")}


async def test_a_raw_call_reaches_the_method_and_its_connection(side: Side) -> None:
    me = await call(side.bot, "get_me", {})
    assert me["username"] == "asisten_pokja_bot"
    assert await call(side.bot, "get_updates", {"timeout": 0}) == []


def test_half_an_emoji_does_not_stop_the_bot() -> None:
    payload = rb'{"ok":true,"result":"Halo \ud83d"}'
    assert AiohttpRequest.parse_json_payload(payload)["result"] == "Halo ?"


def test_bytes_that_are_no_text_become_signs() -> None:
    payload = b'{"ok":true,"result":"Halo \xff"}'
    assert AiohttpRequest.parse_json_payload(payload)["result"] == "Halo \ufffd"


async def test_starting_and_ending_twice_is_harmless() -> None:
    request = AiohttpRequest()
    await request.initialize()
    await request.initialize()
    await request.shutdown()
    await request.shutdown()


async def test_without_a_start_nothing_is_sent() -> None:
    bot = make_bot("http://127.0.0.1:1", TOKEN)
    with pytest.raises(NetworkError, match="not initialised"):
        await bot.get_me()
