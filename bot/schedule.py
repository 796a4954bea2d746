"""APScheduler only wakes what is due; the database is what remembers."""

import contextlib
import logging
from collections.abc import Iterator
from datetime import timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.delivery import Clock
from store import updates
from store.database import Database

log = logging.getLogger(__name__)
KEPT = timedelta(days=3)
"""Update ids are kept this long: Telegram itself forgets an unconfirmed update after a day."""


@contextlib.contextmanager
def scheduled(database: Database, clock: Clock) -> Iterator[None]:
    """Runs the jobs while the block lasts; late ones are caught up, several late ones run once."""
    scheduler = AsyncIOScheduler(
        job_defaults={"coalesce": True, "misfire_grace_time": None, "max_instances": 1}
    )
    scheduler.add_job(_forget_old_updates, "interval", hours=6, args=[database, clock])
    scheduler.start()
    try:
        yield
    finally:
        scheduler.shutdown(wait=False)


async def _forget_old_updates(database: Database, clock: Clock) -> None:
    async with database.transaction() as session:
        gone = await updates.forget_before(session, clock.now() - KEPT)
    log.info("forgot %s handled updates", gone)
