import io
import logging
import subprocess
import sys
from collections.abc import Iterator

import pytest

from bot.cli.log_setup import SafeFormatter, set_up_logging

TOKEN = "123456789:AAH4bCdEfGhIjKlMnOpQrStUvWxYz0123456"
ODD_TOKEN = "local-test-secret"


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """What is logged; afterwards logging is as it was."""
    root, excepthook = logging.getLogger(), sys.excepthook
    handlers, level, names = root.handlers[:], root.level, ("httpx", "telegram")
    levels = {name: logging.getLogger(name).level for name in names}
    root.handlers = []
    stream = io.StringIO()
    set_up_logging("debug", ODD_TOKEN, stream)
    yield stream
    logging.captureWarnings(capture=False)
    root.handlers, sys.excepthook = handlers, excepthook
    root.setLevel(level)
    for name, old in levels.items():
        logging.getLogger(name).setLevel(old)


@pytest.mark.parametrize(
    "text",
    [
        f"POST https://api.telegram.org/bot{TOKEN}/sendMessage",
        f"the token `{TOKEN}` was rejected",
        f"GET https://api.telegram.org/file/bot{TOKEN}/documents/a.xlsx",
        f"POST https://api.telegram.org/bot{TOKEN.replace(':', '%3A')}/sendMessage",
        f"http://127.0.0.1:8081/bot{ODD_TOKEN}/getMe",
        f"secret {ODD_TOKEN}",
    ],
)
def test_a_token_is_never_written(text: str) -> None:
    line = SafeFormatter(ODD_TOKEN).redact(text)

    assert TOKEN not in line
    assert ODD_TOKEN not in line
    assert TOKEN.partition(":")[2] not in line
    assert "‹token›" in line


@pytest.mark.parametrize(
    "text", ["update 123456789: halo", "/srv/bot/transport/polling.py", "pukul 12:30", "-100123456789"]
)
def test_what_is_no_token_stays(text: str) -> None:
    assert SafeFormatter(TOKEN).redact(text) == text


def fail(error: Exception) -> None:
    raise error


def test_a_traceback_is_one_line_without_the_token(written: io.StringIO) -> None:
    try:
        try:
            fail(ConnectionError(f"no way to https://api.telegram.org/bot{TOKEN}/getMe"))
        except ConnectionError as error:
            raise ValueError(f"gave up with {ODD_TOKEN}") from error
    except ValueError:
        logging.getLogger("uji").exception("satu\ndua")

    lines = written.getvalue().splitlines()
    assert len(lines) == 1
    assert "satu ⏎ dua" in lines[0]
    assert "ConnectionError: no way" in lines[0]
    assert TOKEN not in lines[0]
    assert ODD_TOKEN not in lines[0]


def test_those_who_log_urls_are_silenced(written: io.StringIO) -> None:
    logging.getLogger("httpx").info("HTTP Request: POST https://api.telegram.org/bot…")
    logging.getLogger("telegram.Bot").debug("Set Bot API URL")
    logging.getLogger("bot.transport.polling").debug("terlihat")

    assert [line.rpartition(" ")[2] for line in written.getvalue().splitlines()] == ["terlihat"]


def test_a_crash_is_written_without_the_token() -> None:
    program = (
        "from bot.cli.log_setup import set_up_logging\n"
        "set_up_logging('INFO')\n"
        f"raise ValueError('the token {TOKEN} was rejected')\n"
    )
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)

    assert ended.returncode == 1
    assert "ValueError: the token ‹token› was rejected" in ended.stderr
    assert len(ended.stderr.splitlines()) == 1
