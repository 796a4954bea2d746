"""How far an activity is, for the group's board."""

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from domain.instruments.registry import INSTRUMENTS
from store import activities
from store.activities import MOVES
from store.tables.core import Activity, Membership, Run, TopicRun, User
from usecases.activities.scenes import asked
from usecases.library import Library, drawn_by, full_title, read_moves


async def count_done(session: AsyncSession, library: Library, activity: Activity) -> tuple[str, int, int]:
    """The activity's title, how many voters are done, and how many there are."""
    topic = await session.get_one(TopicRun, activity.topic_run_id)
    run = await session.get_one(Run, topic.run_id)
    spec = (await library.get(session, run.process_version_id)).activity(activity.topic_key, activity.key)
    ballots = await activities.answers(session, activity.id)
    moves = read_moves(ballots.pop(MOVES, {}))
    sheet = drawn_by(activity).sheet(spec.settings, moves, activity.opened_at.date())
    voters = {member.id for member, _ in await asked(session, activity, spec)}
    instrument = INSTRUMENTS[spec.instrument]
    done = sum(
        instrument.done(sheet, answers) for ballot, answers in ballots.items() if ballot in voters and answers
    )
    return full_title(activity, spec), done, len(voters)


async def missing(
    session: AsyncSession, library: Library, activity: Activity
) -> Sequence[tuple[Membership, User]]:
    """Those whose answers an activity asks for and hasn't got in full."""
    frame = await library.frame(session, activity.id, activity.revision)
    ballots = await activities.answers(session, activity.id)
    moves = read_moves(ballots.pop(MOVES, {}))
    sheet = frame.drawn.sheet(frame.spec.settings, moves, activity.opened_at.date())
    instrument = INSTRUMENTS[frame.spec.instrument]
    everyone = await asked(session, activity, frame.spec)
    return [pair for pair in everyone if not instrument.done(sheet, ballots.get(pair[0].id, {}))]
