"""What the outbox and the boards are drawn from: rows of the database, read when the moment to show them has come."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery.boards import Boards
from bot.delivery.outbox import Clock
from bot.screen import Screen
from bot.screens import broadcasts, documents, figures, guiding, meeting_notices, messages, reminders, topics
from bot.screens import people as people_screens
from bot.screens.painter import Painter
from bot.transport.telegram_errors import PASSING, Trouble, TroubleKind
from bot.transport.undeliverable import Undeliverable
from domain.process.states import ADOPTED, DRAFT, OPEN
from store import activities, board_messages, people
from store.engine.availability import is_unavailable
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
    states: dict[int, str] = field(default_factory=dict)
    """In which state the board of each activity was drawn last."""
    told: dict[int, str] = field(default_factory=dict)
    on_board_change: list[Callable[[int], None]] = field(default_factory=list)
    """Hear of each group where a board was placed, or shows another state of its activity."""

    def kinds(self) -> Mapping[str, Callable[[AsyncSession, dict[str, object]], Awaitable[Screen | None]]]:
        """How each kind of outbox row is drawn."""
        return {
            **meeting_notices.kinds(self.painter, self.clock),
            "words": self._words,
            groups.GREETING: self._greeting,
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
        numbers = payload.get("file_ids") or [payload["file_id"]]
        kept = [await document_usecase.file_of(session, number) for number in numbers]
        found = [each for each in kept if each is not None]
        return documents.album(self.painter, found) if found else None

    async def _broadcast_progress(self, session: AsyncSession, payload: dict[str, object]) -> Screen:
        row = await session.get_one(BroadcastRow, payload["broadcast_id"])
        return broadcasts.progress(self.painter, await views.progress_of(session, row))

    async def _greeting(self, session: AsyncSession, payload: dict[str, object]) -> Screen | None:
        found = await groups.greeting(session, payload)
        return people_screens.said(self.painter, found) if found else None

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
            if activity is None or activity.state == DRAFT:
                return None
            pokja = await session.get_one(Pokja, activity.pokja_id)
            if pokja.group_chat_id is None:
                return None
            placed = await board_messages.find(session, activity_id)
            is_placed = placed is not None and placed.message_id > 0
            count = await progress.count(session, self.library, activity)
            if (placed is None and activity.state != OPEN) or not (
                is_placed or count.asked or activity.state == ADOPTED
            ):
                return None
            screen = await self._board(session, activity, len(count.done), len(count.asked))
        self.states[activity_id] = activity.state
        same_place = placed is not None and placed.chat_id == pokja.group_chat_id
        return pokja.group_chat_id, (placed.message_id or None) if placed and same_place else None, screen

    async def _board(self, session: AsyncSession, activity: Activity, done: int, asked: int) -> Screen:
        """How many have answered; once it is adopted, the result."""
        adopted = await activities.latest_result(session, activity.id) if activity.state == ADOPTED else None
        if adopted is not None:
            return topics.result_board(self.painter, await results.read(session, self.library, adopted.id))
        frame = await self.library.frame(session, activity.id, activity.revision)
        return messages.board(self.painter, activity.id, frame.title, activity.state, done, asked)

    async def board_placed(self, activity_id: int, chat_id: int, message_id: int) -> None:
        """Remembers where a board stands now."""
        await self.database.run(lambda session: board_messages.put(session, activity_id, chat_id, message_id))
        self.told.pop(activity_id, None)

    async def board_shown(self, activity_id: int, chat_id: int) -> None:
        """Notes that nothing more is awaited of a board; one that is open goes on changing."""
        state = self.states[activity_id]
        if state != OPEN:
            await self.database.run(lambda session: board_messages.settle(session, activity_id, state))
        if self.told.get(activity_id) != state:
            self.told[activity_id] = state
            for hear in self.on_board_change:
                hear(chat_id)

    async def topic_of(self, chat_id: int) -> int | None:
        """The topic a group's Pokja has chosen. Raises Undeliverable while the database is away."""
        try:
            async with self.database.reading() as session:
                return await people.topic_of(session, chat_id)
        except Exception as error:
            if not is_unavailable(error):
                raise
            raise Undeliverable(Trouble(TroubleKind.NETWORK, text=repr(error))) from error

    async def topic_gone(self, chat_id: int, topic_id: int) -> None:
        """A topic that is closed or deleted is no longer written to; the managers are told."""
        async with self.database.transaction() as session:
            work = Work.by_clock(session, self.clock.now(), self.library)
            await groups.lose_topic(work, chat_id, topic_id)

    async def cannot_pin(self, chat_id: int) -> None:
        """The managers are told once how to let the bot pin."""
        async with self.database.transaction() as session:
            await groups.cannot_pin(Work.by_clock(session, self.clock.now(), self.library), chat_id)

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
    """Marks every board that may be behind for redrawing, after a start."""
    async with database.reading() as session:
        for activity_id in await board_messages.unsettled(session):
            boards.touch(activity_id)
