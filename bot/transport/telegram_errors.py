"""What a refusal from Telegram means: its words sorted into kinds the bot can act on.

The words are the Bot API server's own. The same words do not always come with the same code (400 or 403), so
one table serves both, and the code only decides about words nobody has seen before.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from telegram import error as ptb


class TroubleKind(StrEnum):
    """The kinds of failures of a request to Telegram."""

    BLOCKED = "blocked"  # the person blocked the bot; revived by /start or my_chat_member
    NOT_STARTED = "not_started"  # the person has never pressed Start
    KICKED = "kicked"  # the bot is not in that group any more, or the group is gone
    CHAT_GONE = "chat_gone"  # no such chat or person, a deactivated account, or an unknown 403
    MIGRATED = "migrated"  # the group has another id now
    NOT_MODIFIED = "not_modified"  # the message already looks like that
    MESSAGE_GONE = "message_gone"  # the message is deleted or may not be edited any more
    OTHER_CONTENT = "other_content"  # the message is a file, and text can't be put in its place
    LATE_QUERY = "late_query"  # the press of a button was answered too late
    NO_RIGHTS = "no_rights"  # the group doesn't let the bot do that
    TOPIC_GONE = "topic_gone"  # the topic is closed or deleted; General remains
    OUR_FAULT = "our_fault"  # the request is wrong and stays wrong
    FILE_REFUSED = "file_refused"  # too big, or not there any more
    REFUSED = "refused"  # a 400 nobody has seen before: permanent
    UNAUTHORIZED = "unauthorized"  # the token is wrong or revoked
    CONFLICT = "conflict"  # somebody else takes this bot's updates
    UNKNOWN_METHOD = "unknown_method"  # an older server
    RETRY_AFTER = "retry_after"  # flood control
    NETWORK = "network"  # there was no connection: nothing has reached Telegram
    UNCERTAIN = "uncertain"  # it broke half-way: Telegram may have done it


PASSING: Final = frozenset({TroubleKind.RETRY_AFTER, TroubleKind.NETWORK, TroubleKind.UNCERTAIN})


@dataclass(frozen=True, slots=True)
class Trouble:
    """A refusal. `retry_after` is in seconds; `text` is Telegram's own words, never a URL."""

    kind: TroubleKind
    retry_after: float | None = None
    new_chat_id: int | None = None
    text: str = ""

    @property
    def is_passing(self) -> bool:
        """Whether the same request may succeed later."""
        return self.kind in PASSING


