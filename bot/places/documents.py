"""Where the keys of documents lead, and those of the paper they are written on."""

from typing import NamedTuple

from bot.places.base import Place, form
from usecases.documents import decree_form, ordering, sharing
from usecases.documents.stationery import card as stationery
from usecases.documents.stationery import form as stationery_form
from usecases.outcomes import Outcome
from usecases.work import Subject, Work

PAPERS = Place("papers", ordering.listing, "subject", more="page")
PAPER = Place("paper", ordering.card, "subject", word="key")
PAPER_OF = Place("paper_of", sharing.card_of, "order_id")


class InFormat(NamedTuple):
    """A document in one format, or in all ('')."""

    key: str
    format: str


class PartOf(NamedTuple):
    """A part of a document that is typed."""

    key: str
    part: str


async def _draft(work: Work, subject: int, paper: InFormat, message_id: int | None = None) -> Outcome:
    return await ordering.order(work, paper.key, subject, paper.format, message_id)


async def _drafted(work: Work, subject: int, paper: InFormat, message_id: int = 0) -> Outcome:
    """How far the order is that was pressed on that message."""
    return await ordering.ordered(work, paper.key, subject, message_id)


async def _final(
    work: Work,
    subject: int,
    key: str,
    sure: bool = False,
    message_id: int | None = None,
) -> Outcome:
    if not sure:
        return await ordering.ask_final(work, key, subject)
    return await ordering.order(work, key, subject, "", message_id, is_final=True)


async def _finished(work: Work, subject: int, key: str, message_id: int = 0) -> Outcome:
    return await ordering.ordered(work, key, subject, message_id)


DRAFT = Place("paper_draft", _draft, "subject", word="paper", done_at=_drafted)
FINAL = Place("paper_final", _final, "subject", more="sure", word="key", done_at=_finished)
FILE = Place("paper_file", ordering.fetch, "file_id")
SHARE = Place("paper_share", sharing.ask, "order_id", word="to")
SEND = Place("paper_send", sharing.send, "order_id", word="to", done_at=PAPER_OF)


async def _typed(work: Work, typed: PartOf) -> Subject:
    return await decree_form.about(work, typed.key, typed.part)


PART = form("paper_part", decree_form.FORM, _typed, word="typed")
STATIONERY = Place("stationery", stationery.view)
STATIONERY_PART = form("stationery_part", stationery_form.FORM, stationery_form.about, word="part")
SAMPLE = Place("stationery_sample", stationery.sample)
