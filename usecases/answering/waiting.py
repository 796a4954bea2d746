"""What somebody has still to answer: the open activities that ask them and that they are not done with."""

from store import activities
from store.tables.core import Membership
from usecases.answering import ballots
from usecases.answering.ballots import Ballot
from usecases.answering.tasks import TaskRef
from usecases.work import Work


async def unanswered(work: Work, me: Membership) -> list[tuple[TaskRef, Ballot]]:
    """Those of the actor's Pokja that `me` is the membership of, in the order they were opened."""
    found = []
    for activity in await activities.open_activities(work.session, me.pokja_id):
        frame = await work.library.frame(work.session, activity.id, activity.revision)
        if not frame.asks(me.id, me.role):
            continue
        ballot, _ = await ballots.load(work, activity.id, None)
        if not ballot.instrument.done(ballot.sheet, ballot.answers):
            found.append((TaskRef("a", activity.id), ballot))
    return found
