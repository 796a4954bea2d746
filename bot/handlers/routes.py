"""Where each button leads: typed data → one use case. Every use case checks the actor's role itself."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import Any

from bot.callbacks import Answer, Back, Cancel, Choose, Clear, Go, Press, Toggle, Turn, View
from bot.handlers import broadcasts, documents, follow_ups, meetings, table_check
from domain.dialog.questions import Several, Tapped
from domain.faults import Rejected
from usecases import menu
from usecases.activities import (
    adopting,
    breakouts,
    desk,
    excel_import,
    moving,
    opening,
    results,
    tracing,
    turnout,
)
from usecases.activities.scenes import scene
from usecases.answering import dialog, forms
from usecases.answering.outcomes import Asked
from usecases.outcomes import Note, Outcome, Said
from usecases.people import groups, joining, members, privacy
from usecases.topics import framework, topic
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
    if press.place not in PLACES:
        raise Rejected("unknown_button")
    return await PLACES[press.place](work, press)


async def _found(work: Work, press: Go) -> Outcome:
    return await dialog.show(work, await forms.begin(work, "found"))


async def _move(work: Work, press: Go) -> Outcome:
    instrument = (await scene(work, press.id)).spec.instrument
    ref = await forms.begin(work, "move", activity=press.id, kind=press.word, instrument=instrument)
    return await dialog.show(work, ref)


def _form(name: str, subject: str) -> Callable[[Work, Go], Awaitable[Outcome]]:
    """A place that begins a form about what the button's number names."""

    async def begin(work: Work, press: Go) -> Outcome:
        return await dialog.show(work, await forms.begin(work, name, **{subject: press.id}))

    return begin


async def _pokja(work: Work, press: Go) -> Outcome:
    await members.set_pokja(work, press.id)
    return await menu.show(work, Note("pokja_set"))


async def _later(work: Work, press: Go) -> Outcome:
    """The task in `word` is put aside: what is typed from now on does not answer it."""
    await work.let_go(press.word)
    return await menu.show(work, Note("kept_for_later"))


async def _help(work: Work, press: Go) -> Outcome:
    return Said(code="help")


async def _do(work: Work, press: Go) -> Outcome:
    return await (
        privacy.erase(work) if press.word == "erase" else members.carry_out(work, press.word, press.id)
    )


PLACES: Mapping[str, Callable[[Work, Go], Awaitable[Outcome]]] = {
    "menu": lambda work, press: menu.show(work),
    "later": _later,
    "help": _help,
    "found": _found,
    "members": lambda work, press: members.listing(work, press.more),
    "member": lambda work, press: members.card(work, press.id),
    "accept": lambda work, press: joining.decide(work, press.id, accept=True),
    "decline": lambda work, press: joining.decide(work, press.id, accept=False),
    "authors": lambda work, press: members.show_authors(work, shown=bool(press.more)),
    "role": lambda work, press: members.set_role(work, press.id, press.word),
    "sure": lambda work, press: members.ask(work, press.word, press.id),
    "do": _do,
    "invite": lambda work, press: members.invitation(work),
    "renew": lambda work, press: members.renew_invitation(work),
    "pokja_list": lambda work, press: members.choose_pokja(work),
    "pokja": _pokja,
    "group": lambda work, press: groups.card(work),
    "erase": lambda work, press: privacy.ask(work),
    "topics": lambda work, press: framework.view(work, press.id),
    "topic": lambda work, press: topic.card(work, press.id, whole=bool(press.more)),
    "open_topic": lambda work, press: topic.open_topic(work, press.id),
    "close_topic": lambda work, press: topic.close_topic(work, press.id),
    "begin": lambda work, press: topic.begin_activity(work, press.id, press.more),
    "desk": lambda work, press: desk.view(work, press.id),
    "start": lambda work, press: opening.start(work, press.id),
    "close": lambda work, press: opening.close(work, press.id),
    "reopen": lambda work, press: opening.reopen(work, press.id),
    "draw_again": lambda work, press: opening.draw_again(work, press.id),
    "adopt": lambda work, press: adopting.adopt(work, press.id),
    "undo": lambda work, press: moving.undo(work, press.id, press.more),
    "drop_plenary": lambda work, press: moving.drop_plenary(work, press.id),
    "divide": _form("divide", "activity"),
    "undivide": lambda work, press: breakouts.undivide(work, press.id),
    "unite": lambda work, press: breakouts.unite(work, press.id),
    "participants": _form("participants", "activity"),
    "skip": _form("skip", "topic"),
    "skip_activity": _form("skip_activity", "activity"),
    "rows": lambda work, press: tracing.rows(work, press.id, press.more),
    "trace": lambda work, press: tracing.trace(work, press.id, press.word),
    "move": _move,
    "excel": lambda work, press: excel_import.form(work, press.id),
    "turnout": lambda work, press: turnout.view(work, press.id),
    "nudge": lambda work, press: turnout.nudge(work, press.id),
    "on_behalf": lambda work, press: turnout.view(work, press.id, choose=True, page=press.more),
    "result": lambda work, press: results.view(work, press.id),
    "material": lambda work, press: results.material(work, press.id),
    **follow_ups.PLACES,
    **broadcasts.PLACES,
    **table_check.PLACES,
    **documents.PLACES,
    **meetings.PLACES,
}

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
        return await _go(work, replace(press, place=DONE_AT.get(press.place, press.place)))
    return await follow(work, press)


async def _present(work: Work, press: Answer | Choose | Clear) -> Outcome:
    """The question that is due; a form whose last answer this was has gone, and leads to the menu."""
    try:
        return await dialog.show(work, press.task)
    except Rejected as rejected:
        if rejected.fault.code != "form_gone":
            raise
        return await menu.show(work)


DONE_AT: Mapping[str, str] = {
    "accept": "member",
    "decline": "member",
    "role": "member",
    "do": "menu",
    "renew": "invite",
    "open_topic": "topic",
    "close_topic": "topic",
    "start": "desk",
    "close": "desk",
    "reopen": "desk",
    "adopt": "desk",
    "undo": "desk",
    "draw_again": "desk",
    "undivide": "desk",
    "unite": "desk",
    "nudge": "turnout",
    **follow_ups.DONE_AT,
    **broadcasts.DONE_AT,
    **documents.DONE_AT,
    **meetings.DONE_AT,
}
"""What changes something must not be done twice: where it can be seen that it is done.

Other places only show, or begin what is begun already.
"""
