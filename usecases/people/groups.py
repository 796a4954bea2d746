"""The group of a Pokja: linking it, losing it, following it when Telegram gives it a new number."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from domain import roles
from domain.faults import Rejected
from store import activities, outbox, people, pins
from store.outbox import Message
from store.tables.chats import Board
from store.tables.core import Pokja
from usecases import notifying
from usecases.outcomes import Outcome, Said, Sure
from usecases.people.outcomes import GroupCard
from usecases.work import NoMember, Work, require

GREETING = "group_greeting"
"""The kind of outbox row that greets a group."""
GREETING_WAIT = timedelta(seconds=15)
"""A link that adds the bot to a group goes on at once; by then it is linked."""
UNLINK = "unlink_group"
"""The action that is asked about once more."""
ADMINS = frozenset({"creator", "administrator"})


async def card(work: Work) -> GroupCard:
    """Which group is linked, for the Ketua and the Sekretaris."""
    me, pokja = await work.current_as(roles.MANAGERS)
    return GroupCard(
        pokja_id=pokja.id,
        pokja=pokja.name,
        linked=pokja.group_chat_id is not None,
        title=pokja.group_title,
        has_topic=pokja.group_topic_id is not None,
        may_chair=me.role == roles.KETUA,
    )


async def link(work: Work, pokja_id: int, chat_id: int, status: str, title: str = "") -> Outcome:
    """Links a group: only the Pokja's own Ketua, and only one who is administrator there (`status` from Telegram).

    The group it was linked with before is told.
    """
    user = await work.user()
    me = await people.membership(work.session, pokja_id, user.id)
    if me is None or me.state != people.ACTIVE or me.role != roles.KETUA:
        raise Rejected("link_only_ketua")
    if status not in ADMINS:
        raise Rejected("link_only_admin")
    other = await people.pokja_of_group(work.session, chat_id)
    if other is not None and other.id != pokja_id:
        raise Rejected("group_taken")
    pokja = await work.session.get_one(Pokja, pokja_id)
    if pokja.group_chat_id != chat_id:
        await _leave(work, pokja, moved_to=title)
    pokja.group_chat_id, pokja.group_title = chat_id, title or pokja.group_title
    work.boards.update(each.id for each in await activities.open_activities(work.session, pokja_id))
    work.record("group.link", f"chat {chat_id}", me)
    return Said(code="group_linked", details={"pokja": pokja.name}, way_on="")


async def link_current(work: Work, chat_id: int, status: str, title: str) -> Outcome:
    """Links the group the Ketua came from with the Pokja they are working in; the group is told. Raises Rejected."""
    me, pokja = await work.current()
    if me.role != roles.KETUA:
        raise Rejected("link_only_ketua")
    await link(work, pokja.id, chat_id, status, title)
    reason = f"group {chat_id} linked {work.now:%Y%m%d%H%M%S%f}"
    await notifying.tell_group(work, pokja, reason, "group_linked", pokja=pokja.name)
    return await card(work)


async def pointer(work: Work, chat_id: int) -> Outcome:
    """What is said to whoever asks in a group for what is done elsewhere, or before it is linked."""
    linked = await people.pokja_of_group(work.session, chat_id)
    return Said(code="group_pointer", way_on="") if linked else unlinked(chat_id)


async def about(work: Work, chat_id: int) -> Outcome:
    """Which Pokja a group is linked with, or how to link it."""
    pokja = await people.pokja_of_group(work.session, chat_id)
    return Said(code="group_of", details={"pokja": pokja.name}, way_on="") if pokja else unlinked(chat_id)


def unlinked(chat_id: int) -> Said:
    """How a group that is linked with no Pokja becomes so."""
    return Said(code="group_unlinked", details={"chat": chat_id}, way_on="")


async def greet(work: Work, chat_id: int, reason: str) -> None:
    """The bot is in a group now: it says what to do next, unless it was a link that brought it, which goes on."""
    message = Message(
        f"group {chat_id} greeting {reason}", chat_id, GREETING, {"chat": chat_id}, work.now + GREETING_WAIT
    )
    work.has_news = True
    await outbox.queue(work.session, [message])


async def greeting(session: AsyncSession, payload: Mapping[str, Any]) -> Said | None:
    """What a row of kind GREETING says; None where the group is linked meanwhile."""
    linked = await people.pokja_of_group(session, payload["chat"])
    return None if linked else unlinked(payload["chat"])


async def rename(work: Work, chat_id: int, title: str) -> None:
    """Notes what a linked group is called."""
    pokja = await people.pokja_of_group(work.session, chat_id)
    if pokja is not None:
        pokja.group_title = title


async def _leave(work: Work, pokja: Pokja, moved_to: str = "") -> None:
    """The Pokja lets its group go, which is told; its boards stay there as they are."""
    chat_id = pokja.group_chat_id
    if chat_id is None:
        return
    reason = f"group {chat_id} left {work.now:%Y%m%d%H%M%S%f}"
    await notifying.tell_group(work, pokja, reason, "group_left", pokja=pokja.name, moved_to=moved_to)
    await _forget(work, pokja, chat_id)


async def _forget(work: Work, pokja: Pokja, chat_id: int) -> None:
    pokja.group_chat_id, pokja.group_topic_id, pokja.group_title = None, None, ""
    await work.session.execute(sa.delete(Board).where(Board.chat_id == chat_id))
    await work.session.flush()


async def ask_to_unlink(work: Work) -> Outcome:
    """Asks the Ketua once more. Raises Rejected."""
    _, pokja = await work.current_as(frozenset({roles.KETUA}))
    if pokja.group_chat_id is None:
        return await card(work)
    details = {"title": pokja.group_title, "pokja": pokja.name}
    return Sure(action=UNLINK, id=pokja.id, details=details)


async def unlink_by_ketua(work: Work, pokja_id: int) -> Outcome:
    """The Ketua lets the group go. Raises Rejected."""
    me = await people.membership(work.session, pokja_id, (await work.user()).id)
    require(me, frozenset({roles.KETUA}))
    assert me is not None
    pokja = await work.session.get_one(Pokja, pokja_id)
    if pokja.group_chat_id is not None:
        work.record("group.unlink", f"chat {pokja.group_chat_id}", me)
        await _leave(work, pokja)
    return await card(work)


async def choose_topic(work: Work, chat_id: int, topic_id: int | None, name: str = "") -> Outcome:
    """The Ketua sends boards and announcements to the topic they are in; None is General. Raises Rejected."""
    pokja = await people.pokja_of_group(work.session, chat_id)
    if pokja is None:
        raise Rejected("group_not_linked")
    me = await people.membership(work.session, pokja.id, (await work.user()).id)
    require(me, frozenset({roles.KETUA}))
    assert me is not None
    pokja.group_topic_id = topic_id
    work.record("group.topic", f"chat {chat_id}", me, topic=topic_id)
    return Said(code="topic_chosen", details={"general": topic_id is None}, way_on="")


async def lose_topic(work: Work, chat_id: int, topic_id: int) -> None:
    """The topic is closed or deleted: boards and announcements go to General, and the managers are told."""
    pokja = await people.pokja_of_group(work.session, chat_id)
    if pokja is None or pokja.group_topic_id != topic_id:
        return
    pokja.group_topic_id = None
    reason = f"group {chat_id} topic {topic_id} {work.now:%Y%m%d%H%M%S%f}"
    await notifying.tell_managers(work, pokja, reason, "group_topic_lost")


async def unlink(work: Work, chat_id: int, *, taken: bool = False) -> None:
    """The bot was removed from the group, or another Pokja has `taken` it: forgets it and tells the managers."""
    await pins.forget_chat(work.session, chat_id)
    pokja = await people.pokja_of_group(work.session, chat_id)
    if pokja is None:
        return
    await _forget(work, pokja, chat_id)
    work.record("group.unlink", f"chat {chat_id}", NoMember(pokja.id))
    await notifying.tell_managers(
        work, pokja, f"group {chat_id} lost {work.now:%Y%m%d%H%M%S%f}", "group_lost", taken=taken
    )


async def migrate(work: Work, old: int, new: int) -> None:
    """A group became a supergroup: everything that was meant for the old number goes to the new. Safe to repeat.

    Where another Pokja was linked to the new number before this was heard, it stays there: its Ketua was the last to
    say whose group it is. The one of the old number loses it, and nothing of its goes there.
    """
    by_number = {
        each.group_chat_id: each
        for each in await work.session.scalars(sa.select(Pokja).where(Pokja.group_chat_id.in_([old, new])))
    }
    if old in by_number and new in by_number:
        await outbox.withdraw_chat(work.session, old, "the group belongs to another Pokja")
        await unlink(work, old, taken=True)
        return
    await work.session.execute(sa.update(Pokja).where(Pokja.group_chat_id == old).values(group_chat_id=new))
    await work.session.execute(sa.delete(Board).where(Board.chat_id == old, Board.is_settled))
    await work.session.execute(sa.update(Board).where(Board.chat_id == old).values(chat_id=new, message_id=0))
    await pins.forget_chat(work.session, old)
    await outbox.rekey_chat(work.session, old, new)


async def reached(work: Work, telegram_id: int, reach: str) -> None:
    """Notes that a person can, or can't, be written to; the managers hear of a loss."""
    user = await people.user_by_telegram(work.session, telegram_id)
    if user is None or user.reach == reach:
        return
    user.reach = reach
    await work.session.flush()
    for member, pokja in await people.memberships_of(work.session, user.id):
        if reach != "started" and member.state == people.ACTIVE:
            reason = f"member {member.id} {reach} {work.now:%Y%m%d}"
            facts = {"name": member.name, "instansi": member.instansi, "why": reach}
            await notifying.tell_managers(work, pokja, reason, "unreachable", **facts)


