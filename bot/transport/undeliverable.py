"""What Telegram didn't take, and why."""

import contextlib
from collections.abc import Iterator

from bot.transport.telegram_errors import Trouble, TroubleKind


class Undeliverable(Exception):  # noqa: N818 - it names a state of the message, not a mistake
    """Telegram didn't take a message; `trouble` says why."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(f"{trouble.kind}: {trouble.text}")
        self.trouble = trouble


@contextlib.contextmanager
def ignoring(*kinds: TroubleKind) -> Iterator[None]:
    """Lets refusals of these kinds pass in silence."""
    try:
        yield
    except Undeliverable as refusal:
        if refusal.trouble.kind not in kinds:
            raise
