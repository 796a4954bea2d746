"""Answering: the one way every question of every activity and form is shown, answered, gone back to and changed."""

from dataclasses import dataclass, replace
from datetime import timedelta

from domain.dialog import engine
from domain.dialog.questions import Choice, Given, Question, words_of
from domain.faults import Fault, Rejected
from domain.instruments.base import PLENARY
from store import activities, chat_focus, people
from store.chat_focus import Focus
from store.tables.core import Membership
from usecases.answering import ballots, forms
from usecases.answering.ballots import Ballot
from usecases.answering.forms import REALLY, SURE
from usecases.answering.outcomes import Answers, Asked, Finished, Opening, Paused
from usecases.answering.tasks import ActivityFacts, Task, TaskRef
from usecases.answering.waiting import unanswered
from usecases.library import Frame
from usecases.notifying import tell_merged
from usecases.outcomes import Note, Outcome
from usecases.work import Work


@dataclass(frozen=True, slots=True)
class OnScreen:
    """The question a person has before them, by its task and its key (see `ChatFocus`)."""

    ref: TaskRef
    key: str | None


async def show(work: Work, ref: TaskRef, key: str = "") -> Outcome:
    """The question of that key to look at or change, or the next one to answer."""
    task = await _load(work, ref)
    question = engine.find(task.questions, key) if key else None
    if question is not None and key in task.answers:
        return _asked(task, question, editing=True)
    return await _go_on(work, task)


async def go_back(work: Work, ref: TaskRef, key: str) -> Outcome:
    """The question before that one, to look at or change; from the end (no key) all answers."""
    if not key:
        return await review(work, ref)
    task = await _load(work, ref)
    earlier = engine.before(task.questions, key)
    return (
        await _go_on(work, task)
        if earlier is None
        else _asked(task, earlier, editing=earlier.key in task.answers)
    )


async def review(work: Work, ref: TaskRef, page: int = 0) -> Outcome:
    """All that was answered so far, to mend one of it."""
    return await _review(work, await _load(work, ref), page)


async def _review(work: Work, task: Task, page: int = 0) -> Outcome:
    answered = [each for each in task.questions if each.key in task.answers and each.key not in CLOSING]
    return Answers(task=task, questions=answered, page=page) if answered else await _go_on(work, task)


async def clear(work: Work, ref: TaskRef, key: str) -> Outcome:
    """Takes an answer back, so that its question is asked again."""
    task = await _load(work, ref, lock=True)
    if key in task.answers:
        del task.answers[key]
        await _store(work, task, key)
        task = await _again(work, task)
    return await _go_on(work, task)


async def answer(work: Work, ref: TaskRef, key: str, given: Given, *, editing: bool = False) -> Outcome:
    """Takes an answer to the question of that key (the present one where it is empty) and asks the next.

    A button of a question that is not asked now changes nothing and is explained; what can't be read is
    explained with what is expected, and nothing is lost.
    """
    task = await _load(work, ref, lock=True)
    present = engine.next_question(task.questions, task.answers)
    question = engine.find(task.questions, key) if key else present
    if question is None or (not editing and question != present):
        return await _go_on(work, task, _stale(task, key, question))
    return await _take(work, task, question, given)


async def answer_on_screen(
    work: Work, here: OnScreen, given: Given, *, changing: bool = True
) -> Outcome | None:
    """Takes what was sent as the answer to the question on the screen; `changing`: be it answered already.

    None where that question isn't asked (any more). Raises Rejected.
    """
    task = await _load(work, here.ref, lock=True)
    present = engine.next_question(task.questions, task.answers)
    question = engine.find(task.questions, here.key) if here.key else present
    if question is None or (question != present and not (changing and question.key in task.answers)):
        return None
    if here.key == "" and question.takes_messages:  # on the screen is one that doesn't
        return _asked(task, question, note=Note("asked_anew", unused=words_of(given)))
    return await _take(work, task, question, given)


async def _take(work: Work, task: Task, question: Question, given: Given) -> Outcome:
    try:
        value = question.read(given)
        task.check(question.key, value)
    except Rejected as rejected:
        note = replace(_note(task, rejected.fault), unused=words_of(given))
        return _asked(task, question, editing=question.key in task.answers, note=note)
    if task.form and question.key == SURE and value is False:
        return await _review(work, task)
    task.answers[question.key] = value
    await _store(work, task, question.key)
    task = await _again(work, task)
    return _resting(task) or await _go_on(work, task)


CLOSING = frozenset({SURE, REALLY})
STRETCH, REMAINDER = 25, 5
"""After this many answers of an activity there is a resting place, unless only this many are left."""


def _resting(task: Task) -> Paused | None:
    """A pause where it is good to stop for now: many answers given, many to go."""
    progress = engine.progress(task.questions, task.answers)
    due = progress.done % STRETCH == 0 and progress.total - progress.done > REMAINDER
    return Paused(task=task, progress=progress) if due and progress.done and not task.form else None


def _stale(task: Task, key: str, question: Question | None) -> Note:
    if not key:
        return Note("complete")  # something was typed, and nothing is asked any more
    known = question is not None and key in task.answers
    return Note("already_answered" if known else "old_button")


def _note(task: Task, fault: Fault) -> Note:
    return Note(
        f"fault.{fault.code}", fault.details, instrument=task.activity.instrument if task.activity else ""
    )


