"""Runs, topics, activities, their answers and results."""

import functools
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from domain.process.states import CLOSED, OPEN, PARTED
from store.engine.database import connection_of
from store.engine.upsert import insert_of
from store.tables.core import (
    Activity,
    Answer,
    AnswerEvent,
    Membership,
    Participant,
    Pokja,
    Result,
    Run,
    TopicRun,
    User,
)

WHOLE = 0
"""The part of an activity that is the whole Pokja's, not a breakout group's."""

MOVES = -1
"""The ballot under which a facilitator's moves are kept."""

ANSWERS = cast("sa.Table", Answer.__table__)
MINE = sa.and_(
    Membership.pokja_id == Activity.pokja_id, Membership.user_id == User.id, Membership.state == "active"
)
SAVED = ("activity_id", "ballot", "key", "value", "by", "at")
NOTE_EVENT = sa.insert(AnswerEvent).values({name: sa.bindparam(name) for name in (*SAVED, "is_given")})


@dataclass(frozen=True, slots=True)
class Scene:
    """An activity with all that surrounds it, as one person sees it; `me` is None for a stranger."""

    activity: Activity
    pokja: Pokja
    run: Run
    me: Membership | None


async def scene(
    session: AsyncSession, activity_id: int, telegram_id: int, *, lock: bool = False
) -> Scene | None:
    """The scene in one query. `lock` keeps others from answering or changing it meanwhile."""
    query = (
        sa.select(Activity, Pokja, Run, Membership)
        .join(Pokja, Pokja.id == Activity.pokja_id)
        .join(TopicRun, TopicRun.id == Activity.topic_run_id)
        .join(Run, Run.id == TopicRun.run_id)
        .outerjoin(User, User.telegram_id == telegram_id)
        .outerjoin(Membership, MINE)
        .where(Activity.id == activity_id)
    )
    row = (await session.execute(query.with_for_update(of=Activity) if lock else query)).first()
    return Scene(*row) if row else None


@dataclass(frozen=True, slots=True)
class BallotRows:
    """What answering needs to know that may change: the activity's state, the actor's place, ballot and moves."""

    state: str
    zone: str
    pokja: str
    active_pokja_id: int | None
    revision: int
    me_id: int | None
    role: str
    answers: dict[int, dict[str, object]]
    givers: dict[int, set[int]]


@functools.cache
def _ballot_query(*, lock: bool) -> sa.Select[Any]:
    wanted = sa.func.coalesce(sa.bindparam("ballot", type_=sa.Integer), Membership.id)
    its = sa.and_(ANSWERS.c.activity_id == Activity.id, ANSWERS.c.ballot.in_((wanted, sa.literal(MOVES))))
    query = (
        sa.select(
            Activity.state,
            Pokja.zone,
            Pokja.name,
            User.active_pokja_id,
            Activity.revision,
            Membership.id,
            Membership.role,
            ANSWERS.c.ballot,
            ANSWERS.c.key,
            ANSWERS.c.value,
            ANSWERS.c.by,
        )
        .join(Pokja, Pokja.id == Activity.pokja_id)
        .outerjoin(User, User.telegram_id == sa.bindparam("telegram_id"))
        .outerjoin(Membership, MINE)
        .outerjoin(ANSWERS, its)
        .where(Activity.id == sa.bindparam("activity_id"))
        .order_by(ANSWERS.c.id)
    )
    # Shared: others may answer meanwhile, but nobody may close the activity.
    return query.with_for_update(read=True, of=Activity) if lock else query


async def ballot(
    session: AsyncSession, activity_id: int, telegram_id: int, owner: int | None, *, lock: bool = False
) -> BallotRows | None:
    """The ballot of `owner` (None: the actor's own), in one query: every tap pays for it. None: no such activity."""
    connection = await connection_of(session)
    asked = {"activity_id": activity_id, "telegram_id": telegram_id, "ballot": owner}
    rows = (await connection.execute(_ballot_query(lock=lock), asked)).all()
    if not rows:
        return None
    found: dict[int, dict[str, object]] = defaultdict(dict)
    givers: dict[int, set[int]] = defaultdict(set)
    for row in rows:
        if row.ballot is not None:
            found[row.ballot][row.key] = row.value
            givers[row.ballot].add(row.by)
    state, zone, pokja, active, revision, me_id, role = rows[0][:7]
    return BallotRows(state, zone, pokja, active, revision, me_id, role or "", found, givers)


async def place(session: AsyncSession, activity_id: int) -> tuple[Activity, int]:
    """An activity that exists, with the process version it runs under."""
    query = (
        sa.select(Activity, Run.process_version_id)
        .join(TopicRun, TopicRun.id == Activity.topic_run_id)
        .join(Run, Run.id == TopicRun.run_id)
        .where(Activity.id == activity_id)
    )
    row = (await session.execute(query)).one()
    return row[0], row[1]


