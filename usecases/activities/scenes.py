"""An activity brought together: its row, its instrument, the sheet all share, and the actor's place in it."""

import functools
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from rapidfuzz import fuzz
from sqlalchemy.ext.asyncio import AsyncSession

from domain import roles, secrecy
from domain.faults import Rejected
from domain.freezing import plain
from domain.instruments.base import PLENARY, AnyInstrument, Ballots, Desk, Move, Sheet
from domain.instruments.headcount import Headcount, headcount
from domain.instruments.registry import INSTRUMENTS
from domain.process.model import ActivitySpec, Process
from store import activities, people
from store.activities import MOVES, GivenAnswer
from store.tables.core import Activity, Membership, Pokja, Run, User
from usecases.answering.tasks import ActivityFacts
from usecases.library import drawn_by, for_the_room, full_title, read_moves
from usecases.outcomes import where
from usecases.work import Work, require


@dataclass(frozen=True)
class Scene:
    """Everything a use case needs to know of an activity. `moves` are all that were made, undone ones too."""

    activity: Activity
    pokja: Pokja
    run: Run
    me: Membership
    process: Process
    spec: ActivitySpec
    instrument: AnyInstrument
    sheet: Sheet[Any]
    ballots: Ballots
    voters: Sequence[tuple[Membership, User]]
    moves: Sequence[Move] = field(default=())

    @property
    def title(self) -> str:
        """The activity's title; a breakout group's copy tells which group's it is."""
        return full_title(self.activity, self.spec)

    @property
    def facts(self) -> ActivityFacts:
        """The facts templates may say of the activity."""
        return ActivityFacts(self.title, self.spec.prompt, self.spec.instrument, self.activity.authors_shown)

    @property
    def newest_move(self) -> int:
        """The number of the last move that was made, undone or not; 0 before the first."""
        return max((move.number for move in self.moves), default=0)

    @property
    def headcount(self) -> Headcount:
        """Who has answered in full, and who hasn't."""
        asked = () if self.activity.in_plenary else [member.id for member, _ in self.voters]
        return headcount(self.instrument, self.sheet, self.ballots, asked)

    @property
    def is_filled(self) -> bool:
        """Whether the room has answered in full."""
        room = self.ballots.get(PLENARY, {})
        return bool(room) and self.instrument.done(for_the_room(self.sheet), room)

    @property
    def closes_at(self) -> datetime | None:
        """When answering should be over; a moment before it was opened (again) is past."""
        closes = self.activity.closes_at
        return closes if closes is not None and closes > self.activity.opened_at else None

    def asks_me(self) -> bool:
        """Whether the actor's answer is asked for."""
        return not self.activity.in_plenary and any(member.id == self.me.id for member, _ in self.voters)

    @property
    def topic_index(self) -> int:
        """The topic's place in the process, counted from 0."""
        return [topic.key for topic in self.process.topics()].index(self.activity.topic_key)

    def desk(self) -> Desk[Any]:
        """What a facilitator's move may look at."""
        if secrecy.are_shown(self.activity.state):
            return self.whole_desk
        return Desk(self.sheet, secrecy.readable(self.ballots, self.activity.state), similarity)

    @functools.cached_property
    def whole_desk(self) -> Desk[Any]:
        """The desk with every ballot: for what counts them, and never tells what they say."""
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
    work.where = where(found.pokja.id, found.pokja.name, (await work.user()).active_pokja_id)
    process = await work.library.get(work.session, found.run.process_version_id)
    spec = process.activity(found.activity.topic_key, found.activity.key)
    answers = await activities.answers(work.session, activity_id)
    moves = read_moves(answers.pop(MOVES, {}))
    voters = await asked(work.session, found.activity, spec)
    today = work.today(found.pokja.zone)
    sheet = drawn_by(found.activity).sheet(spec.settings, moves, today, voters=len(voters))
    return Scene(
        found.activity,
        found.pokja,
        found.run,
        me,
        process,
        spec,
        INSTRUMENTS[spec.instrument],
        sheet,
        answers,
        voters,
        moves,
    )


async def asked(
    session: AsyncSession, activity: Activity, spec: ActivitySpec
) -> Sequence[tuple[Membership, User]]:
    """The active members whose answers an activity asks for."""
    chosen = await activities.participants(session, activity.id)
    everybody = await permitted(session, activity, spec)
    return [pair for pair in everybody if not chosen or pair[0].id in chosen]


async def permitted(
    session: AsyncSession, activity: Activity, spec: ActivitySpec
) -> Sequence[tuple[Membership, User]]:
    """The active members who may answer, chosen or not."""
    return await people.members(session, activity.pokja_id, roles=roles.ANSWERING[spec.answered_by])


async def write_move(work: Work, activity_id: int, move: Move, me: Membership) -> None:
    """Keeps a move under its number."""
    await activities.save_answers(work.session, activity_id, [kept_move(move, me)], work.now)


def kept_move(move: Move, me: Membership) -> GivenAnswer:
    """A move as `read_moves` reads it."""
    value = {"kind": move.kind, "values": plain(move.values), "by": move.by}
    return GivenAnswer(MOVES, f"m{move.number}", value, me.id)