def _asked(task: Task, question: Question, *, editing: bool = False, note: Note | None = None) -> Asked:
    return Asked(
        task=task,
        question=question,
        progress=engine.progress(task.questions, task.answers),
        given=task.answers.get(question.key),
        editing=editing,
        can_go_back=engine.before(task.questions, question.key) is not None,
        place=engine.place(task.questions, question.key),
        of=_of(task, question),
        note=note,
    )


def _of(task: Task, question: Question) -> int:
    """How many questions there are; 0 at the last of them while its answer may bring more."""
    total = engine.progress(task.questions, task.answers).total
    if engine.place(task.questions, question.key) < total or question.key in CLOSING:
        return total
    asked = [each for each in task.questions if each.key not in CLOSING]
    may_branch = bool(task.form) and isinstance(question, Choice)
    return total if engine.is_last(asked, question.key) and not may_branch else 0


async def _go_on(work: Work, task: Task, note: Note | None = None) -> Outcome:
    """The next question; at the end of an activity thanks, at the end of a form what it was filled in for."""
    question = engine.next_question(task.questions, task.answers)
    if question is not None:
        return _asked(task, question, note=note)
    if task.form:
        return await forms.finish(work, task)
    waiting = await _others_waiting(work, task)
    return Finished(task=task, waiting=waiting, note=note)


async def _others_waiting(work: Work, task: Task) -> int:
    """How many other activities of the Pokja the actor has still to answer."""
    me = await work.session.get_one(Membership, task.ballot.me_id)
    return sum(ref.id != task.ref.id for ref, _ in await unanswered(work, me))


async def taking(work: Work, ref: TaskRef, given: Given) -> Opening | None:
    """The question a task waits for, if it would take this."""
    try:
        task = await _load(work, ref)
        question = engine.next_question(task.questions, task.answers)
        if question is None:
            return None
        task.check(question.key, question.read(given))
    except Rejected:
        return None
    return Opening(task, question, work.where)


async def _load(work: Work, ref: TaskRef, lock: bool = False) -> Task:
    return await _ballot(work, ref, lock) if ref.kind == "a" else await forms.load(work, ref)


async def _again(work: Work, task: Task) -> Task:
    """The questions again, now that an answer has changed; from memory, without asking the store."""
    if task.form:
        return await forms.refreshed(work, task)
    task.questions = task.ballot.instrument.questions(task.ballot.sheet, task.answers)
    return task


async def _ballot(work: Work, ref: TaskRef, lock: bool) -> Task:
    """The actor's own ballot, or one a facilitator fills in for the room or for a member."""
    found, frame = await ballots.load(work, ref.id, ref.ballot, lock=lock)
    work.where = found.where
    if found.state != "open":
        raise Rejected("closed", title=found.title, activity=ref.id)
    answers = dict(found.answers)
    return Task(
        ref=ref,
        questions=found.instrument.questions(found.sheet, answers),
        answers=answers,
        check=lambda key, value: found.instrument.check(found.sheet, answers, key, value),
        activity=ActivityFacts(found.title, frame.spec.prompt, frame.spec.instrument, frame.authors_shown),
        sheet=found.sheet,
        for_whom="" if ref.ballot is None else await _for_whom(work, found, frame),
        ballot=found,
    )


async def _for_whom(work: Work, found: Ballot, frame: Frame) -> str:
    if found.owner == PLENARY:
        return "pleno"
    member, _ = await work.active_member(found.pokja_id, found.owner)
    if not frame.asks(found.owner, member.role):
        raise Rejected("unknown_member")
    return f"{member.name} ({member.instansi})"


async def _store(work: Work, task: Task, key: str) -> None:
    if task.form:
        await forms.store(work, task)
        return
    found: Ballot = task.ballot
    if key in task.answers:
        value = task.answers[key]
        await activities.save_answer(
            work.session, task.ref.id, found.owner, key, value, found.me_id, work.now
        )
    else:
        await activities.forget_answers(work.session, task.ref.id, found.owner, [key], found.me_id, work.now)
    if found.owner not in {PLENARY, found.me_id}:
        await _entered_for(work, task.ref.id, found, key)
    work.boards.add(task.ref.id)


async def on_screen(work: Work) -> OnScreen | None:
    """The question the actor is looking at, if it is one."""
    focus = await chat_focus.find(work.session, work.actor.telegram_id)
    return OnScreen(TaskRef.parse(focus.task), focus.key) if focus.task else None


async def look_at(work: Work, outcome: Outcome) -> None:
    """From now on the actor looks at this: what they type answers the question it asks, if it asks one."""
    focus = Focus()
    if isinstance(outcome, Asked):
        explicit = outcome.editing or outcome.question.takes_messages
        focus = Focus(str(outcome.task.ref), outcome.question.key if explicit else "")
    await chat_focus.move(work.session, work.actor.telegram_id, focus)


MERGED_OVER = timedelta(minutes=5)
"""What is entered for a member is told at once; what follows within this time is one more message at its end."""


async def _entered_for(work: Work, activity_id: int, ballot: Ballot, key: str) -> None:
    """Somebody who guides changed a member's answer: that is recorded, and the member is told, each time."""
    by = await work.session.get_one(Membership, ballot.me_id)
    work.record("activity.on_behalf", f"activity {activity_id}", by, member=ballot.owner, key=key)
    found = await people.member_with_user(work.session, ballot.owner)
    assert found is not None
    reason = f"activity {activity_id} entered for {ballot.owner} by {by.id}"
    facts = {"activity_id": activity_id, "title": ballot.title, "by": by.name, "pokja": ballot.where.name}
    await tell_merged(work, found[1], ballot.pokja_id, reason, "entered_for", MERGED_OVER, **facts)
