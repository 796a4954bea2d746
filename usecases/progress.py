"""How far an activity is, for the group's board."""

from sqlalchemy.ext.asyncio import AsyncSession

from domain import roles
from domain.instruments.base import Sheet, in_force
from domain.instruments.registry import INSTRUMENTS
from store import activities, people
from store.activities import MOVES
from store.tables import Activity, Run, TopicRun
from usecases.library import Library, read_items
from usecases.scenes import read_moves


async def count_done(session: AsyncSession, library: Library, activity: Activity) -> tuple[str, int, int]:
    """The activity's title, how many voters are done, and how many there are."""
    topic = await session.get_one(TopicRun, activity.topic_run_id)
    run = await session.get_one(Run, topic.run_id)
    spec = (await library.get(session, run.process_version_id)).activity(activity.topic_key, activity.key)
    ballots = await activities.answers(session, activity.id)
    sheet = Sheet(
        settings=spec.settings,
        items=read_items(activity.items),
        context=read_items(activity.context),
        moves=in_force(read_moves(ballots.pop(MOVES, {}))),
        today=activity.opened_at.date(),
    )
    voters = {member.id for member, _ in await people.members(session, activity.pokja_id, roles=roles.VOTERS)}
    instrument = INSTRUMENTS[spec.instrument]
    done = sum(
        instrument.done(sheet, answers) for ballot, answers in ballots.items() if ballot in voters and answers
    )
    return spec.title, done, len(voters)
