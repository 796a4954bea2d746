"""Where the keys of documents lead. An order changes the message it was pressed on: there its progress is shown."""

from collections.abc import Awaitable, Callable, Mapping

from telegram import Update

from bot.callbacks import Go
from bot.handlers import stationery
from bot.turns import Turns
from usecases.answering import dialog
from usecases.documents import decree_form, ordering, sharing
from usecases.outcomes import Outcome, Said
from usecases.work import Work

ORDERS = frozenset({"paper_draft", "paper_final"})
FILE, CARD = "paper_file", "paper"


async def _ask_part(work: Work, press: Go) -> Outcome:
    key, _, part = press.word.rpartition(".")
    return await dialog.show(work, await decree_form.begin(work, key, part))


PLACES: Mapping[str, Callable[[Work, Go], Awaitable[Outcome]]] = {
    "papers": lambda work, press: ordering.listing(work, press.id, press.more),
    CARD: lambda work, press: ordering.card(work, press.word, press.id),
    "paper_of": lambda work, press: sharing.card_of(work, press.id),
    "paper_share": lambda work, press: sharing.ask(work, press.id, press.word),
    "paper_send": lambda work, press: sharing.send(work, press.id, press.word),
    "paper_part": _ask_part,
    FILE: lambda work, press: ordering.fetch(work, press.id),
    **stationery.PLACES,
}
DONE_AT: Mapping[str, str] = {"paper_send": "paper_of"}
"""Where it can be seen that something is done."""


async def order(turns: Turns, update: Update, press: Go) -> None:
    """An order that comes twice was made once: then its progress is shown again."""
    query = update.callback_query
    assert query is not None
    assert query.message is not None
    message_id = query.message.message_id
    key, _, kind = press.word.partition(".")
    orders: list[int] = []

    async def make(work: Work) -> Outcome:
        is_final = press.place == "paper_final"
        made = await ordering.order(work, key, press.id, kind, message_id, is_final=is_final)
        orders.append(made.order_id)
        return made

    async def look(work: Work) -> Outcome:
        return await ordering.ordered(work, key, press.id, message_id)

    await turns.press(update, press, make, look)
    for order_id in orders[-1:]:
        turns.start_printing(order_id)


async def show_card(turns: Turns, update: Update, press: Go) -> None:
    """Whoever looks at a document will soon order it."""

    async def look(work: Work) -> Outcome:
        return await PLACES[CARD](work, press)

    await turns.press(update, press, look, look)
    turns.workshop.get_ready()


async def send_file(turns: Turns, update: Update, press: Go) -> None:
    """A file goes to the end of the chat."""
    query = update.callback_query
    assert query is not None

    async def look(work: Work) -> Outcome:
        return await PLACES[FILE](work, press)

    outcome, _ = await turns.perform(update, look, look)
    refused = isinstance(outcome, Said) and outcome.alert
    await turns.telegram.answer(query.id, turns.toast(outcome), alert=refused)
    if not refused:
        await turns.say(query.from_user.id, outcome)
