"""What a key shows in a message of its own, at the end of the chat: the one it stands under stays as it is."""

from telegram import Update

from bot.callbacks import Go
from bot.handlers import routes
from bot.turns import Turns
from usecases.outcomes import Outcome, Said
from usecases.work import Work


async def show(turns: Turns, update: Update, press: Go) -> None:
    """Shows a place at the end of the chat; what it refuses is said on the key."""
    query = update.callback_query
    assert query is not None

    async def look(work: Work) -> Outcome:
        return await routes.follow(work, press)

    outcome, stale = await turns.perform(update, look, look)
    refused = isinstance(outcome, Said) and outcome.alert
    await turns.telegram.answer(query.id, turns.toast(outcome), alert=refused)
    if not refused:
        await turns.say(query.from_user.id, outcome, stale)
