"""To which Pokja belongs what reminds."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from domain.faults import Rejected
from domain.reminders.state import ACTIVITY, FOLLOW_UP, MEETING
from store.tables.core import Activity, FollowUp, Pokja
from store.tables.meetings import MeetingRow

TABLES: Mapping[str, type[Any]] = {FOLLOW_UP: FollowUp, MEETING: MeetingRow, ACTIVITY: Activity}


async def pokja_of(session: AsyncSession, kind: str, subject_id: int) -> Pokja:
    """The Pokja of a tindak lanjut, meeting or activity. Raises Rejected where there is none."""
    found = await session.get(TABLES[kind], subject_id) if kind in TABLES else None
    if found is None:
        raise Rejected("unknown_button")
    return await session.get_one(Pokja, found.pokja_id)
