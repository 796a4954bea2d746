"""A facilitator's move as a form: its questions come from the instrument."""

from collections.abc import Sequence

from domain.dialog.questions import Answers, Question
from usecases.activities import moving
from usecases.activities.scenes import scene
from usecases.outcomes import Outcome
from usecases.work import Form, Subject, Work


async def _questions(work: Work, subject: Subject, answers: Answers) -> Sequence[Question]:
    found = await scene(work, subject["activity"])
    return moving.move_form(found, subject["kind"]).questions(found.desk(), answers)


async def _finish(work: Work, subject: Subject, answers: Answers) -> Outcome:
    return await moving.make_move(work, subject["activity"], subject["kind"], dict(answers))


FORM = Form("move", _questions, _finish, instrument=lambda subject: str(subject["instrument"]))
