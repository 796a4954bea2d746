"""How far an activity is, for the group's board."""

from sqlalchemy.ext.asyncio import AsyncSession

from domain.instruments.registry import INSTRUMENTS
from store import activities
from store.activities import MOVES
from store.tables.core import Activity, Run, TopicRun
from usecases.activities.scenes import asked, read_moves
from usecases.library import Library, drawn_by, full_title


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
