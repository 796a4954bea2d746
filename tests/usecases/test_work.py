"""Somebody who has left the Pokja is given nothing more to do, wherever a name can be chosen."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from domain.faults import Rejected
from store.engine.database import Database
from store.tables.core import Membership
from tests.support.worlds import meeting
from tests.support.worlds.meeting import BUDI, HENDRA, RINA, SITI, World
from usecases.answering import dialog
from usecases.answering.tasks import TaskRef
from usecases.follow_ups import follow_up, steps
from usecases.meetings import attendance, follow_ups, inviting, materials
from usecases.work import Work

Try = Callable[[World, Work, int], Awaitable[Any]]
HAND = {each.name: each for each in steps.FORMS}["fu_hand"]


async def _sees_to_a_material(world: World, work: Work, who: int) -> Any:
    return await materials.FORM.finish(work, {"meeting": 0, "material": 1}, {"who": str(who)})


async def _sees_to_a_new_material(world: World, work: Work, who: int) -> Any:
    subject = {"meeting": world.meeting, "material": 0}
    return await materials.FORM.finish(work, subject, {"text": "Peta", "who": str(who)})


async def _is_taken_in(world: World, work: Work, who: int) -> Any:
    return await attendance.mark(work, world.meeting, who, attendance.ADD)


async def _is_invited(world: World, work: Work, who: int) -> Any:
    return await inviting.toggle(work, world.meeting, who, 0)


async def _is_given(world: World, work: Work, who: int) -> Any:
    answers = {"text": "Menyusun peta", "owner": str(who), "due": "2026-12-01"}
    return await follow_up.FORM.finish(work, {"topic": -1, "number": -1}, answers)


async def _is_given_at_the_meeting(world: World, work: Work, who: int) -> Any:
    answers = {"text": "Menyusun peta", "owner": str(who), "due": "2026-12-01"}
    return await follow_ups.FORM.finish(work, {"meeting": world.meeting, "item": 2}, answers)


async def _takes_over(world: World, work: Work, who: int) -> Any:
    return await HAND.finish(work, {"follow_up": 1}, {"who": str(who), "reason": "Pindah tugas"})


async def _answers_through_the_ketua(world: World, work: Work, who: int) -> Any:
    return await dialog.show(work, TaskRef("a", 1, who))


RUNNING = (
    _sees_to_a_material,
    _sees_to_a_new_material,
    _is_taken_in,
    _is_given,
    _is_given_at_the_meeting,
    _takes_over,
    _answers_through_the_ketua,
)


async def _leaves(world: World, name: str) -> int:
    async with world.database.transaction() as session:
        member = await session.get_one(Membership, world.members[name])
        member.state = "left"
    return world.members[name]


@pytest.mark.parametrize("given", RUNNING, ids=lambda given: given.__name__)
async def test_who_has_left_is_given_nothing(sqlite: Database, given: Try) -> None:
    world = await meeting.planted(sqlite)
    await world.asks()
    await world.announced()
    await world.opened()
    await world.gives("Mengumpulkan data", BUDI, "2026-12-01", SITI)
    await world.does(HENDRA, lambda work: given(world, work, world.members[RINA]))
    who = await _leaves(world, RINA)
    with pytest.raises(Rejected) as refused:
        await world.does(HENDRA, lambda work: given(world, work, who))
    assert refused.value.fault.code == "unknown_member"


async def test_who_has_left_is_not_invited(sqlite: Database) -> None:
    world = await meeting.planted(sqlite)
    await world.does(HENDRA, lambda work: _is_invited(world, work, world.members[RINA]))
    who = await _leaves(world, RINA)
    with pytest.raises(Rejected) as refused:
        await world.does(HENDRA, lambda work: _is_invited(world, work, who))
    assert refused.value.fault.code == "unknown_member"
