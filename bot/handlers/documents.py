"""Documents in the chat. An order changes the message it was pressed on: there its progress is shown."""

from telegram import Update

from bot.callbacks import Go
from bot.handlers import routes
from bot.turns import Turns
from usecases.documents.outcomes import Printing
from usecases.outcomes import Outcome
from usecases.work import Work


async def order(turns: Turns, update: Update, press: Go) -> None:
    """An order that comes twice was made once: then its progress is shown again."""
    query = update.callback_query
    assert query is not None
    assert query.message is not None
    place, message_id = routes.place_of(press), query.message.message_id
    orders: list[int] = []

    async def make(work: Work) -> Outcome:
        made = await place.follow(work, press, message_id=message_id)
        if isinstance(made, Printing):
            orders.append(made.order_id)
        return made

    async def look(work: Work) -> Outcome:
        return await place.look_again(work, press, message_id=message_id)

    await turns.press(update, press, make, look)
    for order_id in orders[-1:]:
        turns.start_printing(order_id)


async def show_card(turns: Turns, update: Update, press: Go) -> None:
    """Shows a document's card, and warms up the workers: whoever looks at it will soon order it."""

    async def look(work: Work) -> Outcome:
        return await routes.follow(work, press)

    await turns.press(update, press, look, look)
    turns.workers.warm_up()
