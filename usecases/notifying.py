"""What the bot says unasked: rows of the outbox, each with a reason that is never repeated."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from domain import roles
from store import outbox, people
from store.outbox import Message
from store.tables.core import Pokja, User
from usecases.work import Work

URGENT, NORMAL = 3, 5
"""Priorities: an invitation to answer goes before a report."""


def words(page: str, **facts: object) -> dict[str, object]:
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
    **facts: object,
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


async def tell_merged(
    work: Work, user: User, pokja_id: int, reason: str, page: str, over: timedelta, /, **facts: object
) -> None:
    """Tells one person at once, each time; what comes again within that time is one more message at its end."""
    number = int(work.now.timestamp() // over.total_seconds())
    end = datetime.fromtimestamp((number + 1) * over.total_seconds(), UTC)
    for why, at in ((f"{reason} {number}", work.now), (f"{reason} {number} rest", end)):
        message = Message(
            why, user.telegram_id, "words", words(page, **facts), at, priority=URGENT, pokja_id=pokja_id
        )
        if await _queue(work, [message]):
            return


async def tell_group(work: Work, pokja: Pokja, reason: str, page: str, /, **facts: object) -> None:
    """Queues a message to the group, where one is linked."""
    if pokja.group_chat_id is not None:
        payload = words(page, **facts)
        await _queue(
            work, [Message(reason, pokja.group_chat_id, "words", payload, work.now, pokja_id=pokja.id)]
        )


async def tell_managers(work: Work, pokja: Pokja, reason: str, page: str, **facts: object) -> None:
    """Tells Ketua and Sekretaris."""
    for member, user in await people.members(work.session, pokja.id, roles=roles.MANAGERS):
        await tell(work, user, pokja.id, f"{reason} to {member.id}", page, URGENT, pokja=pokja.name, **facts)
