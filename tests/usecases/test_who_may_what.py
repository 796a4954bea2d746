"""What is somebody's to read, to enter and to take back: asked at the same point wherever they come from."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
import sqlalchemy as sa

from domain.dialog.questions import Tapped
from domain.faults import Rejected
from store.documents import READY
from store.engine.database import Database
from store.tables.core import AnswerEvent, AuditEntry, Outgoing
from store.tables.documents import DocumentFile, DocumentOrder
from tests.support.cast import BUDI, FITRI, HENDRA, RINA, SITI, TONO
from tests.support.worlds import every_instrument
from tests.support.worlds.every_instrument import choosing
from tests.support.worlds.meeting import World
from usecases.activities import adopting, desk, moving, opening, turnout
from usecases.answering import dialog
from usecases.answering.tasks import TaskRef
from usecases.documents import ordering
from usecases.work import Work

CARDS, AGREEMENT = 2, 3
"""Numbers of activities in this world."""


async def refused(world: World, name: str, usecase: Callable[[Work], Awaitable[Any]]) -> str:
    """The fault somebody meets with."""
    with pytest.raises(Rejected) as rejected:
        await world.does(name, usecase)
    return rejected.value.fault.code


async def found(world: World, query: Any) -> list[Any]:
    async with world.database.reading() as session:
        return list((await session.execute(query)).all())


async def test_entering_for_somebody_is_for_who_has_answered_nothing_and_is_never_silent(
    sqlite_url: str,
) -> None:
    world, _ = await every_instrument.planted(Database(sqlite_url))
    rina, budi = world.members[RINA], world.members[BUDI]
    for_rina = TaskRef("a", AGREEMENT, rina)
    await every_instrument.answers(world, BUDI, [AGREEMENT], choosing(0, "Setuju"))
    shown = await world.does(FITRI, lambda work: turnout.view(work, AGREEMENT, choose=True))
    offered = {each.id for each in shown.offered}
    assert rina in offered
    assert budi not in offered
    asked = await world.does(FITRI, lambda work: dialog.show(work, for_rina))
    key, options = asked.question.key, [option.value for option in asked.question.options]
    for value in options[:2]:
        await world.does(
            FITRI,
            lambda work, given=value: dialog.answer(work, for_rina, key, Tapped(given), editing=True),
        )
    events = sa.select(AnswerEvent.value, AnswerEvent.by).where(AnswerEvent.ballot == rina)
    assert await found(world, events) == [(each, world.members[FITRI]) for each in options[:2]]
    entered = sa.select(AuditEntry.details).where(AuditEntry.action == "activity.on_behalf")
    assert await found(world, entered) == [({"member": rina, "key": key},)] * 2
    told = sa.select(Outgoing.chat_id, Outgoing.not_before).where(Outgoing.reason.contains("entered for"))
    (first, second) = await found(world, told.order_by(Outgoing.id))
    assert first.chat_id == second.chat_id == 103
    assert first.not_before == world.now < second.not_before
    mine = TaskRef("a", AGREEMENT)
    await world.does(RINA, lambda work: dialog.answer(work, mine, key, Tapped(options[0]), editing=True))
    for ref in (for_rina, TaskRef("a", AGREEMENT, budi)):
        code = await refused(world, FITRI, lambda work, other=ref: dialog.show(work, other))
        assert code == "answers_themselves"
    await world.database.close()


async def test_only_who_may_decide_takes_the_decision_back(sqlite_url: str) -> None:
    world, _ = await every_instrument.planted(Database(sqlite_url))
    for name in (BUDI, RINA, SITI):
        await every_instrument.answers(world, name, [AGREEMENT], choosing(2, "Belum jelas"))
    await world.does(HENDRA, lambda work: opening.close(work, AGREEMENT))
    decision = {"statement": "s1", "outcome": "notes", "text": "Disepakati bersama"}
    made = await world.does(HENDRA, lambda work: moving.make_move(work, AGREEMENT, "finalise", decision))
    for name in (FITRI, SITI):
        assert (await world.does(name, lambda work: desk.view(work, AGREEMENT))).last_move == 0
        code = await refused(world, name, lambda work: moving.undo(work, AGREEMENT, made.last_move))
        assert code == "not_allowed"
    after = await world.does(HENDRA, lambda work: moving.undo(work, AGREEMENT, made.last_move))
    assert after.last_move == 0
    await world.database.close()


async def test_guests_read_what_is_adopted(sqlite_url: str) -> None:
    world, _ = await every_instrument.planted(Database(sqlite_url))
    await every_instrument.answers(world, BUDI, [CARDS], choosing(0, "Air keruh"))
    await world.does(HENDRA, lambda work: opening.close(work, CARDS))

    async def shown(name: str) -> tuple[bool, bool]:
        seen = await world.does(name, lambda work: desk.view(work, CARDS))
        return seen.shows_tally, "Air keruh" in repr(seen.result)

    assert await shown(TONO) == (False, False)
    assert await shown(RINA) == (True, True)
    await world.does(HENDRA, lambda work: adopting.adopt(work, CARDS))
    assert await shown(TONO) == (True, True)
    await world.database.close()


async def test_a_file_is_as_much_ones_own_as_its_card(sqlite_url: str) -> None:
    """Files are numbered one after another: whoever asks by number gets what they could also have opened."""
    world, _ = await every_instrument.planted(Database(sqlite_url))
    made = [
        DocumentOrder(
            pokja_id=world.pokja_id, by=world.members[HENDRA], paper=paper, subject=subject, formats=["pdf"],
            is_final=is_final, chat_id=100, message_id=1, title="Dokumen", ordered_at=world.now, state=READY,
            version=1, made_at=world.now,
        )
        for paper, subject, is_final in (
            ("undangan", world.meeting, False), ("rencana-kerja", 0, False), ("rencana-kerja", 0, True),
        )
    ]  # fmt: skip
    await world.adds(*made)
    files = [
        DocumentFile(order_id=n, format="pdf", name="a.pdf", content=b"%PDF", sha256="") for n in (1, 2, 3)
    ]
    await world.adds(*files)
    assert await refused(world, BUDI, lambda work: ordering.fetch(work, 1)) == "meeting_not_announced"
    assert (await world.does(FITRI, lambda work: ordering.fetch(work, 1))).content == b"%PDF"
    assert (await world.does(BUDI, lambda work: ordering.fetch(work, 2))).content == b"%PDF"
    assert [await refused(world, TONO, lambda work, n=n: ordering.fetch(work, n)) for n in (1, 2)] == [
        "not_allowed"
    ] * 2
    assert (await world.does(TONO, lambda work: ordering.fetch(work, 3))).is_final
    await world.database.close()