async def lacks_rights(work: Work, chat_id: int) -> None:
    """The bot may not write in the group: the managers are told once a day what to change."""
    pokja = await people.pokja_of_group(work.session, chat_id)
    if pokja is not None:
        await notifying.tell_managers(
            work, pokja, f"group {chat_id} rights {work.now:%Y%m%d}", "group_rights"
        )


async def not_delivered(work: Work, pokja_id: int, chat_id: int) -> None:
    """Telegram never took a message: the managers are told once a day for each chat, by what they know it as."""
    pokja = await work.session.get_one(Pokja, pokja_id)
    user = await people.user_by_telegram(work.session, chat_id)
    member = await people.membership(work.session, pokja_id, user.id) if user else None
    if member is not None and member.role in roles.MANAGERS:
        return  # that one can't be told either
    await notifying.tell_managers(
        work,
        pokja,
        f"chat {chat_id} undelivered {work.now:%Y%m%d}",
        "undelivered",
        name=member.name if member else "",
    )


async def cannot_pin(work: Work, chat_id: int) -> None:
    """The bot may not pin in the group: the managers are told once how to let it."""
    pokja = await people.pokja_of_group(work.session, chat_id)
    if pokja is not None:
        await notifying.tell_managers(work, pokja, f"group {chat_id} pins", "group_pins")
