"""Everything the bot says to Telegram: screens, answers to buttons, commands, questions about members."""

import asyncio
import contextlib
import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from typing import Any, Final

from telegram import Bot, InputFile
from telegram.error import InvalidToken, TelegramError

from bot.screen import Attachment, Screen
from bot.transport.content import album_of, caption_of, keys_of, text_of, without_news
from bot.transport.destination import Destination
from bot.transport.html_pieces import CAPTION_CHARACTERS, pieces, shown_length
from bot.transport.limits import FloodLimits
from bot.transport.request import call
from bot.transport.telegram_errors import Trouble, TroubleKind, classify
from bot.transport.undeliverable import Undeliverable, ignoring

LOG: Final = logging.getLogger(__name__)
ANSWER_CHARACTERS: Final = 200
DOWNLOAD_BYTES: Final = 20_000_000
MOST_RETRIES: Final = 3
LONG_PATIENCE: Final = 60.0
"""Seconds that the rest of a screen waits for, where a reply wouldn't."""
RECONNECT_SECONDS: Final = 0.5
# After one of these the message can't be edited, but the screen can still be sent.
SEND_ANEW: Final = frozenset({TroubleKind.MESSAGE_GONE, TroubleKind.OTHER_CONTENT})
# A server that refuses a rich message with one of these may still take the plain text.
RICH_REFUSED: Final = frozenset({TroubleKind.UNKNOWN_METHOD, TroubleKind.OUR_FAULT, TroubleKind.REFUSED})


KEYS_REFUSED: Final = frozenset({TroubleKind.OUR_FAULT, TroubleKind.REFUSED})
PICTURE_REFUSED: Final = RICH_REFUSED | {TroubleKind.FILE_REFUSED, TroubleKind.NO_RIGHTS}


Draw = Callable[[str], Awaitable[Sequence[Attachment]]]
"""Makes pictures of semantic HTML; may raise anything."""

TopicOf = Callable[[int], Awaitable[int | None]]
"""The topic of a group that is meant where none is named; None for General. May raise Undeliverable."""
OnTopicGone = Callable[[int, int], Awaitable[None]]
"""Hears of a group's topic that is closed or deleted."""

REPEATABLE = ("get_", "set_", "delete_my_", "pin_", "unpin_")
"""How methods begin that can be called twice unnoticed, should it be uncertain whether the first was heard."""


