"""A Pokja's paper in the chat: a sample of it as a picture, and a picture that was sent as an answer."""

import logging
from dataclasses import replace

from telegram import Update

from bot.callbacks import Go
from bot.transport.undeliverable import Undeliverable
from bot.turns import Turns
from documents.editions import printing
from documents.paper import logos
from domain.dialog.questions import Given, Sent
from domain.documents.editions import PICTURE
from usecases.documents.stationery import card
from usecases.documents.stationery.form import MOST_BYTES, SentLogo
from usecases.documents.stationery.outcomes import StationerySample
from usecases.outcomes import Note, Nothing

log = logging.getLogger(__name__)


async def send_sample(turns: Turns, update: Update, press: Go) -> None:
    """Sends a sample letter as a picture at the end of the chat."""
    query = update.callback_query
    assert query is not None
    outcome, _ = await turns.perform(update, card.sample, card.sample)
    if not isinstance(outcome, StationerySample):
        await turns.telegram.answer(query.id, turns.toast(outcome), alert=True)
        return
    await turns.telegram.answer(query.id, turns.toast(Nothing(note=Note("stationery_drawing"))))
    made = await turns.workers.do(printing.printed, outcome.edition, PICTURE)
    await turns.say(query.from_user.id, replace(outcome, picture=made.content))


async def read(turns: Turns, given: Given) -> Given:
    """The picture as it is kept, or what is wrong with it; what is no file stays as it is."""
    if not isinstance(given, Sent):
        return given
    sent = (given.file_id, given.name, given.mime, given.size, given.picture, given.caption)
    if given.size > MOST_BYTES:
        return SentLogo(*sent, fault="logo_too_big")
    try:
        content = await turns.telegram.file_content(given.file_id, most_bytes=MOST_BYTES)
    except Undeliverable as undeliverable:
        log.warning("a logo could not be fetched: %s", undeliverable.trouble.kind)
        return SentLogo(*sent, fault="logo_lost")
    verdict = await turns.workers.do(logos.remade, content)
    return SentLogo(*sent, png=verdict.picture, fault=verdict.fault)
