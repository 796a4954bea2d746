"""Every kind of subject that reminds, by its name in domain.reminders.rules."""

from collections.abc import Mapping

from sqlalchemy.ext.asyncio import AsyncSession

from domain.faults import Rejected
from domain.reminders.rules import ACTIVITY, FOLLOW_UP, MEETING
from domain.reminders.state import Subject
from store.tables.core import Pokja
from usecases.reminders.kinds import activities, follow_ups, meetings
from usecases.reminders.kinds.base import Kind, Look

KINDS: Mapping[str, Kind] = {
    FOLLOW_UP: follow_ups.KIND,
    MEETING: meetings.KIND,
    ACTIVITY: activities.KIND,
}


async def subjects(look: Look) -> tuple[Subject, ...]:
    """Everything that reminds somebody."""
    return tuple([each for kind in KINDS.values() for each in await kind.subjects(look)])


async def pokja_of(session: AsyncSession, kind: str, subject_id: int) -> Pokja:
    """The Pokja of something that reminds. Raises Rejected where there is none."""
    found = await session.get(KINDS[kind].table, subject_id) if kind in KINDS else None
    if found is None:
        raise Rejected("unknown_button")
    return await session.get_one(Pokja, found.pokja_id)
