"""Adopted results in bulk: many at once, each with its activity's place and the name of who adopted it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from store.activities import WHOLE
from store.tables.core import Activity, Membership, Result, TopicRun

Version = tuple[int, int]
"""An activity's number and the version of its result."""
Place = tuple[str, int]
"""An activity of a run by its path ('topic/activity'), and the version of its result."""


@dataclass(frozen=True, slots=True)
class Adopted:
    """A result with what its row alone doesn't tell."""

    result: Result
    activity: Activity
    by: str

    @property
    def path(self) -> str:
        """Where in the process its activity is ('topic/activity')."""
        return f"{self.activity.topic_key}/{self.activity.key}"


async def of_versions(session: AsyncSession, wanted: Collection[Version]) -> Sequence[Adopted]:
    """The results of these versions, as far as they exist, in the order of adoption."""
    return await _read(session, sa.tuple_(Result.activity_id, Result.version).in_(list(wanted)))


async def at_places(session: AsyncSession, run_id: int, wanted: Collection[Place]) -> Sequence[Adopted]:
    """The same by where they are in a run; breakout groups' copies are not among them."""
    keys = [(*path.split("/"), version) for path, version in wanted]
    place = sa.tuple_(Activity.topic_key, Activity.key, Result.version)
    return await _read(session, TopicRun.run_id == run_id, Activity.part == WHOLE, place.in_(keys))


async def of_pokja(session: AsyncSession, pokja_id: int) -> Sequence[Adopted]:
    """All results a Pokja ever adopted, in the order of adoption."""
    return await _read(session, Activity.pokja_id == pokja_id)


async def _read(session: AsyncSession, *which: sa.ColumnElement[bool]) -> Sequence[Adopted]:
    query = (
        sa.select(Result, Activity, Membership.name)
        .join(Activity, Activity.id == Result.activity_id)
        .join(TopicRun, TopicRun.id == Activity.topic_run_id)
        .join(Membership, Membership.id == Result.adopted_by)
        .where(*which)
        .order_by(Result.id)
    )
    return [Adopted(*row) for row in await session.execute(query)]
