"""Logging to stderr, one line a record, in which the bot's token never appears."""

import logging
import re
import sys
from types import TracebackType
from typing import Final, TextIO

HIDDEN: Final = "‹token›"
LINE_BREAK: Final = " ⏎ "
FORMAT: Final = "%(asctime)s %(levelname)s %(name)s: %(message)s"
# A token as @BotFather gives it, plain or escaped, and whatever stands in a token's place in a URL.
TOKEN: Final = re.compile(r"\d{6,}(?::|%3[Aa])[A-Za-z0-9_-]{30,}")
TOKEN_IN_URL: Final = re.compile(r"(?<=/bot)[^/\s'\"]+(?=/)")
# These log each URL at INFO (and PTB its base URL at DEBUG).
TALKATIVE: Final = ("httpx", "httpcore", "aiohttp.access", "aiohttp.client", "urllib3")


class SafeFormatter(logging.Formatter):
    """Writes a record with its traceback on one line, without anything that looks like a token."""

    def __init__(self, token: str = "") -> None:
        super().__init__(FORMAT)
        self._token = token

    def format(self, record: logging.LogRecord) -> str:
        """The record as one line of the log."""
        lines = super().format(record).splitlines()
        return self.redact(LINE_BREAK.join(lines))

    def redact(self, text: str) -> str:
        """The text with every bot token replaced."""
        if self._token:
            text = text.replace(self._token, HIDDEN)
        return TOKEN_IN_URL.sub(HIDDEN, TOKEN.sub(HIDDEN, text))


def set_up_logging(level: str = "INFO", token: str = "", stream: TextIO | None = None) -> None:
    """Sends all logging, warnings and the traceback of a crash to stderr, through SafeFormatter."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(SafeFormatter(token))
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    logging.captureWarnings(capture=True)
    for name in TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.getLogger("telegram").setLevel(max(logging.INFO, logging.getLogger().level))
    sys.excepthook = _log_crash


def _log_crash(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Logs an exception nobody caught: Python would print it with the tokens it may hold."""
    if issubclass(kind, KeyboardInterrupt):
        return
    logging.getLogger("crash").critical("the program ends: %s", error, exc_info=(kind, error, trace))
