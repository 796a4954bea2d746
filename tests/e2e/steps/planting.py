"""A Pokja put straight into the database, for tests that are about what comes after founding."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from bot.app import Running
from bot.clock import FollowedClock
from domain import roles
from simulator.phones.phone import Group, Person, Simulator
from store import outbox
from store.tables.core import (
    Activity,
    AuditEntry,
    DeadLetter,
    Membership,
    Outgoing,
    Pokja,
    Result,
)
from tests.support.buttons import going
from tests.support.patience import PATIENCE
from tests.support.process_files import source
from tests.support.worlds.founding import Newcomer, founded, joined, set_out
from usecases.activities import adopting, opening
from usecases.guiding import notices
from usecases.outcomes import Outcome
from usecases.registry import FORMS
from usecases.reminders import sending as reminders
from usecases.topics import topic
from usecases.work import Actor, Work

SHORT = source("pendek")
CARDS, AGREEMENT, PAIRWISE = 0, 1, 2


@dataclass(frozen=True, slots=True)
class House:
    """A planted Pokja with its bot; `people` are its members, the Ketua first."""

    sim: Simulator
    running: Running
    pokja_id: int
    people: list[Person] = field(default_factory=list)

    async def does(self, person: Person, usecase: Callable[[Work], Awaitable[Outcome]]) -> Any:
        """Somebody carries out a use case without a phone."""
        async with self.running.database.transaction() as session:
            outcome = await usecase(work_of(self.running, session, person))
        self.running.turns.delivery.wake()
        return outcome

    async def opens(self, number: int) -> int:
        """The Ketua opens an activity of the first topic; members are invited. Returns the activity's number."""
        shown = await self.opens_silently(number)
        await self.people[0].sees(f"kegiatan {shown.activity.title}")
        return int(shown.activity_id)

    async def opens_silently(self, number: int) -> Any:
        """The same without waiting for the invitations."""

        async def usecase(work: Work) -> Outcome:
            await topic.open_topic(work, 0)
            return await opening.start(work, (await topic.begin_activity(work, 0, number)).activity_id)

        shown = await self.does(self.people[0], usecase)
        self.running.turns.boards.touch(shown.activity_id)
        return shown

    async def closes(self, activity_id: int) -> None:
        """The Ketua closes an activity."""
        await self.does(self.people[0], lambda work: opening.close(work, activity_id))
        self.running.turns.boards.touch(activity_id)

    async def adopts(self, activity_id: int) -> None:
        """The Ketua closes an activity and adopts its result."""
        await self.closes(activity_id)
        await self.does(self.people[0], lambda work: adopting.adopt(work, activity_id, sure=True))

    async def group(self, title: str = "Grup Pokja") -> Group:
        """A group of all members that is linked already."""
        group = await self.sim.group(title, self.people, with_bot=True)
        await self.links(group)
        return group

    async def links(self, group: Group) -> None:
        """The Pokja has this group from now on."""
        async with self.running.database.transaction() as session:
            (await session.get_one(Pokja, self.pokja_id)).group_chat_id = group.chat_id

    async def member(self, person: Person) -> Membership:
        """The row of a member."""
        found: Membership = (await self.rows(sa.select(Membership).where(Membership.name == person.title)))[0]
        return found

    async def results(self) -> list[Result]:
        """All adopted results, oldest first."""
        return await self.rows(sa.select(Result).order_by(Result.id))

    async def state(self, activity_id: int) -> str:
        """The state of an activity."""
        return str((await self.rows(sa.select(Activity.state).where(Activity.id == activity_id)))[0])

    async def audited(self) -> list[str]:
        """What the audit trail tells, oldest first."""
        return await self.rows(sa.select(AuditEntry.action).order_by(AuditEntry.id))

    async def dead_letters(self) -> list[DeadLetter]:
        """Updates that could not be handled."""
        return await self.rows(sa.select(DeadLetter))

    async def waits(self, *, days: float = 0, hours: float = 0) -> None:
        """Time goes by; the bot's clock, which asks twice a second, is told at once.

        It is over when everybody has heard what is due by then: no reminder comes between later steps.
        """
        await self.sim.forward(days=days, hours=hours)
        assert isinstance(self.running.clock, FollowedClock)
        self.running.clock._follow(await self.sim.control.get("/clock"))
        async with asyncio.timeout(PATIENCE):
            while await self._has_something_to_say():  # noqa: ASYNC110 - a table rings no bell
                await asyncio.sleep(0.05)

    async def _has_something_to_say(self) -> bool:
        """Whether reminders are due, or messages on their way."""
        now = self.running.clock.now()
        on_their_way = sa.and_(
            Outgoing.state.in_([outbox.QUEUED, outbox.SENDING]), Outgoing.not_before <= now
        )
        async with self.running.database.reading() as session:
            outlook = await reminders.look(session, self.running.turns.library, self.pokja_id, now)
            steps = await notices.due(session, self.running.turns.library, self.pokja_id, now)
            told = await session.scalar(sa.select(sa.exists().where(on_their_way)))
            return outlook.is_due or bool(steps) or bool(told)

    async def rows(self, query: Any) -> list[Any]:
        """What a query gives."""
        async with self.running.database.reading() as session:
            return list(await session.scalars(query))


def work_of(running: Running, session: Any, person: Person | None = None) -> Work:
    """A unit of work; nobody acts where no person is named."""
    actor = Actor(person.id, person.name) if person else Actor(0, "")
    return Work(session, actor, running.clock.now(), running.turns.library, FORMS)


async def planted(
    sim: Simulator,
    running: Running,
    *names: str,
    role: Mapping[str, str] | None = None,
    pokja: str = "Pokja Air Minum",
    process: str = SHORT,
    people_before: list[Person] | None = None,
) -> House:
    """A Pokja whose first member is the Ketua; the others are Anggota unless `role` says otherwise.

    Everybody has pressed Start. `people_before` are people of another Pokja, who become members before the new ones.
    """
    members = [*(people_before or []), *await sim.people(*names)]
    async with running.database.transaction() as session:
        pokja_id = await _plant(work_of(running, session), members, role or {}, pokja, process, str(sim.zone))
    for person in members:
        await person.starts()
        await person.sees(pokja)
    return House(sim, running, pokja_id, members)


async def _plant(
    work: Work, members: list[Person], role: Mapping[str, str], name: str, process: str, zone: str
) -> int:
    pokja = await founded(work, name, zone)
    for number, person in enumerate(members):
        given = role.get(person.title, roles.ANGGOTA if number else roles.KETUA)
        await joined(work, pokja, Newcomer(person.id, person.title, given, f"Dinas {number}", "Kepala Seksi"))
    await set_out(work, pokja, "pendek", process)
    return pokja.id


async def to_desk(person: Person, activity: int) -> None:
    """Straight to the desk of an activity."""
    await person.types("/menu")
    await person.forges(going("desk", activity))
