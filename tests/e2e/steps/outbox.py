"""Waiting for the outbox."""

import asyncio

import sqlalchemy as sa

from store import outbox
from store.engine.database import Database
from store.tables.core import Outgoing
from tests.support.patience import PATIENCE


async def until_sent(database: Database) -> None:
    """Nothing waits any more."""
    waiting = sa.select(sa.func.count()).where(Outgoing.state.in_([outbox.QUEUED, outbox.SENDING]))
    async with asyncio.timeout(PATIENCE):
        while await _count(database, waiting):  # noqa: ASYNC110 - a table rings no bell
            await asyncio.sleep(0.1)


async def _count(database: Database, query: sa.Select[int]) -> int:
    async with database.reading() as session:
        return await session.scalar(query) or 0
