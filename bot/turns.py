"""One update, one turn: a transaction with the mark that it was handled; after its commit, what Telegram shows."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Protocol, TypeVar

from markupsafe import escape
from sqlalchemy.ext.asyncio import AsyncSession
from telegram import CallbackQuery, Update
from telegram.constants import ChatType

from bot import screens
from bot.callbacks import Choose, Press, Toggle, Turn, View
from bot.delivery.boards import Boards
from bot.delivery.menus import Menus
from bot.delivery.outbox import Delivery
from bot.delivery.pins import Pins
from bot.printing.pool import WorkerPool
from bot.screen import Screen
from bot.screens import questions
from bot.screens.paging import PAGE
from bot.screens.painter import Painter, shorten
from bot.transport.sending import Telegram
from bot.transport.undeliverable import Undeliverable
from domain.faults import Fault, Rejected
from store import live_messages, updates
from store.engine.database import Database
from usecases.answering import dialog
from usecases.answering.outcomes import Asked, Finished
from usecases.guiding import notices
from usecases.library import Library
from usecases.outcomes import Note, Nothing, Outcome, Said
from usecases.work import Actor, Form, Work

log = logging.getLogger(__name__)

Given = TypeVar("Given")
UseCase = Callable[[Work], Awaitable[Outcome]]
Explain = Callable[[Work, Fault], Awaitable[Outcome]]
"""What is shown instead of what was refused."""

REPLACING = frozenset({"closed", "unknown_button", "no_pokja"})
"""Faults that make the tapped message worthless: it is replaced. Others leave it as it is."""

TOAST = 200


class Clock(Protocol):
    """The time; always aware."""

    def now(self) -> datetime: ...


@dataclass(slots=True)
class Turns:
    """What every handler needs to take a turn."""

    database: Database
    telegram: Telegram
    painter: Painter
    library: Library
    forms: Mapping[str, Form]
    clock: Clock
    boards: Boards
    delivery: Delivery
    progress: Boards
    pins: Pins
    menus: Menus
    start_printing: Callable[[int], None]
    workers: WorkerPool
    committed: dict[int, Callable[[], None]] = field(default_factory=dict)

    def work_for(self, session: AsyncSession, actor: Actor) -> Work:
        """The unit of work of somebody, in that transaction."""
        return Work(session, actor, self.clock.now(), self.library, self.forms)

    async def perform(
        self,
        update: Update,
        usecase: UseCase,
        again: UseCase,
        message_id: int | None = None,
        *,
        opens: bool = False,
        explain: Explain | None = None,
    ) -> tuple[Outcome, frozenset[int]]:
        """Runs the use case in one transaction with the update's mark; for a repeated update only looks.

        Of what is refused nothing stays but the mark, and what `explain` does about it.

        `message_id` is the message a button was pressed on: it carries the task from now on where what it shows is
        answered by a message, or where the press `opens` the task.
        Returns the outcome, and the messages whose buttons it made worthless.
        """
        try:
            outcome, work = await self._transact(update, usecase, again, message_id, opens=opens)
        except Rejected as rejected:
            outcome, work = await self._refuse(update, rejected.fault, explain, message_id)
        self.committed.get(update.update_id, lambda: None)()
        self._apply_effects(work)
        return outcome, frozenset(work.stale_messages)

    async def by_clock(self, job: Callable[[Work], Awaitable[Given]]) -> Given:
        """Runs a job of the clock's, which nobody asked for, in one transaction; returns what it returns."""

        async def transact(session: AsyncSession) -> tuple[Given, Work]:
            work = Work.by_clock(session, self.clock.now(), self.library)
            return await job(work), work

        given, work = await self.database.run(transact)
        self._apply_effects(work)
        return given

    def _apply_effects(self, work: Work) -> None:
        """Redraws and sends what committed work has marked for it."""
        for activity_id in work.boards:
            self.boards.touch(activity_id)
        for broadcast_id in work.broadcasts:
            self.progress.touch(broadcast_id)
        if work.has_news:
            self.delivery.wake()
        if work.has_new_roles:
            self.menus.wake()

    async def _transact(
        self, update: Update, usecase: UseCase, again: UseCase, message_id: int | None, *, opens: bool
    ) -> tuple[Outcome, Work]:
        async def transact(session: AsyncSession) -> tuple[Outcome, Work]:
            work = self.work_for(session, actor_of(update))
            fresh = await updates.mark_handled(session, update.update_id, work.now)
            outcome = await (usecase if fresh else again)(work)
            if isinstance(outcome, Finished):
                outcome = await notices.after_answering(work, outcome)
            outcome = replace(outcome, where=work.where)
            if _is_private(update):
                await _follow_task(work, outcome, message_id, opens=opens)
            return outcome, work

        return await self.database.run(transact)

    async def _refuse(
        self, update: Update, fault: Fault, explain: Explain | None, message_id: int | None
    ) -> tuple[Outcome, Work]:
        """A second transaction, for the first one is undone: a tap that is taken must not pay for a savepoint."""

        async def transact(session: AsyncSession) -> tuple[Outcome, Work]:
            work = self.work_for(session, actor_of(update))
            fresh = await updates.mark_handled(session, update.update_id, work.now)
            outcome = await explain(work, fault) if explain and fresh else refusal(fault)
            if _is_private(update):
                await _follow_task(work, outcome, message_id, opens=False)
            return replace(outcome, where=work.where), work

        return await self.database.run(transact)

    async def press(self, update: Update, press: Press, usecase: UseCase, again: UseCase) -> None:
        """A button in a private chat: its message changes in place, and the button is answered at once."""
        query = update.callback_query
        assert query is not None and query.message is not None  # noqa: PT018
        message_id = query.message.message_id
        outcome, stale = await self.perform(update, usecase, again, message_id, opens=isinstance(press, View))
        toast, screen = self.toast(outcome), self._paint(outcome, press)
        alert = isinstance(outcome, Said) and outcome.alert
        if screen is not None and outcome.note and (outcome.note.stays or outcome.note.unused):
            toast, screen = "", self._noted(screen, outcome.note)
        await asyncio.gather(
            self.telegram.answer(query.id, toast, alert=alert), self._change(query, outcome, screen)
        )
        await self._retire(query.from_user.id, stale - {message_id})

    async def _change(self, query: CallbackQuery, outcome: Outcome, screen: Screen | None) -> None:
        if screen is None or query.message is None:
            return
        shown = await self._show(query.from_user.id, screen, edit=query.message.message_id)
        if shown is not None and shown != query.message.message_id:
            await self.carry(query.from_user.id, outcome, shown)

    async def _show(
        self, chat_id: int, screen: Screen, edit: int | None = None, thread: int | None = None
    ) -> int | None:
        try:
            return await self.telegram.show(chat_id, screen, edit=edit, thread=thread)
        except Undeliverable as undeliverable:
            log.warning("a reply could not be delivered: %s", undeliverable.trouble.kind)
            return None

    async def _retire(self, chat_id: int, messages: frozenset[int]) -> None:
        for message_id in messages:
            await self.telegram.retire(chat_id, message_id)

    async def say(
        self,
        chat_id: int,
        outcome: Outcome,
        stale: frozenset[int] = frozenset(),
        *,
        thread: int | None = None,
    ) -> None:
        """A new message at the end of a chat, or of a topic; the one that carried the task before loses its buttons."""
        screen = self._paint(outcome, None)
        if screen is None:
            return
        if outcome.note:
            screen = self._noted(screen, outcome.note)
        await self._retire(chat_id, stale)
        shown = await self._show(chat_id, screen, thread=thread)
        if shown is not None:
            await self.carry(chat_id, outcome, shown)

    def _noted(self, screen: Screen, note: Note) -> Screen:
        """The screen with the note above it."""
        said = self.painter.wording.page("screens/note", text=self.painter.note(note), unused=note.unused)
        return replace(screen, text=f"{said.strip()}\n\n{screen.text}")

    async def say_plainly(self, chat_id: int, text: str) -> None:
        """Sends a sentence without buttons."""
        await self._show(chat_id, Screen(str(escape(text))))

    async def carry(self, chat_id: int, outcome: Outcome, message_id: int) -> None:
        """Stores which message shows the outcome's task now."""
        if isinstance(outcome, Asked | Finished):
            task = str(outcome.task.ref)
            await self.database.run(lambda session: live_messages.put(session, chat_id, task, message_id))

    def toast(self, outcome: Outcome) -> str:
        """The short text that answers a button press; empty where there is none."""
        if isinstance(outcome, Said) and outcome.alert:
            details = dict(outcome.details)
            return shorten(self.painter.fault(Fault(outcome.code.removeprefix("fault."), details)), TOAST)
        return shorten(self.painter.note(outcome.note), TOAST) if outcome.note else ""

    def _paint(self, outcome: Outcome, press: Press | None) -> Screen | None:
        """The screen, or None where only a toast is due."""
        if isinstance(outcome, Nothing):
            return None
        if isinstance(outcome, Said) and outcome.alert and not _replaces(outcome):
            return None if press is not None else screens.paint(self.painter, outcome)
        if isinstance(outcome, Asked) and isinstance(press, Turn):
            return screens.paint(self.painter, outcome, page=press.page)
        if isinstance(outcome, Asked) and isinstance(press, Choose) and outcome.question.key == press.key:
            return screens.paint(self.painter, outcome, mask=press.mask)  # refused: nothing is lost
        if isinstance(outcome, Asked) and isinstance(press, Toggle):
            page, mask = _flipped(press)
            return screens.paint(self.painter, outcome, page=page, mask=mask)
        return screens.paint(self.painter, outcome)


