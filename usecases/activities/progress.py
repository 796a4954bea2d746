"""How far an activity is that isn't looked at as a scene: for the group's board, reminders and broadcasts."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from domain.instruments.base import PLENARY, AnyInstrument, Ballots, Sheet
from domain.instruments.headcount import Headcount, headcount
from domain.instruments.registry import INSTRUMENTS
from store import activities
from store.activities import MOVES
from store.tables.core import Activity, Membership, User
from usecases.activities.scenes import asked
from usecases.library import Frame, Library, for_the_room, read_moves

Members = Sequence[tuple[Membership, User]]


async def count(session: AsyncSession, library: Library, activity: Activity) -> Headcount:
    """Who has answered in full, and who hasn't."""
    frame = await library.frame(session, activity.id, activity.revision)
    return await _count(session, frame, activity, await asked(session, activity, frame.spec))


@dataclass(frozen=True, slots=True)
class Far:
    """How far an open activity is: who has answered; whether the room alone is asked, and has answered in full."""

    headcount: Headcount
    in_plenary: bool
    filled: bool


async def far(session: AsyncSession, library: Library, activity: Activity) -> Far:
    """How far an open activity is, its room included."""
    seen = await _seen(session, library, activity)
    mine, room = seen.instrument.questions(seen.sheet, {}), seen.ballots.get(PLENARY, {})
    return Far(
        headcount(seen.instrument, seen.sheet, seen.ballots, seen.asked),
        in_plenary=activity.in_plenary or not mine,
        filled=bool(room) and seen.instrument.done(for_the_room(seen.sheet), room),
    )


async def lacks(session: AsyncSession, library: Library, activity: Activity) -> bool:
    """Whether something is to be decided before the result of a closed activity can be adopted."""
    seen = await _seen(session, library, activity)
    return seen.instrument.lacking(seen.sheet, seen.instrument.tally(seen.sheet, seen.ballots)) is not None


async def missing(session: AsyncSession, library: Library, activity: Activity) -> Members:
    """The members whose answers an activity asks for and hasn't got in full."""
    frame = await library.frame(session, activity.id, activity.revision)
    everyone = await asked(session, activity, frame.spec)
    lacking = (await _count(session, frame, activity, everyone)).missing
    return [pair for pair in everyone if pair[0].id in lacking]


@dataclass(frozen=True, slots=True)
class _Seen:
    instrument: AnyInstrument
    sheet: Sheet[object]
    ballots: Ballots
    asked: Sequence[int]


async def _seen(session: AsyncSession, library: Library, activity: Activity) -> _Seen:
    frame = await library.frame(session, activity.id, activity.revision)
    return await _ballots(session, frame, activity, await asked(session, activity, frame.spec))


async def _ballots(session: AsyncSession, frame: Frame, activity: Activity, everyone: Members) -> _Seen:
    ballots = await activities.answers(session, activity.id)
    moves = read_moves(ballots.pop(MOVES, {}))
    day = activity.opened_at.date()
    sheet = frame.drawn.sheet(frame.spec.settings, moves, day, voters=len(everyone))
    ids = [] if activity.in_plenary else [member.id for member, _ in everyone]
    return _Seen(INSTRUMENTS[frame.spec.instrument], sheet, ballots, ids)


async def _count(session: AsyncSession, frame: Frame, activity: Activity, everyone: Members) -> Headcount:
    seen = await _ballots(session, frame, activity, everyone)
    return headcount(seen.instrument, seen.sheet, seen.ballots, seen.asked)
