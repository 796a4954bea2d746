"""What an activity says unasked: invitations to answer, nudges, its result."""

from collections.abc import Iterable

from store import people
from store.outbox import Message
from store.tables.core import Membership, Result, User
from usecases.activities.scenes import Scene
from usecases.notifying import URGENT, _queue, words
from usecases.work import Work


async def invite_to_answer(work: Work, found: Scene) -> None:
    """Asks every voter whose answer is still missing, and places the board in the group."""
    opening = f"activity {found.activity.id} open {found.activity.opened_at:%Y%m%d%H%M%S%f}"
    missing = found.headcount.missing
    lacking = [(member, user) for member, user in found.voters if member.id in missing]
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
