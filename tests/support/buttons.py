"""Buttons as the bot packs them, to be pressed where a phone no longer, or never, shows them."""

from dataclasses import replace

from bot.callbacks import Go, View, pack, unpack
from bot.places.registry import PLACES
from usecases.answering.tasks import TaskRef


def going(place: str, *numbers: int, word: str = "") -> str:
    """What a button carries that leads to this place, which must be one."""
    assert place in PLACES, place
    return pack(Go(place, *numbers, word=word))


def viewing(kind: str, number: int, ballot: int | None = None) -> str:
    """What a button carries that shows the present question of an activity ('a') or of a form's draft ('f')."""
    return pack(View(TaskRef(kind, number, ballot)))


def redirected(data: str, place: str) -> str:
    """What the same button would carry if it led to another place."""
    press = unpack(data)
    assert isinstance(press, Go)
    return pack(replace(press, place=place))
