"""A Pokja of thousands with a full outbox, and the simulated Telegram its messages go to.

Four broadcasts to everybody, and for each of twenty groups a long list of notices: what is queued is what the bot
itself would queue, and it waits in the order in which it was given.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa

from bench import contestants, our_bot
from domain import roles
from domain.broadcasts.broadcast import Audience
from simulator.rules.flood import FloodLimits
from simulator.simulation import Config, Simulation, make_simulation
from simulator.world.model import Chat
from store import outbox
from store.engine import migrate
from store.engine.database import Database
from store.outbox import Message
from store.tables.core import Membership, Outgoing, Pokja
from usecases import notifying
from usecases.broadcasts import sending
from usecases.library import Library
from usecases.work import Work

BROADCASTS, GROUPS = 4, 20
A_SECOND, IN_MINUTE = 30.0, 20
"""Messages over all, and to one group: Telegram's limits as people know them."""
FIRST = contestants.FIRST_USER
LETTERS = ("broadcast", "words")


@dataclass(frozen=True, slots=True)
class Size:
    """How much: `members` get a broadcast each time, each group gets `notices`."""

    members: int
    notices: int

    @property
    def messages(self) -> int:
        """All that is queued."""
        return BROADCASTS * (self.members - 1) + GROUPS * self.notices


def shortest(size: Size, others: int) -> float:
    """Seconds below which no bot that keeps the limits can send it all, and `others` (edits for those who tap) besides.

    The longest of what the three limits ask for: 30 a second over all, 20 of a group in any minute, one a second in a
    private chat.
    """
    in_groups = (max(size.notices, 1) - 1) // IN_MINUTE * 60.0
    return max((size.messages + others) / A_SECOND, in_groups, BROADCASTS - 1.0)


def size_of(messages: int) -> Size:
    """A fifth of the messages for the groups, the others for members."""
    notices = messages // 5 // GROUPS
    return Size((messages - notices * GROUPS) // BROADCASTS + 1, notices)


def telegram(size: Size, share_429: float) -> tuple[Simulation, list[Chat]]:
    """Everybody has pressed Start; limits are on, and some calls are refused at random besides."""
    start = datetime.now(UTC).timestamp()
    world = make_simulation(Config(start, token=contestants.TOKEN, flood=True, flood_limits=FloodLimits()))
    world.failures.share_429 = share_429
    people = [world.world.add_person(f"U{FIRST + n}", user_id=FIRST + n) for n in range(size.members)]
    for person in people:
        person.started = True
    chats = [world.world.add_group(f"Grup {n}", people[0]) for n in range(GROUPS)]
    for chat in chats:
        chat.members[world.world.bot.user_id] = chat.members[people[0].user_id]
    return world, chats


async def fill(url: str, size: Size, chats: list[Chat]) -> None:
    """The database: a Pokja with an open activity, and the outbox full."""
    database = Database(url)
    await migrate.upgrade(database)
    await our_bot.plant(database, FIRST, size.members)
    async with database.transaction() as session:
        work = Work.by_clock(session, datetime.now(UTC), Library())
        await _notify(
            work, chats, size.notices
        )  # first: what rests in the groups must not hold up the others
        await _broadcast(work)
    await database.close()


async def _broadcast(work: Work) -> None:
    pokja = (await work.session.scalars(sa.select(Pokja))).one()
    writer = (await work.session.scalars(sa.select(Membership).order_by(Membership.id).limit(1))).one()
    writer.role = roles.KETUA
    for number in range(BROADCASTS):
        what = sending.Written(f"Siaran nomor {number}", None, True, Audience())  # noqa: FBT003
        await sending.give(work, writer, pokja, what, None, None)


async def _notify(work: Work, chats: list[Chat], notices: int) -> None:
    def notice(chat: Chat, number: int) -> Message:
        payload = notifying.words("member_left", name=f"Kabar {number}", instansi="Dinas", pokja="Pokja")
        return Message(f"notice {number} to {chat.chat_id}", chat.chat_id, "words", payload, work.now)

    for number in range(notices):
        await outbox.queue(work.session, [notice(chat, number) for chat in chats])


def arrived(world: Simulation) -> Counter[tuple[int, str]]:
    """How often each text stands in each chat, the screens of those who tap left out."""
    bot = world.world.bot.user_id
    return Counter(
        (chat.chat_id, _key(str(message.body.get("text", ""))))
        for chat in world.world.chats.values()
        for message in chat.messages.values()
        if message.sender_id == bot and _key(str(message.body.get("text", "")))
    )


def _key(text: str) -> str:
    """What tells one letter or notice from another; empty for anything else."""
    line = next((line for line in text.splitlines() if line.startswith(("Siaran nomor", "Kabar "))), "")
    return line.partition(" (")[0]


async def states(url: str) -> Mapping[str, int]:
    """How many letters and notices are in each state."""
    database = Database(url)
    async with database.reading() as session:
        query = sa.select(Outgoing.state, sa.func.count()).where(Outgoing.kind.in_(LETTERS))
        found = {row[0]: row[1] for row in await session.execute(query.group_by(Outgoing.state))}
    await database.close()
    return found


def sqlite_url(folder: Path) -> str:
    """The address of a new file."""
    return f"sqlite+aiosqlite:///{folder / 'pokja.db'}"