async def answers(session: AsyncSession, activity_id: int) -> dict[int, dict[str, object]]:
    """All answers by ballot and key."""
    query = sa.select(ANSWERS.c.ballot, ANSWERS.c.key, ANSWERS.c.value).order_by(ANSWERS.c.id)
    found: dict[int, dict[str, object]] = defaultdict(dict)
    for owner, key, value in await session.execute(query.where(ANSWERS.c.activity_id == activity_id)):
        found[owner][key] = value
    return found


@functools.cache
def _save_statement(dialect: str) -> Any:
    statement = insert_of(dialect)(ANSWERS).values({name: sa.bindparam(name) for name in SAVED})
    changes = {name: statement.excluded[name] for name in ("value", "by", "at")}
    return statement.on_conflict_do_update(index_elements=["activity_id", "ballot", "key"], set_=changes)


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """What was answered to a question (`key`), on which ballot, by which membership."""

    ballot: int
    key: str
    value: object
    by: int


async def save_answers(
    session: AsyncSession, activity_id: int, given: Sequence[GivenAnswer], now: datetime
) -> None:
    """Keeps answers; a new one to the same question takes the place of the old. That each was given is an event."""
    if not given:
        return
    connection = await connection_of(session)
    told = ((activity_id, each.ballot, each.key, each.value, each.by, now) for each in given)
    rows = [dict(zip(SAVED, each, strict=True)) for each in told]
    await connection.execute(_save_statement(connection.dialect.name), rows)
    await connection.execute(NOTE_EVENT, [{**row, "is_given": True} for row in rows])


async def save_answer(
    session: AsyncSession, activity_id: int, ballot: int, key: str, value: object, by: int, now: datetime
) -> None:
    """Keeps an answer, as `save_answers` keeps many."""
    await save_answers(session, activity_id, [GivenAnswer(ballot, key, value, by)], now)


async def forget_answers(
    session: AsyncSession, activity_id: int, ballot: int, keys: Sequence[str], by: int, now: datetime
) -> None:
    """Takes answers of a ballot back, each an event."""
    connection = await connection_of(session)
    for key in keys:
        row = dict(zip(SAVED, (activity_id, ballot, key, None, by, now), strict=True))
        await connection.execute(NOTE_EVENT, {**row, "is_given": False})
    await session.execute(
        sa.delete(Answer).where(
            Answer.activity_id == activity_id, Answer.ballot == ballot, Answer.key.in_(keys)
        )
    )


async def givers(session: AsyncSession, activity_id: int) -> Mapping[int, frozenset[int]]:
    """By ballot, who gave the answers on it that stand."""
    query = sa.select(ANSWERS.c.ballot, ANSWERS.c.by).where(ANSWERS.c.activity_id == activity_id).distinct()
    found: dict[int, frozenset[int]] = defaultdict(frozenset)
    for owner, by in await session.execute(query):
        found[owner] |= {by}
    return found


async def forget_superseded(session: AsyncSession, members: Collection[int]) -> None:
    """Deletes what these members had answered before the answers that stand."""
    last = (
        sa.select(sa.func.max(AnswerEvent.id))
        .where(AnswerEvent.ballot.in_(members))
        .group_by(AnswerEvent.activity_id, AnswerEvent.ballot, AnswerEvent.key)
    )
    mine = sa.and_(AnswerEvent.ballot.in_(members), AnswerEvent.id.not_in(last))
    await session.execute(sa.delete(AnswerEvent).where(mine))


async def current_run(session: AsyncSession, pokja_id: int) -> Run | None:
    """The process the Pokja is going through."""
    return await session.scalar(
        sa.select(Run).where(Run.pokja_id == pokja_id).order_by(Run.id.desc()).limit(1)
    )


async def topic_run(session: AsyncSession, run_id: int, key: str) -> TopicRun | None:
    """The run of a topic that was opened, or None."""
    return await session.scalar(sa.select(TopicRun).where(TopicRun.run_id == run_id, TopicRun.key == key))


async def topic_runs(session: AsyncSession, run_id: int) -> dict[str, TopicRun]:
    """All opened topics by key."""
    found = await session.scalars(sa.select(TopicRun).where(TopicRun.run_id == run_id))
    return {topic.key: topic for topic in found}


async def activities_of(session: AsyncSession, topic_run_id: int) -> dict[str, Activity]:
    """The activities begun in a topic, by key; breakout groups' copies are not among them."""
    query = sa.select(Activity).where(Activity.topic_run_id == topic_run_id, Activity.part == WHOLE)
    return {activity.key: activity for activity in await session.scalars(query)}


