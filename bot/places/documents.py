"""Where the keys of documents lead, and those of the paper they are written on."""

from bot.places.base import Place, form
from usecases.documents import decree_form, ordering, sharing
from usecases.documents.stationery import card as stationery
from usecases.documents.stationery import form as stationery_form
from usecases.outcomes import Outcome
from usecases.work import Subject, Work

PAPERS = Place("papers", ordering.listing, "subject", more="page")
PAPER = Place("paper", ordering.card, "subject", word="key")
PAPER_OF = Place("paper_of", sharing.card_of, "order_id")


async def _draft(work: Work, subject: int, paper: str, message_id: int | None = None) -> Outcome:
    """`paper` is the document's key, and behind a dot the format, or nothing for all."""
    key, _, kind = paper.partition(".")
    return await ordering.order(work, key, subject, kind, message_id)


async def _final(work: Work, subject: int, paper: str, message_id: int | None = None) -> Outcome:
    return await ordering.order(work, paper, subject, "", message_id, is_final=True)


async def _ordered(work: Work, subject: int, paper: str, message_id: int = 0) -> Outcome:
    return await ordering.ordered(work, paper.partition(".")[0], subject, message_id)


DRAFT = Place("paper_draft", _draft, "subject", word="paper", done_at=_ordered)
FINAL = Place("paper_final", _final, "subject", word="paper", done_at=_ordered)
FILE = Place("paper_file", ordering.fetch, "file_id")
SHARE = Place("paper_share", sharing.ask, "order_id", word="to")
SEND = Place("paper_send", sharing.send, "order_id", word="to", done_at=PAPER_OF)


async def _typed(work: Work, part: str) -> Subject:
    """`part` is the document's key, and behind a dot which of its parts is typed."""
    key, _, typed = part.rpartition(".")
    return await decree_form.about(work, key, typed)


PART = form("paper_part", decree_form.FORM, _typed, word="part")
STATIONERY = Place("stationery", stationery.view)
STATIONERY_PART = form("stationery_part", stationery_form.FORM, stationery_form.about, word="part")
SAMPLE = Place("stationery_sample", stationery.sample)
