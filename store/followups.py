"""Tindak lanjut."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from store.tables import FollowUp, Membership


async def open_of(session: AsyncSession, membership_id: int) -> Sequence[FollowUp]:
    """What a member still has to do, by day."""
    query = sa.select(FollowUp).where(FollowUp.owner_id == membership_id, FollowUp.state == "open")
    return list(await session.scalars(query.order_by(FollowUp.due, FollowUp.id)))


async def of_pokja(
    session: AsyncSession, pokja_id: int, source: str = ""
) -> Sequence[tuple[FollowUp, Membership]]:
    """Those of a Pokja (of one topic: source begins with 'topic/'), open ones first, by day."""
    query = (
        sa.select(FollowUp, Membership)
        .join(Membership, Membership.id == FollowUp.owner_id)
        .where(FollowUp.pokja_id == pokja_id)
        .order_by(FollowUp.state.desc(), FollowUp.due, FollowUp.id)
    )
    if source:
        query = query.where(FollowUp.source.startswith(f"{source}/", autoescape=True))
    return [(row[0], row[1]) for row in await session.execute(query)]


async def with_owner(session: AsyncSession, follow_up_id: int) -> tuple[FollowUp, Membership] | None:
    """One tindak lanjut."""
    query = (
        sa.select(FollowUp, Membership)
        .join(Membership, Membership.id == FollowUp.owner_id)
        .where(FollowUp.id == follow_up_id)
    )
    row = (await session.execute(query)).first()
    return (row[0], row[1]) if row else None
