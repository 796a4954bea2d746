"""What an activity says unasked: invitations to answer, nudges, its result; and its board in the group."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from domain.dialog import engine
from domain.process.states import ADOPTED, OPEN
from store import board_messages, documents, people
from store.outbox import Message
from store.tables.core import Activity, Membership, Result, User
from usecases.activities.progress import missing
from usecases.activities.scenes import Scene
from usecases.library import Library
from usecases.notifying import URGENT, _queue, words
from usecases.work import Work

FIRST, ROUND, PERIOD, AGAIN = "first", "round", "period", "again"
"""Why somebody is asked: it was opened; equals are to be told apart; a new period; it was opened again."""
ASKING = frozenset({"asked_to_answer", "nudged", "deadline"})
"""The messages that ask for an answer: they go only as long as it is asked for."""
ON_BOARDS = frozenset({OPEN, ADOPTED})
"""States that get a board where there was none: an activity that asked nobody shows its result."""


async def invite_to_answer(work: Work, found: Scene, why: str) -> None:
    """Asks every voter whose answer is still missing, and places the board in the group."""
    opening = f"activity {found.activity.id} open {found.activity.opened_at:%Y%m%d%H%M%S%f}"
    missing = found.headcount.missing
    lacking = [(member, user) for member, user in found.voters if member.id in missing]
    await _queue(work, list(_asking(work, found, lacking, opening, "asked_to_answer", why)))
    await redraw_board(work, found)


async def redraw_board(work: Work, found: Scene) -> None:
    """The board in the group is to show how the activity stands now, and does so even after a kill."""
    chat_id = found.pokja.group_chat_id if found.activity.state in ON_BOARDS else None
    await board_messages.is_behind(work.session, found.activity.id, chat_id)
    work.boards.add(found.activity.id)


async def nudge(work: Work, found: Scene, members: Iterable[tuple[Membership, User]]) -> int:
    """Reminds those members; each at most once an hour. Returns how many messages that makes."""
    reason = f"activity {found.activity.id} nudge {work.now:%Y%m%d%H}"
    return await _queue(work, list(_asking(work, found, members, reason, "nudged")))


def _asking(
    work: Work,
    found: Scene,
    members: Iterable[tuple[Membership, User]],
    reason: str,
    page: str,
    why: str = FIRST,
) -> Iterable[Message]:
    for member, user in members:
        facts = {
            **asked_of(found, member),
            "name": member.name,
            "why": why,
            "questions": _questions(found, member),
        }
        payload = words(page, **facts)
        to, chat = f"{reason} to {member.id}", user.telegram_id
        yield Message(to, chat, "words", payload, work.now, priority=URGENT, pokja_id=found.pokja.id)


def asked_of(found: Scene, member: Membership) -> dict[str, object]:
    """What every message that asks a member for an answer tells; by it `still_asks` knows whether it is still true."""
    closes = found.closes_at
    return {
        "activity_id": found.activity.id,
        "member_id": member.id,
        "title": found.title,
        "pokja": found.pokja.name,
        "closes_at": closes.isoformat() if closes else "",
        "zone": found.pokja.zone,
    }


def _questions(found: Scene, member: Membership) -> int:
    """How many questions are left for them; 0 where that isn't known before."""
    if found.instrument.grows:
        return 0
    mine = found.ballots.get(member.id, {})
    progress = engine.progress(found.instrument.questions(found.sheet, mine), mine)
    return progress.total - progress.done


async def still_asks(session: AsyncSession, library: Library, payload: Mapping[str, Any]) -> bool:
    """Whether a message that asks for an answer may (still) go: nobody is asked for what is over or done."""
    facts = payload["facts"]
    if payload["page"] not in ASKING:
        return True
    activity = await session.get(Activity, facts["activity_id"])
    if activity is None or activity.state != OPEN or activity.in_plenary:
        return False
    asked = {member.id for member, _ in await missing(session, library, activity)}
    return facts.get("member_id") in asked | {None}


async def publish(work: Work, found: Scene, result: Result) -> None:
    """Tells the adopted result once: on the group's board, and in words to who isn't there; else to each member."""
    await redraw_board(work, found)
    members = [user.telegram_id for _, user in await people.members(work.session, found.pokja.id)]
    group = found.pokja.group_chat_id
    chats = [group] if group else members
    as_pictures = group and await documents.wants_pictures(work.session, found.pokja.id)
    kinds = [] if group else ["essence"]
    kinds += ["result"] if as_pictures or not group else []
    kinds += ["figure"] if found.spec.figure else []
    payload = {"result_id": result.id}
    messages = [
        Message(
            f"result {result.id} {kind} to {chat}", chat, kind, payload, work.now, pokja_id=found.pokja.id
        )
        for chat in chats
        for kind in kinds
    ]
    outside = [_outside(work, found, result, group, chat) for chat in members] if group else []
    await _queue(work, [*messages, *outside])


def _outside(work: Work, found: Scene, result: Result, group: int, chat: int) -> Message:
    """The result in words, for somebody who turns out not to be in the group when it is to go."""
    payload = {"result_id": result.id, "group": group, "reader": chat}
    reason = f"result {result.id} outside to {chat}"
    return Message(reason, chat, "outside", payload, work.now, pokja_id=found.pokja.id)
