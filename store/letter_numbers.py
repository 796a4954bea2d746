"""Numbers of letters: each of a Pokja's year given once, each letter given one."""

from collections.abc import Callable
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from store.engine.upsert import insert_into
from store.tables.documents import LetterNumber


async def given(session: AsyncSession, pokja_id: int, paper: str, subject: int) -> str:
    """The number a letter has; empty while it has none."""
    query = sa.select(LetterNumber.written).where(
        LetterNumber.pokja_id == pokja_id, LetterNumber.paper == paper, LetterNumber.subject == subject
    )
    return await session.scalar(query) or ""


async def last(session: AsyncSession, pokja_id: int, year: int) -> int:
    """The last number of the year; 0 where none is given."""
    query = sa.select(sa.func.max(LetterNumber.sequence)).where(
        LetterNumber.pokja_id == pokja_id, LetterNumber.year == year
    )
    return await session.scalar(query) or 0


async def give(
    session: AsyncSession,
    pokja_id: int,
    paper: str,
    subject: int,
    year: int,
    at: datetime,
    write: Callable[[int], str],
) -> str:
    """The letter's number: the one it has, or the next of the year as `write` puts it.

    Of two who take the same number at the same moment the second looks again, and finds that it is taken.
    """
    while not (known := await given(session, pokja_id, paper, subject)):
        sequence = await last(session, pokja_id, year) + 1
        statement = insert_into(session, LetterNumber).values(
            pokja_id=pokja_id,
            paper=paper,
            subject=subject,
            year=year,
            sequence=sequence,
            written=write(sequence),
            at=at,
        )
        await session.execute(statement.on_conflict_do_nothing())
    return known
