"""Skipping an activity that has nothing to work on, or that the group does without; what draws on it gets nothing."""

from collections.abc import Sequence

from domain.dialog.questions import Answers, Question, Text
from domain.faults import Rejected
from domain.process.states import CLOSED, DRAFT, SKIPPED
from usecases.activities.audit import note_of
from usecases.activities.desk import view
from usecases.activities.scenes import Scene, scene
from usecases.outcomes import Note, Outcome
from usecases.work import Form, Subject, Work


async def _skippable(work: Work, activity_id: int, *, lock: bool = False) -> Scene:
    found = await scene(work, activity_id, lock=lock)
    found.guide()
    if found.activity.state not in {DRAFT, CLOSED} or found.activity.parent_id:
        raise Rejected("skip_not_now")
    return found


async def _why(work: Work, subject: Subject, answers: Answers) -> Sequence[Question]:
    found = await _skippable(work, subject["activity"])
    return (Text(key="reason", about="reason", shortest=5, longest=300, facts={"title": found.title}),)


async def _skip(work: Work, subject: Subject, answers: Answers) -> Outcome:
    found = await _skippable(work, subject["activity"], lock=True)
    found.activity.state, found.activity.reason = SKIPPED, answers["reason"]
    note_of(work, found, "skip", reason=answers["reason"])
    await work.session.flush()
    return await view(work, found.activity.id, Note("activity_skipped"))


FORM = Form("skip_activity", _why, _skip)
