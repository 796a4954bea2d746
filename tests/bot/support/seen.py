"""All that somebody can see: the screens they can get to by pressing, papers, and what waits to be sent to others."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from bot import screens
from bot.callbacks import Go, Press, View, unpack
from bot.handlers import routes
from bot.places import activities as to
from bot.places import documents, meetings, people, topics
from bot.screen import Screen
from bot.screens.painter import Painter
from documents.language.wording import Wording
from domain.faults import Rejected
from domain.instruments.base import PLENARY
from store.tables.core import AuditEntry, Draft, Outgoing, User
from tests.support.worlds.meeting import CAST, World
from usecases.activities.outcomes import ExcelForm
from usecases.answering.tasks import TaskRef
from usecases.documents.kinds.base import OF_MEETING, ground
from usecases.documents.kinds.registry import papers_for
from usecases.outcomes import Nothing, Outcome
from usecases.work import Work

PAINTER = Painter(Wording(), "asisten_bot")
EACH = 8
"""Presses of one place that are followed."""
LEFT_OUT = frozenset({to.CLOSE.name, people.RENEW.name, meetings.CODE.name})
"""Closing shows all answers; the others something new each time."""


class Undone(Exception):  # noqa: N818 - nothing is wrong: what was looked at is taken back
    """Rolls a look back."""


async def by(world: World, name: str, activities: Sequence[int], of: str) -> list[str]:
    """The screens somebody can get to from the menu and from these activities, and what is refused; in one order."""
    member = world.members[of]
    waiting: list[Press] = [people.MENU(), people.MEMBERS(), topics.TOPICS(0), documents.PAPERS(0)]
    for each in activities:
        refs = [TaskRef("a", each), TaskRef("a", each, PLENARY), TaskRef("a", each, member)]
        places = (to.DESK, to.TURNOUT, to.ON_BEHALF, to.RESULT, to.MATERIAL, to.EXCEL, to.ROWS)
        waiting += [*(View(ref) for ref in refs), *(place(each) for place in places)]
    seen, tried, told = set[Press](), Counter[str](), list[str]()
    while waiting:
        press = waiting.pop(0)
        name_of = press.place if isinstance(press, Go) else press.code
        if press in seen or tried[name_of] > EACH or name_of in LEFT_OUT:
            continue
        seen.add(press)
        tried[name_of] += 1
        text, more = await looked(world, name, press)
        told.append(f"{press}\n{text}")
        waiting += more
    return told


async def looked(world: World, name: str, press: Press) -> tuple[str, list[Press]]:
    """What a press shows somebody, or why it is refused; and where one can go from there."""
    found: list[Outcome] = []

    async def usecase(work: Work) -> None:
        try:
            found.append(await routes.follow(work, press))
        except Rejected as rejected:
            raise Undone(str(rejected.fault)) from None
        raise Undone

    try:
        await world.does(name, usecase)
    except Undone as undone:
        if not found:
            return str(undone), []
    return _shown(found[0])


def _shown(outcome: Outcome) -> tuple[str, list[Press]]:
    if isinstance(outcome, Nothing):
        return str(outcome.note), []
    if isinstance(outcome, ExcelForm):
        return repr(outcome.form.rows), []
    screen = screens.paint(PAINTER, outcome)
    keys = [key for each in (screen, *screen.more) for row in each.keyboard for key in row]
    presses = [unpack(key.data) for key in keys if key.data]
    follows = [each for each in presses if isinstance(each, Go | View)]
    return "\n".join([str(outcome.note), *_texts(screen), *(key.label for key in keys)]), follows


def _texts(screen: Screen) -> list[str]:
    return [text for each in (screen, *screen.more) for text in (each.text, each.rich, each.pictured)]


async def in_papers(world: World) -> list[str]:
    """Every paper of the Pokja and of its meeting, as it would be printed now."""
    found = []
    async with world.database.reading() as session:
        for about in (0, world.meeting):
            base = await ground(session, world.library, world.pokja_id, world.now, about)
            fitting = [each for each in papers_for(base) if (each.about == OF_MEETING) == bool(about)]
            found += [repr(await paper.gather(base)) for paper in fitting]
    return found


async def in_tables(world: World, of: str) -> list[str]:
    """What waits for other people, what they have begun to fill in, and the audit trail."""
    number = 100 + list(CAST).index(of)
    queries: list[Any] = [
        sa.select(Outgoing.reason, Outgoing.payload).where(Outgoing.chat_id != number),
        sa.select(Draft.form, Draft.answers).join(User).where(User.telegram_id != number),
        sa.select(AuditEntry.action, AuditEntry.details),
    ]
    async with world.database.reading() as session:
        return [str(row) for query in queries for row in await session.execute(query)]
