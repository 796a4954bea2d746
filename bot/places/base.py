"""A place: somewhere a button leads. It names a use case, what the button carries, and where a repeated press looks."""

from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass
from functools import wraps
from inspect import Parameter, signature
from typing import Any, Concatenate, Final, Generic, Literal, ParamSpec

from bot.callbacks import Go
from usecases import menu
from usecases.answering import dialog, forms
from usecases.outcomes import Outcome
from usecases.work import Form, Subject, Work

P = ParamSpec("P")
Look = Callable[..., Awaitable[Outcome]]
About = Callable[Concatenate[Work, P], Awaitable[Subject]]

ITSELF: Final = "itself"
"""Done at the place itself: what it makes is there once, however often somebody comes."""
LONGEST_WORD: Final = 3
"""Digits of a number that travels as a word: pages are few."""


@dataclass(frozen=True, slots=True)
class Kind:
    """How a parameter of that type travels: `pack` into a part of a button's data, `unpack` out of it."""

    pack: Callable[[Any], Any]
    unpack: Callable[[Any], Any]


def page_number(word: str) -> int:
    """A number that travels as a word; 0 where it is none."""
    return int(word) if word.isdecimal() and len(word) <= LONGEST_WORD else 0


_NUMBER = {
    int: Kind(int, int),
    bool: Kind(int, bool),
    int | None: Kind(
        lambda value: 0 if value is None else value + 1, lambda part: part - 1 if part else None
    ),
}
_WORD = {str: Kind(str, str), int: Kind(str, page_number)}
KINDS: Final[Mapping[str, Mapping[Any, Kind]]] = {"id": _NUMBER, "more": _NUMBER, "word": _WORD}
"""The types that can travel in each part of a button's data; in a word also a named pair of words."""


def _kind(part: str, type_: Any) -> Kind | None:
    if part == "word" and isinstance(type_, type) and issubclass(type_, tuple):
        return Kind(".".join, lambda word: type_(*(word.rpartition(".")[::2] if "." in word else (word, ""))))
    return KINDS[part].get(type_)


class Place(Generic[P]):
    """Somewhere a button leads; called with what the button is to carry, it gives the press.

    `id`, `more` and `word` are the parts of a button's data (`Go`); each names the parameter of `run` that travels in
    it. A part that is empty leaves its parameter at its default.

    `done_at` is where a repeated press looks, for what changes something must not be done twice: another place or a
    look of its own, which get the parameters they share with this one; or ITSELF. A place without one only shows.

    What `is_final` deletes something or cannot be taken back: its keys are red.

    Raises ValueError where a parameter that is named isn't there or cannot travel so, and where one that is needed
    doesn't travel.
    """

    def __init__(
        self,
        name: str,
        run: Callable[Concatenate[Work, P], Awaitable[Outcome]],
        id: str = "",  # noqa: A002 - what that part of the data is called
        *,
        more: str = "",
        word: str = "",
        done_at: "Place[...] | Look | Literal['itself'] | None" = None,
        is_final: bool = False,
    ) -> None:
        self.name, self.run, self.done_at, self.is_final = name, run, done_at, is_final
        named = {"id": id, "more": more, "word": word}
        self.parts = {part: parameter for part, parameter in named.items() if parameter}
        self._signature = signature(run)
        self.takes = dict(list(self._signature.parameters.items())[1:])
        self._kinds = {part: self._kind(part, parameter) for part, parameter in self.parts.items()}
        _require(name, run, self.parts.values())
        if done_at is not None and not isinstance(done_at, str):
            _require(name, _look(done_at), self.parts.values())

    def _kind(self, part: str, parameter: str) -> Kind:
        kind = _kind(part, self.takes[parameter].annotation) if parameter in self.takes else None
        if kind is None:
            raise ValueError(f"{self.name}: {parameter!r} cannot travel as {part!r}")
        return kind

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> Go:
        """The press that leads here with these parameters. Raises TypeError for one that does not travel."""
        given = self._signature.bind(None, *args, **kwargs).arguments
        packed = {
            part: self._kinds[part].pack(given[parameter])
            for part, parameter in self.parts.items()
            if parameter in given
        }
        if len(packed) != len(given) - 1:
            raise TypeError(f"{self.name} carries {', '.join(self.parts.values())} and nothing else")
        return Go(self.name, **packed)

    def carried(self, press: Go) -> dict[str, object]:
        """What a press carries, by parameter."""
        given = {part: getattr(press, part) for part in self.parts}
        return {
            parameter: self._kinds[part].unpack(given[part])
            for part, parameter in self.parts.items()
            if given[part] or self.takes[parameter].default is Parameter.empty
        }

    async def follow(self, work: Work, press: Go, **known: object) -> Outcome:
        """Carries a press out; `known` are parameters that don't travel, as the message that was pressed.

        It acts on the Pokja the button was shown for, whichever is the active one by now.
        """
        work.shown_in = press.pokja
        run: Look = self.run
        return await run(work, **self.carried(press), **known)

    async def look_again(self, work: Work, press: Go, **known: object) -> Outcome:
        """For a press that was carried out already: where that can be seen."""
        work.shown_in = press.pokja
        if self.done_at is None or isinstance(self.done_at, str):
            return await self.follow(work, press, **known)
        look = _look(self.done_at)
        takes = signature(look).parameters
        given = {**self.carried(press), **known}
        return await look(work, **{name: value for name, value in given.items() if name in takes})


def _look(done_at: Place[...] | Look) -> Look:
    return done_at.run if isinstance(done_at, Place) else done_at


def _require(name: str, run: Look, travelling: Collection[str]) -> None:
    """Raises ValueError where a parameter that `run` cannot do without doesn't travel."""
    needed = [
        each.name for each in list(signature(run).parameters.values())[1:] if each.default is Parameter.empty
    ]
    if lacking := set(needed) - set(travelling):
        raise ValueError(f"{name}: {', '.join(lacking)} does not travel")


def starting(asks: Form, subject: About[P]) -> Callable[Concatenate[Work, P], Awaitable[Outcome]]:
    """What begins that form, or goes on with the one begun about the same subject."""

    @wraps(subject)
    async def begin(work: Work, /, *args: P.args, **kwargs: P.kwargs) -> Outcome:
        ref = await forms.begin(work, asks.name, **await subject(work, *args, **kwargs))
        return await dialog.show(work, ref)

    return begin


def form(
    name: str,
    asks: Form,
    subject: About[P],
    id: str = "",  # noqa: A002 - as in Place
    *,
    more: str = "",
    word: str = "",
) -> Place[P]:
    """A place that begins a form; `subject` makes of what travels what the form is about."""

    @wraps(subject)
    async def resume(work: Work, /, *args: P.args, **kwargs: P.kwargs) -> Outcome:
        """The form as far as it is; it may be finished by now, and is not begun again."""
        ref = await forms.begun(work, asks.name, **await subject(work, *args, **kwargs))
        return await (dialog.show(work, ref) if ref else menu.show(work))

    return Place(name, starting(asks, subject), id, more=more, word=word, done_at=resume)
