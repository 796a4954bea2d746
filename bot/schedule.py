"""APScheduler only wakes what is due; the database is what remembers.

The rules of each Pokja name the moment at which something can become due next. A job waits for it, and a sweep looks
at every Pokja once a minute, for what happened meanwhile (also in another process). Moments are the bot's clock's,
jobs wait by the real one: when a simulated clock is moved forward, everything is looked at again.
"""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from sqlalchemy.ext.asyncio import AsyncSession

from bot.clock import FollowedClock
from bot.delivery.outbox import Clock
from store import reminders as store_reminders
from store import updates
from store.engine.availability import is_unavailable
from store.engine.database import Database
from usecases.guiding import notices
from usecases.library import Library
from usecases.reminders import sending as rules
from usecases.work import Work

log = logging.getLogger(__name__)
KEPT = timedelta(days=3)
"""Update ids are kept this long: Telegram itself forgets an unconfirmed update after a day."""
SWEEP_SECONDS: Final = 60
RELEASE_SECONDS: Final = 15
"""A planned broadcast goes out at most so long after its moment."""
GUIDE_EVERY: Final = timedelta(minutes=10)
"""So often what waits for whoever guides is looked for by the clock."""
MOST_WAITING: Final = 10
"""One that waits for its turn must not keep the next from being heard."""
FARTHEST: Final = timedelta(days=7)
"""No job waits longer: the sweep makes it again."""


class Reminders:
    """Wakes the rules of each Pokja; `news` is called when there is something to send."""

    def __init__(
        self, database: Database, clock: Clock, library: Library, scheduler: Any, news: Callable[[], None]
    ) -> None:
        self._database = database
        self._clock = clock
        self._library = library
        self._scheduler = scheduler
        self._news = news
        self._turn = asyncio.Lock()
        self._is_over = False
        self._guided_at: dict[int, datetime] = {}

    async def sweep(self) -> None:
        """Reminds in every Pokja of what is due, and plans when to look again."""
        async with self._turn:
            for pokja_id in await self._pokjas():
                if not self._is_over:
                    await self._wake(pokja_id)

    async def _pokjas(self) -> Sequence[int]:
        try:
            async with self._database.reading() as session:
                return await store_reminders.pokjas(session)
        except Exception as error:
            if not is_unavailable(error):
                raise
            log.warning("reminders can't be looked for: %r", error)
            return ()

    async def wake(self, pokja_id: int) -> None:
        """Reminds in one Pokja of what is due, and plans when to look again."""
        async with self._turn:
            if not self._is_over:
                await self._wake(pokja_id)

    async def _wake(self, pokja_id: int) -> None:
        """Sets the job for the next time, too. What fails is tried again by the sweep."""
        try:
            at = await self._remind(pokja_id)
            await self._guide(pokja_id)
        except Exception as error:
            if is_unavailable(error):
                log.warning("the reminders of Pokja %s wait: %r", pokja_id, error)
            else:
                log.exception("the reminders of Pokja %s failed", pokja_id)
            return
        if at is not None:
            self._set(pokja_id, at)

    async def _remind(self, pokja_id: int) -> datetime | None:
        """Looking doesn't disturb those who write; only what is due is a transaction of its own."""
        async with self._database.reading() as session:
            outlook = await rules.look(session, self._library, pokja_id, self._clock.now())
        if not outlook.is_due:
            return outlook.wake

        async def remind(session: AsyncSession) -> tuple[Work, datetime | None]:
            work = Work.by_clock(session, self._clock.now(), self._library)
            return work, await rules.remind(work, pokja_id)

        work, at = await self._database.run(remind)
        if work.has_news:
            self._news()
        return at

    async def _guide(self, pokja_id: int) -> None:
        """Tells whoever guides what waits; nothing of it is to the minute, so it is looked for less often."""
        now = self._clock.now()
        if pokja_id in self._guided_at and now - self._guided_at[pokja_id] < GUIDE_EVERY:
            return
        async with self._database.reading() as session:
            due = await notices.due(session, self._library, pokja_id, now)
        if due:
            async with self._database.transaction() as session:
                await notices.tell(Work.by_clock(session, now, self._library), pokja_id)
            self._news()
        self._guided_at[pokja_id] = now

    def _set(self, pokja_id: int, at: datetime) -> None:
        wait = min(max(at - self._clock.now(), timedelta()), FARTHEST)
        self._scheduler.add_job(
            self.wake,
            "date",
            run_date=datetime.now(UTC) + wait,
            args=[pokja_id],
            id=f"pokja {pokja_id}",
            replace_existing=True,
            max_instances=MOST_WAITING,
        )

    async def end(self) -> None:
        """Waits for the jobs under way; no new one begins."""
        self._is_over = True
        async with self._turn:
            pass

    def clock_jumped(self) -> None:
        """Looks at every Pokja now: the moments the jobs wait for may be past."""
        self._guided_at.clear()
        self._scheduler.add_job(self.sweep)
        self._news()


Release = Callable[[], Awaitable[datetime | None]]
"""Sends the broadcasts whose moment has come; returns the next moment there is one for."""


@contextlib.asynccontextmanager
async def scheduled(
    database: Database,
    clock: Clock,
    library: Library,
    news: Callable[[], None],
    release: Release | None = None,
) -> AsyncIterator[Reminders]:
    """Runs the jobs while the block lasts; late ones are caught up, several late ones run once."""
    scheduler = AsyncIOScheduler(
        job_defaults={"coalesce": True, "misfire_grace_time": None, "max_instances": 1}
    )
    reminders = Reminders(database, clock, library, scheduler, news)
    scheduler.add_job(_forget_old_updates, "interval", hours=6, args=[database, clock])
    scheduler.add_job(reminders.sweep, "interval", seconds=SWEEP_SECONDS, next_run_time=datetime.now(UTC))
    if release is not None:
        soon = datetime.now(UTC)
        scheduler.add_job(_release, "interval", seconds=RELEASE_SECONDS, next_run_time=soon, args=[release])
    if isinstance(clock, FollowedClock):
        clock.on_jump = reminders.clock_jumped
    scheduler.start()
    try:
        yield reminders
    finally:
        await reminders.end()
        scheduler.shutdown(wait=False)


async def _release(release: Release) -> None:
    """Releases planned broadcasts; a failure is logged, and the next call tries again."""
    try:
        await release()
    except Exception as error:
        if is_unavailable(error):
            log.warning("planned broadcasts wait: %r", error)
        else:
            log.exception("planned broadcasts failed")


async def _forget_old_updates(database: Database, clock: Clock) -> None:
    gone = await database.run(lambda session: updates.forget_before(session, clock.now() - KEPT))
    log.info("forgot %s handled updates", gone)
