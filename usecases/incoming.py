"""What people send: it answers the question on their screen; what that doesn't take is kept until they say for what."""

from dataclasses import asdict, replace
from typing import Any

from domain.dialog.questions import Given, Sent, Typed, Unreadable, words_of
from domain.faults import Fault, Rejected
from store import drafts, kept_words, people
from usecases import menu
from usecases.answering import dialog
from usecases.answering.dialog import OnScreen
from usecases.answering.outcomes import Opening, Unplaced
from usecases.answering.tasks import TaskRef
from usecases.answering.waiting import unanswered
from usecases.outcomes import Note, Outcome
from usecases.work import Work

MOST_PLACES = 3


async def take(work: Work, given: Given) -> Outcome:
    """The answer to the question on the screen, if there is one that asks; else it is kept. Raises Rejected."""
    here = await dialog.on_screen(work)
    taken = await dialog.answer_on_screen(work, here, given) if here else None
    return taken or await _keep(work, given)


async def refused(work: Work, given: Given, fault: Fault) -> Outcome:
    """The question once more; a task that is over takes nothing more, but what was sent is not lost with it."""
    here, note = (
        await dialog.on_screen(work),
        Note(f"fault.{fault.code}", fault.details, unused=words_of(given)),
    )
    if here is None:
        return await _keep(work, given, note)
    try:
        async with work.session.begin_nested():
            return replace(await dialog.show(work, here.ref, here.key or ""), note=note)
    except Rejected:
        await work.release_task(str(here.ref))
        return await _keep(work, given, note)


async def _keep(work: Work, given: Given, note: Note | None = None) -> Outcome:
    """Asks what it is for. Where nothing waits for such a thing, it is shown above the menu."""
    words = words_of(given)
    work.forget_where()
    places = [] if isinstance(given, Unreadable) else await _places(work, given)
    if not places:
        return await menu.show(work, replace(note or Note("not_asked"), unused=words))
    named = [(str(each.task.ref), each.question.key) for each in places]
    number = await kept_words.keep(work.session, work.actor.telegram_id, _packed(given), named, work.now)
    return Unplaced(
        number=number, words=words, places=places, note=replace(note, unused="") if note else None
    )


async def _places(work: Work, given: Given) -> list[Opening]:
    """The questions that would take it: of forms begun, the newest first, then of activities."""
    user = await work.user()
    tasks = [TaskRef("f", each.id) for each in await drafts.of_user(work.session, user.id)]
    for me, _ in await people.memberships_of(work.session, user.id):
        if me.state == people.ACTIVE:
            tasks += [ref for ref, _ in await unanswered(work, me)]
    found: list[Opening] = []
    for each in tasks:
        if len(found) < MOST_PLACES and (opening := await dialog.taking(work, each, given)):
            found.append(opening)
        work.forget_where()
    return found


async def give(work: Work, number: int, place: int, task: str) -> Outcome:
    """What was kept goes to that one of the places it was offered; `task` is whose question that is."""
    kept = await kept_words.take(work.session, work.actor.telegram_id, number)
    if kept is None:
        return await dialog.show(work, TaskRef.parse(task))
    if place >= len(kept.places):
        raise Rejected("unknown_button")
    ref, key = kept.places[place]
    given, there = _unpacked(kept.given), OnScreen(TaskRef.parse(ref), key)
    try:
        async with work.session.begin_nested():
            taken = await dialog.answer_on_screen(work, there, given, changing=False)
    except Rejected as rejected:
        return await _keep(work, given, Note(f"fault.{rejected.fault.code}", rejected.fault.details))
    return taken or await _keep(work, given)


async def forget(work: Work, number: int) -> Outcome:
    """It is for nothing after all."""
    await kept_words.take(work.session, work.actor.telegram_id, number)
    return await menu.show(work, Note("not_used"))


def _packed(given: Given) -> dict[str, Any]:
    """As it is stored: a text, or what is needed of a file."""
    if isinstance(given, Sent):
        return {
            "file": asdict(
                Sent(given.file_id, given.name, given.mime, given.size, given.picture, given.caption)
            )
        }
    return {"text": words_of(given)}


def _unpacked(given: dict[str, Any]) -> Given:
    return Sent(**given["file"]) if "file" in given else Typed(given["text"])
