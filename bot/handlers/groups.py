"""Groups: linking by the startgroup link, boards on request, and what Telegram tells of the group itself."""

import contextlib
from collections.abc import Awaitable, Callable
from dataclasses import replace

import sqlalchemy as sa
from telegram import Update

from bot.transport.sending import Undeliverable
from bot.turns import Turns
from domain.faults import Rejected
from store import activities, board_messages
from store.tables.core import Board, Pokja
from usecases.outcomes import Nothing, Outcome, Said
from usecases.people import groups
from usecases.work import Work

FAKE_SENDERS = frozenset({1087968824, 777000, 136817688})
"""Anonymous admin, linked channel, channel posts: never a person."""

GONE = frozenset({"left", "kicked"})
LONGEST_NUMBER = 9
"""Digits of a Pokja's number; a longer one is forged and fits in no database."""


async def point_to_private(turns: Turns, update: Update, argument: str) -> None:
    """Whatever else is asked of the bot in a group is done in the private chat."""
    await _say(turns, update, _pointer)


async def place_boards(turns: Turns, update: Update, argument: str) -> None:
    """The boards, at the end of the group; where they stood before they are deleted."""
    message, old = update.message, list[int]()
    assert message is not None
    await _say(turns, update, lambda work: _boards(work, message.chat.id, old))
    for message_id in old:
        with contextlib.suppress(Undeliverable):
            await turns.telegram.delete(message.chat.id, message_id)


async def _pointer(work: Work) -> Outcome:
    return Said(code="group_pointer", way_on="")


async def link(turns: Turns, update: Update, argument: str) -> None:
    """Linking ('g12') asks Telegram who the sender is there; button data and links prove nothing."""
    message, user, number = update.message, update.effective_user, argument[1:]
    assert message is not None
    if not argument.startswith("g"):
        await point_to_private(turns, update, argument)
        return
    if user is None or user.id in FAKE_SENDERS or not _is_number(number):
        await _say(turns, update, _refuse_anonymous)
        return
    status = await turns.telegram.member_status(message.chat.id, user.id)
    await _say(turns, update, lambda work: groups.link(work, int(number), message.chat.id, status))


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER


async def _refuse_anonymous(work: Work) -> Outcome:
    raise Rejected("link_only_admin")


async def _boards(work: Work, chat_id: int, old: list[int]) -> Outcome:
    """Boards are placed again at the end of the group; `old` takes the messages they stood in."""
    pokja = await work.session.scalar(sa.select(Pokja).where(Pokja.group_chat_id == chat_id))
    if pokja is None:
        return Said(code="group_pointer", way_on="")
    open_now = await activities.open_activities(work.session, pokja.id)
    placed = Board.activity_id.in_([activity.id for activity in open_now])
    old += await work.session.scalars(sa.select(Board.message_id).where(placed, Board.chat_id == chat_id))
    await work.session.execute(sa.delete(Board).where(placed))
    work.boards.update(activity.id for activity in open_now)
    return Nothing() if open_now else Said(code="no_open_activity", way_on="")


async def _say(turns: Turns, update: Update, usecase: Callable[[Work], Awaitable[Outcome]]) -> None:
    chat = update.effective_chat
    assert chat is not None
    outcome, _ = await turns.perform(update, usecase, _nothing)
    if isinstance(outcome, Said):
        outcome = replace(outcome, way_on="")  # the keys of a private chat do nothing in a group
    await turns.say(chat.id, outcome)


async def _nothing(work: Work) -> Outcome:
    return Nothing()


async def on_migration(turns: Turns, update: Update) -> None:
    """Both service messages of an upgrade say the same; handling either or both is right."""
    message = update.message
    assert message is not None
    old, new = message.chat.id, message.migrate_to_chat_id
    if new is None and message.migrate_from_chat_id is not None:
        old, new = message.migrate_from_chat_id, message.chat.id
    if new is not None:
        await turns.perform(update, lambda work: _migrate(work, old, new), _nothing)


async def _migrate(work: Work, old: int, new: int) -> Outcome:
    await groups.migrate(work, old, new)
    work.boards.update(await board_messages.of_open_activities(work.session))
    return Nothing()


async def on_my_membership(turns: Turns, update: Update) -> None:
    """The bot was blocked or unblocked by a person, or put out of a group."""
    change = update.my_chat_member
    assert change is not None
    gone = change.new_chat_member.status in GONE
    if change.chat.type == "private":
        reach = "blocked" if gone else "started"
        await turns.perform(update, lambda work: _reach(work, change.chat.id, reach), _nothing)
    elif gone:
        await turns.perform(update, lambda work: _unlink(work, change.chat.id), _nothing)


async def _reach(work: Work, telegram_id: int, reach: str) -> Outcome:
    await groups.reached(work, telegram_id, reach)
    return Nothing()


async def _unlink(work: Work, chat_id: int) -> Outcome:
    await groups.unlink(work, chat_id)
    return Nothing()
