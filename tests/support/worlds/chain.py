"""A Pokja that went from cards over a choice, a table and a scoring to an agreement, through the use cases."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from domain.dialog.questions import Confirm, Given, Question, Several, Tapped, Typed
from store import activities
from store.engine.database import Database
from tests.support.cast import HENDRA
from tests.support.driving import SAMPLES, fill
from tests.support.process_files import source
from tests.support.worlds import meeting
from tests.support.worlds.meeting import World
from usecases.activities import adopting, opening
from usecases.activities.scenes import scene
from usecases.topics import topic
from usecases.work import Work

TITLE = "Rangkuman rencana"
STEPS = ("isu", "pilihan", "tindakan", "kegiatan", "sepakat")


async def planted(database: Database) -> World:
    """The Pokja with nothing begun."""
    world = await meeting.planted(database)
    await world.follows(source("rantai"))
    return world


async def does(world: World, number: int, said: str = "Air keruh") -> int:
    """The activity of that place is opened, answered by all and adopted; returns its number. A day goes by.

    `said` is what people write.
    """
    activity = int(await world.does(HENDRA, lambda work: _begin(work, number)))
    await answered(world, activity, said)
    await adopted(world, activity)
    world.now += timedelta(days=1)
    return activity


async def chain(database: Database, said: str = "Air keruh") -> World:
    """All of it; `said` is what people write."""
    world = await planted(database)
    for number in range(len(STEPS)):
        await does(world, number, said)
    return world


async def _begin(work: Work, number: int) -> int:
    begun = await topic.begin_activity(work, 0, number)
    return int((await opening.start(work, begun.activity_id)).activity_id)


async def answered(world: World, activity: int, said: str) -> None:
    """Everybody who is asked answers."""

    async def everybody(work: Work) -> None:
        found = await scene(work, activity)
        for place, (member, _) in enumerate(found.voters):
            mine = fill(found.instrument, found.sheet, _Answers(place, said))
            for key, value in mine.items():
                await activities.save_answer(
                    work.session, activity, member.id, key, value, member.id, work.now
                )

    await world.does(HENDRA, everybody)


async def adopted(world: World, activity: int) -> None:
    """The Ketua closes and adopts."""
    await world.does(HENDRA, lambda work: opening.close(work, activity))
    await world.does(HENDRA, lambda work: adopting.adopt(work, activity, sure=True))


class _Answers:
    """One member's: writes one card or row, takes the first of what is offered, agrees."""

    def __init__(self, place: int, said: str) -> None:
        self._place, self._said, self._confirmed = place, said, 0

    def __call__(self, question: Question) -> Given:
        if isinstance(question, Confirm):
            self._confirmed += 1
            return Tapped("y" if self._confirmed == 1 else "n")
        if isinstance(question, Several):
            return Tapped(",".join(option.value for option in question.options[: question.most]))
        if question.optional and question.key.endswith("/2"):
            return Tapped("-")
        options: Any = getattr(question, "options", ())
        if options:
            return Tapped(options[0].value)
        known: Mapping[str, str] = {**SAMPLES, "text": f"{self._said} {self._place}"}
        return Typed(known[question.kind]) if question.key else Tapped("-")
