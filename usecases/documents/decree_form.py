"""What a draft decree says where no activity writes its manuscript: typed by Ketua or Sekretaris, part by part."""

from collections.abc import Sequence
from typing import Final

from domain import roles
from domain.dialog.questions import Answers, Question, Text
from domain.faults import Rejected
from store import documents
from usecases.documents.kinds.decree import BY_HAND
from usecases.documents.ordering import card
from usecases.documents.stationery import card as stationery_card
from usecases.documents.stationery.form import manager_for
from usecases.outcomes import Note, Outcome
from usecases.work import Form, Subject, Work

NAME: Final = "decree"
LONGEST: Final = 3_000
"""Characters: what is written now must fit into the question that asks for it again."""


async def about(work: Work, paper: str, part: str) -> Subject:
    """A part of that paper of the actor's Pokja. Raises Rejected."""
    _, pokja = await work.current_as(roles.MANAGERS)
    return {"part": part, "paper": paper, "pokja": pokja.id}


async def _questions(work: Work, subject: Subject, answers: Answers) -> Sequence[Question]:
    _, pokja = await manager_for(work, subject)
    part = subject["part"]
    if part not in BY_HAND:
        raise Rejected("unknown_button")
    written = getattr(await documents.stationery(work.session, pokja.id), part)
    about, facts = f"manuscript.{part}", {"written": written}
    return (Text(key="text", about=about, longest=LONGEST, optional=bool(written), facts=facts),)


async def _finish(work: Work, subject: Subject, answers: Answers) -> Outcome:
    me, pokja = await manager_for(work, subject)
    part = subject["part"]
    await stationery_card.keep(work, me, pokja, part, **{part: answers["text"] or ""})
    return await card(work, subject["paper"], note=Note("stationery_changed"))


FORM = Form(NAME, _questions, _finish)
