"""The message in the writer's chat that shows how far a broadcast is: edited in place, not too often.

It is sent through the outbox, so that it comes once whoever sends it; here it is kept up to date. While something
waits to be sent it is looked at again and again: the sending may be another process's.
"""

from dataclasses import dataclass, field

from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery.boards import Boards, Drawn
from bot.screens import broadcasts as screens
from bot.screens.painter import Painter, shown_for
from bot.transport.sending import Telegram
from store import broadcasts
from store.broadcasts import WAITING
from store.engine.database import Database
from store.tables.broadcasts import BroadcastRow
from usecases.broadcasts import views

INTERVAL = 3.0


@dataclass(slots=True)
class _Progress:
    database: Database
    painter: Painter
    boards: Boards = field(init=False)

    async def draw(self, broadcast_id: int) -> Drawn | None:
        """Where the message stands and what it shows; None until the outbox has sent it."""
        async with self.database.reading() as session:
            row = await session.get(BroadcastRow, broadcast_id)
            if row is None or row.last_planned is None:
                return None
            sent = await broadcasts.message_of(session, views.progress_reason(row))
            facts = await views.progress_of(session, row)
        standing = facts.standing
        if sent is None or standing is None:
            return None
        state, chat_id, message_id = sent
        if standing.waiting or state in WAITING:
            self.boards.touch(broadcast_id)
        if message_id is None:
            return None
        screen = shown_for(row.pokja_id, screens.progress(self.painter, facts))
        return chat_id, row.message_id or message_id, screen

    async def placed(self, broadcast_id: int, chat_id: int, message_id: int) -> None:
        """The writer deleted the message, and it was sent again."""

        async def note(session: AsyncSession) -> None:
            (await session.get_one(BroadcastRow, broadcast_id)).message_id = message_id

        await self.database.run(note)


def made(database: Database, painter: Painter, telegram: Telegram) -> Boards:
    """The progress messages of all broadcasts; `touch` those of which something has changed."""
    progress = _Progress(database, painter)
    progress.boards = Boards(progress.draw, telegram, INTERVAL, placed=progress.placed)
    return progress.boards


async def touch_under_way(database: Database, progress: Boards) -> None:
    """Marks the progress messages of broadcasts being sent for redrawing, after a start."""
    async with database.reading() as session:
        for broadcast_id in await broadcasts.under_way(session):
            progress.touch(broadcast_id)
