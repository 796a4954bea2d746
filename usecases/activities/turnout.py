"""Who has answered and who has not; reminding only those, and answering on behalf of a member."""

from collections.abc import Collection

from domain.secrecy import may_enter_for
from store import activities
from store.tables.core import Membership, User
from usecases.activities import announcing
from usecases.activities.outcomes import Turnout
from usecases.activities.scenes import Scene, scene
from usecases.outcomes import Note, person
from usecases.work import Work


async def view(
    work: Work, activity_id: int, *, choose: bool = False, page: int = 0, note: Note | None = None
) -> Turnout:
    """Answered and missing voters by name and instansi; `choose` offers those to answer for."""
    found = await scene(work, activity_id)
    found.guide()
    answered, missing = _people(found, found.headcount.done), _people(found, found.headcount.missing)
    givers = await activities.givers(work.session, activity_id)
    return Turnout(
        activity_id=activity_id,
        title=found.title,
        answered=[person(*pair, entered=bool(givers[pair[0].id] - {pair[0].id})) for pair in answered],
        missing=[person(*pair) for pair in missing],
        offered=[person(*pair) for pair in (*missing, *answered) if may_enter_for(pair[0].id, givers)],
        is_open=found.activity.state == "open",
        choose=choose,
        page=page,
        note=note,
    )


async def nudge(work: Work, activity_id: int) -> Turnout:
    """Reminds those who have not answered; each person at most once an hour."""
    found = await scene(work, activity_id)
    found.guide()
    if found.activity.state != "open":
        return await view(work, activity_id, note=Note("fault.closed", {"title": found.title}))
    missing = _people(found, found.headcount.missing)
    sent = await announcing.nudge(work, found, missing)
    code = "nudged" if sent else "nudged_already" if missing else "nobody_missing"
    return await view(work, activity_id, note=Note(code, {"count": sent}))


def _people(found: Scene, members: Collection[int]) -> list[tuple[Membership, User]]:
    return [pair for pair in found.voters if pair[0].id in members]