async def activities_of_run(session: AsyncSession, run_id: int) -> dict[str, Activity]:
    """All activities begun in a run, by 'topic/activity'; breakout groups' copies are not among them."""
    query = (
        sa.select(Activity)
        .join(TopicRun, TopicRun.id == Activity.topic_run_id)
        .where(TopicRun.run_id == run_id, Activity.part == WHOLE)
    )
    return {f"{each.topic_key}/{each.key}": each for each in await session.scalars(query)}


async def parts(session: AsyncSession, activity_id: int) -> Sequence[Activity]:
    """The breakout groups' copies of an activity, in their order."""
    query = sa.select(Activity).where(Activity.parent_id == activity_id).order_by(Activity.part)
    return list(await session.scalars(query))


async def participants(session: AsyncSession, activity_id: int) -> frozenset[int]:
    """The memberships that alone are asked; none where everybody is."""
    query = sa.select(Participant.membership_id).where(Participant.activity_id == activity_id)
    return frozenset(await session.scalars(query))


async def set_participants(session: AsyncSession, activity_id: int, members: Iterable[int]) -> None:
    """Restricts who is asked to these memberships; none: everybody."""
    await session.execute(sa.delete(Participant).where(Participant.activity_id == activity_id))
    session.add_all(Participant(activity_id=activity_id, membership_id=member) for member in members)
    await session.flush()


async def find_activity(session: AsyncSession, run_id: int, topic_key: str, key: str) -> Activity | None:
    """An activity that was begun, by its place in the process."""
    query = (
        sa.select(Activity)
        .join(TopicRun, TopicRun.id == Activity.topic_run_id)
        .where(
            TopicRun.run_id == run_id, TopicRun.key == topic_key, Activity.key == key, Activity.part == WHOLE
        )
    )
    return await session.scalar(query)


async def open_activities(session: AsyncSession, pokja_id: int) -> Sequence[Activity]:
    """Activities members can answer now, the longest open first."""
    query = sa.select(Activity).where(Activity.pokja_id == pokja_id, Activity.state == "open")
    return list(await session.scalars(query.order_by(Activity.opened_at, Activity.id)))


async def unsettled(session: AsyncSession, pokja_id: int) -> Sequence[Activity]:
    """Activities that were opened and have neither a result nor been skipped, groups' copies too, oldest first."""
    query = sa.select(Activity).where(
        Activity.pokja_id == pokja_id, Activity.state.in_((OPEN, PARTED, CLOSED))
    )
    return list(await session.scalars(query.order_by(Activity.opened_at, Activity.id)))


async def last_adoption(session: AsyncSession, run_id: int) -> datetime | None:
    """When a result of this run was adopted last."""
    query = (
        sa.select(sa.func.max(Result.adopted_at))
        .join(Activity, Activity.id == Result.activity_id)
        .join(TopicRun, TopicRun.id == Activity.topic_run_id)
        .where(TopicRun.run_id == run_id)
    )
    return cast("datetime | None", await session.scalar(query))


async def latest_result(session: AsyncSession, activity_id: int) -> Result | None:
    """The newest adopted result."""
    query = (
        sa.select(Result).where(Result.activity_id == activity_id).order_by(Result.version.desc()).limit(1)
    )
    return await session.scalar(query)


async def versions(session: AsyncSession, activity_ids: Iterable[int]) -> Mapping[int, int]:
    """The newest adopted version of each of these activities that was ever adopted."""
    query = (
        sa.select(Result.activity_id, sa.func.max(Result.version))
        .where(Result.activity_id.in_(list(activity_ids)))
        .group_by(Result.activity_id)
    )
    return {row[0]: row[1] for row in await session.execute(query)}


async def versions_alike(session: AsyncSession, activity_ids: Iterable[int]) -> Mapping[int, frozenset[int]]:
    """Of each of these activities that was ever adopted: the versions that hand on the same as the newest."""
    newest = await versions(session, activity_ids)
    again = await _items_by_version(session, [number for number, version in newest.items() if version > 1])
    return {
        number: frozenset(
            each for each, items in again.get(number, {}).items() if items == again[number][version]
        )
        or frozenset({version})
        for number, version in newest.items()
    }


async def _items_by_version(
    session: AsyncSession, activity_ids: Sequence[int]
) -> Mapping[int, Mapping[int, list[Any]]]:
    query = sa.select(Result.activity_id, Result.version, Result.items).where(
        Result.activity_id.in_(activity_ids)
    )
    found: defaultdict[int, dict[int, list[Any]]] = defaultdict(dict)
    for number, version, items in await session.execute(query) if activity_ids else ():
        found[number][version] = items
    return found


async def result_of_version(session: AsyncSession, activity_id: int, version: int) -> Result | None:
    """An adopted result by its version."""
    return await session.scalar(
        sa.select(Result).where(Result.activity_id == activity_id, Result.version == version)
    )
