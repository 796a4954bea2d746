"""An activity brought together: its row, its instrument, the sheet all share, and the actor's place in it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from rapidfuzz import fuzz

from domain import roles
from domain.faults import Rejected
from domain.instruments.base import Ballots, Desk, Instrument, Move, Sheet, in_force
from domain.instruments.registry import INSTRUMENTS
from domain.process import ActivitySpec, Process
from domain.questions import Answers
from store import activities, people
from store.activities import MOVES
from store.tables import Activity, Membership, Pokja, Run
from usecases.library import read_items
from usecases.tasks import ActivityFacts
from usecases.work import Work, require


@dataclass(frozen=True, slots=True)
class Scene:
    """Everything a use case needs to know of an activity. `moves` are all that were made, undone ones too."""

    activity: Activity
    pokja: Pokja
    run: Run
    me: Membership
    process: Process
    spec: ActivitySpec
    instrument: Instrument[Any, Any]
    sheet: Sheet[Any]
    ballots: Ballots
    moves: Sequence[Move] = field(default=())

    @property
    def facts(self) -> ActivityFacts:
        """What templates may say of it."""
        return ActivityFacts(self.spec.title, self.spec.prompt, self.spec.instrument)

    @property
    def topic_index(self) -> int:
        """The topic's place in the process, counted from 0."""
        return [topic.key for topic in self.process.topics()].index(self.activity.topic_key)

    def desk(self) -> Desk[Any]:
        """What a facilitator's move looks at."""
        return Desk(self.sheet, self.ballots, similarity)

    def guide(self) -> Membership:
        """The actor, if they may guide. Raises Rejected."""
        return require(self.me, roles.FACILITATORS)


def similarity(first: str, second: str) -> float:
    """How alike two cards are, 0 to 100, whatever the order of their words."""
    return fuzz.token_sort_ratio(first.casefold(), second.casefold())


async def scene(work: Work, activity_id: int, *, lock: bool = False) -> Scene:
    """The activity with all its ballots. Raises Rejected for strangers."""
    found = await activities.scene(work.session, activity_id, work.actor.telegram_id, lock=lock)
    if found is None:
        raise Rejected("unknown_button")
    me = require(found.me, frozenset(roles.ROLES))
    process = await work.library.get(work.session, found.run.process_version_id)
    spec = process.activity(found.activity.topic_key, found.activity.key)
    answers = await activities.answers(work.session, activity_id)
    moves = read_moves(answers.pop(MOVES, {}))
    voters = await people.count_voters(work.session, found.pokja.id, roles.VOTERS)
    return Scene(
        found.activity, found.pokja, found.run, me, process, spec, INSTRUMENTS[spec.instrument],
        sheet_of(found.activity, spec, moves, voters, work, found.pokja.zone), answers, moves,
    )  # fmt: skip


def sheet_of(
    activity: Activity, spec: ActivitySpec, moves: Sequence[Move], voters: int, work: Work, zone: str
) -> Sheet[Any]:
    """The sheet as the instrument wants it."""
    return Sheet(
        settings=spec.settings,
        items=read_items(activity.items),
        context=read_items(activity.context),
        moves=in_force(moves),
        voters=voters,
        today=work.today(zone),
    )


def read_moves(answers: Answers) -> tuple[Move, ...]:
    """Moves as they were kept: key 'm12' holds the twelfth."""
    return tuple(
        Move(int(key[1:]), value["kind"], value["values"], value["by"])
        for key, value in sorted(answers.items())
    )
