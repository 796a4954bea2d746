"""Groups: linking by a link, boards on request, the topic for them, and what Telegram tells of the group itself."""

import contextlib
from collections.abc import Awaitable, Callable
from dataclasses import replace

import sqlalchemy as sa
from telegram import Message, Update

from bot.screens.people import LINK_HERE
from bot.transport.destination import GENERAL_TOPIC
from bot.transport.undeliverable import Undeliverable
from bot.turns import Turns, refusal
from domain.faults import Rejected
from store import activities, board_messages, people
from store.tables.chats import Board
from usecases.outcomes import Nothing, Outcome, Said
from usecases.people import groups
from usecases.work import Work

FAKE_SENDERS = frozenset({1087968824, 777000, 136817688})
"""Anonymous admin, linked channel, channel posts: never a person."""

GONE = frozenset({"left", "kicked"})
LONGEST_CHAT = 16
"""Digits of a group's number, as far as Telegram gives them."""
LONGEST_NUMBER = 9
"""Digits of a Pokja's number; a longer one is forged and fits in no database."""


async def point_to_private(turns: Turns, update: Update, argument: str) -> None:
    """Whatever else is asked of the bot in a group is done in the private chat."""
    message = update.message
    assert message is not None
    await _say(turns, update, lambda work: groups.pointer(work, message.chat.id))


async def place_boards(turns: Turns, update: Update, argument: str) -> None:
    """The boards, at the end of the group; where they stood before they are deleted."""
    message, old = update.message, list[int]()
    assert message is not None
    await _say(turns, update, lambda work: _boards(work, message.chat.id, old))
    for message_id in old:
        with contextlib.suppress(Undeliverable):
            await turns.telegram.delete(message.chat.id, message_id)


async def about(turns: Turns, update: Update, argument: str) -> None:
    """/grup in a group: which Pokja it is linked with, or how to link it."""
    message = update.message
    assert message is not None
    await _say(turns, update, lambda work: groups.about(work, message.chat.id))


async def choose_topic(turns: Turns, update: Update, argument: str) -> None:
    """/topik_ini: boards and announcements come to the topic it was written in."""
    message = update.message
    assert message is not None
    if not message.chat.is_forum:
        await _say(turns, update, _no_topics)
        return
    await _say(turns, update, lambda work: groups.choose_topic(work, message.chat.id, topic_in(message)))


async def _no_topics(work: Work) -> Outcome:
    return Said(code="no_topics", way_on="")


def topic_in(message: Message) -> int | None:
    """The forum topic a message stands in; None for General. A thread of replies is no topic."""
    return message.message_thread_id if message.is_topic_message else None


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
    chat = message.chat
    status = await turns.telegram.member_status(chat.id, user.id)
    await _say(turns, update, lambda work: groups.link(work, int(number), chat.id, status, chat.title or ""))


async def link_from_private(turns: Turns, update: Update, argument: str) -> None:
    """The key of a group the bot was added to by hand: links it with the Pokja whose Ketua pressed it there."""
    user, number = update.effective_user, argument.removeprefix(LINK_HERE)
    assert user is not None
    if not (number.isascii() and number.isdecimal() and len(number) <= LONGEST_CHAT):
        await turns.say(user.id, refusal(Rejected("group_not_reached").fault))
        return
    chat_id, status, title = -int(number), "left", ""
    with contextlib.suppress(Undeliverable):
        status = await turns.telegram.member_status(chat_id, user.id)
        title = await turns.telegram.chat_title(chat_id)
    outcome, _ = await turns.perform(
        update, lambda work: groups.link_current(work, chat_id, status, title), groups.card
    )
    await turns.say(user.id, outcome)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER


async def _refuse_anonymous(work: Work) -> Outcome:
    raise Rejected("link_only_admin")


async def _boards(work: Work, chat_id: int, old: list[int]) -> Outcome:
    """Boards are placed again at the end of the group; `old` takes the messages they stood in."""
    pokja = await people.pokja_of_group(work.session, chat_id)
    if pokja is None:
        return await groups.pointer(work, chat_id)
    open_now = await activities.open_activities(work.session, pokja.id)
    placed = Board.activity_id.in_([activity.id for activity in open_now])
    here = (Board.chat_id == chat_id) & (Board.message_id > 0)
    old += await work.session.scalars(sa.select(Board.message_id).where(placed, here))
    await work.session.execute(sa.delete(Board).where(placed))
    work.boards.update(activity.id for activity in open_now)
    return Nothing() if open_now else Said(code="no_open_activity", way_on="")


async def _say(turns: Turns, update: Update, usecase: Callable[[Work], Awaitable[Outcome]]) -> None:
    """What comes of it, in the topic it was asked in."""
    message = update.message
    assert message is not None
    outcome, _ = await turns.perform(update, usecase, _nothing)
    if isinstance(outcome, Said):
        outcome = replace(outcome, way_on="")  # the keys of a private chat do nothing in a group
    await turns.say(message.chat.id, outcome, thread=topic_in(message) or GENERAL_TOPIC)


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
    work.boards.update(await board_messages.unsettled(work.session))
    return Nothing()


async def on_my_membership(turns: Turns, update: Update) -> None:
    """The bot was blocked or unblocked by a person, put out of a group or into one, or got other rights there."""
    change = update.my_chat_member
    assert change is not None
    gone = change.new_chat_member.status in GONE
    if change.chat.type == "private":
        reach = "blocked" if gone else "started"
        await turns.perform(update, lambda work: _reach(work, change.chat.id, reach), _nothing)
    elif gone:
        await turns.perform(update, lambda work: _unlink(work, change.chat.id), _nothing)
    else:
        if change.old_chat_member.status in GONE:
            await turns.perform(update, lambda work: _greet(work, change.chat.id, update.update_id), _nothing)
        turns.pins.rights_changed(change.chat.id)


async def _reach(work: Work, telegram_id: int, reach: str) -> Outcome:
    await groups.reached(work, telegram_id, reach)
    return Nothing()


async def _unlink(work: Work, chat_id: int) -> Outcome:
    await groups.unlink(work, chat_id)
    return Nothing()


async def _greet(work: Work, chat_id: int, update_id: int) -> Outcome:
    await groups.greet(work, chat_id, f"{update_id}")
    return Nothing()


async def on_pinned(turns: Turns, update: Update) -> None:
    """Telegram tells the group of each pin; of those the bot makes nobody needs to hear."""
    message = update.message
    assert message is not None
    if message.from_user is not None and message.from_user.id == turns.telegram.bot.id:
        with contextlib.suppress(Undeliverable):
            await turns.telegram.delete(message.chat.id, message.message_id)


async def on_title(turns: Turns, update: Update) -> None:
    """The group is called something else now."""
    message = update.message
    assert message is not None
    await turns.perform(
        update, lambda work: _rename(work, message.chat.id, message.chat.title or ""), _nothing
    )


async def _rename(work: Work, chat_id: int, title: str) -> Outcome:
    await groups.rename(work, chat_id, title)
    return Nothing()
