"""Updates handled one after the other for each person, side by side for different people.

A lane carries the updates of one person in the order they came, effects included: what a second tap does
never overtakes the answer to the first. Who takes updates from Telegram waits for commits, not for effects.
"""

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, Final

from telegram import Bot, Update

from bot.transport.waiting import happens_within
from store.engine.availability import is_unavailable

LOG: Final = logging.getLogger(__name__)
FIRST_WAIT: Final = 0.5
LONGEST_WAIT: Final = 5.0
MOST_AT_ONCE: Final = 64
MOST_UNDER_WAY: Final = 512

Committed = Callable[[], None]
Handle = Callable[[Update, Committed], Awaitable[None]]
RawUpdate = dict[str, Any]
"""An update as Telegram sent it."""
KeepDeadLetter = Callable[[RawUpdate, str], Awaitable[None]]


@dataclass(eq=False, slots=True)
class _Job:
    """An update under way. `done` becomes True with the commit, False when it was given up."""

    raw: RawUpdate
    done: asyncio.Future[bool]
    update: Update | None = None
    fault: BaseException | None = None

    def commit(self) -> None:
        """Notes that the update's work is committed; calling it again changes nothing."""
        if not self.done.done():
            self.done.set_result(True)


@dataclass(eq=False, slots=True)
class _Lane:
    jobs: deque[_Job] = field(default_factory=deque)


class Lanes:
    """Handles updates within a TaskGroup; `handle` calls its second argument when its work is committed.

    `keep_dead_letter` keeps an update that can't be parsed or whose handler fails. While the database is unavailable
    nothing becomes a dead letter: the work is tried again. An update is committed when its work or its dead letter is,
    and in no other case. At most `most_at_once` updates are in their transactions, and at most `most_under_way` in all:
    replies that hang must not keep others from being heard.
    """

    def __init__(
        self,
        bot: Bot,
        handle: Handle,
        keep_dead_letter: KeepDeadLetter,
        group: asyncio.TaskGroup,
        *,
        most_at_once: int = MOST_AT_ONCE,
        most_under_way: int = MOST_UNDER_WAY,
        first_wait: float = FIRST_WAIT,
    ) -> None:
        """`first_wait`: seconds before the work is tried again when the database is unavailable; doubles."""
        self._bot = bot
        self._handle = handle
        self._keep_dead_letter = keep_dead_letter
        self._group = group
        self._transacting = asyncio.Semaphore(most_at_once)
        self._under_way = asyncio.Semaphore(most_under_way)
        self._first_wait = first_wait
        self._lanes: dict[object, _Lane] = {}
        self._jobs: dict[int, _Job] = {}
        self._closing = asyncio.Event()

    def take(self, raw: RawUpdate) -> asyncio.Future[bool]:
        """Puts an update into its lane; True once it is committed, False when given up at the end.

        An update that is under way already isn't handled a second time.
        """
        update_id = raw["update_id"]
        if update_id not in self._jobs:
            job = self._jobs[update_id] = self._parse(raw)
            self._enter(job)
        return self._jobs[update_id].done

    def close(self) -> None:
        """From now on nothing waits for a database that is away; the rest is finished."""
        self._closing.set()

    def _parse(self, raw: dict[str, object]) -> _Job:
        job = _Job(raw, asyncio.get_running_loop().create_future())
        try:
            job.update = Update.de_json(_needed(raw), self._bot)
        except Exception as error:  # noqa: BLE001 - whatever it is, this update can't be read
            job.fault = error
        return job

    def _enter(self, job: _Job) -> None:
        key = _lane_key(job)
        if key not in self._lanes:
            self._lanes[key] = _Lane()
            self._group.create_task(self._run(key, self._lanes[key]))
        self._lanes[key].jobs.append(job)

    async def _run(self, key: object, lane: _Lane) -> None:
        while lane.jobs:
            job = lane.jobs.popleft()
            async with self._under_way:
                await self._transacting.acquire()
                job.done.add_done_callback(lambda _: self._transacting.release())
                await self._finish(job, lane)
            del self._jobs[job.raw["update_id"]]
        del self._lanes[key]

    async def _finish(self, job: _Job, lane: _Lane) -> None:
        """Works on an update until it is committed, put aside or, at the end, given up with those behind."""
        wait = self._first_wait
        while not job.done.done():
            try:
                await self._attempt(job)
            except Exception as error:  # noqa: BLE001 - whatever it is, the update is neither done nor put aside
                LOG.warning("update %s waits: %r", job.raw["update_id"], error)
                if await happens_within(self._closing, wait):
                    _give_up(job, *lane.jobs)
                wait = min(2 * wait, LONGEST_WAIT)

    async def _attempt(self, job: _Job) -> None:
        """Raises what keeps the update from being handled as well as from being put aside."""
        if job.update is not None and job.fault is None:
            await self._handle_update(job, job.update)
        if job.fault is not None:
            await self._keep_dead_letter(job.raw, f"{type(job.fault).__name__}: {job.fault}")
        job.commit()

    async def _handle_update(self, job: _Job, update: Update) -> None:
        try:
            await self._handle(update, job.commit)
        except Exception as error:
            if job.done.done():
                LOG.exception("what follows update %s failed", update.update_id)
            elif is_unavailable(error):
                raise
            else:
                LOG.exception("update %s is put aside", update.update_id)
                job.fault = error


def _give_up(*jobs: _Job) -> None:
    for job in jobs:
        job.done.set_result(False)


def _needed(raw: dict[str, object]) -> dict[str, object]:
    """The update as far as it is used: a pressed button's message is told by its chat and number alone.

    Telegram sends it whole, text and keyboard included, and making objects of all that is a tenth of a tap's cost.
    """
    query = raw.get("callback_query")
    if not isinstance(query, dict) or not isinstance(query.get("message"), dict):
        return raw
    message = {key: value for key, value in query["message"].items() if key in {"message_id", "date", "chat"}}
    return {**raw, "callback_query": {**query, "message": message}}


def _lane_key(job: _Job) -> object:
    """The person if there is one, else the chat; what can't be read stands in nobody's way."""
    if job.update is None:
        return ("unreadable", job.raw["update_id"])
    if job.update.effective_user:
        return job.update.effective_user.id
    return job.update.effective_chat.id if job.update.effective_chat else None
