"""The group of a Pokja: linking it, losing it, following it when Telegram gives it a new number."""

import sqlalchemy as sa

from domain import roles
from domain.faults import Rejected
from store import activities, outbox, people
from store.tables.core import Board, Pokja
from usecases import notifying
from usecases.outcomes import Outcome, Said
from usecases.people.outcomes import GroupCard
from usecases.work import NoMember, Work

ADMINS = frozenset({"creator", "administrator"})


async def card(work: Work) -> GroupCard:
    """Whether a group is linked, for the Ketua."""
    _, pokja = await work.current_as(roles.MANAGERS)
    return GroupCard(pokja_id=pokja.id, pokja=pokja.name, linked=pokja.group_chat_id is not None)


async def link(work: Work, pokja_id: int, chat_id: int, status: str) -> Outcome:
    """Links a group: only the Pokja's own Ketua, and only one who is administrator there (`status` from Telegram)."""
    user = await work.user()
    me = await people.membership(work.session, pokja_id, user.id)
    if me is None or me.state != people.ACTIVE or me.role != roles.KETUA:
        raise Rejected("link_only_ketua")
    if status not in ADMINS:
        raise Rejected("link_only_admin")
    other = await work.session.scalar(
        sa.select(Pokja).where(Pokja.group_chat_id == chat_id, Pokja.id != pokja_id)
    )
    if other is not None:
        raise Rejected("group_taken")
    pokja = await work.session.get_one(Pokja, pokja_id)
    pokja.group_chat_id = chat_id
    work.boards.update(each.id for each in await activities.open_activities(work.session, pokja_id))
    work.record("group.link", f"chat {chat_id}", me)
    return Said(code="group_linked", details={"pokja": pokja.name}, way_on="")


async def unlink(work: Work, chat_id: int, *, taken: bool = False) -> None:
    """The bot was removed from the group, or another Pokja has `taken` it: forgets it and tells the managers."""
    pokja = await work.session.scalar(sa.select(Pokja).where(Pokja.group_chat_id == chat_id))
    if pokja is None:
        return
    pokja.group_chat_id = None
    await work.session.execute(sa.delete(Board).where(Board.chat_id == chat_id))
    work.record("group.unlink", f"chat {chat_id}", NoMember(pokja.id))
    await work.session.flush()
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
    await work.session.execute(sa.delete(Board).where(Board.chat_id == old))
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
    pokja = await work.session.scalar(sa.select(Pokja).where(Pokja.group_chat_id == chat_id))
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