class Telegram:
    """A bot's mouth. Within one chat everything is said in the order it was asked for, retries included.

    Everything it says as a reply is counted in `limits`, so that the outbox makes way; replies never wait for
    them. `patience` is the longest `retry_after`, in seconds, a reply waits for. Without `draw` there are no pictures.
    """

    def __init__(
        self,
        bot: Bot,
        limits: FloodLimits | None = None,
        *,
        patience: float = 3.0,
        draw: Draw | None = None,
        topic_of: TopicOf | None = None,
        on_topic_gone: OnTopicGone | None = None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self.bot = bot
        self._draw = draw
        self.limits = FloodLimits() if limits is None else limits
        self._patience = patience
        self._monotonic = monotonic
        self._turns: dict[int, tuple[asyncio.Lock, int]] = {}
        self._topic_of = topic_of
        self._on_topic_gone = on_topic_gone
        self._knows_rich = True
        self._knows_colours = True

    async def show(
        self,
        chat_id: int,
        screen: Screen,
        *,
        edit: int | None = None,
        thread: int | None = None,
        reply_to: int | None = None,
        is_reply: bool = True,
    ) -> int:
        """Sends a screen, or puts it into message `edit`; returns the id of the message that shows it now.

        In a group it goes to the topic `thread`, else to the one its Pokja has chosen, and to General where that one
        is gone. With `is_reply` off (the outbox) nothing is counted and nothing tried twice. Raises Undeliverable.
        """
        if thread is None and chat_id < 0 and self._topic_of:
            thread = await self._topic_of(chat_id)
        place = Destination(chat_id, thread, reply_to, is_reply)
        async with self._turn(chat_id):
            try:
                return await self._show(place, screen, edit)
            except Undeliverable as refusal:
                if refusal.trouble.kind is not TroubleKind.TOPIC_GONE or thread is None:
                    raise
            shown = await self._show(Destination(chat_id, None, reply_to, is_reply), screen, edit)
        if self._on_topic_gone:
            await self._on_topic_gone(chat_id, thread)
        return shown

    async def pin(self, chat_id: int, message_id: int) -> None:
        """Pins a message without a sound; one that is pinned stays so. Raises Undeliverable."""
        with ignoring(TroubleKind.NOT_MODIFIED):
            await self._about(chat_id, message_id, "pin_chat_message", disable_notification=True)

    async def unpin(self, chat_id: int, message_id: int) -> None:
        """Unpins a message, if it is still there and pinned. Raises Undeliverable."""
        with ignoring(TroubleKind.MESSAGE_GONE, TroubleKind.NOT_MODIFIED):
            await self._about(chat_id, message_id, "unpin_chat_message")

    async def _about(self, chat_id: int, message_id: int, method: str, **more: object) -> None:
        async with self._turn(chat_id):
            place = Destination(chat_id, None, None, is_reply=True)
            await self._try(place, method, {"chat_id": chat_id, "message_id": message_id, **more})

    async def answer(self, query_id: str, text: str = "", *, alert: bool = False) -> None:
        """Answers the press of a button; too late is no harm. Raises Undeliverable."""
        arguments = {"callback_query_id": query_id, "text": text[:ANSWER_CHARACTERS], "show_alert": alert}
        with ignoring(TroubleKind.LATE_QUERY):
            await self._try(None, "answer_callback_query", arguments)

    async def retire(self, chat_id: int, message_id: int) -> None:
        """Takes the buttons off a message, if it is still there. Raises Undeliverable."""
        async with self._turn(chat_id):
            await self._retire(chat_id, message_id)

    async def delete(self, chat_id: int, message_id: int) -> None:
        """Deletes a message, if it is still there and may be. Raises Undeliverable."""
        async with self._turn(chat_id):
            with ignoring(TroubleKind.MESSAGE_GONE):
                await self._try(None, "delete_message", {"chat_id": chat_id, "message_id": message_id})

    async def keep(self, name: str, wanted: Mapping[str, object], **about: object) -> None:
        """Sets something of the bot's own ("my_description") unless Telegram has it so. Raises Undeliverable."""
        kept = await self._try(None, f"get_{name}", about)
        if kept != wanted and kept not in wanted.values():
            await self._try(None, f"set_{name}", {**about, **wanted})

    async def list_commands(self, chat_id: int, commands: Sequence[Mapping[str, str]]) -> None:
        """Gives a private chat commands of its own; none: those of all such chats. Raises Undeliverable."""
        method = "set_my_commands" if commands else "delete_my_commands"
        arguments = {"scope": {"type": "chat", "chat_id": chat_id}}
        await self._try(None, method, arguments | ({"commands": commands} if commands else {}))

    async def member_status(self, chat_id: int, telegram_id: int) -> str:
        """Creator, administrator, member, restricted (inside), left or kicked. Raises Undeliverable."""
        arguments = {"chat_id": chat_id, "user_id": telegram_id}
        try:
            member = await self._try(None, "get_chat_member", arguments)
        except Undeliverable as refusal:
            if not _says_no_such_member(refusal.trouble):
                raise
            return "left"
        is_outside = member["status"] == "restricted" and not member.get("is_member")
        return "left" if is_outside else str(member["status"])

    async def chat_title(self, chat_id: int) -> str:
        """What a group is called. Raises Undeliverable."""
        return str((await self._try(None, "get_chat", {"chat_id": chat_id})).get("title", ""))

    async def file_content(self, file_id: str, *, most_bytes: int = DOWNLOAD_BYTES) -> bytes:
        """Downloads a file somebody sent. Raises Undeliverable; FILE_REFUSED when too big or gone."""
        try:
            file = await self.bot.get_file(file_id)
            if (file.file_size or 0) > most_bytes:
                raise Undeliverable(Trouble(TroubleKind.FILE_REFUSED, text="file is too big"))
            return bytes(await file.download_as_bytearray())
        except InvalidToken as error:
            raise Undeliverable(Trouble(TroubleKind.FILE_REFUSED, text=str(error))) from error
        except TelegramError as error:
            raise Undeliverable(classify(error)) from error

    async def _show(self, place: Destination, screen: Screen, edit: int | None) -> int:
        shown = await self._show_one(place, screen, edit)
        for following in screen.more:
            await self._show_one(place, following, None)
        return shown

    async def _show_one(self, place: Destination, screen: Screen, edit: int | None) -> int:
        if screen.album:
            return await self._show_album(place, screen)
        if screen.attachment is not None:
            return await self._replace_by_file(place, screen, screen.attachment, edit)
        if screen.pictured and (shown := await self._show_pictures(place, screen.pictured)):
            return shown
        if screen.rich and self._knows_rich:
            content = {"rich_message": {"html": screen.rich}, **keys_of(screen.keyboard)}
            try:
                return await self._put(place, "send_rich_message", content, edit)
            except Undeliverable as refusal:
                if refusal.trouble.kind not in RICH_REFUSED:
                    raise
                self._knows_rich = refusal.trouble.kind is not TroubleKind.UNKNOWN_METHOD
        return await self._show_text(place, screen, edit)

    async def _show_pictures(self, place: Destination, html: str) -> int:
        """The number of the last one; 0 where they can't be made or aren't taken: the words say it all, too."""
        last = 0
        try:
            for picture in await self._draw(html) if self._draw else ():
                last = await self._send_file(place, Screen(""), picture)
        except Undeliverable as refusal:
            if refusal.trouble.kind not in PICTURE_REFUSED:
                raise
            return 0
        except Exception:
            LOG.exception("a screen can't be drawn")
            return 0
        return last

    async def _show_album(self, place: Destination, screen: Screen) -> int:
        """The files as one message, which can have no keys: these follow with the text, or the text is a caption.

        Telegram counts each file of it.
        """
        media = album_of(screen)
        for _ in media[1:]:
            self.limits.spend(place.chat_id, self._monotonic())
        sent = await self._try(place, "send_media_group", {**place.fields(), "media": media})
        place.has_begun = True
        return await self._show_text(place, screen, None) if screen.keyboard else int(sent[0]["message_id"])

    async def _show_text(self, place: Destination, screen: Screen, edit: int | None) -> int:
        *first, last = pieces(screen.text) or [screen.text]
        for piece in first:
            await self._put(place, "send_message", text_of(piece), edit)
            edit = None
        return await self._put(place, "send_message", {**text_of(last), **keys_of(screen.keyboard)}, edit)

    async def _replace_by_file(
        self, place: Destination, screen: Screen, attachment: Attachment, edit: int | None
    ) -> int:
        """A text can't become a file: the old message stays, without its buttons. A file's caption can change."""
        if edit is not None and attachment.file_id:
            if shown_length(screen.text) > CAPTION_CHARACTERS:  # then the text is a message of its own
                return await self._show_text(place, screen, edit)
            if await self._recaption(place, edit, screen):
                return edit
        message_id = await self._send_file(place, screen, attachment)
        if edit is not None:
            await self._retire_if_possible(place.chat_id, edit)
        return message_id

    async def _recaption(self, place: Destination, message_id: int, screen: Screen) -> bool:
        """Whether the message is a file, and has this caption and these keys now."""
        arguments = {
            "chat_id": place.chat_id,
            "message_id": message_id,
            **caption_of(screen),
            **keys_of(screen.keyboard),
        }
        try:
            with ignoring(TroubleKind.NOT_MODIFIED):
                await self._call(place, "edit_message_caption", arguments)
        except Undeliverable as refusal:
            if refusal.trouble.kind not in SEND_ANEW | {TroubleKind.REFUSED}:
                raise
            return False
        return True

    async def _send_file(self, place: Destination, screen: Screen, attachment: Attachment) -> int:
        file = attachment.file_id or InputFile(attachment.content, filename=attachment.name)
        kind = "photo" if attachment.picture else "document"
        if shown_length(screen.text) > CAPTION_CHARACTERS:
            await self._send(place, f"send_{kind}", {kind: file})
            return await self._show_text(place, screen, None)
        content = {kind: file, **caption_of(screen), **keys_of(screen.keyboard)}
        return await self._send(place, f"send_{kind}", content)

    async def _put(
        self, place: Destination, method: str, content: dict[str, object], edit: int | None
    ) -> int:
        """Edits message `edit` to this content, or sends it by `method`."""
        if edit is None:
            return await self._send(place, method, content)
        refused = await self._edit(place, edit, content)
        if refused is None:
            return edit
        message_id = await self._send(place, method, content)
        if refused is TroubleKind.OTHER_CONTENT:
            await self._retire_if_possible(place.chat_id, edit)
        return message_id

    async def _edit(
        self, place: Destination, message_id: int, content: dict[str, object]
    ) -> TroubleKind | None:
        """None when the message shows the content now, else why it has to be sent again."""
        arguments = {"chat_id": place.chat_id, "message_id": message_id, **content}
        try:
            with ignoring(TroubleKind.NOT_MODIFIED):
                await self._call(place, "edit_message_text", arguments)
        except Undeliverable as refusal:
            if refusal.trouble.kind not in SEND_ANEW:
                raise
            return refusal.trouble.kind
        return None

    async def _send(self, place: Destination, method: str, content: dict[str, object]) -> int:
        sent = await self._call(place, method, {**place.fields(), **content})
        place.has_begun = True
        return int(sent["message_id"])

    async def _retire(self, chat_id: int, message_id: int) -> None:
        with ignoring(TroubleKind.MESSAGE_GONE, TroubleKind.NOT_MODIFIED):
            place = Destination(chat_id, None, None, is_reply=True)
            arguments = {"chat_id": chat_id, "message_id": message_id}
            await self._try(place, "edit_message_reply_markup", arguments)

    async def _retire_if_possible(self, chat_id: int, message_id: int) -> None:
        """The new message is out already, so a refusal here must not make it look undelivered."""
        with contextlib.suppress(Undeliverable):
            await self._retire(chat_id, message_id)

    async def _call(self, place: Destination, method: str, arguments: dict[str, Any]) -> Any:
        """Shows something with keys; a server that doesn't know their colours gets them without, from then on."""
        plain = without_news(arguments)
        if plain is arguments or not self._knows_colours:
            return await self._try(place, method, plain)
        try:
            return await self._try(place, method, arguments)
        except Undeliverable as refusal:
            if refusal.trouble.kind not in KEYS_REFUSED:
                raise
        done = await self._try(place, method, plain)
        self._knows_colours = False
        return done

    async def _try(self, place: Destination | None, method: str, arguments: dict[str, Any]) -> Any:
        """Calls a method. A reply is repeated when nothing came of it for certain and the wait is short."""
        insists = place is None or place.insists
        for left in range(MOST_RETRIES if insists else 0, -1, -1):
            self._count(place)
            try:
                return await call(self.bot, method, arguments)
            except TelegramError as error:
                trouble = classify(error)
                self._slow_down(place, trouble)
                pause = self._pause_before_retry(trouble, place, repeatable=method.startswith(REPEATABLE))
                if pause is None or not left:
                    raise Undeliverable(trouble) from error
            await asyncio.sleep(pause)
        raise AssertionError("the last attempt returns or raises")

    def _pause_before_retry(
        self, trouble: Trouble, place: Destination | None, *, repeatable: bool
    ) -> float | None:
        """Seconds, or None when it must not or need not be repeated; a time-out may have arrived.

        Of a screen that has begun a part said twice is better than all of it.
        """
        has_begun = place is not None and place.has_begun
        uncertain = (repeatable or has_begun) and trouble.kind is TroubleKind.UNCERTAIN
        if trouble.kind is TroubleKind.NETWORK or uncertain:
            return RECONNECT_SECONDS
        patience = LONG_PATIENCE if has_begun else self._patience
        if trouble.kind is TroubleKind.RETRY_AFTER and (trouble.retry_after or 0) <= patience:
            return trouble.retry_after
        return None

    def _slow_down(self, place: Destination | None, trouble: Trouble) -> None:
        if place is not None and trouble.retry_after is not None:
            self.limits.refused(place.chat_id, trouble.retry_after, self._monotonic())

    def _count(self, place: Destination | None) -> None:
        if place is not None and place.insists:
            self.limits.spend(place.chat_id, self._monotonic())

    @contextlib.asynccontextmanager
    async def _turn(self, chat_id: int) -> AsyncIterator[None]:
        """One at a time in a chat; the lock of a chat goes when nobody is in its queue."""
        lock, waiting = self._turns.get(chat_id, (asyncio.Lock(), 0))
        self._turns[chat_id] = (lock, waiting + 1)
        try:
            async with lock:
                yield
        finally:
            lock, waiting = self._turns.pop(chat_id)
            if waiting > 1:
                self._turns[chat_id] = (lock, waiting - 1)


def _says_no_such_member(trouble: Trouble) -> bool:
    words = trouble.text.lower()
    return any(part in words for part in ("user not found", "member not found", "participant_id_invalid"))
