from collections.abc import AsyncIterator

import pytest

from tests.bot.support.simulated import Side, simulated_telegram


@pytest.fixture
async def side() -> AsyncIterator[Side]:
    """A simulated Telegram and a bot in it; any breach of the Bot API's contract fails the test."""
    async with simulated_telegram() as opened:
        yield opened
        assert await opened.phones.faults() == []
