import asyncio

import pytest

from bot.transport.waiting import happens_within, unless


async def test_an_event_that_comes_and_one_that_does_not() -> None:
    event = asyncio.Event()
    assert not await happens_within(event, 0.0)
    assert not await happens_within(event, -1.0)
    asyncio.get_running_loop().call_soon(event.set)
    assert await happens_within(event, 10.0)
    assert await happens_within(event, 0.0)


async def test_work_that_ends_before_the_stop() -> None:
    async def work() -> str:
        return "selesai"

    assert await unless(asyncio.Event(), work()) == "selesai"


async def test_work_that_fails() -> None:
    async def work() -> None:
        raise ValueError("salah")

    with pytest.raises(ValueError, match="salah"):
        await unless(asyncio.Event(), work())


async def test_a_stop_cancels_the_work() -> None:
    stop, ended = asyncio.Event(), asyncio.Event()

    async def work() -> None:
        try:
            stop.set()
            await asyncio.Event().wait()
        finally:
            ended.set()

    await unless(stop, work())
    assert ended.is_set()


async def test_who_waits_may_be_cancelled_and_takes_the_work_along() -> None:
    begun, ended = asyncio.Event(), asyncio.Event()

    async def work() -> None:
        try:
            begun.set()
            await asyncio.Event().wait()
        finally:
            ended.set()

    waiting = asyncio.create_task(unless(asyncio.Event(), work()))
    await begun.wait()
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert ended.is_set()
