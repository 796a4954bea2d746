"""What a button carries: typed data, packed into the 64 bytes Telegram allows, and unpacked with distrust."""

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from typing import Any, ClassVar

from domain.faults import Rejected
from usecases.answering.tasks import DIGITS, TaskRef, base36

LIMIT = 64
SEPARATOR = "|"
LONGEST_NUMBER = 12  # digits: the mask of sixty options
MOST = {"id": 2**31 - 1, "more": 2**31 - 1, "pokja": 2**31 - 1, "flip": 2000, "mask": 2**62}
"""The largest number each field may hold: what the database, or a keyboard, has room for."""


@dataclass(frozen=True, slots=True)
class Press:
    """The base of all button data; `code` tells the kinds apart."""

    code: ClassVar[str] = ""


@dataclass(frozen=True, slots=True)
class Answer(Press):
    """An answer to a question; `editing` where an answered question is shown again."""

    code: ClassVar[str] = "q"
    task: TaskRef
    key: str
    value: str
    editing: bool = False


@dataclass(frozen=True, slots=True)
class View(Press):
    """Show the question of that key (empty: the present one)."""

    code: ClassVar[str] = "v"
    task: TaskRef
    key: str = ""


@dataclass(frozen=True, slots=True)
class Back(Press):
    """Show the question before that one (empty: before the end)."""

    code: ClassVar[str] = "b"
    task: TaskRef
    key: str = ""


@dataclass(frozen=True, slots=True)
class Clear(Press):
    """Take an answer back and ask again."""

    code: ClassVar[str] = "x"
    task: TaskRef
    key: str


@dataclass(frozen=True, slots=True)
class Turn(Press):
    """Another page of a question's options, or another month of its calendar ('2026-11'). Nothing is stored."""

    code: ClassVar[str] = "p"
    task: TaskRef
    key: str
    page: str


@dataclass(frozen=True, slots=True)
class Toggle(Press):
    """One option of a several-choice turned on or off; `mask` is what was on, bit by bit. Nothing is stored."""

    code: ClassVar[str] = "t"
    task: TaskRef
    key: str
    mask: int
    flip: int


@dataclass(frozen=True, slots=True)
class Choose(Press):
    """A several-choice is complete: the options of `mask`."""

    code: ClassVar[str] = "c"
    task: TaskRef
    key: str
    mask: int
    editing: bool = False


@dataclass(frozen=True, slots=True)
class Cancel(Press):
    """Throw a form's draft away."""

    code: ClassVar[str] = "k"
    task: TaskRef


@dataclass(frozen=True, slots=True)
class Go(Press):
    """Go to a place of `bot/places/`, which says what its numbers and its word are.

    `pokja` is the Pokja the button was shown for; 0 on buttons that know of none, and on those of old.
    """

    code: ClassVar[str] = "g"
    place: str
    id: int = 0
    more: int = 0
    word: str = ""
    pokja: int = 0


KINDS: dict[str, type[Press]] = {
    each.code: each for each in (Answer, View, Back, Clear, Turn, Toggle, Choose, Cancel, Go)
}

_TO_TEXT: dict[Any, Callable[[Any], str]] = {
    TaskRef: str,
    str: str,
    int: base36,
    bool: lambda value: "1" if value else "",
}
_FROM_TEXT: dict[Any, Callable[[str], Any]] = {
    TaskRef: TaskRef.parse,
    str: str,
    int: lambda text: from_base36(text) if text else 0,
    bool: lambda text: text == "1",
}


def pack(press: Press) -> str:
    """The button data. Raises ValueError when it would not fit or a text holds the separator: a fault of ours."""
    parts = [_TO_TEXT[field.type](getattr(press, field.name)) for field in fields(press)]
    packed = SEPARATOR.join([press.code, *parts]).rstrip(SEPARATOR)
    if len(packed.encode()) > LIMIT or any(SEPARATOR in part for part in parts):
        raise ValueError(f"button data does not fit: {packed!r}")
    return packed


def from_base36(text: str) -> int:
    """The reverse of `base36`. Raises ValueError for signs, blanks and what is longer than any number of ours."""
    if not set(text) <= set(DIGITS) or len(text) > LONGEST_NUMBER:
        raise ValueError(text)
    return int(text, 36)


def unpack(data: str) -> Press:
    """The press a button stands for. Raises Rejected('unknown_button') for anything we did not pack."""
    code, *parts = data.split(SEPARATOR)
    kind = KINDS.get(code)
    if kind is None or len(parts) > len(fields(kind)):
        raise Rejected("unknown_button")
    parts += [""] * (len(fields(kind)) - len(parts))
    try:
        values = [_FROM_TEXT[field.type](part) for field, part in zip(fields(kind), parts, strict=True)]
    except ValueError as error:
        raise Rejected("unknown_button") from error
    if any(
        value > MOST[field.name]
        for field, value in zip(fields(kind), values, strict=True)
        if field.type is int
    ):
        raise Rejected("unknown_button")
    return kind(*values)


def shown_for(pokja_id: int, data: str) -> str:
    """The button data, acting on that Pokja wherever it is pressed; what isn't of a Pokja's own stays as it is."""
    press = unpack(data) if data.startswith(Go.code + SEPARATOR) else None
    return pack(replace(press, pokja=pokja_id)) if isinstance(press, Go) else data