def _flipped(press: Toggle) -> tuple[str, int]:
    """The page a switch is on, and the switches after the flip."""
    if press.flip >= questions.PAGES:
        return str(press.flip - questions.PAGES), press.mask
    return str(press.flip // PAGE), press.mask ^ 1 << press.flip


def _is_private(update: Update) -> bool:
    """Whether something was pressed or sent in a private chat: what happens elsewhere is not on that screen."""
    return (
        update.effective_chat is not None
        and update.effective_chat.type == ChatType.PRIVATE
        and (update.callback_query is not None or update.message is not None)
    )


def _is_shown(outcome: Outcome, message_id: int | None) -> bool:
    """Whether it changes what is on the screen; a button may be answered by a toast alone."""
    if isinstance(outcome, Nothing):
        return False
    if isinstance(outcome, Said) and outcome.alert and message_id is not None:
        return _replaces(outcome)
    return True


def _replaces(outcome: Said) -> bool:
    return outcome.code.removeprefix("fault.") in REPLACING


async def _follow_task(work: Work, outcome: Outcome, message_id: int | None, *, opens: bool) -> None:
    """What is sent next answers what is shown now; and one live message for each task: another becomes stale.

    A press that goes on from button to button changes nothing of that, and writes nothing.
    """
    if not _is_shown(outcome, message_id):
        return
    await dialog.look_at(work, outcome)
    if not isinstance(outcome, Asked | Finished):
        return
    takes = isinstance(outcome, Asked) and (opens or outcome.question.takes_messages)
    if message_id is not None and not takes:
        return
    chat_id, task = work.actor.telegram_id, str(outcome.task.ref)
    former = await live_messages.find(work.session, chat_id, task)
    if former is not None and former != message_id:
        work.stale_messages.add(former)
    if message_id not in {None, former}:
        await live_messages.put(work.session, chat_id, task, message_id)


def refusal(fault: Fault) -> Said:
    """A fault as an outcome that tells it to the person."""
    return Said(code=f"fault.{fault.code}", details=fault.details, alert=True)


def actor_of(update: Update) -> Actor:
    """Who an update comes from; a channel or an anonymous admin is nobody."""
    user = update.effective_user
    if user is None:
        return Actor(0, "")
    return Actor(user.id, user.full_name, user.username)