class FloodControlError(ptb.TelegramError):
    """429: telegram.error.RetryAfter without the deprecation warning its constructor sets off in PTB 22."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"Too Many Requests: retry after {seconds:g}")
        self.seconds = seconds


class NotSentError(ptb.NetworkError):
    """No connection could be made: the request has not reached Telegram and may be repeated."""


# The first fragment found in the lower-cased description decides.
KIND_BY_WORDS: Final[Mapping[str, TroubleKind]] = {
    "bot was blocked by the user": TroubleKind.BLOCKED,
    "can't initiate conversation": TroubleKind.NOT_STARTED,
    "can't send messages to bots": TroubleKind.CHAT_GONE,
    "user is deactivated": TroubleKind.CHAT_GONE,
    "bot was kicked": TroubleKind.KICKED,
    "bot is not a member": TroubleKind.KICKED,
    "group chat was deleted": TroubleKind.KICKED,
    "group chat was deactivated": TroubleKind.KICKED,
    "message is not modified": TroubleKind.NOT_MODIFIED,
    "chat_not_modified": TroubleKind.NOT_MODIFIED,
    "message to edit not found": TroubleKind.MESSAGE_GONE,
    "message can't be edited": TroubleKind.MESSAGE_GONE,
    "message to delete not found": TroubleKind.MESSAGE_GONE,
    "message can't be deleted": TroubleKind.MESSAGE_GONE,
    "message to pin not found": TroubleKind.MESSAGE_GONE,
    "message to unpin not found": TroubleKind.MESSAGE_GONE,
    "message_id_invalid": TroubleKind.MESSAGE_GONE,
    "no text in the message to edit": TroubleKind.OTHER_CONTENT,
    "query is too old": TroubleKind.LATE_QUERY,
    "query id is invalid": TroubleKind.LATE_QUERY,
    "query_id_invalid": TroubleKind.LATE_QUERY,
    "topic_closed": TroubleKind.TOPIC_GONE,
    "topic_deleted": TroubleKind.TOPIC_GONE,
    "message thread not found": TroubleKind.TOPIC_GONE,
    "not enough rights": TroubleKind.NO_RIGHTS,
    "have no rights": TroubleKind.NO_RIGHTS,
    "no write access": TroubleKind.NO_RIGHTS,
    "chat_write_forbidden": TroubleKind.NO_RIGHTS,
    "chat_restricted": TroubleKind.NO_RIGHTS,
    "chat_admin_required": TroubleKind.NO_RIGHTS,
    "_forbidden": TroubleKind.NO_RIGHTS,  # CHAT_SEND_DOCS_FORBIDDEN and its sisters
    "need administrator rights": TroubleKind.NO_RIGHTS,
    "chat not found": TroubleKind.CHAT_GONE,
    "user not found": TroubleKind.CHAT_GONE,
    "peer_id_invalid": TroubleKind.CHAT_GONE,
    "user_id_invalid": TroubleKind.CHAT_GONE,
    "file is too big": TroubleKind.FILE_REFUSED,
    "request entity too large": TroubleKind.FILE_REFUSED,
    "wrong file_id": TroubleKind.FILE_REFUSED,
    "file is temporarily unavailable": TroubleKind.FILE_REFUSED,
    "wrong file identifier": TroubleKind.FILE_REFUSED,
    "is too long": TroubleKind.OUR_FAULT,  # message, caption, reply markup
    "message_too_long": TroubleKind.OUR_FAULT,
    "can't parse": TroubleKind.OUR_FAULT,
    "is empty": TroubleKind.OUR_FAULT,
    "must be non-empty": TroubleKind.OUR_FAULT,
    "button_": TroubleKind.OUR_FAULT,  # BUTTON_DATA_INVALID, BUTTON_URL_INVALID …
    "buttons are unallowed": TroubleKind.OUR_FAULT,
    "method not found": TroubleKind.UNKNOWN_METHOD,
}


def classify(error: ptb.TelegramError) -> Trouble:
    """Tells what an exception of PTB or of bot.transport.request means."""
    if isinstance(error, FloodControlError):
        return Trouble(TroubleKind.RETRY_AFTER, retry_after=error.seconds, text=str(error))
    if isinstance(error, ptb.RetryAfter):
        # The attribute of that name warns when read; what the exception is pickled with doesn't.
        return Trouble(TroubleKind.RETRY_AFTER, retry_after=float(error.__reduce__()[1][0]), text=str(error))
    if isinstance(error, ptb.ChatMigrated):
        return Trouble(TroubleKind.MIGRATED, new_chat_id=error.new_chat_id, text=str(error))
    return Trouble(_kind(error), text=str(error))


def _kind(error: ptb.TelegramError) -> TroubleKind:
    if isinstance(error, ptb.Conflict):
        return TroubleKind.CONFLICT
    if isinstance(error, NotSentError):
        return TroubleKind.NETWORK
    if isinstance(error, ptb.InvalidToken | ptb.EndPointNotFound):
        return _kind_of_missing(error)
    return _kind_by_words(str(error)) or _kind_by_class(error)


def _kind_of_missing(error: ptb.TelegramError) -> TroubleKind:
    """401 and 404 are one class in PTB; `do_api_request` even turns a 401 into a missing method."""
    words = f"{error} {error.__cause__ or ''}".lower()
    if "unauthorized" in words:
        return TroubleKind.UNAUTHORIZED
    missing = isinstance(error, ptb.EndPointNotFound) or "method not found" in words
    return TroubleKind.UNKNOWN_METHOD if missing else TroubleKind.UNAUTHORIZED


def _kind_by_words(description: str) -> TroubleKind | None:
    words = description.lower()
    return next((kind for fragment, kind in KIND_BY_WORDS.items() if fragment in words), None)


def _kind_by_class(error: ptb.TelegramError) -> TroubleKind:
    if isinstance(error, ptb.Forbidden):
        return TroubleKind.CHAT_GONE
    if isinstance(error, ptb.BadRequest):
        return TroubleKind.REFUSED
    return TroubleKind.UNCERTAIN
