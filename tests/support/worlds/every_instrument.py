"""A Pokja with an activity of every instrument open at once, answered through the questions people are asked."""

from collections.abc import Callable, Sequence
from typing import Any

from domain.dialog.questions import SKIP, Confirm, Given, Question, Rating, Several, Tapped, Typed
from store.engine.database import Database
from tests.support.cast import HENDRA
from tests.support.driving import SAMPLES
from tests.support.process_files import source
from tests.support.worlds import chain, meeting
from tests.support.worlds.meeting import World
from usecases.activities import moving, opening
from usecases.answering import dialog
from usecases.answering.outcomes import Asked, Paused
from usecases.answering.tasks import TaskRef
from usecases.topics import topic
from usecases.work import Work

NUMBER = 12
"""Activities that are open, one of each instrument."""
SLOTS = ({"day": "2026-12-01", "time": "09:00"}, {"day": "2026-12-02", "time": "13:00"})
Answerer = Callable[[Question], Given]


async def planted(database: Database) -> tuple[World, Sequence[int]]:
    """The Pokja and the numbers of its open activities."""
    world = await meeting.planted(database)
    await world.follows(source("semua"))
    material = await world.does(HENDRA, lambda work: _begin(work, 0))
    await chain.adopted(world, material)
    return world, [await world.does(HENDRA, lambda work, n=number: _begin(work, n)) for number in _numbers()]


def _numbers() -> range:
    return range(1, NUMBER + 1)


async def _begin(work: Work, number: int) -> int:
    activity = int((await topic.begin_activity(work, 0, number)).activity_id)
    if number == NUMBER:
        for slot in SLOTS:
            await moving.make_move(work, activity, "slot", {**slot, "place": None})
    await opening.start(work, activity)
    return activity


async def answers(world: World, name: str, activities: Sequence[int], how: Answerer) -> None:
    """Somebody answers all of these activities to their end."""
    for activity in activities:
        await world.does(name, lambda work, number=activity: _to_its_end(work, number, how))


async def _to_its_end(work: Work, activity: int, how: Answerer) -> None:
    ref = TaskRef("a", activity)
    shown: Any = await dialog.show(work, ref)
    while isinstance(shown, Asked | Paused):
        if isinstance(shown, Paused):
            shown = await dialog.show(work, ref)
            continue
        key = shown.question.key
        shown = await dialog.answer(work, ref, key, how(shown.question))
        assert not shown.note or not shown.note.code.startswith("fault."), (key, shown.note)


def choosing(at: int, said: str) -> Answerer:
    """Takes the option at that place (0: the first, -1: the last) of each question, and writes what was said once."""

    def answer(question: Question) -> Given:
        if isinstance(question, Confirm):
            return Tapped("y" if question.about == "begin" else "n")
        if isinstance(question, Rating):
            turned = sum(map(ord, question.key)) % 2  # not everything alike: equal scores of all say nothing
            return Tapped(str((question.lowest, question.highest)[at + turned]))
        options = [option for option in getattr(question, "options", ()) if option.value != SKIP]
        if options:
            return _chosen(question, options, at)
        if question.optional and question.about != "text" and "/1" not in question.key:
            return Tapped(SKIP)
        return Typed({**SAMPLES, "text": f"{said} ke {question.key}"}[question.kind])

    return answer


def _chosen(question: Question, options: Sequence[Any], at: int) -> Given:
    if isinstance(question, Several):
        most = question.most or 1
        return Tapped(",".join(option.value for option in (options[:most] if at == 0 else options[-most:])))
    if question.about in {"section", "next"}:  # the last option is that there is nothing (more) to write
        return Tapped((options[:-1][at] if question.about == "section" else options[-1]).value)
    return Tapped(options[at].value)
