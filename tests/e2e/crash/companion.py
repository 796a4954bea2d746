"""`python -m tests.e2e.crash.companion`: a second process beside a bot, on the same database.

It reminds and delivers as every process does, and leaves the updates to the bot: of one token only one may poll.
It writes a line when it is at work, and ends when its stdin does.
"""

import asyncio
import sys

from bot import app, schedule
from bot.clock import FollowedClock
from bot.settings import read_settings
from tests.e2e.steps.bots import HURRIED


async def main() -> None:
    stop = asyncio.Event()
    async with app.assembled(read_settings(), HURRIED) as running, asyncio.TaskGroup() as group:
        turns = running.turns
        assert isinstance(running.clock, FollowedClock)
        group.create_task(turns.delivery.run(stop))
        group.create_task(running.clock.run(stop))
        async with schedule.scheduled(running.database, running.clock, turns.library, turns.delivery.wake):
            sys.stdout.write("ready\n")
            sys.stdout.flush()
            await asyncio.to_thread(sys.stdin.read)
            stop.set()


if __name__ == "__main__":
    asyncio.run(main())
