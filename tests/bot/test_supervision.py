import asyncio

from bot.supervision import supervised


async def test_what_fails_begins_again_until_it_ends_by_itself() -> None:
    begun = []

    async def run(stop: asyncio.Event) -> None:
        begun.append(1)
        if len(begun) < 4:
            raise KeyError("salah")

    await supervised("x", run, asyncio.Event(), first_wait=0)
    assert len(begun) == 4


async def test_what_fails_at_the_end_stays_ended() -> None:
    stop, begun = asyncio.Event(), []

    async def run(stop: asyncio.Event) -> None:
        begun.append(1)
        stop.set()
        raise KeyError("salah")

    await supervised("x", run, stop, first_wait=3600)
    assert begun == [1]
