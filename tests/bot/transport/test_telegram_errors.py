import pytest
from telegram import error as ptb

from bot.transport.telegram_errors import FloodControlError, NotSentError, Trouble, TroubleKind, classify

K = TroubleKind
NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup are exactly "
    "the same as a current content and reply markup of the message"
)
QUERY_TOO_OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"

WORDS = [
    ("Forbidden: bot was blocked by the user", K.BLOCKED),
    ("Forbidden: user is deactivated", K.CHAT_GONE),
    ("Forbidden: bot can't initiate conversation with a user", K.NOT_STARTED),
    ("Forbidden: bot was kicked from the group chat", K.KICKED),
    ("Forbidden: bot was kicked from the supergroup chat", K.KICKED),
    ("Forbidden: bot is not a member of the supergroup chat", K.KICKED),
    ("Forbidden: the group chat was deleted", K.KICKED),
    ("Forbidden: something new", K.CHAT_GONE),
    ("Bad Request: chat not found", K.CHAT_GONE),
    ("Bad Request: user not found", K.CHAT_GONE),
    (NOT_MODIFIED, K.NOT_MODIFIED),
    ("Bad Request: message to edit not found", K.MESSAGE_GONE),
    ("Bad Request: message can't be edited", K.MESSAGE_GONE),
    ("Bad Request: message to delete not found", K.MESSAGE_GONE),
    ("Bad Request: there is no text in the message to edit", K.OTHER_CONTENT),
    (QUERY_TOO_OLD, K.LATE_QUERY),
    ("Bad Request: not enough rights to send text messages to the chat", K.NO_RIGHTS),
    ("Bad Request: have no write access to the chat", K.NO_RIGHTS),
    ("Bad Request: CHAT_WRITE_FORBIDDEN", K.NO_RIGHTS),
    ("Bad Request: TOPIC_CLOSED", K.TOPIC_GONE),
    ("Bad Request: message thread not found", K.TOPIC_GONE),
    ("Bad Request: message is too long", K.OUR_FAULT),
    ("Bad Request: message caption is too long", K.OUR_FAULT),
    ("Bad Request: MESSAGE_TOO_LONG", K.OUR_FAULT),
    ("Bad Request: BUTTON_DATA_INVALID", K.OUR_FAULT),
    ("Bad Request: reply markup is too long", K.OUR_FAULT),
    ("Bad Request: text buttons are unallowed in the inline keyboard", K.OUR_FAULT),
    ("Bad Request: message text is empty", K.OUR_FAULT),
    ('Bad Request: can\'t parse entities: Unsupported start tag "x" at byte offset 3', K.OUR_FAULT),
    ("Bad Request: file is too big", K.FILE_REFUSED),
    ("Bad Request: wrong file_id or the file is temporarily unavailable", K.FILE_REFUSED),
    ("Bad Request: something new", K.REFUSED),
]


def as_ptb_raises(words: str) -> ptb.TelegramError:
    return ptb.Forbidden(words) if words.startswith("Forbidden") else ptb.BadRequest(words)


@pytest.mark.parametrize(("words", "kind"), WORDS)
def test_words_of_the_server(words: str, kind: TroubleKind) -> None:
    trouble = classify(as_ptb_raises(words))

    assert trouble.kind is kind
    assert words.lower().endswith(trouble.text.lower())


@pytest.mark.parametrize(("words", "kind"), WORDS)
def test_capitals_do_not_matter(words: str, kind: TroubleKind) -> None:
    prefix, _, rest = words.partition(": ")
    assert classify(as_ptb_raises(f"{prefix}: {rest.upper()}")).kind is kind


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (ptb.Conflict("Conflict: terminated by other getUpdates request"), K.CONFLICT),
        (ptb.InvalidToken("Unauthorized"), K.UNAUTHORIZED),
        (ptb.InvalidToken("Not Found"), K.UNAUTHORIZED),
        (ptb.InvalidToken("Not Found: method not found"), K.UNKNOWN_METHOD),
        (ptb.EndPointNotFound("Endpoint 'sendRichMessage' not found in Bot API"), K.UNKNOWN_METHOD),
        (ptb.TimedOut(), K.UNCERTAIN),
        (ptb.NetworkError("Bad Gateway"), K.UNCERTAIN),
        (ptb.NetworkError("Request Entity Too Large"), K.FILE_REFUSED),
        (ptb.TelegramError("Invalid server response"), K.UNCERTAIN),
        (NotSentError("no connection"), K.NETWORK),
    ],
)
def test_classes_of_errors(error: ptb.TelegramError, kind: TroubleKind) -> None:
    assert classify(error).kind is kind


def test_a_refused_token_hidden_in_a_missing_method() -> None:
    error = ptb.EndPointNotFound("Endpoint 'getUpdates' not found in Bot API")
    error.__cause__ = ptb.InvalidToken("Unauthorized")

    assert classify(error).kind is K.UNAUTHORIZED


def test_flood_control_says_how_long() -> None:
    trouble = classify(FloodControlError(7))

    assert trouble == Trouble(K.RETRY_AFTER, retry_after=7.0, text="Too Many Requests: retry after 7")
    assert trouble.is_passing


@pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")
def test_flood_control_as_ptb_tells_it() -> None:
    assert classify(ptb.RetryAfter(5)).retry_after == 5.0


def test_a_group_that_moved() -> None:
    trouble = classify(ptb.ChatMigrated(-100123))

    assert (trouble.kind, trouble.new_chat_id, trouble.is_passing) == (K.MIGRATED, -100123, False)
