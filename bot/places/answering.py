"""Where the keys lead with which people look at what they answered, and say what they have sent is for."""

from bot.places.base import Place
from bot.places.people import MENU
from usecases import incoming
from usecases.answering import dialog
from usecases.answering.tasks import TaskRef
from usecases.outcomes import Outcome
from usecases.work import Work


async def _task(work: Work, task: str) -> Outcome:
    return await dialog.show(work, TaskRef.parse(task))


async def _answers(work: Work, task: str, page: int = 0) -> Outcome:
    return await dialog.review(work, TaskRef.parse(task), page)


ANSWERS = Place("answers", _answers, word="task", more="page")
GIVE_KEPT = Place("give_kept", incoming.give, "number", more="place", word="task", done_at=_task)
FORGET_KEPT = Place("forget_kept", incoming.forget, "number", done_at=MENU)
