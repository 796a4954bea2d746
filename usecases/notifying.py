"""What the bot says unasked: rows of the outbox, each with a reason that is never repeated."""

from collections.abc import Iterable, Sequence
from typing import Any

from domain import roles
from domain.dialog.engine import next_question
from store import outbox, people
from store.outbox import Message
from store.tables.core import Membership, Pokja, Result, User
from usecases.activities.scenes import Scene
from usecases.work import Work

URGENT, NORMAL = 3, 5
"""Priorities: an invitation to answer goes before a report."""


def words(page: str, **facts: Any) -> dict[str, Any]:
    """The payload of a message told by the template `messages/<page>.html`; facts are plain data."""
    return {"page": page, "facts": facts}


async def _queue(work: Work, messages: Sequence[Message]) -> int:
    work.has_news = True
    return await outbox.queue(work.session, messages)


async def tell(
    work: Work,
    user: User,
    pokja_id: int | None,
    reason: str,
    page: str,
    priority: int = NORMAL,
    /,
    **facts: Any,
) -> None:
    """Queues one message to one person's private chat."""
    message = Message(
        reason,
        user.telegram_id,
        "words",
        words(page, **facts),
        work.now,
        priority=priority,
        pokja_id=pokja_id,
    )
    await _queue(work, [message])


async def invite_to_answer(work: Work, found: Scene) -> None:
    """Asks every voter whose answer is still missing, and places the board in the group."""
    opening = f"activity {found.activity.id} open {found.activity.opened_at:%Y%m%d%H%M%S%f}"
    lacking = [(member, user) for member, user in found.voters if not _done(found, member)]
    await _queue(work, list(_asking(work, found, lacking, opening, "asked_to_answer")))
    work.boards.add(found.activity.id)


async def nudge(work: Work, found: Scene, members: Iterable[tuple[Membership, User]]) -> int:
    """Reminds those members; each at most once an hour. Returns how many messages that makes."""
    reason = f"activity {found.activity.id} nudge {work.now:%Y%m%d%H}"
    return await _queue(work, list(_asking(work, found, members, reason, "nudged")))


def _asking(
    work: Work, found: Scene, members: Iterable[tuple[Membership, User]], reason: str, page: str
) -> Iterable[Message]:
    for member, user in members:
        facts = {
            "activity_id": found.activity.id,
            "title": found.title,
            "pokja": found.pokja.name,
            "name": member.name,
        }
        payload = words(page, **facts)
        to, chat = f"{reason} to {member.id}", user.telegram_id
        yield Message(to, chat, "words", payload, work.now, priority=URGENT, pokja_id=found.pokja.id)


def _done(found: Scene, member: Membership) -> bool:
    answers = found.ballots.get(member.id, {})
    return next_question(found.instrument.questions(found.sheet, answers), answers) is None


async def publish(work: Work, found: Scene, result: Result) -> None:
    """Sends the adopted result to the group, or to each member where there is none: words, tables, a figure."""
    if found.pokja.group_chat_id:
        chats = [found.pokja.group_chat_id]
    else:
        chats = [user.telegram_id for _, user in await people.members(work.session, found.pokja.id)]
    payload = {"result_id": result.id}
    kinds = ("essence", "result", "figure") if found.spec.figure else ("essence", "result")
    messages = [
        Message(
            f"result {result.id} {kind} to {chat}", chat, kind, payload, work.now, pokja_id=found.pokja.id
        )
        for chat in chats
        for kind in kinds
    ]
    await _queue(work, messages)


async def tell_group(work: Work, pokja: Pokja, reason: str, page: str, **facts: Any) -> None:
    """Tells the group, where one is linked."""
    if pokja.group_chat_id is not None:
        payload = words(page, **facts)
        await _queue(
            work, [Message(reason, pokja.group_chat_id, "words", payload, work.now, pokja_id=pokja.id)]
        )


async def tell_managers(work: Work, pokja: Pokja, reason: str, page: str, **facts: Any) -> None:
    """Tells Ketua and Sekretaris."""
    for member, user in await people.members(work.session, pokja.id, roles=roles.MANAGERS):
        await tell(work, user, pokja.id, f"{reason} to {member.id}", page, URGENT, pokja=pokja.name, **facts)


async def tell_entered(work: Work, activity_id: int, member_id: int, by_id: int, title: str) -> None:
    """Tells a member that somebody entered their answers, at most once an hour, so that they can look and change."""
    found = await people.member_with_user(work.session, member_id)
    by = await work.session.get_one(Membership, by_id)
    if found is None or member_id == by_id:
        return
    pokja = await work.session.get_one(Pokja, by.pokja_id)
    reason = f"activity {activity_id} entered for {member_id} {work.now:%Y%m%d%H}"
    facts = {"activity_id": activity_id, "title": title, "by": by.name, "pokja": pokja.name}
    await tell(work, found[1], pokja.id, reason, "entered_for", URGENT, **facts)
