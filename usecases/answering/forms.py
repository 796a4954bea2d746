"""Forms: fields asked one after another, kept in a draft until the last is given. The same engine as activities."""

from dataclasses import replace

from domain.faults import Rejected
from store import drafts
from store.tables.core import Draft
from usecases.answering.tasks import Task, TaskRef
from usecases.outcomes import Note, Outcome, Said
from usecases.work import Subject, Work

SURE, REALLY = "sure", "really"
"""The key of a closing 'is this right?', where 'no' leads to the answers, to mend one; and of 'shall it be done?',
where 'no' leaves everything as it was."""

POKJA = "pokja"
"""The part of a form's subject that says which Pokja it was begun for; drafts of old lack it."""


async def begin(work: Work, name: str, **subject: object) -> TaskRef:
    """Starts a form, or takes up the unfinished one about the same subject. Raises Rejected if it may not be asked."""
    draft = await drafts.begin(
        work.session, (await work.user()).id, name, await _about(work, name, subject), work.now
    )
    return TaskRef("f", draft.id)


async def begun(work: Work, name: str, **subject: object) -> TaskRef | None:
    """The actor's unfinished form about that subject."""
    try:
        about = await _about(work, name, subject)
    except Rejected:
        return None
    draft = await drafts.unfinished(work.session, (await work.user()).id, name, about)
    return TaskRef("f", draft.id) if draft else None


async def _about(work: Work, name: str, subject: Subject) -> dict[str, object]:
    """The subject with the Pokja the form turns out to be about, so that it is finished there. Raises Rejected."""
    await work.forms[name].questions(work, subject, {})
    return {**subject, POKJA: work.where.id} if work.where else dict(subject)


async def load(work: Work, ref: TaskRef) -> Task:
    """The draft as a task. Raises Rejected('form_gone') when it is finished, cancelled or somebody else's."""
    draft = await drafts.find(work.session, ref.id)
    if draft is None or draft.user_id != (await work.user()).id:
        raise Rejected("form_gone")
    work.shown_in = draft.subject.get(POKJA, 0)
    answers = dict(draft.answers)
    task = Task(ref, (), answers, lambda key, value: None, form=draft.form, subject=dict(draft.subject))
    return await refreshed(work, task)


async def refreshed(work: Work, task: Task) -> Task:
    """The questions as the answers now ask for them."""
    form = work.forms[task.form]
    task.questions = await form.questions(work, task.subject or {}, task.answers)
    task.vocabulary = form.instrument(task.subject or {})
    return task


async def store(work: Work, task: Task) -> None:
    draft = await drafts.find(work.session, task.ref.id)
    assert draft is not None
    draft.answers = dict(task.answers)
    await work.session.flush()


async def finish(work: Work, task: Task) -> Outcome:
    """Carries out what the form was for, and deletes the draft."""
    if task.answers.get(REALLY, task.answers.get(SURE)) is False:
        return await cancel(work, task.ref)
    await _drop(work, task.ref)
    return await work.forms[task.form].finish(work, task.subject or {}, task.answers)


async def cancel(work: Work, ref: TaskRef) -> Outcome:
    """Deletes the draft of a form, and shows where it was begun."""
    draft = await _drop(work, ref)
    back = work.forms[draft.form].back if draft else None
    if draft is None or back is None:
        return Said(code="form_cancelled")
    work.forget_where()
    work.shown_in = draft.subject.get(POKJA, 0)
    try:
        return replace(await back(work, draft.subject), note=Note("form_cancelled"))
    except Rejected:  # what it was about is no more, or no business of theirs
        return Said(code="form_cancelled")


async def _drop(work: Work, ref: TaskRef) -> Draft | None:
    draft = await drafts.find(work.session, ref.id) if ref.kind == "f" else None
    if draft is None or draft.user_id != (await work.user()).id:
        return None
    await work.release_task(str(ref))
    await work.session.delete(draft)
    await work.session.flush()
    return draft
