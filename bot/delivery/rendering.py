"""What the outbox and the boards are drawn from: rows of the database, read when the moment to show them has come."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery.boards import Boards
from bot.delivery.outbox import Clock
from bot.screen import Screen
from bot.screens import broadcasts, documents, figures, guiding, meeting_notices, messages, reminders, topics
from bot.screens.painter import Painter
from bot.transport.sending import Undeliverable
from bot.transport.telegram_errors import PASSING, Trouble, TroubleKind
from domain.process.states import OPEN
from store import board_messages
from store.engine.database import Database
from store.tables.broadcasts import BroadcastRow
from store.tables.core import Activity, Outgoing, Pokja
from usecases.activities import announcing, progress, results
from usecases.broadcasts import views
from usecases.documents import ordering as document_usecase
from usecases.guiding import notices
from usecases.library import Library
from usecases.people import groups
from usecases.reminders import digests, sending
from usecases.work import Work

REACH: Mapping[TroubleKind, str] = {
    TroubleKind.BLOCKED: "blocked",
    TroubleKind.NOT_STARTED: "unknown",
    TroubleKind.CHAT_GONE: "gone",
}
"""What a refusal tells of a person."""
OUTSIDE = frozenset({"left", "kicked"})
"""What Telegram says of who is not in a group."""


TOLD_OTHERWISE = frozenset(
    {*REACH, TroubleKind.MIGRATED, TroubleKind.KICKED, TroubleKind.CHAT_GONE, TroubleKind.NO_RIGHTS}
)
"""Of these the managers hear what has become of the person or the group."""


@dataclass(frozen=True, slots=True)
class Rendering:
    """Draws messages and boards; hears what could not be delivered. `status` says what somebody is in a group."""

    database: Database
    painter: Painter
    library: Library
    clock: Clock
    status: Callable[[int, int], Awaitable[str]]

    def kinds(self) -> Mapping[str, Callable[[AsyncSession, dict[str, object]], Awaitable[Screen | None]]]:
        """How each kind of outbox row is drawn."""
        return {
            **meeting_notices.kinds(self.painter, self.clock),
            "words": self._words,
            "essence": self._essence,
            "outside": self._outside,
            "result": self._result,
            "figure": self._figure,
            "step": self._step,
            "digest": self._digest,
            "weekly": self._weekly,
            "broadcast": self._broadcast,
            "document": self._document,
            "broadcast_progress": self._broadcast_progress,
        }

    async def _broadcast(self, session: AsyncSession, payload: dict[str, Any]) -> Screen | None:
        found = await views.letter(session, payload["recipient_id"], again=payload["again"])
        return broadcasts.letter(self.painter, found) if found else None

    async def _document(self, session: AsyncSession, payload: dict[str, Any]) -> Screen | None:
        found = await document_usecase.file_of(session, payload["file_id"])
        return documents.file(self.painter, found) if found else None

    async def _broadcast_progress(self, session: AsyncSession, payload: dict[str, object]) -> Screen:
        row = await session.get_one(BroadcastRow, payload["broadcast_id"])
        return broadcasts.progress(self.painter, await views.progress_of(session, row))

    async def _words(self, session: AsyncSession, payload: dict[str, object]) -> Screen | None:
        if not await announcing.still_asks(session, self.library, payload):
            return None
        return messages.words(self.painter, payload)

    async def _essence(self, session: AsyncSession, payload: dict[str, Any]) -> Screen:
        return topics.essence(self.painter, await results.read(session, self.library, payload["result_id"]))

    async def _outside(self, session: AsyncSession, payload: dict[str, Any]) -> Screen | None:
        """A result in words, for who isn't in the group that has read it."""
        try:
            status = await self.status(payload["group"], payload["reader"])
        except Undeliverable as refusal:
            if refusal.trouble.kind in PASSING:
                raise
            return None  # nobody can tell; they are taken to have read it there
        if status not in OUTSIDE:
            return None
        return topics.essence_alone(
            self.painter, await results.read(session, self.library, payload["result_id"])
        )

    async def _result(self, session: AsyncSession, payload: dict[str, Any]) -> Screen:
        kept = await results.read(session, self.library, payload["result_id"])
        return topics.whole_result(self.painter, kept)

    async def _figure(self, session: AsyncSession, payload: dict[str, Any]) -> Screen | None:
        return figures.figure(self.painter, await results.read(session, self.library, payload["result_id"]))

    async def _step(self, session: AsyncSession, payload: dict[str, object]) -> Screen | None:
        told = await notices.told(session, self.library, payload, self.clock.now())
        return guiding.told(self.painter, told) if told else None

    async def _digest(self, session: AsyncSession, payload: dict[str, object]) -> Screen | None:
        found = await digests.digest(session, self.library, payload, self.clock.now())
        return reminders.digest(self.painter, found) if found else None

    async def _weekly(self, session: AsyncSession, payload: dict[str, object]) -> Screen | None:
        found = await digests.report(session, self.library, payload, self.clock.now())
        return reminders.weekly(self.painter, found) if found else None

    async def on_late(self, session: AsyncSession, outgoing: Outgoing) -> None:
        """What could not go in time is taken back; the rules say again what is due."""
        await sending.withdraw(session, outgoing, "late")

    async def board(self, activity_id: int) -> tuple[int, int | None, Screen] | None:
        """Where the board of an activity stands and what it shows; None without a linked group."""
        async with self.database.reading() as session:
            activity = await session.get(Activity, activity_id)
            if activity is None or activity.state == "draft":
                return None
            pokja = await session.get_one(Pokja, activity.pokja_id)
            if pokja.group_chat_id is None:
                return None
            placed = await board_messages.find(session, activity_id)
            frame = await self.library.frame(session, activity_id, activity.revision)
            count = await progress.count(session, self.library, activity)
        if placed is None and (activity.state != OPEN or not count.asked):
            return None
        screen = messages.board(
            self.painter, activity_id, frame.title, activity.state, len(count.done), len(count.asked)
        )
        same_place = placed is not None and placed.chat_id == pokja.group_chat_id
        return pokja.group_chat_id, placed.message_id if placed and same_place else None, screen

    async def board_placed(self, activity_id: int, chat_id: int, message_id: int) -> None:
        """Remembers where a board stands now."""
        await self.database.run(lambda session: board_messages.put(session, activity_id, chat_id, message_id))

    async def board_refused(self, chat_id: int, trouble: Trouble) -> None:
        """Handles a group that takes no board like one that takes no message."""
        await self.database.run(lambda session: self._apply_trouble(session, chat_id, trouble))

    async def on_trouble(self, session: AsyncSession, outgoing: Outgoing, trouble: Trouble) -> None:
        """What could not be delivered changes what is known of the person or the group."""
        await self._apply_trouble(session, outgoing.chat_id, trouble)
        if outgoing.kind == "digest" and trouble.kind in REACH:
            await sending.withdraw(session, outgoing, f"{trouble.kind}: {trouble.text}")
        if trouble.kind not in TOLD_OTHERWISE and outgoing.pokja_id is not None:
            work = Work.by_clock(session, self.clock.now(), self.library)
            await groups.not_delivered(work, outgoing.pokja_id, outgoing.chat_id)

    async def _apply_trouble(self, session: AsyncSession, chat_id: int, trouble: Trouble) -> None:
        work = Work.by_clock(session, self.clock.now(), self.library)
        in_group = chat_id < 0
        if trouble.kind is TroubleKind.MIGRATED and trouble.new_chat_id is not None:
            await groups.migrate(work, chat_id, trouble.new_chat_id)
        elif not in_group and trouble.kind in REACH:
            await groups.reached(work, chat_id, REACH[trouble.kind])
        elif in_group and trouble.kind in {TroubleKind.KICKED, TroubleKind.CHAT_GONE}:
            await groups.unlink(work, chat_id)
        elif in_group and trouble.kind is TroubleKind.NO_RIGHTS:
            await groups.lacks_rights(work, chat_id)


async def touch_open_boards(database: Database, boards: Boards) -> None:
    """Marks every open board for redrawing, after a start."""
    async with database.reading() as session:
        for activity_id in await board_messages.of_open_activities(session):
            boards.touch(activity_id)
