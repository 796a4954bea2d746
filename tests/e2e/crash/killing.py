"""A bot to be killed, and who kills it."""

import asyncio
import json
import os
import random
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field

import sqlalchemy as sa

from domain import roles
from domain.instruments.base import Item
from simulator.phones.phone import Person
from simulator.world.records import FailurePlan, OrderedFailure
from simulator.world.update_queue import UpdateQueue
from store.engine.database import Database
from store.tables.core import Activity, Answer, DeadLetter, HandledUpdate, Membership, Run, TopicRun, User
from tests.support.moments import PLAIN
from tests.support.paths import ROOT
from tests.support.worlds.founding import Newcomer, founded, joined
from usecases.library import Library
from usecases.people import founding
from usecases.work import Work


@dataclass
class Nursery:
    """Bears one bot after the other; see tests.e2e.crash.nursery."""

    process: subprocess.Popen[str]
    environment: Mapping[str, str] = field(default_factory=dict)
    pid: int = 0

    def bear(self) -> None:
        """The next bot begins; the one before must be gone."""
        assert not self.pid
        assert self.process.stdin
        self.process.stdin.write(json.dumps(dict(self.environment)) + "\n")
        self.process.stdin.flush()
        self.pid = self.hear()

    def kill(self) -> None:
        """`kill -9`; that one ended by itself before is for `ended` to say."""
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)

    async def stop(self) -> int:
        """Ask it to end, as an operator would; returns its exit code.

        In a thread, for its last calls must find the simulator awake.
        """
        os.kill(self.pid, signal.SIGTERM)
        return await asyncio.to_thread(self.ended)

    def clear(self) -> None:
        """Kill whoever is left over."""
        if self.pid:
            self.kill()
            self.ended()

    def ended(self) -> int:
        """How the bot ended (-9 when it was killed), once it has."""
        code, self.pid = self.hear(), 0
        return code

    def hear(self) -> int:
        assert self.process.stdout
        return int(self.process.stdout.readline())


@contextmanager
def nursery() -> Iterator[Nursery]:
    """Ready to bear bots as soon as it is given."""
    command = [sys.executable, "-m", "tests.e2e.crash.nursery"]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        opened = Nursery(process)
        opened.hear()
        try:
            yield opened
        finally:
            opened.clear()
            process.stdin.close()  # type: ignore[union-attr]  # it is a pipe


@dataclass
class Killer(FailurePlan):
    """Kills the bot at one of its calls: before it has an effect, right after, or a moment later.

    It stands where the simulator keeps what is to fail, for there it hears each call at once.
    """

    victim: Nursery | None = None
    dice: random.Random = field(default_factory=random.Random)
    calls_left: int = 0
    struck: asyncio.Event = field(default_factory=asyncio.Event)

    def aim(self, calls: int) -> None:
        """Strike at the so-many-th call from now on."""
        self.calls_left = calls
        self.struck.clear()

    def next_for(self, method: str) -> OrderedFailure | None:
        if self.calls_left:
            self.calls_left -= 1
            return None if self.calls_left else self._strike()
        return super().next_for(method)

    def _strike(self) -> OrderedFailure | None:
        moment = self.dice.choice(("before", "after", "later"))
        if moment == "later":
            asyncio.get_running_loop().call_later(self.dice.uniform(0, 0.03), self.kill)
            return None
        self.kill()
        return OrderedFailure("drop", 0, after_effect=moment == "after")

    def kill(self) -> None:
        assert self.victim
        self.victim.kill()
        self.struck.set()


REPLIES = frozenset({"answerCallbackQuery", "sendMessage", "editMessageText", "editMessageReplyMarkup"})


@dataclass
class Silencer(Killer):
    """Kills the bot before its first reply to each update, after the commit; the second bot may reply.

    Until then Telegram doesn't hear that the update is done with either, which otherwise may come before
    the reply; and of what was on its way when the bot died nothing arrives.
    """

    updates: UpdateQueue | None = None
    is_quiet: bool = False
    silenced: set[int] = field(default_factory=set)

    def next_for(self, method: str) -> OrderedFailure | None:
        assert self.updates
        due = next(iter(self.updates.pending), None)
        if method == "getMe":
            self.is_quiet = False
        if due is not None and due not in self.silenced and method in REPLIES:
            self.silenced.add(due)
            self.is_quiet = True
            self.kill()
        return OrderedFailure("drop", 0) if self.is_quiet else None


@dataclass
class DeafQueue(UpdateQueue):
    """Updates that stay until their first reply has been lost."""

    silenced: set[int] = field(default_factory=set)

    def confirm_below(self, offset: int) -> None:
        self.forget([number for number in self.pending if number < offset and number in self.silenced])


async def plant(
    url: str, members: Sequence[Person], key: str = "", instrument: str = "", items: int = 0
) -> None:
    """A Pokja; the first of the people is its Ketua. With a key that activity of topic 2.1 is open."""
    database = Database(url)
    async with database.transaction() as session:
        work = Work.by_clock(session, PLAIN, Library())
        pokja = await founded(work)
        run = await founding.start_run(work, pokja, "stpp-pdam", work.today(pokja.zone))
        chair, *_ = [(await joined(work, pokja, _newcomer(each, members[0]))).id for each in members]
        if key:
            await _open(work, run, chair, key=key, instrument=instrument, items=items)
    await database.close()


def _newcomer(person: Person, ketua: Person) -> Newcomer:
    """They press Start later."""
    role = roles.KETUA if person is ketua else roles.ANGGOTA
    return Newcomer(person.id, person.name, role, has_started=False)


async def _open(work: Work, run: Run, ketua: int, *, key: str, instrument: str, items: int) -> None:
    topic = TopicRun(run_id=run.id, key="2.1", opened_at=work.now)
    work.session.add(topic)
    await work.session.flush()
    activity = Activity(
        topic_run_id=topic.id,
        pokja_id=run.pokja_id,
        topic_key="2.1",
        key=key,
        instrument=instrument,
        state="open",
        items=[asdict(Item(str(n), f"Isu {n}")) for n in range(1, items + 1)],
        context=[],
        opened_by=ketua,
        opened_at=work.now,
    )
    work.session.add(activity)
    await work.session.flush()


@dataclass(frozen=True)
class Kept:
    """What the database holds in the end. Answers are a list, so that one kept twice would show."""

    answers: list[tuple[int, str, object]]
    handled: list[int]
    dead_letters: list[str]


async def kept(url: str) -> Kept:
    """Everything that counts, read afresh; answers by Telegram id, key and value."""
    database = Database(url)
    async with database.reading() as session:
        of_members = (
            sa.select(User.telegram_id, Answer.key, Answer.value)
            .join(Membership, Membership.id == Answer.ballot)
            .join(User, User.id == Membership.user_id)
        )
        answers = [
            (user, key, value) for user, key, value in await session.execute(of_members.order_by(Answer.id))
        ]
        handled = list(await session.scalars(sa.select(HandledUpdate.update_id)))
        dead_letters = list(await session.scalars(sa.select(DeadLetter.error)))
    await database.close()
    return Kept(answers, handled, dead_letters)
