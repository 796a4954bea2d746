import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from bot.delivery.boards import Boards
from bot.screen import Screen
from bot.transport.sending import Telegram
from bot.transport.telegram_errors import Trouble, TroubleKind
from simulator.phones.phone import Group
from tests.bot.support.simulated import Side
from tests.support.patience import PATIENCE


class Papan:
    """Boards in a group, what they should show, and when the clock of the test says so."""

    def __init__(self, side: Side, group: Group) -> None:
        self.group = group
        self.telegram = Telegram(side.bot)
        self.texts: dict[int, str] = {}
        self.messages: dict[int, int] = {}
        self.faults: dict[int, Exception] = {}
        self.drawn: list[int] = []
        self.changed = asyncio.Condition()

    async def draw(self, activity_id: int) -> tuple[int, int | None, Screen] | None:
        async with self.changed:
            self.drawn.append(activity_id)
            self.changed.notify_all()
        if activity_id in self.faults:
            raise self.faults.pop(activity_id)
        if activity_id not in self.texts:
            return None
        return self.group.chat_id, self.messages.get(activity_id), Screen(self.texts[activity_id])

    async def placed(self, activity_id: int, chat_id: int, message_id: int) -> None:
        assert chat_id == self.group.chat_id
        self.messages[activity_id] = message_id

    async def until_drawn(self, times: int) -> None:
        async with asyncio.timeout(PATIENCE), self.changed:
            await self.changed.wait_for(lambda: len(self.drawn) >= times)


@pytest.fixture
async def papan(side: Side) -> Papan:
    siti = await side.phones.person("Siti")
    return Papan(side, await side.phones.group("Pokja", [siti], with_bot=True))


@asynccontextmanager
async def running(papan: Papan, interval: float, **more: Any) -> AsyncIterator[Boards]:
    stop = asyncio.Event()
    boards = Boards(papan.draw, papan.telegram, interval, placed=papan.placed, **more)
    task = asyncio.create_task(boards.run(stop))
    try:
        yield boards
    finally:
        stop.set()
        async with asyncio.timeout(PATIENCE):
            await task


async def shown(papan: Papan) -> list[str]:
    return [m["text"] for m in await papan.group.messages(20) if m["from_bot"]]


async def test_a_board_appears_and_is_edited_in_place(papan: Papan) -> None:
    async with running(papan, 0.01) as boards:
        for number in range(3):
            papan.texts[1] = f"{number} dari 15"
            boards.touch(1)
            await papan.group.sees(f"{number} dari 15")

    assert await shown(papan) == ["2 dari 15"]


async def test_many_touches_are_few_edits_and_the_last_state_is_shown(papan: Papan, side: Side) -> None:
    """Within the interval nothing is edited; what is left to show is shown at the end."""
    async with running(papan, 3600) as boards:
        papan.texts[1] = "0 dari 15"
        boards.touch(1)
        await papan.group.sees("0 dari 15")
        for number in range(1, 16):
            papan.texts[1] = f"{number} dari 15"
            boards.touch(1)
            await asyncio.sleep(0)

    assert await shown(papan) == ["15 dari 15"]
    assert len(await side.phones.calls("editMessageText")) == 1


async def test_the_same_text_is_not_sent_again(papan: Papan, side: Side) -> None:
    papan.texts[1] = "0 dari 15"
    async with running(papan, 0.01) as boards:
        for number in range(3):
            boards.touch(1)
            await papan.until_drawn(number + 1)

    assert await side.phones.calls("editMessageText") == []
    assert len(await side.phones.calls("sendMessage")) == 1


async def test_a_board_somebody_deleted_comes_again(papan: Papan, side: Side) -> None:
    papan.texts[1] = "0 dari 15"
    async with running(papan, 0.01) as boards:
        boards.touch(1)
        await papan.group.sees("0 dari 15")
        await papan.until_drawn(1)
        path = f"/control/chats/{papan.group.chat_id}/messages/{papan.messages[1]}"
        await side.phones.control.delete(path)
        papan.texts[1] = "1 dari 15"
        boards.touch(1)
        message = await papan.group.sees("1 dari 15")

    assert papan.messages[1] == message["message_id"]


async def test_one_board_in_trouble_stops_no_other(papan: Papan, caplog: pytest.LogCaptureFixture) -> None:
    papan.texts = {1: "satu", 2: "dua"}
    papan.faults[1] = ValueError("salah")
    async with running(papan, 0.01) as boards:
        boards.touch(1)
        boards.touch(2)
        await papan.group.sees("dua")
        boards.touch(1)
        await papan.group.sees("satu")

    assert "activity 1" in caplog.text


async def test_an_activity_without_a_board_shows_nothing(papan: Papan) -> None:
    async with running(papan, 0.01) as boards:
        boards.touch(9)
        await papan.until_drawn(1)

    assert await shown(papan) == []


async def test_a_passing_trouble_is_tried_again(papan: Papan, side: Side) -> None:
    papan.texts[1] = "0 dari 15"
    async with running(papan, 0.01) as boards:
        boards.touch(1)
        await papan.group.sees("0 dari 15")
        await side.phones.fails("500", 1, method="editMessageText")
        papan.texts[1] = "1 dari 15"
        boards.touch(1)
        await papan.until_drawn(2)

    assert await shown(papan) == ["1 dari 15"]


async def test_a_chat_at_its_limit_is_left_in_peace(papan: Papan, side: Side) -> None:
    """In one chat all is said in order: had the first board been edited, that was before the second came."""
    papan.texts[1] = "0 dari 15"
    async with running(papan, 0.0, monotonic=lambda: 500.0) as boards:
        boards.touch(1)
        await papan.group.sees("0 dari 15")
        papan.telegram.limits.pause(3600, 500.0, papan.group.chat_id)
        papan.texts[1] = "1 dari 15"
        boards.touch(1)
        await asyncio.sleep(0)
        papan.texts[2] = "papan lain"
        boards.touch(2)
        await papan.group.sees("papan lain")
        assert "1 dari 15" not in await shown(papan)

    assert await shown(papan) == ["1 dari 15", "papan lain"]


async def test_a_touch_before_the_start_is_not_lost(papan: Papan) -> None:
    stop = asyncio.Event()
    boards = Boards(papan.draw, papan.telegram, 0.01, placed=papan.placed)
    papan.texts[1] = "0 dari 15"
    boards.touch(1)
    stop.set()
    await boards.run(stop)

    assert await shown(papan) == ["0 dari 15"]


async def test_who_keeps_the_groups_hears_of_one_that_takes_no_board(papan: Papan) -> None:
    heard: asyncio.Queue[tuple[int, TroubleKind]] = asyncio.Queue()

    async def on_trouble(chat_id: int, trouble: Trouble) -> None:
        heard.put_nowait((chat_id, trouble.kind))

    await papan.group.mutes()
    papan.texts[1] = "0 dari 7"
    async with running(papan, 0.01, on_trouble=on_trouble) as boards:
        boards.touch(1)
        async with asyncio.timeout(PATIENCE):
            assert await heard.get() == (papan.group.chat_id, TroubleKind.NO_RIGHTS)
