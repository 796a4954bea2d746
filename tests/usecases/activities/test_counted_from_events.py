"""What is counted is what the events say, whoever counts: changed, taken back and entered for somebody alike."""

from collections import Counter
from typing import Any

from domain.dialog.questions import Tapped
from store.engine.database import Database
from tests.support import recount
from tests.support.cast import BUDI, FITRI, HENDRA, RINA, SITI
from tests.support.worlds import every_instrument
from tests.support.worlds.every_instrument import choosing
from tests.support.worlds.meeting import World
from usecases.activities.scenes import scene
from usecases.answering import dialog
from usecases.answering.outcomes import Asked
from usecases.answering.tasks import TaskRef
from usecases.work import Work

AGREEMENT, SELECTION, PAIRWISE, WEIGHTING, SCORING = COUNTED = 3, 4, 5, 6, 7
"""Numbers of the activities that count votes, picks, wins, weights and scores."""
CHANGES = {AGREEMENT: ("s1", "abstain"), SELECTION: ("1:pick", "2,3"), PAIRWISE: ("1:1~3", "b"),
           WEIGHTING: ("2", "2"), SCORING: ("1:2.k1", "2")}  # fmt: skip
"""A question of each, and another answer to it."""


async def _tallied(world: World, activity: int) -> Any:
    async def tally(work: Work) -> Any:
        found = await scene(work, activity)
        return found.instrument.tally(found.sheet, found.ballots)

    return await world.does(HENDRA, tally)


async def _enters(work: Work, ref: TaskRef) -> None:
    shown: Any = await dialog.show(work, ref)
    while isinstance(shown, Asked):
        shown = await dialog.answer(work, ref, shown.question.key, choosing(0, "")(shown.question))


async def _changes_it_all(world: World, activity: int, key: str, value: str) -> None:
    """One changes an answer, another takes it back and gives a new one, for a third all is entered."""
    ref, given = TaskRef("a", activity), Tapped(value)
    await world.does(BUDI, lambda work: dialog.answer(work, ref, key, given, editing=True))
    await world.does(RINA, lambda work: dialog.clear(work, ref, key))
    await world.does(RINA, lambda work: dialog.answer(work, ref, key, given))
    await world.does(FITRI, lambda work: _enters(work, TaskRef("a", activity, world.members[SITI])))


async def test_the_tally_is_what_the_events_say(sqlite_url: str) -> None:
    world, _ = await every_instrument.planted(Database(sqlite_url))
    for name, at in ((HENDRA, 0), (BUDI, -1), (RINA, 0)):
        await every_instrument.answers(world, name, COUNTED, choosing(at, "Belum ada datanya"))
    for activity, (key, value) in CHANGES.items():
        await _changes_it_all(world, activity, key, value)
    file = str(world.database.engine.url.database)
    given = {activity: recount.ballots(file, activity) for activity in COUNTED}
    assert [len(each) for each in given.values()] == [4] * len(COUNTED)
    results = {activity: await _tallied(world, activity) for activity in COUNTED}
    await world.database.close()
    assert recount.votes(given[AGREEMENT]) == {
        each.statement.key: +Counter(
            agree=each.agree, note=each.note, object=each.object, abstain=each.abstain
        )
        for each in results[AGREEMENT].verdicts
    }
    assert recount.picks(given[SELECTION]) == {
        each.id: each.value for each in results[SELECTION].order if each.value
    }
    assert recount.wins(given[PAIRWISE]) == {
        each.id: each.value for each in results[PAIRWISE].order if each.value
    }
    assert recount.means(given[WEIGHTING]) == {each.id: each.mean for each in results[WEIGHTING].criteria}
    (round_,) = results[SCORING].rounds
    assert recount.means(given[SCORING]) == {
        f"1:{row.id}.k{number}": value for row in round_.rows for number, value in enumerate(row.means, 1)
    }
