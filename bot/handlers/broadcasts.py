"""Where the keys of broadcasts and of who can be reached lead."""

from collections.abc import Awaitable, Callable, Mapping

from telegram import Update

from bot.callbacks import Go
from bot.turns import Turns
from domain import roles
from usecases.answering import dialog, forms
from usecases.broadcasts import reach, sending, views
from usecases.outcomes import Outcome, Said
from usecases.work import Work

BESIDE = "broadcast_more"
"""The place that is shown in a message of its own: the one pressed goes on showing how far the broadcast is."""


async def _write(work: Work, press: Go) -> Outcome:
    _, pokja = await work.current_as(roles.MANAGERS)
    return await dialog.show(work, await forms.begin(work, "broadcast", pokja=pokja.id))


async def _card(work: Work, press: Go) -> Outcome:
    return await views.card(work, press.id, page=press.more)


PLACES: Mapping[str, Callable[[Work, Go], Awaitable[Outcome]]] = {
    "broadcasts": lambda work, press: views.listing(work, press.more),
    "write_broadcast": _write,
    "broadcast": _card,
    BESIDE: _card,
    "broadcast_again": lambda work, press: sending.send_again(work, press.id, on_card=bool(press.more)),
    "broadcast_cancel": lambda work, press: sending.ask_to_cancel(work, press.id),
    "broadcast_off": lambda work, press: sending.cancel(work, press.id),
    "broadcast_read": lambda work, press: sending.read(work, press.id),
    "reach": lambda work, press: reach.listing(work, press.more),
}

DONE_AT: Mapping[str, str] = {"broadcast_off": "broadcast", "broadcast_cancel": "broadcast"}


async def show_beside(turns: Turns, update: Update, press: Go) -> None:
    """Shows a place at the end of the chat."""
    query = update.callback_query
    assert query is not None

    async def look(work: Work) -> Outcome:
        return await PLACES[press.place](work, press)

    outcome, stale = await turns.perform(update, look, look)
    refused = isinstance(outcome, Said) and outcome.alert
    await turns.telegram.answer(query.id, turns.toast(outcome), alert=refused)
    if not refused:
        await turns.say(query.from_user.id, outcome, stale)
