"""Where each button leads: typed data → one use case. Every use case checks the actor's role itself."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from bot.callbacks import Answer, Back, Cancel, Choose, Clear, Go, Press, Toggle, Turn, View
from bot.places.base import Place
from bot.places.registry import PLACES
from domain.dialog.questions import Several, Tapped
from domain.faults import Rejected
from usecases import menu
from usecases.answering import dialog, forms
from usecases.answering.outcomes import Asked
from usecases.outcomes import Outcome
from usecases.work import Work

Route = Callable[[Work, Any], Awaitable[Outcome]]


async def _answer(work: Work, press: Answer) -> Outcome:
    return await dialog.answer(work, press.task, press.key, Tapped(press.value), editing=press.editing)


async def _choose(work: Work, press: Choose) -> Outcome:
    """The bits of the mask become the values of the options they stand for."""
    shown = await dialog.show(work, press.task, press.key)
    if (
        not isinstance(shown, Asked)
        or shown.question.key != press.key
        or not isinstance(shown.question, Several)
    ):
        return shown
    values = ",".join(o.value for n, o in enumerate(shown.question.options) if press.mask >> n & 1)
    return await dialog.answer(work, press.task, press.key, Tapped(values), editing=press.editing)


async def _look(work: Work, press: View | Turn | Toggle) -> Outcome:
    """Turning a page or a switch changes only the message; the use case shows the question again."""
    return await dialog.show(work, press.task, press.key)


async def _back(work: Work, press: Back) -> Outcome:
    return await dialog.go_back(work, press.task, press.key)


async def _clear(work: Work, press: Clear) -> Outcome:
    return await dialog.clear(work, press.task, press.key)


async def _cancel(work: Work, press: Cancel) -> Outcome:
    return await forms.cancel(work, press.task)


async def _go(work: Work, press: Go) -> Outcome:
    return await place_of(press).follow(work, press)


def place_of(press: Go) -> Place[...]:
    """Where a press leads. Raises Rejected."""
    if press.place not in PLACES:
        raise Rejected("unknown_button")
    return PLACES[press.place]


ROUTES: Mapping[type[Press], Route] = {
    Answer: _answer,
    View: _look,
    Turn: _look,
    Toggle: _look,
    Choose: _choose,
    Back: _back,
    Clear: _clear,
    Cancel: _cancel,
    Go: _go,
}


async def follow(work: Work, press: Press) -> Outcome:
    """Carries out what a button stands for."""
    return await ROUTES[type(press)](work, press)


async def again(work: Work, press: Press) -> Outcome:
    """For a press whose work is done already but whose reply may have been lost: where things stand now."""
    if isinstance(press, Answer | Choose | Clear):
        return await _present(work, press)
    if isinstance(press, Cancel):
        return await menu.show(work)
    if isinstance(press, Go):
        return await place_of(press).look_again(work, press)
    return await follow(work, press)


async def _present(work: Work, press: Answer | Choose | Clear) -> Outcome:
    """The question that is due; a form whose last answer this was has gone, and leads to the menu."""
    try:
        return await dialog.show(work, press.task)
    except Rejected as rejected:
        if rejected.fault.code != "form_gone":
            raise
        return await menu.show(work)
