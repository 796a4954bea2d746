"""How far an activity is that isn't looked at as a scene: for the group's board, reminders and broadcasts."""

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from domain.instruments.headcount import Headcount, headcount
from domain.instruments.registry import INSTRUMENTS
from store import activities
from store.activities import MOVES
from store.tables.core import Activity, Membership, User
from usecases.activities.scenes import asked
from usecases.library import Frame, Library, read_moves

Members = Sequence[tuple[Membership, User]]


async def count(session: AsyncSession, library: Library, activity: Activity) -> Headcount:
    """Who has answered in full, and who hasn't."""
    frame = await library.frame(session, activity.id, activity.revision)
    return await _count(session, frame, activity, await asked(session, activity, frame.spec))


async def missing(session: AsyncSession, library: Library, activity: Activity) -> Members:
    """The members whose answers an activity asks for and hasn't got in full."""
    frame = await library.frame(session, activity.id, activity.revision)
    everyone = await asked(session, activity, frame.spec)
    lacking = (await _count(session, frame, activity, everyone)).missing
    return [pair for pair in everyone if pair[0].id in lacking]


async def _count(session: AsyncSession, frame: Frame, activity: Activity, everyone: Members) -> Headcount:
    ballots = await activities.answers(session, activity.id)
    moves = read_moves(ballots.pop(MOVES, {}))
    sheet = frame.drawn.sheet(frame.spec.settings, moves, activity.opened_at.date())
    return headcount(
        INSTRUMENTS[frame.spec.instrument], sheet, ballots, (member.id for member, _ in everyone)
    )
