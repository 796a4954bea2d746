"""Runs, topics, activities, their answers and results."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from store.tables import Activity, Answer, Membership, Pokja, Result, Run, TopicRun, User
from store.upsert import insert_into

MOVES = -1
"""The ballot under which a facilitator's moves are kept."""


@dataclass(frozen=True, slots=True)
class Scene:
    """An activity with all that surrounds it, as one person sees it; `me` is None for a stranger."""

    activity: Activity
    pokja: Pokja
    run: Run
    me: Membership | None


async def scene(session: AsyncSession, activity_id: int, telegram_id: int, *, lock: str = "") -> Scene | None:
    """The scene in one query. `lock` 'share' keeps the activity from being closed meanwhile, 'change' is for that."""
    mine = sa.and_(Membership.pokja_id == Activity.pokja_id, Membership.user_id == User.id, Membership.state == "active")
    query = (
        sa.select(Activity, Pokja, Run, Membership)
        .join(Pokja, Pokja.id == Activity.pokja_id)
        .join(TopicRun, TopicRun.id == Activity.topic_run_id)
        .join(Run, Run.id == TopicRun.run_id)
        .outerjoin(User, User.telegram_id == telegram_id)
        .outerjoin(Membership, mine)
        .where(Activity.id == activity_id)
    )
    if lock:
        query = query.with_for_update(read=lock == "share", of=Activity)
    row = (await session.execute(query)).first()
    return Scene(*row) if row else None


async def answers(session: AsyncSession, activity_id: int, *ballots: int) -> dict[int, dict[str, Any]]:
    """Answers by ballot and key; of these ballots, or of all."""
    query = sa.select(Answer.ballot, Answer.key, Answer.value).where(Answer.activity_id == activity_id)
    if ballots:
        query = query.where(Answer.ballot.in_(ballots))
    found: dict[int, dict[str, Any]] = defaultdict(dict)
    for ballot, key, value in await session.execute(query.order_by(Answer.id)):
        found[ballot][key] = value
    return found


async def save_answer(
    session: AsyncSession, activity_id: int, ballot: int, key: str, value: Any, by: int, now: datetime
) -> None:
    """Keeps an answer; a new one to the same question takes the place of the old."""
    statement = insert_into(session, Answer).values(
        activity_id=activity_id, ballot=ballot, key=key, value=value, by=by, at=now
    )
    changes = {"value": statement.excluded.value, "by": by, "at": now}
    keys = ["activity_id", "ballot", "key"]
    await session.execute(statement.on_conflict_do_update(index_elements=keys, set_=changes))


async def forget_answers(session: AsyncSession, activity_id: int, ballot: int, keys: Sequence[str]) -> None:
    """Takes answers back."""
    await session.execute(
        sa.delete(Answer).where(
            Answer.activity_id == activity_id, Answer.ballot == ballot, Answer.key.in_(keys)
        )
    )


async def entered_for(session: AsyncSession, activity_id: int, ballot: int) -> int:
    """How many answers of this ballot somebody else gave."""
    query = sa.select(sa.func.count()).where(
        Answer.activity_id == activity_id, Answer.ballot == ballot, Answer.by != ballot
    )
    return await session.scalar(query) or 0


async def current_run(session: AsyncSession, pokja_id: int) -> Run | None:
    """The process the Pokja is going through."""
    return await session.scalar(sa.select(Run).where(Run.pokja_id == pokja_id).order_by(Run.id.desc()).limit(1))


async def topic_run(session: AsyncSession, run_id: int, key: str) -> TopicRun | None:
    """An opened topic."""
    return await session.scalar(sa.select(TopicRun).where(TopicRun.run_id == run_id, TopicRun.key == key))


async def topic_runs(session: AsyncSession, run_id: int) -> dict[str, TopicRun]:
    """All opened topics by key."""
    found = await session.scalars(sa.select(TopicRun).where(TopicRun.run_id == run_id))
    return {topic.key: topic for topic in found}


async def activities_of(session: AsyncSession, topic_run_id: int) -> dict[str, Activity]:
    """The activities begun in a topic, by key."""
    found = await session.scalars(sa.select(Activity).where(Activity.topic_run_id == topic_run_id))
    return {activity.key: activity for activity in found}


async def find_activity(session: AsyncSession, run_id: int, topic_key: str, key: str) -> Activity | None:
    """An activity that was begun, by its place in the process."""
    query = (
        sa.select(Activity)
        .join(TopicRun, TopicRun.id == Activity.topic_run_id)
        .where(TopicRun.run_id == run_id, TopicRun.key == topic_key, Activity.key == key)
    )
    return await session.scalar(query)


async def open_activities(session: AsyncSession, pokja_id: int) -> Sequence[Activity]:
    """Activities members can answer now, the longest open first."""
    query = sa.select(Activity).where(Activity.pokja_id == pokja_id, Activity.state == "open")
    return list(await session.scalars(query.order_by(Activity.opened_at, Activity.id)))


async def latest_result(session: AsyncSession, activity_id: int) -> Result | None:
    """The newest adopted result."""
    query = sa.select(Result).where(Result.activity_id == activity_id).order_by(Result.version.desc()).limit(1)
    return await session.scalar(query)


async def adopted_details(session: AsyncSession, run_id: int, instrument: str) -> list[str]:
    """The details of the first items that activities of an instrument adopted (a date poll's date), newest first."""
    query = (
        sa.select(Result.items)
        .join(Activity, Activity.id == Result.activity_id)
        .join(TopicRun, TopicRun.id == Activity.topic_run_id)
        .where(TopicRun.run_id == run_id, Activity.instrument == instrument, Activity.state == "adopted")
        .order_by(Result.version.desc(), Result.id.desc())
    )
    newest: dict[int, str] = {}
    for number, items in enumerate(await session.scalars(query)):
        newest[number] = items[0].get("detail", "") if items else ""
    return [detail for detail in newest.values() if detail]
