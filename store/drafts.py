"""Drafts: what somebody has typed into a form that isn't finished."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from store.tables.core import Draft


async def begin(
    session: AsyncSession, user_id: int, form: str, subject: dict[str, object], now: datetime
) -> Draft:
    """A new draft; an unfinished one of the same form and subject is taken up again."""
    kept = await unfinished(session, user_id, form, subject)
    if kept is not None:
        return kept
    made = Draft(user_id=user_id, form=form, subject=subject, answers={}, created_at=now)
    session.add(made)
    await session.flush()
    return made


async def unfinished(
    session: AsyncSession, user_id: int, form: str, subject: dict[str, object]
) -> Draft | None:
    """Somebody's draft of that form about that subject."""
    kept = await session.scalars(sa.select(Draft).where(Draft.user_id == user_id, Draft.form == form))
    return next((each for each in kept if _are_one(each.subject, subject)), None)


def _are_one(kept: dict[str, object], subject: dict[str, object]) -> bool:
    """Whether two subjects say the same; one that doesn't say of which Pokja, as those of old, says it of any."""
    common = kept.keys() & subject.keys()
    return (kept.keys() ^ subject.keys()) <= {"pokja"} and all(kept[key] == subject[key] for key in common)


async def find(session: AsyncSession, draft_id: int) -> Draft | None:
    """The draft of that id; None when it is finished or thrown away."""
    return await session.get(Draft, draft_id)


async def of_user(session: AsyncSession, user_id: int) -> Sequence[Draft]:
    """Somebody's drafts, the newest first."""
    return list(
        await session.scalars(sa.select(Draft).where(Draft.user_id == user_id).order_by(Draft.id.desc()))
    )
